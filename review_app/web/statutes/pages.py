"""Searching the statutes, reading one and its articles, and finding the article that was law on a day."""

import threading
from datetime import date

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.clock import local_day
from review_app.errors import N_
from review_app.precedents import library as precedents
from review_app.precedents.queries import readable_filters
from review_app.precedents.rules import can_search_precedents
from review_app.statutes.citing import citation_of, in_words
from review_app.statutes.indexing import articles_of
from review_app.statutes.library import Answered, Asked, ask, open_statutes
from review_app.statutes.models import StatuteArticle
from review_app.statutes.names import article_name, article_number
from review_app.statutes.queries import (
    article_history,
    article_in,
    articles_by_id,
    articles_named,
    exact_citation,
    find_article,
    find_statute,
    find_version,
    kinds_held,
    list_statutes,
    neighbours,
    statute_by_id,
    statutes_like,
    text_on,
    texts_of,
)
from review_app.statutes.rules import can_read_statutes
from review_app.statutes.states import DATING_LABELS, FORCE_LABELS, KIND_LABELS, Kind
from review_app.web.precedents.finding import library as precedent_library
from review_app.web.request import now, permitted, person, session, settings
from review_app.web.statutes.asking import Question, day_from, question_from
from review_app.web.statutes.showing import compared, entries, found_article, linked, outline
from search_index import words
from search_index.engine import CursorUnreadable, IndexOutdated, Page, SearchEngine
from search_index.query import QueryProblem

pages = Blueprint("statutes", __name__)
FACET_LABELS = {"kind": N_("法规种类"), "statute": N_("法规")}
NOTHING = Page((), 0, 1, None, None, ())
LISTED = 50  # statutes on one page of the list
_opening = threading.Lock()


def index() -> SearchEngine:
    """The index of the statutes of this instance, opened once per process."""
    with _opening:
        if "yian_statutes" not in current_app.extensions:
            current_app.extensions["yian_statutes"] = open_statutes(
                settings().index_folder, settings().search_engine
            )
        found: SearchEngine = current_app.extensions["yian_statutes"]
    return found


def today() -> date:
    return local_day(now())


LABELS = {"force": FORCE_LABELS, "kind": KIND_LABELS, "dating": DATING_LABELS}


@pages.get("/statutes")
def search() -> ResponseReturnValue:
    permitted(can_read_statutes(person()))
    question = question_from(request.args, today())
    if not question.is_search:
        return statutes_listed(question)
    answer, problem = answered(question)
    page = answer.page if answer else NOTHING
    needles = words.needles(answer.tree) if answer else ()
    stored = articles_by_id(session(), (int(hit.key) for hit in page.hits))
    return render_template(
        "pages/statutes/search.html",
        question=question,
        asked=question.asked,
        answer=answer,
        problem=problem,
        page=page,
        found=[
            found_article(hit, stored[int(hit.key)], needles) for hit in page.hits if int(hit.key) in stored
        ],
        exact=exact_citation(session(), question.asked.q, question.asked.on),
        named=article_name(question.asked.q) if len(question.asked.q) < 80 else None,
        named_statutes=statutes_like(session(), question.asked.q),
        held=sum(kinds_held(session()).values()),
        facet_labels=FACET_LABELS,
        labels=LABELS,
        today=today(),
        in_words=in_words,
    )


def statutes_listed(question: Question) -> str:
    """The statutes there are, by kind: what the page shows before anything is asked."""
    chosen = [Kind(value) for value in question.asked.chosen.get("kind", ()) if value in list(Kind)][:1]
    listed, total = list_statutes(
        session(), kind=chosen[0] if chosen else None, first=(question.page - 1) * LISTED, most=LISTED
    )
    return render_template(
        "pages/statutes/list.html",
        question=question,
        asked=question.asked,
        kind=chosen[0] if chosen else None,
        listed=[(row, text_on(row.statute, today())) for row in listed],
        total=total,
        pages=max(1, -(-total // LISTED)),
        kinds=kinds_held(session()),
        labels=LABELS,
        today=today(),
    )


def answered(question: Question) -> tuple[Answered | None, str]:
    """What the index answers, or the sentence why it cannot."""
    try:
        return ask(index(), question.asked), ""
    except QueryProblem as problem:
        return None, str(gettext(problem.sentence, **problem.facts))
    except CursorUnreadable:
        abort(404)
    except IndexOutdated:
        return None, gettext("检索暂时不能使用：索引属于旧版本。请系统管理员运行 review-app index catch-up。")


@pages.get("/statutes/<id:statute_id>")
def statute(statute_id: int) -> ResponseReturnValue:
    permitted(can_read_statutes(person()))
    found = statute_by_id(session(), statute_id)
    if found is None:
        abort(404)
    day = day_from(request.args.get("on"))
    wanted = request.args.get("version", "")
    chosen = find_version(session(), found, int(wanted)) if wanted.isascii() and wanted.isdigit() else None
    version = chosen or text_on(found, day or today()) or next(iter(reversed(texts_of(found))), None)
    if version is None:
        abort(404)
    number = article_number(request.args.get("no", ""))
    sought = article_in(session(), version, *number) if number else None
    if sought is not None:
        return redirect(url_for("statutes.article", article_id=sought.id, on=day))
    shown = entries(articles_of(session(), version))
    return render_template(
        "pages/statutes/statute.html",
        statute=found,
        version=version,
        versions=list(reversed(texts_of(found))),
        entries=shown,
        outline=outline(shown),
        missing=request.args.get("no", "")[:20],
        day=day,
        labels=LABELS,
        today=today(),
        in_words=in_words,
    )


@pages.get("/statutes/articles/<id:article_id>")
def article(article_id: int) -> ResponseReturnValue:
    permitted(can_read_statutes(person()))
    found = find_article(session(), article_id)
    if found is None:
        abort(404)
    day = day_from(request.args.get("on"))
    version = found.version
    before, after = neighbours(session(), found)
    stages = article_history(session(), found)
    return render_template(
        "pages/statutes/article.html",
        article=found,
        version=version,
        statute=version.statute,
        paragraphs=linked(session(), found, day or version.valid_to or today()),
        before=before,
        after=after,
        compared=compared(stages, found),
        day=day,
        of_day=next(
            (stage for stage in stages if day and stage.version == text_on(version.statute, day)), None
        ),
        citation=citation_of(found),
        cases=citing_cases(found),
        laws=citing_articles(found),
        labels=LABELS,
        today=today(),
        in_words=in_words,
    )


def citing_cases(found: StatuteArticle) -> int | None:
    """How many cases the person may read cite this article; None when they cannot be searched."""
    if not can_search_precedents(person()):
        return None
    asked = precedents.Asked(chosen={"law": (found.name,)})
    readable = readable_filters(session(), person())
    try:
        return precedents.ask(precedent_library(), asked, readable=readable, limit=1).page.total
    except IndexOutdated:
        return None


def citing_articles(found: StatuteArticle) -> tuple[str, int]:
    """A query for the articles of other laws that name this one, and how many of today's do."""
    q = f'"{found.version.statute.title.removeprefix("中华人民共和国")}{in_words(found)}"'
    answer, _ = answered(Question(Asked(q=q, on=today())))
    return q, answer.page.total if answer else 0


@pages.get("/statutes/find")
def find() -> ResponseReturnValue:
    """To the article of this name that was law on the day asked for; otherwise a page that says which texts there
    are."""
    permitted(can_read_statutes(person()))
    name, on = request.args.get("name", "")[:200], day_from(request.args.get("on"))
    found = articles_named(session(), [name], on=on or today()).get(name)
    if found is None and on is None:
        found = articles_named(session(), [name], on=None).get(name)
    if found is not None:
        return redirect(url_for("statutes.article", article_id=found.id, on=on))
    named = article_name(name)
    if named is None:
        abort(404)
    statute_found = find_statute(session(), named.code)
    page = render_template(
        "pages/statutes/missing.html",
        named=named,
        on=on,
        statute=statute_found,
        versions=list(reversed(texts_of(statute_found))) if statute_found else [],
        others=other_texts(named.code, named.number, named.branch),
        labels=LABELS,
        today=today(),
    )
    return page, 404


def other_texts(code: str, number: int, branch: int) -> dict[int, StatuteArticle]:
    """The article of this number in each text there is, by the text's id."""
    found = find_statute(session(), code)
    texts = texts_of(found) if found else []
    articles = ((version.id, article_in(session(), version, number, branch)) for version in texts)
    return {version_id: each for version_id, each in articles if each is not None}
