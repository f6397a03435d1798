"""The second factor of those who set one: a code of six digits that the phone computes from a shared secret and the time
(TOTP, RFC 6238: half a minute, SHA-1), and ten recovery codes for the day the phone is lost.

A code is taken up to half a minute early or late, and never twice."""

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person, RecoveryCode
from review_app.accounts.passwords import matches
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError

STEP = 30
DRIFT = (0, -1, 1)
RECOVERY_CODES = 10
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def begin(person: Person) -> str:
    """Keep a new secret for the person, not in force until a code of it was typed; gives the secret (base 32)."""
    if person.has_second_factor:
        raise ReviewError(N_("两步验证已经设置。"))
    person.totp_secret = person.totp_secret or pyotp.random_base32()
    return person.totp_secret


def address_for_phone(person: Person, office: str) -> str:
    """What the phone reads from the picture: ``otpauth://totp/…``."""
    if person.totp_secret is None:
        raise ReviewError(N_("两步验证尚未开始设置。"))
    return pyotp.TOTP(person.totp_secret).provisioning_uri(name=person.login, issuer_name=office)


def set_up(session: Session, person: Person, *, code: str, now: datetime) -> list[str]:
    """Put the secret into force once a code of it was typed; gives the recovery codes, shown this once."""
    if person.has_second_factor or person.totp_secret is None:
        raise ReviewError(N_("两步验证已经设置。"))
    step = step_of(person.totp_secret, code, now)
    if step is None:
        raise ReviewError(N_("动态验证码不正确。请核对手机时间是否准确，再输入新的验证码。"))
    person.totp_since, person.totp_last_step, person.totp_reset_by_id = now, step, None
    codes = [new_recovery_code() for _one in range(RECOVERY_CODES)]
    for one in codes:
        session.add(
            RecoveryCode(
                person_id=person.id, code_sha256=hashed(one), created_at=now, created_by_id=person.id
            )
        )
    session.flush()
    record(session, action="second-factor.begin", subject=person, by=person, now=now)
    return codes


def takes_code(session: Session, person: Person, code: str, *, now: datetime) -> bool:
    """Whether ``code`` is good now; it is used up by this."""
    typed = "".join(code.split()).upper()
    step = step_of(person.totp_secret or "", typed, now)
    if step is not None and step > (person.totp_last_step or 0):
        person.totp_last_step = step
        return True
    kept = session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.person_id == person.id, RecoveryCode.code_sha256 == hashed(typed),
            RecoveryCode.used_at.is_(None),
        )
    )  # fmt: skip
    if kept is None:
        return False
    kept.used_at = now
    record(session, action="second-factor.recovery", subject=person, by=person, now=now)
    return True


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute (since 1970) whose code this is, among now, the one before and the one after."""
    if not secret or len(code) != 6 or not code.isdigit():
        return None
    present = int(now.timestamp()) // STEP
    steps = (present + drift for drift in DRIFT)
    machine = pyotp.TOTP(secret)
    return next((step for step in steps if hmac.compare_digest(machine.generate_otp(step), code)), None)


def new_recovery_code() -> str:
    """Ten letters and digits in two groups, without those that look alike."""
    drawn = "".join(secrets.choice(LETTERS) for _one in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def recovery_codes_left(session: Session, person: Person) -> int:
    left = select(RecoveryCode).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return len(session.scalars(left).all())


def take_off(session: Session, person: Person, *, password: str, code: str, now: datetime) -> None:
    """Take off one's own second factor, with password and a code."""
    if not matches(person.password_hash, password) or not takes_code(session, person, code, now=now):
        raise ReviewError(N_("密码或者动态验证码不正确，两步验证没有解除。"))
    end(session, person, now=now)
    record(session, action="second-factor.end", subject=person, by=person, now=now)


def reset(session: Session, person: Person, *, by: Person, now: datetime) -> bool:
    """Take it off for somebody who lost phone and codes: the first administrator asks, another one does it. True when it
    is off."""
    if not by.has(Role.SYSADMIN) or by.id == person.id:
        raise NotAllowed
    if not person.has_second_factor:
        raise ReviewError(N_("该人员没有设置两步验证。"))
    if person.totp_reset_by_id == by.id:
        raise ReviewError(N_("您已申请解除，须由另一位管理员确认。"))
    if person.totp_reset_by_id is None:
        person.totp_reset_by_id = by.id
        record(session, action="second-factor.ask", subject=person, by=by, now=now)
        return False
    end(session, person, now=now)
    record(session, action="second-factor.reset", subject=person, by=by, now=now)
    return True


def end(session: Session, person: Person, *, now: datetime) -> None:
    person.totp_secret = person.totp_since = person.totp_last_step = person.totp_reset_by_id = None
    for code in session.scalars(select(RecoveryCode).where(RecoveryCode.person_id == person.id)):
        code.used_at = code.used_at or now
    session.flush()
