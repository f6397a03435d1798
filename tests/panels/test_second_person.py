"""Two persons for what is not certain; nobody against what is."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.errors import NotAllowed, ReviewError
from review_app.experts.service import add_tie, withdraw_tie
from review_app.experts.states import TieKind
from review_app.panels.conflicts import give_opinion, questions_about
from review_app.panels.gathering import judge
from review_app.panels.models import ConflictDecision, ConflictOpinion, Panel, PanelMember
from review_app.panels.rechecking import after_changes
from review_app.panels.second_person import second, settle_task
from review_app.panels.states import OpinionState, RecusalState, SeatRole, SeatState
from review_app.reviews.states import InvolvedAs
from tests import factories as make
from tests.conftest import NOW
from tests.panels.stage import Stage, accepted, ready

REASON = "核对出生年份，并非同一人"


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


@pytest.fixture
def panel(session: Session, stage: Stage) -> Panel:
    made = accepted(session, stage)
    after_changes(session, now=NOW)
    return made


def suspended(session: Session, stage: Stage, panel: Panel, role: SeatRole = SeatRole.MEMBER) -> PanelMember:
    """A member whom a new tie to a party keeps from the file."""
    member = next(one for one in panel.seated if one.role is role)
    party = stage.review.legal_case.involved_as(InvolvedAs.PARTY)[0]
    add_tie(
        session,
        member.expert,
        kind=TieKind.OTHER_TIE,
        name=party.name,
        note="同学",
        by=stage.coordinator,
        now=NOW,
    )
    after_changes(session, now=NOW)
    return member


def opinion_on(
    session: Session, stage: Stage, expert: object, *, confirmed: bool = False, rule: str = ""
) -> ConflictOpinion:
    checked = judge(session, stage.review, expert, on=NOW.date())  # type: ignore[arg-type]
    hit = next(one for one in questions_about(checked) if not rule or one.rule == rule)
    return give_opinion(
        session, stage.review, expert_no=hit.expert_no, rule=hit.rule, fact_key=hit.fact_key,
        confirmed=confirmed, reason=REASON, by=stage.coordinator, now=NOW,
    )  # fmt: skip


def namesake(session: Session, stage: Stage) -> object:
    """An expert of the pool with the name of a party, before any draw."""
    expert = next(iter(stage.experts.values()))
    stage.review.legal_case.involved_as(InvolvedAs.PARTY)[0].name = expert.name
    session.flush()
    return expert


def test_one_opinion_decides_nothing(session: Session, stage: Stage) -> None:
    expert = namesake(session, stage)

    opinion = opinion_on(session, stage, expert)

    assert opinion.state is OpinionState.PROPOSED
    assert session.scalars(select(ConflictDecision)).all() == []
    assert judge(session, stage.review, expert, on=NOW.date()).status == "PENDING"  # type: ignore[arg-type]


def test_the_second_person_makes_it_a_decision(session: Session, stage: Stage) -> None:
    expert = namesake(session, stage)
    opinion = opinion_on(session, stage, expert)

    taken = second(session, opinion, agreed=True, reason="经核对同意", by=stage.leader, now=NOW)

    assert taken is not None
    assert (taken.confirmed, taken.opinion) == (False, opinion)
    assert judge(session, stage.review, expert, on=NOW.date()).status != "PENDING"  # type: ignore[arg-type]


def test_nobody_seconds_himself(session: Session, stage: Stage) -> None:
    opinion = opinion_on(session, stage, namesake(session, stage))

    for person in (stage.coordinator, opinion.expert.person, stage.liaison, stage.witness):
        with pytest.raises(NotAllowed):
            second(session, opinion, agreed=True, reason="经核对同意", by=person, now=NOW)  # type: ignore[arg-type]


def test_another_coordinator_may_second_before_the_draw(session: Session, stage: Stage) -> None:
    opinion = opinion_on(session, stage, namesake(session, stage))
    other = make.person(session, Role.COORD)

    assert second(session, opinion, agreed=True, reason="经核对同意", by=other, now=NOW) is not None


def test_returned_opinion_can_be_given_again(session: Session, stage: Stage) -> None:
    expert = namesake(session, stage)
    opinion = opinion_on(session, stage, expert)
    with pytest.raises(ReviewError, match="等待第二人"):
        opinion_on(session, stage, expert)

    assert second(session, opinion, agreed=False, reason="理由不充分", by=stage.leader, now=NOW) is None
    other = opinion_on(session, stage, expert, confirmed=True)

    assert (opinion.state, other.state) == (OpinionState.RETURNED, OpinionState.PROPOSED)


def test_opinions_need_reasons(session: Session, stage: Stage) -> None:
    expert = namesake(session, stage)
    opinion = opinion_on(session, stage, expert)

    with pytest.raises(ReviewError, match="理由"):
        second(session, opinion, agreed=True, reason="好", by=stage.leader, now=NOW)


def test_what_is_hard_takes_no_opinion(session: Session, stage: Stage) -> None:
    expert = next(iter(stage.experts.values()))
    expert.id_fingerprint = stage.review.legal_case.involved[1].id_fingerprint = "e" * 64
    session.flush()
    (hit,) = [one for one in judge(session, stage.review, expert, on=NOW.date()).hits if one.level == "HARD"]

    with pytest.raises(ReviewError, match="不能由人排除"):
        give_opinion(
            session, stage.review, expert_no=expert.expert_no, rule=hit.rule, fact_key=hit.fact_key,
            confirmed=False, reason=REASON, by=stage.coordinator, now=NOW,
        )  # fmt: skip


def test_dismissed_question_lets_the_member_go_on(session: Session, stage: Stage, panel: Panel) -> None:
    member = suspended(session, stage, panel)
    opinion = opinion_on(session, stage, member.expert, rule="R17")

    second(session, opinion, agreed=True, reason="经核对同意", by=stage.leader, now=NOW)
    after_changes(session, now=NOW)

    assert member.status is SeatState.ACCEPTED
    assert panel.recusals[0].state is RecusalState.REFUSED


def test_confirmed_question_ends_the_seat_and_the_task(session: Session, stage: Stage, panel: Panel) -> None:
    member = suspended(session, stage, panel)
    opinion = opinion_on(session, stage, member.expert, confirmed=True, rule="R17")

    second(session, opinion, agreed=True, reason="确有影响公正的关系", by=stage.leader, now=NOW)
    after_changes(session, now=NOW)

    assert member.status is SeatState.RECUSED
    assert len(panel.seated) == 5
    assert panel.recusals[0].state is RecusalState.GRANTED


def test_the_chair_is_decided_by_the_committees_head(session: Session, stage: Stage, panel: Panel) -> None:
    chair = suspended(session, stage, panel, SeatRole.CHAIR)
    opinion = opinion_on(session, stage, chair.expert, rule="R17")

    with pytest.raises(NotAllowed):
        second(session, opinion, agreed=True, reason="经核对同意", by=stage.leader, now=NOW)
    assert second(session, opinion, agreed=True, reason="经核对同意", by=stage.head, now=NOW) is not None


def test_dismissal_holds_until_the_fact_changes(session: Session, stage: Stage, panel: Panel) -> None:
    """Pitfall: a dismissal that does not last, or one that lasts too long."""
    member = suspended(session, stage, panel)
    second(
        session, opinion_on(session, stage, member.expert, rule="R17"), agreed=True, reason="经核对同意",
        by=stage.leader, now=NOW,
    )  # fmt: skip
    add_tie(session, member.expert, kind=TieKind.LINEAL, name="无关之人", by=stage.coordinator, now=NOW)
    assert after_changes(session, now=NOW) == []

    member.expert.ties[0].note = "债务人"
    add_tie(session, member.expert, kind=TieKind.LINEAL, name="又一个人", by=stage.coordinator, now=NOW)
    (task,) = after_changes(session, now=NOW)

    assert (task.member, member.status) == (member, SeatState.SUSPENDED)


def test_opinion_on_a_fact_that_is_no_more_lapses(session: Session, stage: Stage, panel: Panel) -> None:
    member = suspended(session, stage, panel)
    opinion = opinion_on(session, stage, member.expert, rule="R17")

    withdraw_tie(session, member.expert.ties[0], reason="登记错人，撤回", by=stage.coordinator, now=NOW)
    after_changes(session, now=NOW)

    assert opinion.state is OpinionState.LAPSED


def test_task_with_an_open_question_cannot_be_put_away(session: Session, stage: Stage, panel: Panel) -> None:
    member = next(one for one in panel.seated if one.role is SeatRole.MEMBER)
    party = stage.review.legal_case.involved_as(InvolvedAs.PARTY)[0]
    add_tie(session, member.expert, kind=TieKind.OTHER_TIE, name=party.name, by=stage.coordinator, now=NOW)
    (task,) = after_changes(session, now=NOW)

    with pytest.raises(ReviewError, match="待决定"):
        settle_task(session, task, remark="已经看过了", by=stage.coordinator, now=NOW)
    withdraw_tie(session, member.expert.ties[0], reason="登记错人，撤回", by=stage.coordinator, now=NOW)
    settle_task(session, task, remark="已更正档案", by=stage.coordinator, now=NOW)

    assert task.settled_by is stage.coordinator
