"""What a person types becomes a tree or a sentence."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index.query import FieldName, Kind, QueryProblem, parse
from search_index.tree import And, Between, Node, Not, Or, Phrase, Value, Words

NAMES = {
    "案由": FieldName("cause", Kind.FACET),
    "标题": FieldName("title", Kind.TEXT),
    "法条": FieldName("law", Kind.LAW),
    "年": FieldName("year", Kind.NUMBER),
}


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
    begun = time.perf_counter()
    try:
        parse(typed, NAMES)
    except QueryProblem as problem:
        assert str(problem).endswith(("。",))
    assert time.perf_counter() - begun < 1
