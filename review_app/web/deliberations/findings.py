"""The list of findings: the lead reviewer groups and words it, the panel reads it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.accounts.models import Person
from review_app.deliberations import consolidating
from review_app.deliberations.merging import CONFIDENCE_LABELS, LIKENESS_LABELS
from review_app.deliberations.models import Finding
from review_app.deliberations.queries import find_finding, findings_of
from review_app.deliberations.rules import can_consolidate, can_see_findings
from review_app.deliberations.service import missing_draft
from review_app.discussions.preparing import points_by_member
from review_app.evaluations.queries import signed_forms
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from review_app.web.deliberations.blueprint import pages
from review_app.web.deliberations.forms import FindingForm, MergeForm, SplitForm
from review_app.web.deliberations.words import found, may_read, words
from review_app.web.request import now, permitted, person, session, tried, visible_review


def readable(review_id: int) -> CaseReview:
    review = visible_review(review_id)
    permitted(can_see_findings(person(), review), review)
    return review


def editable(review_id: int) -> CaseReview:
    review = readable(review_id)
    permitted(can_consolidate(person(), review), review)
    return review


@pages.get("/reviews/<id:review_id>/findings")
def findings(review_id: int) -> ResponseReturnValue:
    return shown(readable(review_id))


def shown(review: CaseReview, refused: dict[int, FindingForm] | None = None) -> str:
    """The page; ``refused`` holds the form of a finding that was not saved, as it was typed."""
    listed = findings_of(session(), review)
    edit = can_consolidate(person(), review)
    return render_template(
        "pages/deliberations/findings.html",
        findings=listed,
        may_edit=edit,
        suggested=consolidating.groups_of(consolidating.unassigned(session(), review)) if edit else [],
        forms_of={one.id: (refused or {}).get(one.id) or filled(one) for one in listed} if edit else {},
        mergeable={one.id: merge_form(one, listed) for one in listed} if edit else {},
        splittable={one.id: split_form(one) for one in listed} if edit else {},
        lacks=missing_draft(session(), review, now=now()) if review.state is ReviewState.DRAFT else [],
        likeness_labels=LIKENESS_LABELS,
        confidence_labels=CONFIDENCE_LABELS,
        may_read=may_read,
        members=members_of(review),
        points_of=points_by_member,
        **words(review),
    )


def members_of(review: CaseReview) -> list[Person]:
    """The members whose signed forms count, in the order of their seats."""
    return [form.person for form in signed_forms(session(), review)]


def filled(finding: Finding) -> FindingForm:
    return FindingForm(
        formdata=None,
        seen=finding.row_version,
        text=finding.text,
        locus=finding.locus,
        severity=finding.severity,
    ).offer(finding)


def merge_form(finding: Finding, listed: list[Finding]) -> MergeForm | None:
    """Where this finding could go; None when there is no other with its code."""
    others = [one for one in listed if one.code == finding.code and one.id != finding.id]
    if not others:
        return None
    form = MergeForm(formdata=None)
    form.into.choices = [(one.id, f"{one.key} {one.locus}"[:80]) for one in others]
    return form


def split_form(finding: Finding) -> SplitForm | None:
    if len(finding.sources) < 2:
        return None
    form = SplitForm(formdata=None)
    form.sources.choices = source_names(finding)
    return form


def source_names(finding: Finding) -> list[tuple[int, str]]:
    names = []
    for source in finding.sources:
        proposal = source.deduction or source.veto
        if proposal is not None:
            names.append((source.id, proposal.form.person.name))
    return names


@pages.post("/reviews/<id:review_id>/findings")
def draft(review_id: int) -> ResponseReturnValue:
    review = editable(review_id)
    return done(
        review,
        lambda: consolidating.draft_findings(session(), review, by=person(), now=now()),
        gettext("已按建议归入问题清单，请逐项核对、确认。"),
    )


@pages.post("/reviews/<id:review_id>/findings/<id:finding_id>")
def word(review_id: int, finding_id: int) -> ResponseReturnValue:
    review = editable(review_id)
    finding = found(find_finding(session(), review, finding_id))
    form = FindingForm().offer(finding)
    if form.validate_on_submit() and tried(
        lambda: consolidating.word_finding(
            session(), finding, text=form.text.data or "", locus=form.locus.data or "",
            severity=form.severity.data, row_version=number(form.seen.data), by=person(), now=now(),
        )
    ):  # fmt: skip
        flash(gettext("已保存并确认。"), "success")
        return back_to(review, finding)
    return shown(review, {finding.id: form})


def number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


@pages.post("/reviews/<id:review_id>/findings/<id:finding_id>/merge")
def merge(review_id: int, finding_id: int) -> ResponseReturnValue:
    review = editable(review_id)
    finding = found(find_finding(session(), review, finding_id))
    form = MergeForm()
    form.into.choices = [(one.id, "") for one in findings_of(session(), review)]
    if not form.validate_on_submit():
        flash(gettext("请选择另一个问题。"), "danger")
        return back_to(review, finding)
    into = found(find_finding(session(), review, form.into.data))
    return done(
        review,
        lambda: consolidating.merge_findings(session(), finding, into, by=person(), now=now()),
        gettext("已合并，请重新核对并确认。"),
    )


@pages.post("/reviews/<id:review_id>/findings/<id:finding_id>/split")
def split(review_id: int, finding_id: int) -> ResponseReturnValue:
    review = editable(review_id)
    finding = found(find_finding(session(), review, finding_id))
    form = SplitForm()
    form.sources.choices = source_names(finding)
    if not form.validate_on_submit():
        flash(gettext("请选择要拆分出去的提议。"), "danger")
        return back_to(review, finding)
    return done(
        review,
        lambda: consolidating.split_finding(
            session(), finding, form.sources.data or [], by=person(), now=now()
        ),
        gettext("已拆分，请分别核对并确认。"),
    )


def done(review: CaseReview, action: Callable[[], object], sentence: str) -> ResponseReturnValue:
    if tried(action):
        flash(sentence, "success")
    return redirect(url_for("deliberations.findings", review_id=review.id))


def back_to(review: CaseReview, finding: Finding) -> ResponseReturnValue:
    return redirect(
        url_for("deliberations.findings", review_id=review.id, _anchor=f"finding-{finding.number}")
    )
