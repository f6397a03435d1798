"""Records of plans, kept compressed: a thousand cases take megabytes as text."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from review_app.audit.chain import canonical


def packed(record: Mapping[str, Any]) -> bytes:
    """The record as compressed canonical JSON."""
    return zlib.compress(canonical(dict(record)).encode(), 6)


def text_of(record: bytes) -> str:
    """The JSON text of a kept record."""
    return zlib.decompress(record).decode()


def unpacked(record: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(record))
    return found
