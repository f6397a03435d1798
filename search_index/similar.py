"""Documents like a whole text, as pure sums that every engine shares.

Three steps, none of them trained, each document's score independent of all others':

1. The telling words of the text and its pairs of characters are scored by BM25F (Robertson and Zaragoza, The Probabilistic
   Relevance Framework, 2009). Both scores are taken in parts of what a document could reach at most and added (CombSUM of
   Fox and Shaw, 1994): words are right more often, pairs never depend on how a text was cut.
2. Documents that share a stated cause of action, or one that the best hits vote for (weighted nearest neighbours, Dudani
   1976), are lifted.
3. Words that the reasoning of the best hits has in common are asked for as well (pseudo relevance feedback: RM3,
   Abdul-Jaleel and others 2004), and their score is added.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from search_index.engine import Lift, Shape
from search_index.folding import is_wordly, squeeze
from search_index.scoring import length_norm
from search_index.tree import Like
from search_index.words import telling_counts

SCALE = 10.0  # what words and pairs may give together is about as much as a few rare words of a query
VOTERS = 20  # the best hits that vote on the cause where nobody stated one
ECHOED = 10  # the best hits whose reasoning is read for more words
ECHO_WORDS = 40  # of these words so many are asked for
ECHO = 0.8  # weight of their score beside that of the text itself
MOST_PAIRS = 600  # pairs of characters of a text that are asked for
_STEEPNESS = 4  # how fast a vote loses weight with the score of the hit that casts it
_HEARD = 0.05  # a value with less than this share of the strongest vote lifts nothing
_ALIKE = 0.6  # share of the shorter name's pairs of characters that the longer one must have
_LOOKED_UP = 80  # words of the best hits whose rarity is looked up
_MOST_TIMES = 3  # occurrences of such a word in one hit that count
_ENDINGS = ("纠纷案", "纠纷", "罪", "案")
_BETWEEN = str.maketrans("", "", "、,，和与及")

_SAME_STATUTE = 0.2  # share by which articles of a statute are raised in which the best articles stand

Counts = npt.NDArray[np.int64]


def like_question(text: str, group: str) -> tuple[Like, tuple[Lift, ...]]:
    """A layman's question about the law as what to ask an index of articles: those like it, and a little more those of the
    statutes (the facet `group`) in which the best ones stand."""
    return Like(text), (Lift(group, _SAME_STATUTE),)


def same_name(name: str) -> str:
    """A name of a cause of action as it is compared: 盗窃 and 盗窃罪, 民间借贷 and 民间借贷纠纷 are the same."""
    bare = squeeze(name)
    ending = next((each for each in _ENDINGS if bare.endswith(each) and len(bare) > len(each) + 1), "")
    return bare.removesuffix(ending)


@lru_cache(maxsize=20_000)
def name_pairs(name: str) -> frozenset[str]:
    """The pairs of characters of a name as it is compared, without what joins alternatives (走私、贩卖、运输毒品)."""
    bare = same_name(name).translate(_BETWEEN)
    return frozenset(a + b for a, b in pairwise(bare))


def are_alike(one: str, other: str) -> bool:
    """Whether two names mean the same cause, or one is a kind of the other: 房屋买卖合同纠纷 of 买卖合同纠纷, 贩卖毒品罪 of
    走私、贩卖、运输、制造毒品罪. Names with numbers (articles of law) are alike only when they are the same."""
    if same_name(one) == same_name(other):
        return True
    if any(character.isdecimal() for character in one + other):
        return False
    first, second = name_pairs(one), name_pairs(other)
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) >= _ALIKE * fewer


def same_names(stated: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The known names that mean one of the stated ones or are alike, sorted."""
    wanted = tuple(stated)
    return tuple(sorted(name for name in known if any(are_alike(name, each) for each in wanted)))


def voted(ballots: Iterable[tuple[float, Iterable[str]]]) -> dict[str, float]:
    """The values for which the best hits vote, strongest first, each with its share of the strongest vote.

    A ballot is the score of a hit and the values it has; the best comes first, and a hit with half its score has a
    sixteenth of its weight.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    best = 0.0
    for score, values in ballots:
        best = best or score
        for value in set(values):
            votes[value] += (score / best) ** _STEEPNESS if best > 0 else 0.0
    most = max(votes.values(), default=0.0)
    shares = {value: weight / most for value, weight in votes.items() if most and weight >= _HEARD * most}
    return dict(sorted(shares.items(), key=lambda share: (-share[1], share[0])))


def filled(lift: Lift, known: Iterable[str], ballots: Iterable[tuple[float, Iterable[str]]]) -> Lift:
    """The lift with the known values that it means and their shares; `ballots` count where none are stated."""
    if lift.values:
        same = same_names(lift.values, known)
        return Lift(lift.field, lift.by, same, (1.0,) * len(same))
    shares = voted(ballots)
    return Lift(lift.field, lift.by, tuple(shares), tuple(shares.values()))


def factor(lifts: Iterable[Lift], facets: Mapping[str, Sequence[str]]) -> float:
    """By how much a document's score is multiplied: for each lift, by the strongest of the document's values."""
    product = 1.0
    for lift in lifts:
        shares = dict(zip(lift.values, lift.shares, strict=True))
        product *= 1 + lift.by * max(
            (shares.get(value, 0.0) for value in facets.get(lift.field, ())), default=0.0
        )
    return product


def text_pairs(text: str) -> tuple[str, ...]:
    """The different pairs of neighbouring characters of a text, in order."""
    found = dict.fromkeys(a + b for a, b in pairwise(squeeze(text)) if is_wordly(a) and is_wordly(b))
    return tuple(found)[:MOST_PAIRS]


def pair_times(pairs: Sequence[str], squeezed: str) -> Counts:
    """How often each pair stands in a squeezed text."""
    codes = _codes("".join(pairs))[::2]
    order = np.argsort(codes)
    there = _codes(squeezed)
    if not len(codes) or not len(there):
        return np.zeros(len(pairs), dtype=np.int64)
    at = np.minimum(np.searchsorted(codes[order], there), len(codes) - 1)
    held = order[at[codes[order][at] == there]]
    return np.bincount(held, minlength=len(pairs)).astype(np.int64)


def _codes(text: str) -> npt.NDArray[np.uint64]:
    """A number for each pair of neighbouring characters."""
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    return characters[:-1] << np.uint64(32) | characters[1:]


def echo_text(shape: Shape, text: str, numbers: Mapping[str, float]) -> str:
    """The part of a document's text that is echoed; empty where the document does not say where it lies."""
    if shape.echo is None or not shape.echo.start:
        return text
    start, end = numbers.get(shape.echo.start), numbers.get(shape.echo.end)
    return "" if start is None or end is None else text[int(start) : int(end)]


def echo_candidates(texts: Sequence[tuple[float, str]]) -> dict[str, float]:
    """Words that at least two of the best hits have, with their weights: the heaviest ones, heaviest first.

    Each text comes with the score of its hit, the best first; the longer a text, the less each of its words weighs.
    """
    read = [(score / texts[0][0], squeeze(text)) for score, text in texts if texts[0][0] > 0]
    average = sum(len(text) for _, text in read) / len(read) if read else 0.0
    weights: defaultdict[str, float] = defaultdict(float)
    having: Counter[str] = Counter()
    for closeness, text in read:
        for word, times in telling_counts(text).items():
            weights[word] += closeness * min(times, _MOST_TIMES) / length_norm(len(text), average)
            having[word] += 1
    shared = [(word, weight) for word, weight in weights.items() if having[word] > 1]
    return dict(sorted(shared, key=lambda each: (-each[1], each[0]))[:_LOOKED_UP])


def echo_words(candidates: Mapping[str, float], rarities: Mapping[str, float]) -> dict[str, float]:
    """The words to ask for, heaviest by weight and rarity first, with weights that give SCALE * ECHO for a document that
    has each of them once in an average text. Words without rarity are left out."""
    ranked = sorted(rarities, key=lambda word: (-candidates[word] * rarities[word], word))[:ECHO_WORDS]
    total = sum(candidates[word] * rarities[word] for word in ranked)
    return {word: SCALE * ECHO * candidates[word] / total for word in ranked} if total else {}
