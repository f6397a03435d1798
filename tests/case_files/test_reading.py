"""Reading in a child process: what comes back, and what a hostile file can not do."""

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_files import child
from case_files.kinds import BY_NAME
from case_files.limits import Limits
from case_files.pages import PageText
from case_files.quotation import holds
from case_files.reading import read_file, read_pages
from case_files.refusals import FileRefused, SecrecyMarkFound
from tests.case_files import samples

TOO_MUCH = "读取文件超出了时间（%s秒）或者内存的限制。请按册拆分，或者导出为较小的 PDF 后再上传。"


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        ("笔录.txt", "询问笔录\f第二页".encode("gb18030"), [PageText(1, "询问笔录"), PageText(2, "第二页")]),
        ("判决书.docx", samples.word([["𠮷某"], ["乙"]]), [PageText(1, "𠮷某\n"), PageText(2, "\n乙\n")]),
        ("判决书.pdf", samples.pdf([["判决如下"], []]), [PageText(1, "判决如下"), PageText(2, "", False)]),
        ("照片.jpg", samples.picture("JPEG"), [PageText(1, "", False)]),
    ],
)
def test_a_file_is_checked_and_read(tmp_path: Path, name: str, content: bytes, pages: list[PageText]) -> None:
    kind, read = read_file(samples.at(tmp_path, "incoming", content), name)

    assert (f".{kind.name}", read) == (Path(name).suffix, pages)


def test_a_refusal_by_the_reader_comes_back_with_its_sentence_and_facts(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f", samples.pdf([["一"]] * 4))

    with pytest.raises(FileRefused) as refusal:
        read_file(path, "卷宗.pdf", limits=Limits(pages=3))

    assert (refusal.value.sentence, refusal.value.facts) == (
        "文件超过%(limit)s页。请按册拆分后分别上传。",
        {"limit": 3},
    )


def test_a_secrecy_mark_in_the_text_is_found(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f", samples.pdf([["机密★1年", "关于某案的请示"]]))

    with pytest.raises(SecrecyMarkFound):
        read_file(path, "请示.pdf")


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f.txt", "字".encode() * 1_000_000)

    with pytest.raises(FileRefused) as refusal:
        read_pages(path, BY_NAME["txt"], limits=Limits(seconds=0.05))

    assert str(refusal.value) == TOO_MUCH % 0


def test_a_reader_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f.txt", b"x" * 60_000_000)

    with pytest.raises(FileRefused) as refusal:
        read_pages(path, BY_NAME["txt"], limits=Limits(memory=150_000_000))

    assert str(refusal.value) == TOO_MUCH % 120


def test_a_reader_that_answers_too_much_is_ended(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f.txt", "字".encode() * 100_000)

    with pytest.raises(FileRefused) as refusal:
        read_pages(path, BY_NAME["txt"], limits=Limits(answer=10_000))

    assert str(refusal.value) == TOO_MUCH % 120


def test_a_file_that_makes_a_reader_fall_over_is_refused_as_unreadable(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f.docx", samples.zipped({"word/elsewhere.xml": "<a/>"}))

    with pytest.raises(FileRefused) as refusal:
        read_pages(path, BY_NAME["docx"])

    assert str(refusal.value) == (
        "文件无法读取，可能已损坏。请用原来的软件打开后重新保存或者导出为 PDF，再上传。"
    )


def test_the_child_gets_nothing_of_the_servers_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YIAN_SECRET", "in the server only")

    assert "YIAN_SECRET" not in child.CHILD_ENVIRONMENT


def test_many_threads_may_read_at_once(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f.txt", "并发".encode())
    read: list[list[PageText]] = []
    threads = [
        threading.Thread(target=lambda: read.append(read_pages(path, BY_NAME["txt"]))) for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert read == [[PageText(1, "并发")]] * 4


@settings(max_examples=15, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=400), data=st.data())
def test_offsets_of_any_slice_of_a_read_page_reproduce_the_quotation(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    path = samples.at(tmp_path_factory.mktemp("f"), "f.txt", ("引" + text).encode("utf-8-sig"))

    (page,) = read_pages(path, BY_NAME["txt"])

    assert page.text == "引" + text
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    assert holds(page.text, start, end, ("引" + text)[start:end])
