"""What the issued opinion asks for: the answers the organ owes, and the tasks that follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_app import rulebook
from review_app.deliberations.balloting import majority
from review_app.deliberations.models import Deliberation, Question
from review_app.deliberations.panel_input import Vote
from review_app.deliberations.states import QuestionKind, Stage
from review_app.followup.answering import Asked
from review_app.followup.models import RectificationReply, ReplyLine
from review_app.followup.states import Answer, TaskKind
from review_app.opinions.facts import OpinionFacts, load_facts
from review_app.opinions.queries import advice_of, opinion_of
from review_app.reviews.models import CaseReview


@dataclass(frozen=True)
class Promised:
    """A task to be made. ``source`` names where it comes from and keeps it from being made twice."""

    source: str
    kind: TaskKind
    title: str
    owner: str = ""
    due_on: date | None = None
    case_no: str = ""


def issued_facts(session: Session, review: CaseReview) -> OpinionFacts | None:
    """The locked content of the present round's opinion."""
    opinion = opinion_of(session, review)
    return load_facts(opinion.locked) if opinion else None


def asked_of(session: Session, review: CaseReview) -> list[Asked]:
    """Every upheld finding and every recommendation of the opinion, in its order and words."""
    facts = issued_facts(session, review)
    findings = facts.findings if facts else ()
    asked = [
        Asked(f"finding:{number}", f"{one.code} {one.fact}") for number, one in enumerate(findings, start=1)
    ]
    return asked + [
        Asked(f"advice:{number}", one.text) for number, one in enumerate(advice_of(session, review), start=1)
    ]


def promised_tasks(session: Session, review: CaseReview, reply: RectificationReply | None) -> list[Promised]:
    """A task for every recommendation, every measure the panel adopted, every correction the organ planned."""
    lines = {line.subject: line for line in reply.lines} if reply else {}
    return [
        *tasks_of_advice(session, review, lines),
        *tasks_of_measures(session, review),
        *(task_of_plan(line) for line in lines.values() if is_planned_correction(line)),
    ]


def tasks_of_advice(session: Session, review: CaseReview, lines: dict[str, ReplyLine]) -> Iterator[Promised]:
    organ = review.legal_case.reviewed_org.name
    for number, one in enumerate(advice_of(session, review), start=1):
        line = lines.get(f"advice:{number}")
        yield Promised(
            f"advice:{number}", TaskKind.ROUTE if one.route else TaskKind.RECTIFICATION, one.text,
            one.organ or organ, (line.planned_on if line else None) or one.due_on, line.case_no if line else "",
        )  # fmt: skip


def is_planned_correction(line: ReplyLine) -> bool:
    """A finding the organ will put right later; what it plans for a recommendation is that one's task."""
    return line.answer is Answer.PLANNED and line.subject.startswith("finding:")


def task_of_plan(line: ReplyLine) -> Promised:
    organ = line.reply.organisation.name
    return Promised(
        f"plan:{line.subject}", TaskKind.RECTIFICATION, line.text, organ, line.planned_on, line.case_no
    )


def tasks_of_measures(session: Session, review: CaseReview) -> Iterator[Promised]:
    labels = rulebook.load(review.rule_version).measures
    for code in adopted_measures(session, review):
        organ = review.legal_case.reviewed_org.name
        yield Promised(f"measure:{code}", TaskKind.MEASURE, labels[code].zh, organ)


def adopted_measures(session: Session, review: CaseReview) -> list[str]:
    """Codes of the measures that found a majority in the panel's closed sessions."""
    put = (
        select(Question)
        .join(Question.deliberation)
        .where(
            Deliberation.review_id == review.id, Deliberation.round == review.round,
            Deliberation.stage == Stage.CLOSED, Question.kind == QuestionKind.MEASURE,
        )
        .options(selectinload(Question.ballots))
        .order_by(Question.id)
    )  # fmt: skip
    carried = (one.measure for one in session.scalars(put) if one.measure and is_carried(one))
    return list(dict.fromkeys(carried))


def is_carried(question: Question) -> bool:
    votes = [ballot.vote for ballot in question.ballots]
    return bool(votes) and votes.count(Vote.UPHOLD) >= majority(len(votes))
