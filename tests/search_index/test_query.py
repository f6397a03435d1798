"""What a person types becomes a tree or a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index.query import FieldName, Kind, QueryProblem, parse
from search_index.tree import And, Between, Like, Near, Node, Not, Or, Phrase, Unit, Value, Wild, Words

NAMES = {
    "案由": FieldName("cause", Kind.FACET),
    "标题": FieldName("title", Kind.TEXT),
    "法条": FieldName("law", Kind.LAW),
    "年": FieldName("year", Kind.NUMBER),
}
PASTED = "孙某驾驶货车与邢某发生碰撞，驶离现场四百米后返回并报警（已取得谅解）。"


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", None),
        ("  　", None),
        ("工伤", Words("工伤")),
        ("工伤 认定", And((Words("工伤"), Words("认定")))),
        ("工伤 AND 认定", And((Words("工伤"), Words("认定")))),
        ("工伤 与 认定", And((Words("工伤"), Words("认定")))),
        ("工伤 或 轻伤 认定", Or((Words("工伤"), And((Words("轻伤"), Words("认定")))))),
        ("（工伤 OR 轻伤）认定", And((Or((Words("工伤"), Words("轻伤"))), Words("认定")))),
        ("工伤 非 “交通事故”", And((Words("工伤"), Not(Phrase("交通事故"))))),
        ("NOT NOT 工伤", Words("工伤")),
        ("“违法解除”工会", And((Phrase("违法解除"), Words("工会")))),
        ("案由:盗窃", Value("cause", "盗窃")),
        ("案由： “故意 伤害”", Value("cause", "故意 伤害")),
        ("标题:恢复执行", Phrase("恢复执行", "title")),
        ("法条:刑法第一百三十三条", Value("law", "刑法第133条", exact=True)),
        ("法条:刑法133", Value("law", "刑法第133条", exact=True)),
        ("法条:刑诉法", Or((Value("law", "刑事诉讼法第"), Value("law", "刑事诉讼法", exact=True)))),
        ("年:2019..2023", Between("year", 2019, 2023)),
        ("年:2019", Between("year", 2019, 2019)),
        ("年：2019年..", Between("year", 2019, None)),
        ("年:..2023", Between("year", None, 2023)),
        ("备注:工伤", Words("备注:工伤")),
        ("与会人员", Words("与会人员")),
        ("（2018）赣0111刑初485号", Phrase("（2018）赣0111刑初485号")),
        ('""', None),
        ("逃逸 /s 报警 /S 自首", Near((Words("逃逸"), Words("报警"), Words("自首")), Unit.SENTENCE)),
        ("逃逸 ／段 “报警”", Near((Words("逃逸"), Phrase("报警")), Unit.PARAGRAPH)),
        (
            "甲 /5 乙 /0 丙丁",
            Near((Near((Words("甲"), Words("乙")), Unit.CHARACTERS, 5), Words("丙丁")), Unit.CHARACTERS),
        ),
        (
            "（甲 乙） /p （丙丙 或 丁丁） 戊",
            And(
                (
                    Near((Words("甲"), Words("乙"), Or((Words("丙丙"), Words("丁丁")))), Unit.PARAGRAPH),
                    Words("戊"),
                )
            ),
        ),
        ("非 甲 /s 乙", Not(Near((Words("甲"), Words("乙")), Unit.SENTENCE))),
        (
            "（甲 /3 乙） /s 丙丙",
            Near((Near((Words("甲"), Words("乙")), Unit.CHARACTERS, 3), Words("丙丙")), Unit.SENTENCE),
        ),
        ("非法*存款", Wild(("非法", "存款"), ((0, 20),))),
        ("李?明＊", Wild(("李", "明"), ((1, 1),))),
        ("甲*??乙", Wild(("甲", "乙"), ((2, 22),))),
        ("*工伤?", Words("工伤")),
        ("标题:非法*存款", Wild(("非法", "存款"), ((0, 20),), "title")),
        ("标题:“非法*存款”", Phrase("非法*存款", "title")),
        ("怎么认定工伤？", Words("怎么认定工伤？")),
        ("2018赣0111刑初485号", Phrase("(2018)赣0111刑初485号")),
        ("《刑法》（2020修正） 第133条 逃逸", And((Words("《刑法》（2020修正） 第133条"), Words("逃逸")))),
        ("盗窃 第264条", And((Words("盗窃"), Words("第264条")))),
        ("法条:刑法第133条第一款第（二）项", Value("law", "刑法第133条", exact=True)),
        (
            "法条:刑法第5条至第6条",
            Or((Value("law", "刑法第5条", exact=True), Value("law", "刑法第6条", exact=True))),
        ),
        (
            "法条:刑法第5条、第9条",
            And((Value("law", "刑法第5条", exact=True), Value("law", "刑法第9条", exact=True))),
        ),
        ("法条:第5条", Value("law", "第5条")),
        (PASTED, Like(PASTED)),
        (f"“{PASTED}”", Phrase(PASTED)),
    ],
)
def test_typed_text_becomes_a_tree(typed: str, tree: Node | None) -> None:
    assert parse(typed, NAMES) == tree


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("“工伤", "引号没有配对"),
        ("(工伤", "括号没有配对"),
        ("工伤)", "括号没有配对"),
        ("()", "括号里没有检索词"),
        ("工伤 AND", "两边都要有检索词"),
        ("或 工伤", "两边都要有检索词"),
        ("案由:", "“案由:”后面没有内容"),
        ("年:去年", "“年:去年”不是数字或者起止范围"),
        ("伤" * 5001, "检索式太长，最多5000字"),
        ("伤 " * 101, "检索词太多，最多100个"),
        ("(" * 21 + "伤" + ")" * 21, "括号套得太深，最多20层"),
    ],
)
def test_unreadable_query_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(QueryProblem) as problem:
        parse(typed, NAMES)

    assert sentence in str(problem.value)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from(' “”"()（）:：工伤与或非年案由0.NOTANDOR💡\0*?~'), st.characters())
    )
)
def test_any_string_gives_a_tree_or_a_sentence(typed: str) -> None:
    try:
        parse(typed, NAMES)
    except QueryProblem as problem:
        assert str(problem).endswith(("。",))
