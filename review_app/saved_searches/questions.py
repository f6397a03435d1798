"""A question as it is stored: everything that was asked, as plain JSON, and back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

from review_app.precedents.library import Asked, typed_tree
from review_app.sealing import current_seal
from search_index import folding

PASSING = ("cursor", "like")
"""of the moment: the page of the result, and the review's own words, which are read anew each time"""
NOT_ASKED = ("sort",)
"""how the answer is shown, not what is asked"""


@dataclass(frozen=True)
class Kept:
    """What is kept of a question: what was asked, and whether cases like the review are wanted, or like a case of the
    library."""

    asked: Asked
    similar: bool = False
    like_case: int | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing was asked: every case would be found."""
        years = (self.asked.year_from, self.asked.year_to)
        like = self.similar or self.like_case is not None
        return not (like or self.asked.q.strip() or any(self.asked.chosen.values()) or any(years))


def kept(asked: Asked, *, similar: bool = False, like_case: int | None = None) -> Kept:
    """A question without what belongs to the moment."""
    chosen = {name: tuple(values) for name, values in asked.chosen.items() if values}
    plain = replace(asked, q=asked.q.strip(), chosen=chosen, cursor=None, like="")
    return Kept(plain, similar, like_case)


def to_json(question: Kept) -> str:
    """The question as canonical JSON. Fields that stand at their default are left out."""
    asked = {
        each.name: plain(value)
        for each in fields(Asked)
        if each.name not in PASSING and (value := getattr(question.asked, each.name)) != default_of(each)
    }
    return canonical({"asked": asked, "similar": question.similar, "like_case": question.like_case})


def from_json(stored: str) -> Kept:
    """The stored question. Raises ValueError for one that this program does not understand."""
    values = json.loads(stored)
    known = {each.name: default_of(each) for each in fields(Asked)}
    if unknown := sorted(set(values["asked"]) - set(known)):
        raise ValueError(f"a saved question has parts that nobody knows: {', '.join(unknown)}")
    asked = {name: like(known[name], value) for name, value in values["asked"].items()}
    return Kept(Asked(**asked), values.get("similar", False), values.get("like_case"))


def fingerprint(question: Kept, review_id: int | None) -> str:
    """The same for the same question, in whatever order the answer is shown; keyed, so that it tells nothing."""
    values = json.loads(to_json(question))
    asked = {name: value for name, value in values["asked"].items() if name not in NOT_ASKED}
    return current_seal().fingerprint(canonical({**values, "asked": asked, "for": review_id}))


def reading_of(question: Kept) -> str:
    """Hash of the tree the words are read as, and of how characters are folded. Raises QueryProblem."""
    tree = typed_tree(question.asked.q, question.asked.without)
    return hashlib.sha256(f"{folding.VERSION} {tree!r}".encode()).hexdigest()


def canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def default_of(each: Any) -> Any:
    return each.default if each.default_factory is MISSING else each.default_factory()


def plain(value: Any) -> Any:
    """Sets in order, tuples as lists, mappings of tuples as mappings of lists."""
    if isinstance(value, Mapping):
        return {name: list(each) for name, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def like(default: Any, value: Any) -> Any:
    """A plain value in the type its field has."""
    if isinstance(default, Mapping):
        return {name: tuple(each) for name, each in value.items()}
    return type(default)(value) if isinstance(default, (frozenset, tuple)) else value
