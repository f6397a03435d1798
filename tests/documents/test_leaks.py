"""A file that leaves the office is read part by part for what it must not show."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from review_app.documents.leaks import Leak, leaks_in
from review_app.documents.packing import pack
from review_app.masking.kinds import DatumKind
from review_app.masking.texts import Datum, leaks, masked, names_masked, personal_numbers_in

PRIVATE = [
    *names_masked([("秦守田", "老秦头")]),
    Datum(DatumKind.ID_NUMBER, "370785196501010018", "（证件号略）"),
    Datum(DatumKind.ADDRESS, "柳泉镇柳树村三组", "柳泉镇"),
]


def saved(change: Callable[[Document], object]) -> bytes:
    opened = docx.Document()
    change(opened)
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


def split_runs(opened: Document) -> None:
    paragraph = opened.add_paragraph()
    for piece in ("信访人秦", "守 ", "田"):
        paragraph.add_run(piece)


def in_table(opened: Document) -> None:
    opened.add_table(1, 1).cell(0, 0).text = "老秦头"


def in_header(opened: Document) -> None:
    opened.sections[0].header.paragraphs[0].text = "秦守田"


def in_properties(opened: Document) -> None:
    opened.core_properties.author = "秦守田"


def in_comment(opened: Document) -> None:
    opened.add_comment(opened.add_paragraph("某处").runs, text="电话13900001234", author="组长")


def in_attribute(opened: Document) -> None:
    opened.add_paragraph()._p.set("descr", "秦守田")


PLACES: dict[str, tuple[Callable[[Document], object], Leak]] = {
    "runs": (split_runs, Leak(DatumKind.PERSON, "word/document.xml")),
    "table": (in_table, Leak(DatumKind.PERSON, "word/document.xml")),
    "header": (in_header, Leak(DatumKind.PERSON, "word/header1.xml")),
    "properties": (in_properties, Leak(DatumKind.PERSON, "docProps/core.xml")),
    "comment": (in_comment, Leak(DatumKind.PHONE, "word/comments.xml")),
    "attribute": (in_attribute, Leak(DatumKind.PERSON, "word/document.xml")),
    "wide digits": (
        lambda opened: opened.add_paragraph("证件３７０７８５１９６５０１０１００１８"),
        Leak(DatumKind.ID_NUMBER, "word/document.xml"),
    ),
    "bank card": (
        lambda opened: opened.add_paragraph("6222 0202 0011 2345 678"),
        Leak(DatumKind.NUMBER, "word/document.xml"),
    ),
    "home": (
        lambda opened: opened.add_paragraph("住柳泉镇柳树村 三组"),
        Leak(DatumKind.ADDRESS, "word/document.xml"),
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_leak_is_found_wherever_it_stands(place: str) -> None:
    change, expected = PLACES[place]

    assert leaks_in(saved(change), PRIVATE) == [expected]


def test_file_without_private_data_has_no_leak() -> None:
    package = saved(
        lambda opened: opened.add_paragraph("信访人秦某甲，住柳泉镇，案号（2020）鲁0781执123号。")
    )

    assert leaks_in(package, PRIVATE, name="青评意〔2024〕11号-送达本") == []


def test_name_of_the_file_is_read_too() -> None:
    assert leaks_in(saved(lambda opened: None), PRIVATE, name="关于秦守田的意见") == [
        Leak(DatumKind.PERSON, "文件名")
    ]


def test_embedded_files_and_names_of_parts_are_read() -> None:
    with zipfile.ZipFile(io.BytesIO(saved(lambda opened: None))) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    parts["word/media/image1.png"] = b"\x89PNG" + "秦守田".encode("utf-16-le")

    assert leaks_in(pack(parts), PRIVATE) == [Leak(DatumKind.PERSON, "word/media/image1.png")]


def test_hash_of_the_input_is_nobody_s_number() -> None:
    package = saved(
        lambda opened: setattr(opened.core_properties, "identifier", "sha256:" + "1390000123" * 6 + "4abc")
    )

    assert leaks_in(package, PRIVATE) == []


NUMBERS = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(
        r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])([0-2][1-9]|3[01])[0-9]{3}[0-9X]", fullmatch=True
    ),
    st.from_regex(r"6[0-9]{15,18}", fullmatch=True),
    st.from_regex(r"鲁[A-H][A-HJ-NP-Z0-9]{5}", fullmatch=True),
    st.sampled_from(["滨河路12号", "幸福小区3号楼2单元501室", "柳树村12-1号"]),
)
WORDS = st.text(alphabet="信访人秦守田住电话，。 、　的12号路村", max_size=12)


@given(
    st.lists(
        st.tuples(WORDS, st.one_of(NUMBERS, st.sampled_from(["秦守田", "老秦头", "秦　守田"]))), max_size=6
    ),
    WORDS,
)
@settings(max_examples=150)
def test_nothing_personal_survives_masking(pieces: list[tuple[str, str]], end: str) -> None:
    text = "；".join(before + value for before, value in pieces) + end

    after = masked(text, PRIVATE, numbers=personal_numbers_in)

    assert leaks(after, PRIVATE, numbers=personal_numbers_in) == []
