"""Records of plans, kept compressed: a thousand cases take megabytes as text."""

import json
import zlib
from typing import Any


def packed(text: str) -> bytes:
    """The text of a record, compressed."""
    return zlib.compress(text.encode(), 6)


def text_of(record: bytes) -> str:
    """The text of a kept record, exactly as it was written."""
    return zlib.decompress(record).decode()


def unpacked(record: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(record))
    return found
