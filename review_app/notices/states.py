"""What becomes of a notice."""

from enum import StrEnum

from review_app.errors import N_


class NoticeState(StrEnum):
    QUEUED = "QUEUED"
    SENDING = "SENDING"
    SENT = "SENT"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"


NOTICE_STATE_LABELS = {
    NoticeState.QUEUED: N_("待发送"),
    NoticeState.SENDING: N_("发送中"),
    NoticeState.SENT: N_("已发送"),
    NoticeState.FAILED: N_("发送失败"),
    NoticeState.SKIPPED: N_("未发送（附原因）"),
}
