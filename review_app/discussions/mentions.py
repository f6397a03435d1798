"""Whom a text names: ``@`` and the name of a participant. Pure."""

from collections.abc import Iterable, Mapping


def named_in(text: str, names: Mapping[int, str]) -> set[int]:
    """The people (id → name) whose name stands behind an ``@`` in ``text``. Where one name begins with another,
    the longest counts; people of the same name are all meant."""
    found: set[int] = set()
    for piece in text.replace("＠", "@").split("@")[1:]:
        called = longest(piece, names.values())
        found |= {key for key, name in names.items() if name == called}
    return found


def longest(piece: str, names: Iterable[str]) -> str:
    return max((name for name in names if name and piece.startswith(name)), key=len, default="")
