"""Pages: what may stand in their text, and how text without page borders is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files.limits import Limits
from case_files.pages import LONGEST_PARAGRAPH, USUAL_PAGE, PageText, in_usual_pages, numbered, shown
from case_files.refusals import FileRefused

HAN = st.sampled_from("法院判决如下本院认为𠮷。\n ")


def test_line_ends_become_one_and_what_no_page_can_hold_is_shown_as_a_mark() -> None:
    assert shown("一\r\n二\r三\x00四\x0b\ud800五\t") == "一\n二\n三\ufffd四\ufffd\ufffd五\t"


def test_rare_and_compatible_forms_stay_as_they_are() -> None:
    names = "\uf907某 𠮷某 e\u0301 ㈠ ⼀"

    assert shown(names) == names


def test_pages_are_cut_between_paragraphs() -> None:
    paragraph = "本院认为，" * 100 + "\n"

    assert list(in_usual_pages(paragraph * 5)) == [paragraph * 2, paragraph * 2, paragraph]


def test_a_huge_paragraph_is_cut_after_a_sentence() -> None:
    sentence = "一" * 999 + "。"

    assert [len(page) for page in in_usual_pages(sentence * 5)] == [2000, 2000, 1000]


@given(st.text(HAN, max_size=9000))
def test_pages_joined_are_the_text_again(text: str) -> None:
    pages = list(in_usual_pages(text))

    assert "".join(pages) == text
    assert all(len(page) <= max(USUAL_PAGE, LONGEST_PARAGRAPH) for page in pages)


def test_pages_are_numbered_from_one() -> None:
    assert numbered(["甲", "乙"], limits=Limits()) == [PageText(1, "甲"), PageText(2, "乙")]


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(pages=2), "文件超过2页。请按册拆分后分别上传。"),
        (Limits(text=5), "文件文字超过5字。请按册拆分后分别上传。"),
    ],
)
def test_too_many_pages_or_too_much_text_is_refused(limits: Limits, sentence: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        numbered(["第一页", "第二页", "第三页"], limits=limits)

    assert str(refusal.value) == sentence
