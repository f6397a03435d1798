"""A part of a case as the page shows it: the original with what must not show marked, the text with what still shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from review_app.masking.texts import Datum, Found, found_in, leaks, suspects
from review_app.own_cases.drafting import PART_LABELS, OwnText


@dataclass(frozen=True)
class Piece:
    """A run of characters; ``datum`` is what it is, if it must not show."""

    text: str
    datum: Datum | None = None


@dataclass(frozen=True)
class Part:
    """One part: the original in pieces, what was masked in it and how often, what still shows in the text."""

    name: str
    label: str
    original: tuple[Piece, ...]
    text: str
    masked: tuple[tuple[Datum, int], ...]
    leaks: tuple[Datum, ...]
    suspects: tuple[str, ...]


def parts_of(original: OwnText | None, text: OwnText, data: Sequence[Datum]) -> list[Part]:
    """The parts of a text; without an original they stand alone."""
    return [part_of(name, getattr(original, name, ""), value, data) for name, value in asdict(text).items()]


def part_of(name: str, original: str, text: str, data: Sequence[Datum]) -> Part:
    found = found_in(original, data)
    counted = Counter(each.datum for each in found)
    return Part(
        name=name,
        label=PART_LABELS[name],
        original=pieces(original, found),
        text=text,
        masked=tuple(counted.items()),
        leaks=tuple(leaks(text, data)),
        suspects=tuple(suspects(text)),
    )


def pieces(text: str, found: Sequence[Found]) -> tuple[Piece, ...]:
    cut: list[Piece] = []
    at = 0
    for each in found:
        cut += [Piece(text[at : each.start]), Piece(text[each.start : each.end], each.datum)]
        at = each.end
    return tuple(piece for piece in [*cut, Piece(text[at:])] if piece.text)
