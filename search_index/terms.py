"""The single terms of a query: what a word, a field with its value or a pasted paragraph becomes in the tree."""

import re
from dataclasses import dataclass
from enum import StrEnum

from search_index.citations import Article, read_articles
from search_index.folding import fold, is_wordly, squeeze
from search_index.laws import known_laws, law_name
from search_index.tree import And, Between, Node, Or, Phrase, Value, Wild, Words

LONGEST_WORD = 100  # characters of a word typed without quotation marks
MOST_WILDCARDS = 5  # in one word
REACH = 20  # characters for which a * may stand
_PROSE = 30  # characters from which a piece with sentence marks is a paragraph and not a query
_UNBROKEN = 40  # characters without a blank from which it is one even without them


def N_(sentence: str) -> str:  # noqa: N802 - the usual name of a marker for sentences to be translated
    """Mark a sentence that is translated where it is shown."""
    return sentence


class QueryProblem(Exception):
    """The query cannot be read. `sentence` says what to change, with places for `facts` as %(name)s."""

    def __init__(self, sentence: str, **facts: str | int) -> None:
        super().__init__(sentence % facts)
        self.sentence = sentence
        self.facts = facts


class Kind(StrEnum):
    """What stands behind a field name."""

    TEXT = "text"
    FACET = "facet"
    LAW = "law"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class FieldName:
    """A name that may stand before a colon, and the field of the index it asks."""

    field: str
    kind: Kind


_NUMERAL = r"[0-9０-９零〇一二三四五六七八九十百千]{1,12}"
_CITED = re.compile(
    r"(?:(?P<title>《[^《》]{2,80}(?:《[^《》]{2,60}》[^《》]{0,60})?》)|(?P<plain>[\u4e00-\u9fff、（）()〈〉]{2,60}?))?\s?"
    r"(?:[（(](?:19|20)\d{2}[^()（）\s]{0,6}[)）])?\s?"
    rf"(?:第\s?{_NUMERAL}\s?[条條]|(?<=[法典例释定则》）)訴釋則]){_NUMERAL}[条條])(?:之{_NUMERAL})?"
    rf"(?:\s?第?[(（]?{_NUMERAL}[)）]?[款项項目])*"
)
_CASE_NUMBER_UNMARKED = re.compile(
    r"^((?:19|20)\d{2})([\u4e00-\u9fff]{1,3}\d{0,4}[\u4e00-\u9fff]{1,8}\d{1,6}号)$"
)
_RANGE = re.compile(r"^(\d{1,8})?年?(?:(?:\.\.|—|-|~|至)(\d{1,8})?年?)?$")
_WILDCARDS = re.compile(r"[*?]+")
_SENTENCE_MARKS = re.compile("[。,;!?]")


def cited_at(typed: str, at: int) -> str:
    """The citation of an article that begins here and goes on over blanks or brackets: 《刑法》（2020修正） 第133条."""
    match = _CITED.match(typed, at)
    if match is None or not read_articles(match[0]):
        return ""
    return match[0] if match["title"] or not match["plain"] or _is_known(match[0]) else ""


def _is_known(typed: str) -> bool:
    return read_articles(typed)[0][0].law in known_laws()


def is_prose(typed: str) -> bool:
    """Whether somebody pasted a paragraph: similar cases are wanted, not every one of its words."""
    folded = fold(typed).strip()
    pieces = folded.split()
    if len(folded) < _PROSE or (folded[0] == '"' and folded[-1] == '"') or read_articles(typed):
        return False
    if sum(map(is_wordly, folded)) < 0.6 * len(folded):
        return False
    has_marks = _SENTENCE_MARKS.search(folded[:-1]) is not None
    return len(folded) >= 12 * len(pieces) and (has_marks or max(map(len, pieces)) >= _UNBROKEN)


def word_node(word: str, field: str = "") -> Node | None:
    """A word typed without quotation marks; None for one without any character to search for."""
    if len(word) > LONGEST_WORD:
        raise QueryProblem(
            N_(
                "“%(word)s…”太长，一个检索词最多%(most)s字。查找原句请加引号；按一段文字查找类似案例，请只粘贴这段文字。"
            ),
            word=word[:10],
            most=LONGEST_WORD,
        )
    number = _CASE_NUMBER_UNMARKED.match(squeeze(word))
    if number:
        return Phrase(f"({number[1]}){number[2]}", field)
    plain = word.replace("＊", "*")
    if "*" in plain or "?" in plain:
        return _wild(plain, field)
    return (Phrase(word, field) if field else Words(word)) if squeeze(word) else None


def _wild(typed: str, field: str) -> Node:
    """* and ? at the ends say nothing, since a word is found inside longer ones too."""
    inner = squeeze(typed).strip("*?")
    marks = _WILDCARDS.findall(inner)
    if not inner or len(marks) > MOST_WILDCARDS:
        raise QueryProblem(
            N_("“%(word)s”：通配符*和?的前后都要有字，一个词里最多%(most)s处。要找符号本身时请加引号。"),
            word=typed[:20],
            most=MOST_WILDCARDS,
        )
    if not marks:
        return Phrase(inner, field) if field else Words(inner)
    gaps = ((mark.count("?"), mark.count("?") + (REACH if "*" in mark else 0)) for mark in marks)
    return Wild(tuple(_WILDCARDS.split(inner)), tuple(gaps), field)


def field_node(written: str, name: FieldName, value: str, *, quoted: bool) -> Node:
    """A field with its value."""
    match name.kind:
        case Kind.TEXT:
            return (
                Phrase(value, name.field)
                if quoted
                else word_node(value, name.field) or Phrase(value, name.field)
            )
        case Kind.FACET:
            return Value(name.field, value)
        case Kind.LAW:
            return law_node(name.field, value)
        case Kind.NUMBER:
            return _between(written, name.field, value)


def law_node(field: str, value: str) -> Node:
    """Documents that cite these articles (of a range: any), or, without an article, the law."""
    cited = read_articles(value)
    if not cited:
        law = law_name(value)
        of_law = Or((Value(field, f"{law}第"), Value(field, law, exact=True)))
        return of_law if law in known_laws() else Value(field, law)
    groups = tuple(_any_article(field, articles) for articles in cited)
    return groups[0] if len(groups) == 1 else And(groups)


def _any_article(field: str, articles: tuple[Article, ...]) -> Node:
    values = tuple(Value(field, article.name, exact=bool(article.law)) for article in articles)
    return values[0] if len(values) == 1 else Or(values)


def _between(written: str, field: str, value: str) -> Between:
    match = _RANGE.match(value.strip())
    if match is None or not (match[1] or match[2]):
        raise QueryProblem(
            N_("“%(name)s:%(value)s”不是数字或者起止范围。请写成 %(name)s:2020 或者 %(name)s:2019..2023。"),
            name=written,
            value=value[:20],
        )
    low, high = (int(bound) if bound else None for bound in match.groups())
    is_single = low is not None and value.strip().rstrip("年").isdigit()
    return Between(field, low, low if is_single else high)
