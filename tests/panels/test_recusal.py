"""Recusal rules R01–R20: each rule alone, certain and possible matches, and what could not be checked."""

from datetime import date
from typing import Any

import pytest

from review_app.experts.states import TieKind
from review_app.panels.facts import (
    CaseFacts,
    Counsel,
    Employment,
    ExpertFacts,
    Kin,
    Officer,
    Representation,
    Shareholding,
    Tie,
    Who,
)
from review_app.panels.grounds import GROUNDS, Level
from review_app.panels.recusal import Decision, Status, check
from tests.panels.made import RULES, TREE, case_facts, expert_facts

ON = date(2024, 4, 2)
MOTHER = Kin(TieKind.LINEAL, Who("李四", "h-mother"))
SPOUSE = Kin(TieKind.SPOUSE, Who("王五", "h-spouse"), practises_at="FIRM-2")
UNCLE = Kin(TieKind.COLLATERAL, Who("赵六", "h-uncle"), practises_at="FIRM-2")
COUNSEL = Counsel(Who("钱七", "h-counsel", unit="FIRM-2"), client="张三")
OFFICER = Officer(Who("孙八", "h-officer", unit="COURT"), "审判", heads_unit=False)
COMPANY = Who("海岱建材有限公司", unit="COMPANY")
JUDGE = {"category": "JUDGE", "who": Who("欧阳娜娜", "h-expert", unit="TRIBUNAL")}


def hits(expert: ExpertFacts, case: CaseFacts, *decisions: Decision) -> list[tuple[str, Level]]:
    found = check(expert, case, TREE, rules=RULES.recusal, on=ON, decisions=decisions)
    return [(hit.rule, hit.level) for hit in found.hits]


def tie(kind: TieKind, **values: Any) -> dict[str, Any]:
    return {"ties": (Tie(kind, **values),)}


@pytest.mark.parametrize(
    ("expert", "case", "expected"),
    [
        pytest.param({}, {}, [], id="nothing"),
        pytest.param({}, {"parties": (Who("某人", "h-expert"),)}, [("R01", "HARD")], id="R01 by number"),
        pytest.param({}, {"parties": (Who("欧阳娜娜"),)}, [("R01", "POSSIBLE")], id="R01 by name"),
        pytest.param({}, {"parties": (Who("欧阳娜娜", "h-else"),)}, [], id="R01 namesake"),
        pytest.param({"kin": (MOTHER,)}, {"parties": (Who("李四", "h-mother"),)}, [("R02", "HARD")], id="R02"),
        pytest.param({"kin": (MOTHER,)}, {"parties": (Who("李四"),)}, [("R02", "POSSIBLE")], id="R02 by name"),
        pytest.param(tie(TieKind.INTEREST, case_no="(2020)海0799执1187号"), {}, [("R03", "HARD")], id="R03"),
        pytest.param(tie(TieKind.TOOK_PART, case_no="（2020）海0799执1187号"), {}, [("R04", "HARD")], id="R04"),
        pytest.param({}, {"participants": (Who("x", "h-expert"),)}, [("R04", "HARD")], id="R04 appraiser"),
        pytest.param({}, {"counsel": (Counsel(Who("x", "h-expert", unit="FIRM-2")),)}, [("R04", "HARD")], id="R04 agent"),
        pytest.param({"kin": (Kin(TieKind.IN_LAW, Who("钱七", "h-counsel")),)}, {"counsel": (COUNSEL,)}, [("R05", "HARD")], id="R05"),
        pytest.param({}, {"counsel": (Counsel(Who("钱七", "h-c", unit="FIRM-1")),)}, [("R06", "HARD")], id="R06 own firm"),
        pytest.param({"representations": (Representation(Who(), "（2020）海0799执1187号", ended=date(2011, 1, 1)),)}, {}, [("R06", "HARD")], id="R06 same matter, ever"),
        pytest.param({"representations": (Representation(Who("张三", "h-zhang"), ended=date(2021, 4, 2)),)}, {}, [("R06", "HARD")], id="R06 within three years"),
        pytest.param({"representations": (Representation(Who("张三", "h-zhang"), ended=date(2021, 4, 1)),)}, {}, [], id="R06 longer ago"),
        pytest.param({"category": "ACADEMIC", "representations": (Representation(Who("张三", "h-zhang")),)}, {}, [], id="R06 lawyers only"),
        pytest.param({"shareholdings": (Shareholding(COMPANY, listed=False),)}, {"parties": (COMPANY,)}, [("R07", "HARD")], id="R07"),
        pytest.param({"shareholdings": (Shareholding(COMPANY, listed=True),)}, {"parties": (COMPANY,)}, [], id="R07 listed"),
        pytest.param({"shareholdings": (Shareholding(COMPANY),)}, {"parties": (COMPANY,)}, [("R07", "POSSIBLE")], id="R07 unknown"),
        pytest.param({}, {"officers": (Officer(Who("x", "h-expert", unit="COURT")),)}, [("R08", "HARD")], id="R08"),
        pytest.param(tie(TieKind.HANDLED, case_no="（2020）海0799执1187号"), {}, [("R08", "HARD")], id="R08 declared"),
        pytest.param({"kin": (Kin(TieKind.SPOUSE, Who("孙八", "h-officer")),)}, {"officers": (OFFICER,)}, [("R09", "HARD")], id="R09"),
        pytest.param({**JUDGE, "employments": (Employment("TRIBUNAL", heads_unit=True),)}, {"officers": (OFFICER,)}, [("R10", "HARD"), ("R11", "SOFT")], id="R10 head"),
        pytest.param({**JUDGE, "employments": (Employment("COURT", heads_unit=False, superior_of=("孙八",)),)}, {"officers": (OFFICER,)}, [("R10", "HARD"), ("R11", "SOFT")], id="R10 superior"),
        pytest.param(JUDGE, {}, [("R11", "SOFT")], id="R11 division"),
        pytest.param({**JUDGE, "who": Who("x", "h", unit="CITY-COURT")}, {}, [], id="R11 higher court"),
        pytest.param({"employments": (Employment("COURT", ended=date(2022, 4, 2)),)}, {}, [("R12", "HARD")], id="R12"),
        pytest.param({"employments": (Employment("COURT", ended=date(2022, 4, 1)),)}, {}, [], id="R12 longer ago"),
        pytest.param({"employments": (Employment("TRIBUNAL", ended=date(2023, 4, 2)),)}, {}, [("R12", "HARD")], id="R12 division"),
        pytest.param({"employments": (Employment("COURT", ended=date(2024, 5, 1)),)}, {}, [("R11", "SOFT")], id="R11 until next month"),
        pytest.param({"employments": (Employment("COURT", started=date(2024, 5, 1)),)}, {}, [], id="R11 from next month"),
        pytest.param({"employments": (Employment("FIRM-2", ended=date(2023, 1, 1)),)}, {"counsel": (COUNSEL,)}, [("R06", "POSSIBLE")], id="R06 former firm"),
        pytest.param({"employments": (Employment("FIRM-2", ended=date(2019, 1, 1)),)}, {"counsel": (COUNSEL,)}, [], id="R06 former firm, longer ago"),
        pytest.param({"representations": (Representation(Who(), "(2019)海0799民初12号", ended=date(2011, 1, 1)),)}, {"related_nos": ("（2019）海0799民初12号",)}, [("R06", "POSSIBLE")], id="R06 earlier instance"),
        pytest.param(tie(TieKind.HANDLED, case_no="（2019）海0799民初12号"), {"related_nos": ("（2019）海0799民初12号",)}, [("R08", "POSSIBLE")], id="R08 earlier instance"),
        pytest.param({"shareholdings": (Shareholding(Who("海岱建材（渤宁）有限责任公司"), listed=False),)}, {"parties": (Who("海岱建材(渤宁)有限公司"),)}, [("R07", "POSSIBLE")], id="R07 by name"),
        pytest.param({"who": Who("张伟", unit="FIRM-1")}, {"parties": (Who("李四（曾用名张伟）"),)}, [("R01", "POSSIBLE")], id="R01 former name in brackets"),
        pytest.param(tie(TieKind.MET_PRIVATELY, to=Who("张三", "h-zhang")), {}, [("R13", "HARD")], id="R13"),
        pytest.param(tie(TieKind.MET_PRIVATELY, to=Who("某甲", "h-x")), {}, [], id="R13 someone else"),
        pytest.param(tie(TieKind.RECOMMENDED, to=Who("钱七", "h-counsel")), {"counsel": (COUNSEL,)}, [("R14", "HARD")], id="R14"),
        pytest.param({}, {"earlier_members": ("ZJ-0001",)}, [("R15", "HARD")], id="R15"),
        pytest.param(tie(TieKind.COMMENTED, case_no="（2020）海0799执1187号"), {}, [("R16", "HARD")], id="R16"),
        pytest.param(tie(TieKind.OTHER_TIE, to=Who("张三", "h-zhang"), note="同学"), {}, [("R17", "MANUAL")], id="R17"),
        pytest.param(tie(TieKind.OTHER_TIE, to=Who("张三", "h-zhang"), until=date(2024, 4, 1)), {}, [], id="R17 ended"),
        pytest.param({"kin": (SPOUSE,)}, {"counsel": (COUNSEL,)}, [("R18", "HARD")], id="R18"),
        pytest.param({"kin": (UNCLE,)}, {"counsel": (COUNSEL,)}, [], id="R18 uncle"),
        pytest.param(tie(TieKind.OPEN_DISPUTE, to=Who(unit="TRIBUNAL")), {}, [("R19", "MANUAL")], id="R19"),
        pytest.param({"panels_on": tuple(("COURT", date(2024, 3, day)) for day in (5, 6, 7))}, {}, [("R20", "SOFT")], id="R20"),
        pytest.param({"panels_on": tuple(("COURT", date(2024, 3, day)) for day in (2, 6, 7))}, {}, [], id="R20 not in 30 days"),
        pytest.param({"declared": (("R13", "接受过宴请"),)}, {}, [("R13", "HARD")], id="own statement"),
    ],
)  # fmt: skip
def test_rules(expert: dict[str, Any], case: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert hits(expert_facts(**expert), case_facts(**case)) == expected


@pytest.mark.parametrize(
    ("name", "party"),
    [("张三", "张三"), ("欧阳娜娜", "欧阳 娜娜"), ("阿卜杜拉·买买提", "阿卜杜拉•买买提")],
)
def test_han_and_minority_names_match(name: str, party: str) -> None:
    """Pitfall P1."""
    expert = expert_facts(who=Who(name, unit="FIRM-1"))

    assert hits(expert, case_facts(parties=(Who(party),))) == [("R01", Level.POSSIBLE)]


def test_former_names_match() -> None:
    expert = expert_facts(who=Who("张伟", aliases=("张三",), unit="FIRM-1"))

    assert hits(expert, case_facts(parties=(Who("李四", aliases=("张三",)),))) == [("R01", Level.POSSIBLE)]


def test_an_organ_is_not_the_place_whose_name_it_holds() -> None:
    """Pitfall P26: 高密市人民法院 is not 高密市."""
    case = case_facts(reviewed_unit="CITY", parties=(Who("渤宁市", unit="CITY"),))

    assert hits(expert_facts(**JUDGE), case) == []


def test_hit_shows_rule_source_text_and_law() -> None:
    found = check(
        expert_facts(kin=(SPOUSE,)), case_facts(counsel=(COUNSEL,)), TREE, rules=RULES.recusal, on=ON
    )

    (hit,) = found.hits
    assert (hit.expert_no, hit.rule, hit.source) == ("ZJ-0001", "R18", "近亲属申报")
    assert hit.matched == "配偶执业于代理张三的律师事务所"
    assert hit.law == "参照法官法第24条、检察官法第25条"


def test_missing_data_is_unchecked_never_clear() -> None:
    """Pitfalls P2 and P26."""
    silent = expert_facts(answered=frozenset(), who=Who("欧阳娜娜"))

    found = check(silent, case_facts(), TREE, rules=RULES.recusal, on=ON)

    assert found.hits == ()
    assert found.status is Status.UNCHECKED
    assert {one.rule for one in found.unchecked} == {
        "R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R11", "R12", "R13", "R14", "R16", "R17",
        "R18", "R19",
    }  # fmt: skip


def test_everything_checked_is_clear() -> None:
    case = case_facts(officers=(OFFICER,), counsel=(COUNSEL,))

    found = check(expert_facts(), case, TREE, rules=RULES.recusal, on=ON)

    assert found.status is Status.CLEAR


def test_masked_party_without_number_is_unchecked() -> None:
    case = case_facts(parties=(Who("秦某田"),), officers=(OFFICER,))

    found = check(expert_facts(), case, TREE, rules=RULES.recusal, on=ON)

    assert [(one.rule, one.missing) for one in found.unchecked] == [
        ("R01", "当事人缺少可核对的姓名或者证件号码")
    ]


def test_possible_conflict_waits_for_a_decision() -> None:
    expert, case = expert_facts(), case_facts(parties=(Who("欧阳娜娜"),))

    found = check(expert, case, TREE, rules=RULES.recusal, on=ON)
    (hit,) = found.hits

    assert found.status is Status.PENDING
    assert hits(expert, case, Decision("ZJ-0001", "R01", True, hit.fact_key)) == [("R01", Level.HARD)]
    assert hits(expert, case, Decision("ZJ-0001", "R01", False, hit.fact_key)) == []


def test_dismissal_ends_when_the_fact_changes() -> None:
    expert = expert_facts(ties=(Tie(TieKind.OTHER_TIE, Who("张三", "h-zhang"), note="同学"),))
    found = check(expert, case_facts(), TREE, rules=RULES.recusal, on=ON)
    dismissed = Decision("ZJ-0001", "R17", False, found.hits[0].fact_key)

    changed = expert_facts(ties=(Tie(TieKind.OTHER_TIE, Who("张三", "h-zhang"), note="债务人"),))

    assert hits(expert, case_facts(), dismissed) == []
    assert hits(changed, case_facts(), dismissed) == [("R17", Level.MANUAL)]


def test_what_is_hard_cannot_be_dismissed() -> None:
    case = case_facts(parties=(Who("x", "h-expert"),))

    assert hits(expert_facts(), case, Decision("ZJ-0001", "R01", False)) == [("R01", Level.HARD)]


def test_leap_day_looks_back_to_the_end_of_february() -> None:
    expert = expert_facts(employments=(Employment("COURT", ended=date(2022, 2, 28)),))

    found = check(expert, case_facts(), TREE, rules=RULES.recusal, on=date(2024, 2, 29))

    assert [hit.rule for hit in found.hits] == ["R12"]


def test_there_are_twenty_grounds_each_with_its_law() -> None:
    assert list(GROUNDS) == [f"R{n:02d}" for n in range(1, 21)]
    assert all(ground.sentence and ground.law for ground in GROUNDS.values())


def test_soft_is_confirmed_by_persons_but_never_dropped() -> None:
    """Who may take part in spite of a soft ground is still counted by the rules of the draw."""
    expert = expert_facts(**JUDGE)
    (hit,) = check(expert, case_facts(), TREE, rules=RULES.recusal, on=ON).hits

    assert hits(expert, case_facts(), Decision("ZJ-0001", "R11", False, hit.fact_key)) == [
        ("R11", Level.SOFT)
    ]
    assert hits(expert, case_facts(), Decision("ZJ-0001", "R11", True, hit.fact_key)) == [("R11", Level.HARD)]


def test_evidence_is_what_was_found_before_any_decision() -> None:
    expert, case = expert_facts(), case_facts(parties=(Who("欧阳娜娜"),))
    (hit,) = check(expert, case, TREE, rules=RULES.recusal, on=ON).hits

    found = check(
        expert,
        case,
        TREE,
        rules=RULES.recusal,
        on=ON,
        decisions=[Decision("ZJ-0001", "R01", False, hit.fact_key)],
    )

    assert (found.hits, found.evidence) == ((), (hit,))
