"""The whole demonstration: what it must show, checked on one built instance."""

from collections import Counter
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import verify_log
from review_app.clock import utc_now
from review_app.deliberations.concluding import final_result
from review_app.demo.narratives import written_cases
from review_app.demo.people import PASSWORD
from review_app.evaluations.content import score_of
from review_app.evaluations.queries import signed_forms
from review_app.experts.models import Expert
from review_app.notices.models import Notice
from review_app.panels.models import PanelDraw
from review_app.precedents.library import EVERYONES, Asked, ask, open_library
from review_app.precedents.models import Precedent
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Outcome, Resolution
from review_app.reviews.states import ReviewState as S
from review_app.saved_searches.models import SavedSearch, SavedSearchHit
from review_app.web.app import create_app
from tests.browser import Browser
from tests.demo.conftest import Built

QUERIES = (
    "工伤", "逃逸", "终本 恢复执行", "停产停业损失", "不予立案 轻伤二级", "违法解除 工会", "评估报告 未送达", "案款 发放",
    "缓刑 谅解", "执行异议 案外人",
)  # fmt: skip
FIGURES = {
    "case1": ("C", Decimal(75), Outcome.SUPPLEMENT), "case3": ("D", Decimal(52), Outcome.CORRECT), "case5": ("C", Decimal(66), Outcome.IMPORT),
}  # fmt: skip


def reviews(built: Built) -> dict[str, CaseReview]:
    """The reviews by the key of the case they tell."""
    titles = {told.title: key for key, told in written_cases().items()}
    with built.database.reading() as session:
        found = session.scalars(select(CaseReview)).all()
        return {titles[one.item.title]: one for one in found if one.item.title in titles}


def test_reviews_stand_in_every_stage(built: Built) -> None:
    with built.database.reading() as session:
        states = Counter(session.scalars(select(CaseReview.state)))

    assert set(states) == {
        S.DUE, S.INTAKE, S.FILES, S.DRAW, S.NOTICE, S.READING, S.DELIBERATION, S.ESCALATED, S.SIGNOFF, S.RECTIFY,
        S.FOLLOWUP, S.CLOSED,
    }  # fmt: skip


@pytest.mark.parametrize("key", ["case1", "case2", "case3", "case5"])
def test_individual_scores_are_those_of_the_case(built: Built, key: str) -> None:
    expected = written_cases()[key].expected
    assert expected is not None

    with built.database.reading() as session:
        review = session.get_one(CaseReview, reviews(built)[key].id)
        scores = tuple(score_of(form).score for form in signed_forms(session, review))

    assert scores == expected.scores


@pytest.mark.parametrize("key", FIGURES)
def test_panel_figures_come_out_of_forms_and_ballots(built: Built, key: str) -> None:
    grade, score, outcome = FIGURES[key]

    with built.database.reading() as session:
        review = session.get_one(CaseReview, reviews(built)[key].id)
        result = final_result(session, review)
        assert result is not None
        figures = (result.grade, result.consolidation.score, result.outcome)

    assert figures == (grade, score, outcome)


def test_veto_short_of_two_thirds_escalates_and_does_not_apply(built: Built) -> None:
    review = reviews(built)["case5"]

    with built.database.reading() as session:
        result = final_result(session, session.get_one(CaseReview, review.id))
        assert result is not None
        codes = [reason.code for reason in result.consolidation.escalation]

    assert review.state is S.ESCALATED
    assert "veto_majority_only" in codes
    assert list(result.consolidation.vetoes) == []


def test_resolution_is_apart_from_grade(built: Built) -> None:
    found = reviews(built)

    assert (found["case1"].grade, found["case1"].resolution) == ("C", Resolution.IN_PROCEDURE)
    assert (found["case7"].grade, found["case7"].resolution) == ("B", Resolution.RESOLVED)


def test_pool_has_86_experts_one_whose_licence_ran_out_and_work_for_the_rules_of_recusal(
    built: Built,
) -> None:
    with built.database.reading() as session:
        experts = session.scalar(select(func.count()).select_from(Expert))
        draws = session.scalars(select(PanelDraw).where(PanelDraw.record.is_not(None))).all()
        rules = {row["rule"] for draw in draws for row in draw.frozen["excluded"]}
        excluding = [draw for draw in draws if draw.frozen["excluded"]]

    assert experts == 86 + 1
    assert len(draws) >= 8
    assert len(excluding) >= 6
    assert {"R04", "R06", "R08", "R18"} <= rules


@pytest.mark.parametrize("query", QUERIES)
def test_library_answers_the_acceptance_queries(built: Built, query: str) -> None:
    answered = ask(open_library(built.settings.index_folder), Asked(q=query), readable=EVERYONES)

    assert answered.page.total >= 3


def test_every_case_of_the_library_is_marked_as_invented(built: Built) -> None:
    with built.database.reading() as session:
        notes = session.scalars(select(Precedent.licence_note)).all()

    assert 30 <= len(notes) <= 40
    assert all("演示数据" in note for note in notes)


def test_an_expert_is_told_of_the_case_that_came_later(built: Built) -> None:
    with built.database.reading() as session:
        daily, weekly = session.scalars(select(SavedSearch).order_by(SavedSearch.id)).all()
        hits = session.scalars(select(SavedSearchHit)).all()
        notices = session.scalars(select(Notice).where(Notice.kind == "saved-search-hits")).all()

        assert [(hit.saved_search_id, hit.precedent.title) for hit in hits] == [
            (daily.id, "起诉以后才通知工会仍属违法解除的再审案")
        ]
    assert [(notice.person_id, notice.facts["count"]) for notice in notices] == [(daily.owner_id, 1)]
    assert weekly.total >= 2


def test_audit_chain_is_whole_and_in_the_order_of_time(built: Built) -> None:
    with built.database.reading() as session:
        verdict = verify_log(session)

    assert verdict.broken is None
    assert verdict.rows > 500


@pytest.mark.parametrize(
    "role",
    [Role.COORD, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.SYSADMIN, Role.REVIEWED_LIAISON],
)
def test_every_role_that_acts_finds_something_waiting(built: Built, role: Role) -> None:
    app = create_app(built.settings, database=built.database)
    app.testing = True
    browser = Browser(app, built.database, utc_now)
    with built.database.reading() as session:
        people = [one for one in session.scalars(select(Person).order_by(Person.id)) if one.has(role)]

    waiting = [len(browser.sign_in(person).get("/").page.select(".work-item")) for person in people]

    assert any(waiting)


def test_every_listed_expert_finds_something_waiting(built: Built) -> None:
    app = create_app(built.settings, database=built.database)
    app.testing = True
    browser = Browser(app, built.database, utc_now)
    with built.database.reading() as session:
        chair = next(one for one in built.lines if one.role == "组长" and "研讨" in one.note)
        person = session.scalars(select(Person).where(Person.login == chair.login)).one()

    page = browser.sign_in(person).get("/").text

    assert "主持研讨" in page


def test_names_and_the_one_password_are_listed(built: Built) -> None:
    logins = {line.login for line in built.lines}

    assert {"coord", "secretary", "leader", "head", "supervisor", "auditor", "admin", "court"} <= logins
    assert {line.password for line in built.lines} == {PASSWORD}
