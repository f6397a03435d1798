"""Editing a template as it is typed: which places there are, how what was typed is kept, and adding parts. What cannot
be read stays as typed and is named by ``service.problems_of``."""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from review_app.errors import N_, ReviewError
from review_app.form_templates.content import MOST_FIELDS
from review_app.form_templates.states import FieldKind

Values = Sequence[str]
LONGEST = 1000


def text(values: Values) -> str:
    return (values[-1] if values else "").replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]


def number(values: Values) -> Any:
    """A number where it is one, else the letters."""
    typed = text(values)
    try:
        found = Decimal(typed)
    except InvalidOperation:
        return typed
    return found if found.is_finite() else typed


def number_or_none(values: Values) -> Any:
    return number(values) if text(values) else None


def tick(values: Values) -> bool:
    return any(values)


def several(values: Values) -> list[str]:
    return sorted({one for one in values if one})


def lines(values: Values) -> list[str]:
    return [one.strip() for one in text(values).split("\n") if one.strip()]


def choices(values: Values) -> list[dict[str, str]]:
    """One choice a line: value, Chinese and English words with a bar between."""
    return [choice(one) for one in lines(values)]


def choice(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    value, zh, en = (*parts, "", "")[:3]
    return {"value": value, "zh": zh, "en": en}


def condition(values: Values) -> dict[str, str] | None:
    """``F1=YES``: holds when that choice of that field is chosen."""
    typed = text(values)
    name, _equals, value = typed.partition("=")
    return {"field": name.strip(), "equals": value.strip()} if typed else None


Reading = Callable[[Values], Any]
WORDS: dict[str, Reading] = {"zh": text, "en": text, "help_zh": text, "help_en": text}
PLACES: dict[str, dict[str, Reading]] = {
    r"": {"zh": text, "en": text, "dimension_text_min": number},
    r"dimensions\.D[1-8]": WORDS | {"maximum": number, "may_not_apply": tick},
    r"severity_points\.S[0-4]": {"0": number, "1": number, "2": number},
    r"quotes_min": {f"S{level}": number for level in range(5)},
    r"items\.D[1-8]-\d\d": WORDS
    | {"severity": text, "may_rise_to": several, "veto": several, "law": lines, "offered": tick},
    r"fields\.F\d{1,2}": WORDS
    | {
        "kind": text, "required": tick, "may_not_apply": tick, "choices": choices, "lowest": number_or_none,
        "highest": number_or_none, "shown_if": condition, "required_if": condition,
    },
}  # fmt: skip


def reading_for(name: str) -> Reading | None:
    """How the place ``name`` (``dimensions.D1.maximum``) is read; None when there is no such place."""
    place, _dot, last = name.rpartition(".")
    for pattern, known in PLACES.items():
        if re.fullmatch(pattern, place, re.ASCII):
            return known.get(last)
    return None


def with_typed(data: Mapping[str, Any], typed: Mapping[str, Values]) -> dict[str, Any]:
    """``data`` with everything that was typed put in its place; places the draft has not are left out."""
    result: dict[str, Any] = copy.deepcopy(dict(data))
    for name, values in typed.items():
        reading = reading_for(name)
        holder = holder_of(result, name)
        if reading is not None and holder is not None:
            last = name.rpartition(".")[2]
            holder[int(last) if isinstance(holder, list) else last] = reading(values)
    return result


def holder_of(data: dict[str, Any], name: str) -> Any:
    """The group or list that holds the place ``name``; None when the draft has it not."""
    found: Any = data
    for key in name.split(".")[:-1]:
        found = found.get(key) if isinstance(found, dict) else None
        if found is None:
            return None
    return found


def value_at(data: Mapping[str, Any], name: str) -> Any:
    holder = holder_of(dict(data), name)
    last = name.rpartition(".")[2]
    if isinstance(holder, list):
        return holder[int(last)]
    return holder.get(last) if holder is not None else None


def with_item(data: Mapping[str, Any], dimension: str) -> tuple[dict[str, Any], str]:
    """One more deduction of a dimension, under its next number; it must still be named."""
    result: dict[str, Any] = copy.deepcopy(dict(data))
    taken = [int(code[3:]) for code in result["items"] if code.startswith(f"{dimension}-")]
    code = f"{dimension}-{max(taken, default=0) + 1:02}"
    if reading_for(f"items.{code}.zh") is None:
        raise ReviewError(N_("这个维度不能再增加扣分项。"))
    result["items"][code] = {
        "zh": "", "en": "", "severity": "S2", "may_rise_to": [], "veto": [], "law": [], "help_zh": "",
        "help_en": "", "offered": True,
    }  # fmt: skip
    return result, code


def with_field(data: Mapping[str, Any], kind: str) -> tuple[dict[str, Any], str]:
    """One more extra field, under the next number."""
    result: dict[str, Any] = copy.deepcopy(dict(data))
    taken = [int(code[1:]) for code in result["fields"]]
    if len(taken) >= MOST_FIELDS or kind not in set(FieldKind):
        raise ReviewError(N_("不能再增加附加栏目。"))
    code = f"F{max(taken, default=0) + 1}"
    result["fields"][code] = {
        "kind": kind, "zh": "", "en": "", "help_zh": "", "help_en": "", "required": False,
        "may_not_apply": False, "choices": [], "lowest": None, "highest": None, "shown_if": None,
        "required_if": None,
    }  # fmt: skip
    return result, code


def without(data: Mapping[str, Any], place: str, base: Mapping[str, Any]) -> dict[str, Any]:
    """Without an extra field, or without an item that the version before does not have either; an item it has is only
    not offered any more, because forms may name it."""
    result: dict[str, Any] = copy.deepcopy(dict(data))
    group, _dot, code = place.partition(".")
    if group == "items" and code in base["items"] and code in result["items"]:
        result["items"][code]["offered"] = False
    elif group in ("items", "fields"):
        result[group].pop(code, None)
    return result
