"""Made-up matching problems: written by hand, drawn by hypothesis, or of any size from a seed; and the
answer to the small ones by trying all panels.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as some

from review_app.panels.matching.problem import BARRED, Case, Load, Problem, Relaxation
from review_app.panels.seating import AtLeast, AtMost, Demands

SYSTEMS = ("COURT", "PROCURATORATE", "POLICE")
PROFESSIONS = {"LAWYER": 35, "JUDGE": 16, "PROSECUTOR": 14, "POLICE": 10, "ACADEMIC": 15, "TECHNICAL": 10}
SYSTEM_OF = {"JUDGE": "COURT", "PROSECUTOR": "PROCURATORATE", "POLICE": "POLICE"}
TEMPLATES = 5


def expert_ids(count: int) -> tuple[str, ...]:
    return tuple(f"E{number:05d}" for number in range(count))


def demands(experts: Sequence[str], size: int, **values: Any) -> Demands:
    """Demands without any rule but the size, unless `values` say otherwise; everybody is alone at work."""
    employer = values.pop("employer", {expert: f"#{expert}" for expert in experts})
    employer_max = values.pop("employer_max", dict.fromkeys(employer.values(), size))
    return Demands(size, values.pop("at_least", ()), values.pop("at_most", ()), employer, employer_max)


def problem(scores: Sequence[Sequence[int]], *, size: int = 1, most: int = 1, **values: Any) -> Problem:
    """A problem written as its table of scores: one row per case (C0, C1, …), one column per expert
    (E00000, …). `values` replace fields of the problem; `case_values` those of single cases, by id."""
    experts = expert_ids(len(scores[0]))
    given = values.pop("case_values", {})
    free = demands(experts, size)
    cases = tuple(
        Case(**{"id": f"C{row}", "demands": free, "chairs": frozenset(), **given.get(f"C{row}", {})})
        for row in range(len(scores))
    )
    made = Problem(experts, (Load(0, most),) * len(experts), cases, np.array(scores, dtype=np.int32))
    return replace(made, **values)


@some.composite
def problems(
    pick: some.DrawFn, *, most_experts: int = 6, most_cases: int = 3, ladders: bool = True, top: int = 9
) -> Problem:
    """Small problems in which every kind of rule occurs and may bind; about half of them are possible."""
    experts = expert_ids(pick(some.integers(3, most_experts)))
    count = pick(some.integers(1, most_cases))
    pairs = list(combinations(experts, 2))
    return Problem(
        experts=experts,
        loads=tuple(pick(some.sampled_from(LOADS)) for _ in experts),
        cases=tuple(pick(cases(f"C{number}", experts, ladders)) for number in range(count)),
        scores=np.array([pick(a_row(len(experts), top)) for _ in range(count)], dtype=np.int32),
        apart=frozenset(pick(some.sets(some.sampled_from(pairs), max_size=2))),
        keep_bonus=pick(some.sampled_from([0, 0, 1, 3])),
        seed=pick(some.binary(min_size=32, max_size=32)),
        may_relax=ladders and pick(some.booleans()),
    )


LOADS = (*[Load(0, 2)] * 4, *[Load(0, 3)] * 6, *[Load(0, 1)] * 3, Load(1, 3), Load(1, 1), Load(0, 0))


@some.composite
def a_row(pick: some.DrawFn, length: int, top: int) -> list[int]:
    """Scores of one case, up to two of them BARRED."""
    barred = pick(some.sets(some.integers(0, length - 1), max_size=2)) if pick(some.booleans()) else ()
    return [BARRED if place in barred else pick(some.integers(0, top)) for place in range(length)]


@some.composite
def cases(pick: some.DrawFn, case_id: str, experts: Sequence[str], ladders: bool) -> Case:
    chairs = most_of(pick, experts)
    first = pick(any_demands(experts, chairs))
    return Case(
        id=case_id,
        demands=first,
        chairs=chairs,
        locked=frozenset(pick(some.sets(some.sampled_from(experts), max_size=1)))
        if pick(some.integers(0, 3)) == 0
        else frozenset(),
        previous=frozenset(pick(some.sets(some.sampled_from(experts), max_size=3))),
        ladder=ladder_of(first, experts) if ladders else (),
    )


def most_of(pick: some.DrawFn, experts: Sequence[str]) -> frozenset[str]:
    return frozenset(experts) - pick(some.sets(some.sampled_from(experts), max_size=len(experts) // 2))


@some.composite
def any_demands(pick: some.DrawFn, experts: Sequence[str], chairs: frozenset[str]) -> Demands:
    size = pick(some.integers(1, min(3, len(experts))))
    rules = pick(some.sampled_from([(), ("SPECIALTY",), ("LAWYER",), ("LAWYER", "SPECIALTY")]))
    out = pick(some.sets(some.sampled_from(experts), max_size=1))
    return Demands(
        size=size,
        at_least=(
            AtLeast("CHAIR", chairs, 1),
            *(AtLeast(rule, most_of(pick, experts), pick(some.integers(1, 2))) for rule in rules),
        ),
        at_most=(AtMost("SAME_SYSTEM", frozenset(experts) - most_of(pick, experts), size // 2),),
        employer={expert: f"F{pick(some.integers(0, 3))}" for expert in experts if expert not in out},
        employer_max={f"F{number}": pick(some.integers(1, 2)) for number in range(4)},
    )


def ladder_of(first: Demands, experts: Sequence[str]) -> tuple[Relaxation, ...]:
    """One specialist fewer, then one more of each employer, then everybody the first demands leave out."""
    fewer = tuple(
        replace(need, count=need.count - 1) if need.rule == "SPECIALTY" else need for need in first.at_least
    )
    second = replace(first, at_least=tuple(need for need in fewer if need.count))
    third = replace(second, employer_max={firm: most + 1 for firm, most in first.employer_max.items()})
    outside = {expert: f"#{expert}" for expert in experts if expert not in first.employer}
    limits = {**third.employer_max, **dict.fromkeys(outside.values(), 1)}
    fourth = replace(third, employer={**third.employer, **outside}, employer_max=limits)
    return (
        Relaxation("SPECIALTY_MINUS_ONE", second),
        Relaxation("EMPLOYER_PLUS_ONE", third),
        Relaxation("UPPER_POOL", fourth),
    )


@dataclass(frozen=True)
class Best:
    """The best there is by trying all: smallest panel sum, total with bonus, kept seats, and every
    assignment that reaches them."""

    worst: int
    total: int
    kept: int
    assignments: tuple[Mapping[str, tuple[str, ...]], ...]


def best_by_trying_all(given: Problem, steps: Mapping[str, int] | None = None) -> Best | None:
    """Worst panel first, then the total with its bonus, then kept seats; kept seats before all of these when
    the problem wants it; `steps` are the steps of its ladder
    each case has taken. None when there are no legal panels."""
    best: tuple[int, ...] = (-1,)
    found: list[Mapping[str, tuple[str, ...]]] = []
    for panels in all_assignments(given, steps or {}):
        value = rank_of(given, panels)
        if value > best:
            best, found = value, []
        if value == best:
            found.append(dict(panels))
    return Best(*value_of(given, found[0]), tuple(found)) if found else None


def rank_of(given: Problem, panels: Mapping[str, Sequence[str]]) -> tuple[int, ...]:
    """What is compared first, then next."""
    value = value_of(given, panels)
    return (value[2], *value) if given.keep_first else value


def value_of(given: Problem, panels: Mapping[str, Sequence[str]]) -> tuple[int, int, int]:
    sums = [sum_of(given, case_id, members) for case_id, members in panels.items()]
    kept = sum(len(case.previous & set(panels[case.id])) for case in given.cases)
    return min(sums), sum(sums) + given.keep_bonus * kept, kept


def sum_of(given: Problem, case_id: str, members: Sequence[str]) -> int:
    return sum(int(given.scores[given.row_of[case_id], given.place_of[expert]]) for expert in members)


def all_assignments(given: Problem, steps: Mapping[str, int]) -> Iterator[Mapping[str, tuple[str, ...]]]:
    choices = [legal_panels(given, case, demands_after(case, steps.get(case.id, 0))) for case in given.cases]
    yield from assigned(given, choices, {}, dict.fromkeys(given.experts, 0))


def assigned(
    given: Problem,
    choices: Sequence[Sequence[tuple[str, ...]]],
    panels: dict[str, tuple[str, ...]],
    loads: dict[str, int],
) -> Iterator[Mapping[str, tuple[str, ...]]]:
    limits = dict(zip(given.experts, given.loads, strict=True))
    if len(panels) == len(given.cases):
        if all(loads[expert] >= limits[expert].least for expert in given.experts):
            yield panels
        return
    for members in choices[len(panels)]:
        if all(loads[expert] < limits[expert].most for expert in members):
            more = {**loads, **{expert: loads[expert] + 1 for expert in members}}
            yield from assigned(given, choices, {**panels, given.cases[len(panels)].id: members}, more)


def demands_after(case: Case, steps: int) -> Demands:
    return case.ladder[steps - 1].demands if steps else case.demands


def legal_panels(given: Problem, case: Case, wanted: Demands) -> list[tuple[str, ...]]:
    row = given.scores[given.row_of[case.id]]
    able = [e for e in given.experts if row[given.place_of[e]] != BARRED and e in wanted.employer]
    return [
        members
        for members in combinations(able, wanted.size)
        if case.locked <= set(members)
        and (not case.chairs or case.chairs & set(members))
        and not any(pair in given.apart for pair in combinations(members, 2))
        and wanted.is_legal(members)
    ]


@dataclass(frozen=True)
class Person:
    profession: str
    firm: str
    system: str
    specialties: frozenset[int]
    chair: bool


def backlog(
    *,
    experts: int = 80,
    cases: int = 135,
    size: int = 5,
    seed: int = 1,
    most: int | None = None,
    least: int = 0,
    apart: int = 0,
    recused: float = 0.05,
    top: int = 1000,
    locked: int = 0,
) -> Problem:
    """A backlog with all rules of §C.3: professions, employers, systems, specialties, chairs, the whole ladder.

    `most` seats per expert (by default a fifth more than the seats need), `least` for everybody but the upper pool, `apart`
    pairs, `recused` as a share of all pairs, scores up to `top`; the first `locked` cases have one seat locked.
    """
    luck = Random(seed)  # noqa: S311 - instances, not lots
    ids = expert_ids(experts)
    people = dict(zip(ids, (a_person(luck, experts) for _ in ids), strict=True))
    enough = most if most is not None else -(-cases * size * 6 // (experts * 5))
    kinds = [(system, template) for system in SYSTEMS for template in range(TEMPLATES)]
    demands_for = {kind: ladder_for(people, size, *kind) for kind in kinds}
    chosen = [luck.choice(kinds) for _ in range(cases)]
    scores = np.array([case_scores(luck, people, kind, recused, top) for kind in chosen], dtype=np.int32)
    made = [
        a_case(
            f"C{number:05d}",
            people,
            kind[0],
            demands_for[kind],
            scores[number],
            number if number < locked else None,
        )
        for number, kind in enumerate(chosen)
    ]
    pairs = {tuple(sorted(luck.sample(ids, 2))) for _ in range(apart)}
    return Problem(
        experts=ids,
        loads=tuple(Load(least * at_home(place), enough) for place in range(experts)),
        cases=tuple(made),
        scores=scores,
        apart=frozenset((one, other) for one, other in pairs),
        seed=luck.randbytes(32),
    )


def a_person(luck: Random, experts: int) -> Person:
    profession = luck.choices(list(PROFESSIONS), list(PROFESSIONS.values()))[0]
    firm = f"{profession}-{luck.randrange(max(2, experts // 8))}"
    specialties = frozenset(luck.sample(range(TEMPLATES), luck.choice([1, 2, 2, 3])))
    return Person(profession, firm, SYSTEM_OF.get(profession, "SOCIETY"), specialties, luck.random() < 0.6)


def case_scores(
    luck: Random, people: Mapping[str, Person], kind: tuple[str, int], recused: float, top: int
) -> list[int]:
    return [
        BARRED if luck.random() < recused else score_of(luck, person, kind[1], top)
        for person in people.values()
    ]


def score_of(luck: Random, person: Person, template: int, top: int) -> int:
    """Half the score for the specialty, the rest by luck."""
    return (template in person.specialties) * (top // 2) + luck.randrange(top // 2 + 1)


def a_case(
    case_id: str,
    people: Mapping[str, Person],
    system: str,
    steps: tuple[Relaxation, ...],
    scores: Any,
    lock: int | None,
) -> Case:
    chairs = chair_qualified(people, system)
    able = [expert for place, expert in enumerate(people) if scores[place] != BARRED and expert in chairs]
    return Case(
        id=case_id,
        demands=steps[0].demands,
        chairs=chairs,
        locked=frozenset() if lock is None else frozenset({able[lock % len(able)]}),
        ladder=steps[1:],
    )


def chair_qualified(people: Mapping[str, Person], system: str) -> frozenset[str]:
    return frozenset(expert for expert, person in people.items() if person.chair and person.system != system)


def ladder_for(people: Mapping[str, Person], size: int, system: str, template: int) -> tuple[Relaxation, ...]:
    """The demands of a kind of case as step zero, and after each step of the ladder; every twentieth expert
    belongs to the upper pool."""
    everybody = list(people)
    near = [expert for place, expert in enumerate(everybody) if at_home(place)]
    steps = ("", "ACADEMIC_SEAT", "SPECIALTY_MINUS_ONE", "EMPLOYER_PLUS_ONE", "UPPER_POOL")
    return tuple(
        Relaxation(
            step,
            rules_of(
                {no: people[no] for no in (everybody if step == "UPPER_POOL" else near)},
                size=size,
                system=system,
                template=template,
                relaxed=steps[1 : place + 1],
            ),
        )
        for place, step in enumerate(steps)
    )


def rules_of(
    people: Mapping[str, Person], *, size: int, system: str, template: int, relaxed: Sequence[str]
) -> Demands:
    academic = 0 if "ACADEMIC_SEAT" in relaxed or size < 5 else 1
    needs = (
        AtLeast("CHAIR", chair_qualified(people, system), 1),
        AtLeast("EXTERNAL", working_as(people, "LAWYER", "ACADEMIC", "TECHNICAL"), (size - 1) // 2),
        AtLeast("LAWYER", working_as(people, "LAWYER"), size // 3),
        AtLeast("ACADEMIC_OR_TECHNICAL", working_as(people, "ACADEMIC", "TECHNICAL"), academic),
        AtLeast(
            "SPECIALTY",
            frozenset(no for no, person in people.items() if template in person.specialties),
            (size + 1) // 2 - ("SPECIALTY_MINUS_ONE" in relaxed),
        ),
    )
    own = frozenset(no for no, person in people.items() if person.system == system)
    firms = {person.firm for person in people.values()}
    more = int("EMPLOYER_PLUS_ONE" in relaxed)
    return Demands(
        size=size,
        at_least=tuple(need for need in needs if need.count),
        at_most=(AtMost("SAME_SYSTEM", own, size // 3),),
        employer={no: person.firm for no, person in people.items()},
        employer_max={firm: more + (1 if firm.startswith("LAWYER") else 2) for firm in firms},
    )


def at_home(place: int) -> bool:
    """Every twentieth expert belongs to the upper pool."""
    return place % 20 != 19


def working_as(people: Mapping[str, Person], *professions: str) -> frozenset[str]:
    return frozenset(no for no, person in people.items() if person.profession in professions)
