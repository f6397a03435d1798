"""Chinese words of a query, and the characters (grams) by which every part of a text can be found.

Words are cut on the side of the query only: a document is found by its characters, so a two-character legal word
(工伤, 轻伤, 终本, 征收, 逃逸, 抚恤) or a single character is found wherever it stands, whatever a dictionary makes of its
neighbours, and a better dictionary needs no new index.
"""

from collections import Counter
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import rjieba

from search_index.folding import is_wordly, squeeze
from search_index.tree import Cited, Like, Near, Node, Phrase, Wild, Words, leaves

Needle = str | Cited | Wild | Near
"""What a reader wants to see marked: a squeezed text, or a leaf whose places `proving.places` knows."""


def _listed(name: str) -> frozenset[str]:
    text = resources.files("search_index").joinpath(f"data/{name}").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(squeeze(word) for line in lines for word in line.split())


STOP_WORDS = _listed("stop_words.txt")
TELLING_WORDS = 128  # words of a whole text that are asked for; more cost time and bring nothing
_LOOKED_AT = 256  # words of a whole text among which the telling ones are looked for
_MARKED = 64  # telling words that a reader sees marked
_ENOUGH = 8  # one of so many telling words makes a document like a text
_MOST_JOINED = 5  # words of one legal term
TOO_COMMON = 0.3  # a word in more than this share of the documents tells nothing about a whole text


def cut(text: str) -> tuple[str, ...]:
    """The different words of a typed piece in order, folded, without stop words unless nothing else is left.

    Text without a word (only punctuation or emoji) is given back as one piece, so that it is searched and not ignored.
    """
    squeezed = squeeze(text)
    words = _different([word for word in pieces(squeezed) if _says_something(word)])
    kept = tuple(word for word in words if word not in STOP_WORDS)
    return kept or words or ((squeezed,) if squeezed else ())


def pieces(squeezed: str) -> tuple[str, ...]:
    """A squeezed text cut into words and what stands between them, in order: nothing is left out.

    Neighbouring words that are one legal term (data/legal_terms.txt) stay together.
    """
    return join_neighbours(tuple(rjieba.cut(squeezed)), legal_terms())


def join_neighbours(parts: tuple[str, ...], terms: frozenset[str]) -> tuple[str, ...]:
    """The parts with every run of up to five that is one of these terms joined, the longest run first."""
    joined: list[str] = []
    at = 0
    while at < len(parts):
        ends = range(min(len(parts), at + _MOST_JOINED), at, -1)
        end = next((end for end in ends if "".join(parts[at:end]) in terms), at + 1)
        joined.append("".join(parts[at:end]))
        at = end
    return tuple(joined)


@cache
def legal_terms() -> frozenset[str]:
    """The terms of law of `data/legal_terms.txt`, squeezed."""
    return _listed("legal_terms.txt")


def telling(text: str) -> tuple[str, ...]:
    """The words of a whole text that may tell what it is about: two characters and more, most frequent first."""
    return tuple(telling_counts(text))


def telling_counts(text: str) -> dict[str, int]:
    """The telling words of a text, most frequent first, and how often each was cut from it."""
    words = (word for word in _words(squeeze(text)) if len(word) > 1 and word not in STOP_WORDS)
    return dict(Counter(word for word in words if not word.isnumeric()).most_common(_LOOKED_AT))


def enough(telling: int) -> int:
    """How many of the telling words of a text a document must have to be like it."""
    return -(-telling // _ENOUGH)


@lru_cache(maxsize=10_000)
def grams(needle: str) -> tuple[str, ...]:
    """The pairs of characters, and the characters outside every pair, that a text with this needle must have.

    `needle` is squeezed. Pairs join two wordly characters only; a comma, a bracket or an emoji stands alone.
    """
    pairs = [is_wordly(a) and is_wordly(b) for a, b in pairwise(needle)]
    found = [needle[at : at + 2] for at, pair in enumerate(pairs) if pair]
    paired = {at + step for at, pair in enumerate(pairs) if pair for step in (0, 1)}
    found += [character for at, character in enumerate(needle) if at not in paired]
    return _different(found)


def is_one_gram(needle: str) -> bool:
    """Whether one gram already proves the needle: a single character or a pair of wordly ones."""
    return len(needle) == 1 or (len(needle) == 2 and is_wordly(needle[0]) and is_wordly(needle[1]))


def needles(tree: Node | None) -> tuple[Needle, ...]:
    """Everything a reader wants to see marked for a query, each once."""
    found: list[Needle] = []
    for leaf in leaves(tree):
        match leaf:
            case Words(text=text):
                found += [squeeze(text), *cut(text)]
            case Phrase(text=text):
                found.append(squeeze(text))
            case Like(text=text):
                found += telling(text)[:_MARKED]
            case Cited() | Wild() | Near():
                found.append(leaf)
    return tuple(dict.fromkeys(needle for needle in found if needle))


def _words(squeezed: str) -> list[str]:
    return [word for word in rjieba.cut(squeezed) if _says_something(word)]


@lru_cache(maxsize=50_000)
def _says_something(word: str) -> bool:
    return any(map(is_wordly, word))


def _different(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
