"""Which closed reviews a page of figures is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review_app.agreement.queries import RatedCase
from review_app.form_templates.reading import catalogue_of
from review_app.rulebook import load as load_rules


@dataclass(frozen=True)
class Selection:
    """``template``: of one form template; ``year``: closed in one year; both empty: all."""

    template: str = ""
    year: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Selection":
        """From the query string; what does not exist is not asked for."""
        template, year = query.get("template", ""), query.get("year", "")
        known = template if template in load_rules().templates else ""
        plain = year.isascii() and year.isdigit() and len(year) == 4
        return cls(known, int(year) if plain else None)

    @property
    def query(self) -> dict[str, str]:
        """As a query string, for links that keep the selection."""
        return {"template": self.template, "year": str(self.year or "")}


def codes_of(case: RatedCase) -> Sequence[str]:
    """The items a member could deduct for on the form of this case."""
    return list(catalogue_of(case.review).for_template(case.review.template))
