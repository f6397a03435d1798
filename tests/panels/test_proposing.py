"""Names proposed from the text of a file."""

import pytest

from review_app.panels.proposing import Proposed, is_person, merged, propose
from review_app.reviews.states import InvolvedAs

JUDGMENT = """渤宁市青岚县人民法院
民 事 判 决 书
（2020）海0799民初123号
原告：欧阳建国，男，1970年3月2日出生，汉族，住青岚市东街。
委托诉讼代理人：钱七，海岱衡正律师事务所律师。
被告：海岱建材（渤宁）有限公司，住所地青岚市。
法定代表人：李四，董事长。
被告：阿卜杜拉·买买提，男，维吾尔族。
被告：张伟（曾用名张三），男，汉族。
第三人：赵某，女。
原告欧阳建国与被告海岱建材（渤宁）有限公司买卖合同纠纷一案，本院立案后，依法适用普通程序审理。
原告诉称，被告未付款。
审　判　长　　孙　八
审  判  员    周小九
人民陪审员    司马青
二〇二〇年六月一日
书  记  员    吴十
"""


def brief(found: list[Proposed]) -> list[tuple[str, str, str]]:
    return [(one.involved_as, one.part, one.name) for one in found]


def test_a_judgment_names_parties_counsel_and_officers() -> None:
    found = propose(JUDGMENT)

    assert brief(found) == [
        ("PARTY", "原告", "欧阳建国"),
        ("COUNSEL", "委托诉讼代理人", "钱七"),
        ("PARTY", "被告", "海岱建材（渤宁）有限公司"),
        ("PARTY", "法定代表人", "李四"),
        ("PARTY", "被告", "阿卜杜拉·买买提"),
        ("PARTY", "被告", "张伟"),
        ("OFFICER", "审判长", "孙八"),
        ("OFFICER", "审判员", "周小九"),
        ("OFFICER", "人民陪审员", "司马青"),
        ("OFFICER", "书记员", "吴十"),
    ]


def test_counsel_comes_with_the_firm_and_a_former_name_with_the_name() -> None:
    found = {one.name: one for one in propose(JUDGMENT)}

    assert found["钱七"].firm == "海岱衡正律师事务所"
    assert found["张伟"].aliases == ("张三",)
    assert found["海岱建材（渤宁）有限公司"].is_organisation


def test_what_was_read_is_role_and_name_alone() -> None:
    found = propose(JUDGMENT)

    assert [one.matched for one in found][:2] == ["原告 欧阳建国", "委托诉讼代理人 钱七"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("上诉人（原审被告）：王五，男", [("PARTY", "上诉人（原审被告）", "王五")]),
        ("被告人王五，男，1980年生", [("PARTY", "被告人", "王五")]),
        ("被害人：李六", [("VICTIM", "被害人", "李六")]),
        ("辩护人陈九，海岱仁信律师事务所律师。", [("COUNSEL", "辩护人", "陈九")]),
        ("公诉人：孙一、周二", [("OFFICER", "公诉人", "孙一"), ("OFFICER", "公诉人", "周二")]),
        ("青岚市人民检察院指派检察员林三出庭履行职务。", [("OFFICER", "检察员", "林三")]),
        ("办案民警：郑一明", [("OFFICER", "办案民警", "郑一明")]),
        ("司法鉴定人：郝医", [("APPRAISER", "司法鉴定人", "郝医")]),
        ("原告：库尔班，男，维吾尔族", [("PARTY", "原告", "库尔班")]),
        ("被告人但鑫，男，汉族。辩护人陈九。", [("PARTY", "被告人", "但鑫"), ("COUNSEL", "辩护人", "陈九")]),
        (
            "审判长 孙八 审判员 周小九 二〇一八年六月一日 书记员 吴十",
            [("OFFICER", "审判长", "孙八"), ("OFFICER", "审判员", "周小九"), ("OFFICER", "书记员", "吴十")],
        ),
        ("审判长　欧阳　娜娜", [("OFFICER", "审判长", "欧阳娜娜")]),
        ("原告秦大田与被告青岚市恒泽建材有限公司买卖合同纠纷一案", []),
        ("被告辩称，合同无效。", []),
        ("原告不服，提起上诉。", []),
        ("被告：赵某某，男。", []),
        ("审判长认为应当维持。", []),
        ("", []),
    ],
)
def test_lines(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert brief(propose(line)) == expected


def test_a_name_on_several_pages_is_proposed_once() -> None:
    pages = [
        (1, 1, "审判长 孙八"),
        (1, 9, "审判长 孙八"),
        (2, 1, "被告：张伟（曾用名张三），男"),
        (2, 2, "被告：张伟，男"),
    ]

    found = merged(pages)

    assert {key: (place[1], place[2], place[3]) for key, place in found.items()} == {
        (InvolvedAs.OFFICER, "孙八"): (1, 1, 2),
        (InvolvedAs.PARTY, "张伟"): (2, 1, 2),
    }


@pytest.mark.parametrize("words", ["的规定", "合同无效", "本院认为", "张某", "维持原判决", "x"])
def test_words_are_not_people(words: str) -> None:
    assert not is_person(words)
