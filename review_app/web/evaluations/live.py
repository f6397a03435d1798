"""What the desk's script is told after each save: numbers and sentences, no markup."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext

from review_app.clock import SHANGHAI
from review_app.errors import ReviewError
from review_app.evaluations.drafting import Saved
from review_app.evaluations.models import EvalForm
from review_app.web.evaluations.desk import Desk, in_words
from review_app.web.layout import points
from review_app.web.request import sentence_of


def state_of(desk: Desk) -> dict[str, Any]:
    """Running score, dimensions, problems, edition and time of the last save."""
    return {
        "edition": desk.form.edition,
        "saved": saved_words(desk.form.saved_at),
        "score": points(desk.score.score),
        "grade": desk.score.grade,
        "grade_label": in_words(desk.rules.grade_label(desk.score.grade)),
        "dimensions": {
            one.code: {
                "left": points(one.left), "deducted": points(one.score.deducted),
                "capped": one.score.capped, "status": one.status, "problems": len(one.problems),
            }
            for one in desk.dimensions
        },
        "problems": [
            {"anchor": line.anchor, "where": line.where, "sentence": line.sentence, "unfold": line.unfold}
            for line in desk.problems
        ],
    }  # fmt: skip


def saved_words(at: datetime | None) -> str:
    """已保存 10:32."""
    return str(gettext("已保存 %(at)s", at=at.astimezone(SHANGHAI).strftime("%H:%M:%S"))) if at else ""


def outcome_of(saved: Saved) -> dict[str, Any]:
    """Fields that could not be read, and fields another window changed."""
    return {"refused": sentences(saved.refused), "elsewhere": dict(saved.elsewhere)}


def sentences(refused: Mapping[str, ReviewError]) -> dict[str, str]:
    return {name: sentence_of(error) for name, error in refused.items()}


def conflict(form: EvalForm, theirs: Mapping[str, object]) -> dict[str, Any]:
    return {"edition": form.edition, "theirs": dict(theirs)}
