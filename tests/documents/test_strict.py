"""Every file the writer makes keeps to the schema of WordprocessingML."""

from datetime import UTC, datetime

import pytest

from review_app.documents.changes import changes
from review_app.documents.content import Attachment, Layout, Paragraph
from review_app.documents.official_format import write
from review_app.documents.redline import Passage, redline
from review_app.documents.watermark import watermarked
from tests.documents.samples import sample
from tests.documents.strict import faults
from tests.documents.test_printed import changed, long


@pytest.mark.parametrize("layout", Layout)
def test_documents_of_every_layout_keep_to_the_schema(layout: Layout) -> None:
    assert faults(write(long(layout))) == []
    assert faults(watermarked(write(sample(layout=layout)), "演示数据")) == []


def test_documents_without_their_optional_elements_do_too() -> None:
    bare = sample(attachments=(), signature=None, notes="", imprint=None, recipient="")
    one = sample(attachments=(Attachment("清单", (Paragraph("无。"),)),))

    assert (faults(write(bare)), faults(write(one))) == ([], [])


def test_tracked_changes_do_too() -> None:
    passage = Passage("四、评查查明的事实", changes("查明一。\n查明二。", "查明二。\n另查明。\n完。"))

    assert faults(redline("修订对照", [passage], author="组长", at=datetime(2024, 4, 1, tzinfo=UTC))) == []


@pytest.mark.parametrize(
    ("part", "pattern", "replacement", "fault"),
    [
        ("word/document.xml", r"(<w:keepNext/>)(.*?)(<w:spacing[^>]*/>)", r"\3\2\1", "pPr: "),
        ("word/document.xml", r"<w:jc w:val=\"both\"/>", "<w:madeUp/>", "pPr holds madeUp"),
        ("word/_rels/document.xml.rels", r'Target="styles.xml"', 'Target="style.xml"', "is not there"),
        ("[Content_Types].xml", r"/word/styles.xml", "/word/style.xml", "declared, not there"),
    ],
)
def test_what_word_would_refuse_is_found(part: str, pattern: str, replacement: str, fault: str) -> None:
    assert any(fault in each for each in faults(changed(write(sample()), part, pattern, replacement)))
