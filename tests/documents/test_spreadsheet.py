import io
import zipfile

import pytest
from openpyxl import load_workbook

from review_app.documents.spreadsheet import Sheet, TableRow, as_typed, harmless, read_table, workbook
from review_app.errors import ReviewError

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1", "　=cmd", "%0A", "\n=1", "|x")


def sheet(*rows: tuple[str, ...]) -> bytes:
    return workbook([Sheet("表", (("甲", 10), ("乙", 10)), rows)])


@pytest.mark.parametrize("words", DANGEROUS)
def test_nothing_that_goes_out_begins_a_formula(words: str) -> None:
    (cell,) = [one[1] for one in load_workbook(io.BytesIO(sheet(("1", words))))["表"].iter_rows(min_row=2)]

    assert (cell.data_type, str(cell.value)[0]) == ("s", "'")
    assert as_typed(harmless(words)) == words


@pytest.mark.parametrize("words", ["扣分-3", "2024-03-12", "'引号", "a=b", ""])
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words
    assert as_typed(words) == words


def test_table_comes_in_as_it_went_out() -> None:
    rows = read_table("表.xlsx", sheet(("1", "=1+1"), ("2", "青岚市人民法院")), title="表", needed=("甲",))

    assert rows == [
        TableRow(2, {"甲": "1", "乙": "=1+1"}),
        TableRow(3, {"甲": "2", "乙": "青岚市人民法院"}),
    ]


def test_table_without_a_needed_column_is_refused() -> None:
    with pytest.raises(ReviewError, match="缺少必需的列：丙。"):
        read_table("表.xlsx", sheet(("1", "2")), title="表", needed=("甲", "丙"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("xl/vbaProject.bin", b"x", "宏"),
        ("xl/worksheets/_rels/sheet9.xml.rels", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "外部实体"),
        ("xl/big.bin", b"\0" * 80_000_000, "压缩炸弹"),
    ],
)
def test_harmful_workbook_is_refused(name: str, content: bytes, words: str) -> None:
    buffer = io.BytesIO(sheet(("1", "2")))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)

    with pytest.raises(ReviewError, match=words):
        read_table("表.xlsx", buffer.getvalue(), title="表", needed=("甲",))


def test_workbook_carries_nobodys_name() -> None:
    with zipfile.ZipFile(io.BytesIO(sheet(("1", "2")))) as package:
        core = package.read("docProps/core.xml").decode()

    assert "openpyxl" not in core
    assert "lastModifiedBy" not in core
