"""The opinions of the demonstration say what they said before: reference texts, read by people, compared word for word.

Days, years, numbers and the make-up of panels change with every build (the draw is a draw); everything else stands.
"""

import re
from pathlib import Path

import pytest

from review_app.documents.content import texts
from review_app.opinions.queries import opinion_of
from review_app.opinions.service import draft_of
from review_app.reviews.models import CaseReview
from tests.demo.conftest import Built

REFERENCE = Path(__file__).parent / "opinions"
CHANGING = (
    (re.compile(r"(\d{4}年)?\d{1,2}月\d{1,2}日"), "〔日期〕"),
    (re.compile(r"PC\d{8}(-\d+)?"), "〔编号〕"),
    (re.compile(r"〔\d{4}〕　*\d*号"), "〔文号〕"),
    (re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)"), "〔年〕"),
    (re.compile(r"抽取专家(\d)名，其中[^；]*；"), r"抽取专家\1名，其中〔类别〕；"),
)


def words_of(built: Built, review_id: int) -> str:
    """The opinion of a review, each text on a line of its own, without what changes from build to build."""
    with built.database.reading() as session:
        opinion = opinion_of(session, session.get_one(CaseReview, review_id))
        assert opinion is not None
        words = "\n".join(texts(draft_of(opinion))) + "\n"
    for pattern, stands_for in CHANGING:
        words = pattern.sub(stands_for, words)
    return words


@pytest.mark.parametrize("review_id", [1, 2, 3, 4, 5])
def test_opinion_says_what_the_reference_says(built: Built, review_id: int) -> None:
    assert words_of(built, review_id) == (REFERENCE / f"{review_id}.txt").read_text("utf-8")
