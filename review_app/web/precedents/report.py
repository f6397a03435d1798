"""The similar-case report of a review: kept searches, comparison table, conclusion, signature."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.precedents import reporting, signing
from review_app.precedents.models import PrecedentReport, PrecedentReportHit, PrecedentSubmission
from review_app.precedents.queries import (
    find_hit,
    find_precedent,
    find_search,
    find_submission,
    precedents_by_id,
    report_of,
    searches_for,
    signed_report_of,
)
from review_app.precedents.rules import (
    can_read_precedent,
    can_record_search,
    can_see_report,
    can_write_report,
    searches_are_shared,
)
from review_app.precedents.states import (
    ASPECT_LABELS,
    CONCLUSION_LABELS,
    LIKENESS_LABELS,
    ORDERED_TIERS,
    SUBMITTER_LABELS,
    TIER_LABELS,
    TIER_SHORT,
    Submitter,
)
from review_app.precedents.tiers import is_recent, skip_reasons, tiers_searched
from review_app.reviews.models import CaseReview
from review_app.reviews.queries import find_review
from review_app.web.precedents.asking import question_from, whole
from review_app.web.precedents.finding import FACET_LABELS, answered, engine_name, library, with_review
from review_app.web.precedents.forms import (
    ComparisonForm,
    ConclusionForm,
    ResponseForm,
    SubmissionForm,
    TierReasonsForm,
    comparison_of,
    conclusion_of,
    likeness,
)
from review_app.web.request import now, permitted, person, session, tried, visible


def install(pages: Blueprint) -> None:
    """Add the report's addresses to the subject's pages."""
    at = "/reviews/<id:review_id>/precedents"
    pages.add_url_rule(at, "report", show_report, methods=["GET"])
    pages.add_url_rule(f"{at}/searches", "keep_search", keep_search, methods=["POST"])
    pages.add_url_rule(f"{at}/searches/<id:search_id>/drop", "drop_search", drop_search, methods=["POST"])
    pages.add_url_rule(f"{at}/hits", "choose_hit", choose_hit, methods=["POST"])
    pages.add_url_rule(f"{at}/hits/<id:hit_id>", "compare_hit", compare_hit, methods=["POST"])
    pages.add_url_rule(f"{at}/hits/<id:hit_id>/remove", "remove_hit", remove_hit, methods=["POST"])
    pages.add_url_rule(f"{at}/conclusion", "conclude", conclude, methods=["POST"])
    pages.add_url_rule(f"{at}/sign", "sign", sign, methods=["POST"])
    pages.add_url_rule(f"{at}/new", "renew", renew, methods=["POST"])
    pages.add_url_rule(f"{at}/tiers", "skip_tiers", skip_tiers, methods=["POST"])
    pages.add_url_rule(f"{at}/submissions", "add_submission", add_submission, methods=["POST"])
    pages.add_url_rule(f"{at}/submissions/<id:submission_id>", "respond", respond, methods=["POST"])
    pages.add_url_rule(
        f"{at}/submissions/<id:submission_id>/remove",
        "remove_submission",
        remove_submission,
        methods=["POST"],
    )


def reported(review_id: int) -> CaseReview:
    return visible(find_review(session(), review_id), can_see_report)


def show_report(review_id: int) -> ResponseReturnValue:
    return page_of(reported(review_id))


def page_of(review: CaseReview, **typed: Any) -> str:
    """The page; ``typed`` holds the form that was refused, so that nothing typed is lost."""
    found = report_of(session(), review)
    searches = searches_for(session(), review, person())
    ids = {shown for search in searches for shown in search.shown}
    return render_template(
        "pages/precedents/report.html",
        review=review,
        report=found,
        signed=signed_report_of(session(), review),
        searches=searches,
        shown=precedents_by_id(session(), ids),
        chosen={hit.precedent_id for hit in found.hits} if found else set(),
        comparisons={hit.id: comparison_of(hit) for hit in found.hits} | typed.get("comparisons", {})
        if found
        else {},
        conclusion=typed.get("conclusion") or conclusion_of(found),
        tiers=tiers_searched(searches, found),
        reasons=typed.get("reasons") or reasons_of(found),
        submission=typed.get("submission") or SubmissionForm(formdata=None),
        recent=[hit.id for hit in found.hits if is_recent(hit.precedent, local_day(now()))] if found else [],
        may_write=can_write_report(person(), review),
        may_record=can_record_search(person(), review),
        shared=searches_are_shared(review),
        me=person(),
        theirs=theirs_in_words(),
        conflict=typed.get("conflict"),
        facet_labels=FACET_LABELS,
        aspects=ASPECT_LABELS,
        likeness_labels=LIKENESS_LABELS,
        conclusion_labels=CONCLUSION_LABELS,
        submitter_labels=SUBMITTER_LABELS,
        tier_labels=TIER_LABELS,
        tier_short=TIER_SHORT,
    )


def theirs_in_words() -> dict[str, str]:
    """What somebody else saved meanwhile, by field, after an edit conflict."""
    theirs: dict[str, Any] = g.get("edit_conflict") or {}
    labels: dict[Any, str] = {**LIKENESS_LABELS, **CONCLUSION_LABELS}
    return {
        name: gettext(labels[value]) if value in labels else value or gettext("（空）")
        for name, value in theirs.items()
    }


def reasons_of(report: PrecedentReport | None) -> TierReasonsForm:
    told = skip_reasons(report)
    return TierReasonsForm(
        formdata=None, data={f"reason_{tier}": told.get(tier, "") for tier in ORDERED_TIERS}
    )


def back_to(review: CaseReview, anchor: str = "") -> ResponseReturnValue:
    return redirect(url_for("precedents.report", review_id=review.id, _anchor=anchor or None))


def keep_search(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    question = with_review(question_from(request.form), review)
    answer, problem = answered(question)
    if answer is None:
        flash(problem, "danger")
        return redirect(question.address())
    generation = library().state().generation
    kept = tried(
        lambda: reporting.keep_search(
            session(),
            review,
            question.asked,
            answer,
            generation=generation,
            engine=engine_name(),
            by=person(),
            now=now(),
        )
    )
    if kept:
        flash(gettext("本次检索已记入本案。"), "success")
    return redirect(question.address())


def drop_search(review_id: int, search_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    kept = find_search(session(), review, search_id, person())
    if kept is None:
        abort(404)
    reporting.drop_search(session(), review, kept, by=person(), now=now())
    flash(gettext("检索记录已移除。"), "success")
    return back_to(review)


def choose_hit(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    precedent = find_precedent(session(), whole(request.form.get("precedent_id")) or 0)
    if precedent is None:
        abort(404)
    permitted(can_read_precedent(person(), precedent), review)
    if tried(lambda: reporting.choose_hit(session(), review, precedent, by=person(), now=now())):
        flash(gettext("案例已列入比较表，请逐项比较。"), "success")
    if request.form.get("stay"):  # chosen among the results of a search: back to the same page of them
        question = question_from(request.form)
        anchor = f"case-{precedent.id}"
        return redirect(question.address(cursor=question.asked.cursor, _anchor=anchor))
    return back_to(review, "hits")


def hit_of(review: CaseReview, hit_id: int) -> PrecedentReportHit:
    hit = find_hit(report_of(session(), review), hit_id)
    if hit is None:
        abort(404)
    return hit


def remove_hit(review_id: int, hit_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    hit = hit_of(review, hit_id)
    if tried(lambda: reporting.remove_hit(session(), review, hit, by=person(), now=now())):
        flash(gettext("案例已从比较表移除。"), "success")
    return back_to(review, "hits")


def compare_hit(review_id: int, hit_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    permitted(can_write_report(person(), review), review)
    hit = hit_of(review, hit_id)
    form = ComparisonForm()
    if form.validate_on_submit() and tried(lambda: compared(review, hit, form)):
        flash(gettext("比较已保存。"), "success")
        return back_to(review, f"hit-{hit.id}")
    return page_of(review, comparisons={hit_id: form}, conflict=hit_id), 400


def compared(review: CaseReview, hit: PrecedentReportHit, form: ComparisonForm) -> None:
    reporting.compare_hit(
        session(),
        review,
        hit,
        facts=likeness(form.facts_like.data),
        issues=likeness(form.issues_like.data),
        law=likeness(form.law_like.data),
        result=likeness(form.result_like.data),
        note=form.note.data or "",
        quote=form.quote.data or "",
        followed=form.is_followed,
        departure=form.departure.data or "",
        seen=whole(request.form.get("seen")),
        by=person(),
        now=now(),
    )


def conclude(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    permitted(can_write_report(person(), review), review)
    form = ConclusionForm()
    if form.validate_on_submit() and tried(lambda: concluded(review, form)):
        flash(gettext("结论已保存。"), "success")
        return back_to(review, "conclusion")
    return page_of(review, conclusion=form, conflict=0), 400


def concluded(review: CaseReview, form: ConclusionForm) -> None:
    reporting.conclude(
        session(),
        review,
        open_now(review),
        conclusion=form.chosen,
        explanation=form.explanation.data or "",
        seen=whole(request.form.get("seen")),
        by=person(),
        now=now(),
    )


def sign(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    found = report_of(session(), review)
    if found is None:
        abort(404)
    if tried(lambda: signed(review, found)):
        flash(gettext("类案检索报告已签名。"), "success")
    return back_to(review)


def signed(review: CaseReview, report: PrecedentReport) -> None:
    signing.sign_report(session(), review, report, by=person(), now=now())


def renew(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    open_now(review)
    flash(gettext("已按原案例清单另起一份报告，签名后替代原报告。"), "success")
    return back_to(review)


def open_now(review: CaseReview) -> PrecedentReport:
    return reporting.open_report(session(), review, by=person(), now=now())


def skip_tiers(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    permitted(can_write_report(person(), review), review)
    form = TierReasonsForm()
    if form.validate_on_submit() and tried(lambda: left_out(review, form)):
        flash(gettext("理由已保存。"), "success")
        return back_to(review, "tiers")
    return page_of(review, reasons=form), 400


def left_out(review: CaseReview, form: TierReasonsForm) -> None:
    reporting.skip_tiers(session(), review, open_now(review), form.reasons, by=person(), now=now())


def add_submission(review_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    permitted(can_write_report(person(), review), review)
    form = SubmissionForm()
    if form.validate_on_submit() and tried(lambda: submitted(review, form)):
        flash(gettext("提交的案例已登记。"), "success")
        return back_to(review, "submissions")
    return page_of(review, submission=form), 400


def submitted(review: CaseReview, form: SubmissionForm) -> None:
    reporting.add_submission(
        session(), review, open_now(review), submitted_by=Submitter(form.submitted_by.data),
        is_guiding=bool(form.is_guiding.data), named=form.named.data or "", response=form.response.data or "",
        by=person(), now=now(),
    )  # fmt: skip


def submission_of(review: CaseReview, submission_id: int) -> PrecedentSubmission:
    found = find_submission(report_of(session(), review), submission_id)
    if found is None:
        abort(404)
    return found


def respond(review_id: int, submission_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    permitted(can_write_report(person(), review), review)
    found, form = submission_of(review, submission_id), ResponseForm()
    if form.validate_on_submit() and tried(lambda: responded(review, found, form)):
        flash(gettext("回应已保存。"), "success")
        return back_to(review, "submissions")
    flash(gettext("回应没有保存。请检查字数后重试。"), "danger")
    return page_of(review), 400


def responded(review: CaseReview, found: PrecedentSubmission, form: ResponseForm) -> None:
    reporting.respond(session(), review, found, response=form.response.data or "", by=person(), now=now())


def remove_submission(review_id: int, submission_id: int) -> ResponseReturnValue:
    review = reported(review_id)
    found = submission_of(review, submission_id)
    if tried(lambda: reporting.remove_submission(session(), review, found, by=person(), now=now())):
        flash(gettext("提交的案例已移除。"), "success")
    return back_to(review, "submissions")
