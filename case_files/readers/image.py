"""Pictures: one page without text each; size in pixels is checked before anything is decoded."""

import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from case_files.limits import USUAL, Limits
from case_files.pages import PageText
from case_files.refusals import FileRefused

_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP")


def check(path: Path, *, limits: Limits = USUAL) -> None:
    """Refuses pictures too large to decode safely, and broken ones."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns at its own pixel limit; ours follows
            with Image.open(path, formats=_FORMATS) as picture:
                _refuse_bomb(picture, limits=limits)
                picture.load()
    except Image.DecompressionBombError:
        raise _bomb(limits) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise FileRefused("图片已损坏或者不完整。请重新扫描或者导出后再上传。") from None


def read(path: Path, *, limits: Limits = USUAL) -> list[PageText]:
    """One page without text."""
    return [PageText(1, "", readable=False)]


def _refuse_bomb(picture: Image.Image, *, limits: Limits) -> None:
    frames: int = getattr(picture, "n_frames", 1)
    if picture.width * picture.height * frames > limits.pixels:
        raise _bomb(limits)


def _bomb(limits: Limits) -> FileRefused:
    return FileRefused(
        "图片超过%(limit)s万像素。请降低扫描分辨率（一般 300 dpi 即可）后再上传。",
        limit=limits.pixels // 10_000,
    )
