"""A query as a tree of plain data: what the parser makes, what synonyms widen, what every engine answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Words:
    """Words typed in one piece: each of them occurs somewhere in the document, in any order.

    `text` is cut by `words.cut`; a document in which the piece stands unbroken ranks higher. `field` names one text of
    the document; empty means any.
    """

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """These characters stand in the document one after another, white space aside (see `folding.squeeze`)."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """Some value of a facet contains the text, or equals it when `exact`. Both sides are squeezed before."""

    field: str
    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A number of the document lies between two bounds, both included; `None` leaves a side open."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Every branch holds."""

    branches: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one branch holds."""

    branches: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The branch does not hold. It adds nothing to the rank and is never marked."""

    branch: "Node"


@dataclass(frozen=True, slots=True)
class Like:
    """Documents about the same as a whole text: some of its telling words occur (`words.enough`)."""

    text: str


class Unit(StrEnum):
    """In what the branches of `Near` stand together."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Cited:
    """An article is named in one of these spellings. 第133条 is not named where 第133条之一 stands."""

    spellings: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Wild:
    """These pieces follow each other in one sentence; `gaps[i]` are the fewest and the most characters between the
    pieces i and i + 1, white space aside."""

    pieces: tuple[str, ...]
    gaps: tuple[tuple[int, int], ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """The branches stand together in one text: in one sentence, one paragraph, or at most `distance` characters apart.

    Branches are Words (unbroken here), Phrase, Cited, Wild, Near, or an Or of these, without fields. With
    `Unit.CHARACTERS` there are two of them, in any order.
    """

    branches: tuple["Node", ...]
    unit: Unit
    distance: int = 0


Proved = Cited | Wild | Near
"""Leaves that no index answers: their candidates are proved on the squeezed text, see `proving.py`."""

Node = Words | Phrase | Value | Between | And | Or | Not | Like | Cited | Wild | Near


def leaves(node: Node | None) -> Iterator[Node]:
    """The nodes without branches that speak for a document, from left to right; what stands under `Not` is left out."""
    if isinstance(node, And | Or):
        for branch in node.branches:
            yield from leaves(branch)
    elif node is not None and not isinstance(node, Not):
        yield node
