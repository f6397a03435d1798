"""What an edit of a template changes, place by place, and how far it reaches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from review_app.form_templates.content import TemplateContent, as_data
from review_app.form_templates.states import ChangeClass

WORDS = frozenset({"zh", "en", "help_zh", "help_en", "law"})
ASKED = frozenset(
    {"required", "required_if", "shown_if", "may_not_apply", "lowest", "highest", "kind", "choices"}
)
ORDER = tuple(ChangeClass)


@dataclass(frozen=True)
class Change:
    """One place that differs. ``before`` None: it is new; ``after`` None: it is gone."""

    place: str
    before: Any
    after: Any
    reach: ChangeClass


def changes(before: TemplateContent, after: TemplateContent) -> list[Change]:
    """Every place that differs, in the order of the form."""
    return list(differing("", as_data(before), as_data(after)))


def differing(place: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and not is_condition(place):
        for key in sorted({*before, *after}):
            yield from differing(f"{place}.{key}" if place else key, before.get(key), after.get(key))
        return
    yield Change(place, before, after, reach_of(place, before, after))


def is_condition(place: str) -> bool:
    return place.endswith((".shown_if", ".required_if"))


def reach_of(place: str, before: Any, after: Any) -> ChangeClass:
    """The class of one difference by its place."""
    part, _dot, rest = place.partition(".")
    last = place.rpartition(".")[2]
    if last in WORDS:
        return ChangeClass.WORDING
    if part == "fields":
        return reach_of_field(rest, before, after, last)
    if part in ("quotes_min", "dimension_text_min") or last == "may_not_apply":
        return ChangeClass.REQUIREMENT
    if part == "items" and "." not in rest and before is None:
        return ChangeClass.ADDITION
    return ChangeClass.RESCORE


def reach_of_field(rest: str, before: Any, after: Any, last: str) -> ChangeClass:
    """A new field adds, unless it must be filled; a changed or withdrawn one changes what is asked."""
    if "." in rest:
        return ChangeClass.REQUIREMENT if last in ASKED else ChangeClass.WORDING
    added = before is None and not after["required"] and after["required_if"] is None
    return ChangeClass.ADDITION if added else ChangeClass.REQUIREMENT


def change_class(found: list[Change]) -> ChangeClass:
    """The farthest reach of all changes; without any: wording."""
    return max((one.reach for one in found), key=ORDER.index, default=ChangeClass.WORDING)
