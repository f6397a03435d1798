"""Who finds and reads which case: what a person may not read is in no hit, count, facet, snippet and no page."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.errors import ReviewError
from review_app.precedents import reporting
from review_app.precedents.citing import cite
from review_app.precedents.library import EVERYONES, SHAPE, Asked, as_document, ask, open_library
from review_app.precedents.models import Precedent
from review_app.precedents.queries import corpora, read_by_everyone, readable_by, readable_filters
from review_app.precedents.rules import can_read_precedent
from review_app.precedents.service import take_in
from review_app.precedents.states import Audience
from review_app.reviews.models import CaseReview
from review_app.reviews.states import AccessStage, Capacity, ReviewState
from review_app.settings import Settings
from search_index.engine import Page, SearchEngine
from search_index.engines import open_engine
from tests import factories
from tests.browser import Browser
from tests.precedents.cases import draft, indexed, stored_case

QUESTIONS = ("工伤", "逃逸 或 工伤", "", "非 缓刑", "“交通事故”", "年:2018..2019", "案由:工伤认定")
SENTENCES = (
    "职工在上班途中受到交通事故伤害，应当认定为工伤，用人单位支付工伤待遇。",
    "驶离现场后返回并报警，不具有逃避追究的目的，不构成逃逸，可以适用缓刑。",
    "征收经营性用房应当补偿停产停业损失，评估报告应当送达被征收人本人。",
)


def kept_to_office(
    session: Session, now: datetime, source: CaseReview, text: str = SENTENCES[0]
) -> Precedent:
    """A case for the office and the panel of ``source`` alone."""
    case = stored_case(session, now, text, title="本平台工伤认定评查案", tier="OWN")
    case.audience, case.source_review = Audience.OFFICE, source
    session.flush()
    return case


def expert_of(session: Session, review: CaseReview, stage: AccessStage = AccessStage.FULL) -> Person:
    person = factories.person(session, Role.EXPERT)
    factories.seat(session, review, person, Capacity.MEMBER, stage)
    return person


def test_case_of_the_office_is_read_by_the_office_and_its_own_panel(session: Session, now: datetime) -> None:
    source, other = (
        factories.review(session, ReviewState.CLOSED),
        factories.review(session, ReviewState.READING),
    )
    case = kept_to_office(session, now, source)
    invited = expert_of(session, source, stage=AccessStage.SUMMARY)
    people = {
        "own panel": expert_of(session, source),
        "invited only": invited,
        "another panel": expert_of(session, other),
        **{str(role): factories.person(session, role) for role in Role},
    }

    allowed = {name for name, person in people.items() if can_read_precedent(person, case)}

    assert allowed == {
        "own panel", "COORD", "SECRETARY", "LEADER", "COMMITTEE_HEAD", "SUPERVISOR", "AUDITOR",
    }  # fmt: skip
    for name, person in people.items():
        assert corpora(session, readable_by(person)) == ({"OWN": 1} if name in allowed else {})


@pytest.mark.parametrize(
    ("state", "ended_before_closing", "reads"),
    [
        (ReviewState.CLOSED, timedelta(0), True),
        (ReviewState.CLOSED, timedelta(seconds=1), False),
        (ReviewState.REOPENED, timedelta(0), False),
    ],
)
def test_seat_that_ended_with_the_closing_counts_and_one_that_was_lost_does_not(
    session: Session, now: datetime, state: ReviewState, ended_before_closing: timedelta, reads: bool
) -> None:
    source = factories.review(session, state, closed_at=now)
    case, expert = kept_to_office(session, now, source), expert_of(session, source)
    source.accesses[0].ended_at = now - ended_before_closing
    session.flush()

    assert can_read_precedent(expert, case) is reads
    assert (readable_filters(session, expert) != EVERYONES) is reads
    assert corpora(session, readable_by(expert)) == ({"OWN": 1} if reads else {})


def seen(page: Page) -> dict[str, object]:
    """Everything a person learns from a page, but the order: ranks weigh how rare a word is in the whole index."""
    return {
        "hits": {hit.key: hit.snippets for hit in page.hits},
        "total": page.total,
        "facets": page.facets,
        "pages": (page.after is None, page.before is None),
    }


@given(
    st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from([None, 0, 1])), min_size=1, max_size=8),
    st.sets(st.sampled_from([0, 1])),
    st.booleans(),
    st.sampled_from(QUESTIONS),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_answer_is_that_of_a_library_with_only_what_the_person_may_read(
    session: Session,
    now: datetime,
    made: list[tuple[str, int | None]],
    panels: set[int],
    office: bool,
    q: str,
) -> None:
    with session.begin_nested() as trial:
        reviews = [factories.review(session, ReviewState.CLOSED) for _ in range(2)]
        person = factories.person(session, Role.COORD if office else Role.EXPERT)
        for panel in panels:
            factories.seat(session, reviews[panel], person, Capacity.MEMBER)
        cases = [
            filled(session, now, at, text, None if of is None else reviews[of])
            for at, (text, of) in enumerate(made)
        ]
        whole, own = memory(cases), memory([case for case in cases if can_read_precedent(person, case)])

        answers = (
            ask(whole, Asked(q), readable=readable_filters(session, person)),
            ask(own, Asked(q), readable=()),
        )

        assert seen(answers[0].page) == seen(answers[1].page)
        assert sum(corpora(session, readable_by(person)).values()) == own.state().documents
        trial.rollback()


def filled(session: Session, now: datetime, at: int, text: str, source: CaseReview | None) -> Precedent:
    case = stored_case(
        session, now, f"第{at}件。{text}", title=f"第{at}案", year=2016 + at, causes=["工伤认定"]
    )
    if source is not None:
        case.audience, case.source_review = Audience.OFFICE, source
    session.flush()
    return case


def memory(cases: list[Precedent]) -> SearchEngine:
    engine = open_engine("memory", Path("unused"), SHAPE)
    engine.write([as_document(case) for case in cases])
    return engine


def test_correction_by_import_goes_to_the_same_people(session: Session, now: datetime) -> None:
    row = {"title": "本市内部案例", "case_no": "（2024）海0799行初7号", "organ": "青岚市人民法院"}
    first = stored_case(session, now, SENTENCES[0], **row)
    first.audience = Audience.OFFICE
    session.flush()

    take_in(session, [draft(SENTENCES[0] + "（更正）", **row)], by=None, now=now)

    newest = session.scalars(select(Precedent).order_by(Precedent.id.desc())).first()
    assert newest is not None
    assert (newest.version, newest.audience) == (2, Audience.OFFICE)


def test_case_of_the_office_goes_into_no_report_and_no_form_of_another_review(
    session: Session, now: datetime
) -> None:
    source, review = (
        factories.review(session, ReviewState.CLOSED),
        factories.review(session, ReviewState.DRAFT),
    )
    case, expert = kept_to_office(session, now, source), expert_of(session, source)
    factories.seat(session, review, expert, Capacity.LEAD)
    outsider = expert_of(session, review)

    with pytest.raises(ReviewError, match="仅限办公室和原评查组专家"):
        reporting.choose_hit(session, review, case, by=expert, now=now)
    with pytest.raises(ReviewError, match="仅限办公室和原评查组专家"):
        cite(session, case.id, by=expert, quote="应当认定为工伤，用人单位支付")
    with pytest.raises(ReviewError, match="没有这件案例"):
        cite(session, case.id, by=outsider, quote="应当认定为工伤，用人单位支付")


@pytest.fixture
def office_case(session: Session, settings: Settings, now: datetime) -> Precedent:
    case = kept_to_office(session, now, factories.review(session, ReviewState.CLOSED))
    stored_case(session, now)
    indexed(session, open_library(settings.index_folder), now)
    return case


def test_pages_know_nothing_of_a_case_the_person_may_not_read(
    browser: Browser, session: Session, office_case: Precedent
) -> None:
    outsider = expert_of(session, factories.review(session, ReviewState.READING))
    session.commit()
    browser.sign_in(outsider)

    browser.get(f"/precedents/{office_case.id}")
    assert browser.status == 404
    for asked in ({"q": "工伤"}, {"q": ""}, {"tier": "OWN"}):
        browser.get("/precedents", **asked)
        assert (office_case.title in browser.text, "本平台 1" in browser.text) == (False, False)


def test_pages_show_it_to_its_own_panel_but_not_inside_another_review(
    browser: Browser, session: Session, office_case: Precedent
) -> None:
    assert office_case.source_review is not None
    expert = expert_of(session, office_case.source_review)
    review = factories.review(session, ReviewState.DRAFT)
    factories.seat(session, review, expert, Capacity.LEAD)
    session.commit()
    browser.sign_in(expert)

    browser.get("/precedents", q="工伤")
    own = [each.get_text() for each in browser.page.select(".hit h2")]
    browser.get("/precedents", q="工伤", review=review.id)

    assert [title.startswith(office_case.title) for title in own] == [True]
    assert browser.page.select(".hit h2") == []
    assert corpora(session, read_by_everyone()) == {"4": 1}
