"""Importing by command."""

import json
import lzma
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document as WordDocument
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.database import Database
from review_app.precedents import import_command
from review_app.precedents.commands import precedents
from review_app.precedents.importing import Read, store_batch
from review_app.precedents.models import ImportRun, Precedent
from review_app.settings import Settings
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


def stored(data: Path) -> list[Precedent]:
    with closing(Database(Settings(data=data).url).reading()) as session:
        return list(session.scalars(select(Precedent).order_by(Precedent.id)))


def runs(data: Path) -> list[tuple[str, int, int, int, int]]:
    with closing(Database(Settings(data=data).url).reading()) as session:
        found = session.scalars(select(ImportRun).order_by(ImportRun.id))
        return [(str(run.state), run.position, run.added, run.unchanged, run.refused) for run in found]


def test_same_judgment_in_other_spacing_is_a_duplicate_and_another_text_a_version(
    tmp_path: Path, data: Path
) -> None:
    file = tmp_path / "cases.jsonl"
    spaced = JUDGMENT.replace("。 ", "。\n　　").replace("（2021）", "(2021)")
    write_lines(
        file,
        {"title": "甲案", "text": JUDGMENT},
        {"title": "甲案另一来源", "text": spaced},
        {"title": "甲案更正", "text": JUDGMENT.replace("四百米", "三百米")},
    )

    result = run(data, "import", str(file), "--report", str(tmp_path / "report.csv"))

    assert summary(result) == "导入完毕：共3件，新增1，更新1，未变1，未能读取0"
    assert [(row.version, row.title, row.superseded_at is None) for row in stored(data)] == [
        (1, "甲案", False),
        (2, "甲案更正", True),
    ]
    assert (tmp_path / "report.csv").read_text("utf-8-sig").splitlines()[1:] == [
        "cases.jsonl:2,重复,,甲案（（2021）海0799刑初31号）",
        "cases.jsonl:3,新版本,,甲案更正（（2021）海0799刑初31号）",
    ]


def test_two_rulings_of_one_case_on_different_days_are_two_documents(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "cases.jsonl"
    ruling = "青岚市人民法院 民事裁定书 （2020）海0799民初9号 原告甲某与被告乙某民间借贷纠纷一案。裁定如下：{}。 审判员丙某 二〇二〇年{}月一日"
    write_lines(
        file,
        {"text": ruling.format("查封被告房屋一套", "三")},
        {"text": ruling.format("准许原告撤回起诉", "五")},
    )

    run(data, "import", str(file))

    assert [(row.version, row.superseded_at is None, row.outcome) for row in stored(data)] == [
        (1, True, "保全"),
        (1, True, "准许撤诉"),
    ]


def test_layout_of_other_collections_is_read(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "candidates" / "1"
    folder.mkdir(parents=True)
    lecard = {
        "ajId": "a",
        "ajName": "孙某交通肇事案",
        "qw": JUDGMENT,
        "ajjbqk": "x",
        "cpfxgc": "y",
        "pjjg": "z",
        "writId": "b",
    }
    (folder / "17.json").write_text(json.dumps(lecard, ensure_ascii=False), "utf-8")
    other = {"doc": {"body": f"另一件。{JUDGMENT}", "court": "海东省高级人民法院"}, "name": "别处的案例"}
    (tmp_path / "other.json").write_text(json.dumps([other, {"doc": {}}], ensure_ascii=False), "utf-8")
    (tmp_path / "names.yaml").write_text("text: doc.body\norgan: [court, doc.court]\ntitle: name\n", "utf-8")

    first = run(data, "import", str(tmp_path / "candidates"))
    second = run(data, "import", str(tmp_path / "other.json"), "--mapping", str(tmp_path / "names.yaml"))

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "other.json:2：缺少正文（text）。" in second.stderr
    assert [(row.title, row.organ) for row in stored(data)] == [
        ("孙某交通肇事案", "海东省青岚市柳泉区人民法院"),
        ("别处的案例", "海东省高级人民法院"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("texte: qw\n", "字段“texte”不存在"),
        ("- text\n", "每行写一个"),
        ("text: 3\n", "键名应当是文字"),
        ("a: [", "不是可以读取的YAML"),
    ],
)
def test_mapping_that_cannot_be_used_is_a_sentence(
    tmp_path: Path, data: Path, content: str, sentence: str
) -> None:
    (tmp_path / "names.yaml").write_text(content, "utf-8")
    write_lines(tmp_path / "cases.jsonl", {"qw": JUDGMENT})

    result = run(data, "import", str(tmp_path / "cases.jsonl"), "--mapping", str(tmp_path / "names.yaml"))

    assert (result.exit_code, sentence in result.stderr) == (1, True)


def test_statutes_are_sent_to_their_own_command(tmp_path: Path, data: Path) -> None:
    (tmp_path / "刑法.md").write_text("# 刑法\n", "utf-8")

    result = run(data, "import", str(tmp_path))

    assert "review-app statutes import" in result.stderr


def test_broken_archive_keeps_what_could_be_read(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "cases.jsonl.xz"
    write_lines(file, *({"text": f"第{number}件。{JUDGMENT}"} for number in range(40)))
    file.write_bytes(file.read_bytes()[:-40])

    result = run(data, "import", str(file))

    assert "压缩文件到此处损坏" in result.stderr
    assert result.exit_code == 1


def test_report_is_harmless_to_a_spreadsheet(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "=1+1.txt").write_text("短", "utf-8")

    run(data, "import", str(folder))
    run(data, "import", str(folder), "--report", str(tmp_path / "r.xlsx"))

    assert "'=1+1.txt,未能读取" in (data / "imports" / "import-1.csv").read_text("utf-8-sig")
    cell = load_workbook(tmp_path / "r.xlsx").active["A2"]  # type: ignore[index]
    assert (cell.value, cell.data_type) == ("'=1+1.txt", "s")


def test_import_that_was_stopped_goes_on_where_it_stopped(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cases.jsonl"
    write_lines(file, *({"text": f"第{number}件。{JUDGMENT}"} for number in range(7)), "{broken")
    monkeypatch.setattr(import_command, "BATCH", 2)
    taken: list[int] = []

    def stops(session: Session, run: ImportRun, batch: Sequence[Read], **how: Any) -> None:
        if len(taken) == 2:
            raise KeyboardInterrupt
        taken.append(len(batch))
        store_batch(session, run, batch, **how)

    monkeypatch.setattr(import_command, "store_batch", stops)
    run(data, "import", str(file))
    assert runs(data) == [("RUNNING", 4, 4, 0, 0)]
    monkeypatch.setattr(import_command, "store_batch", store_batch)

    result = run(data, "import", str(file))

    assert "继续上次中断的导入：已完成4项。" in result.stderr
    assert summary(result) == "导入完毕：共8件，新增7，更新0，未变0，未能读取1"
    assert runs(data) == [("FINISHED", 8, 7, 0, 1)]
    assert all(row.indexed_at for row in stored(data))


def test_import_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "cases.jsonl"
    write_lines(file, *({"text": f"第{number}件。{JUDGMENT}"} for number in range(150)))

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(file), "--data", str(data)], capture_output=True, check=False
    )
    result = run(data, "import", str(file))

    rows = stored(data)
    assert killed.stdout == b"kkkkkk"
    assert result.exit_code == 0
    assert len(rows) == len({row.text_sha256 for row in rows}) == 150
    assert all(row.indexed_at for row in rows)
    assert runs(data) == [("FINISHED", 150, 150, 0, 0)]


# imports in small batches and is killed at six moments: while a batch is stored, before and after the index is written
KILLED = """
import os, signal, sys
from review_app.precedents import import_command

def dies(name, after, *, done):
    real, calls = getattr(import_command, name), []
    def fatal(*given, **how):
        calls.append(1)
        if len(calls) > after and not done:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*given, **how)
        if len(calls) > after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(import_command, name, fatal)

import_command.BATCH = import_command.INDEX_EVERY = 20
moments = [("store_batch", 0, True), ("store_batch", 1, True), ("catch_up", 0, False), ("catch_up", 0, True),
           ("store_batch", 1, False), ("finish_run", 0, True)]
for name, after, done in moments:
    child = os.fork()
    if not child:
        sys.stdout = open(os.devnull, "w")
        dies(name, after, done=done)
        import_command.import_command(sys.argv[1:])
    _, status = os.waitpid(child, 0)
    print("k" if os.WIFSIGNALED(status) else "?", end="", flush=True)
"""
