"""The report as it is signed: tiers, guiding cases, submitted cases, the file and who may have it."""

import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document as WordDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.documents.checker import check, errors
from review_app.documents.content import Heading, as_data
from review_app.documents.office import Office, use_office
from review_app.documents.official_format import write
from review_app.documents.service import content_of, read_copy, rebuild
from review_app.documents.states import CopyKind, DocumentState
from review_app.errors import ReviewError
from review_app.precedents import reporting, signing
from review_app.precedents.library import EVERYONES, SHAPE, STATED_BOOST, Asked, ask
from review_app.precedents.models import PrecedentReport, PrecedentReportHit
from review_app.precedents.printing import report_document
from review_app.precedents.queries import searches_for
from review_app.precedents.states import Conclusion, Likeness, Submitter, Tier
from review_app.precedents.tiers import is_recent, tiers_searched
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, ReviewState
from review_app.settings import Settings
from search_index.engine import SearchEngine
from search_index.engines import open_engine
from tests import factories
from tests.browser import Browser
from tests.precedents.cases import indexed, stored_case

QUOTE = "孙某离开现场不具有逃避法律追究的目的"


@pytest.fixture(autouse=True)
def issuing(settings: Settings) -> Office:
    return use_office(settings)


@pytest.fixture
def engine(tmp_path: Path) -> SearchEngine:
    return open_engine("memory", tmp_path, SHAPE)


@pytest.fixture
def review(session: Session) -> CaseReview:
    return factories.review(session, ReviewState.DRAFT)


@pytest.fixture
def lead(session: Session, review: CaseReview) -> Person:
    person = factories.person(session, Role.EXPERT, name="周某明")
    factories.seat(session, review, person, Capacity.LEAD)
    return person


def keep(
    session: Session, review: CaseReview, engine: SearchEngine, by: Person, now: datetime, **asked: object
) -> None:
    question = Asked(**{"q": "逃逸", **asked})  # type: ignore[arg-type]
    answered = ask(engine, question, readable=EVERYONES)
    reporting.keep_search(
        session, review, question, answered, generation="7", engine="Memory", by=by, now=now
    )


def guiding_hit(
    session: Session, review: CaseReview, by: Person, now: datetime, **answer: object
) -> PrecedentReportHit:
    case = stored_case(session, now, tier="1", date="2023-05-04")
    hit = reporting.choose_hit(session, review, case, by=by, now=now)
    reporting.compare_hit(
        session, review, hit, facts=Likeness.SAME, issues=Likeness.SAME, law=Likeness.SAME, result=Likeness.SAME,
        note="均在离开后主动返回。", quote=QUOTE, by=by, now=now, **answer,  # type: ignore[arg-type]
    )  # fmt: skip
    return hit


def concluded(
    session: Session,
    review: CaseReview,
    by: Person,
    now: datetime,
    conclusion: Conclusion = Conclusion.FOLLOW,
) -> PrecedentReport:
    report = reporting.open_report(session, review, by=by, now=now)
    reporting.conclude(
        session, review, report, conclusion=conclusion, explanation="认定标准一致。", seen=report.row_version,
        by=by, now=now,
    )  # fmt: skip
    return report


def refusal(session: Session, review: CaseReview, report: PrecedentReport, by: Person, now: datetime) -> str:
    with pytest.raises(ReviewError) as refused:
        signing.sign_report(session, review, report, by=by, now=now)
    return str(refused.value)


def test_tier_that_was_not_searched_needs_a_reason(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    keep(session, review, engine, lead, now, chosen={"tier": ("1", "2")})
    report = concluded(session, review, lead, now, Conclusion.NONE)

    assert "“本省参考性案例和生效裁判”没有检索" in refusal(session, review, report, lead, now)
    reasons = {Tier.PROVINCE: "已检索到类案。", Tier.UPPER: " "}
    reporting.skip_tiers(session, review, report, reasons, by=lead, now=now)
    assert "“上级和本级生效裁判”没有检索" in refusal(session, review, report, lead, now)
    keep(session, review, engine, lead, now, chosen={"tier": ("4",)})
    signing.sign_report(session, review, report, by=lead, now=now)

    tiers = json.loads(report.content)["tiers"]
    assert [(row["tier"], row["searches"], row["reason"]) for row in tiers] == [
        ("1", 1, ""), ("2", 1, ""), ("3", 0, "已检索到类案。"), ("4", 1, ""),
    ]  # fmt: skip


def test_search_without_tiers_covers_all_of_them_and_counts_what_it_found(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    stored_case(session, now, tier="2")
    indexed(session, engine, now)
    keep(session, review, engine, lead, now)

    rows = tiers_searched(searches_for(session, review, lead), None)

    assert [(row.tier, row.searches, row.found, row.is_open) for row in rows] == [
        (Tier.GUIDING, 1, 0, False), (Tier.SUPREME, 1, 1, False), (Tier.PROVINCE, 1, 0, False), (Tier.UPPER, 1, 0, False),
    ]  # fmt: skip


def test_guiding_case_is_followed_or_the_reason_is_given(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    keep(session, review, engine, lead, now)
    hit = guiding_hit(session, review, lead, now)
    report = concluded(session, review, lead, now, Conclusion.DISTINGUISH)

    assert "是指导性案例。请写明参照" in refusal(session, review, report, lead, now)
    hit.followed = False
    assert "不予参照的，应当写明理由" in refusal(session, review, report, lead, now)
    hit.departure = "与新的司法解释相冲突。"
    signing.sign_report(session, review, report, by=lead, now=now)

    assert "不予参照，理由是：与新的司法解释相冲突。" in file_text(report)


def test_submitted_guiding_case_is_owed_a_response(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    keep(session, review, engine, lead, now)
    report = concluded(session, review, lead, now, Conclusion.NONE)
    owed = reporting.add_submission(
        session, review, report, submitted_by=Submitter.PETITIONER, is_guiding=True, named="第十二号案", response="",
        by=lead, now=now,
    )  # fmt: skip
    other = reporting.add_submission(
        session, review, report, submitted_by=Submitter.ORGAN, is_guiding=False, named="某判决", response="",
        by=lead, now=now,
    )  # fmt: skip

    assert "“第十二号案”还没有回应" in refusal(session, review, report, lead, now)
    reporting.respond(session, review, owed, response="事实不同，不予参照。", by=lead, now=now)
    reporting.remove_submission(session, review, other, by=lead, now=now)
    signing.sign_report(session, review, report, by=lead, now=now)
    later = reporting.open_report(session, review, by=lead, now=now)

    assert "信访人提交指导性案例：第十二号案。回应：事实不同，不予参照。" in file_text(report)
    assert [each.named for each in later.submissions] == ["第十二号案"]


def test_words_quoted_in_a_comparison_stand_in_the_case(
    session: Session, review: CaseReview, lead: Person, now: datetime
) -> None:
    hit = guiding_hit(session, review, lead, now, followed=True)

    assert (hit.quote, hit.precedent.text[hit.quote_start : hit.quote_end]) == (QUOTE, QUOTE)
    with pytest.raises(ReviewError, match="案例原文中没有这段文字"):
        reporting.compare_hit(
            session, review, hit, facts=None, issues=None, law=None, result=None, note="",
            quote="案例里没有说过的一句完整的话", by=lead, now=now,
        )  # fmt: skip


def test_kept_search_says_which_engine_language_and_boost(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    stored_case(session, now)
    indexed(session, engine, now)
    keep(
        session,
        review,
        engine,
        lead,
        now,
        like="驾车离开现场后返回",
        like_causes=("交通肇事罪",),
        like_laws=("刑法第133条",),
    )

    kept = searches_for(session, review, lead)[0]

    assert kept.tools == {"engine": "Memory", "language": reporting.LANGUAGE, "statutes": "0"}
    assert kept.boost == {"causes": ["交通肇事罪"], "factor": STATED_BOOST, "stated": True}


def test_signed_file_is_kept_made_again_and_void_when_replaced(
    session: Session, review: CaseReview, engine: SearchEngine, lead: Person, now: datetime
) -> None:
    keep(session, review, engine, lead, now)
    guiding_hit(session, review, lead, now, followed=True)
    first = signing.sign_report(session, review, concluded(session, review, lead, now), by=lead, now=now)
    assert first.document is not None
    copy = first.document.copy(CopyKind.INTERNAL)
    assert copy is not None

    assert rebuild(copy) == read_copy(copy)
    assert errors(check(read_copy(copy))) == []
    assert as_data(content_of(copy))["signature"]["organ"] == "检索报告人（签名）：周某明"
    assert first.document.number is None
    logged = session.scalars(select(AuditRow).where(AuditRow.action == "document.keep")).one()
    assert (logged.after or {})["sha256"] == copy.sha256
    signing.sign_report(session, review, concluded(session, review, lead, now), by=lead, now=now)
    assert first.document.state is DocumentState.VOID


def file_text(report: PrecedentReport) -> str:
    copy = report.document.copy(CopyKind.INTERNAL) if report.document else None
    assert copy is not None
    opened = WordDocument(io.BytesIO(read_copy(copy)))
    return "\n".join(each.text for each in opened.paragraphs)


@pytest.mark.parametrize("cases", [0, 3, 30])
def test_report_of_any_length_keeps_the_format(cases: int) -> None:
    document = report_document(content(cases))

    assert errors(check(write(document))) == []
    assert [block.text for block in document.blocks if isinstance(block, Heading)][-1].endswith("检索结论")


def content(cases: int) -> dict[str, object]:
    hit = {
        "precedent": 1, "sha256": "a" * 64, "version": 1, "tier": "1", "title": "某甲案" * 9, "case_no": "（2021）海01刑终1号",
        "organ": "某市中级人民法院", "decided_on": None, "year": 2021, "recent": False, "facts": "SAME", "issues": "SAME",
        "law": "SAME", "result": "PARTLY", "note": "说明。" * 99, "quote": {"start": 0, "end": 9, "text": "一二三四五六七八九"},
        "followed": True, "departure": "",
    }  # fmt: skip
    search = {
        "query": "逃逸", "similar": True, "filters": {"tier": ["1"], "years": [2020, None], "sort": "tier"},
        "synonyms": ["交事=交通事故"], "boost": {"causes": ["交通肇事罪"], "factor": 0.5, "stated": False},
        "at": "2024-04-02T02:00:00+00:00", "searcher": "周某明", "corpora": {"1": 3}, "corpus_version": "3/7",
        "tools": {"engine": "Memory", "language": "2026.1", "statutes": "1/2024-01-01"}, "tiers": {"1": 3}, "total": 3, "shown": [],
    }  # fmt: skip
    return {
        "number": 1, "office": "青岚市专家评查办公室", "searches": [search] * max(1, cases // 3), "hits": [hit] * cases,
        "review": {"review_no": "PC20240001", "case_no": "（2019）海0799刑初18号", "cause": "交通肇事", "organ": "青岚市人民法院"},
        "tiers": [{"tier": tier, "searches": 1, "found": 3, "reason": ""} for tier in "1234"], "submissions": [],
        "conclusion": "FOLLOW" if cases else "NONE", "explanation": "认定标准一致。",
        "signed": {"name": "周某明", "at": "2024-04-02T02:00:00+00:00", "sha256": "b" * 64},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "year", "recent"),
    [
        (date(2021, 4, 2), 2021, True),
        (date(2021, 4, 1), 2021, False),
        (None, 2022, True),
        (None, 2021, False),
        (None, None, False),
    ],
)
def test_case_of_the_last_three_years(
    session: Session, now: datetime, day: date | None, year: int | None, recent: bool
) -> None:
    case = stored_case(session, now)
    case.decided_on, case.year = day, year

    assert is_recent(case, date(2024, 4, 2)) is recent


def test_pages_from_tiers_to_the_signed_file(
    browser: Browser, another_browser: Browser, session: Session, engine: SearchEngine, review: CaseReview,
    lead: Person, now: datetime,
) -> None:  # fmt: skip
    keep(session, review, engine, lead, now, chosen={"tier": ("1",)})
    guiding_hit(session, review, lead, now)
    colleague = factories.person(session, Role.EXPERT)
    factories.seat(session, review, colleague)
    session.commit()
    at = f"/reviews/{review.id}/precedents"

    browser.sign_in(lead).get(at)
    browser.submit("#tiers form", {f"reason_{tier}": "前一层级已检索到类案。" for tier in (2, 3, 4)})
    browser.submit(
        ".submission-form", {"named": "某指导性案例", "is_guiding": True, "submitted_by": "PETITIONER"}
    )
    browser.submit(".respond-form", {"response": "事实不同。"})
    browser.submit(".compare-form", {"followed": "no", "departure": "与新的司法解释相冲突。"})
    browser.submit("form[action$='/conclusion']", {"conclusion": "DISTINGUISH", "explanation": "见说明。"})
    browser.follow("预览文书")
    assert "不予参照，理由是：与新的司法解释相冲突。" in browser.text
    assert browser.get(f"{at}/draft.docx").status == 200
    browser.get(at)
    browser.submit("form[action$='/sign']")
    browser.follow("已签名的文书")
    assert "检索报告人（签名）：周某明" in browser.text
    session.rollback()
    report = session.query(PrecedentReport).one()
    mine = browser.get(f"{at}/signed/{report.id}.docx").content
    theirs = another_browser.sign_in(colleague).get(f"{at}/signed/{report.id}.docx").content

    assert report.document is not None
    copy = report.document.copy(CopyKind.INTERNAL)
    assert copy is not None
    assert mine == read_copy(copy) != theirs
    session.rollback()  # see what reading wrote meanwhile
    taken = session.scalars(select(AuditRow).where(AuditRow.action == "document.download")).all()
    assert [(row.after or {})["original"] for row in taken] == [True, False]
    outsider = factories.person(session, Role.EXPERT, Role.COORD)
    session.commit()
    another_browser.sign_in(outsider)
    for path in ("signed/1", "signed/1.docx", "draft", "draft.docx"):
        assert another_browser.get(f"{at}/{path}").status == 404
