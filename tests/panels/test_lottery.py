"""The lottery: the bytes are exactly those the documentation states."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as some

from review_app.panels.lottery import commit_to, in_lot_order, lot_of, new_secret, seed_of

SECRET = bytes(range(32))


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
