"""Individual scores of closed reviews, read without anything that is sealed."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, load_only

from review_app.accounts.models import Person
from review_app.agreement.rules import counts_for
from review_app.clock import local_day
from review_app.evaluations.grading import DimensionScore, Points, dimension_scores, total
from review_app.evaluations.models import Deduction, DimensionNote, EvalForm
from review_app.evaluations.states import FormState
from review_app.form_templates.reading import rules_of
from review_app.reviews.models import CaseReview, LegalCase, ReviewAccess
from review_app.reviews.states import ReviewState

Items = Mapping[str, Decimal]


@dataclass(frozen=True)
class Rating:
    """What one member's signed form says in numbers. ``grade`` is the proposed one, None where it was left open;
    ``items`` points by code of the catalogue; ``dimensions`` the points lost in each, as far as they count."""

    person_id: int
    score: Decimal
    grade: str | None
    items: Items
    dimensions: Mapping[str, Decimal]


@dataclass(frozen=True)
class RatedCase:
    """A review with the ratings of all members."""

    review: CaseReview
    ratings: tuple[Rating, ...]


def closed_cases(
    session: Session, person: Person, *, template: str = "", year: int | None = None
) -> list[RatedCase]:
    """The closed reviews whose figures this person may see, in order of their ids; of one template or of one year of
    closing if asked. The number of queries does not grow with the reviews."""
    found = select(CaseReview).where(
        CaseReview.state == ReviewState.CLOSED, CaseReview.closed_at.is_not(None)
    )
    if template:
        found = found.where(CaseReview.template == template)
    wanted = found.options(joinedload(CaseReview.legal_case).load_only(LegalCase.reviewed_org_id))
    reviews = [
        review
        for review in session.scalars(wanted.order_by(CaseReview.id))
        if counts_for(person, review) and year in (None, closing_year(review))
    ]
    ratings = ratings_of(session, [review.id for review in reviews])
    return [RatedCase(review, tuple(ratings[review.id])) for review in reviews if ratings[review.id]]


def closing_year(review: CaseReview) -> int | None:
    return local_day(review.closed_at).year if review.closed_at else None


def ratings_of(session: Session, review_ids: Sequence[int]) -> Mapping[int, list[Rating]]:
    """The ratings by review, in order of the seats: signed forms of members who sit (to the end)."""
    counting = (
        select(EvalForm)
        .join(EvalForm.access)
        .where(
            EvalForm.review_id.in_(review_ids),
            EvalForm.state == FormState.SIGNED,
            ReviewAccess.ended_at.is_(None),
        )
        .options(
            load_only(
                EvalForm.review_id, EvalForm.person_id, EvalForm.template, EvalForm.rule_version,
                EvalForm.proposed_grade, EvalForm.form_template_id,
            )
        )
        .order_by(EvalForm.access_id)
    )  # fmt: skip
    forms = session.scalars(counting).all()
    points = points_by_form(session, [form.id for form in forms])
    absent = absent_dimensions(session, [form.id for form in forms])
    ratings: dict[int, list[Rating]] = defaultdict(list)
    for form in forms:
        ratings[form.review_id].append(rating_of(form, points[form.id], absent[form.id]))
    return ratings


def points_by_form(session: Session, form_ids: Sequence[int]) -> Mapping[int, list[Points]]:
    rows = select(Deduction.form_id, Deduction.code, Deduction.severity, Deduction.points)
    standing = rows.where(Deduction.form_id.in_(form_ids), Deduction.removed_at.is_(None))
    found: dict[int, list[Points]] = defaultdict(list)
    for form_id, code, severity, given in session.execute(standing.order_by(Deduction.id)):
        counted = Decimal(0) if severity == "S0" else max(Decimal(0), given)
        found[form_id].append(Points(code, severity, counted))
    return found


def absent_dimensions(session: Session, form_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """The dimensions each member said do not apply to the case."""
    rows = select(DimensionNote.form_id, DimensionNote.dimension).where(
        DimensionNote.form_id.in_(form_ids), DimensionNote.not_applicable
    )
    found: dict[int, set[str]] = defaultdict(set)
    for form_id, dimension in session.execute(rows):
        found[form_id].add(dimension)
    return found


def rating_of(form: EvalForm, points: Sequence[Points], absent: Container[str] = ()) -> Rating:
    dimensions = dimension_scores(points, form.template, rules_of(form))
    return Rating(
        person_id=form.person_id,
        score=total(dimensions),
        grade=form.proposed_grade,
        items=points_by_code(points),
        dimensions=judged(dimensions, absent),
    )


def points_by_code(points: Iterable[Points]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in points:
        sums[one.code] += one.points
    return dict(sums)


def judged(dimensions: Mapping[str, DimensionScore], absent: Container[str] = ()) -> dict[str, Decimal]:
    """Points lost per dimension; one that the template gives no points, or that does not apply, is not there,
    which is not 0."""
    return {name: one.deducted for name, one in dimensions.items() if one.maximum > 0 and name not in absent}


def names_of(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    rows = select(Person.id, Person.name).where(Person.id.in_(set(person_ids)))
    return {row.id: row.name for row in session.execute(rows)}
