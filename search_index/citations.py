"""Articles of law named in a text, in one spelling: 《中华人民共和国刑法》第一百三十三条 and 刑法133 are 刑法第133条."""

import re

from search_index.folding import squeeze

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"[0-9零〇一二两三四五六七八九十百千]+"
_LAW = re.compile(r"《([^《》]{2,60})》")
_ARTICLE = re.compile(rf"第({_NUMBER})条(之{_NUMBER})?")
_TYPED = re.compile(rf"^(.*?)第?({_NUMBER})条?(之{_NUMBER})?(第.*)?$")
_SHORT = {
    "刑诉法": "刑事诉讼法",
    "民诉法": "民事诉讼法",
    "行诉法": "行政诉讼法",
    "征补条例": "国有土地上房屋征收与补偿条例",
    "治安处罚法": "治安管理处罚法",
}
_FAR = 400  # characters after a law's name within which its articles are listed


def number_of(numeral: str) -> int:
    """The value of a numeral written in Chinese or Arabic digits; ValueError for anything else."""
    if numeral.isdecimal() and numeral.isascii():
        return int(numeral)
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_digit(character)) for character in numeral))
    total, digit = 0, None
    for character in numeral:
        if character in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[character]
            digit = None
        else:
            digit = _digit(character)
    return total + (digit or 0)


def _digit(character: str) -> int:
    if character not in _DIGITS:
        raise ValueError(character)
    return _DIGITS[character]


def law_name(name: str) -> str:
    """A law's name without 中华人民共和国 and without book-title marks; well-known short names are written out."""
    bare = squeeze(name).strip("《》")
    bare = bare.removeprefix("中华人民共和国")
    bare = re.sub(r"\((19|20)\d\d(年修正|修正|年修订|修订)?\)$", "", bare)
    return _SHORT.get(bare, bare)


def canonical_article(typed: str) -> str:
    """A typed citation in the index's spelling; a law without an article keeps its name alone."""
    bare = squeeze(typed).replace("《", "").replace("》", "")
    found = _TYPED.match(bare)
    if not found or not found[1] or len(bare) > 80:
        return law_name(bare)
    return law_name(found[1]) + _article(found[2], found[3])


def articles_in(text: str) -> tuple[str, ...]:
    """Every article cited in a text as 《law》第n条、第m条, in the index's spelling, each once, in order."""
    found: dict[str, None] = {}
    laws = list(_LAW.finditer(text))
    ends = [following.start() for following in laws[1:]] + [len(text)]
    for law, end in zip(laws, ends, strict=False):
        until = min(law.end() + _FAR, end)
        name = law_name(law[1])
        for article in _ARTICLE.finditer(_same_sentence(text[law.end() : until])):
            found[name + _article(article[1], article[2])] = None
    return tuple(found)


def _same_sentence(text: str) -> str:
    return re.split(r"[。；：:\n]", text, maxsplit=1)[0]


def _article(number: str, branch: str | None) -> str:
    addition = f"之{number_of(branch[1:])}" if branch else ""
    return f"第{number_of(number)}条{addition}"
