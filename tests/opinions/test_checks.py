"""Every check of content finds the fault made for it, and a right opinion passes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.documents.content import Paragraph
from review_app.masking.texts import names_masked
from review_app.opinions.checks import circulation_problems, content_problems
from review_app.opinions.content import circulated, opinion_document
from review_app.opinions.facts import Law, OpinionFacts, PrecedentFacts
from tests.opinions.samples import case_one

Change = Callable[[OpinionFacts], OpinionFacts]


def problems(facts: OpinionFacts) -> list[tuple[str, str]]:
    document = opinion_document(facts, number="青评意〔2024〕11号", copy_no="", issued_on=date(2024, 2, 6))
    return [(problem.rule, problem.part) for problem in content_problems(facts, document)]


def unanswered(facts: OpinionFacts) -> OpinionFacts:
    requests = tuple(replace(each, answer=" ") if each.seq == 2 else each for each in facts.petition.requests)
    return replace(facts, petition=replace(facts.petition, requests=requests))


def without_places(facts: OpinionFacts) -> OpinionFacts:
    return replace(facts, findings=(replace(facts.findings[0], places=()), *facts.findings[1:]))


def without_law(facts: OpinionFacts) -> OpinionFacts:
    return replace(facts, findings=(replace(facts.findings[0], laws=()), *facts.findings[1:]))


def without_article(facts: OpinionFacts) -> OpinionFacts:
    laws = (Law("民事诉讼法", "2023", " "),)
    return replace(facts, findings=(replace(facts.findings[0], laws=laws), *facts.findings[1:]))


def without_route(facts: OpinionFacts) -> OpinionFacts:
    advice = tuple(replace(each, route="") for each in facts.advice)
    return replace(facts, advice=advice, result=replace(facts.result, needs_route=True))


def without_deadline(facts: OpinionFacts) -> OpinionFacts:
    return replace(facts, advice=tuple(replace(each, due_on=None) for each in facts.advice))


def deciding(facts: OpinionFacts) -> OpinionFacts:
    return replace(facts, established=("原判应当改判",))


def with_phone(facts: OpinionFacts) -> OpinionFacts:
    return replace(facts, established=("信访人电话13912345678",))


def with_identity(facts: OpinionFacts) -> OpinionFacts:
    return replace(facts, case_text="身份证号37078519650101001X。")


CASES: dict[str, tuple[Change, tuple[str, str]]] = {
    "request": (unanswered, ("C01", "request-2")),
    "places": (without_places, ("C02", "")),
    "score": (lambda facts: replace(facts, result=replace(facts.result, score=Decimal(76))), ("C03", "")),
    "phone": (with_phone, ("C04", "")),
    "identity": (with_identity, ("C04", "")),
    "words": (deciding, ("C05", "")),
    "law": (without_law, ("C07", "")),
    "article": (without_article, ("C07", "")),
    "case": (lambda facts: replace(facts, case_text=""), ("C08", "case")),
    "facts": (lambda facts: replace(facts, established=()), ("C08", "facts")),
    "advice": (lambda facts: replace(facts, advice=()), ("C08", "advice")),
    "route": (without_route, ("C08", "advice")),
    "deadline": (without_deadline, ("C08", "advice")),
    "dissent": (lambda facts: replace(facts, votes=replace(facts.votes, dissent="")), ("C09", "")),
    "precedents": (lambda facts: replace(facts, precedents=PrecedentFacts("")), ("C10", "precedents")),
}


def test_right_opinion_has_no_problem() -> None:
    assert problems(case_one()) == []


@pytest.mark.parametrize("name", CASES)
def test_each_fault_is_found_where_it_is_put_right(name: str) -> None:
    change, expected = CASES[name]

    assert problems(change(case_one())) == [expected]


def test_name_left_in_the_circulated_copy_is_found() -> None:
    facts = case_one()
    document = opinion_document(facts, number="", copy_no="", issued_on=None)

    leaking = replace(document, blocks=(*document.blocks, Paragraph("赵海斌")))

    private = names_masked(facts.people)
    assert circulation_problems(circulated(document, private), private) == []
    assert [each.rule for each in circulation_problems(leaking, private)] == ["C06"]


@given(
    st.text(alphabet="秦赵钱孙欧阳大小明华娜·", min_size=2, max_size=6),
    st.text(max_size=30),
    st.text(max_size=30),
)
def test_no_name_survives_circulation(name: str, before: str, after: str) -> None:
    facts = replace(case_one(), established=(f"{before}{name}{after}",), people=((name,),))
    document = opinion_document(facts, number="", copy_no="", issued_on=None)

    private = names_masked(facts.people)
    left = circulation_problems(circulated(document, private), private)

    assert "C06" not in {each.rule for each in left}
