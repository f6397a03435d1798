"""The child that draws a page: started by ``case_files.drawing``, never imported by the server."""

import json
import sys
import warnings
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

from case_files.child import confine
from case_files.limits import Limits

LONGEST_SIDE = 1_800
"""pixels of the picture's longer side"""
SHARPEST = 2.5
"""pixels per point of a PDF page (72 points are an inch)"""
QUALITY = 82


def main(task: str) -> None:
    """Confines itself, draws, prints the JPEG."""
    asked = json.loads(task)
    confine(Limits(**asked["limits"]))
    path = Path(asked["path"])
    drawn = _pdf_page(path, asked["number"]) if asked["kind"] == "pdf" else _picture(path, asked["number"])
    sys.stdout.buffer.write(_as_jpeg(drawn))


def _pdf_page(path: Path, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    longest = max(page.get_size())
    drawn: Image.Image = page.render(scale=min(SHARPEST, LONGEST_SIDE / max(longest, 1))).to_pil()
    return drawn


def _picture(path: Path, number: int) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # size in pixels was bounded when the file was taken in
        picture = Image.open(path, formats=("TIFF", "BMP"))
        picture.seek(number - 1)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def _as_jpeg(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.convert("RGB").save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
