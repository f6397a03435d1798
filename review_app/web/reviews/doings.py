"""What one person has already done of what the present states ask, and what waits outside the states:
draws to witness, recusal requests to decide. Each is one query over all reviews."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload

from review_app.accounts.models import Person
from review_app.deliberations.models import Ballot, Deliberation, Hearing, Question
from review_app.evaluations.models import EvalForm
from review_app.evaluations.states import FormState
from review_app.followup.models import RectificationReply
from review_app.followup.states import ReplyState
from review_app.opinions.queries import opinion_of
from review_app.opinions.service import valid_signature
from review_app.panels.models import (
    ConflictOpinion,
    ConflictTask,
    FoundPerson,
    Panel,
    PanelDraw,
    PanelMember,
    Recusal,
)
from review_app.panels.queries import member_of_expert, open_tasks, waiting_opinions
from review_app.panels.rules import (
    can_decide_again,
    can_decide_recusal,
    can_edit_people,
    can_second,
    can_settle_task,
    can_witness,
)
from review_app.panels.states import DrawState, FoundState, RecusalState, SeatState
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState as S


def done_by(session: Session, person: Person, reviews: Sequence[CaseReview]) -> dict[S, set[int]]:
    """State → ids of the reviews in which the person's own part of that state is done."""
    return {
        S.DRAW: ids(session, accepted_seats(person)),
        S.READING: ids(session, signed_forms(person)),
        S.HEARING: ids(session, answered_hearings()),
        S.DELIBERATION: ids(session, voted(person)) - ids(session, open_votes(person)),
        S.OPINION: {one.id for one in reviews if one.state is S.OPINION and has_signed(session, person, one)},
        S.RECTIFY: ids(session, submitted_replies()),
    }


def ids(session: Session, chosen: Select[int]) -> set[int]:
    return set(session.scalars(chosen))


def accepted_seats(person: Person) -> Select[int]:
    """Panels on which the person has answered for good."""
    answered = PanelMember.status.not_in((SeatState.INVITED, SeatState.STATED))
    return (
        select(Panel.review_id)
        .join(PanelMember.panel)
        .where(PanelMember.person_id == person.id, answered, Panel.ended_at.is_(None))
    )


def signed_forms(person: Person) -> Select[int]:
    of_round = (CaseReview.id == EvalForm.review_id) & (CaseReview.round == EvalForm.round)
    return (
        select(EvalForm.review_id)
        .join(CaseReview, of_round)
        .where(EvalForm.person_id == person.id, EvalForm.state == FormState.SIGNED)
    )


def answered_hearings() -> Select[int]:
    of_round = (CaseReview.id == Hearing.review_id) & (CaseReview.round == Hearing.round)
    return select(Hearing.review_id).join(CaseReview, of_round).where(Hearing.answered_at.is_not(None))


def open_votes(person: Person) -> Select[int]:
    """Sessions with a question that is open and not yet answered by the person."""
    cast = exists().where(Ballot.question_id == Question.id, Ballot.person_id == person.id)
    return (
        select(Deliberation.review_id)
        .join(Question, Question.deliberation_id == Deliberation.id)
        .where(Deliberation.void_reason == "", Question.closed_at.is_(None), ~cast)
    )


def voted(person: Person) -> Select[int]:
    """Sessions of the present round in which the person has voted at all."""
    of_round = (CaseReview.id == Deliberation.review_id) & (CaseReview.round == Deliberation.round)
    return (
        select(Deliberation.review_id)
        .join(CaseReview, of_round)
        .join(Question, Question.deliberation_id == Deliberation.id)
        .join(Ballot, Ballot.question_id == Question.id)
        .where(Deliberation.void_reason == "", Ballot.person_id == person.id)
    )


def submitted_replies() -> Select[int]:
    of_round = (CaseReview.id == RectificationReply.review_id) & (
        CaseReview.round == RectificationReply.round
    )
    return (
        select(RectificationReply.review_id)
        .join(CaseReview, of_round)
        .where(RectificationReply.state == ReplyState.SUBMITTED)
    )


def has_signed(session: Session, person: Person, review: CaseReview) -> bool:
    """Whether the person's word stands on the opinion as it is now."""
    opinion = opinion_of(session, review)
    return opinion is not None and valid_signature(opinion, person.id) is not None


def draws_to_witness(session: Session, person: Person) -> list[PanelDraw]:
    waiting = select(PanelDraw).where(PanelDraw.state == DrawState.AWAITING_WITNESS)
    found = session.scalars(waiting.options(joinedload(PanelDraw.review)))
    return [draw for draw in found if can_witness(person, draw)]


def recusals_to_decide(session: Session, person: Person) -> list[Recusal]:
    waiting = (
        select(Recusal)
        .where(Recusal.state.in_((RecusalState.PENDING, RecusalState.RECONSIDERING)))
        .options(joinedload(Recusal.panel).joinedload(Panel.review), joinedload(Recusal.member))
    )
    found = session.scalars(waiting)
    return [one for one in found if can_decide_recusal(person, one) or can_decide_again(person, one)]


def changed_checks(session: Session, person: Person) -> list[ConflictTask]:
    """Changed answers of recusal checks that the person may settle, one for each review."""
    by_review = {one.review_id: one for one in open_tasks(session) if can_settle_task(person, one)}
    return list(by_review.values())


def opinions_to_second(session: Session, person: Person) -> list[ConflictOpinion]:
    """Opinions on possible conflicts that wait for this person's word."""
    return [
        one
        for one in waiting_opinions(session)
        if can_second(person, one, member_of_expert(session, one.review, one.expert_id))
    ]


def reviews_with_found(session: Session, person: Person) -> list[CaseReview]:
    """Reviews in whose files names were found that nobody has confirmed yet."""
    waiting = select(FoundPerson.review_id).where(FoundPerson.state == FoundState.WAITING)
    found = session.scalars(select(CaseReview).where(CaseReview.id.in_(waiting)).order_by(CaseReview.id))
    return [review for review in found if can_edit_people(person, review)]
