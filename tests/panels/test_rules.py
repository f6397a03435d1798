"""Who may do what with a panel: every role, and the states that matter."""

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.panels import rules
from review_app.panels.models import PanelDraw
from review_app.panels.states import DrawState
from review_app.reviews.states import ReviewState
from tests import factories as make
from tests.panels.stage import Stage, drawn, opened, ready

C, S, L, H, V, A = (
    Role.COORD, Role.SECRETARY, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.AUDITOR,
)  # fmt: skip

TABLE = {
    "can_open_draw": {C},
    "can_see_draw": {C, S, L, H, V, A},
    "can_see_evidence": {C, A},
    "can_decide_conflicts": {C},
    "can_tell": {C},
    "can_see_panel": {C, S, L, H, V, A, Role.REVIEWED_LIAISON},
    "can_see_recusals": {C, L, H, A},
    "can_fill_seat": {C},
}


@pytest.fixture
def stage(session: Session) -> Stage:
    return ready(session)


@pytest.mark.parametrize("rule", TABLE)
def test_rules_by_role(session: Session, stage: Stage, rule: str) -> None:
    organs = {Role.REVIEWED_LIAISON: stage.court}
    people = {role: make.person(session, role, organisation=organs.get(role)) for role in Role}

    allowed = {role for role, person in people.items() if getattr(rules, rule)(person, stage.review)}

    assert allowed == TABLE[rule]


@pytest.mark.parametrize("state", ReviewState)
def test_draws_are_opened_in_their_state_only(stage: Stage, state: ReviewState) -> None:
    stage.review.state = state

    assert rules.can_open_draw(stage.coordinator, stage.review) is (state is ReviewState.DRAW)


@pytest.mark.parametrize("state", ReviewState)
def test_requests_are_made_during_the_notice_only(stage: Stage, state: ReviewState) -> None:
    stage.review.state = state

    assert rules.can_request_recusal(stage.coordinator, stage.review) is (state is ReviewState.NOTICE)


def test_witnesses_by_role(session: Session, stage: Stage) -> None:
    draw: PanelDraw = opened(session, stage)
    people = {role: make.person(session, role, organisation=make.organisation(session)) for role in Role}

    allowed = {role for role, person in people.items() if rules.can_witness(person, draw)}

    assert allowed == {C, S, V}
    assert not rules.can_witness(stage.coordinator, draw)
    draw.state = DrawState.VOIDED
    assert not rules.can_witness(stage.witness, draw)


def test_coordinators_never_remove_members(session: Session, stage: Stage) -> None:
    panel = drawn(session, stage)
    people = {role: make.person(session, role, organisation=make.organisation(session)) for role in Role}

    for member in panel.seated:
        allowed = {role for role, person in people.items() if rules.can_remove(person, member)}
        assert allowed == ({H} if member.role == "CHAIR" else {L})
