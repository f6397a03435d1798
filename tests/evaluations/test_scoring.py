from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_app import rulebook
from review_app.evaluations.form_input import (
    CitationInput,
    DeductionInput,
    DimensionInput,
    FormInput,
    QuoteInput,
    RecordReason,
    VetoInput,
)
from review_app.evaluations.scoring import FormScore, score_form
from review_app.form_templates import catalogue as catalogues
from review_app.form_templates.catalogue import dimension_of
from review_app.rulebook.reading import InvalidData

RULES = rulebook.load()
CATALOGUE = catalogues.load()
ARTICLE = CitationInput("民诉解释", "2022", "517")
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def quote(
    number: int = 1, *, document: str = "裁定书", text: str = "终结本次执行程序，卷内无签字确认。"
) -> QuoteInput:
    return QuoteInput("执行卷1", document, number, text, "ab" * 32)


def deduction(code: str, points: str, **more: object) -> DeductionInput:
    return DeductionInput(code, Decimal(points), **more)  # type: ignore[arg-type]


def proved(code: str, points: str, **more: object) -> DeductionInput:
    """A deduction with more proof than any severity asks for."""
    quotes = (quote(len(code) + sum(map(ord, code))), quote(2, document=f"笔录{code}"))
    return deduction(code, points, **{"quotes": quotes, "citations": (ARTICLE,), **more})


def form(*deductions: DeductionInput, template: str = "EXE", **more: object) -> FormInput:
    touched = {dimension_of(one.code) for one in deductions}
    dimensions = {
        name: DimensionInput(text="经审查，本维度发现的问题详见扣分项及所附摘录和法条。")
        if name in touched
        else DimensionInput(no_problems=True)
        for name in RULES.dimensions
    }
    values = {"proposed_grade": "B", "proposed_outcome": "MAINTAIN", "dimensions": dimensions, **more}
    return FormInput(template, deductions, **values)  # type: ignore[arg-type]


def scored(given_form: FormInput) -> FormScore:
    return score_form(given_form, RULES, CATALOGUE)


def problems(given_form: FormInput) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in scored(given_form).problems]


def test_score_of_an_untouched_form_is_100() -> None:
    result = scored(form())

    assert (result.score, result.grade, result.complete) == (Decimal(100), "B", True)
    assert [reason.code for reason in result.grade_reasons] == ["no_highlight"]


def test_score_of_the_written_enforcement_case() -> None:
    points = {"D4-12": "7", "D4-07": "3", "D5-07": "1", "D7-04": "7", "D7-05": "7", "D8-01": "3"}

    result = scored(form(*(proved(code, value) for code, value in points.items())))

    assert result.score == 72
    assert result.grade == "C"
    assert {name: int(one.deducted) for name, one in result.dimensions.items() if one.deducted} == {
        "D4": 10,
        "D5": 1,
        "D7": 14,
        "D8": 3,
    }
    assert result.problems == ()


def test_dimension_loses_no_more_than_its_maximum() -> None:
    result = scored(form(proved("D1-01", "10"), proved("D1-03", "3")))

    dimension = result.dimensions["D1"]
    assert (dimension.maximum, dimension.points, dimension.deducted, dimension.capped) == (8, 13, 8, True)
    assert result.score == 92


def test_half_points_stay_exact() -> None:
    assert scored(form(proved("D6-02", "1.5"), proved("D5-07", "0.5"))).score == Decimal("98.0")


@pytest.mark.parametrize(
    ("deductions", "highlights", "grade"),
    [
        ([("D5-07", "1")], ("逐项说理",), "A"),
        ([("D5-07", "1")], (), "B"),
        ([("D5-07", "1")], ("  ",), "B"),
        ([("D4-11", "1")], ("逐项说理",), "B"),
        ([("D5-03", "2")], ("逐项说理",), "B"),
        ([("D6-04", "0")], ("逐项说理",), "A"),
        ([("D8-03", "6")], ("逐项说理",), "B"),
        ([("D8-03", "6"), ("D6-06", "6")], ("逐项说理",), "C"),
        ([("D3-01", "10")], (), "C"),
        ([("D4-12", "6"), ("D7-04", "6"), ("D8-03", "6"), ("D6-01", "3")], (), "C"),
        ([("D7-01", "15"), ("D3-01", "15"), ("D4-01", "13")], (), "D"),
    ],
)
def test_grade_follows_score_and_kind_of_defect(
    deductions: list[tuple[str, str]], highlights: tuple[str, ...], grade: str
) -> None:
    given_form = form(*(proved(*one) for one in deductions), highlights=highlights)

    assert scored(given_form).grade == grade


@pytest.mark.parametrize(("lost", "grade"), [("8", "A"), ("8.5", "B"), ("20", "B"), ("20.5", "C")])
def test_thresholds_are_inclusive(lost: str, grade: str) -> None:
    small = ["D5-05", "D5-07", "D6-02", "D6-05", "D8-02"]
    values = {"8": ["1.5"] * 5 + ["0.5"], "8.5": ["1.5"] * 5 + ["1"]}.get(lost)
    if values:
        chosen = [proved(code, value) for code, value in zip([*small, "D5-05"], values, strict=True)]
    else:
        chosen = [proved(code, "4") for code in ("D5-03", "D6-01", "D8-01", "D7-06")]
        chosen.append(proved("D1-03", str(Decimal(lost) - 16)))

    result = scored(form(*chosen, highlights=("亮点",)))

    assert result.score == 100 - Decimal(lost)
    assert result.grade == grade


def test_proposed_veto_gives_d_in_that_form() -> None:
    result = scored(form(proved("D4-02", "10", veto="V07"), template="ADM"))

    assert (result.score, result.grade) == (90, "D")
    assert str(result.grade_reasons[0]) == "否决项V07成立。"


def test_v11_counts_only_with_the_number_of_the_decision() -> None:
    without = form(vetoes=(VetoInput("V11"),))
    with_number = form(vetoes=(VetoInput("V11", document_no="（2023）鲁0785刑初12号"),))

    assert scored(without).grade == "B"
    assert problems(without) == [("vetoes[0].document_no", "document_no")]
    assert scored(with_number).grade == "D"
    assert problems(with_number) == []


def test_v10_needs_two_documents_and_a_provision() -> None:
    bare = VetoInput("V10", fact="卷宗页码被涂改")
    proof = replace(bare, quotes=(quote(1), quote(1, document="审批表")), citations=(ARTICLE,))

    assert problems(form(vetoes=(bare,))) == [
        ("vetoes[0].quotes", "quotes_missing"),
        ("vetoes[0].citations", "citation_missing"),
    ]
    assert scored(form(vetoes=(proof,))).grade == "D"
    assert problems(form(vetoes=(proof,))) == []


@pytest.mark.parametrize("code", ["V01", "V08"])
def test_other_vetoes_need_a_deduction(code: str) -> None:
    assert problems(form(vetoes=(VetoInput(code),))) == [("vetoes[0].code", "veto_not_allowed")]
    assert scored(form(vetoes=(VetoInput(code),))).grade == "B"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (deduction("D5-07", "1"), [("deductions[0].quotes", "quotes_missing")]),
        (proved("D5-07", "2"), [("deductions[0].points", "points_range")]),
        (proved("D5-07", "0"), [("deductions[0].points", "points_range")]),
        (proved("D5-07", "-1"), [("deductions[0].points", "points_range")]),
        (proved("D5-07", "0.75"), [("deductions[0].points", "points_step")]),
        (proved("D6-04", "1"), [("deductions[0].points", "points_record_only")]),
        (proved("D1-04", "6"), [("deductions[0].code", "not_in_template")]),
        (proved("D4-05", "6"), [("deductions[0].points", "points_range")]),
        (proved("D4-05", "6", severity="S3"), []),
        (proved("D4-06", "6", severity="S3"), [("deductions[0].severity", "severity_not_allowed")]),
        (proved("D3-04", "0", severity="S0"), [("deductions[0].record_reason", "record_reason")]),
        (proved("D3-04", "0", severity="S0", record_reason=RecordReason.LATER_LAW), []),
        (proved("D3-04", "3", citations=()), [("deductions[0].citations", "citation_missing")]),
        (proved("D4-07", "3", citations=()), [("deductions[0].citations", "citation_missing")]),
        (proved("D5-06", "3", citations=()), []),
        (proved("D7-01", "10", citations=()), [("deductions[0].citations", "citation_missing")]),
        (
            proved("D3-04", "3", citations=(CitationInput("民诉解释", "", "517"),)),
            [("deductions[0].citations[0]", "citation_incomplete")],
        ),
        (proved("D7-04", "6", quotes=(quote(1),)), [("deductions[0].quotes", "quotes_missing")]),
        (proved("D7-04", "6", quotes=(quote(1), quote(1))), [("deductions[0].quotes", "quotes_missing")]),
        (proved("D7-04", "6", quotes=(quote(1), quote(2))), []),
        (
            proved("D7-01", "10", quotes=(quote(1), quote(2))),
            [("deductions[0].quotes", "quotes_same_document")],
        ),
        (
            proved("D5-07", "1", quotes=(quote(text="一二三四五六七八九"),)),
            [("deductions[0].quotes[0].exact_text", "quote_length")],
        ),
        (proved("D5-07", "1", quotes=(quote(text="一二三四五六七八九十"),)), []),
        (proved("D5-07", "1", quotes=(quote(text="卷" * 200),)), []),
        (
            proved("D5-07", "1", quotes=(quote(text="卷" * 201),)),
            [("deductions[0].quotes[0].exact_text", "quote_length")],
        ),
        (
            proved("D5-07", "1", quotes=(replace(quote(), page=0),)),
            [("deductions[0].quotes[0]", "quote_source")],
        ),
        (
            proved("D5-07", "1", quotes=(replace(quote(), file_sha256="x"),)),
            [("deductions[0].quotes[0].file_sha256", "quote_hash")],
        ),
        (proved("D5-07", "1", veto="V07"), [("deductions[0].veto", "veto_not_allowed")]),
        (proved("D4-02", "10", veto="V08"), [("deductions[0].veto", "veto_not_allowed")]),
    ],
)
def test_deduction_is_checked(changed: DeductionInput, expected: list[tuple[str, str]]) -> None:
    assert problems(form(changed)) == expected


def test_same_fact_is_deducted_once() -> None:
    same_words = form(
        proved("D4-07", "3", fact="未告知 恢复执行"), proved("D6-02", "1", fact="未告知恢复执行")
    )
    same_place = form(proved("D4-07", "3"), proved("D4-07", "2"))
    other_place = form(
        proved("D4-07", "3", quotes=(quote(1),)), proved("D4-07", "2", quotes=(quote(5),), fact="另一处")
    )

    assert problems(same_words) == [("deductions[1]", "duplicate_fact")]
    assert problems(same_place) == [("deductions[1]", "duplicate_fact")]
    assert problems(other_place) == []


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (DimensionInput("字" * 20), []),
        (DimensionInput("字 " * 19), ["dimension_text"]),
        (DimensionInput(), ["dimension_text"]),
        (DimensionInput(no_problems=True), []),
    ],
)
def test_every_dimension_needs_words_or_the_tick(answer: DimensionInput, codes: list[str]) -> None:
    given_form = form()
    changed = replace(given_form, dimensions={**given_form.dimensions, "D3": answer})

    assert [code for _path, code in problems(changed)] == codes


def test_tick_and_deduction_contradict_each_other() -> None:
    given_form = form(proved("D5-07", "1"))
    changed = replace(
        given_form, dimensions={**given_form.dimensions, "D5": DimensionInput(no_problems=True)}
    )

    assert problems(changed) == [("dimensions.D5", "dimension_contradiction")]


def test_missing_dimension_is_named() -> None:
    assert problems(replace(form(), dimensions={}))[:2] == [
        ("dimensions.D1", "dimension_text"),
        ("dimensions.D2", "dimension_text"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"proposed_grade": None}, [("proposed_grade", "grade_missing")]),
        ({"proposed_grade": "E"}, [("proposed_grade", "unknown_choice")]),
        ({"proposed_grade": "A"}, [("highlights", "highlight_missing")]),
        ({"proposed_grade": "A", "highlights": ("逐项说理",)}, []),
        ({"proposed_outcome": None}, [("proposed_outcome", "outcome_missing")]),
        ({"proposed_outcome": "REVOKE"}, [("proposed_outcome", "unknown_choice")]),
        ({"proposed_measures": ("EXPLAIN", "PAY")}, [("proposed_measures[1]", "unknown_choice")]),
    ],
)
def test_proposals_are_checked(changes: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert problems(form(**changes)) == expected


@pytest.mark.parametrize(
    ("given_form", "path"),
    [
        (FormInput("XYZ"), "template"),
        (FormInput("EXE", (deduction("D9-01", "1"),)), "deductions[0].code"),
        (FormInput("EXE", (deduction("D1-03", "3", severity="S9"),)), "deductions[0].severity"),
        (FormInput("EXE", vetoes=(VetoInput("V12"),)), "vetoes[0].code"),
        (FormInput("EXE", dimensions={"D9": DimensionInput()}), "dimensions.D9"),
    ],
)
def test_names_that_lead_nowhere_cannot_be_scored(given_form: FormInput, path: str) -> None:
    with pytest.raises(InvalidData) as caught:
        scored(given_form)

    assert [problem.path for problem in caught.value.problems] == [path]


def test_wrong_entries_are_told_from_missing_ones() -> None:
    result = scored(form(deduction("D5-07", "9")))

    assert [problem.code for problem in result.problems] == ["points_range", "quotes_missing"]
    assert [problem.code for problem in result.wrong] == ["points_range"]


half_points = st.integers(0, 40).map(lambda halves: Decimal(halves) / 2)
any_deduction = st.builds(DeductionInput, st.sampled_from(list(CATALOGUE.deductions)), half_points)
any_form = st.builds(
    FormInput,
    st.sampled_from(list(RULES.templates)),
    st.lists(any_deduction, max_size=30).map(tuple),
    highlights=st.sampled_from([(), ("亮点",)]),
)


@calm
@given(any_form, any_deduction)
def test_another_finding_never_raises_the_score(given_form: FormInput, more: DeductionInput) -> None:
    before = scored(given_form)
    after = scored(replace(given_form, deductions=(*given_form.deductions, more)))

    assert 0 <= after.score <= before.score <= 100
    assert "ABCD".index(after.grade) >= "ABCD".index(before.grade)


@calm
@given(any_form)
def test_excellent_means_nothing_in_the_core_dimensions(given_form: FormInput) -> None:
    result = scored(given_form)

    if result.grade == "A":
        assert not {dimension_of(one.code) for one in given_form.deductions} & {"D1", "D2", "D3", "D4"}
    if result.score < 60:
        assert result.grade == "D"


@calm
@given(any_form, st.sampled_from([("D4-02", "V07"), ("D1-01", "V04"), ("D7-03", "V09")]))
def test_veto_means_d(given_form: FormInput, veto: tuple[str, str]) -> None:
    code, veto_code = veto
    vetoed = DeductionInput(code, Decimal(10), veto=veto_code)

    assert scored(replace(given_form, deductions=(*given_form.deductions, vetoed))).grade == "D"


@calm
@given(any_form)
def test_removing_a_finding_never_lowers_the_score(given_form: FormInput) -> None:
    full = scored(given_form).score

    for index in range(len(given_form.deductions)):
        rest = given_form.deductions[:index] + given_form.deductions[index + 1 :]
        assert scored(replace(given_form, deductions=rest)).score >= full
