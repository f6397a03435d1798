"""Two judgments, or a judgment and a review, beside each other: the same aspects of both, and what they share."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from review_app.errors import N_
from review_app.precedents.models import Precedent
from review_app.precedents.similar import ReviewPart, parts_of
from review_app.precedents.states import Section
from review_app.reviews.models import CaseReview
from search_index.folding import fold, squeeze
from search_index.snippets import Range

SHORTEST_SHARED = 7  # characters in a row that both texts must have, white space and punctuation not counted;
# fewer would mark the set phrases of every judgment
LONGEST_EXCERPT = 6_000  # characters of one aspect on the page; the rest is read in the case itself


class Aspect(StrEnum):
    """What is compared as running text."""

    FACTS = "facts"
    POINTS = "points"
    REASONING = "reasoning"
    RESULT = "result"


ASPECT_TEXTS = {
    Aspect.FACTS: N_("事实"),
    Aspect.POINTS: N_("争议焦点"),
    Aspect.REASONING: N_("理由"),
    Aspect.RESULT: N_("裁判结果"),
}
_SECTIONS = {
    Aspect.FACTS: Section.FACTS,
    Aspect.REASONING: Section.REASONING,
    Aspect.RESULT: Section.RESULT,
}


@dataclass(frozen=True)
class Excerpt:
    """The beginning of an aspect's text; ``more`` characters of it are left off."""

    text: str
    more: int = 0


@dataclass(frozen=True)
class Side:
    """What is compared of one case. A case whose parts were not recognised has ``opening`` instead of texts."""

    causes: tuple[str, ...]
    laws: tuple[str, ...]
    outcome: str
    texts: dict[Aspect, Excerpt]
    opening: Excerpt | None = None


@dataclass(frozen=True)
class Shared:
    """One list of both sides: what they share and what one of them has alone, each in the order of its side."""

    both: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """An aspect of both sides with the ranges of the words they share."""

    aspect: Aspect
    left: Excerpt
    right: Excerpt
    left_marks: tuple[Range, ...] = ()
    right_marks: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Both sides aspect by aspect."""

    rows: tuple[Row, ...]
    laws: Shared
    causes: Shared
    same_outcome: bool = field(default=False)


def side_of_case(precedent: Precedent) -> Side:
    sections = {aspect: excerpt(precedent.section(name)) for aspect, name in _SECTIONS.items()}
    points = "\n".join(precedent.issues) or precedent.section(Section.POINTS)
    texts = {
        aspect: found for aspect, found in {**sections, Aspect.POINTS: excerpt(points)}.items() if found.text
    }
    recognised = set(texts) & {Aspect.FACTS, Aspect.REASONING}
    return Side(
        tuple(precedent.causes),
        tuple(precedent.law_refs),
        precedent.outcome,
        texts,
        None if recognised else excerpt(precedent.text),
    )


def side_of_review(review: CaseReview) -> Side:
    """The review as a side: its facts, its points (reasons and requests), the result under review."""
    said = parts_of(review)
    points = (*said.get(ReviewPart.REASONS, ()), *said.get(ReviewPart.REQUESTS, ()))
    texts = {
        Aspect.FACTS: excerpt("\n".join(said.get(ReviewPart.FACTS, ()))),
        Aspect.POINTS: excerpt("\n".join(points)),
        Aspect.RESULT: excerpt("\n".join(said.get(ReviewPart.RESULT, ()))),
    }
    return Side(
        said.get(ReviewPart.CAUSE, ()),
        said.get(ReviewPart.LAW, ()),
        "",
        {aspect: found for aspect, found in texts.items() if found.text},
    )


def excerpt(text: str) -> Excerpt:
    text = text.strip()
    return Excerpt(text[:LONGEST_EXCERPT], max(0, len(text) - LONGEST_EXCERPT))


def compare(left: Side, right: Side) -> Comparison:
    """The aspects that at least one side has, with what both share."""
    nothing = Excerpt("")
    pairs = [
        (aspect, left.texts.get(aspect, nothing), right.texts.get(aspect, nothing))
        for aspect in Aspect
        if aspect in left.texts or aspect in right.texts
    ]
    rows = tuple(Row(aspect, one, other, *shared_words(one.text, other.text)) for aspect, one, other in pairs)
    same = bool(left.outcome) and squeeze(left.outcome) == squeeze(right.outcome)
    return Comparison(rows, shared(left.laws, right.laws), shared(left.causes, right.causes), same)


def shared(left: tuple[str, ...], right: tuple[str, ...]) -> Shared:
    """What two lists share, spelling aside."""
    ours, theirs = {squeeze(each) for each in left}, {squeeze(each) for each in right}
    return Shared(
        tuple(each for each in left if squeeze(each) in theirs),
        tuple(each for each in left if squeeze(each) not in theirs),
        tuple(each for each in right if squeeze(each) not in ours),
    )


def shared_words(
    left: str, right: str, shortest: int = SHORTEST_SHARED
) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    """The ranges of both texts whose characters stand in a row in the other one too, white space and punctuation
    aside, at least ``shortest`` of them and no numeral among them (days and amounts agree by chance)."""
    ours, theirs = _runs(left, shortest), _runs(right, shortest)
    common = {run for run, _ in ours} & {run for run, _ in theirs}
    return _joined(ours, common), _joined(theirs, common)


def _runs(text: str, length: int) -> list[tuple[str, Range]]:
    places = [at for at, character in enumerate(text) if character.isalnum()]
    dense = fold("".join(text[at] for at in places))
    runs = [
        (dense[at : at + length], (places[at], places[at + length - 1] + 1))
        for at in range(len(places) - length + 1)
    ]
    return [each for each in runs if not any(character.isdigit() for character in each[0])]


def _joined(runs: list[tuple[str, Range]], common: set[str]) -> tuple[Range, ...]:
    return tuple(_merged(place for run, place in runs if run in common))


def _merged(places: Iterator[Range]) -> Iterator[Range]:
    current: Range | None = None
    for start, end in places:
        if current is not None and start <= current[1]:
            current = (current[0], end)
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current
