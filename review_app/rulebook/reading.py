"""Strict reading of plain data (YAML, JSON) into frozen dataclasses: every unknown, missing or wrongly typed
key is named by its path, and nothing is guessed."""

import json
import re
import types
from collections.abc import Hashable, Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import yaml

from review_app.errors import N_, ReviewError


@dataclass(frozen=True)
class Problem:
    """One thing wrong with given data. ``path`` names the place (``deductions[0].points``), ``sentence`` is a
    Chinese message id with ``%(name)s`` slots which ``facts`` fill; ``str()`` gives the filled sentence."""

    code: str
    path: str
    sentence: str
    facts: Mapping[str, object]

    def __str__(self) -> str:
        return self.sentence % self.facts if self.facts else self.sentence

    def as_json(self) -> dict[str, str]:
        return {"path": self.path, "code": self.code, "sentence": str(self)}


def problem(code: str, path: str, sentence: str, /, **facts: object) -> Problem:
    return Problem(code, path, sentence, MappingProxyType(facts))


class InvalidData(ReviewError):
    """Data that cannot be read. ``problems`` lists everything that is wrong, never empty."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(N_("%(path)s：%(problem)s"), path=first.path or "$", problem=str(first))
        self.problems = problems


class Reader:
    """Collects problems while walking through the data; one per call of :func:`read`."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def say(self, code: str, path: str, sentence: str, **facts: object) -> None:
        self.problems.append(problem(code, path, sentence, **facts))

    def value(self, kind: Any, value: object, path: str) -> Any:
        if is_dataclass(kind):
            return self.record(cast("type[Any]", kind), value, path)
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self.optional(kind, value, path)
        if origin is tuple:
            return self.several(kind, value, path)
        if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
            return self.mapping(kind, value, path)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self.choice(kind, value, path)
        return self.plain(kind, value, path)

    def record(self, kind: type[Any], value: object, path: str) -> Any:
        if not isinstance(value, Mapping):
            self.say("type", path, N_("此处应当是一组键和值。"))
            return None
        hints = get_type_hints(kind)
        wanted = {field.name: field for field in fields(kind)}
        for key in value:
            if key not in wanted:
                self.say("unknown_key", join(path, str(key)), N_("不认识的项目“%(key)s”。"), key=shorten(key))
        known: dict[str, object] = {}
        for name, field in wanted.items():
            if name in value:
                known[name] = self.value(hints[name], value[name], join(path, name))
            elif field.default is MISSING and field.default_factory is MISSING:
                self.say("missing_key", join(path, name), N_("缺少项目“%(key)s”。"), key=name)
        return kind(**known) if not self.problems else None

    def optional(self, kind: Any, value: object, path: str) -> Any:
        if value is None:
            return None
        (inner,) = (part for part in get_args(kind) if part is not type(None))
        return self.value(inner, value, path)

    def several(self, kind: Any, value: object, path: str) -> Any:
        inner, *more = get_args(kind)
        if not isinstance(value, list):
            self.say("type", path, N_("此处应当是一个列表。"))
            return ()
        if more != [...] and len(value) != len(more) + 1:
            self.say("length", path, N_("此处应当有%(count)s个值。"), count=len(more) + 1)
        return tuple(self.value(inner, one, f"{path}[{place}]") for place, one in enumerate(value))

    def mapping(self, kind: Any, value: object, path: str) -> Any:
        key_kind, inner = get_args(kind)
        if not isinstance(value, Mapping):
            self.say("type", path, N_("此处应当是一组键和值。"))
            return MappingProxyType({})
        result = {}
        for key, one in value.items():
            place = join(path, str(key))
            number = int(key) if key_kind is int and isinstance(key, str) and KEY_NUMBER(key) else key
            result[self.value(key_kind, number, place)] = self.value(inner, one, place)
        return MappingProxyType(result)

    def choice(self, kind: type[StrEnum], value: object, path: str) -> Any:
        if isinstance(value, str) and value in [member.value for member in kind]:
            return kind(value)
        allowed = "、".join(kind)
        self.say(
            "choice",
            path,
            N_("“%(value)s”不在允许的值之中：%(allowed)s。"),
            value=shorten(value),
            allowed=allowed,
        )
        return None

    def plain(self, kind: Any, value: object, path: str) -> Any:
        if kind is Decimal:
            return self.number(value, path)
        if kind is date:
            return self.day(value, path)
        if (
            kind is int
            and isinstance(value, Decimal)
            and value == value.to_integral_value()
            and value < 10**15
        ):
            return int(value)
        if isinstance(value, bool) and kind is not bool:
            value = None
        if isinstance(value, kind):
            return value
        self.say("type", path, N_("此处应当是%(kind)s。"), kind=KIND_NAMES[kind])
        return None

    def day(self, value: object, path: str) -> date | None:
        """A calendar day: as YAML reads it, or written 2024-02-05."""
        if isinstance(value, str) and DAY(value):
            with suppress(ValueError):
                return date.fromisoformat(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.say("type", path, N_("此处应当是%(kind)s。"), kind=KIND_NAMES[date])
        return None

    def number(self, value: object, path: str) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            self.say("type", path, N_("此处应当是%(kind)s。"), kind=KIND_NAMES[Decimal])
            return Decimal(0)
        number = value if isinstance(value, Decimal) else Decimal(str(value))
        if not number.is_finite() or number.copy_abs() >= 10**15:
            self.say("type", path, N_("此处应当是%(kind)s。"), kind=KIND_NAMES[Decimal])
            return Decimal(0)
        return number


# JSON has text keys only; panel sizes are numbers
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII).fullmatch
KEY_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII).fullmatch
KIND_NAMES = {
    str: "文字",
    int: "整数",
    bool: "true或者false",
    Decimal: "数字",
    date: "日期（例如2024-02-05）",
}


T = TypeVar("T")


def read(kind: type[T], data: object) -> T:
    """``data`` as an instance of the dataclass ``kind``. Raises :class:`InvalidData` with every problem."""
    reader = Reader()
    result = reader.value(kind, data, "")
    if reader.problems:
        raise InvalidData(reader.problems)
    return cast("T", result)


def parse_json(text: str | bytes) -> object:
    """Strict JSON: numbers stay exact, a key written twice or NaN is refused. Raises :class:`InvalidData`."""
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=refuse_constant, object_pairs_hook=without_doubles
        )
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise InvalidData(
            [problem("json", "", N_("输入不是可读的JSON：%(error)s"), error=shorten(error))]
        ) from error


def refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")


def without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key is written twice in one object")
    return result


def to_json(value: object) -> str:
    """Readable JSON of results: decimals as numbers, dataclasses are turned by the caller."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=plain_number)
    # half a surrogate pair from the input comes back as the escape it was
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def plain_number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no JSON form")
    rounded = round(value, 12)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


class StrictYaml(yaml.SafeLoader):
    """Refuses a key written twice in one mapping; the usual loader would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [str(self.construct_object(key, deep=True)) for key, _value in node.value]
        if len(set(keys)) != len(keys):
            raise yaml.constructor.ConstructorError(None, None, "a key is written twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def parse_yaml(text: str) -> object:
    """Strict YAML. Raises :class:`InvalidData`."""
    try:
        return yaml.load(text, Loader=StrictYaml)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as error:
        raise InvalidData(
            [problem("yaml", "", N_("文件不是可读的YAML：%(error)s"), error=shorten(str(error)))]
        ) from error


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with the values of ``changes`` put over it, group by group."""
    result = dict(base)
    for key, new in changes.items():
        old = base.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            result[key] = merged(old, new)
        else:
            result[key] = new
    return result


def join(path: str, key: str) -> str:
    return f"{path}.{shorten(key)}" if path else shorten(key)


def shorten(value: object, limit: int = 80) -> str:
    text = str(value) if isinstance(value, str | int | float | Decimal | Exception | None) else "…"
    return text if len(text) <= limit else text[:limit] + "…"
