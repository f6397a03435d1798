"""Links by which experts answer an invitation, the page behind such a link, and overdue answers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.panels import invitations, rules
from review_app.panels.models import Invitation, PanelMember
from review_app.panels.states import ANSWER_LABELS, CHANNEL_LABELS, DeclineReason, InvitationChannel
from review_app.reviews.models import CaseReview
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import DeclineForm, EmptyForm, LinkForm
from review_app.web.panels.recusals import member_here
from review_app.web.panels.words import labels
from review_app.web.request import (
    log_refusal,
    now,
    permitted,
    person,
    session,
    settings,
    tried,
    visible_review,
)


@pages.get("/reviews/<id:review_id>/panel/members/<id:member_id>/invitation")
def invitation(review_id: int, member_id: int) -> ResponseReturnValue:
    """How one expert was invited and what may be done while he has not signed."""
    review = visible_review(review_id)
    member = member_here(review, member_id)
    permitted(rules.can_see_links(person(), member), review)
    return invitation_page(review, member)


def invitation_page(
    review: CaseReview, member: PanelMember, form: LinkForm | None = None, link: str = ""
) -> ResponseReturnValue:
    form = form or LinkForm()
    form.offer()
    return render_template(
        "pages/panels/invitation.html",
        review=review,
        member=member,
        form=form,
        empty_form=EmptyForm(),
        link=link,
        may_send=rules.can_send_link(person(), member) and not invitations.has_accepted(member),
        may_pass_over=rules.can_pass_over(person(), member, local_day(now())),
        may_reconsider=rules.can_reconsider(person(), member),
        overdue=rules.is_overdue(member, local_day(now())),
        open_links={one.id for one in member.invitations if invitations.is_open(one, now=now())},
        hours=settings().answer_link_hours,
        channel_labels=CHANNEL_LABELS,
        answer_labels=ANSWER_LABELS,
        labels=labels(),
    )


@pages.post("/reviews/<id:review_id>/panel/members/<id:member_id>/invitation")
def send_link(review_id: int, member_id: int) -> ResponseReturnValue:
    """Make a link. It is shown on this answer only; nobody can look it up again, not even the office."""
    review = visible_review(review_id)
    member = member_here(review, member_id)
    permitted(rules.can_send_link(person(), member), review)
    form, made = LinkForm(), list[str]()
    form.offer()
    if form.validate_on_submit() and tried(lambda: made.append(new_link(form, member))):
        address = url_for("panels.answer", token=made[0], _external=True)
        return invitation_page(review, member, link=address)
    return invitation_page(review, member, form=form)


def new_link(form: LinkForm, member: PanelMember) -> str:
    return invitations.send_link(
        session(), member, channel=InvitationChannel(form.channel.data), hours=settings().answer_link_hours,
        by=person(), now=now(),
    )  # fmt: skip


@pages.post("/reviews/<id:review_id>/panel/members/<id:member_id>/pass-over")
def pass_over(review_id: int, member_id: int) -> ResponseReturnValue:
    """The answer is overdue: the next in line takes the seat."""
    review = visible_review(review_id)
    member = member_here(review, member_id)
    permitted(rules.can_pass_over(person(), member, local_day(now())), review)
    if EmptyForm().validate_on_submit() and tried(
        lambda: invitations.pass_over(session(), member, by=person(), now=now())
    ):
        flash(gettext("逾期未答复的席位已按原次序递补。"), "success")
        return redirect(url_for("panels.panel", review_id=review.id))
    return invitation_page(review, member)


@pages.post("/reviews/<id:review_id>/panel/members/<id:member_id>/reconsider")
def reconsider(review_id: int, member_id: int) -> ResponseReturnValue:
    """Somebody who declined takes part after all."""
    review = visible_review(review_id)
    member = member_here(review, member_id)
    permitted(rules.can_reconsider(person(), member), review)
    if EmptyForm().validate_on_submit() and tried(
        lambda: invitations.reconsider(session(), member, by=person(), now=now())
    ):
        flash(gettext("已列为最后一名候补；有空缺的，已按规则递补。"), "success")
        return redirect(url_for("panels.panel", review_id=review.id))
    return invitation_page(review, member)


def invitation_behind(token: str) -> Invitation:
    """The invitation of a link that still counts. Everything else is not found, without saying why."""
    found = invitations.open_invitation(session(), token, now=now())
    if found is None:
        log_refusal(None)
        abort(404)
    return found


@pages.get("/answer/<token>")
def answer(token: str) -> ResponseReturnValue:
    """The question, open to whoever holds the link. It names no party, no organ and no other expert."""
    found = invitations.open_invitation(session(), token, now=now())
    if found is None:
        return render_template("pages/panels/link_over.html"), 404
    return answer_page(found, token)


def answer_page(found: Invitation, token: str, form: DeclineForm | None = None) -> ResponseReturnValue:
    form = form or DeclineForm()
    form.offer()
    member = found.member
    return render_template(
        "pages/panels/answer.html", token=token, member=member, review=member.panel.review,
        form=form, empty_form=EmptyForm(), expires_at=found.expires_at, labels=labels(),
    )  # fmt: skip


@pages.post("/answer/<token>/accept")
def accept_link(token: str) -> ResponseReturnValue:
    found = invitation_behind(token)
    if not EmptyForm().validate_on_submit():
        return answer_page(found, token)
    invitations.accept_by_link(session(), found, now=now())
    return render_template("pages/panels/answered.html", accepted=True)


@pages.post("/answer/<token>/decline")
def decline_link(token: str) -> ResponseReturnValue:
    found = invitation_behind(token)
    form = DeclineForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: decline_it(form, found)):
        return render_template("pages/panels/answered.html", accepted=False)
    return answer_page(found, token, form=form)


def decline_it(form: DeclineForm, found: Invitation) -> None:
    invitations.decline_by_link(
        session(), found, reason=DeclineReason(form.reason.data), ground=form.ground.data or "",
        note=form.note.data or "", now=now(),
    )  # fmt: skip
