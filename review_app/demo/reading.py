"""Experts at their desks: drafts with quotations and provisions, signatures."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from review_app.demo.narratives import LAWS, FormRow, Marked, Narrative
from review_app.demo.office import Office
from review_app.demo.people import PASSWORD
from review_app.evaluations.content import score_of
from review_app.evaluations.drafting import add_deduction, add_law, save_draft
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.evaluations.quoting import add_quote_by_words
from review_app.evaluations.readiness import signing_problems
from review_app.evaluations.service import sign_form
from review_app.reviews.models import CaseReview
from review_app.rulebook import load

NO_PROBLEM = "未发现问题"


def forms_of(office: Office, review: CaseReview) -> list[EvalForm]:
    """The open forms in the order of the seats."""
    own = select(EvalForm).where(EvalForm.review_id == review.id, EvalForm.round == review.round)
    forms = office.session.scalars(own.order_by(EvalForm.access_id))
    return [form for form in forms if form.access.ended_at is None]


def fill_in(office: Office, told: Narrative, form: EvalForm, member: int) -> EvalForm:
    """Write everything member number ``member`` (from 0) has to say."""
    rows = [row for row in told.forms if row.points[member] is not None]
    for row in rows:
        write_deduction(office, told, form, row, row.points[member] or Decimal(0))
    form = fresh(office.session, form)
    written = {**dimension_answers(told, rows), **reading_answers(form)}
    save(office, form, {**written, **proposal_answers(told, form, rows, member)})
    return form


def save(office: Office, form: EvalForm, answers: dict[str, Sequence[str]]) -> None:
    saved = save_draft(office.session, form, answers, edition=form.edition, by=form.person, now=office.now)
    for error in saved.refused.values():
        raise error


def write_deduction(office: Office, told: Narrative, form: EvalForm, row: FormRow, points: Decimal) -> None:
    deduction = add_deduction(office.session, form, row.code, by=form.person, now=office.now)
    target, text = f"deduction.{deduction.seq}", told.findings[row.code]
    office.session.refresh(form, ["deductions"])
    answers: dict[str, Sequence[str]] = {
        f"{target}.points": [str(points)], f"{target}.locus": [text.locus], f"{target}.note": [text.text],
    }  # fmt: skip
    if row.veto:
        answers[f"{target}.veto_code"] = [row.veto]
    save(office, form, answers)
    for mark in told.marks:
        if mark.code == row.code:
            quote(office, form, mark, target)
    for one in text.law:
        law, version = LAWS[one.law]
        add_law(
            office.session, form, target, law=law, version=version, article=f"第{one.article}条", by=form.person,
            now=office.now,
        )  # fmt: skip


def quote(office: Office, form: EvalForm, mark: Marked, target: str) -> None:
    document = form.review.volumes[mark.volume - 1].documents[mark.document - 1]
    add_quote_by_words(
        office.session, form, document_id=document.id, page=mark.page, words=mark.words, target=target,
        by=form.person, now=office.now,
    )  # fmt: skip


def dimension_answers(told: Narrative, rows: list[FormRow]) -> dict[str, Sequence[str]]:
    """The text of each dimension; where the member deducts nothing, also the tick that nothing was found."""
    found_in = {row.code.partition("-")[0] for row in rows}
    answers: dict[str, Sequence[str]] = {}
    for dimension, text in told.dimensions.items():
        answers[f"{dimension}.text"] = [text if dimension in found_in or NO_PROBLEM in text else ""]
        if dimension not in found_in:
            answers[f"{dimension}.clean"] = ["y"]
    return answers


def reading_answers(form: EvalForm) -> dict[str, Sequence[str]]:
    return {
        "volumes_read": [str(volume.number) for volume in form.review.volumes],
        "method": ["ELECTRONIC"],
        "minutes_spent": ["185"],
        "reading_note": ["已阅全部卷宗，并与自评表核对。"],
    }


def proposal_answers(
    told: Narrative, form: EvalForm, rows: list[FormRow], member: int
) -> dict[str, Sequence[str]]:
    """Grade as scored (or as the case tells), outcome, measures, routes, and reasons."""
    outcome = told.outcome.value if told.outcome else ""
    grade = told.proposed_grades[member] if told.proposed_grades else score_of(form).grade
    needs_route = outcome and load(form.rule_version).outcomes[outcome].needs_route
    return {
        "proposed_grade": [grade],
        "proposed_outcome": [outcome],
        "proposed_measures": list(told.measures),
        "proposed_routes": [one.route for one in told.routes] if needs_route else [],
        "proposal_reasons": [f"共提出{len(rows)}项问题，依扣分和等次规则提出。"],
        "highlights": ["；".join(told.highlights)],
    }


def sign_off(office: Office, form: EvalForm) -> EvalForm:
    """Sign as the member would; says what is missing when the data of the case is not complete."""
    if problems := signing_problems(form):
        raise ValueError(f"{form.person.login}: " + "；".join(f"{one.path} {one}" for one in problems))
    return sign_form(
        office.session,
        form,
        password=PASSWORD,
        declared=True,
        edition=form.edition,
        by=form.person,
        now=office.now,
    )
