"""Keeping searches for a review; writing and signing its similar-case report."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.precedents.library import Answered, Asked
from review_app.precedents.models import Precedent, PrecedentReport, PrecedentReportHit, PrecedentSearch
from review_app.precedents.queries import corpora, read_by_everyone, report_of, searches_for
from review_app.precedents.rules import can_record_search, can_write_report
from review_app.precedents.states import ASPECT_LABELS, Audience, Conclusion, Likeness
from review_app.reviews.models import CaseReview

MOST_HITS = 30  # cases compared in one report
LONGEST_NOTE = 4_000


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
    held = corpora(session, read_by_everyone())
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
    if precedent.audience is not Audience.EVERYONE:
        raise ReviewError(N_("这件案例仅限办公室和原评查组专家查阅，不能列入其他评查的报告。"))
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
