"""Two spellings of one character become one: full and half width, case, kinds of brackets and quotation marks.

Folding never changes the number of characters, so a position in the folded text is the same position in the original.
"""

import unicodedata

_ALIKE = {
    **dict.fromkeys("〔［[【", "("),
    **dict.fromkeys("〕］]】", ")"),
    **dict.fromkeys("“”„«»「」『』", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("\0\u200b\u200c\u200d\u2060\ufeff", " "),
}
_SURROGATES = range(0xD800, 0xE000)


def _folded_character(code: int) -> str:
    if code in _SURROGATES:
        return "\ufffd"
    character = chr(code)
    if character in _ALIKE:
        return _ALIKE[character]
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _folding_table() -> dict[int, str]:
    pairs = ((code, _folded_character(code)) for code in range(0x10000))
    return {code: folded for code, folded in pairs if folded != chr(code)}


_TABLE = _folding_table()


def fold(text: str) -> str:
    """The text with each character folded; `len(fold(text)) == len(text)` always."""
    return text.translate(_TABLE)


def squeeze(text: str) -> str:
    """The folded text without any white space: the form in which phrases are compared.

    A line break inside a sentence, as PDF files have them, must not keep a phrase from being found.
    """
    return "".join(fold(text).split())


def is_wordly(character: str) -> bool:
    """Whether a character can be part of a word: Han, letters, digits; not punctuation, not emoji."""
    code = ord(character)
    return character.isalnum() if code < 0x10000 else 0x20000 <= code < 0x40000
