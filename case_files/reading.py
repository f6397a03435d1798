"""Reads a file's text in a child process with bounds on time, memory and output.

A hostile or broken file can at worst end its own child (``case_files.child``).
"""

import json
import logging
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from case_files.checks import check_file, check_secrecy
from case_files.child import ask_child, confine
from case_files.kinds import BY_NAME, Kind
from case_files.limits import USUAL, Limits
from case_files.pages import PageText
from case_files.refusals import FileRefused

if TYPE_CHECKING:
    from case_files.readers import Reader

log = logging.getLogger(__name__)


def read_file(path: Path, name: str, *, limits: Limits = USUAL) -> tuple[Kind, list[PageText]]:
    """Checks a file under its given name and reads it: its kind and its pages, numbered from 1.

    Raises FileRefused (SecrecyMarkFound for a file that bears a state-secret mark) with the sentence to show.
    """
    kind = check_file(path, name, limits=limits)
    pages = read_pages(path, kind, limits=limits)
    check_secrecy(pages)
    return kind, pages


def read_pages(path: Path, kind: Kind, *, limits: Limits = USUAL) -> list[PageText]:
    """The pages of a file of known kind, read in a child process; raises FileRefused."""
    task = {"kind": kind.name, "path": str(path.resolve()), "limits": asdict(limits)}
    answer, code = ask_child("case_files.reading", json.dumps(task), limits=limits)
    if code != 0 or len(answer) > limits.answer:
        raise _gave_up(code, answer, limits=limits)
    outcome: dict[str, Any] = json.loads(answer)
    if refused := outcome.get("refused"):
        raise FileRefused(refused["sentence"], **refused["facts"])
    return [PageText(number, text, readable) for number, text, readable in outcome["pages"]]


def _gave_up(code: int, answer: bytes, *, limits: Limits) -> FileRefused:
    log.warning("reading a file ended with code %s after %s bytes of text", code, len(answer))
    if code < 0 or len(answer) > limits.answer:
        return _too_much(limits)
    return FileRefused("文件无法读取，可能已损坏。请用原来的软件打开后重新保存或者导出为 PDF，再上传。")


def main(task: str) -> None:
    """The child: confines itself, reads, prints the pages or the refusal as JSON."""
    asked = json.loads(task)
    limits = Limits(**asked["limits"])
    confine(limits)
    outcome = _outcome(BY_NAME[asked["kind"]], Path(asked["path"]), limits)
    sys.stdout.write(json.dumps(outcome))


def _outcome(kind: Kind, path: Path, limits: Limits) -> dict[str, Any]:
    reader: Reader = import_module(kind.reader)
    try:
        reader.check(path, limits=limits)
        pages = reader.read(path, limits=limits)
    except FileRefused as refusal:
        return {"refused": _as_json(refusal)}
    except MemoryError:
        return {"refused": _as_json(_too_much(limits))}
    return {"pages": [[page.number, page.text, page.readable] for page in pages]}


def _as_json(refusal: FileRefused) -> dict[str, Any]:
    return {"sentence": refusal.sentence, "facts": refusal.facts}


def _too_much(limits: Limits) -> FileRefused:
    return FileRefused(
        "读取文件超出了时间（%(seconds)s秒）或者内存的限制。请按册拆分，或者导出为较小的 PDF 后再上传。",
        seconds=round(limits.seconds),
    )


if __name__ == "__main__":
    main(sys.argv[1])
