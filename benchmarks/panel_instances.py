"""Generated pools, cases and scores to measure the forming of panels on: the same name gives the same problem anywhere.

A pool is made like one of a prefecture: lawyers of many firms, judges, prosecutors and police of few organs, academics,
technical experts; every case reviews one organ, asks for the specialties of its template and bars a few experts.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from review_app.panels.matching.problem import BARRED, Case, Load, Problem, Relaxation
from review_app.panels.seating import AtLeast, AtMost, Demands
from review_app.rulebook import load

RULES = load("2024.1")
PROFESSIONS = {
    "LAWYER": 40, "JUDGE": 14, "PROSECUTOR": 12, "POLICE": 8, "JUSTICE_ADMIN": 6, "ACADEMIC": 11, "TECHNICAL": 9,
}  # fmt: skip
SYSTEMS = {
    "JUDGE": "COURT",
    "PROSECUTOR": "PROCURATORATE",
    "POLICE": "POLICE",
    "JUSTICE_ADMIN": "JUSTICE",
}
TEMPLATES = ("CRIM", "CIV", "ADM", "EXE", "POL")
TOPICS = 12  # numbers that stand for the field of an expert or a case


@dataclass(frozen=True)
class Size:
    """What an instance is made from. `tight`: capacity of the pool over the seats needed, in percent."""

    experts: int
    cases: int
    seats: int
    tight: int = 135
    seed: int = 1


SIZES = {
    "80x135x5": Size(80, 135, 5),
    "80x799x3": Size(80, 799, 3),
    "80x799x3-tight": Size(80, 799, 3, tight=101),
    "200x2000x3": Size(200, 2000, 3),
    "200x2000x5": Size(200, 2000, 5),
    "1000x10000x3": Size(1000, 10000, 3),
}


@dataclass(frozen=True)
class Person:
    """One expert of a generated pool."""

    id: str
    profession: str
    employer: str
    specialties: frozenset[str]
    may_chair: bool
    topics: tuple[int, ...]
    punctual: int

    @property
    def system(self) -> str:
        return SYSTEMS.get(self.profession, "SOCIETY")


def instance(name: str) -> Problem:
    """The generated problem of this name."""
    return generate(SIZES[name])


def generate(size: Size) -> Problem:
    chance = random.Random(f"{size}")
    pool = tuple(person(chance, number, size) for number in range(size.experts))
    builder, scorer = Builder(pool, size.seats), Scores(pool, np.random.RandomState(size.seed))
    cases, scores = [], np.empty((size.cases, size.experts), np.int32)
    for number in range(size.cases):
        template = chance.choice(TEMPLATES)
        organ = chance.choice(builder.organs)
        cases.append(builder.case(f"PC{number:06d}", template, organ))
        scores[number] = scorer.row(builder.fields(template), organ)
    return Problem(
        experts=tuple(each.id for each in pool),
        loads=loads(chance, size),
        cases=tuple(cases),
        scores=scores,
        apart=apart(chance, pool),
        seed=hashlib.sha256(repr(size).encode()).digest(),
    )


def person(chance: random.Random, number: int, size: Size) -> Person:
    profession = chance.choices(list(PROFESSIONS), list(PROFESSIONS.values()))[0]
    share = {"LAWYER": 5, "ACADEMIC": 25, "TECHNICAL": 10}.get(profession, 30)  # colleagues
    employer = f"{profession}-{chance.randrange(max(2, size.experts // share)):03d}"
    specialties = [field for name in TEMPLATES for field in RULES.templates[name].specialties]
    return Person(
        id=f"ZJ-{number:04d}",
        profession=profession,
        employer=employer,
        specialties=frozenset(chance.sample(sorted(set(specialties)), chance.randint(2, 4))),
        may_chair=chance.random() < 0.6,
        topics=tuple(chance.randint(0, 9) for _ in range(TOPICS)),
        punctual=chance.randint(20, 100),
    )


@dataclass
class Builder:
    """Demands of cases; sets of experts are made once and shared between the cases."""

    pool: tuple[Person, ...]
    seats: int
    made: dict[tuple[str, str], Case] = field(default_factory=dict)
    sets: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.employer = {each.id: each.employer for each in self.pool}
        self.employer_max = {more: self.limits(more) for more in (0, 1)}

    @property
    def organs(self) -> list[str]:
        return sorted({each.employer for each in self.pool if each.system != "SOCIETY"})

    def fields(self, template: str) -> frozenset[str]:
        return frozenset(RULES.templates[template].specialties)

    def case(self, id_: str, template: str, organ: str) -> Case:
        if (template, organ) not in self.made:
            self.made[template, organ] = self.like(template, organ)
        like = self.made[template, organ]
        return Case(id_, like.demands, like.chairs, ladder=like.ladder)

    def like(self, template: str, organ: str) -> Case:
        system = SYSTEMS[organ.rsplit("-", 1)[0]]
        chairs = self.those("CHAIR", system)
        steps = ("ACADEMIC_SEAT", "SPECIALTY_MINUS_ONE", "EMPLOYER_PLUS_ONE")
        ladder = tuple(
            Relaxation(rule, self.demands(template, organ, system, steps[: place + 1]))
            for place, rule in enumerate(steps)
        )
        return Case("", self.demands(template, organ, system, ()), chairs, ladder=ladder)

    def demands(self, template: str, organ: str, system: str, relaxed: Sequence[str]) -> Demands:
        panel, n = RULES.panel, self.seats
        academic = 0 if "ACADEMIC_SEAT" in relaxed else 1
        needs = (
            AtLeast("CHAIR", self.those("CHAIR", system), 1),
            AtLeast("EXTERNAL", self.those("EXTERNAL", ""), panel.external_min.get(n, (n - 1) // 2)),
            AtLeast("LAWYER", self.those("LAWYER", ""), panel.lawyer_min.get(n, 2)),
            AtLeast("ACADEMIC", self.those("ACADEMIC", ""), academic * panel.academic_min.get(n, 1)),
            AtLeast("ACADEMIC_OR_TECHNICAL", self.those("ACADEMIC_OR_TECHNICAL", ""),
                    academic * panel.academic_or_technical_min.get(n, 0)),
            AtLeast("SPECIALTY", self.those("SPECIALTY", template),
                    panel.specialty_min.get(n, (n + 1) // 2) - ("SPECIALTY_MINUS_ONE" in relaxed)),
        )  # fmt: skip
        limits = (
            AtMost("SAME_SYSTEM", self.those("SYSTEM", system), int(panel.same_system_max_share * n)),
            AtMost("SAME_ORGAN", self.those("ORGAN", organ), 1),
        )
        kept = tuple(need for need in needs if need.count > 0)
        more = int("EMPLOYER_PLUS_ONE" in relaxed)
        return Demands(n, kept, limits, self.employer, self.employer_max[more])

    def those(self, kind: str, value: str) -> frozenset[str]:
        """Experts of a kind, one set object for all who ask."""
        if (kind, value) not in self.sets:
            self.sets[kind, value] = frozenset(
                each.id for each in self.pool if self.belongs(each, kind, value)
            )
        return self.sets[kind, value]

    def belongs(self, each: Person, kind: str, value: str) -> bool:
        return {
            "CHAIR": each.may_chair and each.system != value,
            "EXTERNAL": each.profession in RULES.panel.external_categories,
            "LAWYER": each.profession == "LAWYER",
            "ACADEMIC": each.profession == "ACADEMIC",
            "ACADEMIC_OR_TECHNICAL": each.profession in ("ACADEMIC", "TECHNICAL"),
            "SPECIALTY": kind == "SPECIALTY" and bool(each.specialties & self.fields(value)),
            "SYSTEM": each.system == value,
            "ORGAN": each.employer == value,
        }[kind]

    def limits(self, more: int) -> dict[str, int]:
        firm, other = RULES.panel.same_law_firm_max, RULES.panel.same_employer_max
        return {each.employer: more + (firm if each.profession == "LAWYER" else other) for each in self.pool}


@dataclass
class Scores:
    """Scores from 0 to 1,000: specialty, field, experience, punctuality; one expert in thirty is barred."""

    pool: tuple[Person, ...]
    chance: np.random.RandomState  # its stream is the same in every version

    def __post_init__(self) -> None:
        self.topics = np.array([each.topics for each in self.pool])
        self.punctual = np.array([each.punctual for each in self.pool])
        self.employers = np.array([each.employer for each in self.pool])

    def row(self, fields: frozenset[str], organ: str) -> NDArray[np.int32]:
        """Scores of one case."""
        matches = np.array([min(2, len(each.specialties & fields)) for each in self.pool])
        near = np.minimum(self.topics, self.chance.randint(0, 10, TOPICS)).sum(axis=1)
        experience = self.chance.randint(0, 201, len(self.pool))
        barred = self.chance.randint(0, 1000, len(self.pool)) < np.where(self.employers == organ, 300, 30)
        score = np.minimum(1000, 180 * matches + 4 * near + experience + self.punctual)
        return np.where(barred, BARRED, score).astype(np.int32)


def loads(chance: random.Random, size: Size) -> tuple[Load, ...]:
    """Everybody's share of the seats, more or less, until the pool as a whole has what `tight` asks for."""
    wanted = size.cases * size.seats * size.tight // 100 + 1
    most = [wanted // size.experts] * size.experts
    for place in range(0, size.experts - 1, 2):
        moved = chance.randint(0, wanted // size.experts // 5)
        most[place] += moved
        most[place + 1] -= moved
    for place in range(wanted - sum(most)):
        most[place] += 1
    least = size.cases * size.seats // size.experts // 3
    return tuple(Load(least, each) for each in most)


def apart(chance: random.Random, pool: Sequence[Person]) -> frozenset[tuple[str, str]]:
    pairs = [sorted(chance.sample(range(len(pool)), 2)) for _ in range(len(pool) // 8)]
    return frozenset((pool[one].id, pool[other].id) for one, other in pairs)
