"""Chinese words of a query, and the characters (grams) by which every part of a text can be found.

Words are cut on the side of the query only: a document is found by its characters, so a two-character legal word
(工伤, 轻伤, 终本, 征收, 逃逸, 抚恤) or a single character is found wherever it stands, whatever a dictionary makes of its
neighbours, and a better dictionary needs no new index.
"""

from collections import Counter
from itertools import pairwise

import rjieba

from search_index.folding import is_wordly, squeeze
from search_index.tree import Like, Node, Phrase, Words, leaves

STOP_WORDS = frozenset(
    [
        "的",
        "了",
        "在",
        "是",
        "和",
        "与",
        "及",
        "或",
        "而",
        "之",
        "其",
        "于",
        "以",
        "为",
        "对",
        "由",
        "被",
        "把",
        "将",
        "就",
        "都",
        "也",
        "又",
        "并",
        "但",
        "等",
        "从",
        "到",
        "向",
        "因",
        "所",
        "该",
        "此",
        "这",
        "那",
        "有",
        "个",
        "一",
        "上",
        "中",
        "下",
        "后",
        "前",
        "时",
        "不",
        "他",
        "她",
        "它",
        "我",
        "你",
        "们",
        "者",
        "至",
        "使",
        "给",
        "让",
        "则",
        "且",
        "若",
        "如",
        "即",
        "均",
        "已",
        "再",
        "经",
        "据",
        "称",
        "进行",
        "以及",
        "或者",
        "并且",
        "但是",
        "因为",
        "所以",
        "如果",
        "由于",
        "对于",
        "关于",
        "根据",
        "按照",
        "为了",
        "其中",
        "其他",
        "有关",
        "相关",
        "以上",
        "以下",
        "我们",
        "他们",
        "本院",
        "本案",
        "上述",
        "之后",
        "之前",
        "予以",
        "认为",
        "可以",
        "应当",
        "没有",
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "to",
        "in",
    ]
)
TELLING_WORDS = 64  # words of a whole text that are asked for; more cost time and bring nothing
TOO_COMMON = 0.3  # a word in more than this share of the documents tells nothing about a whole text


def cut(text: str) -> tuple[str, ...]:
    """The different words of a typed piece in order, folded, without stop words unless nothing else is left.

    Text without a word (only punctuation or emoji) is given back as one piece, so that it is searched and not ignored.
    """
    squeezed = squeeze(text)
    words = _different(_words(squeezed))
    kept = tuple(word for word in words if word not in STOP_WORDS)
    return kept or words or ((squeezed,) if squeezed else ())


def telling(text: str) -> tuple[str, ...]:
    """The words of a whole text that may tell what it is about: two characters and more, most frequent first."""
    words = (word for word in _words(squeeze(text)) if len(word) > 1 and word not in STOP_WORDS)
    ranked = Counter(word for word in words if not word.isnumeric()).most_common(4 * TELLING_WORDS)
    return tuple(word for word, _ in ranked)


def grams(needle: str) -> tuple[str, ...]:
    """The pairs of characters, and the characters outside every pair, that a text with this needle must have.

    `needle` is squeezed. Pairs join two wordly characters only; a comma, a bracket or an emoji stands alone.
    """
    pairs = [is_wordly(a) and is_wordly(b) for a, b in pairwise(needle)]
    found = [needle[at : at + 2] for at, pair in enumerate(pairs) if pair]
    paired = {at + step for at, pair in enumerate(pairs) if pair for step in (0, 1)}
    found += [character for at, character in enumerate(needle) if at not in paired]
    return _different(found)


def is_one_gram(needle: str) -> bool:
    """Whether one gram already proves the needle: a single character or a pair of wordly ones."""
    return len(needle) == 1 or (len(needle) == 2 and is_wordly(needle[0]) and is_wordly(needle[1]))


def gram_counts(squeezed: str) -> Counter[str]:
    """How often each character and each pair of wordly characters occurs in a squeezed text."""
    counts = Counter(squeezed)
    counts.update(a + b for a, b in pairwise(squeezed) if is_wordly(a) and is_wordly(b))
    return counts


def needles(tree: Node | None) -> tuple[str, ...]:
    """Everything a reader wants to see marked for a query, squeezed, each once."""
    found: list[str] = []
    for leaf in leaves(tree):
        match leaf:
            case Words(text=text):
                found += [squeeze(text), *cut(text)]
            case Phrase(text=text):
                found.append(squeeze(text))
            case Like(text=text):
                found += telling(text)[:TELLING_WORDS]
    return _different([needle for needle in found if needle])


def _words(squeezed: str) -> list[str]:
    return [word for word in rjieba.cut(squeezed) if any(is_wordly(character) for character in word)]


def _different(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
