"""What the editor shows of a draft, readable as a template or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from review_app.form_templates.catalogue import dimension_of
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.form_templates.content import field_order
from review_app.form_templates.editing import value_at


@dataclass(frozen=True)
class Sheet:
    """A draft by places (``dimensions.D1.maximum``)."""

    data: Mapping[str, Any]
    rule_version: str

    def value(self, name: str) -> str:
        """What stands at a place, as it is typed."""
        found = value_at(self.data, name)
        if isinstance(found, list):
            return "\n".join(line_of(one) for one in found)
        if isinstance(found, Mapping):
            return f"{found['field']}={found['equals']}"
        if isinstance(found, float | Decimal):
            return f"{Decimal(str(found)).normalize():f}"
        return "" if found is None else str(found)

    def ticked(self, name: str, choice: str = "") -> bool:
        found = value_at(self.data, name)
        return choice in found if isinstance(found, list) else bool(found)

    def items(self, dimension: str) -> list[str]:
        """The codes of a dimension's deductions."""
        return sorted(code for code in self.data["items"] if dimension_of(code) == dimension)

    @property
    def fields(self) -> list[str]:
        return sorted(self.data["fields"], key=field_order)

    @property
    def total(self) -> str:
        """The sum of the maxima, as far as they are numbers."""
        maxima = [one["maximum"] for one in self.data["dimensions"].values()]
        numbers = [Decimal(str(one)) for one in maxima if isinstance(one, int | float | Decimal)]
        return f"{sum(numbers, Decimal(0)).normalize():f}"

    @property
    def vetoes(self) -> list[str]:
        """Veto codes that can be proposed with a deduction."""
        known = load_catalogue(self.rule_version).vetoes
        return [code for code, one in known.items() if not one.alone]


def line_of(one: Any) -> str:
    return "|".join((one["value"], one["zh"], one["en"])) if isinstance(one, Mapping) else str(one)


def anchor(place: str) -> str:
    """The element of the editor that stands for the place of a problem."""
    return "-".join(place.replace("[", ".").replace("]", "").split(".")[:2])
