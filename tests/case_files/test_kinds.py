"""Kinds: extension and content must agree; what is not taken comes with the way to convert it."""

from pathlib import Path

import pytest

from case_files.kinds import EXTENSIONS, kind_of
from case_files.refusals import FileRefused
from tests.case_files import samples

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
LOCKED_WORD = OLD_WORD + "EncryptedPackage".encode("utf-16-le")
SAVE_AS = "请用 Word 或 WPS 打开，选“另存为”，文件类型选“Word 文档(*.docx)”，再上传新文件。"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("判决书.docx", samples.word([["正文"]]), "docx"),
        ("判决书.PDF", samples.pdf([["正文"]]), "pdf"),
        ("笔录.txt", "询问笔录".encode("gb18030"), "txt"),
        ("照片.png", samples.picture("PNG"), "png"),
        ("照片.JPG", samples.picture("JPEG"), "jpg"),
        ("照片.jpeg", samples.picture("JPEG"), "jpg"),
        ("扫描.tiff", samples.picture("TIFF"), "tif"),
        ("截图.bmp", samples.picture("BMP"), "bmp"),
        ("截图.gif", samples.picture("GIF"), "gif"),
    ],
)
def test_a_file_is_of_the_kind_its_name_and_content_say(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    path = samples.at(tmp_path, "f", content)

    assert kind_of(path, name).name == kind


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("判决书.doc", OLD_WORD, f"“判决书.doc”是旧版或者其他格式的文字文件，不能上传。{SAVE_AS}"),
        ("判决书.wps", OLD_WORD, f"“判决书.wps”是旧版或者其他格式的文字文件，不能上传。{SAVE_AS}"),
        ("判决书.docm", b"PK", f"“判决书.docm”是可带宏的文档或者模板，不能上传。{SAVE_AS}"),
        ("卷宗.zip", b"PK", "“卷宗.zip”是压缩包，不能上传。请先解压，再一次选中里面的文件上传。"),
        ("台账.xlsx", b"PK", "“台账.xlsx”不能在线阅读。请打开后导出（输出）为 PDF，再上传。"),
        ("程序.exe", b"MZ", f"“程序.exe”的格式不能上传。可以上传：{'、'.join(EXTENSIONS)}。"),
        ("无扩展名", b"x", f"“无扩展名”的格式不能上传。可以上传：{'、'.join(EXTENSIONS)}。"),
    ],
)
def test_an_extension_that_is_not_taken_is_refused_with_the_way_out(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = samples.at(tmp_path, "f", content)

    with pytest.raises(FileRefused) as refusal:
        kind_of(path, name)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("判决书.docx", samples.pdf([["正文"]]), "内容是PDF 文档。请改成正确的扩展名.pdf后再上传。"),
        ("判决书.pdf", samples.word([["正文"]]), "内容是Word 文档。请改成正确的扩展名.docx后再上传。"),
        ("照片.png", samples.picture("JPEG"), "内容是JPEG 图片。请改成正确的扩展名.jpg后再上传。"),
        ("笔录.txt", samples.picture("PNG"), "内容是PNG 图片。请改成正确的扩展名.png后再上传。"),
        ("判决书.docx", OLD_WORD, "的内容是旧版 Word（.doc）一类的文件"),
        ("判决书.docx", LOCKED_WORD, "设有打开密码，无法阅读。请在 Word 或 WPS 中取消密码"),
        ("判决书.docx", samples.zipped({"xl/workbook.xml": "x"}), "的内容不是Word 文档，或者文件已损坏"),
        ("判决书.docx", b"PK\x03\x04 broken", "的内容不是Word 文档，或者文件已损坏"),
        ("判决书.pdf", "只是文字".encode(), "的内容不是PDF 文档，或者文件已损坏"),
        ("程序.txt", b"MZ\x90\x00", "的内容不是文本文件，或者文件已损坏"),
    ],
)
def test_a_mislabelled_file_is_refused_telling_what_it_is(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = samples.at(tmp_path, "f", content)

    with pytest.raises(FileRefused) as refusal:
        kind_of(path, name)

    assert str(refusal.value).startswith(f"“{name}”")
    assert sentence in str(refusal.value)
