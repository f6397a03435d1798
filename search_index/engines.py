"""The engines there are, by the name a setting uses."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from search_index.engine import SearchEngine, Shape
from search_index.memory_engine import MemoryEngine
from search_index.whoosh_engine import WhooshEngine

DEFAULT = "whoosh"


class EngineMissing(Exception):
    """The engine's package is not installed."""


def is_installed(name: str) -> bool:
    """Whether an engine's package is there; those that come with the program always are."""
    return name != "tantivy" or find_spec("tantivy") is not None


def _open_tantivy(folder: Path, shape: Shape) -> SearchEngine:
    """The engine of `tantivy_engine.py`, which cannot even be imported where its package is missing."""
    if not is_installed("tantivy"):
        raise EngineMissing("the engine tantivy needs the package tantivy: pip install tantivy==0.27.0")
    opened: SearchEngine = import_module("search_index.tantivy_engine").TantivyEngine(folder, shape)
    return opened


ENGINES: dict[str, Callable[[Path, Shape], SearchEngine]] = {
    "whoosh": WhooshEngine,
    "tantivy": _open_tantivy,
    "memory": MemoryEngine,
}


def open_engine(name: str, folder: Path, shape: Shape) -> SearchEngine:
    """Open (or begin) the index of this engine in a folder.

    ValueError names the engines there are; EngineMissing says what to install.
    """
    if name not in ENGINES:
        raise ValueError(f"unknown search engine {name!r}; there are {', '.join(ENGINES)}")
    return ENGINES[name](folder, shape)


def engine_folder(folder: Path, name: str) -> Path:
    """Where an engine's index lies when several engines may have one of the same documents: side by side."""
    return folder if name == DEFAULT else folder.with_name(f"{folder.name}-{name}")
