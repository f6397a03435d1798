"""Two spellings of one character become one: full and half width, case, traditional and simplified, kinds of brackets and
quotation marks.

Folding never changes the number of characters, so a position in the folded text is the same position in the original.
Traditional characters are folded one by one (髮 and 發 both become 发, 後 becomes 后): text and query are folded alike, so
what is equal stays equal, and no dictionary decides what a word was meant to be.
"""

import re
import unicodedata
import zlib

import numpy as np
import numpy.typing as npt
import opencc

Codes = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

_ALIKE = {
    **dict.fromkeys("〔［[【", "("),
    **dict.fromkeys("〕］]】", ")"),
    **dict.fromkeys("“”„«»「」『』", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("\0\u200b\u200c\u200d\u2060\ufeff", " "),
}
_SURROGATES = range(0xD800, 0xE000)
_HAN = (slice(0x2E80, 0xA000), slice(0xF900, 0xFB00), slice(0x20000, 0x32400))
_KNOWN = 0x32400  # characters from here on are never folded
_SHORT = 200  # characters up to which a dictionary is faster than an array
_RULES = 3  # raise when folding, squeezing or paragraphs change in a way the table does not show


def _folded_character(code: int) -> int:
    if code in _SURROGATES:
        return 0xFFFD
    folded = unicodedata.normalize("NFKC", _ALIKE.get(chr(code), chr(code))).lower()
    return ord(_ALIKE.get(folded, folded)) if len(folded) == 1 else code


def _simplified(codes: Codes) -> Codes:
    """Each character in its simplified form, by OpenCC's table of single characters: never two at once."""
    lines = np.full(2 * len(codes), ord("\n"), dtype=np.uint32)
    lines[::2] = codes
    converted = opencc.OpenCC("t2s").convert(_text(lines)).split("\n")[:-1]
    kept = zip(codes.tolist(), converted, strict=True)
    return np.array([ord(new) if len(new) == 1 else old for old, new in kept], dtype=np.uint32)


def _folding_table() -> Codes:
    table = np.arange(_KNOWN, dtype=np.uint32)
    normalised = [*range(0x3400), *range(0xA000, 0xAC00), *range(0xD7A4, 0x10000), *range(0x10400, 0x10450)]
    table[normalised] = [_folded_character(code) for code in normalised]
    for han in _HAN:
        table[han] = _simplified(table[han])
    folded_again: Codes = table[table]
    return folded_again


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le")


_ARRAY = _folding_table()
_CHANGED = np.flatnonzero(np.arange(_KNOWN) != _ARRAY)
_TABLE = dict(zip(_CHANGED.tolist(), map(chr, _ARRAY[_CHANGED]), strict=True))
_SPACE = np.zeros(0x10000, dtype=np.bool_)
_SPACE[[code for code in range(0x3001) if chr(code).isspace()]] = True

VERSION = f"{_RULES}-{zlib.crc32(_ARRAY.tobytes()):08x}"
"""Names this folding. An index made by another one has to be built anew."""


def fold(text: str) -> str:
    """The text with each character folded; `len(fold(text)) == len(text)` always."""
    return text.translate(_TABLE) if len(text) <= _SHORT else _text(_folded_codes(text))


def squeeze(text: str) -> str:
    """The folded text without any white space: the form in which phrases are compared.

    A line break inside a sentence, as PDF files have them, must not keep a phrase from being found.
    """
    return "".join(fold(text).split())


def squeeze_placed(text: str) -> tuple[str, Offsets]:
    """The squeezed text, and for each of its characters the offset in the text it came from."""
    codes = _folded_codes(text)
    offsets = np.flatnonzero(~_SPACE[np.minimum(codes, 0xFFFF)])
    return _text(codes[offsets]), offsets


def paragraph_ends(text: str) -> tuple[int, ...]:
    """Where the paragraphs of a text end: offsets into its squeezed form, ascending, the end of the text left out.

    Files keep paragraphs in different ways. One ends at a blank line; at a line break after a sentence's end, before an
    indented line or after a short line (a heading); and, in texts without line breaks, at a space after a full-width
    sentence mark. A line break in the middle of a sentence, as PDF files have them, ends nothing.
    """
    ends: list[int] = []
    spaces = line = 0
    for run in _SPACES.finditer(text):
        start, end = run.span()
        if _ends_paragraph(run[0], text[max(0, start - 2) : start], start - line) and start > spaces:
            ends.append(start - spaces)
        if "\n" in run[0]:
            line = end
        spaces += end - start
    return tuple(
        end for at, end in enumerate(ends) if end < len(text) - spaces and (not at or end > ends[at - 1])
    )


_SPACES = re.compile(r"[\s\0\u200b\u200c\u200d\u2060\ufeff]+")
_FULL_STOPS = frozenset("。！？；：…")
_STOPS = _FULL_STOPS | frozenset(".!?;:")
_CLOSING = "”’」』）)\"'"
_HEADING = 16  # characters of a line that is too short to be a broken one


def _ends_paragraph(run: str, before: str, line_length: int) -> bool:
    last = before.rstrip(_CLOSING)[-1:]
    breaks = run.count("\n")
    if not breaks:
        return last in _FULL_STOPS and bool(last)
    indented = run[run.rindex("\n") + 1 :] not in ("", " ")
    return breaks > 1 or indented or line_length < _HEADING or (bool(last) and last in _STOPS)


def is_wordly(character: str) -> bool:
    """Whether a character can be part of a word: Han, letters, digits; not punctuation, not emoji."""
    code = ord(character)
    return character.isalnum() if code < 0x10000 else 0x20000 <= code < 0x40000


def _folded_codes(text: str) -> Codes:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    folded: Codes = np.where(codes < _KNOWN, _ARRAY[np.minimum(codes, _KNOWN - 1)], codes)
    return folded
