"""Until every member has signed, nothing that anybody else is answered depends on what a member wrote: offices
that differ only in his work are asked for everything, by everybody, and must answer the same. (The auditor reads
in the log that a form was signed and when; nobody else does, and what stands in the form is not in the log.)"""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from review_app.database import Database
from review_app.reviews.states import ReviewState
from tests.conftest import TestClock, fast
from tests.evaluations import made
from tests.permissions import worlds
from tests.permissions.worlds import SECRET_WORDS, Answer, Asked, Case, World

Work = Callable[[Session, Case], None]
Start = Callable[[Work], World]
LOG = ("/audit", "/audit/verify")
HIS = ("7.5", "D7-04", SECRET_WORDS)


def nothing(_session: Session, _case: Case) -> None:
    """The member has not begun."""


def drafted(session: Session, case: Case) -> None:
    found, form = worlds.quiet_form(session, case)
    for place in range(12):
        made.deduct(session, form, found, "D7-04", place=place)
    made.write(session, form, D1__text=SECRET_WORDS * 40)


def signed(session: Session, case: Case) -> None:
    found, form = worlds.quiet_form(session, case)
    made.deduct(session, form, found, "D7-04")
    made.write(session, form, D1__text=SECRET_WORDS)
    made.signed(session, found, [form])


def all_signed_briefly(session: Session, case: Case) -> None:
    found, form = worlds.quiet_form(session, case)
    made.deduct(session, form, found, "D7-04")
    all_sign(session, found)


def all_signed_at_length(session: Session, case: Case) -> None:
    found, form = worlds.quiet_form(session, case)
    made.deduct(session, form, found, "D7-04")
    made.deduct(session, form, found, "D8-01", place=1)
    made.complete(session, form)
    made.write(session, form, highlights=SECRET_WORDS * 20)
    made.sign(session, form)
    all_sign(session, found)


def all_sign(session: Session, found: made.Reading) -> None:
    made.signed(session, found, [form for form in found.forms if form.signed_at is None])
    found.review.state = ReviewState.DRAFT


@pytest.fixture
def start(empty_database_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "start.db"
    shutil.copy(empty_database_file, path)
    return path


@pytest.fixture
def case(start: Path, clock: TestClock) -> Case:
    database = fast(Database(f"sqlite:///{start}"))
    found = worlds.build(database, clock())
    database.engine.dispose()
    return found


@pytest.fixture
def office(application: Flask, start: Path, case: Case, tmp_path: Path, clock: TestClock) -> Iterator[Start]:
    """An office of its own for each way in which the member may have worked."""
    made_worlds, numbers = list[World](), count(1)

    def make(work: Work) -> World:
        world = worlds.copied(application, start, tmp_path / f"world{next(numbers)}", clock)
        with world.database.writing() as session, session.begin():
            work(session, case)
        made_worlds.append(world)
        return world

    yield make
    for world in made_worlds:
        world.database.engine.dispose()


def differences(one: dict[Asked, Answer], other: dict[Asked, Answer], case: Case) -> list[Asked]:
    """Where the answers are not the same, but in the log that only the auditor reads."""
    assert one.keys() == other.keys()
    told = [asked for asked in one if one[asked] != other[asked]]
    return [asked for asked in told if not (asked[1] == case.auditor and asked[2] in LOG)]


def test_a_signature_changes_no_answer_whatever_is_sent(
    office: Start, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    asking = [case.members[1], *case.office]
    one = office(nothing)
    before = dict([*one.read(case, case.everybody), *one.write(case, asking)])
    logged_before = caplog.messages[:]
    caplog.clear()
    other = office(signed)

    after = dict([*other.read(case, case.everybody), *other.write(case, asking)])

    assert differences(before, after, case) == []
    assert caplog.messages == logged_before


def test_the_log_that_the_auditor_reads_holds_nothing_of_the_form(office: Start, case: Case) -> None:
    world = office(signed)
    world.enter()

    log = world.browser(case.auditor).get("/audit", action="form")

    assert "评查表：签名" in log.text
    assert [word for word in HIS if word in log.text] == []


def test_a_draft_stays_secret_after_the_last_day(office: Start, case: Case, clock: TestClock) -> None:
    clock.forward(days=30)
    people = [*case.members[:2], *case.office]
    before = dict(office(nothing).read(case, people))

    after = dict(office(drafted).read(case, people))

    assert differences(before, after, case) == []


# that the panel's work is not done is seen from outside, neither what nor how much is missing
def test_outside_the_panel_the_forms_stay_secret_when_all_have_signed(office: Start, case: Case) -> None:
    others = [*case.office, case.auditor, case.liaison]
    before = dict(office(all_signed_briefly).read(case, others))

    after = dict(office(all_signed_at_length).read(case, others))

    assert differences(before, after, case) == []


def test_the_scan_sees_what_a_member_may_see(office: Start, case: Case) -> None:
    """Once all have signed the same comparison finds the difference on the members' own pages."""
    chair = case.members[0]
    before = dict(office(all_signed_briefly).read(case, [chair]))

    after = dict(office(all_signed_at_length).read(case, [chair]))

    assert ("GET", chair, f"/reviews/{case.review_id}/forms") in differences(before, after, case)
