"""From stored findings, forms and threads to the agenda, and to the members' points side by side."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.deliberations.assembling import findings_from, objected_findings
from review_app.deliberations.models import Finding
from review_app.deliberations.sessions import in_speaking_order
from review_app.discussions.agenda import Point, Why, in_order
from review_app.discussions.models import Thread
from review_app.discussions.queries import threads_of, threads_on
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import signed_forms
from review_app.form_templates.reading import rules_of
from review_app.reviews.models import CaseReview

Points = dict[int, Decimal]


@dataclass(frozen=True)
class AgendaItem:
    """A finding to be spoken about, why it comes here, and its threads."""

    finding: Finding
    point: Point
    reasons: tuple[Why, ...]
    threads: list[Thread]


@dataclass(frozen=True)
class Agenda:
    """``speakers`` in the order of speaking (C.7.12): juniors first, the chair last; ``items`` in their order;
    ``apart`` are open threads about no finding."""

    speakers: list[Person]
    items: list[AgendaItem]
    apart: list[Thread]


def agenda_of(session: Session, review: CaseReview) -> Agenda:
    """The agenda of the next session, from the signed forms, the findings and the discussions so far."""
    forms = signed_forms(session, review)
    threads = threads_of(session, review)
    findings = {one.id: one for one in findings_from(session, review, forms)}
    objected = objected_findings(session, review)
    threshold = rules_of(review).consolidation.item_spread_discuss
    points = [
        point_of(finding, place, forms, threads_on(threads, finding), objected)
        for place, finding in enumerate(findings.values())
    ]
    items = [
        AgendaItem(findings[one.key], one, one.reasons(threshold), threads_on(threads, findings[one.key]))
        for one in in_order(points, threshold)
    ]
    taken = {thread.id for item in items for thread in item.threads}
    return Agenda(
        speakers=[form.person for form in in_speaking_order(review, forms)],
        items=items,
        apart=[one for one in threads if one.is_open and one.id not in taken],
    )


def point_of(
    finding: Finding, place: int, forms: list[EvalForm], threads: list[Thread], objected: set[int]
) -> Point:
    given = points_by_member(finding)
    every = [given.get(form.person_id, Decimal(0)) for form in forms]
    return Point(
        key=finding.id,
        place=place,
        veto=finding.veto_code is not None,
        proposers=len(proposers(finding)),
        members=len(forms),
        spread=max(every, default=Decimal(0)) - min(every, default=Decimal(0)),
        objected=finding.id in objected,
        open_threads=sum(one.is_open for one in threads),
    )


def points_by_member(finding: Finding) -> Points:
    """Points each member deducted for the finding, by the id of his account; who deducted nothing is left out."""
    points: Points = {}
    for source in finding.sources:
        if source.deduction is not None:
            member = source.deduction.form.person_id
            points[member] = points.get(member, Decimal(0)) + source.deduction.points
    return points


def proposers(finding: Finding) -> set[int]:
    proposals = (source.deduction or source.veto for source in finding.sources)
    return {proposal.form.person_id for proposal in proposals if proposal is not None}
