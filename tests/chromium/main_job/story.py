"""What the steps of the job share: the people, the case as it is told, and where the review stands."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.database import Database
from review_app.demo.narratives import Marked, Narrative
from review_app.organisations.models import Organisation
from review_app.panels.models import Panel
from review_app.panels.queries import panel_of
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, ReviewState
from review_app.settings import Settings
from tests.browser import Browser
from tests.chromium.main_job.hands import Hands
from tests.conftest import TestClock


@dataclass
class Story:
    """``hands`` works in Chromium, ``browser`` without JavaScript on the same database."""

    hands: Hands
    browser: Browser
    session: Session
    database: Database
    settings: Settings
    clock: TestClock
    folder: Path
    told: Narrative
    organs: dict[str, Organisation]
    people: dict[str, Person]
    review_id: int = 0
    members: list[Person] = field(default_factory=list)

    @property
    def review(self) -> CaseReview:
        """The review as it is stored now."""
        self.session.rollback()
        self.session.expire_all()
        return self.session.get_one(CaseReview, self.review_id)

    @property
    def panel(self) -> Panel:
        found = panel_of(self.session, self.review)
        assert found is not None
        return found

    @property
    def state(self) -> ReviewState:
        return self.review.state

    def at(self, page: str = "") -> str:
        return f"/reviews/{self.review_id}{page}"

    def seated(self, capacity: Capacity) -> Person:
        return next(
            one.person for one in self.review.accesses if one.capacity is capacity and one.ended_at is None
        )

    @property
    def chair(self) -> Person:
        return self.seated(Capacity.CHAIR)

    @property
    def lead(self) -> Person:
        return self.seated(Capacity.LEAD)

    def points(self, member: int) -> dict[str, Decimal]:
        """What member number ``member`` (from 0) deducts: code and points."""
        typed = ((row.code, row.points[member]) for row in self.told.forms)
        return {code: points for code, points in typed if points is not None}

    def marked(self, code: str) -> list[Marked]:
        return [mark for mark in self.told.marks if mark.code == code]

    def wait(self, *, days: int) -> None:
        self.clock.forward(days=days)
        self.hands.forget()

    def go_on(self, to: ReviewState) -> None:
        """The person at the browser takes the review on with the button on its page."""
        button = f"main .next-steps form:has([name=to][value={to}]) button"
        self.hands.go(self.at()).leave_by(self.hands.window.find(button))
        assert self.state is to

    def send(self, form: str, fields: dict[str, Any], *, button: str | None = None) -> Browser:
        """Send a form of the other browser's page; it must be accepted."""
        answer = self.browser.submit(form, fields, button=button)
        assert answer.status == 200, f"{answer.status} {answer.url}\n{answer.text[:3000]}"
        return answer
