"""Titles keep words whole and lines balanced."""

from hypothesis import given
from hypothesis import strategies as st

from review_app.documents.titles import LINE_LIMIT, break_title, width


def test_title_is_broken_between_words_into_even_lines() -> None:
    lines = break_title("关于秦某田反映买卖合同纠纷执行案件信访事项的评查意见书")

    assert lines == ("关于秦某田反映买卖合同纠纷", "执行案件信访事项的评查意见书")


def test_short_title_stays_in_one_line() -> None:
    assert break_title("评查结果告知书") == ("评查结果告知书",)


def test_given_names_and_case_numbers_are_never_split() -> None:
    lines = break_title(
        "关于青岚市恒泽建材有限公司反映（2020）海0799执1187号案件信访事项的评查意见书",
        whole=["青岚市恒泽建材有限公司"],
    )

    assert any("青岚市恒泽建材有限公司" in line for line in lines)
    assert any("（2020）海0799执1187号" in line for line in lines)


def test_no_line_begins_with_a_particle() -> None:
    lines = break_title("关于某某公司反映国有土地上房屋征收补偿决定案件信访事项的评查意见书")

    assert not [line for line in lines if line[0] in "的和与及"]


@given(st.text(alphabet="关于秦某田反映买卖合同纠纷执行案件信访事项的评查意见书（）《》〔〕12a", max_size=55))
def test_lines_fit_and_nothing_is_lost(title: str) -> None:
    lines = break_title(title)

    assert "".join(lines) == title
    assert lines == (title,) or all(width(line) <= LINE_LIMIT for line in lines)
