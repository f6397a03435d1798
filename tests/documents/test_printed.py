"""What stands where on paper: measured in PDFs whose rows and lines the test draws itself, and – where LibreOffice is
installed – in our own documents as it prints them, whole and broken on purpose."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from review_app.cli import commands
from review_app.documents.checker import check_printed, compare_printed
from review_app.documents.content import Heading, Layout, OfficialDocument, Paragraph
from review_app.documents.official_format import write
from review_app.documents.packing import pack
from review_app.documents.printed import PrintedDocument, PrintedPage, read_printed
from review_app.documents.rendering import as_pdf, converted
from review_app.errors import ReviewError
from tests.documents.samples import sample

with_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

TEXT = "根据涉法涉诉信访事项有访必评专家参评工作机制本办公室组织专家评查组进行了评查" * 6


def long(layout: Layout = Layout.GENERAL) -> OfficialDocument:
    paragraphs = tuple(Paragraph(f"{TEXT}。") for _ in range(9))
    return sample(
        layout=layout,
        blocks=(Heading(1, "一、信访事项基本情况"), *paragraphs, *sample().blocks, Paragraph(f"{TEXT}。")),
    )


def changed(package: bytes, part: str, pattern: str, replacement: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    before = parts[part].decode()
    parts[part] = re.sub(pattern, replacement, before, flags=re.DOTALL).encode()
    assert parts[part].decode() != before
    return pack(parts)


@pytest.fixture(scope="module")
def printed() -> PrintedDocument:
    return read_printed(as_pdf(write(long())))


def with_page(
    printed: PrintedDocument, number: int, change: Callable[[PrintedPage], PrintedPage]
) -> PrintedDocument:
    return PrintedDocument(tuple(change(page) if page.number == number else page for page in printed.pages))


def moved(text: str, *, down: float = 0, right: float = 0) -> Callable[[PrintedPage], PrintedPage]:
    def change(page: PrintedPage) -> PrintedPage:
        rows = tuple(
            replace(
                row,
                top=row.top + down,
                bottom=row.bottom + down,
                left=row.left + right,
                right=row.right + right,
            )
            if text in row.text
            else row
            for row in page.rows
        )
        assert rows != page.rows
        return replace(page, rows=rows)

    return change


@with_office
@pytest.mark.parametrize("layout", Layout)
def test_our_own_documents_keep_every_place_on_paper(layout: Layout) -> None:
    found = check_printed(write(long(layout)))

    assert [result.rule_id for result in found if result.rule_id not in ("F01", "F03")] == []


@with_office
def test_a_full_page_has_22_lines_of_28_characters(printed: PrintedDocument) -> None:
    body = [row for row in printed.pages[1].rows if row.middle < 262]

    assert len(body) == 22
    assert {len(row.text) for row in body if row.left < 30 and row.right > 180} == {28}


@with_office
@pytest.mark.parametrize(
    ("page", "change", "rule"),
    [
        (1, moved("专家评查办公室文件", down=8), "E04P"),
        (1, moved("青评意〔2024〕11号", down=-14), "E05P"),
        (1, moved("关于秦某田", right=12), "E08P"),
        (1, moved("青岚市人民法院：", down=12), "E09P"),
        (1, lambda page: replace(page, rows=page.rows[:7]), "E10P"),
        (1, lambda page: replace(page, strokes=()), "E07P"),
        (1, lambda page: replace(page, width=215.9), "P01"),
        (2, lambda page: replace(page, rows=()), "E21P"),
        (2, moved("—2—", right=100), "E21P"),
        (2, moved("根据涉法涉诉", right=20), "P04P"),
    ],
)  # fmt: skip
def test_what_stands_elsewhere_is_found_with_its_page(
    printed: PrintedDocument, page: int, change: Callable[[PrintedPage], PrintedPage], rule: str
) -> None:
    found = compare_printed(write(long()), with_page(printed, page, change))

    assert (rule, page) in {(result.rule_id, result.page) for result in found}


def only(*texts: str) -> Callable[[PrintedPage], PrintedPage]:
    """The page with those rows alone that begin with one of the texts."""
    return lambda page: replace(page, rows=tuple(row for row in page.rows if row.text.startswith(texts)))


@with_office
def test_a_signature_without_body_text_above_it_is_found(printed: PrintedDocument) -> None:
    last = next(page.number for page in printed.pages if any(row.text == "2024年2月6日" for row in page.rows))

    found = compare_printed(write(long()), with_page(printed, last, only("2024年2月6日", "青岚市涉法涉诉")))

    assert ("E15", last) in {(result.rule_id, result.page) for result in found}


@with_office
def test_an_imprint_off_the_foot_of_the_last_page_is_found(printed: PrintedDocument) -> None:
    last = len(printed.pages)

    found = compare_printed(write(long()), with_page(printed, last, lambda page: replace(page, strokes=())))

    assert ("E18P", last) in {(result.rule_id, result.page) for result in found}


@with_office
def test_a_letter_s_name_and_double_lines_are_measured() -> None:
    package = write(long(Layout.LETTER))
    letter = read_printed(as_pdf(package))

    lower = compare_printed(package, with_page(letter, 1, moved("青岚市涉法涉诉", down=9)))
    bare = compare_printed(package, with_page(letter, 1, lambda page: replace(page, strokes=())))

    assert "E04L" in {result.rule_id for result in lower}
    assert {"E07U", "E07D"} <= {result.rule_id for result in bare}


@with_office
@pytest.mark.parametrize(
    ("part", "pattern", "replacement", "rule"),
    [
        ("word/document.xml", r'w:line="5[78]\d"', 'w:line="480"', "P07"),
        ("word/document.xml", r'w:spacing w:val="-5"', 'w:spacing w:val="20"', "P08"),
        ("word/document.xml", r"<w:pageBreakBefore/>", "", "E17P"),
    ],
)
def test_what_is_set_wrong_shows_on_paper(part: str, pattern: str, replacement: str, rule: str) -> None:
    found = check_printed(changed(write(long()), part, pattern, replacement))

    assert rule in {result.rule_id for result in found}


@with_office
def test_substituted_fonts_are_named_instead_of_claiming_conformity() -> None:
    told = [result for result in check_printed(write(sample())) if result.rule_id == "F03"]

    assert len(told) == 1
    assert "仿宋_GB2312" in told[0].actual


@with_office
@pytest.mark.parametrize("layout", Layout)
def test_libreoffice_saves_it_again_without_losing_a_word(layout: Layout) -> None:
    before = as_pdf(write(sample(layout=layout)))
    after = as_pdf(converted(write(sample(layout=layout)), "docx"))

    assert [[row.text for row in page.rows] for page in read_printed(after).pages] == [
        [row.text for row in page.rows] for page in read_printed(before).pages
    ]


def test_the_command_lists_departures_and_fails_on_errors(tmp_path: Path) -> None:
    good, wrong = tmp_path / "good.docx", tmp_path / "wrong.docx"
    good.write_bytes(write(sample()))
    wrong.write_bytes(changed(write(sample()), "word/document.xml", "000003", "003"))

    answers = [
        CliRunner().invoke(commands, ["check-document", str(path), "--file-only"]) for path in (good, wrong)
    ]

    assert [answer.exit_code for answer in answers] == [0, 1]
    assert "E01 份号" in answers[1].output


def test_a_harmful_file_is_refused_before_anything_opens_it(tmp_path: Path) -> None:
    package = changed(
        write(sample()), "word/_rels/document.xml.rels", "</Relationships>",
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        ' Target="http://example.com/a.png" TargetMode="External"/></Relationships>',
    )  # fmt: skip

    with pytest.raises(ReviewError, match="外部内容"):
        check_printed(package)
