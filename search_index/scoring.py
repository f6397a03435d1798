"""BM25F: how well a document answers, from how often and in which of its texts the asked words occur."""

import math

K1 = 1.2  # how soon further occurrences of a word stop counting
B = 0.75  # how much longer texts are discounted
DECIMALS = 6  # scores are rounded so that two engines order equal hits equally


def rarity(documents: int, with_word: int) -> float:
    """The weight of a word found in `with_word` of `documents`: the rarer, the heavier; never negative."""
    return math.log(1 + (documents - with_word + 0.5) / (with_word + 0.5))


def length_norm(length: float, average: float) -> float:
    """The divisor for an occurrence in a text of this many characters, 1.0 at the average length."""
    return 1 - B + B * length / average if average else 1.0


def saturation(weight: float) -> float:
    """What weighted occurrences count for: rises from 0 and never passes K1 + 1."""
    return weight * (K1 + 1) / (weight + K1)
