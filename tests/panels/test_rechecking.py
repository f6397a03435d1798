"""The check again with every change of a fact, in the same transaction (statements 1–4, pitfalls P1, P2, P15)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.errors import ReviewError
from review_app.experts.models import Expert
from review_app.experts.service import add_employment, add_tie, withdraw_tie
from review_app.experts.states import TieKind
from review_app.notices.models import Notice
from review_app.panels.case_people import CasePerson, add_person, correct_person
from review_app.panels.conflicts import require_not_barred
from review_app.panels.models import (
    ConflictCheck,
    ConflictEvidence,
    ConflictTask,
    Panel,
    PanelMember,
    Recusal,
)
from review_app.panels.objecting import decide_recusal
from review_app.panels.rechecking import after_changes
from review_app.panels.states import SeatRole, SeatState
from review_app.reviews.models import Involved
from review_app.reviews.rules import can_read_files
from review_app.reviews.states import InvolvedAs
from review_app.sealing import current_seal
from tests.conftest import NOW
from tests.panels.stage import Stage, accepted, drawn, ready

LATER = NOW + timedelta(hours=1)
ID_NUMBER = "999999198001010017"


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


@pytest.fixture
def panel(session: Session, stage: Stage) -> Panel:
    """A complete panel whose members were checked once."""
    made = accepted(session, stage)
    after_changes(session, now=NOW)
    return made


def member_of(panel: Panel, role: SeatRole = SeatRole.MEMBER) -> PanelMember:
    return next(member for member in panel.seated if member.role is role)


def again(session: Session) -> list[ConflictTask]:
    return after_changes(session, now=LATER)


def party(stage: Stage) -> Involved:
    return stage.review.legal_case.involved_as(InvolvedAs.PARTY)[0]


def tie_to_party(session: Session, stage: Stage, expert: Expert, **values: str) -> None:
    add_tie(
        session,
        expert,
        kind=TieKind.OTHER_TIE,
        name=party(stage).name,
        by=stage.coordinator,
        now=LATER,
        **values,
    )


def test_drawing_keeps_an_answer_for_everybody_and_opens_no_task(session: Session, stage: Stage) -> None:
    panel = drawn(session, stage)

    tasks = after_changes(session, now=NOW)

    checked = set(session.scalars(select(ConflictCheck.expert_id)))
    assert tasks == []
    assert checked == {one.expert_id for one in panel.members}


def test_what_is_unchanged_opens_nothing(session: Session, stage: Stage, panel: Panel) -> None:
    add_tie(
        session, panel.seated[0].expert, kind=TieKind.LINEAL, name="无关之人", by=stage.coordinator, now=LATER
    )

    assert again(session) == []


def test_new_tie_of_a_member_opens_a_task_and_suspends(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)

    tie_to_party(session, stage, member.expert, note="债权人")
    (task,) = again(session)

    (asked,) = panel.recusals
    assert (task.member, task.cause, task.after) == (member, "expert.tie", "PENDING")
    assert (member.status, asked.ground, asked.fact_key) == (SeatState.SUSPENDED, "R17", task.new_facts[0])
    assert not can_read_files(member.person, stage.review)


def test_the_coordinator_is_told_and_nobody_of_the_panel(
    session: Session, stage: Stage, panel: Panel
) -> None:
    tie_to_party(session, stage, member_of(panel).expert)
    again(session)

    told = set(session.scalars(select(Notice.person_id).where(Notice.kind == "conflict-changed")))
    assert told == {stage.coordinator.id}


def test_new_officer_with_the_same_number_bars_at_once(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)
    member.expert.id_fingerprint = current_seal().fingerprint(ID_NUMBER)
    officer = CasePerson(InvolvedAs.OFFICER, "另一姓名", part="书记员", id_number=ID_NUMBER)

    add_person(session, stage.review, officer, by=stage.coordinator, now=LATER)
    (task,) = again(session)

    assert (task.member, task.after) == (member, "BARRED")
    assert member.status is SeatState.SUSPENDED
    assert panel.recusals[0].ground == "R08"


def test_what_is_hard_cannot_be_refused_by_anybody(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)
    member.expert.id_fingerprint = current_seal().fingerprint(ID_NUMBER)
    same = CasePerson(InvolvedAs.PARTY, "另一姓名", id_number=ID_NUMBER)
    add_person(session, stage.review, same, by=stage.coordinator, now=LATER)
    again(session)
    (asked,) = panel.recusals

    with pytest.raises(ReviewError, match="不能驳回"):
        decide_recusal(session, asked, granted=False, reason="本人称并无影响", by=stage.leader, now=LATER)
    decide_recusal(session, asked, granted=True, reason="身份证号一致", by=stage.leader, now=LATER)

    assert member.status is SeatState.RECUSED
    assert len(panel.seated) == 5


def test_what_the_check_found_is_not_refused_by_one_person(
    session: Session, stage: Stage, panel: Panel
) -> None:
    tie_to_party(session, stage, member_of(panel).expert)
    again(session)

    with pytest.raises(ReviewError, match="须经两人"):
        decide_recusal(
            session, panel.recusals[0], granted=False, reason="关系很远不影响", by=stage.leader, now=LATER
        )


def test_corrected_fact_ends_the_question_and_tells(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)
    tie_to_party(session, stage, member.expert)
    again(session)
    (tie,) = member.expert.ties

    withdraw_tie(session, tie, reason="登记错人，撤回", by=stage.coordinator, now=LATER)
    (task,) = again(session)
    (asked,) = panel.recusals
    decide_recusal(session, asked, granted=False, reason="事实已更正", by=stage.leader, now=LATER)

    assert (task.new_facts, len(task.gone_facts)) == ([], 1)
    assert member.status is SeatState.ACCEPTED
    assert can_read_files(member.person, stage.review)


def test_evidence_stays_with_the_day_it_went(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)
    tie_to_party(session, stage, member.expert, note="同学")
    again(session)
    withdraw_tie(session, member.expert.ties[0], reason="登记错人，撤回", by=stage.coordinator, now=LATER)
    again(session)

    rows = session.scalars(select(ConflictEvidence).where(ConflictEvidence.rule == "R17")).all()
    assert [(one.level, one.source, one.rule_version, one.gone_at) for one in rows] == [
        ("POSSIBLE", "其他关系申报", "2024.1", LATER)
    ]
    assert "赵小斌" in rows[0].matched


def test_substitute_gets_a_task_but_is_not_asked(session: Session, stage: Stage, panel: Panel) -> None:
    waiting = panel.substitutes[0]

    tie_to_party(session, stage, waiting.expert)
    (task,) = again(session)

    assert (task.member, waiting.status) == (waiting, SeatState.WAITING)
    assert session.scalars(select(Recusal)).all() == []


def test_client_of_a_colleague_binds_the_firm(session: Session, stage: Stage, panel: Panel) -> None:
    lawyers = [one for one in panel.members if one.holds_place and one.expert.category == "LAWYER"]
    member = lawyers[0]
    colleague = next(
        (
            one
            for one in stage.experts.values()
            if one.organisation_id == member.expert.organisation_id and one is not member.expert
        ),
        None,
    )
    if colleague is None:
        colleague = next(
            one for one in stage.experts.values() if one.category == "LAWYER" and not is_here(panel, one)
        )
        colleague.organisation = member.expert.organisation
    session.flush()

    add_tie(
        session, colleague, kind=TieKind.REPRESENTED, name="某单位", case_no=stage.review.legal_case.case_no,
        by=stage.coordinator, now=LATER,
    )  # fmt: skip

    assert member in [task.member for task in again(session)]


def is_here(panel: Panel, expert: Expert) -> bool:
    return any(one.expert is expert and one.holds_place for one in panel.members)


def test_former_post_at_the_reviewed_organ_bars(session: Session, stage: Stage, panel: Panel) -> None:
    member = next(one for one in panel.seated if one.expert.category == "LAWYER")

    add_employment(
        session, member.expert, organisation=stage.court, role="审判员", since=None,
        until=NOW.date() - timedelta(days=100), by=stage.coordinator, now=LATER,
    )  # fmt: skip
    (task,) = again(session)

    assert (task.member, task.after) == (member, "BARRED")


def test_renamed_party_is_checked_again(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)

    correct_person(
        session, stage.review, party(stage), CasePerson(InvolvedAs.PARTY, f"某某（曾用名{member.expert.name}）"),
        by=stage.coordinator, now=LATER,
    )  # fmt: skip
    (task,) = again(session)

    assert (task.member, task.cause) == (member, "case-person.update")


def test_nobody_comes_to_a_seat_against_the_check(session: Session, stage: Stage, panel: Panel) -> None:
    outside = next(one for one in stage.experts.values() if not is_here(panel, one))
    require_not_barred(session, stage.review, outside, now=LATER)

    tie_to_party(session, stage, outside)

    with pytest.raises(ReviewError, match="不能入组"):
        require_not_barred(session, stage.review, outside, now=LATER)


def test_a_change_that_reads_nothing_checks_nobody(session: Session, stage: Stage, panel: Panel) -> None:
    before = session.scalars(select(ConflictCheck.checked_at)).all()

    assert again(session) == []
    assert session.scalars(select(ConflictCheck.checked_at)).all() == before
