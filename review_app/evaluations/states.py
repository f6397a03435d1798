"""States of an evaluation form and of what is written on it, with their Chinese words."""

from enum import StrEnum

from review_app.errors import N_


class FormState(StrEnum):
    DRAFT = "DRAFT"
    SIGNED = "SIGNED"
    WITHDRAWN = "WITHDRAWN"


FORM_STATE_LABELS = {
    FormState.DRAFT: N_("填写中"),
    FormState.SIGNED: N_("已签名"),
    FormState.WITHDRAWN: N_("不再计入"),
}

# a signed form never changes; it can only stop counting, when its member is replaced or was allowed to take it back
FORM_STEPS: dict[FormState, frozenset[FormState]] = {
    FormState.DRAFT: frozenset({FormState.SIGNED, FormState.WITHDRAWN}),
    FormState.SIGNED: frozenset({FormState.WITHDRAWN}),
    FormState.WITHDRAWN: frozenset(),
}


class WithdrawalState(StrEnum):
    """What became of a member's request to take back his signed form."""

    ASKED = "ASKED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"


class ReadingMethod(StrEnum):
    """How the expert read the file."""

    ELECTRONIC = "ELECTRONIC"
    PAPER = "PAPER"
    BOTH = "BOTH"


METHOD_LABELS = {
    ReadingMethod.ELECTRONIC: N_("电子卷"),
    ReadingMethod.PAPER: N_("纸质卷"),
    ReadingMethod.BOTH: N_("电子卷和纸质卷"),
}


class Standing(StrEnum):
    """What the library of statutes says of a citation."""

    HELD = "HELD"
    OTHER_DAY = "OTHER_DAY"
    TYPED = "TYPED"
