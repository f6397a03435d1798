"""Made-up pools and cases for the tests of panels."""

from collections.abc import Sequence
from typing import Any

from review_app.panels.board import Candidate, DrawInput
from review_app.panels.facts import Ask, CaseFacts, ExpertFacts, Who
from review_app.panels.units import Unit, UnitTree
from review_app.rulebook import load

RULES = load("2024.1")
SEED = bytes(range(32))
ALL_ASKED = frozenset(Ask)

TREE = UnitTree.of(
    [
        Unit("CITY-COURT", kind="COURT", level="CITY", system="COURT"),
        Unit("COURT", "CITY-COURT", "COURT", "COUNTY", "COURT"),
        Unit("TRIBUNAL", "COURT", "COURT", "COUNTY", "COURT"),
        Unit("POLICE", kind="POLICE", level="COUNTY", system="POLICE"),
        Unit("FIRM-1", kind="LAW_FIRM", system="SOCIETY"),
        Unit("FIRM-2", kind="LAW_FIRM", system="SOCIETY"),
        Unit("COLLEGE", kind="UNIVERSITY", system="SOCIETY"),
    ]
)


def candidate(number: int, category: str = "LAWYER", **values: Any) -> Candidate:
    given = {"employer": f"F{number}", "specialties": ("执行",), "practice_years": 12, **values}
    return Candidate(expert_no=f"ZJ-{number:04d}", category=category, **given)


def pool() -> tuple[Candidate, ...]:
    """Twenty experts of every category, enough for any panel."""
    lawyers = [candidate(n, employer=f"FIRM-{n}", is_law_firm=True) for n in range(1, 8)]
    judges = [candidate(n, "JUDGE", employer="COURT", system="COURT", same_organ=True) for n in range(8, 12)]
    prosecutors = [candidate(n, "PROSECUTOR", system="PROCURATORATE") for n in range(12, 16)]
    academics = [candidate(n, "ACADEMIC", employer="COLLEGE", system="SOCIETY") for n in range(16, 19)]
    technical = [candidate(n, "TECHNICAL", specialties=("会计审计",)) for n in range(19, 21)]
    return (*lawyers, *judges, *prosecutors, *academics, *technical)


def draw_input(candidates: Sequence[Candidate] | None = None, **values: Any) -> DrawInput:
    given = {
        "review_no": "PC20240001", "draw_no": 1, "size": 5, "matching": RULES.templates["EXE"].specialties,
        "reviewed_system": "COURT", "seed": SEED, "exclusions": (), "rules": RULES.panel, **values,
    }  # fmt: skip
    return DrawInput(candidates=tuple(pool() if candidates is None else candidates), **given)


def expert_facts(**values: Any) -> ExpertFacts:
    """A lawyer who has answered every question and is tied to nobody."""
    given = {
        "expert_no": "ZJ-0001", "who": Who("欧阳娜娜", "h-expert", unit="FIRM-1"), "category": "LAWYER",
        "answered": ALL_ASKED, **values,
    }  # fmt: skip
    return ExpertFacts(**given)


def case_facts(**values: Any) -> CaseFacts:
    given = {
        "reviewed_unit": "COURT", "case_nos": ("（2020）海0799执1187号",),
        "parties": (Who("秦某田", "h-qin"), Who("张三", "h-zhang")), **values,
    }  # fmt: skip
    return CaseFacts(**given)
