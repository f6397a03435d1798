"""A form as an expert will see it, made of a template alone: nothing of it is stored."""

from typing import Any

from review_app.clock import local_day
from review_app.evaluations.models import DimensionNote, EvalForm, FormAnswer
from review_app.evaluations.states import FormState
from review_app.form_templates.models import FormTemplate
from review_app.form_templates.reading import fields_of
from review_app.reviews.models import CaseReview
from review_app.rulebook.rules import DIMENSIONS
from review_app.web.evaluations.desk import desk_of
from review_app.web.evaluations.filling import words
from review_app.web.evaluations.laws import LawSearch
from review_app.web.request import now


def sample_view(template: str, rule_version: str, version: FormTemplate | None) -> dict[str, Any]:
    """Everything the form's templates need, for an empty form of this version."""
    form = empty_form(template, rule_version, version)
    return {
        "review": form.review,
        "desk": desk_of(form, due_on=None, open_at="D1"),
        "laws": LawSearch("", local_day(now()), "", []),
        **words(),
    }


def empty_form(template: str, rule_version: str, version: FormTemplate | None) -> EvalForm:
    review = CaseReview(template=template, rule_version=rule_version, form_template=version, round=1)
    form = EvalForm(
        review=review, template=template, rule_version=rule_version, form_template=version, round=1,
        state=FormState.DRAFT, edition=0, field_editions={}, highlights="", proposed_routes=[],
        proposed_measures=[], volumes_read=[], proposal_reasons="", reading_note="", reserves_dissent=False,
    )  # fmt: skip
    for code in DIMENSIONS:
        form.notes.append(DimensionNote(dimension=code, text="", clean=False, not_applicable=False))
    for seq, code in enumerate(fields_of(form), start=1):
        form.answers.append(
            FormAnswer(seq=seq, code=code, value="", chosen=[], not_applicable=False, reason="")
        )
    return form
