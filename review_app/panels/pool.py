"""From facts and checks to the candidates and exclusions of a draw."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from review_app.panels.board import Candidate, Depth, Exclusion
from review_app.panels.facts import CaseFacts, ExpertFacts
from review_app.panels.grounds import Level
from review_app.panels.recusal import Check, Decision, check
from review_app.panels.units import UnitTree
from review_app.rulebook.rules import RecusalRules

LEVEL_IN_DRAW = {Level.HARD: "HARD", Level.MANUAL: "PENDING", Level.POSSIBLE: "PENDING"}


@dataclass(frozen=True)
class Standing:
    """What the draw asks about an expert besides conflicts; the words are those of `Candidate`."""

    specialties: tuple[str, ...] = ()
    practice_years: int | None = None
    open_reviews: int = 0
    active: bool = True
    available: bool = True
    upper_pool: bool = False
    specialty_levels: tuple[Depth, ...] = ()
    max_open: int | None = None
    month_left: int | None = None
    lapsed: str = ""


def check_all(
    experts: Iterable[ExpertFacts],
    case: CaseFacts,
    tree: UnitTree,
    *,
    rules: RecusalRules,
    on: date,
    decisions: Iterable[Decision] = (),
) -> dict[str, Check]:
    """The check of every expert, by expert number."""
    taken = tuple(decisions)
    return {
        expert.expert_no: check(expert, case, tree, rules=rules, on=on, decisions=taken) for expert in experts
    }


def candidate_of(expert: ExpertFacts, standing: Standing, checked: Check, tree: UnitTree) -> Candidate:
    """The expert as the draw sees him or her: no name, no evidence."""
    rules = {hit.rule for hit in checked.hits}
    unit = tree.get(expert.unit)
    return Candidate(
        expert_no=expert.expert_no,
        category=expert.category,
        employer=tree.organ_of(expert.unit) if expert.unit else "",
        is_law_firm=unit is not None and unit.kind == "LAW_FIRM",
        system=tree.system_of(expert.unit),
        specialties=tuple(sorted(standing.specialties)),
        practice_years=standing.practice_years,
        open_reviews=standing.open_reviews,
        active=standing.active,
        available=standing.available,
        same_organ="R11" in rules,
        served_often="R20" in rules,
        upper_pool=standing.upper_pool,
        specialty_levels=tuple(sorted(standing.specialty_levels, key=lambda one: one.specialty)),
        max_open=standing.max_open,
        month_left=standing.month_left,
        lapsed=standing.lapsed,
    )


def exclusions_of(checked: Check) -> Iterator[Exclusion]:
    """What keeps the expert out of this draw: HARD hits, and those that wait for a decision (PENDING)."""
    for hit in checked.hits:
        if hit.level in LEVEL_IN_DRAW:
            yield Exclusion(hit.expert_no, hit.rule, LEVEL_IN_DRAW[hit.level], hit.source)


def full_years(since: date | None, on: date) -> int | None:
    """Completed years since a day; None when the day is unknown."""
    if since is None:
        return None
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
