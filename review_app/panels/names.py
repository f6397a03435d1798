"""Whether two names may belong to one person: Han names, minority names with a dot, Latin names.

Only whole names are compared, never parts of words: a shared surname says nothing. A name that a
judgment has masked (张某, 李××) cannot be compared at all and is reported as such.
"""

import re
import unicodedata
from enum import StrEnum

DOTS = "·•‧・･∙⋅・．.ᐧ●"
HAN = "㐀-鿿\U00020000-\U0003ffff"
MASKS = re.compile(rf"[某×*○〇□]|X{{2,}}|(?<=[{HAN}])X", re.IGNORECASE)
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])[{re.escape(DOTS)}](?=[{HAN}])")
SPACE_BY_HAN = re.compile(rf"(?<=[{HAN}{re.escape(DOTS)}]) (?=[{HAN}{re.escape(DOTS)}])")


class NameMatch(StrEnum):
    """What comparing two names tells."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    UNKNOWN = "UNKNOWN"


def plain_name(name: str) -> str:
    """One way of writing: compatibility forms folded, one kind of dot, no spaces between Han characters."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    spaced = re.sub(r"\s+", " ", folded)
    return BETWEEN_HAN.sub("·", SPACE_BY_HAN.sub("", spaced))


def is_masked(name: str) -> bool:
    """Whether the name was made unrecognisable in its source (张某某, 李××, 王**)."""
    return bool(MASKS.search(unicodedata.normalize("NFKC", name)))


def spellings(name: str) -> frozenset[str]:
    """The ways one name is met in files: with and without dot, and a minority name's own first part."""
    plain = plain_name(name)
    if "·" not in plain:
        return frozenset({plain})
    return frozenset({plain, plain.replace("·", ""), plain.split("·")[0]})


def compare(one: str, other: str) -> NameMatch:
    """SAME when one name is a spelling of the other; UNKNOWN when either is empty or masked.

    Two dotted names must agree as a whole: 阿卜杜拉·买买提 is not 阿卜杜拉·热合曼.
    """
    if not plain_name(one) or not plain_name(other) or is_masked(one) or is_masked(other):
        return NameMatch.UNKNOWN
    a, b = plain_name(one), plain_name(other)
    same = a.replace("·", "") == b.replace("·", "")
    if not same and ("·" in a) != ("·" in b):
        same = a in spellings(b) or b in spellings(a)
    return NameMatch.SAME if same else NameMatch.DIFFERENT
