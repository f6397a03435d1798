"""Passwords: argon2id hashes, and what a password must be."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from review_app.errors import ReviewError

SHORTEST = 10
LONGEST = 200
_hasher = PasswordHasher()


def use_hasher(hasher: PasswordHasher) -> PasswordHasher:
    """Replace the cost parameters (tests and the demo use cheap ones); gives those used before."""
    global _hasher
    before, _hasher = _hasher, hasher
    return before


def check_strength(password: str, login: str) -> None:
    """Refuse passwords that are short, endless, one repeated character or hold the login name."""
    if len(password) < SHORTEST:
        raise ReviewError("密码至少%(n)d个字符。请用一句只有您知道的话。", n=SHORTEST)
    if len(password) > LONGEST:
        raise ReviewError("密码最多%(n)d个字符。", n=LONGEST)
    if len(set(password)) < 4 or login.lower() in password.lower():
        raise ReviewError("密码过于简单：不能由重复字符组成，也不能包含登录名。")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Whether ``password`` gave ``password_hash``; takes the same time for an unknown person's empty hash."""
    try:
        return _hasher.verify(password_hash or absent_hash(), password) and bool(password_hash)
    except (VerifyMismatchError, InvalidHashError):
        return False


_absent = ""


def absent_hash() -> str:
    global _absent
    _absent = _absent or _hasher.hash(secrets.token_hex(16))
    return _absent


def one_time_password() -> str:
    """A random first password that must be changed: 16 characters without look-alikes."""
    return "-".join(
        "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(4)
    )
