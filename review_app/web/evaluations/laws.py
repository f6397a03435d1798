"""Looking for articles at the desk, by the day of the act."""

from dataclasses import dataclass
from datetime import date

from flask import request

from review_app.clock import local_day
from review_app.evaluations.law_choice import act_day, choices, known_act_day
from review_app.evaluations.models import EvalForm
from review_app.reviews.models import CaseReview
from review_app.statutes.models import StatuteArticle
from review_app.web.evaluations.forms import LawForm
from review_app.web.request import now, session


@dataclass(frozen=True)
class LawSearch:
    """What is looked for, by the law of which day, for which deduction or veto, and what was found."""

    words: str
    on: date
    target: str
    articles: list[StatuteArticle]


def law_search(review: CaseReview, form: EvalForm) -> LawSearch:
    """The search that the request asks for; without one, an empty one on the day of the act. A deduction
    whose provisions already go by a day keeps it."""
    asked = LawForm(request.values)
    if not asked.validate():
        return LawSearch("", act_day(review, local_day(now())), "", [])
    target = asked.law_for.data or ""
    on = asked.law_on.data or known_act_day(form, target) or act_day(review, local_day(now()))
    words = (asked.law_find.data or "").strip()
    found = choices(session(), words, on) if words else []
    return LawSearch(words, on, target, found)
