"""The lottery: the bytes are exactly those the documentation states."""

import hashlib
import hmac
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from review_app.panels.lottery import (
    commit_to,
    in_lot_order,
    lot_of,
    match_seed,
    new_secret,
    noise_of,
    number_of,
    seed_of,
)

SECRET = bytes(range(32))

NOISE = [21, 354, 875, 419, 800]

CRITICAL_AT_ONE_IN_A_THOUSAND = 27.88
"""of the chi-square distribution with nine degrees of freedom"""


def test_commit_is_sha256_of_the_secret() -> None:
    assert commit_to(SECRET) == "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"


def test_commit_refuses_a_short_secret() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit_to(b"short")


def test_seed_is_hmac_of_the_joined_fields() -> None:
    message = f"PC20240001|2|{commit_to(SECRET)}|双色球03 07 11".encode()

    seed = seed_of(secret=SECRET, review_no="PC20240001", draw_no=2, nonce="双色球03 07 11")

    assert seed == hmac.new(SECRET, message, hashlib.sha256).digest()


def test_seed_cannot_be_known_from_public_values() -> None:
    one = seed_of(secret=SECRET, review_no="PC20240001", draw_no=1, nonce="1")
    other = seed_of(secret=new_secret(), review_no="PC20240001", draw_no=1, nonce="1")

    assert one != other


def test_seed_refuses_an_ambiguous_review_number() -> None:
    with pytest.raises(ValueError, match="review number"):
        seed_of(secret=SECRET, review_no="PC|1", draw_no=1, nonce="1")


def test_lot_is_hmac_of_the_expert_number() -> None:
    assert lot_of(SECRET, "ZJ-0001") == hmac.new(SECRET, b"ZJ-0001", hashlib.sha256).digest()


@given(some.permutations([f"ZJ-{n:04d}" for n in range(1, 12)]))
def test_order_of_lots_does_not_depend_on_the_order_given(numbers: list[str]) -> None:
    assert in_lot_order(SECRET, numbers) == in_lot_order(SECRET, sorted(numbers))


def test_match_seed_is_hmac_of_digest_and_nonce() -> None:
    digest = "ab" * 32

    seed = match_seed(secret=SECRET, input_sha256=digest, nonce="双色球|03 07 11")

    assert seed == hmac.new(SECRET, f"{digest}|双色球|03 07 11".encode(), hashlib.sha256).digest()


@pytest.mark.parametrize("digest", ["", "ab" * 31, "AB" * 32, "ag" * 32, "ab" * 33])
def test_match_seed_refuses_what_is_no_digest(digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        match_seed(secret=SECRET, input_sha256=digest, nonce="1")


def test_match_seed_refuses_a_short_secret() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        match_seed(secret=b"short", input_sha256="ab" * 32, nonce="1")


def test_number_of_a_pair_is_the_head_of_its_sha256() -> None:
    digest = hashlib.sha256(SECRET + b"tie|PC20240001|ZJ-0001").hexdigest()

    assert number_of(SECRET, "tie", "PC20240001", "ZJ-0001") == int(digest[:16], 16)


def test_noise_is_the_same_everywhere() -> None:
    found = [noise_of(SECRET, "PC20240001", f"ZJ-{n:04d}", 1000) for n in range(1, 6)]

    assert found == NOISE


@given(some.integers(0, 1_000_000), some.binary(min_size=32, max_size=32), some.text("ab甲", max_size=3))
def test_noise_stays_within_its_level(level: int, seed: bytes, case: str) -> None:
    assert 0 <= noise_of(seed, case, "ZJ-0001", level) <= level


def test_noise_refuses_a_negative_level() -> None:
    with pytest.raises(ValueError, match="level"):
        noise_of(SECRET, "PC1", "ZJ-0001", -1)


def test_noise_is_uniform() -> None:
    counts = Counter(noise_of(SECRET, f"PC{case}", f"ZJ-{n}", 9) for case in range(40) for n in range(500))

    chi_square = sum((counts[value] - 2000) ** 2 / 2000 for value in range(10))
    assert chi_square < CRITICAL_AT_ONE_IN_A_THOUSAND


def test_noise_of_one_pair_says_nothing_about_another() -> None:
    pairs = [
        (noise_of(SECRET, f"PC{case}", f"ZJ-{n}", 1), noise_of(SECRET, f"PC{case}", f"ZJ-{n + 1}", 1))
        for case in range(40)
        for n in range(0, 500, 2)
    ]

    counts = Counter(pairs)

    assert sum((counts[one, other] - 2500) ** 2 / 2500 for one in (0, 1) for other in (0, 1)) < 16.27
