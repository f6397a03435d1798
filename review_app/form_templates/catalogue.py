"""The catalogue of deductions (扣分项) and of veto-class findings (一票否决项), one file per version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from review_app.errors import N_, ReviewError
from review_app.rulebook.reading import InvalidData, Problem, parse_yaml, problem, read
from review_app.rulebook.rules import CURRENT, DIMENSIONS, SEVERITIES


@dataclass(frozen=True)
class CatalogueItem:
    """A deduction that may be chosen. ``severity`` is its usual one, ``may_rise_to`` others a reviewer may
    choose; ``veto`` the veto codes that may be proposed with it; ``law`` typical provisions."""

    zh: str
    en: str
    severity: str
    templates: tuple[str, ...]
    may_rise_to: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    law: tuple[str, ...] = ()


@dataclass(frozen=True)
class VetoItem:
    """``alone``: proposed without a deduction; ``documentary``: proved by an effective document, no vote."""

    zh: str
    en: str
    law: str
    alone: bool = False
    documentary: bool = False


@dataclass(frozen=True)
class Catalogue:
    version: str
    deductions: Mapping[str, CatalogueItem]
    vetoes: Mapping[str, VetoItem]

    def for_template(self, template: str) -> dict[str, CatalogueItem]:
        """The deductions that may be chosen in ``template``, by code, in order."""
        return {code: item for code, item in self.deductions.items() if template in item.templates}

    def severities(self, code: str) -> tuple[str, ...]:
        """The severities a deduction may be given: its usual one, higher ones where the catalogue says so,
        and S0 (record only: the law was unclear, or changed, or evidence is new)."""
        item = self.deductions[code]
        return tuple(dict.fromkeys((item.severity, *item.may_rise_to, "S0")))


def dimension_of(code: str) -> str:
    """D4 of D4-12."""
    return code.split("-")[0]


@cache
def load(version: str = CURRENT) -> Catalogue:
    """The catalogue of ``version``. Raises :class:`ReviewError` when there is none or its file is wrong."""
    file = resources.files("review_app.form_templates") / "data" / f"catalogue-{version}.yaml"
    if "/" in version or not file.is_file():
        raise ReviewError(N_("没有版本为“%(version)s”的扣分项目录。"), version=version[:40])
    return read_catalogue(parse_yaml(file.read_text("utf-8")))


def read_catalogue(data: object) -> Catalogue:
    catalogue = read(Catalogue, data)
    if problems := list(impossible_items(catalogue)):
        raise InvalidData(problems)
    return catalogue


def impossible_items(catalogue: Catalogue) -> Iterator[Problem]:
    for code, item in catalogue.deductions.items():
        path = f"deductions.{code}"
        if dimension_of(code) not in DIMENSIONS:
            yield problem("dimension", path, N_("编号应当以所属维度开头，例如D4-12。"))
        if not {item.severity, *item.may_rise_to} <= set(SEVERITIES):
            yield problem("severity", path, N_("严重程度应当是S0至S4之一。"))
        if not set(item.veto) <= set(catalogue.vetoes):
            yield problem("veto", f"{path}.veto", N_("否决项目录中没有这个编号。"))
