"""The engines that are measured, behind one small face: ours, and others as one would use them off the shelf.

The others get texts cut into words by rjieba and find whole words only; ours find every character.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

import rjieba
import tantivy
from whoosh import fields, highlight, index, qparser, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.query import Or, Term

from search_index.engine import Document, Query, Shape
from search_index.engines import open_engine
from search_index.tree import And, Like, Phrase, Words
from search_index.words import telling

SHAPE = Shape({"title": 3.0, "text": 1.0}, ("text",), ("cause", "organ"), ("year",))
BATCH = 500
ASKED_WORDS = 64  # words of a whole text that all engines are asked for
FACETS = ("cause", "organ")


class Engine(Protocol):
    """What is measured. Answers give the number of hits, or of what was made."""

    def build(self, documents: Iterator[Document]) -> None: ...
    def add(self, document: Document) -> None: ...
    def words(self, words: str) -> int: ...
    def phrase_with_facets(self, phrase: str) -> int: ...
    def similar(self, text: str) -> int: ...
    def ten_snippets(self, words: str) -> int: ...


class Ours:
    """One of our engines."""

    def __init__(self, name: str, folder: Path) -> None:
        self.engine = open_engine(name, folder, SHAPE)

    def build(self, documents: Iterator[Document]) -> None:
        self.engine.rebuild(batches(documents))

    def add(self, document: Document) -> None:
        self.engine.write(put=[document])

    def words(self, words: str) -> int:
        return self.engine.search(Query(_all_words(words), snippets=0)).total

    def phrase_with_facets(self, phrase: str) -> int:
        return self.engine.search(Query(Phrase(phrase), facets=FACETS, snippets=0)).total

    def similar(self, text: str) -> int:
        return self.engine.search(Query(Like(text), snippets=0)).total

    def ten_snippets(self, words: str) -> int:
        return sum(len(hit.snippets) for hit in self.engine.search(Query(_all_words(words))).hits)


class StockWhoosh:
    """Whoosh's own fields, index and search, with its defaults."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), stored=True)
        schema = fields.Schema(
            key=fields.ID(unique=True, stored=True),
            title=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), field_boost=3.0),
            text=text,
            cause=fields.KEYWORD(commas=True),
            organ=fields.ID(),
        )
        there = index.exists_in(str(folder))
        self.index = index.open_dir(str(folder)) if there else index.create_in(str(folder), schema)
        self.searcher = self.index.searcher()
        self.parser = qparser.QueryParser("text", self.index.schema)

    def build(self, documents: Iterator[Document]) -> None:
        writer = self.index.writer()
        for document in documents:
            writer.add_document(**self._row(document))
        writer.commit()
        self.searcher = self.index.searcher()

    def add(self, document: Document) -> None:
        writer = self.index.writer()
        writer.update_document(**self._row(document))
        writer.commit()
        self.searcher = self.searcher.refresh()

    def words(self, words: str) -> int:
        found = self.searcher.search(self.parser.parse(cut(words)), limit=10)
        return len(found)

    def phrase_with_facets(self, phrase: str) -> int:
        grouped = [sorting.FieldFacet("cause", allow_overlap=True), sorting.FieldFacet("organ")]
        asked = self.parser.parse(f'"{cut(phrase)}"')
        found = self.searcher.search(
            asked, limit=10, groupedby=sorting.Facets(dict(zip(FACETS, grouped, strict=True)))
        )
        return sum(len(found.groups(name)) for name in FACETS)

    def similar(self, text: str) -> int:
        asked = Or([Term("text", word) for word in telling(text)[:ASKED_WORDS]])
        return len(self.searcher.search(asked, limit=10))

    def ten_snippets(self, words: str) -> int:
        found = self.searcher.search(self.parser.parse(cut(words)), limit=10)
        found.fragmenter = highlight.ContextFragmenter(maxchars=130, charlimit=None)
        return sum(bool(hit.highlights("text", top=2)) for hit in found)

    def _row(self, document: Document) -> dict[str, str]:
        return {
            "key": document.key,
            "title": cut(document.texts["title"]),
            "text": cut(document.texts["text"]),
            "cause": ",".join(document.facets["cause"]),
            "organ": "".join(document.facets["organ"]),
        }


class Fts5:
    """SQLite's FTS5 over words, its tokenizer unicode61, with tables for the facets."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.file = sqlite3.connect(folder / "index.db")
        self.file.executescript(
            "create virtual table if not exists texts using fts5(key unindexed, title, text);"
            "create table if not exists facets (name text, value text, document integer);"
            "create index if not exists facets_by_document on facets (document, name, value);"
        )

    def build(self, documents: Iterator[Document]) -> None:
        for document in documents:
            self._insert(document)
        self.file.commit()

    def add(self, document: Document) -> None:
        found = self.file.execute("select rowid from texts where key = ? limit 1", (document.key,)).fetchone()
        if found:
            self.file.execute("delete from texts where rowid = ?", found)
            self.file.execute("delete from facets where document = ?", found)
        self._insert(document)
        self.file.commit()

    def words(self, words: str) -> int:
        return len(self._best(_quoted(cut(words).split(), "AND")))

    def phrase_with_facets(self, phrase: str) -> int:
        asked = f'text: "{cut(phrase)}"'
        counted = self.file.execute(
            "select name, value, count(*) from facets"
            " where document in (select rowid from texts where texts match ?) group by name, value",
            (asked,),
        ).fetchall()
        return len(self._best(asked)) + len(counted)

    def similar(self, text: str) -> int:
        return len(self._best(_quoted(telling(text)[:ASKED_WORDS], "OR")))

    def ten_snippets(self, words: str) -> int:
        found = self.file.execute(
            "select snippet(texts, 2, '[', ']', '…', 60) from texts where texts match ? order by rank limit 10",
            (_quoted(cut(words).split(), "AND"),),
        )
        return len(found.fetchall())

    def _best(self, asked: str) -> list[tuple[str]]:
        found: list[tuple[str]] = self.file.execute(
            "select key from texts where texts match ? order by bm25(texts, 0, 3, 1) limit 10", (asked,)
        ).fetchall()
        self.file.execute("select count(*) from texts where texts match ?", (asked,)).fetchone()
        return found

    def _insert(self, document: Document) -> None:
        row = (document.key, cut(document.texts["title"]), cut(document.texts["text"]))
        number = self.file.execute("insert into texts values (?, ?, ?)", row).lastrowid
        entries = [(name, value, number) for name in FACETS for value in document.facets[name]]
        self.file.executemany("insert into facets values (?, ?, ?)", entries)


class RawTantivy:
    """tantivy over words, as its own documentation shows it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("title", tokenizer_name="whitespace")
        builder.add_text_field("text", stored=True, tokenizer_name="whitespace")
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self.index = tantivy.Index(builder.build(), path=str(folder))
        self.schema = self.index.schema
        self.searcher = self.index.searcher()

    def build(self, documents: Iterator[Document]) -> None:
        writer = self.index.writer(heap_size=200_000_000, num_threads=2)
        for document in documents:
            writer.add_document(self._row(document))
        self._finish(writer)

    def add(self, document: Document) -> None:
        writer = self.index.writer(heap_size=30_000_000, num_threads=1)
        writer.delete_documents_by_term("key", document.key)
        writer.add_document(self._row(document))
        self._finish(writer)

    def words(self, words: str) -> int:
        return len(self._search(self._all(words)).hits)

    def phrase_with_facets(self, phrase: str) -> int:
        words = cut(phrase).split()
        asked = (
            tantivy.Query.phrase_query(self.schema, "text", list(words))
            if len(words) > 1
            else tantivy.Query.term_query(self.schema, "text", words[0])
        )
        counted = self.searcher.aggregate(
            asked, {name: {"terms": {"field": name, "size": 10_000}} for name in FACETS}
        )
        return len(self._search(asked).hits) + len(counted)

    def similar(self, text: str) -> int:
        terms = [tantivy.Query.term_query(self.schema, "text", word) for word in telling(text)[:ASKED_WORDS]]
        should = [(tantivy.Occur.Should, term) for term in terms]
        return len(self._search(tantivy.Query.boolean_query(should)).hits)

    def ten_snippets(self, words: str) -> int:
        asked = self._all(words)
        maker = tantivy.SnippetGenerator.create(self.searcher, asked, self.schema, "text")
        hits = self._search(asked).hits
        return sum(bool(maker.snippet_from_doc(self.searcher.doc(at)).fragment()) for _, at in hits)

    def _all(self, words: str) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.term_query(self.schema, "text", word))
                for word in cut(words).split()
            ]
        )

    def _search(self, asked: tantivy.Query) -> tantivy.SearchResult:
        return self.searcher.search(asked, limit=10)

    def _finish(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def _row(self, document: Document) -> tantivy.Document:
        made = tantivy.Document()
        made.add_text("key", document.key)
        made.add_text("title", cut(document.texts["title"]))
        made.add_text("text", cut(document.texts["text"]))
        for name in FACETS:
            for value in document.facets[name]:
                made.add_text(name, value)
        return made


ENGINES = {
    "default": lambda folder: Ours("whoosh", folder),
    "tantivy": lambda folder: Ours("tantivy", folder),
    "stock-whoosh": StockWhoosh,
    "fts5": Fts5,
    "raw-tantivy": RawTantivy,
}


def cut(text: str) -> str:
    """Text as words with spaces between."""
    return " ".join(rjieba.cut(text))


def batches(documents: Iterator[Document]) -> Iterator[Sequence[Document]]:
    """Documents in the batches an import writes."""
    for first in documents:
        yield list(chain([first], islice(documents, BATCH - 1)))


def _all_words(words: str) -> And:
    return And(tuple(Words(word) for word in words.split()))


def _quoted(words: Sequence[str], operator: str) -> str:
    return f" {operator} ".join(f'"{word}"' for word in words)
