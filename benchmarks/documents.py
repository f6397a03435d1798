"""Writing official documents: `python benchmarks/documents.py [--runs N] [--notices N]`.

An opinion of 12 and of 120 pages is written by the platform (write, check, read for leaks) and, with the same words, by
docxtpl from a template that already carries the look; each in a process of its own for its peak memory. Then so many
notices one after the other: memory after each tenth of them.
"""

import argparse
import io
import multiprocessing
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parent.parent))

from docxtpl import DocxTemplate

from review_app.documents.checker import check
from review_app.documents.content import (
    Block,
    Head,
    Heading,
    Imprint,
    Layout,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    texts,
)
from review_app.documents.leaks import leaks_in
from review_app.documents.official_format import write
from review_app.masking.texts import names_masked

SENTENCE = "经审查，执行卷第34页载明被执行人名下有小型客车一辆，卷内没有查封、扣押的材料，也没有向申请执行人告知的记录。"
LINES_ON_A_PAGE = 22
PRIVATE = names_masked([("秦守田",), ("赵海斌",)])


def opinion(pages: int) -> OfficialDocument:
    """An opinion of about so many pages: sections, paragraphs of four lines, a list of findings as a table."""
    blocks: list[Block] = []
    for section in range(max(1, pages // 2)):
        blocks.append(Heading(1, f"{section + 1}、评查查明的事实"))
        blocks += [
            Paragraph(SENTENCE * 2, lead=f"（{number + 1}）") for number in range(2 * LINES_ON_A_PAGE // 5)
        ]
    rows = tuple((str(number + 1), SENTENCE[:30], "一般", "3", "执行卷第34页") for number in range(pages))
    blocks.append(Table(("序号", "问题", "程度", "扣分", "卷宗依据"), rows, (12, 40, 12, 12, 40)))
    return OfficialDocument(
        layout=Layout.GENERAL,
        head=Head(
            "青岚市涉法涉诉信访专家评查办公室文件",
            "青评意〔2024〕11号",
            copy_no="000002",
            secrecy="工作秘密★3年",
        ),
        title_lines=("关于秦某甲反映买卖合同纠纷执行案件", "信访事项的评查意见书"),
        recipient="青岚市人民法院",
        blocks=tuple(blocks),
        signature=Signature("青岚市涉法涉诉信访专家评查办公室", date(2024, 2, 6)),
        notes="联系人：何某",
        imprint=Imprint(("青岚市信访局",), "青岚市涉法涉诉信访专家评查办公室", date(2024, 2, 6)),
    )


def notice(number: int) -> OfficialDocument:
    return OfficialDocument(
        layout=Layout.FORM,
        head=Head("青岚市涉法涉诉信访专家评查办公室", f"青评告〔2024〕{number}号"),
        title_lines=("评查结果告知书",),
        recipient="信访人",
        blocks=tuple(Paragraph(SENTENCE) for _ in range(8)),
        signature=Signature("青岚市涉法涉诉信访专家评查办公室", date(2024, 2, 6)),
    )


def ours(document: OfficialDocument) -> bytes:
    """What issuing does with a document: write it, check its format, read it for leaks."""
    written = write(document)
    check(written)
    assert leaks_in(written, PRIVATE) == []
    return written


def template() -> bytes:
    """The same look with one paragraph that docxtpl repeats."""
    empty = OfficialDocument(
        layout=Layout.GENERAL,
        head=Head("青岚市涉法涉诉信访专家评查办公室文件", "青评意〔2024〕11号"),
        title_lines=("关于秦某甲反映买卖合同纠纷执行案件", "信访事项的评查意见书"),
        recipient="青岚市人民法院",
        blocks=(Paragraph("{%p for words in lines %}"), Paragraph("{{ words }}"), Paragraph("{%p endfor %}")),
        signature=Signature("青岚市涉法涉诉信访专家评查办公室", date(2024, 2, 6)),
    )
    return write(empty)


def peer(look: bytes, words: list[str]) -> bytes:
    filled = DocxTemplate(io.BytesIO(look))
    filled.render({"lines": words}, autoescape=True)
    buffer = io.BytesIO()
    filled.save(buffer)
    return buffer.getvalue()


def timed(act: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds of each run after one that is not counted."""
    act()
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - start))
    return found


def measured(side: str, pages: int, runs: int, answer: Connection) -> None:
    document = opinion(pages)
    if side == "ours":
        act: Callable[[], object] = lambda: ours(document)  # noqa: E731
    elif side == "written alone":
        act = lambda: write(document)  # noqa: E731
    else:
        look, words = template(), texts(document)
        act = lambda: peer(look, words)  # noqa: E731
    times = timed(act, runs)
    answer.send((times, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def apart(side: str, pages: int, runs: int) -> tuple[list[float], float]:
    """Times and peak memory (MB) in a process of its own."""
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=measured, args=(side, pages, runs, there))
    process.start()
    found: tuple[list[float], float] = here.recv()
    process.join()
    return found


def opinions(runs: int) -> None:
    print(
        "| Opinion | by | p50 ms | p95 ms | peak MB | time against docxtpl |\n| --- | --- | ---: | ---: | ---: | ---: |"
    )
    for pages in (12, 120):
        found = {side: apart(side, pages, runs) for side in ("docxtpl", "written alone", "ours")}
        base = statistics.median(found["docxtpl"][0])
        for side, (times, peak) in found.items():
            p95 = statistics.quantiles(times, n=20)[-1]
            middle = statistics.median(times)
            print(f"| {pages} pages | {side} | {middle:.0f} | {p95:.0f} | {peak:.0f} | {middle / base:.1f} |")


def notices(count: int) -> None:
    process, marks, start = psutil.Process(), [], time.perf_counter()
    for number in range(1, count + 1):
        ours(notice(number))
        if number % max(1, count // 10) == 0:
            marks.append(process.memory_info().rss / 2**20)
    took = time.perf_counter() - start
    print(f"\n{count} notices: {took:.1f} s, {1000 * took / count:.0f} ms each; memory MB after each tenth:")
    print(" ".join(f"{mark:.0f}" for mark in marks))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=15)
    asked.add_argument("--notices", type=int, default=500)
    options = asked.parse_args()
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    opinions(options.runs)
    notices(options.notices)


if __name__ == "__main__":
    main()
