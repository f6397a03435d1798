"""The draw as an act: commit before nonce, two persons, frozen input, no second try."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import RoleGrant
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.errors import NotAllowed, ReviewError
from review_app.experts.models import ExpertTie
from review_app.experts.states import TieKind
from review_app.notices.models import Notice
from review_app.panels.drawing import exported, open_draw, type_nonce, void_draw, witness_draw
from review_app.panels.record import replay
from review_app.panels.states import DrawState, SeatRole, SeatState
from review_app.reviews.models import CaseReview
from review_app.reviews.states import AccessStage, Capacity, InvolvedAs, ReviewState
from tests import factories as make
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.panels.stage import NONCE, Stage, drawn, opened, ready


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def test_commit_is_published_before_the_nonce(session: Session, stage: Stage) -> None:
    draw = open_draw(session, stage.review, by=stage.coordinator, now=NOW)

    row = session.scalars(select(AuditRow).where(AuditRow.action == "draw.open")).one()
    assert row.after is not None
    assert row.after["commit"] == hashlib.sha256(bytes.fromhex(draw.secret)).hexdigest()
    assert draw.secret not in str(row.after)
    assert draw.nonce == ""


def test_secret_is_sealed_in_the_database(session: Session, stage: Stage) -> None:
    draw = open_draw(session, stage.review, by=stage.coordinator, now=NOW)
    session.flush()

    (stored,) = session.connection().exec_driver_sql("SELECT secret FROM panel_draw").fetchone() or ("",)

    assert draw.secret not in stored


def test_draw_seats_the_panel_and_tells_the_experts(session: Session, stage: Stage) -> None:
    panel = drawn(session, stage)

    assert [member.status for member in panel.seated] == [SeatState.INVITED] * 5
    assert sorted(member.role for member in panel.seated) == ["CHAIR", "LEAD", "MEMBER", "MEMBER", "MEMBER"]
    assert len(panel.substitutes) == 2
    assert {(one.stage, one.capacity) for one in stage.review.accesses} == {
        (AccessStage.SUMMARY, Capacity.CHAIR),
        (AccessStage.SUMMARY, Capacity.LEAD),
        (AccessStage.SUMMARY, Capacity.MEMBER),
    }
    told = session.scalars(select(Notice.person_id).where(Notice.kind == "panel-drawn")).all()
    assert set(told) == {member.person_id for member in panel.seated}
    assert actions(session)[:3] == ["draw.open", "draw.nonce", "panel.invite"]
    assert actions(session)[-1] == "draw.carry-out"


def test_record_replays_and_stands_in_the_audit_log(session: Session, stage: Stage) -> None:
    panel = drawn(session, stage)
    (draw,) = panel.draws

    row = session.scalars(select(AuditRow).where(AuditRow.action == "draw.carry-out")).one()

    assert row.after == {"record_sha256": draw.record_sha256, "size": 5}
    assert replay(exported(draw)).ok
    assert exported(draw)["lots"]["nonce"] == NONCE


def test_drawer_cannot_witness_himself(session: Session, stage: Stage) -> None:
    draw = opened(session, stage)

    with pytest.raises(NotAllowed):
        witness_draw(
            session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=stage.coordinator, now=NOW
        )


def test_drawer_cannot_ask_himself_or_somebody_of_the_reviewed_organ(session: Session, stage: Stage) -> None:
    theirs = make.person(session, Role.SECRETARY, organisation=stage.court)
    draw = open_draw(session, stage.review, by=stage.coordinator, now=NOW)

    for witness in (stage.coordinator, theirs, stage.leader):
        with pytest.raises(ReviewError, match="见证人应当是"):
            type_nonce(
                session, draw, nonce="1", source="开奖", witness=witness, by=stage.coordinator, now=NOW
            )


def test_coordinator_of_the_reviewed_organ_cannot_draw(session: Session, stage: Stage) -> None:
    theirs = make.person(session, Role.COORD, organisation=stage.court)

    with pytest.raises(NotAllowed):
        open_draw(session, stage.review, by=theirs, now=NOW)


def test_witness_needs_his_own_password(session: Session, stage: Stage) -> None:
    draw = opened(session, stage)

    with pytest.raises(ReviewError, match="密码不正确"):
        witness_draw(
            session, draw, seen_sha256=draw.input_sha256, password="别人的密码", by=stage.witness, now=NOW
        )
    assert draw.state is DrawState.AWAITING_WITNESS


def test_another_coordinator_cannot_type_the_nonce(session: Session, stage: Stage) -> None:
    other = make.person(session, Role.COORD)
    draw = open_draw(session, stage.review, by=stage.coordinator, now=NOW)

    with pytest.raises(NotAllowed):
        type_nonce(session, draw, nonce="1", source="开奖", witness=stage.witness, by=other, now=NOW)


@pytest.mark.parametrize(
    ("nonce", "source"), [("", "开奖"), ("   ", "开奖"), ("1", " "), ("1" * 201, "开奖")]
)
def test_nonce_and_its_source_are_demanded(session: Session, stage: Stage, nonce: str, source: str) -> None:
    draw = open_draw(session, stage.review, by=stage.coordinator, now=NOW)

    with pytest.raises(ReviewError):
        type_nonce(
            session, draw, nonce=nonce, source=source, witness=stage.witness, by=stage.coordinator, now=NOW
        )


def test_changed_facts_stop_the_draw(session: Session, stage: Stage) -> None:
    draw = opened(session, stage)
    lawyer = next(iter(stage.experts.values()))
    tie = ExpertTie(
        expert=lawyer, kind=TieKind.REPRESENTED, name="秦大田", case_no=stage.review.legal_case.case_no,
        created_at=NOW,
    )  # fmt: skip
    session.add(tie)
    session.flush()

    with pytest.raises(ReviewError, match="有变化"):
        witness_draw(
            session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=stage.witness, now=NOW
        )


def test_midnight_between_opening_and_witnessing_changes_nothing(session: Session, stage: Stage) -> None:
    draw = opened(session, stage)

    later = NOW + timedelta(days=1)
    panel = witness_draw(
        session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=stage.witness, now=later
    )

    assert len(panel.seated) == 5


def test_witness_of_another_page_is_refused(session: Session, stage: Stage) -> None:
    draw = opened(session, stage)

    with pytest.raises(ReviewError, match="有变化"):
        witness_draw(session, draw, seen_sha256="0" * 64, password=PASSWORD, by=stage.witness, now=NOW)


def test_second_draw_is_refused_while_one_runs_and_after_one_is_done(session: Session, stage: Stage) -> None:
    draw = opened(session, stage)
    with pytest.raises(ReviewError, match="正在进行"):
        open_draw(session, stage.review, by=stage.coordinator, now=NOW)

    witness_draw(session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=stage.witness, now=NOW)

    with pytest.raises(ReviewError, match="不能重新抽选"):
        open_draw(session, stage.review, by=stage.coordinator, now=NOW)
    with pytest.raises(ReviewError, match="刷新"):
        void_draw(session, draw, reason="不喜欢这个结果", by=stage.coordinator, now=NOW)


def test_voided_draw_keeps_its_number_and_reason(session: Session, stage: Stage) -> None:
    draw = opened(session, stage)

    void_draw(session, draw, reason="见证人临时离开", by=stage.coordinator, now=NOW)
    again = open_draw(session, stage.review, by=stage.coordinator, now=NOW)

    assert (draw.state, draw.void_reason) == (DrawState.VOIDED, "见证人临时离开")
    assert again.draw_no == 2
    assert again.secret != draw.secret


def test_impossible_panel_is_said_before_a_secret_is_made(session: Session, stage: Stage) -> None:
    for expert in stage.experts.values():
        expert.unavailable_until = NOW.date()
    session.flush()

    with pytest.raises(ReviewError, match=r"共16人，可抽选0人；不足：.*律师 需1有0"):
        open_draw(session, stage.review, by=stage.coordinator, now=NOW)


def test_draw_happens_only_in_its_state(session: Session, stage: Stage) -> None:
    stage.review.state = ReviewState.FILES

    with pytest.raises(NotAllowed):
        open_draw(session, stage.review, by=stage.coordinator, now=NOW)


def test_hard_relation_keeps_an_expert_out_of_every_draw(session: Session, stage: Stage) -> None:
    """Pitfall P15: the rule holds in the service, whatever a page shows."""
    first = drawn(session, stage)
    barred = first.seated[0].expert
    other = ready_again(session, stage)
    tie = ExpertTie(
        expert=barred, kind=TieKind.SPOUSE, name="孙承办", id_fingerprint="f" * 64, created_at=NOW
    )
    session.add(tie)
    other.legal_case.involved[2].id_fingerprint = "f" * 64
    session.flush()
    stage.review = other

    panel = drawn(session, stage)

    assert barred not in {member.expert for member in panel.members}
    assert {
        "expert_no": barred.expert_no,
        "rule": "R09",
        "level": "HARD",
        "source": "近亲属申报",
    } in exported(panel.draws[0])["result"]["excluded"]


def ready_again(session: Session, stage: Stage) -> CaseReview:
    """Another case of the same court."""
    case = make.legal_case(
        session, stage.court, case_no="（2021）海0799执9号",
        involved=((InvolvedAs.PETITIONER, "甲"), (InvolvedAs.PARTY, "乙"), (InvolvedAs.OFFICER, "孙承办")),
    )  # fmt: skip
    return make.review(session, ReviewState.DRAW, legal_case=case)


def test_office_staff_in_the_pool_is_not_drawn(session: Session, stage: Stage) -> None:
    one = next(iter(stage.experts.values()))
    assert one.person is not None
    one.person.grants.append(RoleGrant(role=Role.COORD, approved_at=NOW, created_at=NOW))
    session.flush()

    draw = open_draw(session, stage.review, by=stage.coordinator, now=NOW)

    assert {"expert_no": one.expert_no, "rule": "OFFICE_ROLE", "level": "POOL", "source": ""} in draw.frozen[
        "excluded"
    ]


def test_roles_follow_the_record(session: Session, stage: Stage) -> None:
    panel = drawn(session, stage)
    record = exported(panel.draws[0])

    roles = {member.expert.expert_no: member.role for member in panel.seated}
    assert roles[record["result"]["chair"]] is SeatRole.CHAIR
    assert roles[record["result"]["lead"]] is SeatRole.LEAD
