"""Recommendations as they are stored: a list of rows in JSON, one for each."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from review_app.opinions.facts import Advice
from review_app.rulebook.reading import parse_json, read


@dataclass(frozen=True)
class Rows:
    """What the JSON holds."""

    rows: tuple[Advice, ...] = ()


def read_advice(text: str) -> tuple[Advice, ...]:
    """The rows of a stored part; an empty part has none."""
    return read(Rows, parse_json(text)).rows if text else ()


def write_advice(rows: Iterable[Advice]) -> str:
    """The rows as JSON; rows without text are left out."""
    kept = [asdict(row) for row in rows if row.text.strip()]
    return json.dumps({"rows": kept}, ensure_ascii=False, sort_keys=True, default=date.isoformat)
