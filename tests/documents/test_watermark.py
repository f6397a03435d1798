"""Copies carry a watermark on every page; the file they are made from does not change."""

import io
import zipfile

import docx
import pytest

from review_app.documents.content import Layout
from review_app.documents.measures import measure
from review_app.documents.official_format import write
from review_app.documents.watermark import watermarked
from tests.documents.samples import ORGAN, sample


def headers(package: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return [opened.read(name).decode() for name in opened.namelist() if "header" in name]


@pytest.mark.parametrize(("layout", "count"), [(Layout.GENERAL, 2), (Layout.LETTER, 3), (Layout.FORM, 2)])
def test_watermark_is_in_every_header(layout: Layout, count: int) -> None:
    copy = watermarked(write(sample(layout=layout)), "草稿 <王&某> 2024-02-05")

    marked = [text for text in headers(copy) if "草稿 &lt;王&amp;某&gt; 2024-02-05" in text]
    assert len(marked) == len(headers(copy)) == count


def test_letter_keeps_its_name_above_the_watermark() -> None:
    copy = watermarked(write(sample(layout=Layout.LETTER)), "草稿")

    assert [each.text for each in measure(copy).headers["first"]] == [ORGAN]


def test_body_is_untouched_and_copies_are_reproducible() -> None:
    original = write(sample())

    first, second = watermarked(original, "演示数据"), watermarked(original, "演示数据")

    assert first == second
    assert measure(first).body == measure(original).body
    assert docx.Document(io.BytesIO(first)).core_properties.author == ""
