"""Exact matching against trying all panels."""

from hypothesis import given, settings

from review_app.panels.matching.problem import Problem, Status
from review_app.panels.matching.solving import match
from tests.panels.matching.made import best_by_trying_all, problems, value_of


@settings(max_examples=150, deadline=None)
@given(problems(ladders=False))
def test_match_equals_trying_all(problem: Problem) -> None:
    best = best_by_trying_all(problem)

    found = match(problem)

    if best is None:
        assert found.status == Status.IMPOSSIBLE
    else:
        assert found.status == Status.OPTIMAL
        assert dict(found.panels) in best.assignments
        assert value_of(problem, found.panels) == (best.worst, best.total, best.kept)
