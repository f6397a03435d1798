"""Which people make a legal panel: an exact search that never misses one that exists.

Seats are filled in the order of lots: an expert is seated exactly when, with everybody seated so far,
a legal panel can still be completed from the experts behind. The result is the legal panel that comes
first in the order of lots. Filling quota by quota without looking ahead could end without a panel where
a legal one exists; this cannot, and needs no second draw.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class AtLeast:
    """At least `count` of the panel belong to `experts`."""

    rule: str
    experts: frozenset[str]
    count: int


@dataclass(frozen=True)
class AtMost:
    """At most `count` of the panel belong to `experts`."""

    rule: str
    experts: frozenset[str]
    count: int


@dataclass(frozen=True)
class Demands:
    """What a panel must satisfy. `employer` gives each expert's employer, `employer_max` its limit."""

    size: int
    at_least: tuple[AtLeast, ...]
    at_most: tuple[AtMost, ...]
    employer: Mapping[str, str]
    employer_max: Mapping[str, int]

    def broken_limits(self, experts: Iterable[str]) -> tuple[str, ...]:
        """Rules of the kind "at most" that these experts break together."""
        seated = set(experts)
        limits = [limit.rule for limit in self.at_most if len(seated & limit.experts) > limit.count]
        employers = Counter(self.employer[expert] for expert in seated)
        if any(count > self.employer_max[employer] for employer, count in employers.items()):
            limits.append("SAME_EMPLOYER")
        return tuple(limits)

    def missing(self, experts: Iterable[str]) -> tuple[str, ...]:
        """Rules of the kind "at least" that these experts do not yet meet."""
        seated = set(experts)
        return tuple(need.rule for need in self.at_least if len(seated & need.experts) < need.count)

    def is_legal(self, experts: Collection[str]) -> bool:
        """Whether these experts are a complete panel that breaks nothing."""
        return (
            len(set(experts)) == self.size == len(experts)
            and not self.missing(experts)
            and not self.broken_limits(experts)
        )


def first_legal(order: Sequence[str], demands: Demands, fixed: Sequence[str] = ()) -> tuple[str, ...] | None:
    """The legal panel that comes first in `order`, with the `fixed` members in it; None if there is none."""
    if not can_complete(fixed, [expert for expert in order if expert not in fixed], demands):
        return None
    return filled_up(order, demands, fixed)


def filled_up(order: Sequence[str], demands: Demands, fixed: Sequence[str]) -> tuple[str, ...]:
    seated = list(fixed)
    for place, expert in enumerate(order):
        if len(seated) == demands.size:
            break
        if expert in fixed:
            continue
        behind = [other for other in order[place + 1 :] if other not in fixed]
        if can_complete([*seated, expert], behind, demands):
            seated.append(expert)
    return tuple(seated)


def can_complete(seated: Sequence[str], pool: Sequence[str], demands: Demands) -> bool:
    """Whether people of the pool can be added to those seated so that the panel is legal."""
    if len(seated) > demands.size or demands.broken_limits(seated):
        return False
    return Completion(tuple(seated), tuple(pool), demands).exists


@dataclass(frozen=True)
class Kind:
    """People who are alike for the search: same needs met, same limits used, same employer."""

    meets: tuple[int, ...]
    uses: tuple[int, ...]


@dataclass(frozen=True)
class Slot:
    """One person of a kind, at one employer; `employer` is only a running number."""

    kind: Kind
    employer: int
    employer_left: int


State = tuple[int, tuple[int, ...], tuple[int, ...]]


@dataclass
class Completion:
    """The search for people to fill the open seats: depth first, never visiting a failed state twice."""

    seated: tuple[str, ...]
    pool: tuple[str, ...]
    demands: Demands
    failed: set[tuple[int, State, int]] = field(default_factory=set)

    @property
    def exists(self) -> bool:
        seats = self.demands.size - len(self.seated)
        needs = tuple(
            max(0, need.count - sum(expert in need.experts for expert in self.seated))
            for need in self.demands.at_least
        )
        room = tuple(
            limit.count - sum(expert in limit.experts for expert in self.seated)
            for limit in self.demands.at_most
        )
        return self.reaches(0, (seats, needs, room), 0)

    def reaches(self, start: int, state: State, used: int) -> bool:
        """Whether slots from `start` on can fill the seats; `used` counts those already taken from the
        employer of the slot just before `start`."""
        seats, needs, room = state
        if seats == 0:
            return not any(needs)
        if (start, state, used) in self.failed:
            return False
        if self.tries(start, seats, needs, room, used):
            return True
        self.failed.add((start, state, used))
        return False

    def tries(self, start: int, seats: int, needs: tuple[int, ...], room: tuple[int, ...], used: int) -> bool:
        slots = self.slots
        for place in range(start, len(slots)):
            if self.hopeless(place, seats, needs):
                return False
            slot = slots[place]
            if place > start and slots[place - 1] == slot:
                continue  # the same person in all but name was refused just now
            before = used if start and slots[start - 1].employer == slot.employer else 0
            if before >= slot.employer_left or any(u > r for u, r in zip(slot.kind.uses, room, strict=True)):
                continue
            left = tuple(max(0, n - m) for n, m in zip(needs, slot.kind.meets, strict=True))
            less = tuple(r - u for r, u in zip(room, slot.kind.uses, strict=True))
            if self.reaches(place + 1, (seats - 1, left, less), before + 1):
                return True
        return False

    def hopeless(self, place: int, seats: int, needs: tuple[int, ...]) -> bool:
        """Whether the slots from `place` on are too few for the seats or for one of the needs."""
        behind = self.supply[place]
        return behind[0] < seats or any(
            need > seats or need > there for need, there in zip(needs, behind[1:], strict=True)
        )

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The pool, reduced to what can matter: per employer no more than it may send, and of employers
        with the same people no more than there are seats."""
        seats = self.demands.size - len(self.seated)
        alike: Counter[tuple[int, tuple[tuple[Kind, int], ...]]] = Counter()
        for employer, kinds in self.kinds_by_employer().items():
            left = self.employer_left(employer)
            if left > 0:
                alike[(left, tuple(sorted(limited(kinds, left), key=promise)))] += 1
        found: list[Slot] = []
        number = 0
        for (left, kinds_there), times in sorted(alike.items(), key=lambda pair: promise(pair[0][1][0])):
            for _ in range(min(times, seats)):
                number += 1
                found += [Slot(kind, number, left) for kind, count in kinds_there for _ in range(count)]
        return tuple(found)

    @cached_property
    def supply(self) -> tuple[tuple[int, ...], ...]:
        """For each place: how many slots, and how many per need, lie from there to the end."""
        sums = [(0,) * (1 + len(self.demands.at_least))]
        for slot in reversed(self.slots):
            sums.append(tuple(a + b for a, b in zip(sums[-1], (1, *slot.kind.meets), strict=True)))
        return tuple(reversed(sums))

    def kinds_by_employer(self) -> dict[str, Counter[Kind]]:
        found: dict[str, Counter[Kind]] = {}
        for expert in self.pool:
            found.setdefault(self.demands.employer[expert], Counter())[self.kind_of(expert)] += 1
        return found

    def kind_of(self, expert: str) -> Kind:
        return Kind(
            tuple(int(expert in need.experts) for need in self.demands.at_least),
            tuple(int(expert in limit.experts) for limit in self.demands.at_most),
        )

    def employer_left(self, employer: str) -> int:
        seated = sum(self.demands.employer[expert] == employer for expert in self.seated)
        return self.demands.employer_max[employer] - seated


def limited(kinds: Counter[Kind], left: int) -> list[tuple[Kind, int]]:
    return [(kind, min(count, left)) for kind, count in kinds.items()]


def promise(counted: tuple[Kind, int]) -> tuple[int, int, tuple[int, ...], tuple[int, ...], int]:
    """Sorting key: people who meet most needs and use fewest limits are tried first."""
    kind, count = counted
    return (-sum(kind.meets), sum(kind.uses), kind.meets, kind.uses, count)
