"""How many cases an answer would have if something were chosen or left out: numbers beside filters, and ways on when
nothing was found. Each number comes from the same search with the same limits to what the person may read."""

from dataclasses import dataclass, replace

from review_app.precedents.library import Asked, query_of
from search_index.engine import Facet, Filter, OneOf, Page, Query, SearchEngine

MOST_VALUES = 5_000  # values of one facet that are looked through
MOST_WORDS = 6  # typed words of which each is tried to be left out
_OPERATORS = frozenset("“”\"'()（）:：*?？/") | {"与", "或", "非", "AND", "OR", "NOT"}


@dataclass(frozen=True)
class Relief:
    """Something to leave out of a question, and how many cases would be found then. ``kind``: ``word``, ``facet``,
    ``years`` or ``any`` (any of the words instead of all)."""

    kind: str
    name: str
    asked: Asked
    total: int


def counted_apart(engine: SearchEngine, asked: Asked, page: Page, readable: tuple[Filter, ...]) -> Page:
    """The page with the facets that have chosen values counted as if none of theirs were chosen: each number says how
    many cases there are when this value alone is chosen in its group."""
    query, _ = query_of(asked, readable=readable)
    apart = {name: _facet(engine, query, name) for name, values in asked.chosen.items() if values}
    return replace(page, facets=tuple(apart.get(facet.field, facet) for facet in page.facets))


def held_by_tier(engine: SearchEngine, readable: tuple[Filter, ...]) -> dict[str, int]:
    """How many cases of each tier can be found at all. From the index: the rows of a large library lie behind their
    long texts, and counting those takes seconds."""
    found = engine.search(Query(filters=readable, facets=("tier",), limit=1, snippets=0))
    return {count.value: count.hits for count in found.facets[0].counts}


def values_of(engine: SearchEngine, asked: Asked, name: str, readable: tuple[Filter, ...]) -> Facet:
    """Every value of a facet with its number, as ``counted_apart`` counts. Raises QueryProblem."""
    query, _ = query_of(asked, readable=readable)
    return _facet(engine, replace(query, facet_values=MOST_VALUES), name)


def _facet(engine: SearchEngine, query: Query, name: str) -> Facet:
    others = tuple(each for each in query.filters if not (isinstance(each, OneOf) and each.field == name))
    found = engine.search(_bare(replace(query, filters=others, facets=(name,))))
    return found.facets[0]


def total_of(engine: SearchEngine, asked: Asked, readable: tuple[Filter, ...]) -> int:
    """How many cases a question finds. Raises QueryProblem."""
    query, _ = query_of(asked, readable=readable)
    return engine.search(_bare(replace(query, facets=()))).total


def _bare(query: Query) -> Query:
    return replace(query, limit=1, snippets=0, cursor=None, lifts=())


def ways_on(engine: SearchEngine, asked: Asked, readable: tuple[Filter, ...]) -> tuple[Relief, ...]:
    """What to leave out of a question that found nothing, most cases first; only what then finds some."""
    tried = [*_without_filters(asked), *_without_words(asked)]
    counted = [Relief(kind, name, fewer, total_of(engine, fewer, readable)) for kind, name, fewer in tried]
    return tuple(sorted((each for each in counted if each.total), key=lambda each: -each.total))


def _without_filters(asked: Asked) -> list[tuple[str, str, Asked]]:
    fresh = replace(asked, cursor=None)
    ways = [
        (
            "facet",
            name,
            replace(fresh, chosen={key: kept for key, kept in asked.chosen.items() if key != name}),
        )
        for name, values in asked.chosen.items()
        if values
    ]
    if asked.year_from is not None or asked.year_to is not None:
        ways.append(("years", "", replace(fresh, year_from=None, year_to=None)))
    return ways


def _without_words(asked: Asked) -> list[tuple[str, str, Asked]]:
    """Plain words only: what is joined by signs is not taken apart."""
    typed = asked.q.split()
    if not 2 <= len(typed) <= MOST_WORDS or any(_is_joined(word) for word in typed):
        return []
    fresh = replace(asked, cursor=None)
    fewer = [
        ("word", word, replace(fresh, q=" ".join(typed[:at] + typed[at + 1 :])))
        for at, word in enumerate(typed)
    ]
    return [*fewer, ("any", "", replace(fresh, q=" 或 ".join(typed)))]


def _is_joined(word: str) -> bool:
    return word.upper() in _OPERATORS or any(
        character in _OPERATORS for character in word if not character.isalnum()
    )
