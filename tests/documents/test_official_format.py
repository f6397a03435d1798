"""The written .docx: fonts on every run, reproducible bytes, nothing of the machine or the writer in it."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.documents.checker import check
from review_app.documents.content import Head, Imprint, Layout, Paragraph, Signature, as_data, fingerprint
from review_app.documents.head import organ_mark
from review_app.documents.measures import measure
from review_app.documents.official_format import write
from review_app.documents.titles import width
from tests.documents.samples import ORGAN, sample

LAYOUTS = list(Layout)


def parts(package: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_run_names_its_east_asian_font(layout: Layout) -> None:
    written = parts(write(sample(layout=layout)))

    for name, text in written.items():
        runs = [piece.split("</w:r>")[0] for piece in text.split("<w:r>")[1:]]
        shown = [run for run in runs if re.search("<w:t[ >]", run)]
        assert all("w:eastAsia=" in run for run in shown), name


@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_document_gives_same_bytes(layout: Layout) -> None:
    assert write(sample(layout=layout)) == write(sample(layout=layout))


def test_every_entry_has_the_same_fixed_time_and_order() -> None:
    with zipfile.ZipFile(io.BytesIO(write(sample()))) as opened:
        names = opened.namelist()
        times = {entry.date_time for entry in opened.infolist()}

    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])


def test_file_carries_its_input_hash_and_nobody_s_name() -> None:
    document = sample()

    opened = docx.Document(io.BytesIO(write(document)))

    properties = opened.core_properties
    assert properties.identifier == f"sha256:{fingerprint(as_data(document))}"
    assert (properties.author, properties.last_modified_by, properties.title, properties.comments) == (
        "",
        "",
        "",
        "",
    )
    assert "rsid" not in "".join(parts(write(document)).values())


def test_fonts_are_named_but_not_embedded() -> None:
    names = parts(write(sample())).keys()

    assert not [name for name in names if "fonts/" in name or name.endswith((".odttf", ".jpeg", ".png"))]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_written_document_has_no_departure_but_the_note_on_fonts(layout: Layout) -> None:
    assert [result.rule_id for result in check(write(sample(layout=layout)))] == ["F01"]


def test_page_and_grid_are_those_of_the_standard() -> None:
    page = measure(write(sample())).page

    assert (page.width, page.height) == (11906, 16838)
    assert (page.top, page.left, page.bottom, page.right) == (2098, 1587, 1984, 1474)
    assert (page.grid, page.line_pitch, page.odd_even_differ) == ("lines", 579, True)


def test_letter_has_no_number_on_its_first_page_and_its_name_between_double_lines() -> None:
    measured = measure(write(sample(layout=Layout.LETTER)))

    assert [each.text for each in measured.headers["first"]] == [ORGAN]
    assert measured.headers["first"][0].borders["bottom"] == (24, "FF0000")
    assert not any(each.has_field for each in measured.footers["first"])
    assert measured.footers["default"][0].text == "— 1 —"


def test_letter_prints_copies_without_printing_line() -> None:
    texts = [each.text for each in measure(write(sample(layout=Layout.LETTER))).framed if each.text]

    assert texts == ["抄送：市信访工作联席会议办公室，市信访局。"]


@pytest.mark.parametrize(
    ("organ", "sealed", "right_of_organ", "right_of_date"),
    [
        ("青岚市人民法院", True, 3.5, 4.0),
        (ORGAN, True, 0.0, 5.0),
        (ORGAN, False, 2.0, 10.0),
        ("市法院", False, 7.0, 2.0),
    ],
)
def test_signature_is_placed_by_seal_and_length(
    organ: str, sealed: bool, right_of_organ: float, right_of_date: float
) -> None:
    written = measure(write(sample(signature=Signature(organ, date(2024, 2, 6), sealed))))

    at = next(index for index, each in enumerate(written.body) if each.text == "2024年2月6日")
    organ_right, date_right = written.body[at - 1].right / 315.9, written.body[at].right / 315.9

    assert written.body[at - 1].text == organ
    assert (round(organ_right, 1), round(date_right, 1)) == (right_of_organ, right_of_date)


def test_marks_stand_in_the_order_of_the_standard_above_the_organ() -> None:
    head = Head(
        f"{ORGAN}文件",
        "青评意〔2024〕1号",
        copy_no="000001",
        secrecy="内部★1年",
        urgency="特急",
        signer="何某",
    )

    texts = [each.text for each in measure(write(sample(head=head))).body][:7]

    assert texts == ["000001", "内部★1年", "特急", f"{ORGAN}文件", "", "", "青评意〔2024〕1号\t签发人：何某"]


def test_attachment_with_content_starts_a_page_before_the_imprint() -> None:
    body = measure(write(sample())).body

    marks = [each for each in body if each.text == "附件2"]

    assert [each.page_break for each in marks] == [True]
    assert body[-1].has_shape


def test_draft_leaves_date_and_number_open() -> None:
    document = sample(
        signature=Signature(ORGAN, None), imprint=Imprint((), ORGAN, None),
        head=Head(f"{ORGAN}文件", "青评意〔2024〕　号"),
    )  # fmt: skip

    assert [result.rule_id for result in check(write(document)) if result.rule_id not in ("F01", "E20")] == []


@pytest.mark.parametrize("organ", ["市法院", "青岚市人民法院文件", f"{ORGAN}文件"])
def test_organ_mark_fits_one_line(organ: str) -> None:
    kind = organ_mark(organ)

    assert width(organ) * kind.size / 2 * kind.scale / 100 <= 442.25
    assert kind.scale >= 66


@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_is_written_and_read_back(text: str) -> None:
    document = replace(sample(), blocks=(Paragraph(text),))

    opened = docx.Document(io.BytesIO(write(document)))

    kept = "".join(character for character in text if character in "\n\t" or character >= " ")
    kept = "".join(character for character in kept if character not in "\ufffe\uffff")
    assert kept in "\n".join(each.text for each in opened.paragraphs)
    assert opened.element.body[-1].tag == qn("w:sectPr")
