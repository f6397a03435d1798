"""Saved searches as pages show them: the question in words, the address that asks it again, why it is broken."""

import json
from collections.abc import Iterator

from flask_babel import gettext

from review_app.errors import N_, ReviewError
from review_app.precedents.library import Asked
from review_app.precedents.queries import find_precedent
from review_app.precedents.rules import can_read_precedent
from review_app.precedents.similar import REVIEW_PART_LABELS, chosen_parts
from review_app.precedents.states import TIER_SHORT, Tier
from review_app.saved_searches.looking import CannotRun, question_of
from review_app.saved_searches.models import SavedSearch
from review_app.saved_searches.questions import Kept
from review_app.web.layout import listed
from review_app.web.precedents.asking import Question
from review_app.web.precedents.finding import FACET_LABELS
from review_app.web.request import person, sentence_of, session

SHORT_WORDS = 24


def question_of_page(search: SavedSearch, *, changing: bool = False) -> Question | None:
    """The saved question as the search page asks it; None when it cannot be read. ``changing``: the search page then
    offers to put another question in its place."""
    try:
        question = question_of(search)
    except CannotRun:
        return None
    return Question(
        question.asked,
        search.review_id,
        similar=question.similar,
        like_case=question.like_case,
        saved_id=search.id if changing else None,
    )


def in_words(question: Kept | Question) -> list[tuple[str, str]]:
    """Everything that is asked, part by part: label and words."""
    every = (*told_like(question), *told(question.asked))
    return [(gettext(label), words) for label, words in every if words]


def told_like(question: Kept | Question) -> Iterator[tuple[str, str]]:
    """What similar cases are looked for with."""
    asked = question.asked
    if question.similar:
        yield N_("相似"), gettext("与本案相似的案例")
        yield (
            N_("比对内容"),
            listed(gettext(REVIEW_PART_LABELS[part]) for part in sorted(chosen_parts(asked))),
        )
    elif question.like_case is not None:
        precedent = find_precedent(session(), question.like_case)
        readable = precedent is not None and can_read_precedent(person(), precedent)
        yield (
            N_("相似"),
            precedent.title if precedent is not None and readable else gettext("您现在不能查阅的案例"),
        )
    if question.similar or question.like_case is not None:
        yield N_("指明的案由"), listed(asked.like_causes)


def told(asked: Asked) -> Iterator[tuple[str, str]]:
    yield N_("检索式"), asked.q.strip()
    for facet, label in FACET_LABELS.items():
        values = asked.chosen.get(facet, ())
        yield label, listed(tier_words(value) if facet == "tier" else value for value in values)
    if asked.year_from is not None or asked.year_to is not None:
        yield N_("年份"), f"{asked.year_from or ''}–{asked.year_to or ''}"
    yield N_("不用同义词"), listed(sorted(asked.without))


def tier_words(value: str) -> str:
    return gettext(TIER_SHORT[Tier(value)]) if value in list(Tier) else value


def proposed_name(question: Question) -> str:
    """A name to begin with: the words of the query, else of the first filter."""
    words = [words for _, words in in_words(question)]
    return (question.asked.q.strip() or next(iter(words), ""))[:SHORT_WORDS]


def problem_of(search: SavedSearch) -> str:
    """The sentence why a search could not be run."""
    if not search.problem:
        return ""
    stored = json.loads(search.problem)
    return sentence_of(ReviewError(stored["sentence"], **stored["facts"]))
