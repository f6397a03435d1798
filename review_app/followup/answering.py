"""When a reply of the reviewed organ is complete. Pure: what was asked, what was answered, the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from review_app.errors import N_
from review_app.followup.states import Answer

SHORTEST_REASON = 20
SHORTEST_TEXT = 5


@dataclass(frozen=True)
class Asked:
    """One thing the organ must answer. ``subject`` is ``finding:<id>`` or ``advice:<number>``."""

    subject: str
    words: str


@dataclass(frozen=True)
class Answered:
    """What the organ wrote to one subject."""

    subject: str
    answer: Answer | None = None
    text: str = ""
    planned_on: date | None = None
    case_no: str = ""


@dataclass(frozen=True)
class Lack:
    """What one answer still lacks; ``field`` is the input it concerns."""

    subject: str
    field: str
    sentence: str


def lacks_of_reply(asked: Iterable[Asked], answered: Mapping[str, Answered], *, today: date) -> list[Lack]:
    """Everything that keeps the reply from being submitted as a whole, in the order it was asked."""
    return [
        lack
        for one in asked
        for lack in lacks_of_answer(answered.get(one.subject, Answered(one.subject)), today)
    ]


def lacks_of_answer(given: Answered, today: date) -> list[Lack]:
    """What one answer lacks: a kind, words, and what the kind demands."""
    subject = given.subject
    if given.answer is None:
        return [Lack(subject, "answer", N_("请选择答复的种类。"))]
    found = []
    words = len("".join(given.text.split()))
    if given.answer is Answer.REFUSED and words < SHORTEST_REASON:
        found.append(Lack(subject, "text", N_("不采纳的，请写明事实和法律理由，不少于20个字。")))
    elif words < SHORTEST_TEXT:
        found.append(Lack(subject, "text", N_("请写明措施或者情况。")))
    if given.answer is Answer.PLANNED and given.planned_on is None:
        found.append(Lack(subject, "planned_on", N_("请填写计划完成的日期。")))
    if given.answer is Answer.PLANNED and given.planned_on is not None and given.planned_on < today:
        found.append(
            Lack(subject, "planned_on", N_("计划完成的日期不能早于今天。已经完成的请选择“已整改”。"))
        )
    if given.answer is Answer.ROUTE and not given.case_no.strip():
        found.append(Lack(subject, "case_no", N_("请填写所启动程序的案号。")))
    return found
