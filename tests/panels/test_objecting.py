"""Recusal requests: window, suspension, decider, reconsideration once, removal by the office."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.errors import NotAllowed, ReviewError
from review_app.notices.models import Notice
from review_app.panels.models import KnownConflict, Panel, PanelMember, Recusal
from review_app.panels.objecting import (
    ask_again,
    decide_again,
    decide_recusal,
    remove_member,
    request_recusal,
)
from review_app.panels.service import announce_panel, waive
from review_app.panels.states import Applicant, RecusalState, SeatRole, SeatState
from review_app.reviews.rules import can_read_files
from review_app.reviews.states import ReviewState
from tests import factories as make
from tests.conftest import NOW
from tests.panels.stage import Stage, accepted, ready

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


@pytest.fixture
def panel(session: Session, stage: Stage) -> Panel:
    """A complete panel, announced to the reviewed organ."""
    panel = accepted(session, stage)
    stage.review.state = ReviewState.NOTICE
    announce_panel(session, stage.review, by=stage.coordinator, now=NOW)
    return panel


def ask(session: Session, stage: Stage, member: PanelMember) -> Recusal:
    return request_recusal(
        session, member, ground="R17", applicant=Applicant.ORGAN, facts="与本院承办法官有矛盾",
        by=stage.liaison, now=LATER,
    )  # fmt: skip


def plain_member(panel: Panel) -> PanelMember:
    return next(member for member in panel.seated if member.role is SeatRole.MEMBER)


def test_request_suspends_the_member(session: Session, stage: Stage, panel: Panel) -> None:
    member = plain_member(panel)
    assert can_read_files(member.person, stage.review)

    asked = ask(session, stage, member)

    assert member.status is SeatState.SUSPENDED
    assert not can_read_files(member.person, stage.review)
    assert asked.due_on.isoformat() == "2024-04-05"
    told = session.scalars(select(Notice.person_id).where(Notice.kind == "recusal-requested")).all()
    assert told == [stage.leader.id]


def test_refusal_gives_the_file_back(session: Session, stage: Stage, panel: Panel) -> None:
    member = plain_member(panel)
    asked = ask(session, stage, member)

    decide_recusal(session, asked, granted=False, reason="所述情形没有依据", by=stage.leader, now=LATER)

    assert (member.status, asked.state) == (SeatState.ACCEPTED, RecusalState.REFUSED)
    assert can_read_files(member.person, stage.review)


def test_granting_replaces_the_member_and_keeps_the_ground(
    session: Session, stage: Stage, panel: Panel
) -> None:
    member = plain_member(panel)
    asked = ask(session, stage, member)

    decide_recusal(session, asked, granted=True, reason="可能影响公正评查", by=stage.leader, now=LATER)

    assert member.status is SeatState.RECUSED
    assert len(panel.seated) == 5
    assert panel.replacements[0].successor in panel.seated
    assert session.scalars(select(KnownConflict.source)).all() == ["RECUSAL"]


def test_only_the_committee_head_decides_on_the_chair(session: Session, stage: Stage, panel: Panel) -> None:
    chair = next(member for member in panel.seated if member.role is SeatRole.CHAIR)
    asked = ask(session, stage, chair)

    for person in (stage.leader, stage.coordinator):
        with pytest.raises(NotAllowed):
            decide_recusal(session, asked, granted=False, reason="没有依据支持", by=person, now=LATER)
    decide_recusal(session, asked, granted=False, reason="没有依据支持", by=stage.head, now=LATER)

    assert asked.decided_by is stage.head


def test_leader_of_the_reviewed_organ_does_not_decide(session: Session, stage: Stage, panel: Panel) -> None:
    theirs = make.person(session, Role.LEADER, organisation=stage.court)
    asked = ask(session, stage, plain_member(panel))

    with pytest.raises(NotAllowed):
        decide_recusal(session, asked, granted=False, reason="没有依据支持", by=theirs, now=LATER)


def test_reconsideration_happens_once(session: Session, stage: Stage, panel: Panel) -> None:
    member = plain_member(panel)
    asked = ask(session, stage, member)
    decide_recusal(session, asked, granted=False, reason="没有依据支持", by=stage.leader, now=LATER)

    ask_again(session, asked, facts="补充证人证言一份", by=stage.liaison, now=LATER)
    assert member.status is SeatState.ACCEPTED
    decide_again(session, asked, granted=False, reason="复议理由不成立", by=stage.head, now=LATER)

    assert asked.state is RecusalState.UPHELD
    with pytest.raises(NotAllowed):
        ask_again(session, asked, facts="再次要求复议", by=stage.liaison, now=LATER)


def test_reconsideration_can_remove_the_member(session: Session, stage: Stage, panel: Panel) -> None:
    member = plain_member(panel)
    asked = ask(session, stage, member)
    decide_recusal(session, asked, granted=False, reason="没有依据支持", by=stage.leader, now=LATER)
    ask_again(session, asked, facts="补充证人证言一份", by=stage.liaison, now=LATER)

    decide_again(session, asked, granted=True, reason="新证据表明成立", by=stage.head, now=LATER)

    assert member.status is SeatState.RECUSED


def test_nothing_can_be_asked_after_the_window(session: Session, stage: Stage, panel: Panel) -> None:
    # told on Tuesday 2 April; the 4th and 5th are holidays, Sunday the 7th is worked
    (told,) = panel.tellings
    assert told.due_on.isoformat() == "2024-04-08"

    with pytest.raises(ReviewError, match="2024-04-08届满"):
        request_recusal(
            session, plain_member(panel), ground="R17", applicant=Applicant.ORGAN, facts="期限过后才提出",
            by=stage.liaison, now=NOW + timedelta(days=7),
        )  # fmt: skip


def test_nothing_can_be_asked_after_a_waiver_or_before_telling(
    session: Session, stage: Stage, panel: Panel
) -> None:
    member = plain_member(panel)
    with pytest.raises(ReviewError, match="尚未向申请人告知"):
        request_recusal(
            session, member, ground="R17", applicant=Applicant.PETITIONER, facts="信访人口头申请",
            by=stage.coordinator, now=LATER,
        )  # fmt: skip

    waive(session, panel.tellings[0], note="", by=stage.liaison, now=NOW)

    with pytest.raises(ReviewError, match="不申请回避"):
        ask(session, stage, member)


def test_each_side_asks_only_for_itself(session: Session, stage: Stage, panel: Panel) -> None:
    member = plain_member(panel)

    for applicant, person in (
        (Applicant.PETITIONER, stage.liaison), (Applicant.ORGAN, stage.coordinator),
        (Applicant.OFFICE, stage.coordinator), (Applicant.ORGAN, member.person),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            request_recusal(
                session,
                member,
                ground="R17",
                applicant=applicant,
                facts="代他人提出申请",
                by=person,
                now=LATER,
            )


def test_member_in_suspension_is_not_asked_about_twice(session: Session, stage: Stage, panel: Panel) -> None:
    member = plain_member(panel)
    ask(session, stage, member)

    with pytest.raises(ReviewError, match="正在等待"):
        ask(session, stage, member)


def test_office_removes_a_member_but_the_coordinator_cannot(
    session: Session, stage: Stage, panel: Panel
) -> None:
    member = plain_member(panel)
    with pytest.raises(NotAllowed):
        remove_member(session, member, ground="", reason="长期联系不上", by=stage.coordinator, now=LATER)

    remove_member(session, member, ground="", reason="长期联系不上", by=stage.leader, now=LATER)

    assert member.status is SeatState.RELEASED
    assert len(panel.seated) == 5
    assert session.scalars(select(KnownConflict)).all() == []


def test_removal_with_a_ground_settles_pending_requests(session: Session, stage: Stage, panel: Panel) -> None:
    member = plain_member(panel)
    asked = ask(session, stage, member)

    remove_member(session, member, ground="R13", reason="查实接受当事人宴请", by=stage.leader, now=LATER)

    assert (member.status, asked.state) == (SeatState.RECUSED, RecusalState.GRANTED)
    assert session.scalars(select(KnownConflict.rule)).all() == ["R13"]
