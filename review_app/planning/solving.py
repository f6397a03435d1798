"""Which solver works a plan out. The exact one first; when it has not proven its result after some minutes, the one for
large backlogs, whose panels are legal and whose distance from the best is proven. The draw uses the solver of its
proposal, so that the same input and seed always give the same panels."""

from dataclasses import dataclass
from datetime import timedelta

from review_app.clock import Clock
from review_app.panels.matching.large import match_large
from review_app.panels.matching.problem import Cancelled, Matched, Problem, Progress, Status
from review_app.panels.matching.solving import match
from review_app.planning.running import Report

PATIENCE = timedelta(minutes=3)


@dataclass(frozen=True)
class Solved:
    matched: Matched
    exact: bool


@dataclass
class Patient:
    """Hands progress on, and stops the exact solver when its time is over."""

    report: Report
    clock: Clock

    def __post_init__(self) -> None:
        self.until = self.clock() + PATIENCE
        self.is_over = False

    def __call__(self, progress: Progress) -> None:
        self.report(progress)
        if self.clock() > self.until:
            self.is_over = True
            raise Cancelled


def solved(problem: Problem, report: Report, clock: Clock) -> Solved:
    """Panels for all cases, exactly if that is possible in time. Raises Cancelled when somebody asked to stop."""
    patient = Patient(report, clock)
    found = match(problem, report=patient)
    if patient.is_over:
        return Solved(legal(match_large(problem, report=report)), exact=False)
    return Solved(legal(found), exact=True)


def legal(found: Matched) -> Matched:
    if found.status is Status.STOPPED:
        raise Cancelled
    return found


def drawn(problem: Problem, *, exact: bool, report: Report) -> Matched:
    """The panels under the seed, by the solver of the proposal, however long it takes."""
    return match(problem, report=report) if exact else match_large(problem, report=report)
