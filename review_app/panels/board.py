"""What a draw starts from: the rules, the candidates in the order of lots, and what binds them.

The rules are those of §C.3 of the domain rules: candidates without HARD recusals, without full load and
available; strata by size; limits on the reviewed organ, its system and single employers; the ladder of
relaxations in its fixed order. HARD recusals, the odd size, the limits on the reviewed organ and its
system, and the need for a qualified chair are never relaxed. No database, no clock.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from review_app.panels.lottery import in_lot_order, noise_of
from review_app.panels.seating import AtLeast, AtMost, Demands
from review_app.rulebook.rules import PanelRules

SYSTEM_OF_CATEGORY = {"JUDGE": "COURT", "PROSECUTOR": "PROCURATORATE", "POLICE": "POLICE"}

LADDER = ("ACADEMIC_SEAT", "SPECIALTY_MINUS_ONE", "EMPLOYER_PLUS_ONE", "UPPER_POOL")
"""Relaxations in the order in which they are tried; each is added to those before it."""

LATER = MappingProxyType({"later": True})
"""marks a field that records leave out while it has its default"""


@dataclass(frozen=True)
class Depth:
    """How well an expert knows a specialty: 1 knows it, 2 works in it regularly, 3 is specialised in it."""

    specialty: str
    level: int


@dataclass(frozen=True)
class Candidate:
    """One expert of the pool as the draw sees it: no name, only what the rules ask for.

    `specialties` holds the expert's own and every wider one above them in the tree; `specialty_levels` the
    depth (1–3) of those for which one is known. `max_open` is a cap of the expert's own below the general
    one, `month_left` how many panels he may still join this month, `lapsed` the kind of a credential that is
    no longer valid. Fields marked ``later`` stand in a record only where they say something, so that records
    from before they existed keep their digest.
    """

    expert_no: str
    category: str
    employer: str = ""
    is_law_firm: bool = False
    system: str = ""
    specialties: tuple[str, ...] = ()
    practice_years: int | None = None
    open_reviews: int = 0
    active: bool = True
    available: bool = True
    same_organ: bool = False
    served_often: bool = False
    upper_pool: bool = False
    specialty_levels: tuple[Depth, ...] = field(default=(), metadata=LATER)
    max_open: int | None = field(default=None, metadata=LATER)
    month_left: int | None = field(default=None, metadata=LATER)
    lapsed: str = field(default="", metadata=LATER)


@dataclass(frozen=True)
class Exclusion:
    """Why an expert cannot be drawn. `level` is HARD (recusal), PENDING (an undecided possible conflict)
    or POOL (load, leave, not active); `source` says where the fact comes from, without its content."""

    expert_no: str
    rule: str
    level: str
    source: str = ""


@dataclass(frozen=True)
class DrawInput:
    """Everything that decides a draw. `matching` are the specialties that match the review's template.
    `fixed` are members who are seated already (a panel enlarged, or
    an empty seat filled), `chair` and `lead` those of them who hold these roles and keep them;
    `preferred` are specialties of the case's own kind, of which one is seated if at all possible.
    A match has `scores` by expert number, and for a random match the level of `noise`."""

    review_no: str
    draw_no: int
    size: int
    matching: tuple[str, ...]
    reviewed_system: str
    seed: bytes
    candidates: tuple[Candidate, ...]
    exclusions: tuple[Exclusion, ...]
    rules: PanelRules
    preferred: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    chair: str = ""
    lead: str = ""
    scores: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    noise: int = 0


@dataclass(frozen=True)
class Board:
    """The candidates who can be drawn, in the order of lots, and the rules that bind them."""

    given: DrawInput
    people: Mapping[str, Candidate]
    order: tuple[str, ...]
    excluded: tuple[Exclusion, ...]

    def of_category(self, *categories: str) -> frozenset[str]:
        return frozenset(no for no, person in self.people.items() if person.category in categories)

    def with_specialty(self, specialties: Collection[str]) -> frozenset[str]:
        wanted = set(specialties)
        return frozenset(no for no, person in self.people.items() if wanted & set(person.specialties))

    @cached_property
    def of_own_system(self) -> frozenset[str]:
        """Experts of the reviewed organ's system, through their employer or through their profession."""
        system = self.given.reviewed_system
        return frozenset(
            no
            for no, person in self.people.items()
            if person.same_organ
            or (system and system in (person.system, SYSTEM_OF_CATEGORY.get(person.category)))
        )

    @cached_property
    def of_own_organ(self) -> frozenset[str]:
        return frozenset(no for no, person in self.people.items() if person.same_organ)

    @cached_property
    def chair_qualified(self) -> frozenset[str]:
        """Not of the reviewed organ or system, and long enough in practice; unknown years do not count."""
        enough = self.given.rules.chair_min_years
        return (
            frozenset(
                no
                for no, person in self.people.items()
                if person.practice_years is not None and person.practice_years >= enough
            )
            - self.of_own_system
        )


def board_of(given: DrawInput, *, upper_pool: bool) -> Board:
    """Who can be drawn, in the order of lots; experts who served often lately come after the others.

    Raises ValueError when a seated member is unknown, barred or not decided upon.
    """
    excluded = exclusions_of(given, upper_pool=upper_pool)
    out = {exclusion.expert_no for exclusion in excluded}
    people = {person.expert_no: person for person in given.candidates if person.expert_no not in out}
    if missing := [expert_no for expert_no in given.fixed if expert_no not in people]:
        raise ValueError(f"seated members who cannot stay: {', '.join(missing)}")
    return Board(given, people, ranked(given, people), excluded)


def ranked(given: DrawInput, people: Mapping[str, Candidate]) -> tuple[str, ...]:
    """By lot; in a match by score with its noise, and by lot where that is the same."""
    lots = in_lot_order(given.seed, people)
    if not given.scores:
        return tuple(sorted(lots, key=lambda expert_no: people[expert_no].served_often))
    value = {
        no: given.scores.get(no, 0) + noise_of(given.seed, given.review_no, no, given.noise) for no in lots
    }
    return tuple(sorted(lots, key=lambda expert_no: -value[expert_no]))


def exclusions_of(given: DrawInput, *, upper_pool: bool) -> tuple[Exclusion, ...]:
    """All grounds that keep experts out, sorted; load and leave do not unseat those already seated."""
    found = {*given.exclusions}
    for person in given.candidates:
        if person.expert_no not in given.fixed:
            found.update(pool_grounds(person, given.rules, upper_pool=upper_pool))
    return tuple(sorted(found, key=lambda one: (one.expert_no, one.rule, one.level, one.source)))


def pool_grounds(person: Candidate, rules: PanelRules, *, upper_pool: bool) -> list[Exclusion]:
    """Grounds that lie in the pool, not in the case: standing, leave, load, policy."""
    grounds = {
        "INACTIVE": not person.active,
        "UNAVAILABLE": not person.available,
        "LOAD": person.open_reviews >= most_open(person, rules),
        "MONTH_FULL": person.month_left is not None and person.month_left <= 0,
        "SAME_ORGAN_FORBIDDEN": person.same_organ and rules.same_organ_policy == "FORBID",
        "UPPER_POOL": person.upper_pool and not upper_pool,
    }
    found = [Exclusion(person.expert_no, rule, "POOL") for rule, applies in grounds.items() if applies]
    if person.lapsed:
        found.append(Exclusion(person.expert_no, "CREDENTIAL", "POOL", person.lapsed))
    return found


def most_open(person: Candidate, rules: PanelRules) -> int:
    """How many reviews this expert may have at a time: the general cap, or a lower one of his own."""
    general = rules.max_open_reviews_per_expert
    return general if person.max_open is None else min(general, person.max_open)


def seats_left(person: Candidate, rules: PanelRules) -> int:
    """How many more panels the expert may join now under both caps, at a time and by month; never below 0."""
    left = most_open(person, rules) - person.open_reviews
    return max(0, left if person.month_left is None else min(left, person.month_left))


def demands_of(board: Board, relaxed: Sequence[str]) -> tuple[Demands, tuple[str, ...]]:
    """Strata and limits for this size after these relaxations, and notes on strata that are void.

    For sizes the rule file does not name (a panel of nine after enlarging) the pattern of the others
    goes on: (n−1)/2 external, (n+1)/2 matching, two lawyers, one academic.
    """
    size, rules = board.given.size, board.given.rules
    matching = rules.specialty_min.get(size, (size + 1) // 2) - ("SPECIALTY_MINUS_ONE" in relaxed)
    external = board.of_category(*rules.external_categories)
    academic, notes = academic_seat(board, relaxed)
    at_least = [
        AtLeast("CHAIR", board.chair_qualified, 1),
        AtLeast("EXTERNAL", external, rules.external_min.get(size, (size - 1) // 2)),
        AtLeast("LAWYER", board.of_category("LAWYER"), rules.lawyer_min.get(size, 2)),
        *academic,
        AtLeast("SPECIALTY", board.with_specialty(board.given.matching), matching),
    ]
    at_most = [AtMost("SAME_SYSTEM", board.of_own_system, int(rules.same_system_max_share * size))]
    if rules.same_organ_policy == "MAX_ONE_NOT_CHAIR":
        at_most.append(AtMost("SAME_ORGAN", board.of_own_organ, 1))
    employer = {no: person.employer or f"#{no}" for no, person in board.people.items()}
    needs = tuple(need for need in at_least if need.count > 0)
    return Demands(size, needs, tuple(at_most), employer, employer_max(board, relaxed)), notes


def academic_seat(board: Board, relaxed: Sequence[str]) -> tuple[list[AtLeast], tuple[str, ...]]:
    """The seat of an academic, and that of an academic or technical expert, which is void if there is
    nobody to take it."""
    if "ACADEMIC_SEAT" in relaxed:
        return [], ()
    size, rules = board.given.size, board.given.rules
    either = AtLeast(
        "ACADEMIC_OR_TECHNICAL",
        board.of_category("ACADEMIC", "TECHNICAL"),
        rules.academic_or_technical_min.get(size, 0),
    )
    academic = AtLeast("ACADEMIC", board.of_category("ACADEMIC"), rules.academic_min.get(size, 1))
    if either.count and not either.experts:
        return [academic], ("ACADEMIC_OR_TECHNICAL_NOT_AVAILABLE",)
    return [academic, either], ()


def employer_max(board: Board, relaxed: Sequence[str]) -> dict[str, int]:
    """How many may come from each employer; an expert without known employer counts alone."""
    rules, more = board.given.rules, int("EMPLOYER_PLUS_ONE" in relaxed)
    limits: dict[str, int] = {}
    for no, person in board.people.items():
        limit = more + (rules.same_law_firm_max if person.is_law_firm else rules.same_employer_max)
        employer = person.employer or f"#{no}"
        limits[employer] = min(limit, limits.get(employer, limit))
    return limits


def effective(board: Board, relaxations: Sequence[str]) -> list[str]:
    """Relaxations that can mean something: a panel of three has no academic seat to give up, and the
    upper pool counts only when somebody was invited from it."""
    void = set()
    if board.given.size < 5:
        void.add("ACADEMIC_SEAT")
    if not any(person.upper_pool for person in board.given.candidates):
        void.add("UPPER_POOL")
    return [rule for rule in relaxations if rule not in void]


def roles_of(board: Board, members: Sequence[str]) -> tuple[str, str]:
    """Chair: the first in the order of lots who is qualified. Lead: the first besides the chair who is
    not of the reviewed organ (or simply the first, should all others be). Who holds a role keeps it; the
    lead becomes chair only when nobody else is qualified."""
    by_lot = sorted(members, key=board.order.index)
    qualified = [expert for expert in by_lot if expert in board.chair_qualified]
    holder = board.given.lead
    chair = board.given.chair or next((one for one in qualified if one != holder), qualified[0])
    if holder and holder != chair:
        return chair, holder
    others = [expert for expert in by_lot if expert != chair]
    return chair, next((expert for expert in others if expert not in board.of_own_organ), others[0])
