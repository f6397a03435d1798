"""Closed reviews whose members have signed, as many as a test wants."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.evaluations.models import Deduction, EvalForm
from review_app.evaluations.states import FormState
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from tests import factories
from tests.conftest import NOW

Given = Mapping[str, str]


def experts(session: Session, count: int) -> list[Person]:
    found = [factories.expert(session).person for _ in range(count)]
    return [person for person in found if person is not None]


def rated(
    session: Session,
    members: Sequence[Person],
    given: Sequence[Given],
    *,
    grades: str = "",
    state: ReviewState = ReviewState.CLOSED,
    **values: object,
) -> CaseReview:
    """A review in which each member signed a form with deductions: points by code; ``grades`` one letter each."""
    closed = {"closed_at": NOW} if state is ReviewState.CLOSED else {}
    review = factories.review(session, state, size=len(members), **(closed | values))
    for place, (person, points) in enumerate(zip(members, given, strict=True)):
        form(session, review, person, points, grade=grades[place] if grades else "B")
    session.expire_all()
    return review


def form(session: Session, review: CaseReview, person: Person, given: Given, *, grade: str) -> EvalForm:
    seat = factories.seat(session, review, person)
    made = EvalForm(
        review=review, access=seat, person=person, round=1, template=review.template, created_at=NOW,
        rule_version=review.rule_version, proposed_grade=grade if grade != "-" else None,
    )  # fmt: skip
    usual = load_catalogue(review.rule_version).deductions
    for seq, (code, points) in enumerate(given.items(), start=1):
        made.deductions.append(
            Deduction(
                seq=seq, code=code, severity=usual[code].severity, points=Decimal(points), created_at=NOW
            )
        )
    session.add(made)
    session.flush()
    made.state, made.signed_at = FormState.SIGNED, NOW + timedelta(minutes=1)
    session.flush()
    return made


def many(session: Session, count: int) -> list[Person]:
    """``count`` closed reviews of three of four experts; the first always takes two points more."""
    people = experts(session, 4)
    for number in range(count):
        trio = [people[0], people[1 + number % 3], people[1 + (number + 1) % 3]]
        level = 1 + number % 4
        rated(
            session, trio, [{"D5-01": f"{level + 2}"}, {"D5-01": f"{level}"}, {"D5-01": f"{level}"}],
            grades="CBB" if number % 2 else "BAA",
        )  # fmt: skip
    return people
