"""Credentials, leave and the tree: what a day makes of them."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from review_app.experts.specialties import (
    and_narrower,
    grouped,
    level_of,
    levels_with_wider,
    matches,
    parents,
    way_to,
    with_wider,
)
from review_app.experts.standing import Lapsed, is_away, lapsed, state_of
from review_app.experts.states import SPECIALTIES, CredentialKind, CredentialState
from tests.conftest import NOW

DAY = date(2024, 4, 1)
LICENCE, TITLE = CredentialKind.LAWYER_LICENCE, CredentialKind.ACADEMIC_TITLE


@dataclass
class Paper:
    kind: CredentialKind = LICENCE
    valid_from: date | None = None
    valid_until: date | None = None
    verified_at: datetime | None = NOW
    withdrawn_at: datetime | None = None


@dataclass
class Days:
    since: date
    until: date
    withdrawn_at: datetime | None = None


def test_without_credentials_nothing_has_run_out() -> None:
    assert lapsed([], DAY) == ()


@pytest.mark.parametrize(
    ("until", "gone"), [(date(2024, 3, 31), True), (DAY, False), (date(2025, 1, 1), False), (None, False)]
)
def test_a_credential_runs_out_after_its_last_day(until: date | None, gone: bool) -> None:
    assert bool(lapsed([Paper(valid_until=until)], DAY)) is gone


def test_renewal_counts_once_verified_and_begun() -> None:
    old = Paper(valid_until=date(2024, 3, 1))

    assert lapsed([old, Paper(verified_at=None)], DAY) == (Lapsed(LICENCE, date(2024, 3, 1)),)
    assert lapsed([old, Paper(valid_from=date(2024, 5, 1))], DAY) == (Lapsed(LICENCE, date(2024, 3, 1)),)
    assert lapsed([old, Paper(kind=TITLE)], DAY) == (Lapsed(LICENCE, date(2024, 3, 1)),)
    assert lapsed([old, Paper(withdrawn_at=NOW)], DAY) == (Lapsed(LICENCE, date(2024, 3, 1)),)
    assert lapsed([old, Paper(valid_from=DAY)], DAY) == ()


def test_withdrawn_credential_cannot_run_out() -> None:
    assert lapsed([Paper(valid_until=date(2020, 1, 1), withdrawn_at=NOW)], DAY) == ()


def test_states_of_credentials() -> None:
    old, new = Paper(valid_until=date(2024, 3, 1)), Paper(valid_from=date(2024, 3, 2))
    later, unseen = Paper(TITLE, valid_from=date(2024, 6, 1)), Paper(TITLE, verified_at=None)
    taken_back = Paper(withdrawn_at=NOW)
    papers = [old, new, later, unseen, taken_back]

    assert [state_of(one, papers, DAY) for one in papers] == [
        CredentialState.RENEWED, CredentialState.VALID, CredentialState.NOT_YET, CredentialState.UNVERIFIED,
        CredentialState.WITHDRAWN,
    ]  # fmt: skip
    assert state_of(old, [old], DAY) is CredentialState.EXPIRED


@pytest.mark.parametrize(
    ("since", "until", "away"),
    [
        (date(2024, 3, 1), date(2024, 3, 31), False),
        (date(2024, 3, 1), DAY, True),
        (date(2024, 4, 3), date(2024, 4, 4), True),
        (date(2024, 4, 8), date(2024, 4, 20), True),
        (date(2024, 4, 9), date(2024, 4, 20), False),
        (date(2024, 1, 1), date(2024, 12, 31), True),
    ],
)
def test_leave_counts_when_it_touches_the_days(since: date, until: date, away: bool) -> None:
    leave = Days(since, until)

    assert is_away([leave], first=DAY, last=date(2024, 4, 8)) is away
    assert not is_away([Days(since, until, NOW)], first=DAY, last=date(2024, 4, 8))


def test_every_node_has_a_field_above_it_and_three_levels() -> None:
    assert {way_to(name)[0] for name in parents()} == set(SPECIALTIES)
    assert {level_of(name) for name in parents()} == {1, 2, 3}
    assert sum(map(len, grouped().values())) == len(parents())


def test_a_cause_is_found_under_everything_above_it() -> None:
    assert way_to("民间借贷") == ("民事合同", "买卖和借贷合同", "民间借贷")
    assert with_wider(["民间借贷", "执行"]) == ("民事合同", "买卖和借贷合同", "民间借贷", "执行")
    assert matches("民事合同", ["民间借贷"])
    assert not matches("民间借贷", ["民事合同"])
    assert not matches("婚姻家庭", ["民间借贷"])
    assert {"民事合同", "民间借贷"} <= and_narrower("民事合同")


def test_depth_above_is_the_greatest_below() -> None:
    assert levels_with_wider({"民间借贷": 3, "保证合同": 1}) == {
        "民事合同": 3, "买卖和借贷合同": 3, "民间借贷": 3, "保证合同": 1,
    }  # fmt: skip
