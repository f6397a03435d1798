"""The exact search: it finds the first legal panel whenever one exists."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as some

from review_app.panels.seating import AtLeast, AtMost, Demands, first_legal

EXPERTS = [f"E{n:02d}" for n in range(11)]


@some.composite
def demands(pick: some.DrawFn) -> tuple[list[str], Demands]:
    experts = EXPERTS[: pick(some.integers(3, 11))]
    groups = [frozenset(pick(some.sets(some.sampled_from(experts)))) for _ in range(5)]
    employers = {expert: f"F{pick(some.integers(0, 4))}" for expert in experts}
    made = Demands(
        size=pick(some.sampled_from([3, 5])),
        at_least=tuple(
            AtLeast(f"L{n}", group, pick(some.integers(0, 3))) for n, group in enumerate(groups[:3])
        ),
        at_most=tuple(
            AtMost(f"M{n}", group, pick(some.integers(0, 2))) for n, group in enumerate(groups[3:])
        ),
        employer=employers,
        employer_max={f"F{n}": pick(some.integers(1, 3)) for n in range(5)},
    )
    return experts, made


def by_trying_all(order: list[str], made: Demands, fixed: tuple[str, ...]) -> set[str] | None:
    """Combinations come in the order of lots, so the first legal one is the answer."""
    others = [expert for expert in order if expert not in fixed]
    for chosen in combinations(others, max(0, made.size - len(fixed))):
        if made.is_legal([*fixed, *chosen]):
            return {*fixed, *chosen}
    return None


@settings(max_examples=400, deadline=None)
@given(demands(), some.integers(0, 2))
def test_first_legal_panel_equals_trying_all(made: tuple[list[str], Demands], seated: int) -> None:
    experts, wanted = made
    fixed = tuple(experts[-seated:]) if seated else ()

    found = first_legal(experts, wanted, fixed)

    assert (None if found is None else set(found)) == by_trying_all(experts, wanted, fixed)


def test_search_ends_where_no_panel_exists_among_two_hundred() -> None:
    experts = [f"E{n:03d}" for n in range(200)]
    thirds = [frozenset(experts[n::3]) for n in range(3)]
    wanted = Demands(
        size=7,
        at_least=(*(AtLeast(f"L{n}", group, 3) for n, group in enumerate(thirds)),),
        at_most=(AtMost("M", frozenset(experts[:100]), 2),),
        employer={expert: f"F{n % 60}" for n, expert in enumerate(experts)},
        employer_max={f"F{n}": 2 for n in range(60)},
    )

    found = first_legal(experts, wanted)

    assert found is None
