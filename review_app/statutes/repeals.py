"""Which laws a new law ends: its closing article names them, “……同时废止”."""

import re

from review_app.statutes.names import code_of

_ENDS = re.compile(r"(?:同时|即行)?废止[。；]?$")
_NAMED = re.compile(r"《([^《》]{2,80}(?:〈[^〉]{2,60}〉[^《》]{0,40})?)》(?!第)")
_PART = re.compile(r"》第|有关|中的|等(?:规定|文件)|的规定")


def repealed_in(text: str) -> list[str]:
    """Codes of the laws that a sentence of this text repeals as a whole, from this law's first day on.

    A sentence counts when it ends with 同时废止 and names nothing but whole laws: a part of a law, or “有关规定”, is left
    to a person.
    """
    found: dict[str, None] = {}
    for sentence in re.split(r"[。；\n]", text):
        if not _ENDS.search(sentence) or "同时" not in sentence or _PART.search(sentence):
            continue
        for name in _NAMED.findall(sentence):
            found[code_of(name)] = None
    return list(found)
