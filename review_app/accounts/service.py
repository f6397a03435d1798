"""What can be done with people, roles and sign-ins."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import FailedSignIn, Person, RoleGrant, SignIn
from review_app.accounts.passwords import check_strength, hash_password, matches, one_time_password
from review_app.accounts.rules import may_approve
from review_app.accounts.second_factor import takes_code
from review_app.accounts.states import BUSINESS_ROLES, Role
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
FAILED_SIGNATURE = "login of a wrong signature"
"""where a session notes the login whose password was wrong"""


def add_person(
    session: Session,
    *,
    login: str,
    name: str,
    by: Person | None,
    now: datetime,
    organisation_id: int | None = None,
    post: str = "",
    email: str = "",
    password: str | None = None,
) -> tuple[Person, str]:
    """Open an account; gives the person and the first password, which must be changed at sign-in unless
    the caller chose it."""
    if by is not None and not by.has(Role.SYSADMIN):
        raise NotAllowed
    login = login.strip().lower()
    if session.scalar(select(Person.id).where(Person.login == login)):
        raise ReviewError("登录名%(login)s已被使用，请另选一个。", login=login)
    first = password or one_time_password()
    check_strength(first, login)
    person = Person(
        login=login, name=name.strip(), organisation_id=organisation_id, post=post, email=email,
        password_hash=hash_password(first), must_change_password=password is None,
        created_at=now, created_by_id=by.id if by else None,
    )  # fmt: skip
    session.add(person)
    session.flush()
    record(session, action="person.add", subject=person, by=by, now=now, after={"login": login})
    return person, first


def grant_role(
    session: Session,
    person: Person,
    role: Role,
    *,
    by: Person | None,
    now: datetime,
    organisation_id: int | None = None,
) -> RoleGrant:
    """Give a role. An administrator who grants a business role, or anything to himself, needs a second
    person's approval before it counts; ``by=None`` is the installer setting up an empty system."""
    if by is not None and not by.has(Role.SYSADMIN):
        raise NotAllowed
    if role is Role.REVIEWED_LIAISON and organisation_id is None:
        raise ReviewError("联络员须指明所代表的单位。")
    if any(
        one.role is role and one.organisation_id == organisation_id and not one.ended_at
        for one in person.grants
    ):
        raise ReviewError("该人员已有此角色或者正在等待批准。")
    at_once = by is None or (role not in BUSINESS_ROLES and by is not person)
    grant = RoleGrant(
        person=person, role=role, organisation_id=organisation_id, created_at=now,
        created_by_id=by.id if by else None, granted_by_id=by.id if by else None,
        approved_at=now if at_once else None,
    )  # fmt: skip
    session.add(grant)
    session.flush()
    record(
        session, action="role.grant", subject=grant, by=by, now=now,
        after={"person": person.login, "role": role, "approved": at_once},
    )  # fmt: skip
    return grant


def approve_grant(session: Session, grant: RoleGrant, *, by: Person, now: datetime) -> None:
    """Put a waiting grant into force."""
    if not may_approve(by, grant):
        raise NotAllowed
    if grant.approved_at or grant.ended_at:
        raise ReviewError("该项授权已经处理。")
    grant.approved_at, grant.approved_by_id = now, by.id
    record(session, action="role.approve", subject=grant, by=by, now=now, after={"role": grant.role})


def end_grant(session: Session, grant: RoleGrant, *, by: Person, now: datetime, reason: str) -> None:
    """Take a role back at once."""
    if not by.has(Role.SYSADMIN):
        raise NotAllowed
    grant.ended_at = now
    record(session, action="role.end", subject=grant, by=by, now=now, reason=reason)


def sign_in(
    session: Session,
    *,
    login: str,
    password: str,
    address: str,
    hours: int,
    now: datetime,
    code: str = "",
) -> tuple[Person, str] | None:
    """Check login, password and, where it is set, the code of the second factor. Gives the person and the token for the cookie, or None; five failures
    lock the login for 15 minutes. The failure count belongs to the database: the caller commits either way.

    Raises ReviewError while the login is locked.
    """
    login = login.strip().lower()
    failed = failed_attempts(session, login)
    if minutes := minutes_locked(failed, now):
        raise ReviewError("登录失败次数过多，请%(minutes)d分钟后再试。", minutes=minutes)
    person = session.scalar(select(Person).where(Person.login == login))
    usable = person is not None and person.disabled_at is None
    if not matches(person.password_hash if person and usable else "", password) or person is None:
        count_failure(session, failed, login, now=now)
        return None
    if person.has_second_factor and not takes_code(session, person, code, now=now):
        count_failure(session, failed, login, now=now)
        return None
    if failed:
        session.delete(failed)
    return person, open_sign_in(session, person, address=address, hours=hours, now=now)


def failed_attempts(session: Session, login: str) -> FailedSignIn | None:
    return session.scalar(select(FailedSignIn).where(FailedSignIn.login == login).with_for_update())


def minutes_locked(failed: FailedSignIn | None, now: datetime) -> int:
    """Whole minutes until the login opens again, 0 where it is open."""
    if failed is None or failed.locked_until is None or failed.locked_until <= now:
        return 0
    return -(-int((failed.locked_until - now).total_seconds()) // 60) or 1


def count_failure(
    session: Session,
    failed: FailedSignIn | None,
    login: str,
    *,
    now: datetime,
    action: str = "sign-in.fail",
) -> None:
    if failed is None:
        failed = FailedSignIn(login=login, failures=0, last_at=now)
        session.add(failed)
    expired = failed.locked_until is not None and failed.locked_until <= now
    failed.failures = 1 if expired else failed.failures + 1
    failed.last_at, failed.locked_until = now, None
    if failed.failures >= FAILURES_ALLOWED:
        failed.locked_until = now + LOCKED_FOR
    record(session, action=action, subject=f"login:{login}", by=None, now=now)


def open_sign_in(session: Session, person: Person, *, address: str, hours: int, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            person_id=person.id,
            token_sha256=token_hash(token),
            address=address,
            ends_at=now + timedelta(hours=hours),
            created_at=now,
            created_by_id=person.id,
        )
    )
    record(session, action="sign-in", subject=person, by=person, now=now)
    return token


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def person_of_token(session: Session, token: str, *, now: datetime) -> Person | None:
    """The person signed in with ``token``, unless the sign-in ended or the account is disabled."""
    found = session.scalar(select(SignIn).where(SignIn.token_sha256 == token_hash(token)))
    if found is None or found.ended_at or found.ends_at <= now or found.person.disabled_at:
        return None
    return found.person


def sign_out(session: Session, token: str, *, by: Person, now: datetime) -> None:
    found = session.scalar(select(SignIn).where(SignIn.token_sha256 == token_hash(token)))
    if found and not found.ended_at:
        found.ended_at = now
        record(session, action="sign-out", subject=by, by=by, now=now)


def choose_language(person: Person, language: str) -> None:
    """Remember the language in which the person reads pages and mail."""
    person.language = language


def change_password(session: Session, person: Person, *, old: str, new: str, now: datetime) -> None:
    """Change one's own password; every other sign-in of the person ends."""
    if not matches(person.password_hash, old):
        raise ReviewError("原密码不正确，密码没有修改。请重新输入。")
    check_strength(new, person.login)
    if matches(person.password_hash, new):
        raise ReviewError("新密码与原密码相同，请另设一个。")
    person.password_hash, person.must_change_password = hash_password(new), False
    end_sign_ins(session, person, now=now)
    record(session, action="password.change", subject=person, by=person, now=now)


def end_sign_ins(session: Session, person: Person, *, now: datetime) -> None:
    running = select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    for sign_in_row in session.scalars(running):
        sign_in_row.ended_at = now


def confirm_password(
    session: Session, person: Person, password: str, *, now: datetime, code: str = ""
) -> None:
    """Signing asks for the password again, and for a code where a second factor is set. Raises ReviewError when it is wrong, and while the login is locked.

    A wrong one counts like a failed sign-in: five lock the login for 15 minutes. The action it belonged to is undone,
    so the session only notes it, and whoever undoes the action has it counted with `count_wrong_password`.
    """
    failed = failed_attempts(session, person.login)
    if minutes := minutes_locked(failed, now):
        raise ReviewError(N_("密码错误次数过多，签名未完成，请%(minutes)d分钟后再试。"), minutes=minutes)
    if not matches(person.password_hash, password):
        session.info[FAILED_SIGNATURE] = person.login
        raise ReviewError(N_("密码不正确，签名未完成。请重新输入您的登录密码。"))
    if person.has_second_factor and not takes_code(session, person, code, now=now):
        session.info[FAILED_SIGNATURE] = person.login
        raise ReviewError(N_("动态验证码不正确或者已经用过，签名未完成。请输入手机上新的验证码。"))
    if failed:
        session.delete(failed)


def count_wrong_password(session: Session, login: str, *, now: datetime) -> None:
    """Count a wrong password given for a signature, in a transaction of its own."""
    count_failure(session, failed_attempts(session, login), login, now=now, action="sign.fail")


def reset_password(session: Session, person: Person, *, by: Person, now: datetime) -> str:
    """Give a new one-time password; the old one and all sign-ins end."""
    if not by.has(Role.SYSADMIN):
        raise NotAllowed
    first = one_time_password()
    person.password_hash, person.must_change_password = hash_password(first), True
    end_sign_ins(session, person, now=now)
    record(session, action="password.reset", subject=person, by=by, now=now)
    return first


def disable_person(session: Session, person: Person, *, by: Person, now: datetime, reason: str) -> None:
    """Close an account; nothing the person did is removed."""
    if not by.has(Role.SYSADMIN) or by is person:
        raise NotAllowed
    person.disabled_at = now
    end_sign_ins(session, person, now=now)
    record(session, action="person.disable", subject=person, by=by, now=now, reason=reason)
