"""The page of possible conflicts: evidence, opinions of two persons, changed answers, what is not checked."""

from collections import Counter
from collections.abc import Collection, Iterable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.panels import queries, rules
from review_app.panels.conflicts import changed_facts, give_opinion, questions_about
from review_app.panels.gathering import gather
from review_app.panels.models import ConflictOpinion, ConflictTask
from review_app.panels.recusal import Check
from review_app.panels.second_person import second, settle_task
from review_app.panels.shared import all_experts
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_see_names
from review_app.web.audit.words import action_words
from review_app.web.panels.blueprint import pages
from review_app.web.panels.forms import ConflictForm, RemarkForm, SecondForm
from review_app.web.panels.words import labels
from review_app.web.request import now, permitted, person, session, tried, visible, visible_review

ORDER = ("PENDING", "BARRED", "UNCHECKED", "CLEAR")


@pages.get("/reviews/<id:review_id>/panel/conflicts")
def conflicts(review_id: int) -> ResponseReturnValue:
    """The check of every expert against this case, with evidence and with what could not be checked."""
    return conflicts_page(visible(visible_review(review_id), rules.can_see_evidence))


def conflicts_page(
    review: CaseReview, typed: ConflictForm | None = None, remark: RemarkForm | None = None
) -> ResponseReturnValue:
    gathered = gather(session(), review, on=local_day(now()))
    experts = {one.expert_no: one for one in all_experts(session())}
    panel = queries.panel_of(session(), review)
    here = {one.expert.expert_no: one for one in panel.members if one.holds_place} if panel else {}
    checks = sorted(
        gathered.checks.values(),
        key=lambda one: (one.expert_no not in here, ORDER.index(one.status), one.expert_no),
    )
    opinions = queries.opinions_on(session(), review)
    return render_template(
        "pages/panels/conflicts.html",
        review=review,
        experts=experts,
        here=here,
        checks=checks,
        counts=Counter(str(one.status) for one in checks),
        missing=unchecked_by_kind(checks),
        forms_for=forms_for(checks, changed_facts(session(), review), opinions, typed),
        opinions=opinions,
        decisions=queries.conflict_decisions(session(), review.legal_case),
        known=queries.known_conflicts(session(), review.legal_case),
        evidence={one.fact_key: one for one in queries.evidence_of(session(), review)},
        tasks=queries.open_tasks(session(), review),
        action_words=action_words,
        remark=remark or RemarkForm(formdata=None),
        may_decide=rules.can_decide_conflicts(person(), review),
        may_edit_people=rules.can_edit_people(person(), review),
        names_open=can_see_names(person(), review),
        labels=labels(),
    )


def unchecked_by_kind(checks: Iterable[Check]) -> list[tuple[str, int]]:
    """How many experts each kind of missing data leaves unchecked, the most frequent first."""
    found = Counter(missing for one in checks for missing in {each.missing for each in one.unchecked})
    return found.most_common()


def forms_for(
    checks: Iterable[Check],
    changed: Collection[str],
    opinions: Iterable[ConflictOpinion],
    typed: ConflictForm | None,
) -> dict[str, ConflictForm]:
    """A form for every open question on which nobody has given an opinion yet, by fact."""
    waiting = {one.fact_key for one in opinions if one.state == "PROPOSED"}
    return {
        hit.fact_key: conflict_form(hit.expert_no, hit.rule, hit.fact_key, typed)
        for one in checks
        for hit in questions_about(one, changed)
        if hit.fact_key not in waiting
    }


def conflict_form(expert_no: str, rule: str, fact_key: str, typed: ConflictForm | None) -> ConflictForm:
    same = typed is not None and typed.fact_key.data == fact_key
    fresh = ConflictForm(formdata=None, expert_no=expert_no, rule=rule, fact_key=fact_key)
    form = typed if same and typed else fresh
    form.offer()
    return form


@pages.post("/reviews/<id:review_id>/panel/conflicts")
def decide(review_id: int) -> ResponseReturnValue:
    """The first person's opinion."""
    review = visible(visible_review(review_id), rules.can_decide_conflicts)
    form = ConflictForm()
    form.offer()
    if form.validate_on_submit() and tried(lambda: take_opinion(form, review)):
        flash(gettext("决定已登记，经第二人确认后生效。"), "success")
        return redirect(url_for("panels.conflicts", review_id=review.id))
    return conflicts_page(review, typed=form)


def take_opinion(form: ConflictForm, review: CaseReview) -> None:
    give_opinion(
        session(), review, expert_no=form.expert_no.data or "", rule=form.rule.data or "",
        fact_key=form.fact_key.data or "", confirmed=form.confirmed.data == "yes",
        reason=form.reason.data or "", by=person(), now=now(),
    )  # fmt: skip


def opinion_here(review_id: int, opinion_id: int) -> ConflictOpinion:
    """The opinion, for the office and whoever may say the second word; otherwise 404."""
    review = visible_review(review_id)
    found = queries.find_opinion(session(), review, opinion_id)
    if found is None:
        abort(404)
    member = queries.member_of_expert(session(), review, found.expert_id)
    permitted(rules.can_see_opinion(person(), found, member), review)
    return found


@pages.get("/reviews/<id:review_id>/panel/conflicts/<id:opinion_id>")
def opinion(review_id: int, opinion_id: int) -> ResponseReturnValue:
    """One opinion with its evidence, for the second person."""
    return opinion_page(opinion_here(review_id, opinion_id))


def opinion_page(found: ConflictOpinion, form: SecondForm | None = None) -> ResponseReturnValue:
    form = form or SecondForm()
    form.offer()
    member = queries.member_of_expert(session(), found.review, found.expert_id)
    return render_template(
        "pages/panels/opinion.html",
        review=found.review,
        opinion=found,
        member=member,
        names_open=can_see_names(person(), found.review),
        may_second=rules.can_second(person(), found, member),
        form=form,
        labels=labels(),
    )


@pages.post("/reviews/<id:review_id>/panel/conflicts/<id:opinion_id>/second")
def say_second(review_id: int, opinion_id: int) -> ResponseReturnValue:
    """The second person agrees or returns it."""
    found = opinion_here(review_id, opinion_id)
    member = queries.member_of_expert(session(), found.review, found.expert_id)
    permitted(rules.can_second(person(), found, member), found.review)
    form = SecondForm()
    form.offer()
    if form.validate_on_submit() and tried(
        lambda: second(
            session(),
            found,
            agreed=form.agreed.data == "yes",
            reason=form.reason.data or "",
            by=person(),
            now=now(),
        )
    ):
        flash(gettext("您的意见已登记。"), "success")
        return redirect(url_for("panels.opinion", review_id=review_id, opinion_id=opinion_id))
    return opinion_page(found, form)


@pages.post("/reviews/<id:review_id>/panel/conflicts/tasks/<id:task_id>")
def put_task_away(review_id: int, task_id: int) -> ResponseReturnValue:
    """The coordinator has looked at a changed answer that leaves nothing to decide."""
    review = visible(visible_review(review_id), rules.can_see_evidence)
    task = task_here(review, task_id)
    permitted(rules.can_settle_task(person(), task), review)
    form = RemarkForm()
    if form.validate_on_submit() and tried(
        lambda: settle_task(session(), task, remark=form.remark.data or "", by=person(), now=now())
    ):
        flash(gettext("已办结。"), "success")
        return redirect(url_for("panels.conflicts", review_id=review_id))
    return conflicts_page(review, remark=form)


def task_here(review: CaseReview, task_id: int) -> ConflictTask:
    found = queries.find_task(session(), review, task_id)
    return found if found is not None else abort(404)
