"""Particulars of experts: lists that are split, and what is wrong (pitfall P5)."""

from datetime import date

import pytest

from review_app.experts.profile import Profile, faults_of, specialties_from, split_list
from review_app.experts.states import ExpertCategory


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("民事;刑事", ("民事", "刑事")),
        ("民事；刑事", ("民事", "刑事")),
        ("民事、刑事，行政", ("民事", "刑事", "行政")),
        ("民事 / 刑事\n", ("民事", "刑事")),
        ("民事;;民事", ("民事",)),
        ("", ()),
    ],
)
def test_a_list_is_split_whatever_separates_it(text: str, parts: tuple[str, ...]) -> None:
    assert split_list(text) == parts


def test_short_forms_are_written_out() -> None:
    assert specialties_from("民事;刑事") == ("民事合同", "刑事")


def sound(**values: object) -> Profile:
    given = {
        "expert_no": "ZJ-0001",
        "name": "张三",
        "category": ExpertCategory.LAWYER,
        "specialties": ("刑事",),
    }
    return Profile(**{**given, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"expert_no": ""}, "expert_no"),
        ({"expert_no": "ZJ 1"}, "expert_no"),
        ({"name": ""}, "name"),
        ({"specialties": ()}, "specialties"),
        ({"specialties": ("刑事", "执行", "行政", "劳动", "侵权")}, "specialties"),
        ({"specialties": ("烹饪",)}, "specialties"),
        ({"birth_year": 1800}, "birth_year"),
        ({"id_number": "123"}, "id_number"),
        ({"appointed_on": date(2024, 1, 1), "term_end": date(2023, 1, 1)}, "term_end"),
        ({"birth_year": 1990, "practice_from": date(2000, 1, 1)}, "practice_from"),
    ],
)
def test_faults_name_their_field(values: dict[str, object], field: str) -> None:
    assert [one.field for one in faults_of(sound(**values))] == [field]


def test_sound_particulars_have_no_fault() -> None:
    assert list(faults_of(sound())) == []
