from hypothesis import given
from hypothesis import strategies as st

from review_app.saved_searches.known import pack, unpack


@given(ids=st.frozensets(st.integers(1, 10**15)))
def test_packed_ids_come_back(ids: frozenset[int]) -> None:
    assert unpack(pack(ids)) == ids


def test_a_hundred_thousand_cases_take_little_room() -> None:
    assert len(pack(range(1, 300_000, 3))) < 1_000
    assert len(pack(number * number % 999_983 for number in range(1, 100_000))) < 120_000
