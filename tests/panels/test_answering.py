"""The expert's answer: two statements, signatures bound to content, refusal, what is kept (pitfall P27)."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.errors import NotAllowed, ReviewError
from review_app.panels.answering import (
    Answer,
    binding_answers,
    decline,
    names_of,
    sign_statement,
    signature_holds,
)
from review_app.panels.gathering import gather
from review_app.panels.grounds import GROUNDS
from review_app.panels.models import KnownConflict, Panel, PanelMember, Recusal
from review_app.panels.states import DeclineReason, RecusalState, SeatRole, SeatState
from review_app.reviews.rules import can_read_files, can_see, is_panel_member
from review_app.reviews.states import AccessStage, InvolvedAs
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.panels.stage import Stage, accepted, answers, drawn, ready, sign


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


@pytest.fixture
def panel(session: Session, stage: Stage) -> Panel:
    return drawn(session, stage)


def member_of(panel: Panel, role: SeatRole = SeatRole.MEMBER) -> PanelMember:
    return next(member for member in panel.seated if member.role is role)


def test_first_statement_opens_names_but_no_file(session: Session, panel: Panel) -> None:
    member = member_of(panel)

    sign(session, member)

    assert member.status is SeatState.STATED
    assert member.access is not None
    assert member.access.stage is AccessStage.SUMMARY
    assert not can_read_files(member.person, panel.review)


def test_second_statement_opens_the_file(session: Session, panel: Panel) -> None:
    member = member_of(panel)

    sign(session, member)
    sign(session, member)

    assert member.status is SeatState.ACCEPTED
    assert can_read_files(member.person, panel.review)


def test_names_are_part_of_the_second_signature_only(session: Session, panel: Panel) -> None:
    member = member_of(panel)
    sign(session, member)
    sign(session, member)

    first, second = (json.loads(statement.content) for statement in member.statements)

    assert first["names"] == []
    assert ["PETITIONER", "秦大田"] in second["names"]
    assert "秦大田" not in member.statements[0].content


def test_signature_is_bound_to_the_content(session: Session, panel: Panel) -> None:
    member = member_of(panel)
    sign(session, member)
    (statement,) = member.statements
    assert signature_holds(statement)

    statement.content = statement.content.replace('"applies":false', '"applies":true', 1)

    assert not signature_holds(statement)


def test_statement_is_sealed_in_the_database(session: Session, panel: Panel) -> None:
    sign(session, member_of(panel))
    session.flush()

    (stored,) = session.connection().exec_driver_sql("SELECT content FROM conflict_statement").fetchone() or (
        "",
    )

    assert "applies" not in stored


def test_wrong_password_signs_nothing(session: Session, panel: Panel) -> None:
    member = member_of(panel)

    with pytest.raises(ReviewError, match="密码不正确"):
        sign_statement(
            session, member, answers=answers(), promise=True, password="x", by=member.person, now=NOW
        )

    assert member.statements == []


def test_nobody_signs_for_another(session: Session, stage: Stage, panel: Panel) -> None:
    member, other = panel.seated[:2]

    for person in (other.person, stage.coordinator):
        with pytest.raises(NotAllowed):
            sign_statement(
                session, member, answers=answers(), promise=True, password=PASSWORD, by=person, now=NOW
            )


def test_every_ground_must_be_answered(session: Session, panel: Panel) -> None:
    member = member_of(panel)
    some = answers()
    del some["R13"]

    with pytest.raises(ReviewError, match="逐项回答"):
        sign_statement(
            session, member, answers=some, promise=True, password=PASSWORD, by=member.person, now=NOW
        )
    with pytest.raises(ReviewError, match="R02"):
        sign(session, member, R02="")
    with pytest.raises(ReviewError, match="承诺"):
        sign_statement(
            session, member, answers=answers(), promise=False, password=PASSWORD, by=member.person, now=NOW
        )


def test_affirmed_hard_ground_ends_the_seat_and_is_kept(session: Session, panel: Panel) -> None:
    member = member_of(panel)
    before = list(panel.seated)
    first_substitute = panel.substitutes[0]

    sign(session, member, R02="当事人是我表兄")

    known = session.scalars(select(KnownConflict)).one()
    assert (known.expert, known.rule, known.source, known.note) == (
        member.expert, "R02", "STATEMENT", "当事人是我表兄",
    )  # fmt: skip
    assert member.status is SeatState.RECUSED
    assert not can_see(member.person, panel.review)
    assert len(member.statements) == 1
    (change,) = panel.replacements
    assert change.lost is member
    assert change.successor is not None
    assert change.successor not in before
    assert change.successor is first_substitute or change.skipped


def test_affirmed_ground_binds_in_later_draws(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)
    sign(session, member, R16="写过评论文章")

    check = gather(session, stage.review, on=NOW.date()).checks[member.expert.expert_no]

    found = [(hit.rule, hit.level, hit.source) for hit in check.hits if hit.rule != "R11"]
    assert found == [("R16", "HARD", "本人声明")]


def test_manual_ground_waits_for_the_office(session: Session, panel: Panel) -> None:
    member = member_of(panel)
    sign(session, member)

    sign(session, member, R17="与当事人是大学同学")

    asked = session.scalars(select(Recusal)).one()
    assert member.status is SeatState.SUSPENDED
    assert member.resumes_as is SeatState.ACCEPTED
    assert asked.state is RecusalState.PENDING
    assert not is_panel_member(member.person, panel.review)


def test_known_service_with_the_organ_and_rotation_bind_nobody(session: Session, panel: Panel) -> None:
    member = member_of(panel)
    member.same_organ = True

    found = dict(binding_answers(member, answers(R11="在职", R20="三次", R17="同学")))

    assert found == {"R17": Answer(True, "同学")}


def test_new_hard_fact_is_found_at_the_second_statement(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)
    sign(session, member)
    member.expert.id_fingerprint = "e" * 64
    stage.review.legal_case.involved[1].id_fingerprint = "e" * 64
    session.flush()

    sign(session, member)

    assert member.status is SeatState.RECUSED
    assert len(member.statements) == 2


def test_new_possible_fact_goes_to_the_office(session: Session, stage: Stage, panel: Panel) -> None:
    member = member_of(panel)
    sign(session, member)
    stage.review.legal_case.involved[1].name = member.expert.name
    session.flush()

    sign(session, member)

    (asked,) = panel.recusals
    assert (member.status, asked.ground) == (SeatState.SUSPENDED, "R01")


def test_decline_needs_a_reason_and_the_substitute_moves_up(session: Session, panel: Panel) -> None:
    member = member_of(panel)
    with pytest.raises(ReviewError, match="至少五个字"):
        decline(session, member, reason=DeclineReason.TIME, ground="", note="忙", by=member.person, now=NOW)

    decline(
        session, member, reason=DeclineReason.TIME, ground="", note="同期出差在外", by=member.person, now=NOW
    )

    assert (member.status, member.decline_note) == (SeatState.DECLINED, "同期出差在外")
    assert len(panel.seated) == 5
    assert session.scalars(select(KnownConflict)).all() == []


def test_decline_because_of_a_conflict_feeds_the_record(session: Session, panel: Panel) -> None:
    """Pitfall P27."""
    member = member_of(panel)
    sign(session, member)

    with pytest.raises(ReviewError, match="哪一种情形"):
        decline(
            session, member, reason=DeclineReason.CONFLICT, ground="", note="有利害关系",
            by=member.person, now=NOW,
        )  # fmt: skip
    decline(
        session, member, reason=DeclineReason.CONFLICT, ground="R03", note="持有相关债权",
        by=member.person, now=NOW,
    )  # fmt: skip

    assert session.scalars(select(KnownConflict.rule)).all() == ["R03"]
    assert member.status is SeatState.RECUSED
    assert len(member.statements) == 1


def test_accepted_member_cannot_decline(session: Session, stage: Stage) -> None:
    panel = accepted(session, stage)
    member = panel.seated[0]

    with pytest.raises(NotAllowed):
        decline(
            session,
            member,
            reason=DeclineReason.TIME,
            ground="",
            note="没有时间参加",
            by=member.person,
            now=NOW,
        )


def test_lost_chair_is_succeeded_by_the_rules(session: Session, panel: Panel) -> None:
    chair = member_of(panel, SeatRole.CHAIR)

    decline(
        session, chair, reason=DeclineReason.HEALTH, ground="", note="住院治疗期间", by=chair.person, now=NOW
    )

    roles = sorted(member.role for member in panel.seated)
    assert roles == ["CHAIR", "LEAD", "MEMBER", "MEMBER", "MEMBER"]
    assert all(member.access and member.access.capacity == member.role for member in panel.seated)


def test_names_hold_everybody_once(session: Session, stage: Stage) -> None:
    assert names_of(stage.review) == [
        (InvolvedAs.PETITIONER, "秦某田"),
        (InvolvedAs.PETITIONER, "秦大田"),
        (InvolvedAs.PARTY, "赵小斌"),
        (InvolvedAs.OFFICER, "孙承办"),
    ]
    assert len(GROUNDS) == 20
