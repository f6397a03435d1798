"""Pages of agreement: who opens them, what stands on them, and what never does."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.evaluations.models import EvalForm
from review_app.reviews.states import ReviewState
from tests import factories
from tests.agreement.rated import experts, many, rated
from tests.browser import Browser
from tests.evaluations.made import reading


def test_the_scores_of_one_case_stand_side_by_side_for_its_panel(browser: Browser, session: Session) -> None:
    members = experts(session, 5)
    given = [{"D5-01": "6"}, {"D5-01": "1"}, {}, {"D1-01": "1"}, {}]
    review = rated(session, members, given, state=ReviewState.DRAFT)
    session.commit()

    browser.sign_in(members[1]).get(f"/reviews/{review.id}/agreement")

    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in browser.page.select("tbody tr")
    ]
    item = next(row for row in rows if row[0].startswith("D5-01"))
    assert browser.status == 200
    assert item[1:] == ["6", "1", "—", "—", "—", "6 须讨论"]
    assert len(browser.page.select("svg.chart circle")) == 7
    assert all(member.name in browser.text for member in members)


def test_before_all_have_signed_nobody_opens_it(browser: Browser, session: Session) -> None:
    made = reading(session, size=3)
    secretary = factories.person(session, Role.SECRETARY)
    session.commit()

    url = f"/reviews/{made.review.id}/agreement"
    people = [*made.members, made.coordinator, secretary]
    answers = {browser.sign_in(person).get(url).status for person in people}

    assert answers == {404}


def test_across_cases_there_are_coefficients_without_names(browser: Browser, session: Session) -> None:
    people = many(session, 12)
    leader = factories.person(session, Role.LEADER)
    session.commit()

    browser.sign_in(leader).get("/agreement")

    assert browser.status == 200
    assert "一致性不足" in browser.text
    assert not [person.name for person in people if person.name in browser.text]
    assert "专家宽严" not in browser.text
    assert browser.get("/agreement/raters").status == 404


def test_few_cases_give_too_few_data_and_no_number(browser: Browser, session: Session) -> None:
    many(session, 9)
    office = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(office)

    assert "数据不足" in browser.get("/agreement").text
    assert not browser.page.select("svg.chart")
    assert "数据不足" in browser.get("/agreement/raters").text
    assert not browser.page.select("svg.chart")


def test_the_coordinator_sees_strictness_and_that_is_on_record(browser: Browser, session: Session) -> None:
    people = many(session, 12)
    office = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(office).get("/agreement/raters")

    names = [row.select_one("td").get_text(strip=True) for row in browser.page.select("tbody tr")][:4]
    assert names[0] == people[0].name
    assert "仅供参考，不是结果" in browser.text
    session.expire_all()
    kept = [row for row in session.query(AuditRow) if row.action == "agreement.raters"]
    assert [(row.person_id, row.after) for row in kept] == [(office.id, {"cases": 12, "raters": 4})]


@pytest.mark.parametrize("role", [Role.EXPERT, Role.CLERK, Role.SYSADMIN, Role.DPO, Role.REVIEWED_LIAISON])
def test_others_find_nothing(browser: Browser, session: Session, role: Role) -> None:
    person = factories.person(session, role, organisation=factories.organisation(session))
    session.commit()

    browser.sign_in(person)

    assert [browser.get(url).status for url in ("/agreement", "/agreement/raters")] == [404, 404]


def test_an_open_review_changes_no_figure(browser: Browser, session: Session) -> None:
    """What is still being read and written must not show through the coefficients."""
    people = many(session, 12)
    office = factories.person(session, Role.COORD)
    session.commit()
    pages = ("/agreement", "/agreement/raters")
    before = [browser.sign_in(office).get(url).page.main.get_text() for url in pages]

    rated(session, people[:3], [{"D5-01": "8"}, {}, {}], state=ReviewState.DELIBERATION)
    session.commit()

    assert session.query(EvalForm).count() == 39
    assert [browser.get(url).page.main.get_text() for url in pages] == before


def test_a_case_without_counting_forms_says_so(browser: Browser, session: Session) -> None:
    members = experts(session, 3)
    review = rated(session, members, [{}, {}, {}], state=ReviewState.CLOSED)
    for form in session.scalars(select(EvalForm).where(EvalForm.review_id == review.id)):
        form.access.ended_at = form.created_at
    coordinator = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(coordinator).get(f"/reviews/{review.id}/agreement")

    assert browser.status == 200
    assert "没有计入结果的评查表" in browser.text
