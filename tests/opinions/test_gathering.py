"""The facts of an opinion come from what was locked: findings with their places, points, counts, score."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from review_app.deliberations.concluding import lock_result
from review_app.errors import ReviewError
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.opinions import service
from review_app.opinions.facts import Advice, OpinionFacts, dump, load_facts
from review_app.opinions.gathering import gather, title_of
from review_app.opinions.parts import first_texts
from review_app.opinions.states import PartKey
from review_app.petitions.states import RequestResult
from review_app.progress.service import advance
from review_app.reviews.states import ReviewState
from tests.opinions.conftest import Stage
from tests.opinions.samples import case_one


@pytest.fixture
def facts(decided: Stage, now: datetime) -> OpinionFacts:
    lock_result(decided.session, decided.review, by=decided.chair, now=now)
    return gather(decided.session, decided.review)


def test_findings_carry_the_panel_s_points_and_counts(facts: OpinionFacts) -> None:
    found = [(each.code, each.points, each.uphold, each.reject) for each in facts.findings]

    assert found == [
        ("D4-07", Decimal(3), 5, 0),
        ("D4-12", Decimal(6), 5, 0),
        ("D5-07", Decimal(1), 5, 0),
        ("D7-04", Decimal(6), 4, 1),
        ("D7-05", Decimal(6), 5, 0),
        ("D8-01", Decimal(3), 5, 0),
    ]
    assert all(each.places and each.laws for each in facts.findings)


def test_result_is_the_locked_one(facts: OpinionFacts) -> None:
    assert (facts.result.score, facts.result.grade_label, facts.result.outcome_label) == (
        Decimal(75),
        "瑕疵案件",
        "瑕疵补正",
    )
    assert facts.result.scores == tuple(map(Decimal, (72, 74, 76, 77, 79)))
    assert (facts.votes.attended, facts.votes.grade_for, facts.votes.outcome_for) == (5, 5, 5)
    assert sum(each.counted for each in facts.dimensions) == 25


def test_dissent_is_taken_word_for_word(facts: OpinionFacts) -> None:
    assert (facts.votes.dissenters, facts.votes.dissent) == (
        1,
        "网络查控已覆盖主要财产形式，不宜评价为财产调查未穷尽。",
    )


def test_hearing_and_file_are_told(facts: OpinionFacts) -> None:
    assert "2024年4月1日听取信访人意见并制作笔录。" in facts.work.hearing
    assert "表示无异议" in facts.work.hearing
    assert [(each.title, each.documents, each.pages) for each in facts.work.volumes] == [
        ("执行卷1", 1, 1),
        ("执行卷2", 1, 2),
    ]


def test_facts_survive_storage(facts: OpinionFacts) -> None:
    assert load_facts(dump(facts)) == facts
    assert load_facts(dump(case_one())) == case_one()


def test_nothing_is_gathered_before_the_lock(decided: Stage) -> None:
    with pytest.raises(ReviewError, match="尚未锁定"):
        gather(decided.session, decided.review)


def test_entering_opinion_opens_it_with_first_words(decided: Stage, now: datetime, session: Session) -> None:
    advance(session, decided.review, ReviewState.OPINION, by=decided.chair, now=now)

    opinion = decided.opinion()
    session.refresh(opinion)
    first = first_texts(load_facts(opinion.locked))
    assert {part.key: part.text for part in opinion.parts} == {key: text.text for key, text in first.items()}
    assert set(first) == {*map(str, PartKey), "request-1", "request-2"}


def test_opinion_of_the_written_case_is_released_with_its_numbers(
    decided: Stage, now: datetime, session: Session
) -> None:
    advance(session, decided.review, ReviewState.OPINION, by=decided.chair, now=now)
    opinion = decided.opinion()
    session.refresh(opinion)
    for key in ("request-1", "request-2"):
        service.edit_part(
            session, opinion, key, text="经评析，诉求合理", result=RequestResult.SUPPORTED, seen_edition=0,
            by=decided.lead, now=now,
        )  # fmt: skip
    service.edit_part(
        session, opinion, PartKey.PRECEDENTS, text="查得同类案例3件", seen_edition=0, by=decided.lead, now=now
    )
    rows = [
        Advice("审查恢复执行", "青岚市人民法院", "恢复执行", "民事诉讼法（2023）第265条", date(2024, 5, 1))
    ]
    service.save_advice(session, opinion, rows, seen_edition=0, by=decided.lead, now=now)
    decided.sign_all(now)

    advance(session, decided.review, ReviewState.SIGNOFF, by=decided.lead, now=now)
    advance(session, decided.review, ReviewState.OPINION, by=decided.leader, now=now, reason="缺少附件")
    advance(session, decided.review, ReviewState.SIGNOFF, by=decided.lead, now=now)
    with pytest.raises(ReviewError, match="已经退回过一次"), session.begin_nested():
        advance(session, decided.review, ReviewState.OPINION, by=decided.leader, now=now, reason="再退")
    session.refresh(decided.review)
    advance(session, decided.review, ReviewState.ISSUED, by=decided.leader, now=now)

    assert (opinion.document.number, len(opinion.document.copies)) == ("青评意〔2024〕1号", 2)
    assert service.facts_of(opinion).result.score == 75


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("D7-02", "案款（物）未在规定期限内发放、返还"),
        ("D1-03", "案件基本事实要素（时间、地点、主体、数额）遗漏或者错误"),
        ("D4-05", "超过法定办理期限"),
        ("D7-03", "截留、挪用案款"),
        ("V05", "适用法律确有错误并导致结果错误"),
    ],
)
def test_titles_lose_only_the_remark_at_their_end(code: str, title: str) -> None:
    assert title_of(code, load_catalogue("2024.1")) == title
