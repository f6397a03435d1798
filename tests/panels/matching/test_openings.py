"""A free seat admits exactly those with whom the panel is legal."""

from hypothesis import given, settings

from review_app.panels.matching.openings import opening_of
from review_app.panels.matching.problem import BARRED, Problem
from review_app.panels.matching.verifying import panel_faults
from tests.panels.matching.made import legal_panels, problems


@settings(max_examples=80, deadline=None)
@given(problems(ladders=False, most_cases=1))
def test_free_seat_admits_whoever_makes_a_legal_panel(given_problem: Problem) -> None:
    case = given_problem.cases[0]
    for members in legal_panels(given_problem, case, case.demands):
        for gone in set(members) - case.locked:
            rest = tuple(member for member in members if member != gone)
            apart = {one for pair in given_problem.apart if set(pair) & set(rest) for one in pair}
            opening = opening_of(case, case.demands, rest, frozenset(apart - set(rest)))
            others = [
                expert
                for place, expert in enumerate(given_problem.experts)
                if expert not in rest and given_problem.scores[0, place] != BARRED
            ]

            admitted = [expert for expert in others if opening.admits(expert)]

            legal = [one for one in others if not panel_faults(given_problem, case, 0, (*rest, one))]
            assert admitted == legal
