"""Every example of the help finds what its explanation says, and leaves out what does not fit."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from review_app.precedents.library import EVERYONES, SHAPE, Asked, ask
from review_app.web.precedents.examples import EXAMPLES, SECTIONS
from search_index.engines import open_engine
from tests.precedents.cases import JUDGMENT, indexed, stored_case

CRASH, INJURY, THEFT, HOUSE, CLOSED, FUNDS = "crash", "injury", "theft", "house", "closed", "funds"
CASES: dict[str, dict[str, Any]] = {
    CRASH: {"text": JUDGMENT},
    INJURY: {
        "text": "职工在上班途中受到交通事故伤害，应当认定为工伤。用人单位违法解除劳动合同，未通知工会。未认定第一种情形。",
        "title": "工伤认定案",
        "causes": ["工伤认定"],
        "year": 2018,
        "organ": "青岚市劳动人事争议仲裁委员会",
        "issues": ["工伤的认定"],
    },
    THEFT: {
        "text": "被告人盗窃自行车，轻微伤一人，申请重新鉴定。依照《中华人民共和国刑事诉讼法》第十五条、《中华人民共和国刑法》第六十四条处理。",
        "title": "盗窃案",
        "causes": ["盗窃罪"],
        "year": 2020,
    },
    HOUSE: {
        "text": "房屋征收评估报告未送达被征收人，剥夺其申请复核的权利，驳回起诉错误。",
        "title": "征收补偿案",
        "causes": ["房屋征收"],
        "year": 2016,
        "outcome": "驳回起诉",
    },
    CLOSED: {
        "text": "终结本次执行程序后发现财产的，申请执行人可以申请恢复执行，不受时效的限制。",
        "title": "执行案",
        "year": 2015,
    },
    FUNDS: {
        "text": "被告人非法吸收公众存款，数额巨大，应当追究其刑事责任，责令退还。",
        "title": "非法吸收公众存款案",
        "year": 2021,
    },
}
FOUND = {
    "工伤 认定": {INJURY},
    "评估报告未送达": {HOUSE},
    "逃": {CRASH},
    "終結本次執行程序": {CLOSED},
    "“违法解除” 工会": {INJURY},
    "“一”": {CRASH, INJURY, THEFT},
    "缓刑 与 谅解": {CRASH},
    "逃逸 或 离开现场": {CRASH},
    "盗窃 非 入户": {THEFT},
    "（轻伤二级 或 轻微伤） 重新鉴定": {THEFT},
    "逃逸 /s 报警": set(),
    "逃逸 /p 谅解": {CRASH},
    "返回 /5 报警": {CRASH},
    "（逃逸 或 驶离现场） /s 返回 /s 报警": {CRASH},
    "非法*存款": {FUNDS},
    "驶离??四百米": {CRASH},
    "案由:盗窃": {THEFT},
    "法院:柳泉": {CRASH},
    "文号:（2021）海0799刑初31号": {CRASH},
    "标题:交通肇事": {CRASH},
    "要点:工伤": {INJURY},
    "结果:驳回": {HOUSE},
    "年:2017..2019": {INJURY},
    "刑法133": {CRASH},
    "第一百三十三条": {CRASH},
    "法条:刑诉法": {THEFT},
    "法条:刑法第六十一条至第六十九条": {THEFT},
    "（2021）海0799刑初31号": {CRASH},
    "终本 恢复执行": {CLOSED},
    "交事": {INJURY},
    "拆迁": {HOUSE},
}


Find = Callable[[str], list[str]]


@pytest.fixture
def find(session: Session, now: datetime, tmp_path: Path) -> Find:
    """Searching the written cases: what was typed, to the names of the cases found, best first."""
    engine = open_engine("memory", tmp_path, SHAPE)
    stored = {name: stored_case(session, now, **row) for name, row in CASES.items()}
    indexed(session, engine, now)
    names = {str(case.id): name for name, case in stored.items()}

    def found(typed: str) -> list[str]:
        page = ask(engine, Asked(typed), readable=EVERYONES, limit=50).page
        return [names[hit.key] for hit in page.hits]

    return found


def test_every_example_finds_what_it_says(find: Find) -> None:
    answers = {each.typed: set(find(each.typed)) for each in EXAMPLES if each.typed in FOUND}

    assert answers == FOUND


def test_spellings_that_mean_the_same_find_the_same(find: Find) -> None:
    for example in EXAMPLES:
        for typed in example.spellings:
            assert find(typed) == find(example.typed), typed


def test_paragraph_finds_the_most_similar_case_first(find: Find) -> None:
    (example,) = (example for example in EXAMPLES if example.typed not in FOUND)

    assert find(example.typed)[0] == CRASH


def test_sections_have_their_own_anchors() -> None:
    assert len({section.anchor for section in SECTIONS}) == len(SECTIONS)
