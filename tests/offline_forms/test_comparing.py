from hypothesis import given
from hypothesis import strategies as st

from review_app.offline_forms.comparing import LONGEST_BY_CHARACTER, marked, same

TEXTS = st.text(alphabet="经审查执行。\n；ab", max_size=60)


@given(TEXTS, TEXTS, st.booleans())
def test_marks_hold_both_versions_whole(before: str, after: str, long: bool) -> None:
    tail = "同样的结尾。" * (LONGEST_BY_CHARACTER // 4) if long else ""

    pieces = list(marked(before + tail, after + tail))

    assert "".join(text for kind, text in pieces if kind != "in") == before + tail
    assert "".join(text for kind, text in pieces if kind != "out") == after + tail


def test_values_are_the_same_by_what_they_mean() -> None:
    assert same("deduction.1.points", ["6.50"], ["6.5"])
    assert same("D1.text", ["甲\r\n乙 "], ["甲\n乙"])
    assert same("volumes_read", ["2", "1"], ["1", "2"])
    assert same("minutes_spent", ["三小时"], ["三小时"])
    assert not same("minutes_spent", ["三小时"], ["180"])
    assert not same("D1.clean", ["1"], [])
