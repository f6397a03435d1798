"""Pages of originals as pictures: what is drawn, and what a hostile file can not do."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from case_files import drawing
from case_files.drawing import BOUNDS, draw_page
from case_files.kinds import BY_NAME
from case_files.refusals import FileRefused
from tests.case_files import samples


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=("JPEG",))


def test_a_page_of_a_pdf_is_drawn_as_it_looks(tmp_path: Path) -> None:
    path = samples.at(tmp_path, "判决书.pdf", samples.pdf([[], ["盖章处"]]))

    blank, written = (opened(draw_page(path, BY_NAME["pdf"], number)) for number in (1, 2))

    assert blank.size == written.size == (1272, 1800)
    assert blank.convert("L").getextrema() == (255, 255)
    assert written.convert("L").getextrema()[0] < 128


@pytest.mark.parametrize(("kind", "name"), [("TIFF", "tif"), ("BMP", "bmp")])
def test_a_picture_no_browser_shows_is_drawn_no_larger_than_a_page(
    tmp_path: Path, kind: str, name: str
) -> None:
    path = samples.at(tmp_path, f"f.{name}", samples.picture(kind, (4000, 1000)))

    assert opened(draw_page(path, BY_NAME[name], 1)).size == (1800, 450)


@pytest.mark.parametrize(
    ("content", "number"),
    [(samples.pdf([["一"]]), 2), (b"%PDF-1.4\n", 1), (samples.pdf([["一"]])[:300], 1)],
)
def test_a_page_that_cannot_be_drawn_is_refused(tmp_path: Path, content: bytes, number: int) -> None:
    path = samples.at(tmp_path, "f.pdf", content)

    with pytest.raises(FileRefused) as refusal:
        draw_page(path, BY_NAME["pdf"], number)

    assert str(refusal.value) == "这一页的图像无法显示。请下载原件阅看。"


@pytest.mark.parametrize("bounds", [{"seconds": 0.01}, {"answer": 1_000}, {"memory": 40_000_000}])
def test_drawing_beyond_the_bounds_is_ended(tmp_path: Path, bounds: dict[str, int]) -> None:
    path = samples.at(tmp_path, "f.pdf", samples.pdf([["一"]]))

    with pytest.raises(FileRefused):
        draw_page(path, BY_NAME["pdf"], 1, limits=replace(BOUNDS, **bounds))


def test_only_so_many_pages_are_drawn_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = samples.at(tmp_path, "f.pdf", samples.pdf([["一"]]))
    monkeypatch.setattr(drawing, "LONGEST_WAIT", 0.01)
    for _ in range(drawing.AT_ONCE):
        drawing._TURN.acquire()

    try:
        with pytest.raises(FileRefused) as refusal:
            draw_page(path, BY_NAME["pdf"], 1)
    finally:
        drawing._TURN.release(drawing.AT_ONCE)

    assert str(refusal.value) == "现在阅看原件图像的人较多，请稍候再打开这一页。"
