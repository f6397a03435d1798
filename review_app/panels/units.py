"""Organisations compared by identity in their tree, never by the letters of their names."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COMPANY_ENDS = ("有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "公司")
WITHOUT_LEVEL = frozenset({"LAW_FIRM", "UNIVERSITY"})


@dataclass(frozen=True)
class Unit:
    """One organisation: `parent` is the next higher organ or the organ of which it is a division."""

    id: str
    parent: str | None = None
    kind: str = ""
    level: str = ""
    system: str = ""


def plain_body(name: str) -> str:
    """One way of writing the name of a firm or company: no brackets, no spaces, one word for its legal form.

    海岱建材（渤宁）有限责任公司 and 海岱建材(渤宁)有限公司 are one; a branch keeps what it adds.
    """
    plain = re.sub(r"[\s()\[\]〔〕·]", "", unicodedata.normalize("NFKC", name)).casefold()
    for end in COMPANY_ENDS:
        if plain.endswith(end):
            return plain.removesuffix(end) + "公司"
    return plain


def is_division(unit: Unit, above: Unit) -> bool:
    """Whether a unit is a part of the one above it rather than an organ of its own.

    Unknown kinds and levels prove nothing; only law firms and universities carry no level.
    """
    if not unit.kind or unit.kind != above.kind or unit.level != above.level:
        return False
    return bool(unit.level) or unit.kind in WITHOUT_LEVEL


@dataclass(frozen=True)
class UnitTree:
    """All organisations a check needs, by id."""

    units: Mapping[str, Unit]

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "UnitTree":
        """The tree made of these units."""
        return cls({unit.id: unit for unit in units})

    def get(self, unit_id: str | None) -> Unit | None:
        """The unit, or None when the id is empty or unknown."""
        return self.units.get(unit_id) if unit_id else None

    def organ_of(self, unit_id: str) -> str:
        """The organ to which a unit belongs: up while the parent is of the same kind and level.

        A people's tribunal (派出法庭) belongs to its court; a court does not belong to the higher
        court, nor a bureau to the government above it, because kind or level differ.
        """
        seen = {unit_id}
        unit = self.get(unit_id)
        while unit is not None and (above := self.get(unit.parent)) is not None:
            if above.id in seen or not is_division(unit, above):
                break
            seen.add(above.id)
            unit = above
        return unit.id if unit is not None else unit_id

    def same_organ(self, one: str | None, other: str | None) -> bool:
        """Whether both ids are known to belong to one organ; an empty id belongs to none."""
        return bool(one and other) and self.organ_of(str(one)) == self.organ_of(str(other))

    def system_of(self, unit_id: str | None) -> str:
        """The system (法院, 检察, 公安 …) of a unit; empty when unknown."""
        unit = self.get(unit_id)
        return unit.system if unit is not None else ""
