"""Saved searches: list, save, the new cases of one, run, change, pause, remove."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Select

from review_app.precedents.rules import can_search_precedents
from review_app.precedents.states import TIER_SHORT
from review_app.saved_searches import service
from review_app.saved_searches.models import SavedSearch, SavedSearchHit
from review_app.saved_searches.queries import (
    HITS_SHOWN,
    alerts_of,
    counted,
    find_alert,
    find_saved,
    hits_of,
    own_searches,
    page_of,
    twin_of,
    unseen_by_search,
)
from review_app.saved_searches.questions import Kept, fingerprint, kept
from review_app.saved_searches.rules import can_open
from review_app.saved_searches.states import CONDITION_LABELS, FREQUENCY_LABELS
from review_app.web.precedents.asking import Question, question_from, whole
from review_app.web.precedents.finding import library, searched_for
from review_app.web.request import now, permitted, person, session, tried
from review_app.web.saved_searches.forms import SearchForm
from review_app.web.saved_searches.showing import in_words, problem_of, proposed_name, question_of_page

pages = Blueprint("saved_searches", __name__)


@pages.app_context_processor
def news() -> dict[str, Callable[[], int]]:
    """The number beside the tab, counted only where a template asks for it."""
    return {"saved_news": lambda: sum(unseen_by_search(session(), current_user).values())}


@pages.get("/precedents/saved")
def listing() -> ResponseReturnValue:
    permitted(can_search_precedents(person()))
    own = own_searches(session(), person())
    shown = [search for search in own if can_open(person(), search)]
    return render_template(
        "pages/saved_searches/listing.html",
        searches=[(search, question_of_page(search), problem_of(search)) for search in shown],
        resting=len(own) - len(shown),
        unseen=unseen_by_search(session(), person()),
        in_words=in_words,
        condition_labels=CONDITION_LABELS,
        frequency_labels=FREQUENCY_LABELS,
    )


@pages.route("/precedents/saved/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Save the question of the address; one that is saved already leads to it."""
    permitted(can_search_precedents(person()))
    question = question_from(request.args)
    review = searched_for(question)
    form = SearchForm(name=proposed_name(question))
    twin = twin_of_question(question)
    if form.validate_on_submit() and twin is None:
        saved: list[SavedSearch] = []
        if tried(lambda: saved.append(save(question, form))):
            flash(gettext("检索已保存。以后找到的新案例在这里列出。"), "success")
            return back_to(saved[0])
    status = 400 if request.method == "POST" else 200
    return render_template(
        "pages/saved_searches/new.html",
        form=form,
        question=question,
        review=review,
        words=in_words(question),
        is_empty=kept_of(question).is_empty,
        twin=twin,
        changed=changed_search(question),
    ), status


def save(question: Question, form: SearchForm) -> SavedSearch:
    return service.save_search(
        session(),
        library(),
        kept_of(question),
        name=form.name.data or "",
        frequency=form.chosen,
        review=searched_for(question),
        by=person(),
        now=now(),
    )


def twin_of_question(question: Question) -> SavedSearch | None:
    return twin_of(session(), person(), fingerprint(kept_of(question), question.review_id))


def kept_of(question: Question) -> Kept:
    return kept(question.asked, similar=question.similar, like_case=question.like_case)


def changed_search(question: Question) -> SavedSearch | None:
    """The saved search whose question this one may take the place of: the owner's, for the same review."""
    search = find_saved(session(), question.saved_id) if question.saved_id else None
    if search is None or search.review_id != question.review_id or not can_open(person(), search):
        return None
    return search


@pages.get("/precedents/saved/<id:saved_id>")
def one(saved_id: int) -> ResponseReturnValue:
    search = own_search(saved_id)
    return page_with(
        search,
        hits_of(search, person(), told=True),
        alert=None,
        alerts=alerts_of(session(), search),
        changed=page_of(session(), hits_of(search, person(), told=False), 1),
        changed_count=counted(session(), hits_of(search, person(), told=False)),
    )


@pages.get("/precedents/saved/<id:saved_id>/alerts/<id:alert_id>")
def alert(saved_id: int, alert_id: int) -> ResponseReturnValue:
    """Exactly the cases of one alert."""
    search = own_search(saved_id)
    found = find_alert(session(), search, alert_id)
    if found is None:
        abort(404)
    hits = hits_of(search, person(), told=True).where(SavedSearchHit.alert_id == found.id)
    return page_with(search, hits, alert=found, alerts=[], changed=[], changed_count=0)


def page_with(search: SavedSearch, hits: Select[SavedSearchHit], **more: Any) -> ResponseReturnValue:
    page = whole(request.args.get("page")) or 1
    total = counted(session(), hits)
    question = question_of_page(search)
    return render_template(
        "pages/saved_searches/one.html",
        search=search,
        question=question,
        changing=question_of_page(search, changing=True),
        words=in_words(question) if question else [],
        problem=problem_of(search),
        hits=page_of(session(), hits, page),
        total=total,
        page=page,
        page_count=-(-total // HITS_SHOWN),
        unseen=unseen_by_search(session(), person()).get(search.id, 0),
        condition_labels=CONDITION_LABELS,
        frequency_labels=FREQUENCY_LABELS,
        tier_short=TIER_SHORT,
        **more,
    )


@pages.route("/precedents/saved/<id:saved_id>/edit", methods=["GET", "POST"])
def edit(saved_id: int) -> ResponseReturnValue:
    search = own_search(saved_id)
    form = SearchForm(name=search.name, frequency=str(search.frequency))
    if form.validate_on_submit() and tried(lambda: renamed(search, form)):
        flash(gettext("修改已保存。"), "success")
        return back_to(search)
    status = 400 if request.method == "POST" else 200
    return render_template("pages/saved_searches/edit.html", form=form, search=search), status


def renamed(search: SavedSearch, form: SearchForm) -> None:
    service.edit_search(
        session(), search, name=form.name.data or "", frequency=form.chosen, by=person(), now=now()
    )


@pages.post("/precedents/saved/<id:saved_id>/question")
def change(saved_id: int) -> ResponseReturnValue:
    """Put the question of the form in the place of the saved one."""
    search = own_search(saved_id)
    question = question_from(request.form)
    if question.review_id != search.review_id:
        abort(404)
    act = lambda: service.change_question(  # noqa: E731 - said once, tried below
        session(), library(), search, kept_of(question), by=person(), now=now()
    )
    if tried(act):
        flash(gettext("检索条件已更新。"), "success")
        return back_to(search)
    return redirect(url_for("saved_searches.new", **question.parameters()))


@pages.post("/precedents/saved/<id:saved_id>/run")
def run(saved_id: int) -> ResponseReturnValue:
    search = own_search(saved_id)
    found: list[int] = []
    if tried(lambda: found.append(run_for(search))):
        flash(
            gettext("找到%(count)s件新案例。", count=found[0]) if found[0] else gettext("没有新案例。"),
            "success",
        )
    return back_to(search)


def run_for(search: SavedSearch) -> int:
    alert = service.run_now(session(), library(), search, by=person(), now=now())
    return alert.found if alert else 0


@pages.post("/precedents/saved/<id:saved_id>/seen")
def seen(saved_id: int) -> ResponseReturnValue:
    search = own_search(saved_id)
    service.put_away(session(), search, by=person(), now=now())
    return back_to(search)


@pages.post("/precedents/saved/<id:saved_id>/pause")
def pause(saved_id: int) -> ResponseReturnValue:
    search = own_search(saved_id)
    service.pause_search(session(), search, by=person(), now=now())
    flash(gettext("提醒已暂停。期间的新案例在恢复以后补报。"), "success")
    return back_to(search)


@pages.post("/precedents/saved/<id:saved_id>/resume")
def resume(saved_id: int) -> ResponseReturnValue:
    search = own_search(saved_id)
    service.resume_search(session(), search, by=person(), now=now())
    flash(gettext("提醒已恢复。"), "success")
    return back_to(search)


@pages.post("/precedents/saved/<id:saved_id>/remove")
def remove(saved_id: int) -> ResponseReturnValue:
    search = own_search(saved_id)
    service.remove_search(session(), search, by=person(), now=now())
    flash(gettext("检索“%(name)s”已删除。", name=search.name), "success")
    return redirect(url_for("saved_searches.listing"))


def own_search(saved_id: int) -> SavedSearch:
    """The search, fetched and allowed in one step; otherwise 404, and the attempt is logged."""
    search = find_saved(session(), saved_id)
    if search is None:
        abort(404)
    permitted(can_open(person(), search), search.review)
    return search


def back_to(search: SavedSearch) -> ResponseReturnValue:
    return redirect(url_for("saved_searches.one", saved_id=search.id))
