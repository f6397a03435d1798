"""The session of the panel: opened, voted, minuted; recommendations and differing opinions."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.accounts.models import Person
from review_app.clock import SHANGHAI
from review_app.deliberations import concluding, recording, sessions
from review_app.deliberations.assembling import result_of
from review_app.deliberations.minutes import minutes_paper
from review_app.deliberations.models import Ballot, Deliberation, Question
from review_app.deliberations.queries import (
    find_route,
    hearing_of,
    present_session,
    routes_of,
    sessions_of,
)
from review_app.deliberations.rules import (
    can_advise,
    can_audit_deliberation,
    can_dissent,
    can_keep_minutes,
    can_open_session,
    can_see_sessions,
    can_void_session,
    can_vote,
)
from review_app.deliberations.service import missing_deliberation
from review_app.deliberations.states import STANCE_LABELS, QuestionKind, Stage, Stance
from review_app.documents.office import office
from review_app.documents.official_format import write
from review_app.documents.watermark import watermarked
from review_app.evaluations.queries import signed_forms
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from review_app.web.deliberations.blueprint import pages
from review_app.web.deliberations.findings import number
from review_app.web.deliberations.forms import (
    AdviceForm,
    MinutesForm,
    OpenForm,
    PaperForm,
    ReasonForm,
    StanceForm,
    VoidForm,
    choice_names,
    paper_form,
)
from review_app.web.deliberations.words import found, words
from review_app.web.request import now, permitted, person, record_apart, session, tried, visible_review

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Count:
    """A closed question with its votes, counted by choice, and the ballots with names (class L3)."""

    question: Question
    counts: tuple[tuple[str, int], ...]
    ballots: tuple[Ballot, ...]


def readable(review_id: int) -> CaseReview:
    review = visible_review(review_id)
    permitted(can_see_sessions(person(), review), review)
    return review


def running(review: CaseReview) -> Deliberation:
    return found(present_session(session(), review))


def page_address(review: CaseReview) -> str:
    return url_for("deliberations.deliberation", review_id=review.id)


@pages.get("/reviews/<id:review_id>/deliberation")
def deliberation(review_id: int) -> ResponseReturnValue:
    review = visible_review(review_id)
    if can_audit_deliberation(person(), review):
        return reason_page(review, ReasonForm())
    permitted(can_see_sessions(person(), review), review)
    return shown(review)


def shown(
    review: CaseReview,
    *,
    opening: OpenForm | None = None,
    paper: PaperForm | None = None,
    minuting: MinutesForm | None = None,
    standing: StanceForm | None = None,
    advising: AdviceForm | None = None,
    voiding: VoidForm | None = None,
) -> str:
    held = sessions_of(session(), review)
    present = present_session(session(), review)
    asked = sessions.open_questions(present, person()) if present and can_vote(person(), present) else []
    may_open = can_open_session(person(), review) and is_openable(review, present)
    return render_template(
        "pages/deliberations/deliberation.html",
        held=held,
        present=present,
        counts=counts_of(review, present) if present else [],
        computed=result_of(session(), present) if present and present.stage is not Stage.FINDINGS else None,
        asked=asked,
        paper=(paper or paper_form(asked, review)) if asked else None,
        attends=present is not None and any(one.person_id == person().id for one in present.attendances),
        oral=sessions.why_not_in_writing(session(), review) if may_open else [],
        open_form=(opening or open_form(review)) if may_open else None,
        minutes_form=(minuting or minutes_form(present))
        if present and can_keep_minutes(person(), present)
        else None,
        stance_form=stance_form(present, standing),
        my_stance=present.final_stances.get(person().id) if present else None,
        stance_labels=STANCE_LABELS,
        waiting=recording.silent_members(session(), present)
        if present and present.stage is Stage.CLOSED
        else [],
        advice=routes_of(session(), review),
        advice_form=(advising or AdviceForm(formdata=None)).offer(review)
        if can_advise(person(), review)
        else None,
        void_form=(voiding or VoidForm(formdata=None)) if may_void(present) else None,
        changed=present is not None and sessions.panel_changed(session(), present),
        objected=objected(review),
        lacks=missing_deliberation(session(), review, now=now())
        if review.state is ReviewState.DELIBERATION
        else [],
        choice_names=names_of_choices(review),
        **words(review),
    )


def is_openable(review: CaseReview, present: Deliberation | None) -> bool:
    """Whether a session may be opened now: none yet, or the last one was escalated."""
    if present is None:
        return True
    lacks = missing_deliberation(session(), review, now=now())
    return present.stage is Stage.CLOSED and any(one.sentence.startswith("提级后") for one in lacks)


def may_void(present: Deliberation | None) -> bool:
    return (
        present is not None
        and can_void_session(person(), present)
        and sessions.panel_changed(session(), present)
    )


def counts_of(review: CaseReview, present: Deliberation) -> list[Count]:
    """Closed questions only: nobody reads a ballot before."""
    return [count_of(question) for question in present.questions if question.closed_at is not None]


def count_of(question: Question) -> Count:
    choices = sessions.choices_of(question)
    counted = tuple((one, sum(ballot.choice == one for ballot in question.ballots)) for one in choices)
    return Count(question, tuple((one, count) for one, count in counted if count), tuple(question.ballots))


def names_of_choices(review: CaseReview) -> Callable[[Question, str], str]:
    def name(question: Question, choice: str) -> str:
        return dict(choice_names(question, review))[choice]

    return name


def objected(review: CaseReview) -> set[int]:
    heard = hearing_of(session(), review)
    return {one.finding_id for one in heard.objections if one.objects} if heard else set()


def members_of(review: CaseReview) -> list[Person]:
    forms = sessions.in_speaking_order(review, signed_forms(session(), review))
    return [form.person for form in forms]


def open_form(review: CaseReview) -> OpenForm:
    """The form for opening a session, with the time of day in Shanghai filled in."""
    local = now().astimezone(SHANGHAI).replace(second=0, microsecond=0, tzinfo=None)
    return offered(OpenForm(formdata=None, in_writing="no", held_at=local), review)


def offered(form: OpenForm, review: CaseReview) -> OpenForm:
    forms = signed_forms(session(), review)
    return form.offer(
        review,
        in_writing_allowed=not sessions.why_not_in_writing(session(), review),
        members=members_of(review),
        secretaries=recording.secretaries(session(), review),
        proposed={measure for one in forms for measure in one.proposed_measures},
    )


def minutes_form(present: Deliberation) -> MinutesForm:
    return MinutesForm(formdata=None, seen=present.row_version, text=present.minutes)


def stance_form(present: Deliberation | None, refused: StanceForm | None) -> StanceForm | None:
    if present is None or not can_dissent(person(), present):
        return None
    if any(one.person_id == person().id for one in present.dissents):
        return None
    return refused or StanceForm(formdata=None).offer()


@pages.post("/reviews/<id:review_id>/deliberation")
def open_session(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    permitted(can_open_session(person(), review), review)
    form = offered(OpenForm(), review)
    if form.validate_on_submit() and form.held_at.data is not None:
        held_at = moment_of(form.held_at.data)
        secretaries = {one.id: one for one in recording.secretaries(session(), review)}
        if tried(
            lambda: sessions.open_session(
                session(), review, in_writing=form.in_writing.data == "yes", held_at=held_at,
                place=form.place.data or "", secretary=secretaries.get(form.secretary.data),
                present=form.present.data or [], more_measures=form.more_measures.data or [],
                by=person(), now=now(),
            )
        ):  # fmt: skip
            flash(gettext("研讨已开始，各项问题已提交表决。"), "success")
            return redirect(page_address(review))
    return shown(review, opening=form)


def moment_of(local: datetime) -> datetime:
    """A time typed in Shanghai as an aware moment."""
    return local.replace(tzinfo=SHANGHAI)


@pages.post("/reviews/<id:review_id>/deliberation/ballots")
def vote(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    present = running(review)
    permitted(can_vote(person(), present), review)
    asked = sessions.open_questions(present, person())
    if not asked:
        flash(gettext("您已经表决，表决票不能更改。"), "danger")
        return redirect(page_address(review))
    form = paper_form(asked, review)
    if form.validate_on_submit() and tried(
        lambda: sessions.cast_ballots(session(), present, form.votes(asked), by=person(), now=now())
    ):
        flash(gettext("表决票已投出，不能更改。"), "success")
        return redirect(page_address(review))
    return shown(review, paper=form)


@pages.post("/reviews/<id:review_id>/deliberation/minutes")
def minutes(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    present = running(review)
    permitted(can_keep_minutes(person(), present), review)
    form = MinutesForm()
    if form.validate_on_submit() and tried(
        lambda: recording.keep_minutes(
            session(), present, text=form.text.data or "", row_version=number(form.seen.data), by=person(),
            now=now(),
        )
    ):  # fmt: skip
        flash(gettext("研讨记录已保存。"), "success")
        return redirect(page_address(review))
    return shown(review, minuting=form)


@pages.post("/reviews/<id:review_id>/deliberation/stance")
def stance(review_id: int) -> ResponseReturnValue:
    """The last word of a member: agrees, agrees for other reasons, or differs."""
    review = readable(review_id)
    present = running(review)
    permitted(can_dissent(person(), present), review)
    form = StanceForm().offer()
    if form.validate_on_submit() and tried(
        lambda: recording.take_stance(
            session(), present, stance=Stance(form.stance.data), text=form.text.data or "", by=person(),
            now=now(),
        )
    ):  # fmt: skip
        flash(gettext("您的最后态度已记录，入评议秘密卷。"), "success")
        return redirect(page_address(review))
    return shown(review, standing=form)


@pages.post("/reviews/<id:review_id>/deliberation/void")
def void(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    present = running(review)
    permitted(can_void_session(person(), present), review)
    form = VoidForm()
    if form.validate_on_submit() and tried(
        lambda: sessions.void_session(
            session(), present, reason=form.reason.data or "", by=person(), now=now()
        )
    ):
        flash(gettext("本次研讨已作废，请重新开始。"), "success")
        return redirect(page_address(review))
    return shown(review, voiding=form)


@pages.get("/reviews/<id:review_id>/deliberation/minutes.docx")
def minutes_file(review_id: int) -> ResponseReturnValue:
    """The minutes of the present session as a document, marked with who took it and when."""
    review = readable(review_id)
    present = running(review)
    permitted(present.stage is Stage.CLOSED and bool(present.minutes), review)
    mark = f"评议秘密　{person().name}　{now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    package = watermarked(write(minutes_paper(present, office().name)), mark)
    record_apart("deliberation.download", subject=f"deliberation:{present.id}", review_id=review.id)
    name = f"{gettext('研讨纪要')}-{review.review_no}-{present.number}.docx"
    return send_file(io.BytesIO(package), mimetype=DOCX, as_attachment=True, download_name=name)


@pages.post("/reviews/<id:review_id>/advice")
def advise(review_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    permitted(can_advise(person(), review), review)
    form = AdviceForm().offer(review)
    if form.validate_on_submit() and tried(
        lambda: concluding.advise(
            session(), review, text=form.text.data or "", route=form.route.data or "", organ=form.organ.data or "",
            due_on=form.due_on.data, expired=bool(form.expired.data), by=person(), now=now(),
        )
    ):  # fmt: skip
        flash(gettext("处理建议已登记。"), "success")
        return redirect(page_address(review))
    return shown(review, advising=form)


@pages.post("/reviews/<id:review_id>/advice/<id:route_id>/remove")
def remove_advice(review_id: int, route_id: int) -> ResponseReturnValue:
    review = readable(review_id)
    permitted(can_advise(person(), review), review)
    route = found(find_route(session(), review, route_id))
    if tried(lambda: concluding.withdraw_advice(session(), route, by=person(), now=now())):
        flash(gettext("处理建议已删除。"), "success")
    return redirect(page_address(review))


def reason_page(review: CaseReview, form: ReasonForm) -> str:
    return render_template("pages/deliberations/audit.html", asked=form, **words(review))


@pages.post("/reviews/<id:review_id>/deliberation/audit")
def audit(review_id: int) -> ResponseReturnValue:
    """The auditor reads with a reason; the answer is the record itself, every reading is asked for anew."""
    review = visible_review(review_id)
    permitted(can_audit_deliberation(person(), review), review)
    form = ReasonForm()
    if form.validate_on_submit() and tried(
        lambda: recording.read_for_audit(
            session(), review, reason=form.reason.data or "", by=person(), now=now()
        )
    ):
        return audited(review)
    return reason_page(review, form)


def audited(review: CaseReview) -> str:
    held = sessions_of(session(), review)
    return render_template(
        "pages/deliberations/audited.html",
        held=held,
        counts={one.id: counts_of(review, one) for one in held},
        choice_names=names_of_choices(review),
        grade_kind=QuestionKind.GRADE,
        stance_labels=STANCE_LABELS,
        **words(review),
    )
