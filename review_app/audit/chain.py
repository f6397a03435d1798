"""The arithmetic of the chain: canonical JSON and keyed digests. No database, no clock."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64
COVERED = ("id", "at", "person_id", "address", "action", "subject", "review_id", "before", "after", "reason")


def canonical(content: Mapping[str, Any]) -> str:
    """The one JSON text of ``content``: sorted names, no spaces, no escapes for Han."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(previous: str, content: Mapping[str, Any], key: bytes) -> str:
    """HMAC-SHA256 over the digest before and the canonical JSON of the row (hex)."""
    return hmac.new(key, f"{previous}\n{canonical(content)}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Broken:
    """The first row that does not fit: its id and why."""

    row_id: int
    why: str


@dataclass(frozen=True)
class Verdict:
    """The result of checking a chain."""

    rows: int
    head: str
    broken: Broken | None


def verify(rows: Iterable[Mapping[str, Any]], head: tuple[int, str] | None, key: bytes) -> Verdict:
    """Walk rows in order of id and name the first that was altered, removed or inserted.

    ``rows`` carry the COVERED names (``at`` as ISO text) and ``digest``; ``head`` is the recorded last
    (row id, digest), which exposes rows cut off at the end.
    """
    previous, count = START, 0
    for count, row in enumerate(rows, start=1):
        if row["id"] != count:
            return Verdict(count - 1, previous, Broken(count, "缺少该行"))
        if digest(previous, {name: row[name] for name in COVERED}, key) != row["digest"]:
            return Verdict(count - 1, previous, Broken(count, "内容与摘要不符"))
        previous = row["digest"]
    if head is not None and head != (count, previous):
        return Verdict(count, previous, Broken(count + 1, "末尾的行已被移除"))
    return Verdict(count, previous, None)
