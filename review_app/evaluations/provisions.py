"""Provisions as the catalogue names them, taken apart into law, version and article."""

import re
from dataclasses import dataclass

NAMED = re.compile(r"(?P<law>.+?)(?:（(?P<version>\d{4})）)?(?P<article>第[\d、至之—–-]+条.*)")


@dataclass(frozen=True)
class Provision:
    """One provision; ``version`` is the year of the law's text, empty when the catalogue names none."""

    law: str
    version: str
    article: str

    @property
    def words(self) -> str:
        version = f"（{self.version}）" if self.version else ""
        return f"{self.law}{version}{self.article}"


def provision_of(words: str) -> Provision:
    """``民事诉讼法（2023）第211条第（二）项`` in its three parts; what has no article stays a law."""
    found = NAMED.fullmatch(words)
    if found is None:
        return Provision(words, "", "")
    return Provision(found["law"], found["version"] or "", found["article"])


# procedural codes that do not govern the cases of a template; the general one leaves every provision open
FOREIGN_CODES = {
    "CRIM": ("民事诉讼法", "行政诉讼法"),
    "POL": ("民事诉讼法", "行政诉讼法"),
    "CIV": ("刑事诉讼法", "行政诉讼法"),
    "EXE": ("刑事诉讼法", "行政诉讼法"),
    "ADM": ("刑事诉讼法", "民事诉讼法"),
}


def governs(provision: Provision, template: str) -> bool:
    """Whether a provision may be suggested on a form of ``template``: no other procedure's code, nor an
    interpretation of it. It limits suggestions only; an expert cites what he finds right."""
    return not any(code in provision.law for code in FOREIGN_CODES.get(template, ()))
