"""The engines there are, by the name a setting uses."""

from collections.abc import Callable
from pathlib import Path

from search_index.engine import SearchEngine, Shape
from search_index.memory_engine import MemoryEngine
from search_index.whoosh_engine import WhooshEngine

ENGINES: dict[str, Callable[[Path, Shape], SearchEngine]] = {
    "whoosh": WhooshEngine,
    "memory": MemoryEngine,
}


def open_engine(name: str, folder: Path, shape: Shape) -> SearchEngine:
    """Open (or begin) the index of this engine in a folder; ValueError names the engines there are."""
    if name not in ENGINES:
        raise ValueError(f"unknown search engine {name!r}; there are {', '.join(ENGINES)}")
    return ENGINES[name](folder, shape)
