"""Kept searches and the similar-case report, through the services."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.documents.office import Office, use_office
from review_app.errors import NotAllowed, ReviewError
from review_app.precedents import reporting, signing
from review_app.precedents.library import EVERYONES, SHAPE, Asked, ask
from review_app.precedents.models import PrecedentReport, PrecedentReportHit, PrecedentSearch
from review_app.precedents.queries import report_exists, searches_for, signed_report_of, text_of_review
from review_app.precedents.rules import (
    can_record_search,
    can_search_precedents,
    can_see_report,
    can_write_report,
)
from review_app.precedents.states import Conclusion, Likeness
from review_app.reviews.models import CaseReview
from review_app.reviews.states import AccessStage, Capacity, ReviewState
from review_app.settings import Settings
from search_index.engine import SearchEngine
from search_index.engines import open_engine
from tests import factories
from tests.precedents.cases import indexed, stored_case


@pytest.fixture(autouse=True)
def issuing(settings: Settings) -> Office:
    """The office whose name stands on the report, and where its files are kept."""
    return use_office(settings)


@pytest.fixture
def engine(tmp_path: Path) -> SearchEngine:
    return open_engine("memory", tmp_path, SHAPE)


@pytest.fixture
def review(session: Session) -> CaseReview:
    return factories.review(session, ReviewState.DRAFT)


@pytest.fixture
def lead(session: Session, review: CaseReview) -> Person:
    return member_of(session, review, Capacity.LEAD)


def member_of(session: Session, review: CaseReview, capacity: Capacity = Capacity.MEMBER) -> Person:
    person = factories.person(session, Role.EXPERT)
    factories.seat(session, review, person, capacity)
    return person


def keep(
    session: Session, review: CaseReview, engine: SearchEngine, by: Person, now: datetime, q: str = "逃逸"
) -> PrecedentSearch:
    asked = Asked(q)
    return reporting.keep_search(
        session, review, asked, ask(engine, asked, readable=EVERYONES), generation="7", by=by, now=now
    )


def compare(session: Session, review: CaseReview, hit: PrecedentReportHit, by: Person, now: datetime) -> None:
    reporting.compare_hit(
        session, review, hit, facts=Likeness.SAME, issues=Likeness.SAME, law=Likeness.PARTLY,
        result=Likeness.DIFFERENT, note="本案未取得谅解。", by=by, now=now,
    )  # fmt: skip


def conclude(
    session: Session,
    review: CaseReview,
    report: PrecedentReport,
    by: Person,
    now: datetime,
    conclusion: Conclusion = Conclusion.FOLLOW,
) -> None:
    reporting.conclude(
        session, review, report, conclusion=conclusion, explanation="认定标准一致。", seen=report.row_version,
        by=by, now=now,
    )  # fmt: skip


def test_kept_search_says_what_was_asked_of_what_and_what_came(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    case = stored_case(session, now)
    indexed(session, engine, now)

    kept = keep(session, review, engine, lead, now, q="逃逸 或 交事")

    assert (kept.query, kept.total, kept.shown) == ("逃逸 或 交事", 1, [case.id])
    assert (kept.corpora, kept.corpus_version) == ({"4": 1}, "1/7")
    assert kept.synonyms == ["交事=交通事故"]
    assert (kept.searcher, kept.created_at) == (lead, now)


def test_empty_search_is_not_kept(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    with pytest.raises(ReviewError, match="请先输入检索词"):
        keep(session, review, engine, lead, now, q=" ")


def test_searches_stay_private_until_all_forms_are_signed(
    session: Session, engine: SearchEngine, now: datetime
) -> None:
    review = factories.review(session, ReviewState.READING)
    one, other = member_of(session, review), member_of(session, review)
    kept = keep(session, review, engine, one, now)

    assert (searches_for(session, review, one), searches_for(session, review, other)) == ([kept], [])
    review.state = ReviewState.DRAFT
    assert searches_for(session, review, other) == [kept]
    review.state, review.suspended_from = ReviewState.SUSPENDED, ReviewState.READING
    assert searches_for(session, review, other) == []


def test_report_is_signed_once_complete_and_then_stays_as_it_is(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    case = stored_case(session, now)
    indexed(session, engine, now)
    keep(session, review, engine, lead, now)
    hit = reporting.choose_hit(session, review, case, by=lead, now=now)
    compare(session, review, hit, lead, now)
    conclude(session, review, hit.report, lead, now)
    assert report_exists(session, review) is False

    signed = signing.sign_report(session, review, hit.report, by=lead, now=now)

    content = json.loads(signed.content)
    assert signed_report_of(session, review) == signed
    assert report_exists(session, review) is True
    assert (content["conclusion"], content["hits"][0]["sha256"]) == ("FOLLOW", case.text_sha256)
    assert content["searches"][0]["query"] == "逃逸"
    logged = session.scalars(select(AuditRow).where(AuditRow.action == "precedents.sign_report")).one()
    assert logged.after == {"conclusion": "FOLLOW", "content_sha256": signed.content_sha256}
    with pytest.raises(ReviewError, match="已经签名"):
        compare(session, review, hit, lead, now)
    with pytest.raises(ReviewError, match="已经签名"):
        signing.sign_report(session, review, signed, by=lead, now=now)


def test_report_without_any_case_concludes_that_none_was_found(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    keep(session, review, engine, lead, now)
    report = reporting.open_report(session, review, by=lead, now=now)
    conclude(session, review, report, lead, now, Conclusion.NONE)

    signing.sign_report(session, review, report, by=lead, now=now)

    assert report_exists(session, review) is True


def test_incomplete_report_names_what_is_missing(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    case = stored_case(session, now)
    report = reporting.open_report(session, review, by=lead, now=now)

    def refusal() -> str:
        with pytest.raises(ReviewError) as refused:
            signing.sign_report(session, review, report, by=lead, now=now)
        return str(refused.value)

    assert "还没有检索记录" in refusal()
    keep(session, review, engine, lead, now)
    assert "请选择检索结论" in refusal()
    conclude(session, review, report, lead, now)
    assert "检索结论与案例清单不一致" in refusal()
    hit = reporting.choose_hit(session, review, case, by=lead, now=now)
    assert "还没有逐项比较" in refusal()
    compare(session, review, hit, lead, now)
    conclude(session, review, report, lead, now, Conclusion.NONE)
    assert "检索结论与案例清单不一致" in refusal()


def test_later_report_begins_with_the_same_cases_and_replaces_when_signed(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    keep(session, review, engine, lead, now)
    hit = reporting.choose_hit(session, review, stored_case(session, now), by=lead, now=now)
    compare(session, review, hit, lead, now)
    conclude(session, review, hit.report, lead, now)
    first = signing.sign_report(session, review, hit.report, by=lead, now=now)

    second = reporting.open_report(session, review, by=lead, now=now)

    assert (second.number, [each.precedent_id for each in second.hits]) == (2, [hit.precedent_id])
    assert signed_report_of(session, review) == first
    conclude(session, review, second, lead, now, Conclusion.DISTINGUISH)
    signing.sign_report(session, review, second, by=lead, now=now)
    assert signed_report_of(session, review) == second


def test_only_the_panel_may_write_and_only_ones_own_search_may_be_dropped(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    kept = keep(session, review, engine, lead, now)
    outsider = factories.person(session, Role.EXPERT, Role.COORD)

    for attempt in (
        lambda: keep(session, review, engine, outsider, now),
        lambda: reporting.open_report(session, review, by=outsider, now=now),
        lambda: reporting.drop_search(session, review, kept, by=member_of(session, review), now=now),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    reporting.drop_search(session, review, kept, by=lead, now=now)
    assert searches_for(session, review, lead) == []


SEARCHERS = {
    Role.EXPERT, Role.COORD, Role.SECRETARY, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.AUDITOR,
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_who_may_search(session: Session, role: Role) -> None:
    assert can_search_precedents(factories.person(session, role)) is (role in SEARCHERS)


@pytest.mark.parametrize("state", ReviewState)
@pytest.mark.parametrize("stage", [*AccessStage, None])
def test_who_may_write_the_report(session: Session, state: ReviewState, stage: AccessStage | None) -> None:
    review = factories.review(session, state)
    person = factories.person(session, Role.EXPERT)
    if stage is not None:
        factories.seat(session, review, person, stage=stage)
    seated = stage is AccessStage.FULL
    writing = {ReviewState.DRAFT, ReviewState.HEARING, ReviewState.DELIBERATION, ReviewState.ESCALATED}

    assert can_see_report(person, review) is seated
    assert can_write_report(person, review) is (seated and state in writing)
    assert can_record_search(person, review) is (seated and state in {*writing, ReviewState.READING})


def test_review_speaks_of_its_cause_and_requests(session: Session) -> None:
    review = factories.review(session)

    text = text_of_review(review)

    assert text.startswith("执行实施")
    assert "请求恢复执行。" in text
