"""What panels tell the process: missing things, announcing, ending, a second round, enlarging (pitfall P16)."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from review_app.errors import NotAllowed, ReviewError
from review_app.panels.answering import decline
from review_app.panels.drawing import open_draw
from review_app.panels.models import Panel
from review_app.panels.objecting import remove_member
from review_app.panels.queries import panel_of
from review_app.panels.service import (
    announce_panel,
    end_panel,
    fill_seat,
    missing_draw,
    missing_notice,
    reopen_panel,
    tell,
    waive,
)
from review_app.panels.states import DeclineReason, DrawKind, SeatRole, SeatState, TellingMethod, ToldParty
from review_app.reviews.models import StateChange
from review_app.reviews.rules import can_see
from review_app.reviews.states import ReviewState
from tests.conftest import NOW
from tests.panels.stage import Stage, accepted, drawn, opened, ready, sign

LATER = NOW + timedelta(days=1)


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


def draw_lacks(session: Session, stage: Stage) -> list[str]:
    return [str(one) for one in missing_draw(session, stage.review, now=NOW)]


def notice_lacks(session: Session, stage: Stage, now: object = NOW) -> list[str]:
    return [str(one) for one in missing_notice(session, stage.review, now=now)]  # type: ignore[arg-type]


def test_draw_says_step_by_step_what_is_missing(session: Session, stage: Stage) -> None:
    assert draw_lacks(session, stage) == ["尚未抽选评查组"]

    draw = open_draw(session, stage.review, by=stage.coordinator, now=NOW)
    assert draw_lacks(session, stage) == ["抽选已发起，尚未输入公开随机数"]

    draw.state = type(draw.state).VOIDED
    session.flush()
    opened(session, stage)
    assert draw_lacks(session, stage) == ["抽选等待见证人确认"]


def test_draw_waits_for_every_signature(session: Session, stage: Stage) -> None:
    panel = drawn(session, stage)
    assert draw_lacks(session, stage) == ["5名专家尚未签署回避声明并接受"]

    for member in list(panel.seated)[:4]:
        sign(session, member)
        sign(session, member)
    sign(session, panel.seated[4])

    assert draw_lacks(session, stage) == ["1名专家尚未签署回避声明并接受"]

    sign(session, panel.seated[4])
    assert draw_lacks(session, stage) == []


@pytest.fixture
def announced(session: Session, stage: Stage) -> Panel:
    panel = accepted(session, stage)
    stage.review.state = ReviewState.NOTICE
    announce_panel(session, stage.review, by=stage.coordinator, now=NOW)
    return panel


def test_notice_waits_for_both_sides(session: Session, stage: Stage, announced: Panel) -> None:
    assert notice_lacks(session, stage) == [
        "尚未将评查组全部成员名单告知信访人",
        "被评查单位申请回避的期限到2024-04-08届满（可登记放弃）",
    ]

    tell(
        session, announced, to=ToldParty.PETITIONER, told_on=date(2024, 4, 2), method=TellingMethod.IN_PERSON,
        note="接访室", by=stage.coordinator, now=NOW,
    )  # fmt: skip

    assert notice_lacks(session, stage, NOW + timedelta(days=6)) == [
        "信访人申请回避的期限到2024-04-08届满（可登记放弃）",
        "被评查单位申请回避的期限到2024-04-08届满（可登记放弃）",
    ]
    assert notice_lacks(session, stage, NOW + timedelta(days=7)) == []


def test_waivers_end_the_windows(session: Session, stage: Stage, announced: Panel) -> None:
    told = tell(
        session, announced, to=ToldParty.PETITIONER, told_on=date(2024, 4, 2), method=TellingMethod.IN_PERSON,
        note="", by=stage.coordinator, now=NOW,
    )  # fmt: skip
    with pytest.raises(ReviewError, match="何种方式"):
        waive(session, told, note="", by=stage.coordinator, now=NOW)

    waive(session, told, note="当面表示不申请回避", by=stage.coordinator, now=NOW)
    waive(session, announced.tellings[0], note="", by=stage.liaison, now=NOW)

    assert notice_lacks(session, stage) == []


def test_successor_must_be_told_again(session: Session, stage: Stage, announced: Panel) -> None:
    for told in (
        announced.tellings[0],
        tell(
            session, announced, to=ToldParty.PETITIONER, told_on=date(2024, 4, 2), method=TellingMethod.POST,
            note="", by=stage.coordinator, now=NOW,
        ),
    ):  # fmt: skip
        waive(session, told, note="书面表示不申请", by=stage.coordinator, now=NOW)
    member = next(one for one in announced.seated if one.role is SeatRole.MEMBER)

    remove_member(session, member, ground="", reason="突发疾病住院", by=stage.leader, now=NOW)

    assert notice_lacks(session, stage) == [
        "1名专家尚未签署回避声明并接受",
        "尚未将评查组全部成员名单告知信访人",
        "尚未将评查组全部成员名单告知被评查单位",
    ]


def test_telling_has_a_possible_day(session: Session, stage: Stage, announced: Panel) -> None:
    for day in (date(2024, 4, 1), date(2024, 4, 3)):
        with pytest.raises(ReviewError, match="告知日期"):
            tell(
                session, announced, to=ToldParty.PETITIONER, told_on=day, method=TellingMethod.POST, note="",
                by=stage.coordinator, now=NOW,
            )  # fmt: skip
    with pytest.raises(NotAllowed):
        tell(
            session, announced, to=ToldParty.PETITIONER, told_on=date(2024, 4, 2), method=TellingMethod.POST,
            note="", by=stage.leader, now=NOW,
        )  # fmt: skip


def test_seat_that_nobody_may_take_stays_empty_and_says_why(session: Session, stage: Stage) -> None:
    panel = drawn(session, stage)
    sitting = {member.expert_id for member in panel.seated}
    for expert in stage.experts.values():
        if expert.id not in sitting:
            expert.unavailable_until = date(2024, 12, 31)
    member = next(one for one in panel.seated if one.role == "MEMBER")

    decline(
        session, member, reason=DeclineReason.TIME, ground="", note="开庭时间冲突", by=member.person, now=NOW
    )

    (change,) = panel.replacements
    assert change.successor is None
    assert "需5有4" in change.why_empty
    assert draw_lacks(session, stage)[0] == "评查组空缺1席"
    with pytest.raises(ReviewError, match="仍然没有"):
        fill_seat(session, change, by=stage.coordinator, now=NOW)

    for expert in stage.experts.values():
        expert.unavailable_until = None
    fill_seat(session, change, by=stage.coordinator, now=NOW)

    assert change.successor is not None
    assert len(panel.seated) == 5


def test_end_takes_every_access(session: Session, stage: Stage) -> None:
    panel = accepted(session, stage)
    people = [member.person for member in panel.seated]

    end_panel(session, stage.review, by=stage.coordinator, now=LATER)

    assert panel.ended_at == LATER
    assert {member.status for member in panel.members} == {SeatState.ENDED}
    assert not any(can_see(person, stage.review) for person in people)
    assert panel_of(session, stage.review) is None


def test_second_round_has_no_member_of_the_first_and_keeps_it(session: Session, stage: Stage) -> None:
    """Pitfall P16: the second panel stands beside the first."""
    first = accepted(session, stage)
    earlier = {member.expert_id for member in first.seated}
    reopen_panel(session, stage.review, by=stage.coordinator, now=LATER)
    stage.review.round, stage.review.state = 2, ReviewState.DRAW

    second = drawn(session, stage, LATER)

    assert second.id != first.id
    assert earlier.isdisjoint(member.expert_id for member in second.members)
    assert len(first.members) == 7
    assert all(len(member.statements) == 2 for member in first.members if member.statements)
    hits = [one for one in second.draws[0].frozen["excluded"] if one["rule"] == "R15"]
    assert len(hits) == 5


def test_escalated_review_gets_two_more_members(session: Session, stage: Stage) -> None:
    stage.review.size = 3
    panel = accepted(session, stage)
    before = {member.expert_id: member.role for member in panel.seated}
    come_back_from_escalation(session, stage)
    assert draw_lacks(session, stage) == ["评查项目已提级，尚未抽选增加的成员"]

    drawn(session, stage, LATER)

    assert panel.size == stage.review.size == 5
    assert len(panel.seated) == 5
    assert {one.expert_id: one.role for one in panel.seated if one.expert_id in before} == before
    assert [draw.kind for draw in panel.draws] == [DrawKind.FIRST, DrawKind.ENLARGE]
    assert sum(one.status is SeatState.INVITED for one in panel.seated) == 2
    with pytest.raises(ReviewError, match="不能重新抽选"):
        open_draw(session, stage.review, by=stage.coordinator, now=LATER)


def come_back_from_escalation(session: Session, stage: Stage) -> None:
    stage.review.changes.append(
        StateChange(from_state=ReviewState.ESCALATED, to_state=ReviewState.DRAW, created_at=LATER)
    )
    stage.review.state = ReviewState.DRAW
    session.flush()
