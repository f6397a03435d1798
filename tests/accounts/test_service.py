"""Accounts: sign-in, lock-out, roles and their second approval."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts import service
from review_app.accounts.models import FailedSignIn, SignIn
from review_app.accounts.passwords import matches
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.errors import NotAllowed, ReviewError
from tests import factories
from tests.factories import PASSWORD


def try_to_sign_in(session: Session, login: str, password: str, now: datetime) -> object:
    return service.sign_in(session, login=login, password=password, address="10.0.0.1", hours=10, now=now)


def test_sign_in_gives_a_token_of_which_only_the_hash_is_stored(session: Session, now: datetime) -> None:
    someone = factories.person(session)

    found = service.sign_in(
        session, login=someone.login.upper(), password=PASSWORD, address="", hours=10, now=now
    )

    assert found is not None
    person, token = found
    assert person is someone
    assert token not in session.scalars(select(SignIn.token_sha256)).all()
    assert service.person_of_token(session, token, now=now) is someone


def test_a_sign_in_ends_after_its_hours_at_sign_out_and_with_the_account(
    session: Session, now: datetime
) -> None:
    someone, admin = factories.person(session), factories.person(session, Role.SYSADMIN)
    first = service.open_sign_in(session, someone, address="", hours=10, now=now)
    second = service.open_sign_in(session, someone, address="", hours=10, now=now)
    third = service.open_sign_in(session, someone, address="", hours=10, now=now)

    service.sign_out(session, second, by=someone, now=now)

    assert service.person_of_token(session, first, now=now + timedelta(hours=10)) is None
    assert service.person_of_token(session, second, now=now) is None
    assert service.person_of_token(session, third, now=now) is someone
    service.disable_person(session, someone, by=admin, now=now, reason="调离")
    assert service.person_of_token(session, third, now=now) is None


def test_five_failures_lock_the_login_for_a_quarter_of_an_hour(session: Session, now: datetime) -> None:
    someone = factories.person(session)
    for _ in range(5):
        assert try_to_sign_in(session, someone.login, "wrong password", now) is None

    with pytest.raises(ReviewError, match="15分钟后再试"):
        try_to_sign_in(session, someone.login, PASSWORD, now + timedelta(seconds=1))

    assert try_to_sign_in(session, someone.login, PASSWORD, now + timedelta(minutes=15)) is not None
    assert session.scalars(select(FailedSignIn)).all() == []


def test_an_unknown_login_is_counted_and_locked_like_a_known_one(session: Session, now: datetime) -> None:
    for _ in range(5):
        assert try_to_sign_in(session, "nobody", "wrong password", now) is None

    with pytest.raises(ReviewError, match="登录失败次数过多"):
        try_to_sign_in(session, "nobody", "wrong password", now)


def test_a_disabled_person_cannot_sign_in(session: Session, now: datetime) -> None:
    someone = factories.person(session, disabled_at=now)

    assert try_to_sign_in(session, someone.login, PASSWORD, now) is None


def test_passwords_are_argon2id(session: Session) -> None:
    someone = factories.person(session)

    assert someone.password_hash.startswith("$argon2id$")
    assert matches(someone.password_hash, PASSWORD)
    assert not matches("", "")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "密码至少10个字符"),
        ("x" * 201, "密码最多200个字符"),
        ("aaaaaaaaaaaa", "密码过于简单"),
        ("xx-wang.min-xx", "密码过于简单"),
    ],
)
def test_weak_passwords_are_refused_with_a_sentence(
    session: Session, now: datetime, password: str, sentence: str
) -> None:
    with pytest.raises(ReviewError, match=sentence):
        service.add_person(session, login="Wang.Min", name="王敏", password=password, by=None, now=now)


def test_changing_the_password_ends_every_sign_in(session: Session, now: datetime) -> None:
    someone = factories.person(session, must_change_password=True)
    token = service.open_sign_in(session, someone, address="", hours=10, now=now)

    service.change_password(session, someone, old=PASSWORD, new="another good sentence", now=now)

    assert service.person_of_token(session, token, now=now) is None
    assert not someone.must_change_password
    with pytest.raises(ReviewError, match="密码不正确"):
        service.change_password(session, someone, old=PASSWORD, new="a third good sentence", now=now)


def test_a_business_role_counts_only_after_a_second_person_approved(session: Session, now: datetime) -> None:
    admin, second, someone = (
        factories.person(session, *roles) for roles in ((Role.SYSADMIN,), (Role.SYSADMIN,), ())
    )

    grant = service.grant_role(session, someone, Role.COORD, by=admin, now=now)

    assert not someone.has(Role.COORD)
    with pytest.raises(NotAllowed):
        service.approve_grant(session, grant, by=admin, now=now)
    with pytest.raises(NotAllowed):
        service.approve_grant(session, grant, by=someone, now=now)
    service.approve_grant(session, grant, by=second, now=now)
    assert someone.has(Role.COORD)
    with pytest.raises(ReviewError, match="已经处理"):
        service.approve_grant(session, grant, by=second, now=now)


def test_an_administrator_cannot_give_himself_anything_at_once(session: Session, now: datetime) -> None:
    admin = factories.person(session, Role.SYSADMIN)

    service.grant_role(session, admin, Role.AUDITOR, by=admin, now=now)

    assert admin.roles == {Role.SYSADMIN}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSADMIN])
def test_only_an_administrator_manages_accounts(session: Session, now: datetime, role: Role) -> None:
    organ = factories.organisation(session)
    someone, target = factories.person(session, role, organisation=organ), factories.person(session)

    for act in (
        lambda: service.add_person(session, login="x", name="x", by=someone, now=now),
        lambda: service.grant_role(session, target, Role.COORD, by=someone, now=now),
        lambda: service.reset_password(session, target, by=someone, now=now),
        lambda: service.disable_person(session, target, by=someone, now=now, reason=""),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_liaison_speaks_for_one_organ_only(session: Session) -> None:
    court, police = factories.organisation(session), factories.organisation(session)
    liaison = factories.person(session, Role.REVIEWED_LIAISON, organisation=court)

    assert liaison.liaison_of(court.id)
    assert not liaison.liaison_of(police.id)
    assert not liaison.liaison_of(None)


def test_every_account_action_is_in_the_audit_log(session: Session, now: datetime) -> None:
    admin = factories.person(session, Role.SYSADMIN)
    person, first = service.add_person(session, login="new", name="新人", by=admin, now=now)
    grant = service.grant_role(session, person, Role.AUDITOR, by=admin, now=now)
    service.end_grant(session, grant, by=admin, now=now, reason="调岗")
    service.reset_password(session, person, by=admin, now=now)
    service.disable_person(session, person, by=admin, now=now, reason="离职")

    written = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()

    assert written == ["person.add", "role.grant", "role.end", "password.reset", "person.disable"]
    assert person.must_change_password
    assert len(first) == 19
