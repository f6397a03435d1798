"""Keeping searches for a review; choosing and comparing cases for its similar-case report, and concluding."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.precedents.citing import bounded, only_place
from review_app.precedents.library import Answered, Asked
from review_app.precedents.models import (
    Precedent,
    PrecedentReport,
    PrecedentReportHit,
    PrecedentSearch,
    PrecedentSubmission,
)
from review_app.precedents.queries import corpora, read_by_everyone, report_of, statutes_held
from review_app.precedents.rules import can_record_search, can_write_report
from review_app.precedents.states import ASPECT_LABELS, Audience, Conclusion, Likeness, Submitter, Tier
from review_app.reviews.models import CaseReview

MOST_HITS = 30  # cases compared in one report
MOST_SUBMISSIONS = 20
LANGUAGE = "2026.1"  # of queries; raised when the same words would mean something else
LONGEST_NOTE = 4_000


def keep_search(
    session: Session,
    review: CaseReview,
    asked: Asked,
    answered: Answered,
    *,
    generation: str,
    engine: str = "",
    by: Person,
    now: datetime,
) -> PrecedentSearch:
    """Keep a search for the report of a review: what was asked, of which library, with which engine (its name and the
    index's ``generation``), and what came on this page."""
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
        tools=tools(session, asked, engine),
        boost=asdict(answered.boost) if answered.boost else {},
        tiers=found_by_tier(answered),
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


def tools(session: Session, asked: Asked, engine: str) -> dict[str, str]:
    """What answered a search, by version."""
    used = {"engine": engine, "language": LANGUAGE}
    return used | {"statutes": statutes_held(session)} if asked.like_laws else used


def found_by_tier(answered: Answered) -> dict[str, int]:
    tiers = next((facet for facet in answered.page.facets if facet.field == "tier"), None)
    return {count.value: count.hits for count in tiers.counts} if tiers else {}


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
        skipped=latest.skipped if latest else None,
        hits=[copied(hit, by=by, now=now) for hit in latest.hits] if latest else [],
        submissions=[copied_submission(each, by=by, now=now) for each in latest.submissions]
        if latest
        else [],
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
        result_like=hit.result_like, note=hit.note, quote_start=hit.quote_start, quote_end=hit.quote_end,
        followed=hit.followed, departure=hit.departure, created_at=now, created_by_id=by.id,
    )  # fmt: skip


def copied_submission(each: PrecedentSubmission, *, by: Person, now: datetime) -> PrecedentSubmission:
    return PrecedentSubmission(
        submitted_by=each.submitted_by, is_guiding=each.is_guiding, named=each.named, response=each.response,
        created_at=now, created_by_id=by.id,
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
    quote: str = "",
    followed: bool | None = None,
    departure: str = "",
    seen: int | None = None,
    by: Person,
    now: datetime,
) -> None:
    """Say how a found case compares with the case under review, aspect by aspect, which of its words decide that
    (``quote``, found in its text), and for a guiding case whether it is followed or why not. ``seen`` is the ``row_version`` the
    person had before them; when somebody saved meanwhile, EditConflict carries what."""
    must_be_open(review, hit.report, by)
    if seen is not None and seen != hit.row_version:
        raise EditConflict(theirs={name: getattr(hit, name) for name in (*ASPECT_LABELS, "note")})
    hit.quote_start, hit.quote_end = quoted(hit.precedent, quote)
    hit.facts_like, hit.issues_like, hit.law_like, hit.result_like = facts, issues, law, result
    hit.note = short(note)
    hit.followed, hit.departure = followed, short(departure)
    record(session, action="precedents.compare_hit", subject=hit, by=by, now=now, review_id=review.id)


def quoted(precedent: Precedent, words: str) -> tuple[int | None, int | None]:
    """Where the words stand in the case. Raises ReviewError when they do not, or when they are too few or too many."""
    if not words.strip():
        return None, None
    exact = bounded(precedent, *only_place(precedent, words.replace("\r\n", "\n")))
    return exact.start, exact.end


def skip_tiers(
    session: Session,
    review: CaseReview,
    report: PrecedentReport,
    reasons: dict[Tier, str],
    *,
    by: Person,
    now: datetime,
) -> None:
    """Write down why tiers were not searched."""
    must_be_open(review, report, by)
    told = {str(tier): short(reason) for tier, reason in reasons.items() if reason.strip()}
    report.skipped = json.dumps(told, ensure_ascii=False, sort_keys=True)
    after = {"tiers": sorted(told)}
    record(
        session,
        action="precedents.skip_tiers",
        subject=report,
        by=by,
        now=now,
        after=after,
        review_id=review.id,
    )


def add_submission(
    session: Session,
    review: CaseReview,
    report: PrecedentReport,
    *,
    submitted_by: Submitter,
    is_guiding: bool,
    named: str,
    response: str,
    by: Person,
    now: datetime,
) -> PrecedentSubmission:
    """Note a case that the petitioner or the organ relied on, with the panel's response (art.10)."""
    must_be_open(review, report, by)
    if not named.strip():
        raise ReviewError(N_("请写明所提交案例的名称或者案号。"))
    if len(report.submissions) >= MOST_SUBMISSIONS:
        raise ReviewError(N_("一份报告最多登记%(most)s件提交的案例。"), most=MOST_SUBMISSIONS)
    made = PrecedentSubmission(
        report=report, submitted_by=submitted_by, is_guiding=is_guiding, named=short(named),
        response=short(response), created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, action="precedents.add_submission", subject=made, by=by, now=now, review_id=review.id,
        after={"by": submitted_by, "guiding": is_guiding},
    )  # fmt: skip
    return made


def respond(
    session: Session,
    review: CaseReview,
    submission: PrecedentSubmission,
    *,
    response: str,
    by: Person,
    now: datetime,
) -> None:
    """Write the panel's response to a submitted case."""
    must_be_open(review, submission.report, by)
    submission.response = short(response)
    record(session, action="precedents.respond", subject=submission, by=by, now=now, review_id=review.id)


def remove_submission(
    session: Session, review: CaseReview, submission: PrecedentSubmission, *, by: Person, now: datetime
) -> None:
    """Take a submitted case off an unsigned report."""
    must_be_open(review, submission.report, by)
    record(
        session,
        action="precedents.remove_submission",
        subject=submission,
        by=by,
        now=now,
        review_id=review.id,
    )
    submission.report.submissions.remove(submission)
    session.flush()


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


def must_be_open(review: CaseReview, report: PrecedentReport, by: Person) -> None:
    if not can_write_report(by, review) or report.review_id != review.id:
        raise NotAllowed
    if report.signed_at is not None:
        raise ReviewError(N_("报告已经签名，不能再改。需要补充时请另起一份新的报告。"))


def short(text: str) -> str:
    if len(text) > LONGEST_NOTE:
        raise ReviewError(N_("说明最多%(most)s个字。请删减后再保存。"), most=LONGEST_NOTE)
    return text.strip()
