"""From the JSON that `review-app match` reads to the problem that is solved.

Everything is put in a fixed order first (experts, cases, pairs by their ids), so that the digest and the
panels do not depend on the order in which a file names things.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from review_app.errors import N_
from review_app.panels.match_scores import UNGIVEN, Cut, Filling, blocks_of, cut_scores
from review_app.panels.match_shape import (
    CaseIn,
    CountIn,
    ExpertIn,
    MatchFile,
    RulesIn,
    SomeIn,
    StepIn,
    Unscored,
    file_rules,
    problems_of,
)
from review_app.panels.matching.problem import BARRED, Case, Load, Problem, Relaxation
from review_app.panels.seating import AtLeast, AtMost, Demands
from review_app.rulebook.reading import InvalidData, parse_json, problem, read

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Instance:
    """A file in its fixed order and the scores of its pairs (int32; UNGIVEN where no triple names one)."""

    file: MatchFile
    scores: NDArray[np.int32]


def instance_of_text(text: bytes) -> Instance:
    """Read and check a whole input. Raises InvalidData with every problem found."""
    cut = cut_scores(text)
    data = parse_json(cut.rest)
    if isinstance(data, Mapping):
        require_cut(data)
        data = {key: value for key, value in data.items() if key != "scores"}
    return instance_of_parts(data, text, cut)


def require_cut(data: Mapping[str, object]) -> None:
    """The list of scores was taken out and read apart; anything else under that key is no list."""
    if data.get("scores", []) != []:
        raise InvalidData([problem("type", "scores", N_("此处应当是一个列表。"))])


def instance_of_parts(data: object, text: bytes, cut: Cut) -> Instance:
    """The instance from everything but the scores, and the text in which the scores lie."""
    file = read(MatchFile, data)
    found = list(problems_of(file))
    filling = Filling([one.id for one in file.cases], [one.id for one in file.experts])
    for block in blocks_of(text, cut):
        filling.take(block)
    if problems := [*found, *filling.problems]:
        raise InvalidData(problems)
    return in_order(file, filling.matrix)


def in_order(file: MatchFile, scores: NDArray[np.int32]) -> Instance:
    """The same file with everything sorted whose order says nothing."""
    rows = sorted(range(len(file.cases)), key=lambda place: file.cases[place].id)
    columns = sorted(range(len(file.experts)), key=lambda place: file.experts[place].id)
    ordered = replace(
        file,
        experts=tuple(
            replace(one, specialties=ordered_set(one.specialties)) for one in pick(file.experts, columns)
        ),
        cases=tuple(replace(one, specialties=ordered_set(one.specialties)) for one in pick(file.cases, rows)),
        groups={name: ordered_set(members) for name, members in sorted(file.groups.items())},
        barred=tuple(sorted(file.barred)),
        apart=tuple(sorted({(min(pair), max(pair)) for pair in file.apart})),
        previous={case: ordered_set(members) for case, members in sorted(file.previous.items())},
        locked={case: ordered_set(members) for case, members in sorted(file.locked.items())},
    )
    return Instance(ordered, scores[np.ix_(rows, columns)])


def pick(items: Sequence[T], places: Iterable[int]) -> Iterable[T]:
    return (items[place] for place in places)


def ordered_set(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def problem_of(instance: Instance, seed: bytes) -> Problem:
    """The problem a file states, to be solved under this seed (32 bytes)."""
    file = instance.file
    panels = Panels(file)
    return Problem(
        experts=tuple(one.id for one in file.experts),
        loads=tuple(Load(one.min_load, one.max_load) for one in file.experts),
        cases=tuple(panels.case(one) for one in file.cases),
        scores=allowed(instance),
        apart=frozenset(file.apart),
        keep_bonus=file.keep_bonus,
        keep_first=file.keep_first,
        seed=seed,
        noise=file.draw.noise,
        quality_floor=file.draw.quality_floor,
        may_relax=file.may_relax,
    )


def allowed(instance: Instance) -> NDArray[np.int32]:
    """The scores with BARRED where a pair may not be seated."""
    file, scores = instance.file, instance.scores.copy()
    scores[scores == UNGIVEN] = BARRED if file.unscored is Unscored.BARRED else 0
    rows = {one.id: row for row, one in enumerate(file.cases)}
    columns = {one.id: column for column, one in enumerate(file.experts)}
    for case, expert, _reason in file.barred:
        scores[rows[case], columns[expert]] = BARRED
    return scores


@dataclass
class Panels:
    """The demands of cases from the rules of a file; people meant by the same words are looked up once."""

    file: MatchFile
    found: dict[SomeIn, frozenset[str]] = field(default_factory=dict)
    employers: dict[frozenset[str], Mapping[str, str]] = field(default_factory=dict)
    most: dict[Any, Mapping[str, int]] = field(default_factory=dict)

    def case(self, case: CaseIn) -> Case:
        rules = file_rules(self.file, case)
        ladder = rules.ladder or ()
        chairs = self.chairs(rules)
        late = [self.some(step.admits) if step.admits else frozenset() for step in ladder]
        later = frozenset().union(*late)
        steps, relaxed = [], rules
        for place, step in enumerate(ladder):
            relaxed = after(relaxed, step)
            out = later.difference(*late[: place + 1])
            steps.append(Relaxation(step.rule, self.demands(case, relaxed, chairs, out)))
        return Case(
            id=case.id,
            demands=self.demands(case, rules, chairs, later),
            chairs=chairs,
            locked=frozenset(self.file.locked.get(case.id, ())),
            previous=frozenset(self.file.previous.get(case.id, ())),
            ladder=tuple(steps),
        )

    def chairs(self, rules: RulesIn) -> frozenset[str]:
        """Who may lead: by default those who may chair, if there are any; nobody where no chair is wanted."""
        if rules.chair is False:
            return frozenset()
        if rules.chairs:
            return self.some(rules.chairs)
        return frozenset(one.id for one in self.file.experts if one.may_chair)

    def demands(self, case: CaseIn, rules: RulesIn, chairs: frozenset[str], out: frozenset[str]) -> Demands:
        return Demands(
            size=case.size,
            at_least=tuple(self.needs(case, rules, chairs)),
            at_most=tuple(self.limits(rules)),
            employer=self.employer(out),
            employer_max=self.employer_max(case, rules),
        )

    def needs(self, case: CaseIn, rules: RulesIn, chairs: frozenset[str]) -> Iterable[AtLeast]:
        if chairs or rules.chair:
            yield AtLeast("CHAIR", chairs, 1)
        for one in rules.at_least or ():
            if one.count:
                yield AtLeast(one.rule, self.some(one), one.count)
        if rules.specialty_min:
            yield AtLeast("SPECIALTY", self.some(SomeIn(specialties=case.specialties)), rules.specialty_min)

    def limits(self, rules: RulesIn) -> Iterable[AtMost]:
        for one in rules.at_most or ():
            yield AtMost(one.rule, self.some(one), one.count)
        of = rules.system_max_of or {}
        for system in sorted({one.system for one in self.file.experts if one.system}):
            if (most := of.get(system, rules.system_max)) is not None:
                yield AtMost(f"SAME_SYSTEM:{system}", self.some(SomeIn(systems=(system,))), most)

    def employer(self, out: frozenset[str]) -> Mapping[str, str]:
        """The employer of everybody but those who are not admitted; one object for all cases alike."""
        if out not in self.employers:
            self.employers[out] = {
                one.id: one.institution or f"#{one.id}" for one in self.file.experts if one.id not in out
            }
        return self.employers[out]

    def employer_max(self, case: CaseIn, rules: RulesIn) -> Mapping[str, int]:
        usual = case.size if rules.institution_max is None else rules.institution_max
        others = rules.institution_max_of or {}
        key = (usual, tuple(sorted(others.items())))
        if key not in self.most:
            limits = {one.institution or f"#{one.id}": 1 for one in self.file.experts}
            limits |= {one.institution: usual for one in self.file.experts if one.institution}
            self.most[key] = limits | dict(others)
        return self.most[key]

    def some(self, some: SomeIn) -> frozenset[str]:
        """The experts who match every kind of value given."""
        wanted = SomeIn(**{name: getattr(some, name) for name in SomeIn.__dataclass_fields__})
        if wanted not in self.found:
            named = frozenset(self.file.groups.get(wanted.group, ())) if wanted.group else None
            self.found[wanted] = frozenset(
                one.id
                for one in self.file.experts
                if meant(one, wanted) and (named is None or one.id in named)
            )
        return self.found[wanted]


def meant(one: ExpertIn, some: SomeIn) -> bool:
    return (
        (not some.professions or one.profession in some.professions)
        and (not some.institutions or one.institution in some.institutions)
        and (not some.systems or one.system in some.systems)
        and (not some.specialties or not set(some.specialties).isdisjoint(one.specialties))
        and (not some.experts or one.id in some.experts)
    )


def after(rules: RulesIn, step: StepIn) -> RulesIn:
    """The rules after one more step of the ladder."""
    given = {
        name: value
        for name in ("institution_max", "system_max", "specialty_min")
        if (value := getattr(step, name)) is not None
    }
    return replace(
        rules,
        **given,
        at_least=counts_after(rules.at_least, step.at_least),
        at_most=counts_after(rules.at_most, step.at_most),
        institution_max_of={**(rules.institution_max_of or {}), **step.institution_max_of},
        system_max_of={**(rules.system_max_of or {}), **step.system_max_of},
    )


def counts_after(given: Sequence[CountIn] | None, changes: Mapping[str, int]) -> tuple[CountIn, ...]:
    return tuple(replace(one, count=changes.get(one.rule, one.count)) for one in given or ())
