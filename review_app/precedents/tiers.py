"""Which tiers of the library a review's searches covered (类案检索指导意见(试行) art.4: tiers in their order, the last
three years first; a later tier may be left out once cases are found)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from review_app.precedents.models import Precedent, PrecedentReport, PrecedentSearch
from review_app.precedents.states import ORDERED_TIERS, Tier

RECENT_YEARS = 3


@dataclass(frozen=True)
class TierSearched:
    """How often a tier was searched, how many cases of it one search found at most, why it was left out."""

    tier: Tier
    searches: int
    found: int
    reason: str

    @property
    def is_open(self) -> bool:
        """Neither searched nor left out with a reason."""
        return not self.searches and not self.reason


def tiers_searched(searches: Sequence[PrecedentSearch], report: PrecedentReport | None) -> list[TierSearched]:
    """The four tiers in their order; the platform's own cases stand outside it."""
    reasons = skip_reasons(report)
    return [searched(tier, searches, reasons.get(tier, "")) for tier in ORDERED_TIERS]


def searched(tier: Tier, searches: Sequence[PrecedentSearch], reason: str) -> TierSearched:
    covering = [search for search in searches if covers(search, tier)]
    found = max((search.tiers.get(tier, 0) for search in covering), default=0)
    return TierSearched(tier, len(covering), found, "" if covering else reason)


def covers(search: PrecedentSearch, tier: Tier) -> bool:
    """A search without a filter of tiers covers all of them."""
    chosen = search.filters.get("tier", [])
    return not chosen or tier in chosen


def skip_reasons(report: PrecedentReport | None) -> dict[str, str]:
    """Why tiers were left out, by tier."""
    reasons: dict[str, str] = json.loads(report.skipped or "{}") if report else {}
    return reasons


def is_recent(precedent: Precedent, today: date) -> bool:
    """Whether the case is of the last three years; where only the year is known, that decides."""
    if precedent.decided_on is not None:
        return precedent.decided_on >= first_recent(today)
    return precedent.year is not None and precedent.year > today.year - RECENT_YEARS


def first_recent(today: date) -> date:
    year = today.year - RECENT_YEARS
    return today.replace(year=year, day=min(today.day, 28)) if today.month == 2 else today.replace(year=year)
