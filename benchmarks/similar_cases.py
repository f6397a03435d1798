"""How well cases and articles of law are found that are like a text: `python benchmarks/similar_cases.py --corpus PATH`.

PATH is a folder with judgments.jsonl.xz (or .jsonl), queries.jsonl, relevance.json (LeCaRD), or with articles.jsonl.xz and
queries.jsonl (STARD), or a folder that holds one of each; `--stard PATH` names the second one apart. Ours is measured as
the product asks: without a cause, with the cause the query states, and with the boost switched off. The others get the
same telling words of the same texts, cut by rjieba. Labelled judgments are ranked, whatever else the corpus holds.

`--tune` chooses the weights anew in five parts of the queries, each part measured with what is best for the other four.
"""

import argparse
import json
import lzma
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import measures
import ranked
from peers import batches

from review_app.precedents.drafts import draft_of_row
from review_app.precedents.library import EVERYONES, SHAPE, Asked, as_document, query_of
from review_app.precedents.service import stored
from review_app.precedents.states import Audience, Tier
from review_app.statutes.library import SHAPE as STATUTES
from search_index import similar
from search_index.engine import Document, Query, SearchEngine, Shape
from search_index.engines import open_engine

FOLDS = 5
CASES = ("NDCG@10", "NDCG@30", "MAP", "P@5")
ARTICLES = ("Recall@5", "Recall@10", "Recall@100", "MRR")
LIFTS, ECHOES = (0.5, 1.0, 1.5), (0.4, 0.8, 1.2)

Scores = list[tuple[float, ...]]


@dataclass(frozen=True)
class Labelled:
    """A query of LeCaRD with its labels by key."""

    text: str
    causes: tuple[str, ...]
    labels: dict[str, int]


@dataclass(frozen=True)
class Question:
    """A question of STARD with the keys of the articles that answer it."""

    text: str
    articles: frozenset[str]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--corpus", type=Path, required=True)
    asked.add_argument("--stard", type=Path)
    asked.add_argument("--engine", default="whoosh", help="ours: whoosh or tantivy")
    asked.add_argument(
        "--engines", default="fts5,raw-tantivy,stock-whoosh", help="others, or nothing; Whoosh is slow"
    )
    asked.add_argument("--tune", action="store_true")
    options = asked.parse_args()
    others = [name for name in options.engines.split(",") if name]
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, engine {options.engine}\n")
    cases = with_file(options.corpus, "judgments.jsonl")
    articles = with_file(options.stard or options.corpus, "articles.jsonl")
    if cases is None and articles is None:
        raise SystemExit(f"{options.corpus} holds neither judgments.jsonl nor articles.jsonl")
    if cases:
        measure_cases(cases, options.engine, others, tune=options.tune)
    if articles:
        measure_articles(articles, options.engine, others)


def with_file(path: Path, name: str) -> Path | None:
    """The folder itself, or the first below it, that holds the file, packed or not."""
    folders = (path, *sorted(each for each in path.iterdir() if each.is_dir()))
    return next((each for each in folders if list(each.glob(f"{name}*"))), None)


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    packed, plain = folder / f"{name}.xz", folder / name
    with (
        lzma.open(packed, "rt", encoding="utf-8") if packed.exists() else plain.open(encoding="utf-8")
    ) as lines:
        yield from map(json.loads, lines)


# cases


def measure_cases(folder: Path, name: str, others: Sequence[str], *, tune: bool) -> None:
    queries = list(labelled(folder))
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(2) as several:
        begun = time.perf_counter()
        documents = list(several.map(as_case, rows(folder, "judgments.jsonl"), chunksize=50))
        read = time.perf_counter() - begun
        engine = built(name, Path(temporary) / "ours", SHAPE, documents)
        print(f"{len(documents)} judgments read in {read:.0f} s, {len(queries)} labelled queries\n")
        print(head("", CASES))
        ways: dict[str, Callable[[Labelled], Asked]] = {
            "ours, boost off": lambda query: like(query, boost=False),
            "ours, no cause given": like,
            "ours, cause given": lambda query: like(query, stated=True),
        }
        for title, ask in ways.items():
            engine = open_engine(name, Path(temporary) / "ours", SHAPE)
            print(line(title, *case_scores(engine, queries, ask)))
        for other in others:
            ranker = ranked.RANKERS[other](Path(temporary) / other)
            ranker.build(iter(documents))
            print(line(other, *other_scores(ranker, queries)))
        if tune:
            tuned(lambda: open_engine(name, Path(temporary) / "ours", SHAPE), queries)
    print()


def labelled(folder: Path) -> Iterator[Labelled]:
    labels = json.loads((folder / "relevance.json").read_text("utf-8"))
    for row in rows(folder, "queries.jsonl"):
        known = labels.get(str(row["id"]), {})
        if not any(known.values()):
            print(f"query {row['id']} has no labels and is left out")
            continue
        yield Labelled(row["text"], tuple(row.get("charges") or ()), known)


def as_case(row: dict[str, Any]) -> Document:
    """A judgment as the product imports it."""
    draft = draft_of_row(row, tier=Tier.UPPER, licence_note="")
    case = stored(draft, version=1, by=None, now=datetime.now(UTC))
    case.id, case.audience = row["id"], Audience.EVERYONE
    return as_document(case)


def like(query: Labelled, *, stated: bool = False, boost: bool = True) -> Asked:
    causes = query.causes if stated else ()
    return Asked(like=query.text, like_causes=causes, boost=boost, sort="relevance")


def case_scores(
    engine: SearchEngine, queries: Sequence[Labelled], ask: Callable[[Labelled], Asked]
) -> tuple[Scores, Sequence[float], Sequence[float]]:
    """Scores of each query; seconds of the first page, asked for the first time and once more right after."""
    asked = [query_of(ask(query), readable=EVERYONES)[0] for query in queries]
    twice = [
        [seconds(lambda each=each: engine.search(replace(each, snippets=0))) for _ in range(2)]
        for each in asked
    ]
    cold, warm = zip(*twice, strict=True)
    orders = [
        ranked.all_pages(engine, replace(each, facets=()), query.labels)
        for each, query in zip(asked, queries, strict=True)
    ]
    scores = [judged(order, query) for order, query in zip(orders, queries, strict=True)]
    return scores, cold, warm


def judged(order: Sequence[str], query: Labelled) -> tuple[float, ...]:
    every = ranked.in_any_case(order, query.labels)
    return (
        measures.ndcg(every, query.labels, 10),
        measures.ndcg(every, query.labels, 30),
        measures.average_precision(every, query.labels),
        measures.precision(every, query.labels, 5),
    )


def other_scores(
    ranker: ranked.Ranker, queries: Sequence[Labelled]
) -> tuple[Scores, list[float], list[float]]:
    times, scores = [], []
    for query in queries:
        begun = time.perf_counter()
        order = ranker.ranked(query.text)
        times.append(time.perf_counter() - begun)
        scores.append(judged(order, query))
    return scores, times, times


def tuned(opened: Callable[[], SearchEngine], queries: Sequence[Labelled]) -> None:
    """Prints what cross-validation gives: the weights are chosen on other queries than those that are measured."""
    for title, stated in (("no cause given", False), ("cause given", True)):
        found = {
            weights: weighed(opened(), queries, stated=stated, lift=weights[0], echo=weights[1])
            for weights in product(LIFTS, ECHOES)
        }
        measured, chosen = [], []
        for fold in range(FOLDS):
            best = max(
                found,
                key=lambda weights: sum(
                    value for at, value in enumerate(found[weights]) if at % FOLDS != fold
                ),
            )
            chosen.append(best)
            measured += found[best][fold::FOLDS]
        low, high = measures.interval(measured)
        print(f"\n{title}, NDCG@10 with weights chosen on other queries: {statistics.mean(measured):.3f}"
              f" [{low:.3f}, {high:.3f}]; lift and echo chosen: {chosen}")  # fmt: skip
        for weights, values in found.items():
            print(f"  lift {weights[0]} echo {weights[1]}: {statistics.mean(values):.4f}")


def weighed(
    engine: SearchEngine, queries: Sequence[Labelled], *, stated: bool, lift: float, echo: float
) -> list[float]:
    """NDCG@10 of each query with other weights. The engine must be freshly opened: it remembers what it added up."""
    usual, found = similar.ECHO, []
    try:
        similar.ECHO = echo
        for query in queries:
            bare = query_of(like(query, stated=stated), readable=EVERYONES)[0]
            lifts = tuple(replace(each, by=lift) for each in bare.lifts)
            asked = replace(bare, lifts=lifts, facets=())
            found.append(judged(ranked.all_pages(engine, asked, query.labels), query)[0])
    finally:
        similar.ECHO = usual
    return found


# articles


def measure_articles(folder: Path, name: str, others: Sequence[str]) -> None:
    questions = list(asked_questions(folder))
    documents = [as_article(row) for row in rows(folder, "articles.jsonl")]
    with tempfile.TemporaryDirectory() as temporary:
        engine = built(name, Path(temporary) / "ours", STATUTES, documents)
        print(f"{len(documents)} articles, {len(questions)} questions\n")
        print(head("", ARTICLES))
        print(line("ours", *question_scores(lambda text: articles_like(engine, text), questions)))
        for other in others:
            ranker = ranked.RANKERS[other](Path(temporary) / other)
            ranker.build(
                replace(
                    each,
                    texts={"title": each.texts["name"], "text": each.texts["text"]},
                    facets={"cause": (), "organ": ()},
                )
                for each in documents
            )
            print(line(other, *question_scores(ranker.ranked, questions)))


def asked_questions(folder: Path) -> Iterator[Question]:
    for row in rows(folder, "queries.jsonl"):
        if row.get("rel"):
            yield Question(row["q"], frozenset(map(str, row["rel"])))
        else:
            print(f"question {row['id']} has no labels and is left out")


def as_article(row: dict[str, Any]) -> Document:
    statute = row["name"].rpartition("第")[0] or row["name"]
    return Document(
        key=str(row["id"]),
        version="1",
        texts={"name": row["name"], "text": row["text"]},
        facets={"statute": (statute,)},
    )


def articles_like(engine: SearchEngine, text: str) -> list[str]:
    tree, lifts = similar.like_question(text, "statute")
    page = engine.search(Query(tree, lifts=lifts, limit=100, snippets=0))
    return [hit.key for hit in page.hits]


def question_scores(
    rank: Callable[[str], list[str]], questions: Sequence[Question]
) -> tuple[Scores, list[float], list[float]]:
    times, scores = [], []
    for question in questions:
        begun = time.perf_counter()
        order = rank(question.text)
        times.append(time.perf_counter() - begun)
        recalls = (measures.recall(order, question.articles, most) for most in (5, 10, 100))
        scores.append((*recalls, measures.reciprocal_rank(order, question.articles)))
    return scores, times, times


# both


def built(name: str, folder: Path, shape: Shape, documents: Sequence[Document]) -> SearchEngine:
    """The index of the documents, with a line about time and size."""
    engine = open_engine(name, folder, shape)
    begun = time.perf_counter()
    engine.rebuild(batches(iter(documents)))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"index built in {time.perf_counter() - begun:.0f} s, {size / 1e6:.0f} MB")
    return engine


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def head(first: str, names: Sequence[str]) -> str:
    measured = "".join(f"{name + ' [95 %]':>24}" for name in names)
    return f"{first:24}{measured}{'cold p50/p95 ms':>18}{'warm p50/p95 ms':>18}"


def line(title: str, scores: Scores, cold: Sequence[float], warm: Sequence[float]) -> str:
    cells = []
    for values in zip(*scores, strict=True):
        low, high = measures.interval(values)
        cells.append(f"{statistics.mean(values):.3f} [{low:.3f}, {high:.3f}]")
    measured = "".join(f"{cell:>24}" for cell in cells)
    return f"{title:24}{measured}{percentiles(cold):>18}{percentiles(warm):>18}"


def percentiles(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"{1e3 * statistics.median(ordered):.1f}/{1e3 * ordered[int(0.95 * len(ordered))]:.1f}"


if __name__ == "__main__":
    main()
