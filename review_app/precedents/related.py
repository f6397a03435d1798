"""Cases that have to do with a case: those it names and those that name it by number, and those that rest on the same
articles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from review_app.accounts.models import Person
from review_app.precedents.models import IN_FORCE, Precedent
from review_app.precedents.queries import readable_by
from search_index.engine import Filter, OneOf, Query, SearchEngine, SortBy
from search_index.tree import And, Not, Phrase

SHOWN = 5
_TELLS = re.compile(r"\d.*号")  # a case number names its case: digits and 号


@dataclass(frozen=True)
class CitedBy:
    """How many cases name a case by its number, the newest of them, and the query that finds them all."""

    total: int
    ids: tuple[int, ...]
    query: str


def listed(session: Session, ids: Iterable[int]) -> dict[int, Precedent]:
    """The rows of these ids for a list: their texts, which may be long, are not loaded."""
    rows = select(Precedent).where(Precedent.id.in_(list(ids))).options(defer(Precedent.text))
    return {precedent.id: precedent for precedent in session.scalars(rows)}


def cases_numbered(session: Session, numbers: Iterable[str], person: Person) -> dict[str, Precedent]:
    """The cases in force that the person may read, by their number in the spelling of
    ``search_index.citations.case_numbers_in``; numbers of several cases are left out, since none of them is meant."""
    spellings = {spelling: number for number in numbers for spelling in spellings_of(number)}
    rows = (
        select(Precedent)
        .where(Precedent.case_no.in_(spellings), IN_FORCE, readable_by(person))
        .options(defer(Precedent.text))
    )
    found: dict[str, list[Precedent]] = {}
    for precedent in session.scalars(rows):
        found.setdefault(spellings[precedent.case_no], []).append(precedent)
    return {number: same[0] for number, same in found.items() if len(same) == 1}


def spellings_of(number: str) -> tuple[str, ...]:
    """A case number with each of the brackets it is written with."""
    return tuple(
        number.replace("(", left).replace(")", right) for left, right in ("()", "（）", "〔〕", "[]")
    )


def cited_by(engine: SearchEngine, precedent: Precedent, readable: tuple[Filter, ...]) -> CitedBy:
    """The cases within ``readable`` whose text has the case's number, the case itself and its own kind left out."""
    number = precedent.case_no.strip()
    if not _TELLS.search(number):
        return CitedBy(0, (), "")
    naming = And((Phrase(number, "text"), Not(Phrase(number, "case_no"))))
    found = engine.search(
        Query(
            tree=naming,
            filters=readable,
            sort=(SortBy("decided_on", descending=True), SortBy("year", descending=True)),
            limit=SHOWN,
            snippets=0,
        )
    )
    return CitedBy(found.total, tuple(int(hit.key) for hit in found.hits), f"“{number}” 非 文号:“{number}”")


def sharing_laws(engine: SearchEngine, precedent: Precedent, readable: tuple[Filter, ...]) -> dict[str, int]:
    """For each article the case rests on, how many other cases within ``readable`` rest on it too."""
    laws = tuple(precedent.law_refs)
    if not laws:
        return {}
    asked = Query(
        filters=(*readable, OneOf("law", laws)), facets=("law",), facet_values=5_000, limit=1, snippets=0
    )
    counts = {count.value: count.hits for count in engine.search(asked).facets[0].counts}
    itself = 1 if precedent.is_found else 0
    return {law: max(0, counts.get(law, 0) - itself) for law in laws}
