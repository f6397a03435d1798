"""Our search engines against others, in one run: `python benchmarks/search.py --corpus PATH [--passages]`.

PATH is a file of JSON lines (packed by xz or not) with `id`, `title`, `text` and where known `court`, `charges`, `year`; or a
folder with judgments.jsonl.xz or articles.jsonl.xz in it. Every engine builds its index in one process of its own and
answers in another, so that memory is honest. Each question is asked once "cold" (first time in its process) and then
`--runs` times "warm", of which the median counts; p50 and p95 are over the questions, in milliseconds.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from corpora import find_corpus, read_documents
from peers import ENGINES

KEYWORDS = (
    "工伤", "逃逸", "缓刑 谅解", "轻伤二级", "交通肇事 自首", "案外人 异议", "评估报告 送达", "合同诈骗", "盗窃 入户", "房",
    "醉酒 驾驶", "贩卖 毒品 累犯", "故意伤害 被害人 过错", "职务侵占", "受贿 退赃", "非法拘禁", "赔偿 经济损失", "未成年人",
    "正当防卫", "信用卡 透支",
)  # fmt: skip
PHRASES = (
    "如实供述自己的罪行", "违法所得", "犯罪事实清楚", "取得被害人谅解", "道路交通事故认定书", "适用法律正确", "自愿认罪",
    "刑事附带民事诉讼", "具有自首情节", "驳回上诉", "非法占有为目的", "毒品犯罪",
)  # fmt: skip
SIMILAR = 10  # documents whose whole text is asked for
SHOWN = {
    "build": "index s", "documents_per_second": "docs/s", "size": "size MB", "build_memory": "building MB",
    "read_memory": "reading MB", "first": "first ms",
    "words_cold": "keyword cold", "words_warm": "keyword warm", "phrase_cold": "phrase+facets cold",
    "phrase_warm": "phrase+facets warm", "similar_cold": "similar cold", "similar_warm": "similar warm",
    "snippets": "ten snippets", "add": "add one ms",
}  # fmt: skip


class Clock:
    """What counts as time."""

    now: ClassVar[Callable[[], float]] = time.perf_counter


def main() -> None:
    options = read_options()
    corpus = find_corpus(options.corpus)
    if options.cpu:
        Clock.now = time.process_time
    if options.step:
        step = {"build": build, "read": read}[options.step]
        print(json.dumps(step(options, corpus)))
        return
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}, {corpus.name}"
          f"{' in passages' if options.passages else ''}{', processor time' if options.cpu else ''}\n")  # fmt: skip
    found = {name: measure(name, options) for name in options.engines.split(",")}
    print(table(found))
    first = next(iter(found))
    print(f"\nHow many times the figure of {first}:\n")
    print(table({name: ratios(each, found[first]) for name, each in found.items()}))


def read_options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--corpus", type=Path, required=True)
    asked.add_argument("--passages", action="store_true", help="every document in pieces of 550 characters")
    asked.add_argument("--documents", type=int, help="only so many")
    asked.add_argument("--whoosh-documents", type=int, help="only so many for stock Whoosh, which is slow")
    asked.add_argument("--engines", default=",".join(ENGINES))
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument(
        "--cpu", action="store_true", help="count processor time, where the machine is busy otherwise"
    )
    asked.add_argument("--step", choices=["build", "read"], help=argparse.SUPPRESS)
    asked.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--engine", help=argparse.SUPPRESS)
    return asked.parse_args()


def measure(name: str, options: argparse.Namespace) -> dict[str, float]:
    """All figures of one engine."""
    limit = (
        options.whoosh_documents if name == "stock-whoosh" and options.whoosh_documents else options.documents
    )
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, __file__, "--corpus", str(options.corpus), "--engine", name, "--folder", f"{folder}/index",
            "--runs", str(options.runs), *(["--passages"] if options.passages else []), *(["--cpu"] if options.cpu else []),
            *(["--documents", str(limit)] if limit else []),
        ]  # fmt: skip
        found: dict[str, float] = {}
        for step in ("build", "read"):
            told = subprocess.run([*command, "--step", step], capture_output=True, text=True, check=True)
            found |= json.loads(told.stdout)
        return found


def build(options: argparse.Namespace, corpus: Path) -> dict[str, float]:
    """Build the index; time without reading the corpus, memory with it."""
    engine = ENGINES[options.engine](options.folder)
    count = 0
    reading = 0.0

    def documents() -> Any:
        nonlocal count, reading
        source = read_documents(corpus, options.documents, passages=options.passages)
        while True:
            begun = Clock.now()
            document = next(source, None)
            reading += Clock.now() - begun
            if document is None:
                return
            count += 1
            yield document

    spent = seconds(lambda: engine.build(documents())) - reading
    size = sum(file.stat().st_size for file in options.folder.rglob("*") if file.is_file())
    return {
        "documents": count,
        "build": spent,
        "documents_per_second": count / spent,
        "size": size / 1e6,
        "build_memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def read(options: argparse.Namespace, corpus: Path) -> dict[str, float]:
    """Ask everything."""
    step = max(1, (options.documents or 9_000) // SIMILAR // (13 if options.passages else 1))
    texts = [
        document.texts["text"]
        for document in islice(read_documents(corpus, SIMILAR * step, passages=False), 0, None, step)
    ]
    changed = next(read_documents(corpus, 1, passages=options.passages))
    begun = Clock.now()
    engine = ENGINES[options.engine](options.folder)
    engine.words("事实")
    found = {"first": (Clock.now() - begun) * 1e3}
    found |= asked("words", KEYWORDS, engine.words, options.runs)
    found |= asked("phrase", PHRASES, engine.phrase_with_facets, options.runs)
    found |= asked("similar", texts, engine.similar, options.runs)
    found |= snippets(engine, options.runs)
    found["read_memory"] = resident()
    found["add"] = statistics.median(seconds(lambda: engine.add(changed)) for _ in range(5)) * 1e3
    return found


def asked(name: str, questions: Any, answer: Callable[[str], int], runs: int) -> dict[str, list[float]]:
    """p50 and p95 over the questions, cold and warm, in milliseconds."""
    cold, warm = [], []
    for question in questions:
        cold.append(seconds(lambda question=question: answer(question)) * 1e3)
        warm.append(
            statistics.median(seconds(lambda question=question: answer(question)) for _ in range(runs)) * 1e3
        )
    return {f"{name}_cold": p50_p95(cold), f"{name}_warm": p50_p95(warm)}


def snippets(engine: Any, runs: int) -> dict[str, list[float]]:
    """What a page of ten snippets costs beyond the search."""
    costs = []
    for question in KEYWORDS:
        bare = statistics.median(seconds(lambda q=question: engine.words(q)) for _ in range(runs))
        full = statistics.median(seconds(lambda q=question: engine.ten_snippets(q)) for _ in range(runs))
        costs.append(max(0.0, full - bare) * 1e3)
    return {"snippets": p50_p95(costs)}


def p50_p95(times: list[float]) -> list[float]:
    ordered = sorted(times)
    return [statistics.median(ordered), ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]]


def seconds(work: Callable[[], object]) -> float:
    begun = Clock.now()
    work()
    return Clock.now() - begun


def resident() -> float:
    """Memory of this process in MB, shared pages in parts."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def ratios(found: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    return {name: ratio(value, base[name]) for name, value in found.items()}


def ratio(value: Any, base: Any) -> Any:
    if isinstance(value, list):
        return [ratio(one, other) for one, other in zip(value, base, strict=True)]
    return value / base if base else float("nan")


def table(found: dict[str, dict[str, Any]]) -> str:
    """A table in markdown; pairs are p50 / p95 in milliseconds."""
    names = list(found)
    lines = [["", *names], ["---", *("---:" for _ in names)]]
    lines.append(["documents", *(shown(found[name]["documents"]) for name in names)])
    lines += [[title, *(shown(found[name][key]) for name in names)] for key, title in SHOWN.items()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def shown(value: Any) -> str:
    if isinstance(value, list):
        return " / ".join(map(shown, value))
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


if __name__ == "__main__":
    main()
