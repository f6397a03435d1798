"""Forming one panel by the method its draw was opened with: by lot, by match, or by match with noise.

Pure: a frozen input and a seed give the same panel anywhere."""

from dataclasses import dataclass

from review_app.panels.board import DrawInput
from review_app.panels.draw import Draw, draw, impossible
from review_app.panels.matched import PREFERRED, Entry, problem_of, seated
from review_app.panels.matching.problem import Case, Matched, Problem, Status
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


@dataclass(frozen=True)
class Solved:
    """A match that was made, as the explanations read it."""

    problem: Problem
    matched: Matched


def solved(given: DrawInput, result: Draw, *, quality_floor: int) -> Solved:
    """The problem of a match and its recorded panel, without solving again."""
    problem = problem_of_one(given, quality_floor=quality_floor)
    members = tuple(seat.expert_no for seat in result.members)
    total = sum(given.scores[expert] for expert in members)
    return Solved(
        problem,
        Matched(
            Status.OPTIMAL, {given.review_no: members}, {given.review_no: result.chair}, total, total, total,
            total, {given.review_no: steps_taken(problem.cases[0], result)},
        ),
    )  # fmt: skip


def steps_taken(case: Case, result: Draw) -> tuple[str, ...]:
    """The steps of the case's own ladder down to the last that the panel needed."""
    taken = {rule.removeprefix("RELAXED:") for rule in result.relaxations}
    if "PREFERRED_SPECIALTY_NOT_MET" in result.notes:
        taken.add(PREFERRED)
    steps = tuple(step.rule for step in case.ladder)
    return steps[: max((place for place, rule in enumerate(steps, 1) if rule in taken), default=0)]


def problem_of_one(given: DrawInput, *, quality_floor: int) -> Problem:
    """The problem of a single review; its noise is the input's."""
    entry = Entry(given, given.scores)
    return problem_of([entry], seed=given.seed, noise=given.noise, quality_floor=quality_floor)
