"""Each parameter of the standard, broken on purpose in a copy, is found under its own rule."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt

from review_app.documents.checker import check, errors
from review_app.documents.commands import examined
from review_app.documents.content import OfficialDocument, Signature
from review_app.documents.format_rules import RULES, Level
from review_app.documents.official_format import write
from review_app.documents.packing import pack
from review_app.errors import ReviewError
from tests.documents.samples import sample


def broken(part: str, change: Callable[[str], str], *, of: OfficialDocument | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(write(of or sample()))) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part].decode() != before
    return pack(parts)


def in_document(pattern: str, replacement: str) -> bytes:
    return broken(
        "word/document.xml", lambda text: re.sub(pattern, replacement, text, count=1, flags=re.DOTALL)
    )


def rules(package: bytes) -> set[str]:
    return {result.rule_id for result in check(package)} - {"F01"}


def test_copy_with_three_faults_yields_their_rules() -> None:
    package = broken(
        "word/document.xml",
        lambda text: (
            re.sub(r'w:left="1587"', 'w:left="1417"', re.sub(r'w:top="2098"', 'w:top="1417"', text))
            .replace("〔2024〕11号", "[2024]11号")
            .replace('w:val="44"', 'w:val="32"')
        ),
    )

    assert {result.rule_id for result in errors(check(package))} == {"P02", "P03", "P04", "E05", "E08"}
    assert next(result.actual for result in check(package) if result.rule_id == "P02") == "25.0毫米"


RUN = r"(<w:t[^>]*>%s)"
BREAKS = {
    "P01": (r'w:w="11906"', 'w:w="12240"'),
    "P05": (r'w:bottom="1984"', 'w:bottom="1440"'),
    "P06": (r'w:right="1474" w:bottom', 'w:right="1200" w:bottom'),
    "P12": (r"(<w:color w:val=)", r"\1"),
    "E01": ("000003", "003"),
    "E05-leading-zero": ("〕11号", "〕011号"),
    "E05-第": ("〕11号", "〕第11号"),
    "E07": (r"<w:pBdr>.*?</w:pBdr>", ""),
    "E09": ("青岚市人民法院：", "青岚市人民法院:"),
    "E12": ("1．评查问题清单", "1．评查问题清单；"),
    "E13": ("2024年2月6日", "2024年02月06日"),
    "E16": (r"（联系人：何某）", "联系人：何某"),
    "E17": (r"<w:pageBreakBefore/>", ""),
    "E18": (r'<w:top w:val="single" w:sz="8"', '<w:top w:val="single" w:sz="4"'),
    "E19": ("市信访局。", "市信访局"),
    "E20": ("2024年2月7日印发", "2024年2月7日"),
}


@pytest.mark.parametrize("name", [name for name in BREAKS if name not in ("P12", "E16")])
def test_each_break_is_found_under_its_rule(name: str) -> None:
    pattern, replacement = BREAKS[name]

    assert name.split("-")[0] in rules(in_document(pattern, replacement))


def in_run(text: str, pattern: str, replacement: str, *, of: OfficialDocument | None = None) -> bytes:
    def change(xml: str) -> str:
        at = xml.index(text)
        start = xml.rindex("<w:r>", 0, at)
        return xml[:start] + re.sub(pattern, replacement, xml[start:at], count=1) + xml[at:]

    return broken("word/document.xml", change, of=of)


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "rule_id"),
    [
        ("工作秘密", "黑体", "宋体", "E02"),
        ("办公室文件", "方正小标宋简体", "宋体", "E04"),
        ("办公室文件", "FF0000", "0000FF", "E04"),
        ("关于秦某田", "方正小标宋简体", "黑体", "E08"),
        ("信访人秦某田", "仿宋_GB2312", "宋体", "E10"),
        ("信访人秦某田", 'w:sz w:val="32"', 'w:sz w:val="28"', "E10"),
        ("信访人秦某田", "<w:sz ", '<w:color w:val="0000FF"/><w:sz ', "P12"),
        ("一、信访事项", "黑体", "仿宋_GB2312", "E11"),
        ("（一）评查组组成", "楷体_GB2312", "黑体", "E11"),
        ("抄送：", 'w:sz w:val="28"', 'w:sz w:val="32"', "E19"),
        ("信访人秦某田", 'w:spacing w:val="-5"', 'w:spacing w:val="20"', "P10"),
    ],
)
def test_wrong_face_size_or_colour_is_found(text: str, pattern: str, replacement: str, rule_id: str) -> None:
    found = rules(in_run(text, pattern, replacement))

    assert rule_id in found or (rule_id == "E04" and "P12" in found)


def whole_breaks() -> dict[str, bytes]:
    """Breaks that concern the file as a whole, or elements that the sample has not."""
    urgent = sample(head=replace(sample().head, urgency="特急"))
    upward = sample(head=replace(sample().head, signer="何某某"))
    signed = sample(signature=Signature("中共青岚市委政法委员会", date(2024, 2, 6)))
    return {
        "P09": broken("word/document.xml", lambda xml: re.sub(r'w:line="57\d"', 'w:line="480"', xml)),
        "P13": broken("word/settings.xml", lambda xml: xml.replace("<w:evenAndOddHeaders/>", "")),
        "E03": in_run("特急", "黑体", "宋体", of=urgent),
        "E04C": in_run("办公室文件", '<w:color w:val="FF0000"/>', ""),
        "E06": in_run("何某某", "楷体_GB2312", "宋体", of=upward),
        "E14": in_run("中共青岚市委政法委员会", "仿宋_GB2312", "宋体", of=signed),
    }


@pytest.mark.parametrize("rule_id", ["P09", "P13", "E03", "E04C", "E06", "E14"])
def test_breaks_of_the_whole_and_of_rarer_elements_are_found(rule_id: str) -> None:
    assert rule_id in rules(whole_breaks()[rule_id])


def test_without_libreoffice_paper_is_said_to_be_unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert [each.rule_id for each in examined(write(sample()), file_only=False) if each.rule_id != "F01"] == [
        "F04"
    ]


def test_every_rule_is_broken_on_purpose_somewhere() -> None:
    here = Path(__file__)
    written = here.read_text("utf-8") + here.with_name("test_printed.py").read_text("utf-8")

    assert [rule_id for rule_id in RULES if f'"{rule_id}' not in written] == []


def test_page_number_without_dashes_is_found() -> None:
    package = broken("word/footer1.xml", lambda text: text.replace("—", "-"))

    assert "E21" in rules(package)


def test_foreign_document_of_another_writer_is_checked_too() -> None:
    foreign = docx.Document()
    foreign.sections[0].page_width, foreign.sections[0].page_height = Mm(210), Mm(297)
    foreign.add_paragraph("青评意[2024]第011号")
    foreign.add_paragraph("一、基本情况").runs[0].font.size = Pt(12)
    buffer = io.BytesIO()
    foreign.save(buffer)

    found = rules(buffer.getvalue())

    assert {"P02", "P03", "E05", "E08", "E10", "E11", "E21", "F02"} <= found


def test_results_say_level_and_clause(tmp_path: Path) -> None:
    path = tmp_path / "copy.docx"
    path.write_bytes(in_document("000003", "003"))

    first = check(path)[0]

    assert (first.rule_id, first.element, first.actual, first.level, first.clause) == (
        "E01",
        "份号",
        "“003”",
        Level.ERROR,
        "7.2.1",
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", write(sample())[:-60]])
def test_broken_file_gets_a_sentence(content: bytes) -> None:
    with pytest.raises(ReviewError, match="docx"):
        check(content)


def test_document_type_declaration_is_refused() -> None:
    package = broken(
        "word/document.xml",
        lambda text: text.replace(
            "<w:document", '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document', 1
        ),
    )

    with pytest.raises(ReviewError, match="文档类型声明"):
        check(package)


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (65 * 1024 * 1024))

    with pytest.raises(ReviewError, match="过大"):
        check(buffer.getvalue())
