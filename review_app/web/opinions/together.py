"""Drafting together: comments and proposals on a part, its versions compared on the page and as a Word file."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.documents.changes import Change, changes
from review_app.documents.redline import Passage, redline
from review_app.opinions import remarks as drafting
from review_app.opinions.models import Opinion, OpinionPart, OpinionPartVersion, OpinionRemark
from review_app.opinions.queries import edition_of, find_remark, text_at, versions_of
from review_app.opinions.rules import can_edit_parts, can_remark, can_see_versions
from review_app.opinions.states import REMARK_LABELS, PartKey, RemarkState
from review_app.reviews.models import CaseReview
from review_app.web.opinions.blueprint import pages
from review_app.web.opinions.forms import RemarkForm
from review_app.web.opinions.outline import part_label, part_url
from review_app.web.opinions.writing import DOCX, drafted, part_of
from review_app.web.opinions.writing import edition_of as edition_in
from review_app.web.request import now, permitted, person, record_apart, session, tried


@dataclass(frozen=True)
class Shown:
    """A remark with how its proposal changes the words it was made to."""

    remark: OpinionRemark
    changes: list[Change]


def shared_part(review_id: int, key: str) -> tuple[CaseReview, Opinion, OpinionPart]:
    """A part with its history, for the panel alone."""
    review, opinion = drafted(review_id)
    permitted(can_see_versions(person(), review), review)
    return review, opinion, part_of(opinion, key)


@pages.get("/reviews/<id:review_id>/opinion/parts/<key>/versions")
def versions(review_id: int, key: str) -> ResponseReturnValue:
    review, _opinion, part = shared_part(review_id, key)
    kept = versions_of(session(), part)
    pair = chosen_pair(part)
    older = [*kept[1:], None][: len(kept)]
    return render_template(
        "pages/opinions/versions.html",
        review=review,
        label=part_label(key),
        key=key,
        versions=[
            (each, changes(before.text, each.text) if before else [])
            for each, before in zip(kept, older, strict=True)
        ],
        pair=pair,
        compared=changes(pair[0].text, pair[1].text) if pair else [],
    )


def chosen_pair(part: OpinionPart) -> tuple[OpinionPartVersion, OpinionPartVersion] | None:
    """The two versions the address asks to compare, the earlier first."""
    asked = sorted(number for name in ("from", "to") if (number := numbered(name)) is not None)
    if len(asked) != 2:
        return None
    earlier, later = (edition_of(session(), part, number) for number in asked)
    return (earlier, later) if earlier and later else None


def numbered(name: str) -> int | None:
    given = request.args.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 7 else None


@pages.get("/reviews/<id:review_id>/opinion/parts/<key>/changes.docx")
def changes_file(review_id: int, key: str) -> ResponseReturnValue:
    """Two versions of a part as tracked changes, for Word and WPS."""
    review, _opinion, part = shared_part(review_id, key)
    earlier, later = chosen_pair(part) or abort(404)
    writer = later.created_by.name if later.created_by else ""
    passage = Passage(part_label(key), changes(earlier.text, later.text))
    package = redline(gettext("修订对照"), [passage], author=writer, at=later.created_at)
    return handed_out(package, review, f"opinion_part:{part.id}", part_label(key))


@pages.get("/reviews/<id:review_id>/opinion/changes.docx")
def all_changes_file(review_id: int) -> ResponseReturnValue:
    """Everything the panel changed since the first words, as tracked changes."""
    review, opinion = drafted(review_id)
    permitted(can_see_versions(person(), review), review)
    passages = [
        Passage(part_label(part.key), changes(text_at(session(), part, 0), part.text))
        for part in opinion.parts
        if part.key != PartKey.ADVICE
    ]
    package = redline(gettext("修订对照"), passages, author=gettext("评查组"), at=now())
    return handed_out(package, review, f"opinion:{opinion.id}", gettext("评查意见书"))


def handed_out(package: bytes, review: CaseReview, subject: str, what: str) -> ResponseReturnValue:
    record_apart("opinion.download_changes", subject=subject, review_id=review.id)
    name = f"{gettext('修订对照')}-{review.review_no}-{what}.docx"
    return send_file(io.BytesIO(package), mimetype=DOCX, as_attachment=True, download_name=name)


@pages.route("/reviews/<id:review_id>/opinion/parts/<key>/remarks", methods=["GET", "POST"])
def remarks(review_id: int, key: str) -> ResponseReturnValue:
    """A part as it stands with what members say to it."""
    review, opinion, part = shared_part(review_id, key)
    proposable = key != PartKey.ADVICE
    form = RemarkForm(data={"edition": part.edition, "proposal": part.text if proposable else ""})
    if form.is_submitted():
        permitted(can_remark(person(), review), review)
    if form.validate_on_submit() and tried(lambda: said(form, opinion, key)):
        flash(gettext("意见已提出，主评人和组长会收到通知。"), "success")
        return redirect(url_for("opinions.remarks", review_id=review.id, key=key))
    return render_template(
        "pages/opinions/remarks.html",
        review=review,
        part=part,
        key=key,
        label=part_label(key),
        form=form,
        proposable=proposable,
        shown=[shown(part, each) for each in reversed(part.remarks)],
        may_remark=can_remark(person(), review),
        may_answer=can_edit_parts(person(), review),
        me=person(),
        edit_url=part_url(review.id, key),
        remark_labels=REMARK_LABELS,
    )


def shown(part: OpinionPart, remark: OpinionRemark) -> Shown:
    if remark.proposal is None:
        return Shown(remark, [])
    return Shown(remark, changes(text_at(session(), part, remark.edition), remark.proposal))


def said(form: RemarkForm, opinion: Opinion, key: str) -> None:
    drafting.remark(
        session(), opinion, key, words=form.words.data or "", proposal=form.proposal.data or "",
        seen_edition=edition_in(form), by=person(), now=now(),
    )  # fmt: skip


@pages.post("/reviews/<id:review_id>/opinion/remarks/<id:remark_id>")
def answer_remark(review_id: int, remark_id: int) -> ResponseReturnValue:
    """Adopt, decline, note as merged by hand, or take back one's own."""
    review, opinion = drafted(review_id)
    permitted(can_see_versions(person(), review), review)
    remark = find_remark(session(), opinion, remark_id) or abort(404)
    order, answer = request.form.get("do", ""), request.form.get("answer", "")[:2000]
    act = ANSWERS.get(order) or abort(404)
    if tried(lambda: act(remark, answer)):
        flash(
            gettext("已记录：%(state)s。", state=gettext(REMARK_LABELS[RemarkState(remark.state)])), "success"
        )
    return redirect(url_for("opinions.remarks", review_id=review.id, key=remark.part.key))


ANSWERS: dict[str, Callable[[OpinionRemark, str], object]] = {
    "adopt": lambda said, answer: drafting.adopt(session(), said, answer=answer, by=person(), now=now()),
    "merged": lambda said, answer: drafting.merged_by_hand(
        session(), said, answer=answer, by=person(), now=now()
    ),
    "decline": lambda said, answer: drafting.decline(session(), said, answer=answer, by=person(), now=now()),
    "withdraw": lambda said, answer: drafting.withdraw(session(), said, by=person(), now=now()),
}
