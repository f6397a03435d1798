"""Reads what a person types into a tree: words, "phrases", AND OR NOT and 与 或 非, fields (案由:盗窃), brackets.

Any string gives a tree or a `QueryProblem` with a sentence for the person, in time linear to its length.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from search_index.citations import canonical_article
from search_index.folding import squeeze
from search_index.tree import And, Between, Node, Not, Or, Phrase, Value, Words

LONGEST = 2_000  # characters of a query
MOST_TERMS = 100  # words, phrases and fields in one query
DEEPEST = 20  # brackets inside brackets


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


class _Mark(StrEnum):
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    OPEN = "("
    CLOSE = ")"


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
_RANGE = re.compile(r"^(\d{1,8})?年?(?:(?:\.\.|—|-|~|至)(\d{1,8})?年?)?$")

_Token = _Mark | Node


def parse(typed: str, names: Mapping[str, FieldName]) -> Node | None:
    """The tree of a typed query; `None` when nothing was typed. `names` are the fields a person may write.

    Raises QueryProblem with a sentence.
    """
    if len(typed) > LONGEST:
        raise QueryProblem(N_("检索式太长，最多%(most)s字。请只保留要找的词。"), most=LONGEST)
    tokens = _Reader(typed, names).tokens()
    if sum(not isinstance(token, _Mark) for token in tokens) > MOST_TERMS:
        raise QueryProblem(N_("检索词太多，最多%(most)s个。请减少检索词。"), most=MOST_TERMS)
    return _Grammar(tokens).tree() if tokens else None


class _Reader:
    """Cuts the typed characters into operators, brackets and terms."""

    def __init__(self, typed: str, names: Mapping[str, FieldName]) -> None:
        self.typed = typed
        self.names = names
        self.at = 0

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
        return self._named() or self._bare()

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

    def _named(self) -> Node | None:
        match = _NAMED.match(self.typed, self.at)
        name = self.names.get(match[1].lower()) if match else None
        if match is None or name is None:
            return None
        self.at = match.end()
        return _field_node(match[1], name, self._value(match[1]))

    def _value(self, written: str) -> str:
        value = ""
        case_number = _CASE_NUMBER.match(self.typed, self.at)
        word = case_number or _WORD.match(self.typed, self.at)
        if word:
            self.at = word.end()
            value = word[0]
        elif self.at < len(self.typed) and self.typed[self.at] in _QUOTES:
            value = self._quoted()
        if not squeeze(value):
            raise QueryProblem(
                N_("“%(name)s:”后面没有内容。请写上要找的内容，有空格或者括号时加引号。"), name=written
            )
        return value

    def _bare(self) -> _Token | None:
        match = _WORD.match(self.typed, self.at)
        if match is None:  # a closing mark of a pair that was never opened
            self.at += 1
            return None
        self.at = match.end()
        word = match[0]
        return _OPERATORS.get(word) or (Words(word) if squeeze(word) else None)


def _field_node(written: str, name: FieldName, value: str) -> Node:
    match name.kind:
        case Kind.TEXT:
            return Phrase(value, name.field)
        case Kind.FACET:
            return Value(name.field, value)
        case Kind.LAW:
            article = canonical_article(value)
            return Value(
                name.field, article, exact="第" in article and article.endswith(tuple("条0123456789"))
            )
        case Kind.NUMBER:
            return _between(written, name.field, value)


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


class _Grammar:
    """expression = all OR all …; all = one [AND] one …; one = NOT one | ( expression ) | term."""

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
        node = self._bracketed() if self._take(_Mark.OPEN) else self._term()
        return Not(node) if excluded else node

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
        if token is None or isinstance(token, _Mark):
            raise _unpaired() if token is None and self.depth else _lonely(token)
        self.at += 1
        return token


def _unpaired() -> QueryProblem:
    return QueryProblem(N_("括号没有配对。请补上或者去掉一个括号；要找括号本身时给它加上引号。"))


def _lonely(token: _Mark | None) -> QueryProblem:
    if token in (_Mark.OPEN, _Mark.CLOSE):
        return QueryProblem(N_("括号里没有检索词。请写上检索词，或者去掉括号。"))
    return QueryProblem(N_("“与、或、非（AND、OR、NOT）”的两边都要有检索词；要找这几个字本身时请加引号。"))
