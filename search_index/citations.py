"""Articles of law and case numbers named in a text, each in one spelling.

《中华人民共和国刑法》第一百三十三条, 刑法第133条 and 刑法133 are 刑法第133条; 〔2018〕 赣0111刑初485号 is (2018)赣0111刑初485号.
Everything here takes time linear to the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_index.folding import fold, squeeze
from search_index.laws import LAW_ENDINGS, is_law_name, known_laws, law_name, short_names

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_HIGHEST = 1500  # no Chinese law has more articles; what is higher is a year
_DIGIT = "0-9零〇一二两三四五六七八九十百千"
_NUMBER = rf"[{_DIGIT}](?:\s?[{_DIGIT}]){{0,11}}"
_LISTED = re.compile(
    rf"第\s?(?P<numbers>{_NUMBER}(?:\s?(?:[、,和及与至到~—-]|以及)\s?{_NUMBER}){{0,30}})\s?条"
    rf"(?P<branches>\s?之\s?{_NUMBER}(?:\s?[、,和及与至]\s?之\s?{_NUMBER}){{0,9}})?"
)
_ONE = re.compile(_NUMBER)
_THROUGH = re.compile(r"(?:至|到|~|—|-)\s?第?\s?$")
_BETWEEN = re.compile(
    r"(?:\s|[、,;和及与或至到~—-]|以及|或者|并|还有|同时|第|之规定|的规定|规定|前段|中段|后段|但书|本文|正文|全部|全文|之"
    rf"|[(]?[{_DIGIT}]+[)]?|款|项|目|[()])*"
)
_SENTENCE_END = re.compile(r"[。;:!?\n]")
_OWN = re.compile(r"本(?:法|条例|规定|解释|办法|规则|细则|决定)$")
_SAME = re.compile(r"(?:该|同|前述|上述)(?:法|条例|规定|解释|办法|规则|细则|决定|法律)$")
_PRIVATE = re.compile(r"(?:合同|协议|章程|约定|公约|规约|条款|证据|材料|附件|清单|笔录)(?:书|中|的|之|里)?$")
_NAME_STOPS = re.compile(r"[《》。;:,\n]")
_ALIAS = re.compile(
    r"》(?:\((?:[^()]|\([^()]{0,9}\)){0,20}\))?\((?:以下|下)(?:简|统|合)称:?[《\"]{0,2}([^《》\"()]{2,30})[》\"]{0,2}\)"
)
_TITLE_MARKS = re.compile("[《》]")
_BRACKET_MARKS = re.compile("[()]")
_FAR = 300  # characters in which a law named before may belong to an article
_LEAD_IN = frozenset("照据按反和及与依由对在从、,;:。(\"' \n\t\u3000《合符违用")
_CASE_NUMBER = re.compile(
    r"\(\s?((?:19|20)\d{2})\s?\)\s{0,2}((?=[\u4e00-\u9fff])(?=[^()\d]{1,20}\d)(?:[\u4e00-\u9fff\d]\s?){2,38}?号"
    r"(?:之[一二三四五六七八九十\d]{1,3})?)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An article named in a text: `start` to `end` from 第 to 条 (or to the number after 之), offsets into the text.

    `law` is the law's name in the index's spelling (`law_name`), `article` is 第253条 or 第253条之1.
    """

    start: int
    end: int
    law: str
    article: str


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number in a text, offsets into the text; `number` in one spelling: (2018)赣0111刑初485号."""

    start: int
    end: int
    number: str


@dataclass(frozen=True, slots=True)
class Article:
    """What a person typed as one article. `law` may be empty: 第253条 of whatever law."""

    law: str
    number: int
    branch: int = 0

    @property
    def name(self) -> str:
        """The article in the index's spelling, 刑法第133条之1."""
        return self.law + _article(self.number, self.branch)


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


def numeral_of(number: int) -> str:
    """A number from 1 to 9999 as laws write it: 一百三十三, 一千零七十九, 十二."""
    written, skipped = "", False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            written += ("零" if skipped and written else "") + "零一二三四五六七八九"[digit] + unit
        skipped = not digit
    return written.removeprefix("一") if 10 <= number < 20 else written


def _article(number: int, branch: int) -> str:
    return f"第{number}条之{branch}" if branch else f"第{number}条"


def _counted(numeral: str) -> int:
    """The number of an article, 0 for what cannot be one."""
    try:
        number = number_of("".join(numeral.split()))
    except ValueError:
        return 0
    return number if number <= _HIGHEST else 0


def mentions_in(text: str, law: str = "") -> tuple[Mention, ...]:
    """Every article named in a text, left to right. Of a range (第五条至第九条) its two ends are given.

    `law` names the law the text itself is part of, in the index's spelling: 本法第五条 and a bare 第五条 are its
    articles. Without it an article belongs to the law named right before it or in the same sentence, 该法第五条 to the law
    named last; articles of contracts, and articles whose law is not said, are left out.
    """
    return tuple(
        Mention(each.start, each.end, each.law, _article(each.number, each.branch))
        for each in _Scan(fold(text), law).cited()
    )


def case_numbers_in(text: str) -> tuple[CaseNumber, ...]:
    """Every case number in a text, left to right."""
    return tuple(
        CaseNumber(match.start(), match.end(), f"({match[1]}){''.join(match[2].split())}")
        for match in _CASE_NUMBER.finditer(fold(text))
    )


def articles_in(text: str) -> tuple[str, ...]:
    """Every article cited in a text, in the index's spelling, each once, in order; ranges are written out."""
    found: dict[str, None] = {}
    before: _Cited | None = None
    for each in _Scan(fold(text), "").cited():
        if each.through and before is not None and before.law == each.law and not before.branch:
            for number in range(before.number + 1, min(each.number, before.number + _WIDEST)):
                found[each.law + _article(number, 0)] = None
        found[each.law + _article(each.number, each.branch)] = None
        before = each
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Cited:
    start: int
    end: int
    law: str
    number: int
    branch: int
    through: bool  # 至 stands between this article and the one before


class _Scan:
    """Reads a folded text from left to right; remembers the law of the last article."""

    def __init__(self, folded: str, own: str) -> None:
        self.folded = folded
        self.own = own
        self.law = ""
        self.end = -_FAR
        self.aliases = dict(_aliases(folded))

    def cited(self) -> Iterator[_Cited]:
        for match in _LISTED.finditer(self.folded):
            through = _THROUGH.search(self.folded, max(0, match.start() - 4), match.start()) is not None
            self.law, self.end = self._law_of(match.start()), match.end()
            if self.law:
                yield from self._listed(match, through)

    def _listed(self, match: re.Match[str], through: bool) -> Iterator[_Cited]:
        numbers = list(_ONE.finditer(self.folded, match.start("numbers"), match.end("numbers")))
        branches = self._branches(match)
        start = match.start()
        for at, numeral in enumerate(numbers):
            number, last = _counted(numeral[0]), at == len(numbers) - 1
            if at:
                start = numeral.start()
                through = _THROUGH.search(self.folded, numbers[at - 1].end(), start) is not None
            end = numeral.end() if not last else branches[0][0] if branches else match.end()
            if number:
                yield _Cited(
                    start, end, self.law, number, branches[0][1] if last and branches else 0, through
                )
        before = branches[0][0] if branches else 0
        for end, branch in branches[1:]:
            begin = self.folded.index("之", before)
            yield _Cited(begin, end, self.law, number, branch, False)
            before = end

    def _branches(self, match: re.Match[str]) -> list[tuple[int, int]]:
        """Where each 之n after an article ends, and its number."""
        if match["branches"] is None:
            return []
        found = _ONE.finditer(self.folded, match.start("branches"), match.end("branches"))
        return [(each.end(), _counted(each[0])) for each in found]

    def _law_of(self, start: int) -> str:
        gap = start - self.end
        if gap <= _FAR and _BETWEEN.fullmatch(self.folded, self.end, start):
            return self.law or self.own
        before = _without_aside(self.folded[max(0, start - _FAR) : start].rstrip())
        direct = self._direct(before)
        if direct is not None:
            return direct
        return self.own or self._in_sentence(before, gap)

    def _direct(self, before: str) -> str | None:
        """The law that stands right before; empty for what is no law or unknown, None when nothing stands there."""
        if before.endswith("》"):
            return self._titled(before)
        if _OWN.search(before, max(0, len(before) - 4)):
            return self.own or self.law
        if _SAME.search(before, max(0, len(before) - 4)):
            return self._last_titled(before) or self.law
        if known := self._known(before) or self._known(_PART_OF_LAW.sub("", before)):
            return known
        if before.endswith((*LAW_ENDINGS, ")")):
            return law_name(_untitled(before)) or (None if before.endswith(")") else "")
        return "" if _PRIVATE.search(before, max(0, len(before) - 4)) else None

    def _in_sentence(self, before: str, gap: int) -> str:
        ends = [match.end() for match in _SENTENCE_END.finditer(before)]
        sentence = before[ends[-1] :] if ends else before
        if "》" in sentence:
            return self._last_titled(sentence)
        return self.law if gap < len(sentence) else ""

    def _last_titled(self, text: str) -> str:
        return self._titled(text[: text.rindex("》") + 1]) if "》" in text else ""

    def _titled(self, text: str) -> str:
        name = law_name(_title_at_end(text))
        name = self.aliases.get(name, name)
        return name if is_law_name(name) else ""

    def _known(self, before: str) -> str:
        """The longest known name at the end of a text. A short name must begin where a word can begin."""
        if not before or (before[-1] not in _NAME_ENDS and not self.aliases):
            return ""
        tail = "".join(before[-_NAME:].translate(_BRACKETS).split())
        for length in range(len(tail), 1, -1):
            name = tail[-length:]
            if name in known_laws():
                return name
            short = self.aliases.get(name) or short_names().get(name)
            if short and (length == len(tail) or tail[-length - 1] in _LEAD_IN):
                return short
        return ""


_WIDEST = 60  # articles of a range that is written out
_NAME_ENDS = frozenset("法典例释定则见通诉一二三四五六七八九十)试行案编")  # of known names
_NAME = 60  # characters of a law's name that stands without book-title marks
_BRACKETS = str.maketrans("", "", "()<>\"'")
_PART_OF_LAW = re.compile(r"(?:(?:总则|物权|合同|人格权|婚姻家庭|继承|侵权责任)编|分则|总则|附则)$")


def _without_aside(text: str) -> str:
    """The text without remarks in brackets at its end: 《刑法》(2017修正), 《…解释》(法释〔2000〕33号)(以下简称《解释》)."""
    while text.endswith(")"):
        near = text[-80:]
        aside = _last_pair(_BRACKET_MARKS, near)
        stem = text[: len(text) - len(near) + aside].rstrip()
        if aside < 0 or not (stem.endswith(("》", ")")) or near[aside + 1 : aside + 5].isdecimal()):
            return text
        text = stem
    return text


def _last_pair(marks: re.Pattern[str], text: str) -> int:
    """Where the pair of marks opens that closes at the end of a text; -1 when it does not open there."""
    depth = 0
    for mark in reversed(list(marks.finditer(text))):
        depth += 1 if mark[0] in "》)" else -1
        if not depth:
            return mark.start()
    return -1


def _title_at_end(text: str) -> str:
    """The words between the last 》 of a text, where it ends, and its 《; titles may hold one more title."""
    near = text[-200:]
    opening = _last_pair(_TITLE_MARKS, near)
    if opening < 0:
        opening = near.rfind("《")
    return near[opening + 1 : -1] if opening >= 0 else ""


def _untitled(text: str) -> str:
    """关于…的解释 at the end of a text, written without book-title marks; empty when there is none."""
    stops = [match.end() for match in _NAME_STOPS.finditer(text)]
    name = text[stops[-1] :] if stops else text
    begins = name.find("关于")
    stem = re.sub(r"\([一二三四五六七八九十]\)$", "", name[begins:] if begins >= 0 else "")
    return name[begins:] if len(stem) > 6 and stem.endswith(LAW_ENDINGS) else ""


def _aliases(folded: str) -> Iterator[tuple[str, str]]:
    """The short names a text gives to laws: 《…解释》(以下简称《解释》)."""
    for match in _ALIAS.finditer(folded):
        whole = law_name(_title_at_end(folded[max(0, match.start() - 200) : match.start() + 1]))
        if is_law_name(whole):
            yield law_name(match[1]), whole


_TYPED = re.compile(
    rf"^(?P<law>.*?[^{_DIGIT}第§])??(?P<lead>第|§)?(?P<number>{_NUMBER})(?P<sign>条)?(?:[之-](?P<branch>{_NUMBER}))?$"
)
_CLAUSES = re.compile(rf"(?:第?[(]?[{_DIGIT}]+[)]?[款项目]|第[(][{_DIGIT}]+[)]|之?规定|的规定)++$")
_LONGEST_TYPED = 200  # characters of a typed citation
_MOST_TYPED = 20  # articles in one typed citation


def read_articles(typed: str) -> tuple[tuple[Article, ...], ...]:
    """What a typed piece cites: every outer entry is cited, by any article of the inner one (a range).

    刑法253, 刑法第253条第一款第(二)项, 《中华人民共和国刑法》（2020修正）第二百五十三条, 第253条, 253条. Empty when the piece as a
    whole is no citation.
    """
    bare = squeeze(typed)
    if len(bare) > _LONGEST_TYPED:
        return ()
    listed = list(_LISTED.finditer(bare))
    if not listed:
        one = _without_sign(_CLAUSES.sub("", bare))
        return ((one,),) if one else ()
    first = listed[0].start()
    if len(listed) > _MOST_TYPED or not _BETWEEN.fullmatch(_LISTED.sub("", bare[first:])):
        return ()
    scan = _Scan(bare, "?")
    scan.end = first
    return _alternatives(law_name(bare[:first]), list(scan.cited()))


def _alternatives(law: str, cited: list[_Cited]) -> tuple[tuple[Article, ...], ...]:
    found: list[tuple[Article, ...]] = []
    for each in cited:
        low = found[-1][-1].number if found and each.through else each.number
        if found and low < each.number < low + _WIDEST:
            rest = (Article(law, number) for number in range(low + 1, each.number + 1))
            found[-1] = (*found[-1], *rest)
        else:
            found.append((Article(law, each.number, each.branch),))
    return tuple(found)


def _without_sign(bare: str) -> Article | None:
    """刑法253, 刑法133之1, 刑法二百五十三, 253条; what is no citation, as 公司法2023 or 刑法修正案八, gives nothing."""
    match = _TYPED.match(bare)
    if match is None or law_name(bare) in known_laws():
        return None
    law, number = law_name(match["law"] or ""), _counted(match["number"])
    is_arabic = match["number"].isascii()
    is_written = (
        is_law_name(law) and (law in known_laws() or match["lead"]) if law else is_arabic and match["sign"]
    )
    if not number or not is_written or not (is_arabic or match["sign"] or len(match["number"]) > 1):
        return None
    return Article(law, number, _counted(match["branch"]) if match["branch"] else 0)


def canonical_article(typed: str) -> str:
    """A typed citation in the index's spelling, its first article; a law without an article keeps its name alone."""
    cited = read_articles(typed)
    return cited[0][0].name if cited else law_name(typed)


def spellings(article: Article) -> tuple[str, ...]:
    """The ways an article is written in texts, squeezed: with both kinds of numerals, and with the law if it is known."""
    numbers = [f"第{numeral}条" for numeral in (str(article.number), numeral_of(article.number))]
    if article.branch:
        branches = (str(article.branch), numeral_of(article.branch))
        numbers = [f"{number}之{branch}" for number, branch in zip(numbers, branches, strict=True)]
    if not article.law:
        return tuple(numbers)
    names = (article.law, *(short for short, law in short_names().items() if law == article.law))
    return tuple(f"{name}{mark}{number}" for name in names for mark in ("", "》") for number in numbers)
