"""The whole job on one case in a real browser, from the petition to the closed review: every step on its own
page, by the person who may do it."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from review_app.database import Database
from review_app.demo.beginning import go, register
from review_app.demo.build import found_office
from review_app.demo.narratives import waiting_reviews, written_cases
from review_app.demo.office import Office
from review_app.precedents.library import open_library
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from review_app.settings import Settings
from tests.browser import Browser
from tests.chromium.main_job import (
    collecting,
    drawing,
    following,
    issuing,
    judging,
    reading,
    registering,
    searching,
)
from tests.chromium.main_job.hands import Hands
from tests.chromium.main_job.story import Story
from tests.chromium.window import Window
from tests.conftest import TestClock

STEPS = (
    registering.register,
    collecting.collect,
    drawing.draw,
    drawing.state,
    drawing.tell,
    reading.read_beside_the_file,
    searching.search_and_cite,
    reading.sign_beside_the_file,
    reading.read_without_script,
    searching.report,
    judging.consolidate,
    judging.hear,
    judging.meet,
    judging.write_down,
    issuing.write,
    issuing.sign_and_release,
    issuing.serve,
    issuing.open_the_word_file,
    following.reply,
    following.resolve,
    following.audit,
)  # fmt: skip


@pytest.fixture
def story(
    window: Window, browser: Browser, session: Session, database: Database, settings: Settings,
    clock: TestClock, tmp_path: Path,
) -> Story:  # fmt: skip
    """An office with its people, the pool of experts, the library and a few reviews that are only registered."""
    office = Office(session, settings, open_library(settings.index_folder), {}, {}, 0, clock.now, clock.now)
    found_office(office)
    office.now = clock.now
    for key, told in waiting_reviews().items():
        begin(office, register(office, told), key)
    session.commit()
    return Story(
        Hands(window), browser, session, database, settings, clock, tmp_path, written_cases()["case1"],
        office.organs, office.people,
    )  # fmt: skip


def begin(office: Office, review: CaseReview, key: str) -> None:
    """Other reviews that wait for the coordinator, some of them already for their file."""
    steps = {"due": (), "intake": (ReviewState.INTAKE,)}
    for state in steps.get(key, (ReviewState.INTAKE, ReviewState.FILES)):
        go(office, review, state)


def test_a_case_goes_from_the_petition_to_the_closed_review(story: Story) -> None:
    for step in STEPS:
        step(story)
