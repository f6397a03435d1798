"""What went wrong in other programs of this kind, one short test each. (What leaves the house, its fonts and the
stored passwords: tests/permissions/test_downloads.py.)"""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.deliberations.statistics import statistics
from review_app.errors import NotAllowed
from review_app.evaluations.content import is_intact, score_of
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import bare_forms, forms_ever_signed, fresh
from review_app.evaluations.service import open_forms
from review_app.experts.models import Expert
from review_app.organisations.models import Organisation
from review_app.panels.answering import sign_statement
from review_app.panels.states import SeatState
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_read_files
from review_app.reviews.states import Capacity
from review_app.rulebook import rules as rulebook
from review_app.rulebook.reading import merged
from tests import factories
from tests.browser import Browser
from tests.conftest import NOW
from tests.evaluations import made
from tests.factories import PASSWORD
from tests.panels import stage
from tests.panels.test_commands import answer, example, run

__all__ = ["example"]
LATER = "2099.1"


def test_p5_a_list_in_one_cell_becomes_several_specialties(browser: Browser, session: Session) -> None:
    """Elsewhere the split list was thrown away and the cell was walked letter by letter."""
    coordinator = factories.person(session, Role.COORD)
    factories.organisation(session, "衡正所")
    session.commit()
    table = "专家编号,姓名,类别,单位,专业,执业起始日期,聘任日期\nZJ-0001,张三,律师,衡正所,民事;刑事,2005-07-01,2023-06-28\n"

    browser.sign_in(coordinator).get("/experts/import")
    browser.submit("main form[enctype]", {"file": ("专家.csv", table.encode("utf-8-sig"))})
    browser.submit("main form[action$='carry-out']")

    assert session.scalars(select(Expert)).one().specialties == ["民事合同", "刑事"]


@pytest.fixture
def later_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second version of the rules, with other maxima and thresholds."""
    first = rulebook.rule_data(rulebook.CURRENT)
    other = merged(
        first,
        {
            "rule_version": LATER,
            "templates": {"EXE": {"maxima": {"D7": 4, "D1": 26}}},
            "grading": {"thresholds": {"A": 99, "B": 98, "C": 97}},
        },
    )
    read = rulebook.rule_data
    monkeypatch.setattr(rulebook, "rule_data", lambda version: other if version == LATER else read(version))
    yield
    rulebook.load.cache_clear()


def test_p8_new_rules_leave_signed_answers_alone(session: Session, request: pytest.FixtureRequest) -> None:
    """Elsewhere a changed scale rewrote the answers already given."""
    reading = made.reading(session, size=3)
    form = reading.forms[0]
    made.deduct(session, form, reading, "D7-04", "7.5")
    made.signed(session, reading, [fresh(session, form)])
    before = score_of(fresh(session, form))

    request.getfixturevalue("later_rules")

    kept = fresh(session, form)
    assert (kept.rule_version, kept.deductions[0].points) == ("2024.1", Decimal("7.5"))
    assert score_of(kept) == before
    assert is_intact(kept)
    assert rulebook.load(LATER).templates["EXE"].maxima["D7"] == 4
    assert before.dimensions["D7"].maximum == 22


def test_p9_what_cannot_be_logged_does_not_happen(
    app: Flask, browser: Browser, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere a failing audit trail was swallowed and the change went through without a trace."""
    coordinator = factories.person(session, Role.COORD)
    session.commit()
    browser.sign_in(coordinator).get("/organisations/new")
    count = select(func.count()).select_from(Organisation)
    before = session.scalar(count)

    def full_disk(*_args: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr("review_app.audit.service.digest", full_disk)
    monkeypatch.setattr(app, "testing", False)
    browser.submit("main form", {"code": "CT-99", "name": "某某市人民法院"})
    session.rollback()

    assert browser.status == 500
    assert session.scalar(count) == before
    assert session.scalar(select(AuditRow).where(AuditRow.action.startswith("organisation"))) is None


def test_p15_a_conflict_is_refused_behind_the_page_too(
    browser: Browser, session: Session, example: dict[str, object]
) -> None:
    """Elsewhere only the page warned; whoever wrote his own request took the case."""
    scene = stage.ready(session)
    member = stage.drawn(session, scene).seated[0]
    stage.sign(session, member, R08="我是本案的承办人")
    session.commit()

    with pytest.raises(NotAllowed):
        sign_statement(
            session,
            member,
            answers=stage.answers(),
            promise=True,
            password=PASSWORD,
            by=member.person,
            now=NOW,
        )
    written_by_hand = browser.sign_in(member.person).get("/password").page.select_one("[name=csrf_token]")
    assert written_by_hand is not None
    address = f"/reviews/{scene.review.id}/panel/statement"
    refused = browser.post(
        address, {"csrf_token": written_by_hand["value"], "promise": "y", "password": PASSWORD}
    )

    assert member.status is SeatState.RECUSED
    assert refused.status == 404
    assert not can_read_files(member.person, scene.review)
    drawn = answer(run(example))
    assert "ZJ-0006" in {one["expert_no"] for one in drawn["exclusions"]}
    assert "ZJ-0006" not in {one["expert_no"] for one in drawn["members"]}


def test_p16_a_second_round_leaves_the_first_form_alone(session: Session) -> None:
    """Elsewhere a reviewer's second opinion overwrote his first."""
    reading = made.reading(session, size=3)
    made.signed(session, reading)
    member, first = reading.members[0], reading.forms[0]
    seal = fresh(session, first).content_sha256

    second = second_round(session, reading.review, member)
    made.write(session, second, highlights="第二轮的意见")

    kept = fresh(session, first)
    assert (kept.content_sha256, is_intact(kept)) == (seal, True)
    assert "第二轮的意见" not in kept.highlights
    assert {
        (form.id, form.round) for form in bare_forms(session, reading.review) if form.person_id == member.id
    } == {
        (first.id, 1),
        (second.id, 2),
    }
    assert first.id in {form.id for form in forms_ever_signed(session, reading.review)}


def second_round(session: Session, review: CaseReview, member: Person) -> EvalForm:
    for seat in review.accesses:
        seat.ended_at = NOW
    review.round = 2
    factories.seat(session, review, member, Capacity.CHAIR)
    session.expire(review, ["accesses"])
    (form,) = open_forms(session, review, by=None, now=NOW)
    return fresh(session, form)


def test_p23_zero_is_counted_and_shown_and_the_absent_left_out(app: Flask) -> None:
    """Elsewhere a zero was taken for "nothing entered", and abstaining for the lowest mark."""
    with_zero = statistics(
        {"m1": Decimal(0), "m2": Decimal(90), "m3": Decimal(90)}, {"m1": "D", "m2": "B", "m3": "B"}
    )
    without = statistics({"m2": Decimal(90), "m3": Decimal(90)}, {"m2": "B", "m3": "B"})

    assert (with_zero.mean, without.mean) == (60, 90)
    assert (with_zero.dispersion, without.dispersion) == (90, 0)
    assert app.jinja_env.filters["points"](Decimal("0.0")) == "0"
