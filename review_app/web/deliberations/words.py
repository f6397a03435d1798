"""What the templates of this subject share: names from the rule file, labels, and the head of the page."""

from typing import Any, TypeVar

from flask import abort

from review_app.accounts.models import Person
from review_app.deliberations.models import Finding
from review_app.deliberations.results import FINDING_STATUS_LABELS, GRADE_STATUS_LABELS, VETO_STATUS_LABELS
from review_app.deliberations.states import (
    CHANNEL_LABELS,
    ESCALATION_LABELS,
    ESCALATION_REASON_LABELS,
    INTERVENTION_LABELS,
    QUESTION_LABELS,
    STAGE_LABELS,
)
from review_app.evaluations.models import Quote
from review_app.form_templates.reading import catalogue_of, rules_of
from review_app.reviews.faces import face_of
from review_app.reviews.file_rules import can_open_document
from review_app.reviews.models import CaseReview
from review_app.web.evaluations.desk import in_words
from review_app.web.request import person, session

T = TypeVar("T")


def words(review: CaseReview) -> dict[str, Any]:
    """Names and labels that the pages of ``review`` use."""
    return {
        "review": review,
        "face": face_of(person(), review),
        "rules": rules_of(review),
        "ballots_named": not rules_of(review).consolidation.secret_ballots,
        "catalogue": catalogue_of(review),
        "in_words": in_words,
        "finding_name": finding_name,
        "finding_status_labels": FINDING_STATUS_LABELS,
        "veto_status_labels": VETO_STATUS_LABELS,
        "grade_status_labels": GRADE_STATUS_LABELS,
        "question_labels": QUESTION_LABELS,
        "stage_labels": STAGE_LABELS,
        "escalation_labels": ESCALATION_LABELS,
        "escalation_reason_labels": ESCALATION_REASON_LABELS,
        "intervention_labels": INTERVENTION_LABELS,
        "channel_labels": CHANNEL_LABELS,
    }


def finding_name(finding: Finding) -> str:
    """The catalogue's name of a finding, in the reader's language."""
    catalogue = catalogue_of(finding.review)
    if finding.stands_alone:
        return in_words(catalogue.vetoes[finding.code])
    return in_words(catalogue.deductions[finding.code])


def found(thing: T | None) -> T:
    """The thing, or 404."""
    return thing if thing is not None else abort(404)


def may_read(review: CaseReview, quote: Quote) -> bool:
    """Whether the words of a quotation are shown: to those who may open the document it is taken from."""
    uploader_id = quote.document.created_by_id
    uploader = session().get(Person, uploader_id) if uploader_id else None
    return can_open_document(person(), review, uploader)
