"""Two cases side by side."""

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.precedents.comparing import (
    Shared,
    compare,
    shared,
    shared_words,
    side_of_case,
    side_of_review,
)
from review_app.precedents.models import Precedent
from review_app.reviews.models import CaseReview
from tests.browser import Browser
from tests.precedents.cases import JUDGMENT, signed_in, stored_case


@pytest.fixture
def other(session: Session, crash: Precedent, now: datetime) -> Precedent:
    text = JUDGMENT.replace("31号", "32号").replace("第七十二条", "第六十七条").replace("谅解", "宽恕")
    other = stored_case(session, now, text, title="钱某交通肇事案")
    session.commit()
    return other


def test_shared_words_are_ranges_of_both_texts() -> None:
    left, right = "被告人离开现场后返回报警。", "他也离开了。其 离开现场后 返回，报警"

    ours, theirs = shared_words(left, right)

    assert [left[start:end] for start, end in ours] == ["离开现场后返回报警"]
    assert [right[start:end] for start, end in theirs] == ["离开现场后 返回，报警"]


@given(st.text("甲乙丙，\n ", max_size=60), st.text("甲乙丙，\n ", max_size=60))
def test_shared_words_stand_in_the_other_text(left: str, right: str) -> None:
    def bare(text: str) -> str:
        return "".join(character for character in text if character.isalnum())

    ours, theirs = shared_words(left, right, 3)

    assert all(bare(left[start:end])[:3] in bare(right) for start, end in ours)
    assert bool(ours) == bool(theirs)
    assert all(first[1] < second[0] for first, second in pairwise(ours))


def test_lists_share_values_whatever_their_spelling() -> None:
    assert shared(("刑法第１条", "刑法第2条"), ("刑法第1条", "刑法第3条")) == Shared(
        ("刑法第１条",), ("刑法第2条",), ("刑法第3条",)
    )


def test_comparison_tells_laws_apart(crash: Precedent, other: Precedent) -> None:
    compared = compare(side_of_case(crash), side_of_case(other))

    assert compared.laws == Shared(("刑法第133条",), ("刑法第72条",), ("刑法第67条",))
    assert compared.causes.both == tuple(crash.causes)
    assert compared.same_outcome


def test_two_hits_are_picked_and_compared(
    browser: Browser, session: Session, crash: Precedent, other: Precedent
) -> None:
    signed_in(browser, session, Role.EXPERT).get("/precedents", q="逃逸")
    browser.get(f"/precedents/{crash.id}", q="逃逸").follow("选入对比")
    assert "再选一件即可并排对比" in browser.text
    browser.get(f"/precedents/{other.id}", compare=crash.id).follow("选入对比")

    browser.follow("并排对比")

    assert browser.url == f"/precedents/compare?left={crash.id}&right={other.id}"
    assert "1条相同，左边另有1条，右边另有1条" in browser.text
    assert browser.page.select("mark.shared")
    browser.follow("左右互换")
    assert browser.url == f"/precedents/compare?left={other.id}&right={crash.id}"


def test_comparison_lacking_a_side_leads_to_the_search(
    browser: Browser, session: Session, crash: Precedent
) -> None:
    signed_in(browser, session, Role.EXPERT).get("/precedents/compare")
    assert "还没有选择案例" in browser.text

    browser.get("/precedents/compare", left=crash.id)
    assert "还缺一件" in browser.text
    assert f"compare={crash.id}" in str(browser.page.select_one("a.btn-primary"))


@pytest.mark.parametrize("side", ["x", "99999", "review", "-1"])
def test_sides_that_are_not_there_are_not_found(
    browser: Browser, session: Session, crash: Precedent, side: str
) -> None:
    signed_in(browser, session, Role.COORD)

    assert browser.get("/precedents/compare", left=crash.id, right=side).status == 404


def test_review_is_a_side_for_its_panel_alone(
    browser: Browser, session: Session, crash: Precedent, review: CaseReview, lead: Person
) -> None:
    review.item.facts = "孙某离开现场不具有逃避法律追究的目的，未达成赔偿。"
    session.commit()
    address = f"/precedents/compare?left=review&right={crash.id}&review={review.id}"

    browser.sign_in(lead).get(address)

    assert "不具有逃避法律追究的目的" in browser.text
    assert side_of_review(review).texts["facts"].text == review.item.facts  # type: ignore[index]
    for role in (Role.COORD, Role.EXPERT, Role.AUDITOR):
        assert signed_in(browser, session, role).get(address).status == 404
