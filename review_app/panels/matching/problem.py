"""What is to be matched and what comes out: the words every file of this room shares.

The hard rules of a case are the `Demands` of the draw (`panels/seating.py`), so that a matched panel obeys
exactly what a drawn one obeys. Scores are integers; a pair that may not be seated has no column at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from review_app.panels.seating import Demands

BARRED = -1
"""in `Problem.scores`: this expert may not sit on this panel, whatever the score"""


@dataclass(frozen=True)
class Load:
    """How many of the panels an expert takes at least and at most."""

    least: int
    most: int


@dataclass(frozen=True)
class Relaxation:
    """One step of the ladder: its rule, and the demands after this and all steps before it."""

    rule: str
    demands: Demands


@dataclass(frozen=True)
class Case:
    """One panel to be formed. `chairs` may lead it (a need for one of them stands in the demands too),
    `locked` must sit on it, `previous` sat on it in the plan before."""

    id: str
    demands: Demands
    chairs: frozenset[str]
    locked: frozenset[str] = frozenset()
    previous: frozenset[str] = frozenset()
    ladder: tuple[Relaxation, ...] = ()


@dataclass(frozen=True, eq=False)
class Problem:
    """All panels to be formed together.

    `experts` and `cases` are sorted by id; `scores[c, e]` belongs to `cases[c]` and `experts[e]`, is BARRED
    or between 0 and 1,000,000 (int32). `apart` are pairs (smaller id first) who never sit on one panel.
    `keep_bonus` is added for every seat kept from `previous` once the worst panel stands. With `keep_first`
    as many seats as can lawfully be kept are kept before anything else is weighed, also before the worst
    panel: whoever drops out changes the fewest seats. `seed` (32 bytes) makes the optimum unique; `noise` is the level of a random match (0: none), whose loss against
    the optimum stays within `quality_floor` parts per million.
    """

    experts: tuple[str, ...]
    loads: tuple[Load, ...]
    cases: tuple[Case, ...]
    scores: NDArray[np.int32]
    apart: frozenset[tuple[str, str]] = frozenset()
    keep_bonus: int = 0
    seed: bytes = bytes(32)
    noise: int = 0
    quality_floor: int = 15_000
    may_relax: bool = True
    keep_first: bool = False

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """Column of each expert in `scores`."""
        return {expert: place for place, expert in enumerate(self.experts)}

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row of each case in `scores`."""
        return {case.id: row for row, case in enumerate(self.cases)}


class Status(StrEnum):
    """OPTIMAL: proven, unique under the seed. BOUNDED: legal, with a proven gap. IMPOSSIBLE: no legal
    panels exist, the shortfalls say why. STOPPED: cancelled or out of time before anything legal was found."""

    OPTIMAL = "OPTIMAL"
    BOUNDED = "BOUNDED"
    IMPOSSIBLE = "IMPOSSIBLE"
    STOPPED = "STOPPED"


@dataclass(frozen=True)
class Shortfall:
    """Why there are no legal panels: the rule, whom it concerns (a case, several, an expert), what is
    needed and what there is; `relaxation` is the step of the ladder that would help, if one does."""

    rule: str
    cases: tuple[str, ...]
    needed: int
    available: int
    experts: tuple[str, ...] = ()
    relaxation: str = ""


@dataclass(frozen=True)
class Matched:
    """Panels for all cases, or why there are none.

    `total` is the sum of the scores of all seats, `worst` the smallest sum of one panel, both without noise
    or bonus. `bound` is a proven upper bound of the total under the floor that was taken, `worst_bound` one of
    the worst panel; with status OPTIMAL they equal total and worst (with noise: the optimum they are held
    against). `relaxed` gives for each case the steps of its ladder that were taken.
    """

    status: Status
    panels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chairs: Mapping[str, str] = field(default_factory=dict)
    total: int = 0
    worst: int = 0
    bound: int = 0
    worst_bound: int = 0
    relaxed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shortfalls: tuple[Shortfall, ...] = ()
    log: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """Proven relative distance of the total from its bound, 0 when optimal."""
        return (self.bound - self.total) / self.bound if self.bound else 0.0

    def loads(self, problem: Problem) -> dict[str, int]:
        """How many of these panels each expert sits on."""
        counts = dict.fromkeys(problem.experts, 0)
        for members in self.panels.values():
            for expert in members:
                counts[expert] += 1
        return counts


@dataclass(frozen=True)
class Progress:
    """Where a solver stands: the step's name, and what is known by now (None while unknown)."""

    step: str
    done: int = 0
    of: int = 0
    total: int | None = None
    bound: int | None = None


class Cancelled(Exception):
    """Raised by the caller's progress function to stop a solver."""
