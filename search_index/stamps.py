"""For which documents and which reading of characters an index was built: another one must be built anew."""

import json
from pathlib import Path

from search_index import folding
from search_index.engine import IndexOutdated, Shape

_NAME = "built-for.json"


def write_stamp(folder: Path, shape: Shape, layout: str) -> None:
    """Say in a new index folder what it is for. `layout` names the engine and the version of its files."""
    (folder / _NAME).write_text(_stamp(shape, layout), "utf-8")


def check_stamp(folder: Path, shape: Shape, layout: str) -> None:
    """Raise IndexOutdated when the folder was built for something else."""
    file = folder / _NAME
    if not file.exists() or file.read_text("utf-8") != _stamp(shape, layout):
        raise IndexOutdated(f"the index in {folder} was built for other fields or by another version")


def _stamp(shape: Shape, layout: str) -> str:
    told = {
        "layout": layout,
        "folding": folding.VERSION,
        "texts": list(shape.texts),
        "quoted": list(shape.quoted),
        "facets": list(shape.facets),
        "numbers": list(shape.numbers),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
