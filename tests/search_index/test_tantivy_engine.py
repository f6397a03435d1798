"""What is particular to the second engine: hits beyond those scored exactly, and its package being optional."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from search_index import engines, tantivy_order
from search_index.engine import SCORE, Page, Query, SearchEngine, SortBy
from search_index.engines import EngineMissing, engine_folder, open_engine
from search_index.tree import Words
from tests.search_index.conftest import SHAPE, document

MANY = 23
WITHOUT_TANTIVY = """
import sys
sys.modules["tantivy"] = None
import search_index.engines
"""


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SearchEngine:
    """An index of which only the best three hits are scored exactly."""
    monkeypatch.setattr(tantivy_order, "HEAD", 3)
    monkeypatch.setattr(tantivy_order, "LEAST", 3)
    engine = open_engine("tantivy", tmp_path, SHAPE)
    engine.write(
        put=[document(f"k{at:02}", "工伤" * (at % 7 + 1) + "认定", tier=at % 2) for at in range(MANY)]
    )
    return engine


def keys(page: Page) -> list[str]:
    return [hit.key for hit in page.hits]


@pytest.mark.parametrize(
    "sort",
    [
        (SortBy(SCORE, descending=True),),
        (SortBy("tier"), SortBy(SCORE, descending=True)),
        (SortBy("tier", descending=True),),
    ],
    ids=["relevance", "tier-relevance", "tier"],
)
def test_pages_beyond_the_exactly_scored_hits_have_no_gap_and_no_repeat(
    engine: SearchEngine, sort: tuple[SortBy, ...]
) -> None:
    query = Query(Words("工伤"), sort=sort, limit=5)

    pages = [engine.search(query)]
    while pages[-1].after:
        pages.append(engine.search(replace(query, cursor=pages[-1].after)))
    back = [pages[-1]]
    while back[-1].before:
        back.append(engine.search(replace(query, cursor=back[-1].before)))

    assert sorted(key for page in pages for key in keys(page)) == [f"k{at:02}" for at in range(MANY)]
    assert [keys(page) for page in back[::-1]] == [keys(page) for page in pages]


def test_scores_never_rise_down_the_list(engine: SearchEngine) -> None:
    scores = [hit.score for hit in engine.search(Query(Words("工伤"), limit=200)).hits]

    assert scores == sorted(scores, reverse=True)


def test_other_engines_need_no_tantivy() -> None:
    command = [sys.executable, "-c", WITHOUT_TANTIVY]

    assert subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)

    with pytest.raises(EngineMissing, match="pip install tantivy"):
        open_engine("tantivy", tmp_path, SHAPE)


def test_every_engine_has_a_folder_of_its_own(tmp_path: Path) -> None:
    folders = [engine_folder(tmp_path / "precedents", name).name for name in ("whoosh", "tantivy")]

    assert folders == ["precedents", "precedents-tantivy"]
