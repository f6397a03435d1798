"""Forming one panel by the method its draw was opened with: by lot, by match, or by match with noise.

Pure: a frozen input and a seed give the same panel anywhere."""

from review_app.panels.board import DrawInput
from review_app.panels.draw import Draw, draw, impossible
from review_app.panels.matched import Entry, problem_of, seated
from review_app.panels.matching.problem import Problem
from review_app.panels.matching.solving import match
from review_app.panels.states import DrawMethod


def formed(given: DrawInput, method: DrawMethod, *, quality_floor: int) -> Draw:
    """The panel. Raises DrawImpossible when no legal one exists even after every relaxation."""
    if method is DrawMethod.DRAW:
        return draw(given)
    found = match(problem_of_one(given, quality_floor=quality_floor))
    if given.review_no not in found.panels:
        raise impossible(given)
    return seated(
        given,
        found.panels[given.review_no],
        chair=found.chairs.get(given.review_no, ""),
        relaxed=found.relaxed.get(given.review_no, ()),
    )


def problem_of_one(given: DrawInput, *, quality_floor: int) -> Problem:
    """The problem of a single review; its noise is the input's."""
    entry = Entry(given, given.scores)
    return problem_of([entry], seed=given.seed, noise=given.noise, quality_floor=quality_floor)
