"""How large, how long and how deep a file may be."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds for one file; sizes in bytes, times in seconds, text in characters.

    `upload` bounds the stored file. `pages` and `text` bound what is read from it. `pixels` bounds one
    picture over all its frames. `unpacked`, `entries`, `ratio` and `nesting` bound a zipped Office file: its
    unpacked size, its parts, how many times larger than packed a part of at least `ratio_from` may be, and
    how many levels of Office file may be embedded in it. `seconds`, `memory` and `answer` bound the child
    process that reads.
    """

    upload: int = 200 * MEGABYTE
    pages: int = 3_000
    text: int = 5_000_000
    pixels: int = 150_000_000
    unpacked: int = 400 * MEGABYTE
    entries: int = 5_000
    ratio: int = 100
    ratio_from: int = 8 * MEGABYTE
    nesting: int = 1
    seconds: float = 120
    memory: int = 1536 * MEGABYTE
    answer: int = 64 * MEGABYTE


USUAL = Limits()
