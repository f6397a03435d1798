"""Names, sizes and secrecy marks: each refusal with the sentence a person reads."""

from pathlib import Path

import pytest

from case_files.checks import check_file, check_name, check_secrecy
from case_files.limits import Limits
from case_files.pages import PageText
from case_files.refusals import FileRefused, SecrecyMarkFound
from tests.case_files import samples


@pytest.mark.parametrize(
    "name",
    [
        "民事判决书.docx",
        "（2019）鲁0799民初214号.pdf",
        "侵犯商业秘密案卷宗.pdf",
        "葛某梅 房产证.jpg",
        "a.b.c.txt",
        "阿卜杜拉·买买提.txt",
    ],
)
def test_a_usual_name_is_taken(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "文件没有名称。请命名后再上传。"),
        (".docx", "文件没有名称。请命名后再上传。"),
        ("x" * 121, "文件名超过120个字。请缩短后再上传。"),
        ("../判决书.docx", "文件名里含有路径。请只保留文件本身的名称后再上传。"),
        ("C:\\卷宗\\判决书.docx", "文件名里含有路径。请只保留文件本身的名称后再上传。"),
        ("判决\x00书.docx", "文件名里含有看不见的控制字符。请重新命名后再上传。"),
        ("判决书\u202efdp.exe", "文件名里含有看不见的控制字符。请重新命名后再上传。"),
        ("判决?.docx", "文件名“判决?.docx”不能在各种电脑上保存。请去掉特殊符号和首尾空格后再上传。"),
        ("con.txt", "文件名“con.txt”不能在各种电脑上保存。请去掉特殊符号和首尾空格后再上传。"),
        ("判决书.pdf ", "文件名“判决书.pdf ”不能在各种电脑上保存。请去掉特殊符号和首尾空格后再上传。"),
    ],
)
def test_a_name_that_leads_elsewhere_or_deceives_is_refused(name: str, sentence: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        check_name(name)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("name", ["绝密会议纪要.docx", "机 密 材料.pdf", "秘密★1年.pdf", "【秘密】通报.docx"])
def test_a_name_with_a_secrecy_mark_is_refused_and_reportable(name: str) -> None:
    with pytest.raises(SecrecyMarkFound) as refusal:
        check_name(name)

    assert str(refusal.value) == (
        f"文件名“{name}”带有国家秘密标志。涉密文件一律不得上传，本次上传已登记。"
        "请在涉密系统中办理；确认不涉密的，改名后再上传。"
    )


@pytest.mark.parametrize(
    ("text", "mark"),
    [("机密★10年\n关于……的通知", "机密★"), ("绝 密 ★ 启用前", "绝 密 ★"), ("密级：秘密\n……", "密级：秘密")],
)
def test_text_with_a_secrecy_mark_on_its_first_pages_is_refused(text: str, mark: str) -> None:
    pages = [PageText(1, "封面"), PageText(2, text)]

    with pytest.raises(SecrecyMarkFound) as refusal:
        check_secrecy(pages)

    assert str(refusal.value) == (
        f"第2页带有国家秘密标志“{mark}”。涉密文件一律不得上传，本次上传已登记。请在涉密系统中办理。"
    )


def test_words_about_secrets_are_no_mark() -> None:
    check_secrecy([PageText(1, "被告人侵犯商业秘密，泄露国家机密。评议内容属于审判工作秘密。")])


def test_marks_after_the_first_pages_may_be_quoted() -> None:
    check_secrecy([PageText(4, "卷内附有标注“机密★”的清单")])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "空.txt", b"")

    with pytest.raises(FileRefused) as refusal:
        check_file(path, "空.txt")

    assert str(refusal.value) == "“空.txt”是空文件。请核对后上传有内容的文件。"


def test_a_file_over_the_size_limit_is_refused(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "大.txt", b"x" * (1024 * 1024 + 1))

    with pytest.raises(FileRefused) as refusal:
        check_file(path, "大.txt", limits=Limits(upload=1024 * 1024))

    assert str(refusal.value) == "“大.txt”超过1 MB。请按册拆分，或者降低扫描分辨率后上传。"
