"""Documents to measure on: judgments or articles of law, one JSON object per line, packed by xz or not."""

import json
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from search_index.engine import Document

PASSAGE = 550  # characters
KNOWN = ("judgments.jsonl.xz", "judgments.jsonl", "articles.jsonl.xz", "articles.jsonl")


def find_corpus(path: Path) -> Path:
    """The file itself, or the first known file in a folder or one below it."""
    if path.is_file():
        return path
    found = (file for name in KNOWN for file in (path / name, *sorted(path.glob(f"*/{name}"))))
    file = next((file for file in found if file.exists()), None)
    if file is None:
        raise SystemExit(f"{path} holds none of {', '.join(KNOWN)}")
    return file


def read_documents(path: Path, most: int | None, *, passages: bool) -> Iterator[Document]:
    """The first `most` documents, or passages of documents."""
    documents = (as_document(number, row) for number, row in enumerate(read_rows(path)))
    return islice(cut_passages(documents) if passages else documents, most)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def as_document(number: int, row: dict[str, Any]) -> Document:
    return Document(
        key=str(row.get("id", number)),
        version="1",
        texts={"title": row.get("title") or row.get("name") or "", "text": row["text"]},
        facets={
            "cause": tuple(each for each in row.get("charges") or () if each),
            "organ": tuple(each for each in [row.get("court")] if each),
        },
        numbers={"year": int(row.get("year") or 0)},
    )


def cut_passages(documents: Iterator[Document]) -> Iterator[Document]:
    """Every document in pieces of `PASSAGE` characters, as an index of passages has them."""
    for document in documents:
        text = document.texts["text"]
        for at in range(0, len(text), PASSAGE):
            texts = {"title": document.texts["title"], "text": text[at : at + PASSAGE]}
            yield Document(f"{document.key}-{at}", "1", texts, document.facets, document.numbers)
