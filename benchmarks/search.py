"""Full-text search against reading every text: `python benchmarks/search.py judgments.jsonl.xz [--documents N]`.

The file holds one JSON object per line with `id`, `title`, `text`, and where known `court`, `charges`, `year`. Both
sides answer the same questions in the same run, so the ratios mean the same on a fast machine and on a slow one.
"""

import argparse
import json
import lzma
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from search_index.engine import Document, OneOf, Query, Shape
from search_index.engines import open_engine
from search_index.folding import squeeze
from search_index.query import parse
from search_index.tree import Like
from search_index.words import needles

SHAPE = Shape({"title": 3.0, "text": 1.0}, ("text",), ("cause", "organ"), ("year",))
QUESTIONS = (
    "工伤", "逃逸", "缓刑 谅解", "轻伤二级", "交通肇事 自首", "“如实供述自己的罪行”", "案外人 异议", "“违法所得，予以追缴”",
    "评估报告 未送达", "合同诈骗 OR 贷款诈骗", "盗窃 非 入户", "房",
)  # fmt: skip
BATCH = 500


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("corpus", type=Path)
    asked.add_argument("--documents", type=int, default=None)
    asked.add_argument("--engine", default="whoosh")
    options = asked.parse_args()
    documents = list(islice(read_corpus(options.corpus), options.documents))
    with tempfile.TemporaryDirectory() as folder:
        measure(documents, options.engine, Path(folder))


def read_corpus(path: Path) -> Iterator[Document]:
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as lines
    ):
        for number, line in enumerate(lines):
            yield as_document(number, json.loads(line))


def as_document(number: int, row: dict[str, Any]) -> Document:
    return Document(
        key=str(row.get("id", number)),
        version="1",
        texts={"title": row.get("title") or "", "text": row["text"]},
        facets={"cause": tuple(row.get("charges") or ()), "organ": (row.get("court") or "",)},
        numbers={"year": int(row.get("year") or 0)},
    )


def measure(documents: list[Document], name: str, folder: Path) -> None:
    engine = open_engine(name, folder, SHAPE)
    characters = sum(len(document.texts["text"]) for document in documents)
    print(f"{len(documents)} documents, {characters / 1e6:.1f} M characters, engine {name}")
    build = seconds(
        lambda: [engine.write(put=documents[at : at + BATCH]) for at in range(0, len(documents), BATCH)]
    )
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"build {build:.1f} s ({len(documents) / build:.0f} documents/s), index {size / 1e6:.0f} MB")
    add = seconds(lambda: engine.write(put=documents[:1]))
    texts = [squeeze("\0".join(document.texts.values())) for document in documents]
    print(f"replace one document {add * 1000:.0f} ms\n")
    print(
        f"{'question':26}{'hits':>7}{'cold ms':>9}{'warm ms':>9}{'facets+page ms':>16}{'scan ms':>9}{'ratio':>7}"
    )
    warm_times = []
    for question in QUESTIONS:
        tree = parse(question, {})
        bare, full = Query(tree, snippets=0), Query(tree, facets=("cause", "organ"))
        cold = seconds(lambda bare=bare: engine.search(bare))
        warm = median(lambda bare=bare: engine.search(bare))
        page = median(lambda full=full: engine.search(full))
        scan = seconds(lambda tree=tree: [[needle in text for needle in needles(tree)] for text in texts])
        hits = engine.search(bare).total
        warm_times.append(page)
        print(
            f"{question:26}{hits:>7}{cold * 1e3:>9.1f}{warm * 1e3:>9.1f}{page * 1e3:>16.1f}{scan * 1e3:>9.0f}"
            f"{scan / cold:>7.0f}"
        )
    like = Query(Like(documents[0].texts["text"]), snippets=0)
    like_cold, like_warm = seconds(lambda: engine.search(like)), median(lambda: engine.search(like))
    chosen = documents[0].facets["cause"][:1] or ("",)
    filtered = median(
        lambda: engine.search(Query(parse("自首", {}), (OneOf("cause", chosen),), facets=("organ",)))
    )
    print(f"\nsimilar to a whole text: cold {like_cold * 1000:.1f} ms, warm {like_warm * 1000:.1f} ms")
    print(f"word + filter + facet: {filtered * 1000:.1f} ms; page p50 {statistics.median(warm_times) * 1000:.1f} ms, "
          f"slowest {max(warm_times) * 1000:.1f} ms")  # fmt: skip
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median(work: Callable[[], object]) -> float:
    return statistics.median(seconds(work) for _ in range(7))


if __name__ == "__main__":
    main()
