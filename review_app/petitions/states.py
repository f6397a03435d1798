"""Channels of petitions and stages of the legal matter behind them."""

from enum import StrEnum

from review_app.errors import N_


class Channel(StrEnum):
    ONLINE = "ONLINE"
    LETTER = "LETTER"
    VISIT = "VISIT"
    PHONE = "PHONE"
    FAX = "FAX"


CHANNEL_LABELS = {
    Channel.ONLINE: N_("网上信访"),
    Channel.LETTER: N_("来信"),
    Channel.VISIT: N_("来访"),
    Channel.PHONE: N_("来电"),
    Channel.FAX: N_("传真"),
}


class LegalStage(StrEnum):
    NONE = "NONE"
    NOT_STARTED = "NOT_STARTED"
    PENDING = "PENDING"
    EFFECTIVE = "EFFECTIVE"
    TERMINATED = "TERMINATED"


LEGAL_STAGE_LABELS = {
    LegalStage.NONE: N_("不涉诉"),
    LegalStage.NOT_STARTED: N_("尚未进入法律程序"),
    LegalStage.PENDING: N_("正在法律程序中（救济途径未用尽）"),
    LegalStage.EFFECTIVE: N_("处理结果已生效，救济途径已用尽或者期限已过"),
    LegalStage.TERMINATED: N_("已依法终结"),
}


class RequestResult(StrEnum):
    SUPPORTED = "SUPPORTED"
    PARTLY = "PARTLY"
    NOT_SUPPORTED = "NOT_SUPPORTED"


REQUEST_RESULT_LABELS = {
    RequestResult.SUPPORTED: N_("予以支持"),
    RequestResult.PARTLY: N_("部分支持"),
    RequestResult.NOT_SUPPORTED: N_("不予支持"),
}
