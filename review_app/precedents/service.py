"""Taking cases into the library and the index; keeping searches for a review; writing and signing its report."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.precedents.drafts import Draft
from review_app.precedents.library import Answered, Asked, as_document
from review_app.precedents.models import Precedent, PrecedentReport, PrecedentReportHit, PrecedentSearch
from review_app.precedents.queries import corpora, report_of, searches_for
from review_app.precedents.rules import can_record_search, can_write_report
from review_app.precedents.states import ASPECT_LABELS, Conclusion, Likeness
from review_app.reviews.models import CaseReview
from search_index.engine import SearchEngine

INDEX_BATCH = 500
MOST_HITS = 30  # cases compared in one report
LONGEST_NOTE = 4_000


@dataclass(frozen=True)
class Taken:
    """How many drafts were new cases, new versions of known cases, or already there word for word."""

    added: int = 0
    renewed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.added + other.added, self.renewed + other.renewed, self.unchanged + other.unchanged)


def take_in(session: Session, drafts: Sequence[Draft], *, by: Person | None, now: datetime) -> Taken:
    """Store cases. A text that is there already changes nothing; a known case with another text becomes its next
    version. ``by`` is empty when the operator imports from the command line."""
    identities = {draft.identity for draft in drafts}
    rows = session.scalars(
        select(Precedent).where(Precedent.identity.in_(identities)).order_by(Precedent.version)
    )
    versions: dict[str, list[Precedent]] = {}
    for row in rows:
        versions.setdefault(row.identity, []).append(row)
    taken = Taken()
    for draft in drafts:
        taken += take_one(session, draft, versions.setdefault(draft.identity, []), by=by, now=now)
    session.flush()
    return taken


def take_one(
    session: Session, draft: Draft, known: list[Precedent], *, by: Person | None, now: datetime
) -> Taken:
    if any(version.text_sha256 == draft.text_sha256 for version in known):
        return Taken(unchanged=1)
    added = stored(draft, version=len(known) + 1, by=by, now=now)
    for earlier in known:
        if earlier.superseded_at is None:
            earlier.superseded_at, earlier.indexed_at = now, None
    known.append(added)
    session.add(added)
    return Taken(renewed=1) if added.version > 1 else Taken(added=1)


def stored(draft: Draft, *, version: int, by: Person | None, now: datetime) -> Precedent:
    return Precedent(
        identity=draft.identity, version=version, source_tier=draft.source_tier, title=draft.title,
        case_no=draft.case_no, organ=draft.organ, doc_type=draft.doc_type, decided_on=draft.decided_on, year=draft.year,
        causes=list(draft.causes), issues=list(draft.issues), holding=draft.holding, law_refs=list(draft.law_refs),
        outcome=draft.outcome, keywords=list(draft.keywords), sections=draft.sections, text=draft.text,
        text_sha256=draft.text_sha256, licence_note=draft.licence_note, created_at=now,
        created_by_id=by.id if by else None,
    )  # fmt: skip


def record_import(
    session: Session, taken: Taken, refused: int, *, source: str, by: Person | None, now: datetime
) -> None:
    """One row in the audit log for an import as a whole; ``source`` is the name of the file or folder."""
    after = {"added": taken.added, "renewed": taken.renewed, "unchanged": taken.unchanged, "refused": refused}
    record(session, action="precedents.import", subject=f"import:{source}", by=by, now=now, after=after)


def catch_up_index(session: Session, engine: SearchEngine, *, now: datetime, most: int = INDEX_BATCH) -> int:
    """Bring up to ``most`` changed cases into the index, or out of it, and tell how many it was.

    The index is written before the rows are marked: if this dies in between, the same cases are written again, which
    changes nothing.
    """
    waiting = select(Precedent).where(Precedent.indexed_at.is_(None)).order_by(Precedent.id).limit(most)
    rows = list(session.scalars(waiting))
    if not rows:
        return 0
    engine.write(
        put=[as_document(row) for row in rows if row.superseded_at is None],
        remove=[str(row.id) for row in rows if row.superseded_at is not None],
    )
    for row in rows:
        row.indexed_at = now
    session.flush()
    return len(rows)


def mark_lost(session: Session, engine: SearchEngine) -> int:
    """Mark for indexing again what the index should hold and does not (an index folder that was lost or restored from
    an old copy); how many cases that are."""
    held = select(Precedent.id, Precedent.text_sha256).where(
        Precedent.superseded_at.is_(None), Precedent.indexed_at.is_not(None)
    )
    wanted = {str(precedent_id): sha256 for precedent_id, sha256 in session.execute(held)}
    present = engine.versions(wanted)
    lost = [int(key) for key, sha256 in wanted.items() if present.get(key) != sha256]
    for first in range(0, len(lost), INDEX_BATCH):
        some = lost[first : first + INDEX_BATCH]
        session.execute(update(Precedent).where(Precedent.id.in_(some)).values(indexed_at=None))
    return len(lost)


def keep_search(
    session: Session,
    review: CaseReview,
    asked: Asked,
    answered: Answered,
    *,
    generation: str,
    by: Person,
    now: datetime,
) -> PrecedentSearch:
    """Keep a search for the report of a review: what was asked, of which library, and what came on this page."""
    if not can_record_search(by, review):
        raise NotAllowed
    if not asked.q.strip() and not asked.like and not asked.chosen:
        raise ReviewError(N_("请先输入检索词或者选择筛选条件，再记入本案。"))
    held = corpora(session)
    kept = PrecedentSearch(
        review_id=review.id,
        round=review.round,
        query=asked.q.strip(),
        is_similar=bool(asked.like),
        filters=plain_filters(asked),
        synonyms=[f"{synonym.typed}={'、'.join(synonym.others)}" for synonym in answered.synonyms],
        corpora=held,
        corpus_version=f"{sum(held.values())}/{generation}",
        total=answered.page.total,
        shown=[int(hit.key) for hit in answered.page.hits],
        created_at=now,
        created_by_id=by.id,
    )
    session.add(kept)
    session.flush()
    after = {"total": kept.total, "query_sha256": hashlib.sha256(kept.query.encode()).hexdigest()}
    record(
        session,
        action="precedents.keep_search",
        subject=kept,
        by=by,
        now=now,
        after=after,
        review_id=review.id,
    )
    return kept


def plain_filters(asked: Asked) -> dict[str, object]:
    chosen: dict[str, object] = {name: list(values) for name, values in asked.chosen.items() if values}
    if asked.year_from is not None or asked.year_to is not None:
        chosen["years"] = [asked.year_from, asked.year_to]
    return chosen | {"sort": asked.sort}


def drop_search(
    session: Session, review: CaseReview, kept: PrecedentSearch, *, by: Person, now: datetime
) -> None:
    """Take a search of one's own out of the report; its row is kept."""
    if not can_record_search(by, review) or kept.created_by_id != by.id:
        raise NotAllowed
    kept.removed_at = now
    record(session, action="precedents.drop_search", subject=kept, by=by, now=now, review_id=review.id)


def open_report(session: Session, review: CaseReview, *, by: Person, now: datetime) -> PrecedentReport:
    """The report that can be written now; begins one when there is none or the last one is signed."""
    if not can_write_report(by, review):
        raise NotAllowed
    latest = report_of(session, review)
    if latest is not None and latest.signed_at is None:
        return latest
    report = PrecedentReport(
        review_id=review.id,
        round=review.round,
        number=latest.number + 1 if latest else 1,
        hits=[copied(hit, by=by, now=now) for hit in latest.hits] if latest else [],
        created_at=now,
        created_by_id=by.id,
    )
    session.add(report)
    session.flush()
    record(session, action="precedents.open_report", subject=report, by=by, now=now, review_id=review.id)
    return report


def copied(hit: PrecedentReportHit, *, by: Person, now: datetime) -> PrecedentReportHit:
    return PrecedentReportHit(
        precedent_id=hit.precedent_id, facts_like=hit.facts_like, issues_like=hit.issues_like, law_like=hit.law_like,
        result_like=hit.result_like, note=hit.note, created_at=now, created_by_id=by.id,
    )  # fmt: skip


def choose_hit(
    session: Session, review: CaseReview, precedent: Precedent, *, by: Person, now: datetime
) -> PrecedentReportHit:
    """Put a case into the comparison table; one that is there already is given back."""
    report = open_report(session, review, by=by, now=now)
    for hit in report.hits:
        if hit.precedent_id == precedent.id:
            return hit
    if len(report.hits) >= MOST_HITS:
        raise ReviewError(N_("一份报告最多比较%(most)s件案例。请先移除不相关的案例。"), most=MOST_HITS)
    hit = PrecedentReportHit(precedent=precedent, created_at=now, created_by_id=by.id)
    report.hits.append(hit)
    session.flush()
    after = {"precedent": precedent.id, "sha256": precedent.text_sha256}
    record(
        session, action="precedents.choose_hit", subject=hit, by=by, now=now, after=after, review_id=review.id
    )
    return hit


def remove_hit(
    session: Session, review: CaseReview, hit: PrecedentReportHit, *, by: Person, now: datetime
) -> None:
    """Take a case out of an unsigned report's comparison table."""
    must_be_open(review, hit.report, by)
    after = {"precedent": hit.precedent_id}
    record(
        session, action="precedents.remove_hit", subject=hit, by=by, now=now, after=after, review_id=review.id
    )
    hit.report.hits.remove(hit)
    session.flush()


def compare_hit(
    session: Session,
    review: CaseReview,
    hit: PrecedentReportHit,
    *,
    facts: Likeness | None,
    issues: Likeness | None,
    law: Likeness | None,
    result: Likeness | None,
    note: str,
    seen: int | None = None,
    by: Person,
    now: datetime,
) -> None:
    """Say how a found case compares with the case under review, aspect by aspect. ``seen`` is the ``row_version`` the
    person had before them; when somebody saved meanwhile, EditConflict carries what."""
    must_be_open(review, hit.report, by)
    if seen is not None and seen != hit.row_version:
        raise EditConflict(theirs={name: getattr(hit, name) for name in (*ASPECT_LABELS, "note")})
    hit.facts_like, hit.issues_like, hit.law_like, hit.result_like = facts, issues, law, result
    hit.note = short(note)
    record(session, action="precedents.compare_hit", subject=hit, by=by, now=now, review_id=review.id)


def conclude(
    session: Session,
    review: CaseReview,
    report: PrecedentReport,
    *,
    conclusion: Conclusion,
    explanation: str,
    seen: int | None = None,
    by: Person,
    now: datetime,
) -> None:
    """Write the conclusion of an unsigned report. ``seen`` is the ``row_version`` the person had before them, empty
    when there was no report yet; when somebody concluded meanwhile, EditConflict carries what."""
    must_be_open(review, report, by)
    if report.conclusion is not None and seen != report.row_version:
        raise EditConflict(theirs={"conclusion": report.conclusion, "explanation": report.explanation})
    report.conclusion, report.explanation = conclusion, short(explanation)
    record(session, action="precedents.conclude", subject=report, by=by, now=now, review_id=review.id)


def sign_report(
    session: Session, review: CaseReview, report: PrecedentReport, *, by: Person, now: datetime
) -> PrecedentReport:
    """Sign the report: from now on it never changes, and its hash is in the audit log.

    It needs at least one kept search, a conclusion with an explanation, and every chosen case compared; without any
    case only the conclusion that none was found is possible.
    """
    must_be_open(review, report, by)
    searches = searches_for(session, review, by)
    complete(report, searches)
    report.content = content_of(report, searches)
    report.content_sha256 = hashlib.sha256(report.content.encode()).hexdigest()
    report.signed_by_id, report.signed_at = by.id, now
    after = {"content_sha256": report.content_sha256, "conclusion": str(report.conclusion)}
    record(
        session,
        action="precedents.sign_report",
        subject=report,
        by=by,
        now=now,
        after=after,
        review_id=review.id,
    )
    return report


def complete(report: PrecedentReport, searches: Sequence[PrecedentSearch]) -> None:
    if not searches:
        raise ReviewError(N_("报告还没有检索记录。请检索并把检索记入本案。"))
    if report.conclusion is None or not report.explanation.strip():
        raise ReviewError(N_("请选择检索结论并说明理由，保存后再签名。"))
    uncompared = [hit.precedent.title for hit in report.hits if not hit.is_compared]
    if uncompared:
        raise ReviewError(N_("案例“%(title)s”还没有逐项比较。请填写后再签名。"), title=uncompared[0])
    if (report.conclusion is Conclusion.NONE) != (not report.hits):
        raise ReviewError(
            N_("检索结论与案例清单不一致：选“未检索到类案”时清单应为空，选其他结论时清单至少有一件。")
        )


def content_of(report: PrecedentReport, searches: Sequence[PrecedentSearch]) -> str:
    """The whole report as canonical JSON, as it is signed and printed."""
    content = {
        "number": report.number,
        "searches": [
            {
                "query": search.query,
                "similar": search.is_similar,
                "filters": search.filters,
                "synonyms": search.synonyms,
                "at": search.created_at.isoformat(),
                "searcher": search.searcher.name,
                "corpora": search.corpora,
                "corpus_version": search.corpus_version,
                "total": search.total,
                "shown": search.shown,
            }
            for search in searches
        ],
        "hits": [
            {
                "precedent": hit.precedent_id,
                "sha256": hit.precedent.text_sha256,
                "tier": str(hit.precedent.source_tier),
                "title": hit.precedent.title,
                "case_no": hit.precedent.case_no,
                "organ": hit.precedent.organ,
                "facts": hit.facts_like,
                "issues": hit.issues_like,
                "law": hit.law_like,
                "result": hit.result_like,
                "note": hit.note,
            }
            for hit in report.hits
        ],
        "conclusion": report.conclusion,
        "explanation": report.explanation,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def must_be_open(review: CaseReview, report: PrecedentReport, by: Person) -> None:
    if not can_write_report(by, review) or report.review_id != review.id:
        raise NotAllowed
    if report.signed_at is not None:
        raise ReviewError(N_("报告已经签名，不能再改。需要补充时请另起一份新的报告。"))


def short(text: str) -> str:
    if len(text) > LONGEST_NOTE:
        raise ReviewError(N_("说明最多%(most)s个字。请删减后再保存。"), most=LONGEST_NOTE)
    return text.strip()
