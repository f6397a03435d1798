"""The second factor: set up, asked for at sign-in and at signing, taken off by its owner or by two administrators."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.second_factor import (
    RECOVERY_CODES,
    begin,
    recovery_codes_left,
    reset,
    set_up,
    take_off,
    takes_code,
)
from review_app.accounts.service import confirm_password, sign_in
from review_app.accounts.states import Role
from review_app.errors import NotAllowed, ReviewError
from tests import factories
from tests.browser import Browser
from tests.conftest import NOW
from tests.evaluations import made
from tests.factories import PASSWORD

HALF_A_MINUTE = timedelta(seconds=30)


def code(person: Person, *, steps: int = 0) -> str:
    assert person.totp_secret is not None
    return pyotp.TOTP(person.totp_secret).at(NOW + steps * HALF_A_MINUTE)


def secured(session: Session, person: Person) -> list[str]:
    """Set up one half minute ago, so that the code of now is fresh."""
    begin(person)
    return set_up(session, person, code=code(person, steps=-1), now=NOW - HALF_A_MINUTE)


@pytest.fixture
def person(session: Session) -> Person:
    return factories.person(session, Role.LEADER)


def test_it_is_in_force_only_after_a_code_was_typed(session: Session, person: Person) -> None:
    begin(person)
    with pytest.raises(ReviewError, match="验证码不正确"):
        set_up(session, person, code="000000" if code(person) != "000000" else "111111", now=NOW)
    assert not person.has_second_factor

    codes = set_up(session, person, code=code(person), now=NOW)

    assert person.has_second_factor
    assert len(set(codes)) == RECOVERY_CODES


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_good_half_a_minute_early_and_late(
    session: Session, person: Person, steps: int, taken: bool
) -> None:
    begin(person)
    set_up(session, person, code=code(person, steps=-9), now=NOW - 9 * HALF_A_MINUTE)

    assert takes_code(session, person, code(person, steps=steps), now=NOW) is taken


def test_no_code_is_taken_twice(session: Session, person: Person) -> None:
    secured(session, person)

    assert takes_code(session, person, code(person), now=NOW)
    assert not takes_code(session, person, code(person), now=NOW)
    assert not takes_code(session, person, code(person, steps=-1), now=NOW)


def test_a_recovery_code_works_once(session: Session, person: Person) -> None:
    codes = secured(session, person)

    assert takes_code(session, person, codes[0].lower(), now=NOW)
    assert not takes_code(session, person, codes[0], now=NOW)
    assert recovery_codes_left(session, person) == RECOVERY_CODES - 1


def test_signing_in_needs_the_code(session: Session, person: Person) -> None:
    secured(session, person)
    asked = {"login": person.login, "password": PASSWORD, "address": "", "hours": 8, "now": NOW}

    assert sign_in(session, **asked) is None  # type: ignore[arg-type]
    assert sign_in(session, **asked, code="123") is None  # type: ignore[arg-type]
    assert sign_in(session, **asked, code=code(person)) is not None  # type: ignore[arg-type]


def test_signing_needs_the_code(session: Session, person: Person) -> None:
    secured(session, person)

    with pytest.raises(ReviewError, match="动态验证码"):
        confirm_password(session, person, PASSWORD, now=NOW)
    confirm_password(session, person, PASSWORD, now=NOW, code=code(person))


def test_its_owner_takes_it_off_with_password_and_code(session: Session, person: Person) -> None:
    secured(session, person)

    with pytest.raises(ReviewError):
        take_off(session, person, password="wrong", code=code(person), now=NOW)
    take_off(session, person, password=PASSWORD, code=code(person), now=NOW)

    assert not person.has_second_factor
    assert recovery_codes_left(session, person) == 0


def test_two_administrators_are_needed_to_take_it_off(session: Session, person: Person) -> None:
    first, second = (factories.person(session, Role.SYSADMIN) for _one in range(2))
    secured(session, person)

    assert reset(session, person, by=first, now=NOW) is False
    with pytest.raises(ReviewError, match="另一位管理员"):
        reset(session, person, by=first, now=NOW)
    assert person.has_second_factor
    assert reset(session, person, by=second, now=NOW) is True
    assert not person.has_second_factor


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSADMIN}))
def test_nobody_else_takes_it_off(session: Session, person: Person, role: Role) -> None:
    secured(session, person)

    with pytest.raises(NotAllowed):
        reset(session, person, by=factories.person(session, role), now=NOW)


def test_set_up_and_used_for_a_signature_in_the_browser(session: Session, browser: Browser) -> None:
    reading = made.reading(session, size=3)
    form = reading.forms[0]
    made.complete(session, form)
    session.commit()
    browser.sign_in(form.person).get("/second-factor")
    browser.submit('form[action="/second-factor/begin"]', {})
    session.refresh(form.person)
    browser.submit('form[action="/second-factor/confirm"]', {"code": code(form.person, steps=-1)})
    codes = [one.get_text() for one in browser.page.select("main li code")]

    address = f"/reviews/{form.review_id}/form/sign"
    browser.get(address)
    browser.submit("main form", {"declared": "y", "password": PASSWORD, "code": ""})
    refused = browser.text
    browser.get(address)
    browser.submit("main form", {"declared": "y", "password": PASSWORD, "code": codes[0]})

    assert len(codes) == RECOVERY_CODES
    assert "动态验证码不正确" in refused
    assert "评查表已签名" in browser.text
