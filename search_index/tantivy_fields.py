"""How documents lie in a tantivy index: the fields of a shape, and a document in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import tantivy

from search_index.engine import Document, Shape
from search_index.folding import squeeze

KEY = "key"
KEY_START = "key_start"  # the first eight bytes of the key as a number, for ranges of keys
KEPT = "kept"  # the whole document as it came in
_CUT = "cut"  # the tokenizer of texts that come already cut
_MOST_BYTES = 8


def pairs(shape: Shape, name: str) -> str:
    """The field with all pairs of neighbouring characters of a text, in order."""
    return f"pairs{list(shape.texts).index(name)}"


def singles(shape: Shape, name: str) -> str:
    """The field with the characters of a text."""
    return f"singles{list(shape.texts).index(name)}"


def length(shape: Shape, name: str) -> str:
    """The field with the number of characters of a squeezed text."""
    return f"length{list(shape.texts).index(name)}"


def facet(shape: Shape, name: str) -> str:
    """The field of a facet."""
    return f"facet{shape.facets.index(name)}"


def number(shape: Shape, name: str) -> str:
    """The field of a number."""
    return f"number{shape.numbers.index(name)}"


def value_term(value: str) -> str:
    """A facet's value as it is indexed: never empty."""
    return f"={clean(value)}"


def clean(text: str) -> str:
    """Text without halves of characters, which only some programs can write."""
    return text.encode("utf-8", "backslashreplace").decode()


def key_start(key: str) -> int:
    """A number that orders keys as their first bytes do."""
    return int.from_bytes(clean(key).encode()[:_MOST_BYTES].ljust(_MOST_BYTES, b"\0"))


def create(path: Path, shape: Shape) -> tantivy.Index:
    """An empty index."""
    return _with_tokenizer(tantivy.Index(_schema(shape), path=str(path)))


def open_index(path: Path) -> tantivy.Index:
    """An index that is there, not watched: `reload` shows what was committed since."""
    index = _with_tokenizer(tantivy.Index.open(str(path)))
    index.config_reader(reload_policy="manual")
    return index


def as_tantivy(shape: Shape, document: Document) -> tantivy.Document:
    """A document for a writer."""
    made = tantivy.Document()
    made.add_text(KEY, clean(document.key))
    made.add_unsigned(KEY_START, key_start(document.key))
    squeezed = {name: squeeze(document.texts.get(name, "")) for name in shape.texts}
    made.add_bytes(KEPT, _packed(document, squeezed))
    for name, text in squeezed.items():
        made.add_integer(length(shape, name), len(text))
        made.add_text(singles(shape, name), " ".join(text))
        made.add_text(pairs(shape, name), " ".join(map("".join, pairwise(text))))
    for name, values in document.facets.items():
        for value in dict.fromkeys(values):
            made.add_text(facet(shape, name), value_term(value))
    for name, given in document.numbers.items():
        made.add_integer(number(shape, name), given)
    return made


@dataclass(frozen=True)
class StoredDocument(Document):
    """A document as it was handed over, with its squeezed texts."""

    squeezed: Mapping[str, str] = field(default_factory=dict)


def as_document(stored: tantivy.Document) -> StoredDocument:
    """The document of a hit."""
    kept: Mapping[str, Any] = json.loads(bytes(stored[KEPT][0]))
    facets: Mapping[str, Sequence[str]] = kept["facets"]
    return StoredDocument(
        key=kept["key"],
        version=kept["version"],
        texts=kept["texts"],
        facets={name: tuple(values) for name, values in facets.items()},
        numbers=kept["numbers"],
        squeezed=kept["squeezed"],
    )


def _packed(document: Document, squeezed: Mapping[str, str]) -> bytes:
    kept = {
        "key": document.key,
        "version": document.version,
        "texts": dict(document.texts),
        "facets": dict(document.facets),
        "numbers": dict(document.numbers),
        "squeezed": squeezed,
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _schema(shape: Shape) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(KEY, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(KEY_START, indexed=False, fast=True)
    builder.add_bytes_field(KEPT, stored=True)
    for name in shape.texts:
        builder.add_text_field(pairs(shape, name), tokenizer_name=_CUT, index_option="position")
        builder.add_text_field(singles(shape, name), tokenizer_name=_CUT, index_option="freq")
        builder.add_integer_field(length(shape, name), fast=True)
    for name in shape.facets:
        builder.add_text_field(facet(shape, name), fast=True, tokenizer_name="raw", index_option="basic")
    for name in shape.numbers:
        builder.add_integer_field(number(shape, name), indexed=True, fast=True)
    return builder.build()


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    cut = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_CUT, cut)
    return index
