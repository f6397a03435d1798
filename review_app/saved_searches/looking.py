"""Running a saved search: everything it finds now, and which of it its owner was never told of.

New is what no earlier run found, in any version: every run compares all it finds with all that was ever found. No mark
of time or number is trusted instead, because cases come with old dates, become readable later, are missing while an
index is restored, and change their place when it is built anew.
"""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from review_app.errors import N_, ReviewError
from review_app.precedents.library import EVERYONES, Asked, query_of
from review_app.precedents.queries import find_precedent, readable_filters
from review_app.precedents.rules import can_read_precedent
from review_app.precedents.similar import asked_like, asked_like_case
from review_app.saved_searches.known import unpack
from review_app.saved_searches.models import SavedSearch
from review_app.saved_searches.queries import ledger_of, rows_of, versions_of
from review_app.saved_searches.questions import Kept, from_json, kept, reading_of
from search_index.engine import (
    MOST_HITS,
    CursorUnreadable,
    Filter,
    Hit,
    IndexBusy,
    IndexOutdated,
    SearchEngine,
    SortBy,
)
from search_index.query import QueryProblem

log = logging.getLogger(__name__)

NOT_NOW = N_("案例库索引暂时不能检索。平台会自动重试，持续出现时请联系系统管理员。")

UNKNOWN = N_("这项检索由另一版本的平台保存，现在无法读取检索条件。请重新检索，并用新的条件更新这项检索。")

NOTHING_LIKE = N_("评查项目的事实、理由和诉求还没有内容，无法据此查找相似案例。请先登记，或者修改检索条件。")

NO_CASE = N_("用来查找相似案例的那件案例，您现在不能查阅。请修改检索条件。")


class CannotRun(ReviewError):
    """The search cannot be run as things are; the sentence says why."""


@dataclass(frozen=True)
class Found:
    """One version of a case that was found."""

    precedent_id: int
    identity: str
    version: int


@dataclass(frozen=True)
class Look:
    """What a run found: how many cases in all, every id ever found, the cases that are new, and newer versions of
    cases that are not."""

    total: int
    known: frozenset[int]
    new: tuple[Found, ...]
    renewed: tuple[Found, ...]
    reading: str


def look(session: Session, engine: SearchEngine, search: SavedSearch, question: Kept | None = None) -> Look:
    """Run a saved search, or another ``question`` in its place, with the rights its owner has now. Raises CannotRun;
    changes nothing."""
    question = question or question_of(search)
    known = unpack(search.known)
    try:
        hits = every_hit(engine, with_text(session, question, search), filters_for(session, search))
        reading = reading_of(question)
    except QueryProblem as problem:
        raise CannotRun(problem.sentence, **problem.facts) from problem
    except (IndexBusy, IndexOutdated, CursorUnreadable, OSError, ValueError) as problem:
        log.warning("saved search %s cannot be run: %s", search.id, problem)
        raise CannotRun(NOT_NOW) from problem
    fresh = unknown_cases(session, hits, known)
    identities = {one.identity for one in fresh}
    before = {identity for row_id, identity in versions_of(session, identities) if row_id in known}
    ledger = {identity: hit.version for identity, hit in ledger_of(session, search, identities).items()}
    new, renewed = sort_out(fresh, before, ledger)
    return Look(len(hits), known | {one.precedent_id for one in fresh}, new, renewed, reading)


def question_of(search: SavedSearch) -> Kept:
    """What is asked. Raises CannotRun when another version of the program stored it in a way unknown here."""
    try:
        return from_json(search.question)
    except ValueError as problem:
        raise CannotRun(UNKNOWN) from problem


def with_text(session: Session, question: Kept, search: SavedSearch) -> Asked:
    """What is asked now: cases like the review are looked for with the review's present words, cases like a case of the
    library with its text, as long as the owner may read it."""
    asked = question.asked
    if question.similar and search.review is not None:
        asked = asked_like(asked, search.review)
    elif question.like_case is not None:
        precedent = find_precedent(session, question.like_case)
        if precedent is None or not can_read_precedent(search.owner, precedent):
            raise CannotRun(NO_CASE)
        asked = asked_like_case(asked, precedent)
    if not asked.like and kept(asked).is_empty:
        raise CannotRun(NOTHING_LIKE)
    return asked


def filters_for(session: Session, search: SavedSearch) -> tuple[Filter, ...]:
    """What the owner may read; a review's search keeps to what everyone may read, as all searches for a review."""
    return EVERYONES if search.review is not None else readable_filters(session, search.owner)


def every_hit(engine: SearchEngine, asked: Asked, readable: tuple[Filter, ...]) -> dict[int, Hit]:
    """Everything found, page after page, by the id of its row."""
    return {int(hit.key): hit for hit in walked(engine, asked, readable)}


def walked(engine: SearchEngine, asked: Asked, readable: tuple[Filter, ...]) -> Iterator[Hit]:
    query, _ = query_of(asked, readable=readable, limit=MOST_HITS)
    query = replace(query, sort=(SortBy("tier"),), facets=(), lifts=(), snippets=0)
    while True:
        page = engine.search(query)
        yield from page.hits
        if page.after is None:
            return
        query = replace(query, cursor=page.after)


def unknown_cases(session: Session, hits: Mapping[int, Hit], known: Collection[int]) -> list[Found]:
    """The hits that were never found before. A hit whose text is not the stored one (an index restored from another
    time) waits until the index has caught up."""
    rows = rows_of(session, hits.keys() - known)
    return [
        Found(row_id, identity, version)
        for row_id, identity, version, sha256 in rows
        if hits[row_id].version == sha256
    ]


def sort_out(
    fresh: Sequence[Found], before: Collection[str], ledger: Mapping[str, int]
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Which of the versions found for the first time are new cases, and which are newer versions of known ones.

    ``before`` are the identities of which some version was found by an earlier run, ``ledger`` the version that the
    ledger names for an identity.
    """
    newest: dict[str, Found] = {}
    for one in sorted(fresh, key=lambda found: (found.version, found.precedent_id)):
        newest[one.identity] = one
    known = {*before, *ledger}
    ordered = sorted(newest.values(), key=lambda found: found.precedent_id)
    new = tuple(one for one in ordered if one.identity not in known)
    renewed = tuple(
        one for one in ordered if one.identity in known and one.version > ledger.get(one.identity, 0)
    )
    return new, renewed
