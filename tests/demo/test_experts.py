from collections import Counter

from review_app.demo.experts import POOL, entries
from review_app.demo.names import CHECK_DIGITS, WEIGHTS, id_number
from review_app.demo.people import OFFICIALS
from review_app.experts.states import SPECIALTIES
from review_app.experts.states import ExpertCategory as C


def test_pool_meets_its_quotas() -> None:
    people = entries()

    assert Counter(one.category for one in people) == {
        C.LAWYER: 26, C.JUDGE: 14, C.PROSECUTOR: 12, C.POLICE: 14, C.JUSTICE_ADMIN: 8, C.ACADEMIC: 6, C.TECHNICAL: 6,
    }  # fmt: skip
    assert Counter(one.gender for one in people) == {"男": 58, "女": 28}
    for row in POOL:
        own = [one for one in people if one.category is row.category]
        assert Counter(one.employer for one in own) == row.employers
        assert Counter(one.specialties[0] for one in own) == row.specialties


def test_pool_is_the_same_every_time_and_no_name_twice() -> None:
    names = [one.name for one in entries()]

    assert names == [one.name for one in entries()]
    assert len({*names, *(official.name for official in OFFICIALS)}) == 86 + len(OFFICIALS)


def test_specialties_are_known_to_the_draw() -> None:
    assert {specialty for one in entries() for specialty in one.specialties} <= set(SPECIALTIES)


def test_id_numbers_can_belong_to_nobody() -> None:
    number = id_number(1968, 31)

    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    assert number.startswith("999999")
    assert number[17] != CHECK_DIGITS[total % 11]
