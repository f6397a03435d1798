"""The whole similar-case report as content, what it still lacks, and its signature: content, file and hash kept for
good."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.documents import service as documents
from review_app.documents.content import OfficialDocument
from review_app.documents.models import Document
from review_app.documents.office import office
from review_app.documents.states import CopyKind, DocumentKind, DocumentState
from review_app.errors import N_, ReviewError
from review_app.precedents.models import (
    PrecedentReport,
    PrecedentReportHit,
    PrecedentSearch,
    PrecedentSubmission,
)
from review_app.precedents.printing import TITLE, report_document
from review_app.precedents.queries import searches_for, signed_report_of
from review_app.precedents.reporting import must_be_open
from review_app.precedents.states import TIER_LABELS, Conclusion
from review_app.precedents.tiers import is_recent, tiers_searched
from review_app.reviews.models import CaseReview


def sign_report(
    session: Session, review: CaseReview, report: PrecedentReport, *, by: Person, now: datetime
) -> PrecedentReport:
    """Sign the report: content and file never change from now on, their hashes are in the audit log, and an earlier
    report's file is void.

    It needs at least one kept search, every tier searched or left out with a reason, a conclusion with an explanation,
    every chosen case compared, guiding cases followed or the reason why not, and a response to submitted guiding
    cases; without any case only the conclusion that none was found is possible.
    """
    must_be_open(review, report, by)
    searches = searches_for(session, review, by)
    complete(report, searches)
    earlier = signed_report_of(session, review)
    content = content_of(review, report, searches, now=now)
    report.content = canonical(content)
    report.content_sha256 = hashlib.sha256(report.content.encode()).hexdigest()
    report.signed_by_id, report.signed_at = by.id, now
    signed = {"name": by.name, "at": now.isoformat(), "sha256": report.content_sha256}
    report.document = kept_document(session, review, report, {**content, "signed": signed}, by=by, now=now)
    if earlier is not None and earlier.document is not None:
        documents.void(session, earlier.document, reason="已由另起的类案检索报告替代。", by=by, now=now)
    after = {"content_sha256": report.content_sha256, "conclusion": str(report.conclusion)}
    record(
        session, action="precedents.sign_report", subject=report, by=by, now=now, after=after, review_id=review.id
    )  # fmt: skip
    return report


def kept_document(
    session: Session,
    review: CaseReview,
    report: PrecedentReport,
    content: dict[str, Any],
    *,
    by: Person,
    now: datetime,
) -> Document:
    """The file of the signed content, written and kept once."""
    document = documents.draft_document(
        session,
        kind=DocumentKind.PRECEDENT_REPORT,
        review_id=review.id,
        round=review.round,
        title=TITLE,
        by=by,
        now=now,
    )
    documents.lock_content(document, content)
    documents.step(session, document, DocumentState.CHECKED, by=by, now=now)
    documents.sign(session, document, content_sha256=report.content_sha256, by=by, now=now)
    documents.step(session, document, DocumentState.SIGNED, by=by, now=now)
    documents.keep_copy(session, document, CopyKind.INTERNAL, report_document(content), by=by, now=now)
    document.released_at = now
    documents.step(session, document, DocumentState.RELEASED, by=by, now=now)
    return document


def draft_document(
    session: Session, review: CaseReview, report: PrecedentReport, *, by: Person, now: datetime
) -> OfficialDocument:
    """The report as it stands, not signed."""
    return report_document(content_of(review, report, searches_for(session, review, by), now=now))


def complete(report: PrecedentReport, searches: Sequence[PrecedentSearch]) -> None:
    """ReviewError for the first thing that is missing."""
    if not searches:
        raise ReviewError(N_("报告还没有检索记录。请检索并把检索记入本案。"))
    for tier in tiers_searched(searches, report):
        if tier.is_open:
            raise ReviewError(
                N_("“%(tier)s”没有检索。请检索这一层级，或者写明不检索的理由。"), tier=TIER_LABELS[tier.tier]
            )
    if report.conclusion is None or not report.explanation.strip():
        raise ReviewError(N_("请选择检索结论并说明理由，保存后再签名。"))
    for hit in report.hits:
        compared(hit)
    if (report.conclusion is Conclusion.NONE) != (not report.hits):
        raise ReviewError(
            N_("检索结论与案例清单不一致：选“未检索到类案”时清单应为空，选其他结论时清单至少有一件。")
        )
    for each in report.submissions:
        if each.is_guiding and not each.response.strip():
            raise ReviewError(
                N_("提交的指导性案例“%(named)s”还没有回应。请写明是否参照和理由。"), named=each.named
            )


def compared(hit: PrecedentReportHit) -> None:
    title = hit.precedent.title
    if not hit.is_compared:
        raise ReviewError(N_("案例“%(title)s”还没有逐项比较。请填写后再签名。"), title=title)
    if hit.must_be_answered and hit.followed is None:
        raise ReviewError(N_("“%(title)s”是指导性案例。请写明参照，或者不参照及其理由。"), title=title)
    if hit.must_be_answered and not hit.followed and not (hit.departure or "").strip():
        raise ReviewError(N_("指导性案例“%(title)s”不予参照的，应当写明理由。"), title=title)


def content_of(
    review: CaseReview, report: PrecedentReport, searches: Sequence[PrecedentSearch], *, now: datetime
) -> dict[str, Any]:
    """The whole report as plain values, as it is signed and printed; ``signed`` is empty in it."""
    case = review.legal_case
    return {
        "number": report.number,
        "office": office().name,
        "review": {
            "review_no": review.review_no or "", "case_no": case.case_no, "cause": case.cause,
            "organ": case.reviewed_org.name,
        },
        "searches": [plain_search(search) for search in searches],
        "tiers": [
            {"tier": str(row.tier), "searches": row.searches, "found": row.found, "reason": row.reason}
            for row in tiers_searched(searches, report)
        ],
        "hits": [plain_hit(hit, now=now) for hit in report.hits],
        "submissions": [plain_submission(each) for each in report.submissions],
        "conclusion": report.conclusion,
        "explanation": report.explanation,
        "signed": None,
    }  # fmt: skip


def plain_search(search: PrecedentSearch) -> dict[str, Any]:
    return {
        "query": search.query, "similar": search.is_similar, "filters": search.filters, "synonyms": search.synonyms,
        "boost": search.boost, "at": search.created_at.isoformat(), "searcher": search.searcher.name,
        "corpora": search.corpora, "corpus_version": search.corpus_version, "tools": search.tools,
        "tiers": search.tiers, "total": search.total, "shown": search.shown,
    }  # fmt: skip


def plain_hit(hit: PrecedentReportHit, *, now: datetime) -> dict[str, Any]:
    case = hit.precedent
    quote = {"start": hit.quote_start, "end": hit.quote_end, "text": hit.quote} if hit.quote else None
    return {
        "precedent": hit.precedent_id, "sha256": case.text_sha256, "version": case.version,
        "tier": str(case.source_tier), "title": case.title, "case_no": case.case_no, "organ": case.organ,
        "decided_on": case.decided_on.isoformat() if case.decided_on else None, "year": case.year,
        "recent": is_recent(case, local_day(now)), "facts": hit.facts_like, "issues": hit.issues_like,
        "law": hit.law_like, "result": hit.result_like, "note": hit.note, "quote": quote,
        "followed": hit.followed if hit.must_be_answered else None,
        "departure": (hit.departure or "") if hit.must_be_answered else "",
    }  # fmt: skip


def plain_submission(each: PrecedentSubmission) -> dict[str, Any]:
    return {
        "by": str(each.submitted_by), "guiding": each.is_guiding, "named": each.named, "response": each.response,
    }  # fmt: skip


def canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
