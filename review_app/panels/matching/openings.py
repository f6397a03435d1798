"""A free seat beside the rest of a legal panel: who could take it, decided without counting the panel anew."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from review_app.panels.matching.problem import Case
from review_app.panels.seating import Demands


@dataclass(frozen=True)
class Opening:
    """What the one who takes a free seat must be: in all of `needed`, in none of `closed`, not at one of
    these employers."""

    demands: Demands
    needed: tuple[frozenset[str], ...]
    closed: tuple[frozenset[str], ...]
    employers: frozenset[str]

    def admits(self, expert: str) -> bool:
        employer = self.demands.employer.get(expert)
        if employer is None or employer in self.employers or self.demands.employer_max[employer] < 1:
            return False
        return all(expert in group for group in self.needed) and not any(
            expert in group for group in self.closed
        )


def opening_of(case: Case, demands: Demands, rest: Sequence[str], apart: frozenset[str]) -> Opening:
    """The free seat beside the rest of a legal panel."""
    needs = [need.experts for need in demands.at_least if count_in(need.experts, rest) < need.count]
    limits = [limit.experts for limit in demands.at_most if count_in(limit.experts, rest) >= limit.count]
    if case.chairs and not count_in(case.chairs, rest):
        needs.append(case.chairs)
    firms = Counter(demands.employer[member] for member in rest)
    full = frozenset(firm for firm, count in firms.items() if count >= demands.employer_max[firm])
    return Opening(demands, tuple(needs), (*limits, apart), full)


def count_in(group: frozenset[str], people: Sequence[str]) -> int:
    return sum(1 for person in people if person in group)
