"""Which key of somebody else's JSON holds which field of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from review_app.errors import N_, ReviewError
from review_app.rulebook.reading import InvalidData, parse_yaml

FIELDS = (
    "text", "title", "case_no", "organ", "doc_type", "date", "year", "causes", "issues", "holding", "keywords", "law_refs",
    "outcome", "tier", "licence_note", "facts", "reasoning", "result",
)  # fmt: skip
# how the files of LeCaRD name things; its own cuts of a text are coarser than what the text shows, and left aside
LECARD = {"text": ("qw",), "title": ("ajName", "writName")}


@dataclass(frozen=True)
class Mapped:
    """For each field the keys it may be found under, the first that holds something wins; ``a.b`` is key b in a."""

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


def read_mapping(file: Path) -> Mapped:
    """A mapping from a YAML file of lines ``field: key`` or ``field: [key, …]``. Raises ReviewError."""
    try:
        said = parse_yaml(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, InvalidData):
        raise ReviewError(N_("对照表不是可以读取的YAML文件。请核对路径和内容。")) from None
    if not isinstance(said, dict) or not said:
        raise ReviewError(N_("对照表应当每行写一个“字段: 键名”。"))
    return Mapped({checked_field(name): keys_of(name, keys) for name, keys in said.items()})


def checked_field(name: object) -> str:
    if name not in FIELDS:
        raise ReviewError(
            N_("对照表中的字段“%(name)s”不存在。可用：%(known)s。"),
            name=str(name)[:40],
            known="、".join(FIELDS),
        )
    return str(name)


def keys_of(name: object, keys: object) -> tuple[str, ...]:
    listed = keys if isinstance(keys, list) else [keys]
    if not listed or not all(isinstance(key, str) and key for key in listed):
        raise ReviewError(N_("对照表中字段“%(name)s”的键名应当是文字或者文字的列表。"), name=str(name)[:40])
    return tuple(listed)


def mapped(row: Mapping[str, Any], mapping: Mapped) -> Mapping[str, Any]:
    """The row with the names this library uses; rows of LeCaRD are known without being told."""
    names = mapping.names or (LECARD if "text" not in row and "qw" in row else {})
    if not names:
        return row
    return {
        **row,
        **{name: found for name, keys in names.items() if (found := first_of(row, keys)) is not None},
    }


def first_of(row: Mapping[str, Any], keys: Sequence[str]) -> Any:
    return next((found for key in keys if (found := value_at(row, key)) not in (None, "", [])), None)


def value_at(row: Mapping[str, Any], key: str) -> Any:
    if key in row:
        return row[key]
    found: Any = row
    for part in key.split("."):
        if not isinstance(found, dict):
            return None
        found = found.get(part)
    return found
