"""The day of a judgment: written at its end, in Chinese numerals or digits, with every confusion of the sign for zero."""

import re
from datetime import date

from search_index.citations import number_of

ZEROS = "〇○ＯOo0零ＯοΟоО◯０Q"
_DIGIT = rf"[{ZEROS}一二三四五六七八九元\d]"
_DATE = re.compile(
    rf"([二一12２１][{ZEROS}九9９][{ZEROS}一二三四五六七八九\d]{{2}})年({_DIGIT}{{0,1}}十?{_DIGIT}{{0,1}})月"
    rf"([{ZEROS}一二三四五六七八九十廿卅\d]{{1,4}})日"
)
_SIGNERS = re.compile(r"审判[长员]|执行[长员]|陪审员|检察[长员官]|仲裁员|调解员|院印|（印章）")


def date_of(flat: str) -> date | None:
    """The first day after the last judge, prosecutor or seal who signs; where nobody does, the last day written in
    Chinese numerals, else the last in digits. ``flat`` is the end of a text without white space."""
    dates = [(match.start(), match[1], as_date(*match.groups())) for match in _DATE.finditer(flat)]
    known = [(at, year, day) for at, year, day in dates if day is not None]
    signed = max((match.end() for match in _SIGNERS.finditer(flat)), default=None)
    if signed is not None:
        after = [day for at, _, day in known if at >= signed and at - signed < _NEAR]
        if after:
            return after[0]
    written = [day for _, year, day in known if not year.isdecimal()]
    return written[-1] if written else known[-1][2] if known else None


_NEAR = 120  # characters between the last signer and the date


def as_date(year: str, month: str, day: str) -> date | None:
    try:
        return date(*(number_of(plain(part)) for part in (year, month, day)))
    except (ValueError, OverflowError):
        return None


def plain(numeral: str) -> str:
    """A numeral in one spelling: full-width digits narrow, every sign for zero as 〇, mixed ones like 1十 refused."""
    numeral = re.sub(f"[{ZEROS}]", "〇", numeral).translate(_NARROW).replace("元", "一")
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    if re.fullmatch("[1-9〇]+", numeral):
        return numeral.replace("〇", "0")
    return numeral.translate(_CHINESE)


_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE = str.maketrans("123456789", "一二三四五六七八九")
