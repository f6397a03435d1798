"""What an expert is worth for a case: each measure by itself, and the sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from review_app.panels.fitness import Profile, Theme, fit_of, likeness
from review_app.rulebook.matching import load_matching

RULES = load_matching()
EXECUTION = Theme("EXE", frozenset({"执行", "民事合同", "物权土地"}), frozenset({"执行"}), "执行 未执行到位")


def test_terms_add_up_to_the_score() -> None:
    profile = Profile(
        "ZJ-0001", frozenset({"民事合同", "物权土地"}), case_types=frozenset({"EXE"}), words="执行和解",
        finished={"EXE": 2, "CIV": 5}, panels_lately=2, on_time=900,
    )  # fmt: skip

    fit = fit_of(profile, EXECUTION, RULES)

    weights = RULES.weights_for("EXE")
    assert (fit.specialty, fit.experience, fit.rotation, fit.timeliness) == (700, 700, 750, 900)
    assert fit.points(weights) == {
        "specialty": 24_500, "experience": 17_500, "field": 15 * fit.field, "rotation": 11_250,
        "timeliness": 9_000,
    }  # fmt: skip
    assert fit.score(weights) == sum(fit.points(weights).values())


@pytest.mark.parametrize(
    ("specialties", "levels", "measure"),
    [
        ({"执行"}, {}, 1000),
        ({"执行"}, {"执行": 1}, 700),
        ({"执行", "民事合同"}, {"执行": 1}, 700),
        ({"民事合同"}, {}, 600),
        ({"民事合同"}, {"民事合同": 2}, 510),
        ({"民事合同", "物权土地"}, {}, 700),
        ({"医疗"}, {}, 0),
        (set(), {}, 0),
    ],
)
def test_specialty_counts_by_heart_match_and_level(
    specialties: set[str], levels: dict[str, int], measure: int
) -> None:
    profile = Profile("ZJ-0001", frozenset(specialties), levels)

    assert fit_of(profile, EXECUTION, RULES).specialty == measure


def test_who_served_too_often_for_the_organ_has_no_rotation() -> None:
    assert fit_of(Profile("ZJ-0001", served_often=True), EXECUTION, RULES).rotation == 0
    assert fit_of(Profile("ZJ-0001", panels_lately=20), EXECUTION, RULES).rotation == 0


@given(some.text(max_size=40), some.text(max_size=40))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1000


def test_likeness_of_the_same_words_is_full_and_of_others_none() -> None:
    assert likeness("劳动争议、工伤", "劳动争议 工伤") == 1000
    assert likeness("刑事", "执行") == 0


@given(
    some.integers(-5, 5000), some.integers(0, 40), some.dictionaries(some.just("EXE"), some.integers(0, 99))
)
def test_every_measure_stays_within_a_thousand(on_time: int, lately: int, finished: dict[str, int]) -> None:
    fit = fit_of(
        Profile("ZJ-0001", finished=finished, panels_lately=lately, on_time=on_time), EXECUTION, RULES
    )

    assert all(0 <= one <= 1000 for one in (fit.specialty, fit.experience, fit.rotation, fit.timeliness))
