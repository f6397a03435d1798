"""Hearing both sides: the organ answers the findings, the panel replies, the office hears the petitioner."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.clocks.calendar import is_provisional
from review_app.deliberations import hearing as hearings
from review_app.deliberations.models import Finding, Hearing, Objection
from review_app.deliberations.queries import findings_of, hearing_of, interviews_of
from review_app.deliberations.rules import (
    can_answer,
    can_read_interviews,
    can_record_interview,
    can_reply,
    can_see_hearing,
)
from review_app.deliberations.service import missing_hearing
from review_app.evaluations.models import LawCitation, Quote
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from review_app.web.deliberations.blueprint import pages
from review_app.web.deliberations.forms import AnswerForm, InterviewForm, ReplyForm, answer_form
from review_app.web.deliberations.words import found, may_read, words
from review_app.web.request import now, permitted, person, session, tried, visible_review


def readable(review_id: int) -> CaseReview:
    review = visible_review(review_id)
    permitted(can_see_hearing(person(), review), review)
    return review


def page_address(review: CaseReview) -> str:
    return url_for("deliberations.hearing", review_id=review.id)


@pages.get("/reviews/<id:review_id>/hearing")
def hearing(review_id: int) -> ResponseReturnValue:
    return shown(readable(review_id))


def shown(
    review: CaseReview,
    *,
    answering: AnswerForm | None = None,
    interviewing: InterviewForm | None = None,
    replying: dict[int, ReplyForm] | None = None,
) -> str:
    heard = hearing_of(session(), review)
    listed = findings_of(session(), review)
    may_answer = heard is not None and can_answer(person(), heard)
    may_record = can_record_interview(person(), review)
    return render_template(
        "pages/deliberations/hearing.html",
        hearing=heard,
        findings=listed,
        objections={one.finding_id: one for one in heard.objections} if heard else {},
        provisional=heard is not None and is_provisional(heard.due_on),
        overdue=heard is not None and local_day(now()) > heard.due_on,
        form=(answering or answer_form(listed)) if may_answer else None,
        reply_forms=reply_forms(heard, replying or {}),
        may_read_interviews=can_read_interviews(person(), review),
        interviews=interviews_of(session(), review) if can_read_interviews(person(), review) else [],
        interview_form=(interviewing or InterviewForm(formdata=None)) if may_record else None,
        lacks=missing_hearing(session(), review, now=now())
        if review.state is ReviewState.HEARING and can_read_interviews(person(), review)
        else [],
        proofs=proofs_of,
        may_read=may_read,
        **words(review),
    )


def proofs_of(finding: Finding) -> tuple[list[Quote], list[LawCitation]]:
    """The quotations and provisions behind a finding, each once, without telling whose they are."""
    proposals = [source.deduction or source.veto for source in finding.sources]
    quotes = {
        (quote.document_id, quote.page, quote.start, quote.end): quote
        for proposal in proposals
        if proposal
        for quote in proposal.quotes
    }
    laws = {
        (law.law, law.version, law.article): law
        for proposal in proposals
        if proposal
        for law in proposal.law_citations
    }
    return [quotes[key] for key in sorted(quotes)], [laws[key] for key in sorted(laws)]


def reply_forms(heard: Hearing | None, refused: dict[int, ReplyForm]) -> dict[int, ReplyForm]:
    """A form for every objection this person may answer."""
    if heard is None or not can_reply(person(), heard):
        return {}
    return {
        one.id: refused.get(one.id) or ReplyForm(formdata=None, text=one.reply)
        for one in heard.objections
        if one.objects
    }


@pages.post("/reviews/<id:review_id>/hearing")
def answer(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    heard = found(hearing_of(session(), review))
    permitted(can_answer(person(), heard), review)
    listed = findings_of(session(), review)
    form = answer_form(listed)
    if form.validate_on_submit() and tried(
        lambda: hearings.answer_hearing(session(), heard, form.answers(listed), by=person(), now=now())
    ):
        flash(gettext("意见已提交。"), "success")
        return redirect(page_address(review))
    return shown(review, answering=form)


@pages.post("/reviews/<id:review_id>/objections/<id:objection_id>")
def reply(review_id: int, objection_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    heard = found(hearing_of(session(), review))
    permitted(can_reply(person(), heard), review)
    objection: Objection = found(next((one for one in heard.objections if one.id == objection_id), None))
    form = ReplyForm()
    if form.validate_on_submit() and tried(
        lambda: hearings.reply_to(session(), objection, text=form.text.data or "", by=person(), now=now())
    ):
        flash(gettext("答复已保存。"), "success")
        return redirect(page_address(review))
    return shown(review, replying={objection.id: form})


@pages.post("/reviews/<id:review_id>/interviews")
def interview(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    permitted(can_record_interview(person(), review), review)
    form = InterviewForm()
    if form.validate_on_submit() and form.held_on.data is not None:
        held_on = form.held_on.data
        if tried(
            lambda: hearings.record_interview(
                session(), review, held_on=held_on, place=form.place.data or "", text=form.text.data or "",
                by=person(), now=now(),
            )
        ):  # fmt: skip
            flash(gettext("已登记听取意见的记录。"), "success")
            return redirect(page_address(review))
    return shown(review, interviewing=form)
