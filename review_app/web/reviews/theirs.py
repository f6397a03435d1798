"""What somebody else saved meanwhile, in words that can stand beside the field."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext

from review_app.organisations.models import Organisation
from review_app.petitions.states import CHANNEL_LABELS, LEGAL_STAGE_LABELS
from review_app.reviews.registration import Participant
from review_app.reviews.states import DOUBT_LABELS, INVOLVED_LABELS, MAJOR_LABELS, TEMPLATE_LABELS

LABELS: dict[Any, str] = {
    **CHANNEL_LABELS, **LEGAL_STAGE_LABELS, **DOUBT_LABELS, **INVOLVED_LABELS, **MAJOR_LABELS, **TEMPLATE_LABELS,
}  # fmt: skip


def shown_values(theirs: Mapping[str, object], organisations: Iterable[Organisation]) -> dict[str, str]:
    """Field name of the form → the other person's value in words."""
    names = {one.id: one.name for one in organisations}
    shown = {name: in_words(value) for name, value in theirs.items()}
    if "reviewed_org_id" in theirs:
        shown["reviewed_org"] = names.get(theirs["reviewed_org_id"], "")  # type: ignore[call-overload]
    if "template" in theirs:
        shown["template"] = gettext(TEMPLATE_LABELS[str(theirs["template"])])
    return shown


def in_words(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(in_words(one) for one in value) or gettext("（空）")
    if isinstance(value, Participant):
        facts = (gettext(INVOLVED_LABELS[value.involved_as]), value.name, value.part, value.post)
        return "，".join(fact for fact in facts if fact)
    if isinstance(value, StrEnum):
        return str(gettext(LABELS[value]))
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value not in (None, "") else str(gettext("（空）"))
