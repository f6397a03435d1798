"""Importing by command."""

import json
import lzma
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document as WordDocument

from review_app.precedents.commands import precedents
from tests.precedents.cases import JUDGMENT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(precedents, [*arguments, "--data", str(data)])


def summary(result: Result) -> str:
    return result.stdout.strip().splitlines()[-1].split("；")[0]


def write_lines(path: Path, *rows: object) -> None:
    lines = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    if path.suffix == ".xz":
        with lzma.open(path, "wt", encoding="utf-8") as file:
            file.write(lines)
    else:
        path.write_text(lines, "utf-8")


def test_folder_of_documents_is_imported_once(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "cases"
    (folder / "sub").mkdir(parents=True)
    (folder / "甲案.txt").write_text(JUDGMENT, "gb18030")
    word = WordDocument()
    word.add_paragraph("青岚市人民法院 行政判决书 （2019）海0799行初8号")
    word.add_paragraph(
        "经审理查明，征收经营性用房未计算停产停业损失。本院认为，应当依法补偿。判决如下：撤销补偿决定。"
    )
    word.save(str(folder / "sub" / "乙案.docx"))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "notes.xlsx").write_bytes(b"not asked for")

    first = run(data, "import", str(folder), "--tier", "3")
    again = run(data, "import", str(folder), "--tier", "3")

    assert summary(first) == "导入完毕：共3件，新增2，更新0，未变0，未能读取1"
    assert summary(again) == "导入完毕：共3件，新增0，更新0，未变2，未能读取1"
    assert (first.exit_code, again.exit_code) == (1, 1)
    assert "broken.pdf：" in first.stderr


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_kept(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "cases.jsonl.xz"
    write_lines(file, {"title": "甲案", "text": JUDGMENT}, "{broken", {"title": "空"}, "[]", "")

    result = run(data, "import", str(file))

    assert summary(result) == "导入完毕：共4件，新增1，更新0，未变0，未能读取3"
    assert "cases.jsonl.xz:2：这一行不是完整的JSON（UTF-8）。" in result.stderr
    assert "cases.jsonl.xz:3：缺少正文（text）。" in result.stderr
    assert "cases.jsonl.xz:4：这一行不是JSON对象。" in result.stderr


def test_dry_run_keeps_nothing(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "cases.jsonl"
    write_lines(file, {"title": "甲案", "text": JUDGMENT})

    dry, real = run(data, "import", str(file), "--dry-run"), run(data, "import", str(file))

    assert summary(dry) == "核对完毕（未保存）：共1件，新增1，更新0，未变0，未能读取0"
    assert summary(real) == "导入完毕：共1件，新增1，更新0，未变0，未能读取0"
    assert (dry.exit_code, real.exit_code) == (0, 0)


def test_nothing_to_import_is_a_sentence(tmp_path: Path, data: Path) -> None:
    (tmp_path / "empty").mkdir()

    result = run(data, "import", str(tmp_path / "empty"))

    assert result.exit_code == 1
    assert "没有找到可以导入的文件" in result.stderr


def test_lost_index_is_caught_up_and_rebuilt(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "cases.jsonl"
    write_lines(
        file, *({"title": f"第{number}案", "text": f"第{number}件。{JUDGMENT}"} for number in range(3))
    )
    run(data, "import", str(file))
    for each in sorted((data / "index").rglob("*"), reverse=True):
        each.unlink() if each.is_file() else each.rmdir()

    assert run(data, "catch-up").stdout == "已写入索引3件。\n"
    assert run(data, "catch-up").stdout == "已写入索引0件。\n"
    assert run(data, "rebuild-index").stdout == "索引已重建，共3件。\n"
