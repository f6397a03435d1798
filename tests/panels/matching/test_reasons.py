"""Reasons in words, in Chinese and in another language."""

from review_app.panels.matching import reasons
from review_app.panels.matching.explaining import Hold, Kind, Obstacle, Passed, Seated
from review_app.panels.matching.insisting import Change, ChangeKind, Move, Outcome, WhatIf
from review_app.panels.matching.problem import Shortfall
from review_app.panels.matching.verifying import Fault

NAMES = {"E1": "张甲", "E2": "李乙", "E3": "王丙"}


def name_of(expert: str) -> str:
    return NAMES[expert]


def title_of(case: str) -> str:
    return f"{case}号案"


def test_obstacles_and_holds_are_said_with_names_and_figures() -> None:
    passed = Passed(
        "C1", "E1", 90,
        (
            Obstacle("E2", Kind.RULE, 5, (Fault("LAWYER", "C1", (), 1, 0),)),
            Obstacle("E3", Kind.LOAD_FULL, 3),
        ),
        (Hold("C2", Kind.PRICE, "E3", "E2", -12, 70), Hold("C3", Kind.RULE)),
    )  # fmt: skip

    said = [str(one) for one in reasons.why_passed(passed, name_of=name_of, title_of=title_of)]

    assert said == [
        "如换下李乙，本组将不符合：律师（规定1，实际0）。",
        "该专家承担的案件已满（C2号案、C3号案），否则可依规换下王丙。",
        "如从C2号案调来换下王丙，最好由李乙接替，总分仍将减少12分。",
        "在C3号案没有可依规接替的人选。",
    ]


def test_expert_who_may_take_no_case_is_said_to_be_full_without_panels() -> None:
    passed = Passed("C1", "E1", 90, (Obstacle("E3", Kind.LOAD_FULL, 3),))

    (said,) = reasons.why_passed(passed, name_of=name_of)

    assert str(said) == "该专家已不能再承担案件，否则可依规换下王丙。"


def test_of_many_panels_that_hold_him_the_least_harmful_are_told() -> None:
    holds = (
        Hold("C2", Kind.RULE),
        *(Hold(f"C{number}", Kind.PRICE, "E3", "E2", -number, 70) for number in (9, 8, 7, 6)),
        Hold("C1", Kind.SEEDED_TIE, "E3", "E2", 0, 70),
    )
    passed = Passed("C0", "E1", 90, (Obstacle("E3", Kind.LOAD_FULL, 3),), holds)

    said = [str(one) for one in reasons.why_passed(passed, name_of=name_of)]

    assert said == [
        "该专家承担的案件已满（C2、C9等6项），否则可依规换下王丙。",
        "如从C1调来换下王丙、由李乙接替，总分不变，次序由公开的种子决定。",
        "如从C6调来换下王丙，最好由李乙接替，总分仍将减少6分。",
        "如从C7调来换下王丙，最好由李乙接替，总分仍将减少7分。",
        "从其余3件调来，结果不优于以上各项。",
    ]


def test_every_kind_has_a_sentence_whose_slots_are_filled() -> None:
    for kind in reasons.OBSTACLES:
        fault = Fault("APART", "C1", ("E1", "E2"))
        passed = Passed("C1", "E1", 90, (Obstacle("E3", kind, 3, (fault,)),))
        assert "%" not in "".join(map(str, reasons.why_passed(passed, name_of=name_of)))
    for kind in reasons.HOLDS:
        said = reasons.hold_sentence(Hold("C2", kind, "E1", "E2", 4, 9), name_of, title_of)
        assert "%" not in str(said)
    assert reasons.OBSTACLES.keys() == set(Kind) - {Kind.FLOOR_OF_OTHER_CASE}
    assert reasons.HOLDS.keys() == set(Kind) - {Kind.APART, Kind.LOAD_FULL, Kind.COLLEAGUE_UNDER_MINIMUM}
    assert reasons.OUTCOMES.keys() == set(Outcome)
    assert reasons.CHANGES.keys() == set(ChangeKind)


def test_member_is_said_to_be_needed() -> None:
    (said,) = reasons.why_seated(Seated("E1", 80, ("LAWYER", "LOCKED"), is_chair=True))

    assert str(said) == "缺其一人即不足：律师、已锁定的席位。"
    assert reasons.why_seated(Seated("E1", 80, (), is_chair=False)) == ()


def test_what_if_says_changes_cost_and_moves() -> None:
    found = WhatIf(
        "C1", "E1", Outcome.WITH_CHANGES, -12, -3,
        (Move("E1", ("C2",), ("C1",)), Move("E2", ("C1",), ()), Move("E3", (), ("C2",))),
        (
            Change(ChangeKind.RELAXED, "C1", "EMPLOYER_PLUS_ONE"),
            Change(ChangeKind.ONE_MORE_PANEL, experts=("E1",)),
        ),
        exact=False,
    )  # fmt: skip

    said = [str(one) for one in reasons.what_if(found, name_of=name_of, title_of=title_of)]

    assert said == [
        "请张甲参加C1号案，须先作以下变更：",
        "C1号案：放宽：同一任职单位上限加一",
        "允许张甲多承担一件",
        "总分-12，最低一组-3，3人变动。",
        "张甲：由C2号案转到C1号案",
        "李乙：退出C1号案",
        "王丙：加入C2号案",
        "没有对全部案件证明最优，实际代价可能与此不同。",
    ]


def test_what_if_that_is_impossible_says_what_is_lacking() -> None:
    short = Shortfall("LAWYER", ("C1",), 2, 1, relaxation="UPPER_POOL")
    found = WhatIf("C1", "E1", Outcome.IMPOSSIBLE, shortfalls=(short,))

    said = [str(one) for one in reasons.what_if(found, name_of=name_of, title_of=title_of)]

    assert said == [
        "无法请张甲参加C1号案：没有合法的组成方案。",
        "C1号案：律师需2，可用1；可采取“放宽：邀请上级专家库专家”。",
    ]


def test_shortfall_of_many_cases_names_the_first_and_counts_them() -> None:
    cases = tuple(f"C{number}" for number in range(40))

    said = [
        str(reasons.shortfall_sentence(short, name_of=name_of))
        for short in (Shortfall("LOAD", cases, 5, 4, ("E1",)), Shortfall("LOAD", (), 5, 4))
    ]

    assert said == [
        "C0、C1等40项、张甲：全部专家可承担的案件数需5，可用4。",
        "全部专家可承担的案件数需5，可用4。",
    ]


def test_faults_are_said_with_their_place() -> None:
    said = [
        str(reasons.fault_with_place(fault, name_of=name_of, title_of=title_of))
        for fault in (Fault("APART", "C1", ("E1", "E2")), Fault("TOTAL", needed=9, found=8))
    ]

    assert said == ["C1号案、张甲、李乙：不得同组的两人", "总分（规定9，实际8）"]


def test_terms_are_translated_and_names_are_not() -> None:
    english = {
        "如换下%(member)s，本组将不符合：%(rules)s。": "Without %(member)s: %(rules)s.",
        "%(rule)s（规定%(needed)d，实际%(found)d）": "%(rule)s (%(needed)d/%(found)d)",
        "律师": "lawyers",
        "学者": "academics",
        "、": ", ",
    }
    broken = (Fault("LAWYER", "C1", (), 1, 0), Fault("ACADEMIC", "C1", (), 2, 1))
    obstacle = Obstacle("E2", Kind.RULE, 5, broken)

    said = reasons.obstacle_sentence(obstacle, name_of).said(lambda text: english.get(text, text))

    assert said == "Without 李乙: lawyers (1/0), academics (2/1)."
