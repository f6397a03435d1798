"""Reads what a person types into a tree: words, "phrases", AND OR NOT and 与 或 非, fields (案由:盗窃), brackets, words near
each other (逃逸 /s 报警), wildcards (非法*存款).

Any string gives a tree or a `QueryProblem` with a sentence for the person, in time linear to its length. The language is
described for people on the help page and in docs/query-language.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from search_index.folding import fold, squeeze
from search_index.terms import (
    N_,
    FieldName,
    Kind,
    QueryProblem,
    cited_at,
    field_node,
    is_prose,
    word_node,
)
from search_index.tree import And, Cited, Like, Near, Node, Not, Or, Phrase, Unit, Wild, Words

__all__ = ["FieldName", "Kind", "QueryProblem", "parse"]

LONGEST = 5_000  # characters of a query
MOST_TERMS = 100  # words, phrases and fields in one query
MOST_UNQUOTED = 1_500  # characters of all words together that stand without quotation marks
DEEPEST = 20  # brackets inside brackets
MOST_PROVED = 12  # words joined by /s, /p, /n and pieces between wildcards in one query
MOST_SINGLE = 2  # single characters among the words joined by /s, /p, /n
FURTHEST = 200  # characters between two words joined by /n


class _Mark(StrEnum):
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    OPEN = "("
    CLOSE = ")"


@dataclass(frozen=True, slots=True)
class _Nearness:
    """A typed /s, /p or /n."""

    unit: Unit
    distance: int = 0


_OPERATORS = {
    "AND": _Mark.AND,
    "与": _Mark.AND,
    "且": _Mark.AND,
    "并且": _Mark.AND,
    "OR": _Mark.OR,
    "或": _Mark.OR,
    "或者": _Mark.OR,
    "NOT": _Mark.NOT,
    "非": _Mark.NOT,
}
_QUOTES = {'"': '"', "“": "”", "”": "“", "＂": "＂", "「": "」", "『": "』"}
_CASE_NUMBER = re.compile(r"[(（〔\[【](?:19|20)\d{2}[)）〕\]】][^\s\"“”()（）]{1,40}号")
_WORD = re.compile(r"[^\s\"“”＂「『()（）]+")
_NAMED = re.compile(r"([^\s\"“”＂「『()（）:：]{1,12})[:：]\s*")
_NEAR = re.compile(r"/(?:(s|句)|(p|段)|(\d{1,6}))$")
_SURROGATE = re.compile("[\ud800-\udfff]")

_Token = _Mark | _Nearness | Node


def parse(typed: str, names: Mapping[str, FieldName]) -> Node | None:
    """The tree of a typed query; `None` when nothing was typed. `names` are the fields a person may write.

    A pasted paragraph becomes `Like`: cases about the same. Raises QueryProblem with a sentence.
    """
    if len(typed) > LONGEST:
        raise QueryProblem(N_("检索式太长，最多%(most)s字。请只保留要找的词。"), most=LONGEST)
    cleaned = _SURROGATE.sub("\ufffd", typed)
    reader = _Reader(cleaned, names)
    if is_prose(cleaned) and not reader.has_operators():
        return Like(cleaned)
    tokens = reader.tokens()
    _check_size(tokens)
    if not tokens:
        return None
    tree = _Grammar(tokens).tree()
    _check_proofs(list(_proved_words(tree)))
    return tree


def _check_size(tokens: list[_Token]) -> None:
    terms = [token for token in tokens if not isinstance(token, _Mark | _Nearness)]
    if len(terms) > MOST_TERMS:
        raise QueryProblem(N_("检索词太多，最多%(most)s个。请减少检索词。"), most=MOST_TERMS)
    if sum(len(term.text) for term in terms if isinstance(term, Words)) > MOST_UNQUOTED:
        raise QueryProblem(
            N_(
                "不加引号的检索词一共最多%(most)s字。请减少检索词；要按一段文字查找类似案例，请只粘贴这段文字。"
            ),
            most=MOST_UNQUOTED,
        )


def _check_proofs(words: list[str]) -> None:
    """What is proved text by text has to stay affordable, whatever is typed."""
    if len(words) > MOST_PROVED:
        raise QueryProblem(
            N_("/s、/p、/n 和通配符在一个检索式里最多用于%(most)s个词。请减少检索词。"), most=MOST_PROVED
        )
    if sum(len(word) == 1 for word in words) > MOST_SINGLE:
        raise QueryProblem(
            N_("/s、/p、/n 连接的词里，单个字最多%(most)s个。请写成两个字以上的词。"), most=MOST_SINGLE
        )


def _proved_words(node: Node, *, near: bool = False) -> Iterator[str]:
    match node:
        case Near(branches=branches):
            for branch in branches:
                yield from _proved_words(branch, near=True)
        case And(branches=branches) | Or(branches=branches):
            for branch in branches:
                yield from _proved_words(branch, near=near)
        case Not(branch=branch):
            yield from _proved_words(branch, near=near)
        case Wild(pieces=pieces):
            yield from (f"{piece}*" for piece in pieces)
        case Words(text=text) | Phrase(text=text) if near:
            yield squeeze(text)


class _Reader:
    """Cuts the typed characters into operators, brackets and terms."""

    def __init__(self, typed: str, names: Mapping[str, FieldName]) -> None:
        self.typed = typed
        self.names = names
        self.at = 0

    def has_operators(self) -> bool:
        """Whether a piece is an operator or begins with the name of a field."""
        return any(
            piece in _OPERATORS or _NEAR.match(fold(piece)) or self._field_at(piece, 0) is not None
            for piece in self.typed.split()
        )

    def tokens(self) -> list[_Token]:
        found: list[_Token] = []
        while self._skip_space():
            token = self._next()
            if token is not None:
                found.append(token)
        return found

    def _skip_space(self) -> bool:
        while self.at < len(self.typed) and self.typed[self.at].isspace():
            self.at += 1
        return self.at < len(self.typed)

    def _next(self) -> _Token | None:
        case_number = _CASE_NUMBER.match(self.typed, self.at)
        if case_number:
            self.at = case_number.end()
            return Phrase(case_number[0])
        character = self.typed[self.at]
        if character in "(（":
            return self._step(_Mark.OPEN)
        if character in ")）":
            return self._step(_Mark.CLOSE)
        if character in _QUOTES:
            phrase = self._quoted()
            return Phrase(phrase) if squeeze(phrase) else None
        return self._named() or self._cited() or self._bare()

    def _step(self, mark: _Mark) -> _Mark:
        self.at += 1
        return mark

    def _quoted(self) -> str:
        opening = self.typed[self.at]
        endings = {_QUOTES[opening], opening} if opening in '"“”＂' else {_QUOTES[opening]}
        for end in range(self.at + 1, len(self.typed)):
            if self.typed[end] in endings:
                phrase = self.typed[self.at + 1 : end]
                self.at = end + 1
                return phrase
        raise QueryProblem(
            N_("引号没有配对：“%(rest)s”。请补上后引号，或者去掉引号。"),
            rest=self.typed[self.at + 1 : self.at + 21],
        )

    def _field_at(self, text: str, at: int) -> tuple[re.Match[str], FieldName] | None:
        match = _NAMED.match(text, at)
        name = self.names.get(fold(match[1])) if match else None
        return (match, name) if match and name else None

    def _named(self) -> Node | None:
        found = self._field_at(self.typed, self.at)
        if found is None:
            return None
        match, name = found
        self.at = match.end()
        is_quoted = self.at < len(self.typed) and self.typed[self.at] in _QUOTES
        return field_node(match[1], name, self._value(match[1], name), quoted=is_quoted)

    def _value(self, written: str, name: FieldName) -> str:
        value = ""
        case_number = _CASE_NUMBER.match(self.typed, self.at)
        word = case_number or _WORD.match(self.typed, self.at)
        cited = cited_at(self.typed, self.at) if name.kind is Kind.LAW else ""
        if len(cited) > (len(word[0]) if word else 0):
            self.at += len(cited)
            value = cited
        elif word:
            self.at = word.end()
            value = word[0]
        elif self.at < len(self.typed) and self.typed[self.at] in _QUOTES:
            value = self._quoted()
        if not squeeze(value):
            raise QueryProblem(
                N_("“%(name)s:”后面没有内容。请写上要找的内容，有空格或者括号时加引号。"), name=written
            )
        return value

    def _cited(self) -> Node | None:
        """An article over blanks and brackets is one word: 《刑法》（2020修正） 第133条."""
        word = _WORD.match(self.typed, self.at)
        cited = cited_at(self.typed, self.at)
        if word is None or len(cited) <= len(word[0]):
            return None
        self.at += len(cited)
        return Words(cited)

    def _bare(self) -> _Token | None:
        match = _WORD.match(self.typed, self.at)
        if match is None:  # a closing mark of a pair that was never opened
            self.at += 1
            return None
        self.at = match.end()
        return _OPERATORS.get(match[0]) or _nearness(match[0]) or word_node(match[0])


def _nearness(word: str) -> _Nearness | None:
    match = _NEAR.match(fold(word))
    if match is None:
        return None
    if match[3] is None:
        return _Nearness(Unit.SENTENCE if match[1] else Unit.PARAGRAPH)
    if int(match[3]) > FURTHEST:
        raise QueryProblem(
            N_("“%(word)s”：两个词相隔最多%(most)s字。更远的请用 /p（同一段）。"), word=word, most=FURTHEST
        )
    return _Nearness(Unit.CHARACTERS, int(match[3]))


class _Grammar:
    """expression = all OR all …; all = one [AND] one …; one = NOT one | near; near = part /s part …; part = ( expression ) |
    term."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def tree(self) -> Node:
        tree = self._expression()
        if self._peek() is not None:
            raise _unpaired()
        return tree

    def _peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, mark: _Mark) -> bool:
        if self._peek() != mark:
            return False
        self.at += 1
        return True

    def _expression(self) -> Node:
        branches = [self._all()]
        while self._take(_Mark.OR):
            branches.append(self._all())
        return branches[0] if len(branches) == 1 else Or(tuple(branches))

    def _all(self) -> Node:
        branches = [self._one()]
        while self._take(_Mark.AND) or self._peek() not in (None, _Mark.OR, _Mark.CLOSE):
            branches.append(self._one())
        return branches[0] if len(branches) == 1 else And(tuple(branches))

    def _one(self) -> Node:
        excluded = False
        while self._take(_Mark.NOT):
            excluded = not excluded
        node = self._near()
        return Not(node) if excluded else node

    def _near(self) -> Node:
        parts, between = [self._part()], []
        while isinstance(nearness := self._peek(), _Nearness):
            self.at += 1
            between.append(nearness)
            parts.append(self._part())
        return _joined(parts, between) if between else parts[0]

    def _part(self) -> Node:
        return self._bracketed() if self._take(_Mark.OPEN) else self._term()

    def _bracketed(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryProblem(N_("括号套得太深，最多%(most)s层。请拆成几次检索。"), most=DEEPEST)
        node = self._expression()
        if not self._take(_Mark.CLOSE):
            raise _unpaired()
        self.depth -= 1
        return node

    def _term(self) -> Node:
        token = self._peek()
        if isinstance(token, _Nearness) or (
            self.at and isinstance(self.tokens[self.at - 1], _Nearness) and token is None
        ):
            raise QueryProblem(N_("“/s、/p、/n”的两边都要有检索词；要找这几个符号本身时请加引号。"))
        if token is None or isinstance(token, _Mark):
            raise _unpaired() if token is None and self.depth else _lonely(token)
        self.at += 1
        return token


def _joined(parts: list[Node], between: list[_Nearness]) -> Node:
    """One Near for a chain of /s or of /p; pairs inside pairs, from the left, for a chain of /n."""
    if len({nearness.unit for nearness in between}) > 1:
        raise QueryProblem(N_("/s、/p、/n 混用时请用括号说明先后，例如：（逃逸 /s 报警） /p 自首。"))
    unit = between[0].unit
    if unit is not Unit.CHARACTERS:
        return Near(tuple(each for part in parts for each in _near_parts(part, unit)), unit)
    tree = parts[0]
    for part, nearness in zip(parts[1:], between, strict=True):
        (one,), (other,) = _near_parts(tree, unit), _near_parts(part, unit)
        tree = Near((one, other), unit, nearness.distance)
    return tree


def _near_parts(part: Node, unit: Unit) -> tuple[Node, ...]:
    """What stands between /s, /p or /n; words in brackets without OR must each be there, in one sentence or paragraph."""
    match part:
        case And(branches=branches) if unit is not Unit.CHARACTERS:
            return tuple(each for branch in branches for each in _near_parts(branch, unit))
        case Near():
            return (part,)
        case Or(branches=branches) if all(len(_near_parts(branch, unit)) == 1 for branch in branches):
            return (part,)
        case Words() | Phrase(field="") | Wild(field="") | Cited(field=""):
            return (part,)
    raise QueryProblem(
        N_(
            "/s、/p、/n 的两边可以是词、引号里的短语、带通配符的词，或者括号里用“或”连接的几个词；不能是字段和“非”。"
        )
    )


def _unpaired() -> QueryProblem:
    return QueryProblem(N_("括号没有配对。请补上或者去掉一个括号；要找括号本身时给它加上引号。"))


def _lonely(token: _Mark | None) -> QueryProblem:
    if token in (_Mark.OPEN, _Mark.CLOSE):
        return QueryProblem(N_("括号里没有检索词。请写上检索词，或者去掉括号。"))
    return QueryProblem(N_("“与、或、非（AND、OR、NOT）”的两边都要有检索词；要找这几个字本身时请加引号。"))
