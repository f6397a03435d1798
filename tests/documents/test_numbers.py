"""Document numbers in the form of the standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.documents.numbers import format_number, parse_number, pending_number
from review_app.errors import ReviewError


def test_number_has_hexagonal_brackets_and_no_leading_zeros() -> None:
    assert format_number("青评意", year=2024, seq=11) == "青评意〔2024〕11号"


def test_pending_number_leaves_the_serial_open() -> None:
    assert pending_number("青评意", year=2024) == "青评意〔2024〕　号"


@given(st.sampled_from(["青评意", "青评告", "青评调"]), st.integers(1000, 9999), st.integers(1, 10**6))
def test_number_reads_back(mark: str, year: int, seq: int) -> None:
    assert parse_number(format_number(mark, year=year, seq=seq)) == (mark, year, seq)


@pytest.mark.parametrize(
    "text",
    ["青评意[2024]11号", "青评意〔2024〕011号", "青评意〔2024〕第11号", "〔2024〕1号", "青评意〔24〕1号"],
)
def test_other_forms_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(ReviewError, match="青评意〔2024〕11号"):
        parse_number(text)


def test_serial_below_one_is_refused() -> None:
    with pytest.raises(ReviewError):
        format_number("青评意", year=2024, seq=0)
