"""Quarterly reports: each record in exactly one, zero reports, once, by the auditor alone."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations.immutable import WrittenOnce
from review_app.deliberations.interventions import comment, record_intervention
from review_app.deliberations.states import Channel, InterventionKind
from review_app.documents.checker import check, errors
from review_app.documents.content import Paragraph, Table
from review_app.documents.office import use_office
from review_app.errors import NotAllowed, ReviewError
from review_app.interference.quarters import Quarter
from review_app.interference.queries import owed_quarters, records_of
from review_app.interference.service import draft, hand_in, issue_report, read_report, remind_of_reports
from review_app.notices.service import unread
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from review_app.settings import Settings
from tests import factories
from tests.conftest import NOW

FIRST = Quarter(2024, 1)
MARCH = NOW - timedelta(days=10)


@pytest.fixture(autouse=True)
def issuing_office(settings: Settings) -> None:
    use_office(settings)


@pytest.fixture
def auditor(session: Session) -> Person:
    return factories.person(session, Role.AUDITOR, name="曹审计")


@pytest.fixture
def review(session: Session) -> CaseReview:
    made = factories.review(session, ReviewState.READING)
    made.created_at = MARCH - timedelta(days=20)
    session.flush()
    return made


def interfere(session: Session, review: CaseReview, *, now=MARCH) -> None:
    record_intervention(
        session, review, who="某领导", post="某局副局长", channel=Channel.PHONE, at=now - timedelta(days=30),
        content="来电要求不要认定程序违法。", by=factories.person(session, Role.COORD, name="周协调"), now=now,
    )  # fmt: skip
    session.flush()


def test_a_record_stands_in_the_quarter_in_which_it_was_made(session: Session, review: CaseReview) -> None:
    interfere(session, review, now=MARCH)
    interfere(session, review, now=NOW)

    counts = [len(records_of(session, quarter)) for quarter in (Quarter(2023, 4), FIRST, Quarter(2024, 2))]

    assert counts == [0, 1, 1]


def test_the_report_lists_every_record_and_counts_the_leaders_notes(
    session: Session, review: CaseReview, auditor: Person
) -> None:
    interfere(session, review)
    leader = factories.person(session, Role.LEADER)
    comment(session, review, kind=InterventionKind.TIMING, text="请按期完成阅卷。", by=leader, now=MARCH)

    paper = draft(session, FIRST, by=auditor, now=NOW)

    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert table.rows == (
        (
            "1", "2024年2月22日10时00分", "某领导（某局副局长）", str(review.review_no), "电话",
            "来电要求不要认定程序违法。", "周协调",
        ),
    )  # fmt: skip
    told = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert any("领导留言1件，其中时间进度1件" in text for text in told)
    assert "请按期完成阅卷" not in "".join(told)


def test_without_a_record_there_is_a_zero_report_in_the_right_format(
    session: Session, review: CaseReview, auditor: Person
) -> None:
    report = issue_report(session, FIRST, by=auditor, now=NOW)

    assert (report.substance, report.others, report.seq) == (0, 0, 1)
    assert "作零报告" in report.content
    assert errors(check(read_report(report))) == []
    assert owed_quarters(session, date(2024, 4, 2)) == []


def test_a_report_with_records_keeps_the_format(
    session: Session, review: CaseReview, auditor: Person
) -> None:
    for _ in range(12):
        interfere(session, review)

    report = issue_report(session, FIRST, by=auditor, now=NOW)

    assert (report.substance, report.number) == (12, report.number)
    assert errors(check(read_report(report))) == []


def test_a_quarter_is_reported_once_and_not_before_it_is_over(
    session: Session, review: CaseReview, auditor: Person
) -> None:
    issue_report(session, FIRST, by=auditor, now=NOW)

    for quarter in (FIRST, Quarter(2024, 2), Quarter(2023, 4)):
        with pytest.raises(ReviewError, match="尚未结束，或者已经报告"):
            issue_report(session, quarter, by=auditor, now=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_else_reports(session: Session, review: CaseReview, role: Role) -> None:
    other = factories.person(session, role, organisation=factories.organisation(session))

    with pytest.raises(NotAllowed):
        issue_report(session, FIRST, by=other, now=NOW)


def test_a_report_is_handed_in_once(session: Session, review: CaseReview, auditor: Person) -> None:
    report = issue_report(session, FIRST, by=auditor, now=NOW)
    today = date(2024, 4, 2)

    for on, to in ((date(2024, 4, 1), "市委政法委"), (date(2024, 4, 3), "市委政法委"), (today, " ")):
        with pytest.raises(ReviewError):
            hand_in(session, report, on=on, received_by=to, by=auditor, now=NOW)
    hand_in(session, report, on=today, received_by="市委政法委 王某", by=auditor, now=NOW)

    assert report.handing_in is not None
    assert report.handing_in.on == today
    with pytest.raises(ReviewError, match="已经登记"):
        hand_in(session, report, on=today, received_by="市委政法委", by=auditor, now=NOW)


def test_an_issued_report_never_changes(session: Session, review: CaseReview, auditor: Person) -> None:
    report = issue_report(session, FIRST, by=auditor, now=NOW)

    report.substance = 3
    with pytest.raises(WrittenOnce):
        session.flush()


def test_auditors_are_told_once_when_due_and_once_when_late(
    session: Session, review: CaseReview, auditor: Person
) -> None:
    told = [remind_of_reports(session, now=NOW + timedelta(days=days)) for days in (0, 1, 8, 9, 20)]

    assert told == [1, 0, 0, 1, 0]
    assert [one.kind for one in unread(session, auditor)] == ["interference-overdue", "interference-due"]


def test_nobody_is_told_when_the_report_is_made(
    session: Session, review: CaseReview, auditor: Person
) -> None:
    issue_report(session, FIRST, by=auditor, now=NOW)

    assert remind_of_reports(session, now=NOW) == 0
