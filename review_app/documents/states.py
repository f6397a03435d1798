"""Kinds of document the platform issues, the steps of a document's life, and the words for both."""

from enum import StrEnum

from review_app.errors import N_


class DocumentKind(StrEnum):
    REVIEW_OPINION = "REVIEW_OPINION"
    RESULT_NOTICE = "RESULT_NOTICE"
    FILE_REQUEST = "FILE_REQUEST"
    PRECEDENT_REPORT = "PRECEDENT_REPORT"


KIND_LABELS = {
    DocumentKind.REVIEW_OPINION: N_("评查意见书"),
    DocumentKind.RESULT_NOTICE: N_("评查结果告知书"),
    DocumentKind.FILE_REQUEST: N_("调卷函"),
    DocumentKind.PRECEDENT_REPORT: N_("类案检索报告"),
}

# the words of the number, where a kind has numbers, after the first character of the place: 青评意〔2024〕11号
KIND_MARKS = {
    DocumentKind.REVIEW_OPINION: "评意",
    DocumentKind.RESULT_NOTICE: "评告",
    DocumentKind.FILE_REQUEST: "评调",
}


class DocumentState(StrEnum):
    DRAFT = "DRAFT"
    CHECKED = "CHECKED"
    SIGNED = "SIGNED"
    RELEASED = "RELEASED"
    ISSUED = "ISSUED"
    VOID = "VOID"


DOCUMENT_STATE_LABELS = {
    DocumentState.DRAFT: N_("起草中"),
    DocumentState.CHECKED: N_("已检查"),
    DocumentState.SIGNED: N_("已签名"),
    DocumentState.RELEASED: N_("已签发"),
    DocumentState.ISSUED: N_("已印发"),
    DocumentState.VOID: N_("已作废"),
}

# a number once given stays with its document, voided or not
DOCUMENT_STEPS: dict[DocumentState, frozenset[DocumentState]] = {
    DocumentState.DRAFT: frozenset({DocumentState.CHECKED, DocumentState.VOID}),
    DocumentState.CHECKED: frozenset({DocumentState.DRAFT, DocumentState.SIGNED, DocumentState.RELEASED}),
    DocumentState.SIGNED: frozenset({DocumentState.DRAFT, DocumentState.RELEASED}),
    DocumentState.RELEASED: frozenset({DocumentState.ISSUED, DocumentState.VOID}),
    DocumentState.ISSUED: frozenset({DocumentState.VOID}),
    DocumentState.VOID: frozenset(),
}


class CopyKind(StrEnum):
    """INTERNAL names people in full and carries the panel's signatures; CIRCULATED is masked."""

    INTERNAL = "INTERNAL"
    CIRCULATED = "CIRCULATED"


COPY_LABELS = {CopyKind.INTERNAL: N_("内部本"), CopyKind.CIRCULATED: N_("送达本（姓名已隐去）")}


class DeliveryMethod(StrEnum):
    DIRECT = "DIRECT"
    POST = "POST"
    ELECTRONIC = "ELECTRONIC"
    LEFT = "LEFT"


DELIVERY_LABELS = {
    DeliveryMethod.DIRECT: N_("直接送达"),
    DeliveryMethod.POST: N_("邮寄送达"),
    DeliveryMethod.ELECTRONIC: N_("电子送达（受送达人同意）"),
    DeliveryMethod.LEFT: N_("留置送达"),
}
