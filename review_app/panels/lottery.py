"""The lottery: a sealed secret, a public nonce, and the order of lots that anyone can recompute.

Every value is turned into bytes the same way everywhere: texts as UTF-8, fields joined by one ``|``
(U+007C), numbers in decimal without leading zeros, digests as 64 lower-case hexadecimal digits.

Why the seed holds the secret and not only its commit: the commit is public before the nonce is typed.
A seed made of public values alone could be computed for any nonce in advance, so whoever types the
nonce could try nonces until the panel pleases. With the secret as the key of an HMAC nobody outside
the server can compute a single order beforehand, the server has bound itself by the commit and cannot
choose either, and the record reveals the secret afterwards so that anyone can check all of it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable

SECRET_BYTES = 32

HEX_DIGITS = frozenset("0123456789abcdef")


def new_secret() -> bytes:
    """Thirty-two bytes from the operating system's random source."""
    return secrets.token_bytes(SECRET_BYTES)


def commit_to(secret: bytes) -> str:
    """The public commit: SHA-256 of the secret's 32 bytes, 64 hexadecimal digits.

    Raises ValueError when the secret is not exactly 32 bytes long.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError("a secret has exactly 32 bytes")
    return hashlib.sha256(secret).hexdigest()


def seed_of(*, secret: bytes, review_no: str, draw_no: int, nonce: str) -> bytes:
    """The 32 bytes that order the lots: HMAC-SHA256(secret, review_no|draw_no|commit|nonce).

    The nonce stands last, so that it may contain any character without making the message ambiguous;
    a ``|`` in the review number is refused with ValueError.
    """
    if "|" in review_no:
        raise ValueError("a review number contains no |")
    message = f"{review_no}|{draw_no}|{commit_to(secret)}|{nonce}"
    return hmac.digest(secret, message.encode(), "sha256")


def lot_of(seed: bytes, expert_no: str) -> bytes:
    """The lot of one expert: HMAC-SHA256(seed, expert_no)."""
    return hmac.digest(seed, expert_no.encode(), "sha256")


def in_lot_order(seed: bytes, expert_nos: Iterable[str]) -> tuple[str, ...]:
    """The experts by ascending lot (bytes compared as unsigned), whatever order they came in."""
    return tuple(sorted(expert_nos, key=lambda expert_no: (lot_of(seed, expert_no), expert_no)))


def match_seed(*, secret: bytes, input_sha256: str, nonce: str) -> bytes:
    """The 32 bytes that decide ties and noise of a match: HMAC-SHA256(secret, input_sha256|nonce).

    The digest binds the lottery to exactly one frozen input: the same secret and nonce give other digits
    for any other input. Raises ValueError when the digest is not 64 lower-case hexadecimal digits or the
    secret not 32 bytes.
    """
    if len(input_sha256) != 64 or not HEX_DIGITS.issuperset(input_sha256):
        raise ValueError("a digest has 64 lower-case hexadecimal digits")
    if len(secret) != SECRET_BYTES:
        raise ValueError("a secret has exactly 32 bytes")
    return hmac.digest(secret, f"{input_sha256}|{nonce}".encode(), "sha256")


def number_of(seed: bytes, purpose: str, case: str, expert: str) -> int:
    """64 seeded bits for one pair: the first eight bytes, most significant first, of
    SHA-256(seed purpose|case|expert), seed and text written one after the other.

    Depends on nothing but its arguments: not on the order of the pairs, not on the machine. Different
    purposes give independent numbers. Neither purpose nor ids contain a ``|``.
    """
    digest = hashlib.sha256(seed + f"{purpose}|{case}|{expert}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def noise_of(seed: bytes, case: str, expert: str, level: int) -> int:
    """The noise added to the score of one pair in a random match: between 0 and `level`, every value
    equally likely (the seeded 64 bits n become the whole part of n × (level + 1) ÷ 2⁶⁴).

    Raises ValueError for a negative level.
    """
    if level < 0:
        raise ValueError("a noise level is not negative")
    return number_of(seed, "noise", case, expert) * (level + 1) >> 64
