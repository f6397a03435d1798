"""Zipped Office files: bombs, locks, macros, remote content and entities are refused."""

import zipfile
from pathlib import Path

import pytest

from case_files.archives import check_office_archive
from case_files.limits import USUAL, Limits
from case_files.refusals import FileRefused
from tests.case_files import samples

BOMB = "文件解开后异常庞大，疑似压缩炸弹。请另存为新的 .docx 或者导出为 PDF 后再上传。"
MACROS = "文件带有宏或者控件。请另存为不带宏的“Word 文档(*.docx)”后再上传。"
REMOTE = (
    "文件会自动连接外部内容（链接的图片、模板或者对象）。"
    "请在 Word 或 WPS 中断开链接、改为嵌入，保存后再上传。"
)
ENTITIES = "文件内部含有外部实体声明，可能是恶意文件。请另存为新的 .docx 或者导出为 PDF 后再上传。"
BROKEN = "文件已损坏，无法打开。请用 Word 或 WPS 打开后重新保存，再上传。"
PLAIN = "<w:p><w:r><w:t>正文</w:t></w:r></w:p>"
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w>&b;</w>'


def sentence_for(tmp_path: Path, content: bytes, limits: Limits = USUAL) -> str:
    path = samples.at(tmp_path, "f.docx", content)
    with pytest.raises(FileRefused) as refusal:
        check_office_archive(path, limits=limits)
    return str(refusal.value)


def test_a_usual_document_passes(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f.docx", samples.word([["正文"], ["第二页"]]))

    check_office_archive(path, limits=USUAL)


def test_a_part_that_inflates_a_thousandfold_is_a_bomb(tmp_path: Path) -> None:
    content = samples.word_from_xml(PLAIN, word__media__a_dot_bin=bytes(20 * 1024 * 1024))

    assert sentence_for(tmp_path, content) == BOMB


def test_too_large_a_total_is_a_bomb(tmp_path: Path) -> None:
    content = samples.word_from_xml(PLAIN, word__media__a_dot_bin=bytes(2000))

    assert sentence_for(tmp_path, content, Limits(unpacked=1500)) == BOMB


def test_too_many_parts_are_a_bomb(tmp_path: Path) -> None:
    parts = {f"word/media/{number}.bin": b"" for number in range(60)}

    assert sentence_for(tmp_path, samples.zipped(parts), Limits(entries=50)) == BOMB


def test_parts_that_share_their_bytes_are_a_bomb(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f.docx", b"")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/media/a.bin", b"x" * 5000)
        first = archive.filelist[0]
        for number in range(3):
            double = zipfile.ZipInfo(f"word/media/{number}.bin")
            double.header_offset, double.CRC = first.header_offset, first.CRC
            double.compress_size, double.file_size = first.compress_size, first.file_size
            archive.filelist.append(double)

    assert sentence_for(tmp_path, path.read_bytes()) == BOMB


def test_office_files_nested_too_deep_are_refused(tmp_path: Path) -> None:
    inner = samples.word_from_xml(PLAIN)
    middle = samples.word_from_xml(PLAIN, word__embeddings__a_dot_docx=inner)
    outer = samples.word_from_xml(PLAIN, word__embeddings__b_dot_docx=middle)

    assert (
        sentence_for(tmp_path, outer)
        == "文件里层层嵌套了其他文件，无法逐一检查。请把嵌入的文件取出，分别上传。"
    )
    check_office_archive(samples.at(tmp_path, "ok.docx", middle), limits=USUAL)


def test_what_is_embedded_is_checked_like_the_whole(tmp_path: Path) -> None:
    inner = samples.word_from_xml(PLAIN, word__vbaProject_dot_bin=b"x")
    outer = samples.word_from_xml(PLAIN, word__embeddings__b_dot_docx=inner)

    assert sentence_for(tmp_path, outer) == MACROS


def test_an_embedded_archive_is_refused(tmp_path: Path) -> None:
    content = samples.word_from_xml(PLAIN, word__embeddings__a_dot_bin=b"Rar!\x1a\x07\x00")

    assert sentence_for(tmp_path, content) == "文件里嵌有压缩包或者带宏的文件“a.bin”。请删除后再上传。"


@pytest.mark.parametrize("part", ["word__vbaProject_dot_bin", "word__activeX__activeX1_dot_bin"])
def test_macros_and_controls_are_refused(tmp_path: Path, part: str) -> None:
    assert sentence_for(tmp_path, samples.word_from_xml(PLAIN, **{part: b"x"})) == MACROS


def test_a_macro_document_under_another_name_is_refused(tmp_path: Path) -> None:
    types = samples.CONTENT_TYPES.replace(
        "openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main"
    )

    assert sentence_for(tmp_path, samples.zipped({"[Content_Types].xml": types})) == MACROS


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "subDocument"])
def test_content_fetched_from_elsewhere_is_refused(tmp_path: Path, kind: str) -> None:
    links = samples.relation(kind, "http://127.0.0.1/x", external=True)

    content = samples.word_from_xml(PLAIN, word___rels__document_dot_xml_dot_rels=links)

    assert sentence_for(tmp_path, content) == REMOTE


def test_a_plain_hyperlink_is_no_remote_content(tmp_path: Path) -> None:
    links = samples.relation("hyperlink", "https://www.court.gov.cn", external=True)
    content = samples.word_from_xml(PLAIN, word___rels__document_dot_xml_dot_rels=links)

    check_office_archive(samples.at(tmp_path, "f.docx", content), limits=USUAL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_declarations_are_refused_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    content = samples.word_from_xml(PLAIN, word__settings_dot_xml=LAUGHS.encode(encoding))

    assert sentence_for(tmp_path, content) == ENTITIES


def test_a_part_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = samples.at(tmp_path, "f.docx", b"")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", "<a/>")
            archive.writestr("word/document.xml", "<b/>")

    assert sentence_for(tmp_path, path.read_bytes()) == (
        "文件内部有重复的部分，不同软件会显示不同内容。请另存为新的 .docx 后再上传。"
    )


def test_a_part_locked_with_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(samples.zipped({"word/document.xml": "<a/>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1

    assert sentence_for(tmp_path, bytes(content)) == (
        "文件设有打开密码，无法阅读。请在 Word 或 WPS 中取消密码，保存后再上传。"
    )


def test_a_cut_off_archive_is_broken(tmp_path: Path) -> None:
    assert sentence_for(tmp_path, samples.word([["正文"]])[:-30]) == BROKEN


def test_a_part_that_is_no_xml_is_broken(tmp_path: Path) -> None:
    assert sentence_for(tmp_path, samples.word_from_xml(PLAIN, word__styles_dot_xml="no xml")) == BROKEN
