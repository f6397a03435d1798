"""Articles as pages show them: marked words, links to the articles they name, headings where they change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from review_app.statutes.comparing import Run, differences
from review_app.statutes.models import StatuteArticle
from review_app.statutes.queries import Stage, articles_named
from review_app.web.precedents.showing import Piece, pieces, snippet_pieces
from search_index.citations import Mention, mentions_in
from search_index.engine import Hit
from search_index.snippets import find_marks
from search_index.words import Needle

LONGEST_WHOLE = 240  # characters of an article that a result shows whole


@dataclass(frozen=True)
class FoundArticle:
    """A hit beside its stored article."""

    article: StatuteArticle
    lines: tuple[tuple[Piece, ...], ...]
    is_whole: bool


def found_article(hit: Hit, article: StatuteArticle, needles: tuple[Needle, ...]) -> FoundArticle:
    """Short articles are shown whole, of long ones the places that were found."""
    if len(article.text) <= LONGEST_WHOLE:
        return FoundArticle(
            article, (pieces(article.text, 0, find_marks(article.text, needles)),), is_whole=True
        )
    found = tuple(snippet_pieces(each) for each in hit.snippets)
    return FoundArticle(article, found or ((Piece(article.text[:LONGEST_WHOLE]),),), is_whole=False)


@dataclass(frozen=True)
class Part:
    """A run of an article's text; with ``article_id`` it names that article."""

    text: str
    article_id: int | None = None


def linked(session: Session, article: StatuteArticle, on: date) -> list[list[Part]]:
    """The paragraphs of an article; articles named in them that were law on that day are links."""
    mentions = mentions_in(article.text, article.version.statute.code)
    targets = articles_named(session, (each.law + each.article for each in mentions), on=on)
    parts: list[list[Part]] = []
    start = 0
    for line in article.text.split("\n"):
        inside = [each for each in mentions if start <= each.start and each.end <= start + len(line)]
        parts.append(list(parts_of(line, start, inside, targets, article)))
        start += len(line) + 1
    return parts


def parts_of(
    line: str,
    start: int,
    mentions: Sequence[Mention],
    targets: Mapping[str, StatuteArticle],
    article: StatuteArticle,
) -> Iterator[Part]:
    at = 0
    for each in mentions:
        target = targets.get(each.law + each.article)
        begin, end = each.start - start, each.end - start
        if target is None or target.id == article.id or begin < at:
            continue
        if begin > at:
            yield Part(line[at:begin])
        yield Part(line[begin:end], target.id)
        at = end
    if at < len(line):
        yield Part(line[at:])


@dataclass(frozen=True)
class Compared:
    """The provision in another text: the same words, or what differs from the one that is read."""

    stage: Stage
    runs: tuple[Run, ...]
    is_same: bool


def compared(stages: Sequence[Stage], article: StatuteArticle) -> list[Compared]:
    """Every text with this provision, the newest first; differences run from the older to the newer words."""
    at = next(place for place, stage in enumerate(stages) if stage.version.id == article.version_id)
    found = []
    for place, stage in enumerate(stages):
        if place == at:
            found.append(Compared(stage, (), is_same=True))
        elif stage.article is None:
            found.append(Compared(stage, (), is_same=False))
        else:
            old, new = (stage.article, article) if place < at else (article, stage.article)
            same = old.text == new.text
            found.append(Compared(stage, () if same else differences(old.text, new.text), same))
    return list(reversed(found))


@dataclass(frozen=True)
class Entry:
    """An article on a statute's page, with the headings that begin before it."""

    article: StatuteArticle
    begins: tuple[tuple[int, str, str], ...]
    """level (0 is the outermost), anchor and words of each heading"""


def entries(articles: Sequence[StatuteArticle]) -> list[Entry]:
    found = []
    before: list[str] = []
    for article in articles:
        begins = []
        changed = False
        for level, words in enumerate(article.heading):
            changed = changed or level >= len(before) or before[level] != words
            if changed:
                begins.append((level, f"h{article.position}-{level}", words))
        before = article.heading
        found.append(Entry(article, tuple(begins)))
    return found


def outline(shown: Sequence[Entry]) -> list[tuple[int, str, str]]:
    """The headings of a statute in order."""
    return [heading for entry in shown for heading in entry.begins]
