"""Answer links used once, answers that are overdue, and who takes the seat then."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.clock import local_day
from review_app.errors import NotAllowed, ReviewError
from review_app.experts.states import ExpertStatus
from review_app.notices.models import Notice
from review_app.panels.answering import decline
from review_app.panels.conflicts import keep_conflict
from review_app.panels.invitations import (
    accept_by_link,
    decline_by_link,
    has_accepted,
    look_after_overdue,
    open_invitation,
    pass_over,
    reconsider,
    send_link,
)
from review_app.panels.models import Invitation, KnownConflict, Panel, PanelMember
from review_app.panels.states import DeclineReason, InvitationAnswer, InvitationChannel, SeatState
from review_app.reviews.rules import can_read_files
from review_app.reviews.states import AccessStage
from tests.conftest import NOW
from tests.panels.stage import Stage, drawn, ready, sign

LATE = NOW + timedelta(days=60)


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


@pytest.fixture
def panel(session: Session, stage: Stage) -> Panel:
    made = drawn(session, stage)
    stage.review.coordinator = stage.coordinator
    return made


def link(session: Session, stage: Stage, member: PanelMember) -> str:
    return send_link(session, member, channel=InvitationChannel.SMS, hours=72, by=stage.coordinator, now=NOW)


def opened(session: Session, token: str, *, hours: int = 0) -> Invitation:
    found = open_invitation(session, token, now=NOW + timedelta(hours=hours))
    assert found is not None
    return found


def test_secret_of_a_link_is_stored_nowhere(session: Session, stage: Stage, panel: Panel) -> None:
    token = link(session, stage, panel.seated[0])

    (sent,) = panel.seated[0].invitations
    rows = session.scalars(select(AuditRow)).all()
    assert token not in sent.mark
    assert all(token not in str((row.subject, row.before, row.after)) for row in rows)
    assert len(token) >= 43


def test_yes_is_noted_and_opens_nothing(session: Session, stage: Stage, panel: Panel) -> None:
    member = panel.seated[0]
    found = opened(session, link(session, stage, member))

    accept_by_link(session, found, now=NOW)

    assert (found.answer, found.answered_at) == (InvitationAnswer.ACCEPTED, NOW)
    assert has_accepted(member)
    assert member.status is SeatState.INVITED
    assert member.access is not None
    assert member.access.stage is AccessStage.SUMMARY
    assert not can_read_files(member.person, panel.review)


def test_link_is_used_once(session: Session, stage: Stage, panel: Panel) -> None:
    token = link(session, stage, panel.seated[0])
    found = opened(session, token)
    accept_by_link(session, found, now=NOW)

    assert open_invitation(session, token, now=NOW) is None
    with pytest.raises(NotAllowed):
        accept_by_link(session, found, now=NOW)


def test_link_ends_after_its_hours(session: Session, stage: Stage, panel: Panel) -> None:
    token = link(session, stage, panel.seated[0])

    assert opened(session, token, hours=71)
    assert open_invitation(session, token, now=NOW + timedelta(hours=72)) is None


def test_new_link_ends_the_earlier_one(session: Session, stage: Stage, panel: Panel) -> None:
    first = link(session, stage, panel.seated[0])

    second = link(session, stage, panel.seated[0])

    assert open_invitation(session, first, now=NOW) is None
    assert opened(session, second)


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "\ud800"])
def test_made_up_link_opens_nothing(session: Session, stage: Stage, panel: Panel, token: str) -> None:
    link(session, stage, panel.seated[0])

    assert open_invitation(session, token, now=NOW) is None


def test_link_ends_when_the_expert_signs(session: Session, stage: Stage, panel: Panel) -> None:
    token = link(session, stage, panel.seated[0])

    sign(session, panel.seated[0])

    assert open_invitation(session, token, now=NOW) is None


def test_link_of_a_disabled_account_opens_nothing(session: Session, stage: Stage, panel: Panel) -> None:
    token = link(session, stage, panel.seated[0])

    panel.seated[0].person.disabled_at = NOW

    assert open_invitation(session, token, now=NOW) is None


def test_no_for_a_conflict_is_kept_and_the_next_is_invited(
    session: Session, stage: Stage, panel: Panel
) -> None:
    member, waiting = panel.seated[0], panel.substitutes[0]
    found = opened(session, link(session, stage, member))

    decline_by_link(
        session, found, reason=DeclineReason.CONFLICT, ground="R10", note="曾在该法院工作多年", now=NOW
    )

    kept = session.scalars(select(KnownConflict).where(KnownConflict.expert_id == member.expert_id)).one()
    assert (member.status, kept.rule) == (SeatState.RECUSED, "R10")
    assert waiting.status is SeatState.INVITED or len(panel.replacements) == 1
    assert len(panel.seated) == panel.size
    assert found.answer is InvitationAnswer.DECLINED


def test_no_without_a_ground_changes_nothing(session: Session, stage: Stage, panel: Panel) -> None:
    member = panel.seated[0]
    token = link(session, stage, member)

    with pytest.raises(ReviewError), session.begin_nested():
        decline_by_link(
            session,
            opened(session, token),
            reason=DeclineReason.CONFLICT,
            ground="",
            note="有利害关系",
            now=NOW,
        )

    assert opened(session, token)
    assert member.status is SeatState.INVITED


def test_only_the_coordinator_sends_links(session: Session, stage: Stage, panel: Panel) -> None:
    for person in (stage.leader, stage.witness, stage.liaison, panel.seated[1].person):
        with pytest.raises(NotAllowed):
            send_link(session, panel.seated[0], channel=InvitationChannel.SMS, hours=72, by=person, now=NOW)


def test_no_link_after_a_yes(session: Session, stage: Stage, panel: Panel) -> None:
    accept_by_link(session, opened(session, link(session, stage, panel.seated[0])), now=NOW)

    with pytest.raises(ReviewError, match="愿意参加"):
        link(session, stage, panel.seated[0])


def test_nobody_is_passed_over_before_his_day_is_over(session: Session, stage: Stage, panel: Panel) -> None:
    member = panel.seated[0]
    member.answer_due_on = local_day(NOW)

    with pytest.raises(NotAllowed):
        pass_over(session, member, by=stage.coordinator, now=NOW)


def test_overdue_seat_goes_to_the_next_in_line(session: Session, stage: Stage, panel: Panel) -> None:
    member = panel.seated[0]

    change = pass_over(session, member, by=stage.coordinator, now=LATE)

    assert member.status is SeatState.RELEASED
    assert change.successor is not None
    assert change.by_way in ("SUBSTITUTE", "NEXT_LOT")
    assert len(panel.seated) == panel.size


def test_one_who_signed_is_not_passed_over(session: Session, stage: Stage, panel: Panel) -> None:
    member = panel.seated[0]
    sign(session, member)
    sign(session, member)

    with pytest.raises(NotAllowed):
        pass_over(session, member, by=stage.coordinator, now=LATE)


def test_overdue_answers_are_proposed_once(session: Session, stage: Stage, panel: Panel) -> None:
    told = look_after_overdue(session, invite=False, now=LATE)

    again = look_after_overdue(session, invite=False, now=LATE)

    assert (told, again) == (panel.size, 0)
    assert all(member.status is SeatState.INVITED for member in panel.seated)


def test_overdue_answers_may_invite_the_next_by_themselves(
    session: Session, stage: Stage, panel: Panel
) -> None:
    willing, *silent = panel.seated
    accept_by_link(session, opened(session, link(session, stage, willing)), now=NOW)

    look_after_overdue(session, invite=True, now=LATE)

    kinds = session.scalars(select(Notice.kind).where(Notice.person_id == stage.coordinator.id)).all()
    assert willing.status is SeatState.INVITED
    assert {member.status for member in silent} == {SeatState.RELEASED}
    assert (kinds.count("answer-replaced"), kinds.count("answer-overdue")) == (panel.size - 1, 1)


def test_answers_in_time_are_left_alone(session: Session, stage: Stage, panel: Panel) -> None:
    assert look_after_overdue(session, invite=True, now=NOW) == 0
    assert len(panel.seated) == panel.size


def decline_it(session: Session, member: PanelMember, reason: DeclineReason = DeclineReason.TIME) -> None:
    ground = "R10" if reason is DeclineReason.CONFLICT else ""
    decline(session, member, reason=reason, ground=ground, note="近期出差不能参加", by=member.person, now=NOW)


def test_who_declined_may_become_the_last_substitute(session: Session, stage: Stage, panel: Panel) -> None:
    member = panel.seated[0]
    decline_it(session, member)
    (change,) = panel.replacements
    successor = change.successor

    reconsider(session, member, by=stage.coordinator, now=NOW)

    session.refresh(panel)
    assert panel.substitutes[-1] is member
    assert change.successor is successor
    assert len(panel.seated) == panel.size


def test_seat_still_empty_is_filled_by_who_takes_part_after_all(
    session: Session, stage: Stage, panel: Panel
) -> None:
    for expert in stage.experts.values():
        expert.status = ExpertStatus.SUSPENDED
    member = panel.seated[0]
    decline_it(session, member)
    (change,) = panel.replacements
    assert change.successor is None
    member.expert.status = ExpertStatus.ACTIVE

    reconsider(session, member, by=stage.coordinator, now=NOW)

    assert (member.status, change.successor) == (SeatState.INVITED, member)
    sign(session, member)
    sign(session, member)
    assert member.status is SeatState.ACCEPTED


def test_who_declined_for_a_conflict_stays_away(session: Session, stage: Stage, panel: Panel) -> None:
    member = panel.seated[0]
    decline_it(session, member, DeclineReason.CONFLICT)

    with pytest.raises(NotAllowed):
        reconsider(session, member, by=stage.coordinator, now=NOW)


def test_conflict_found_meanwhile_keeps_him_away(session: Session, stage: Stage, panel: Panel) -> None:
    member = panel.seated[0]
    decline_it(session, member)
    keep_conflict(session, member, "R10", "OFFICE", "查明曾在该院任职", by=stage.coordinator, now=NOW)

    with pytest.raises(ReviewError, match="回避"):
        reconsider(session, member, by=stage.coordinator, now=NOW)
