"""Document numbers: 青评意〔2024〕11号 (GB/T 9704—2012, 7.2.5)."""

import re

from review_app.errors import ReviewError

_NUMBER = re.compile(r"([^\d〔〕\s]{1,10})〔([1-9]\d{3})〕([1-9]\d*)号")


def format_number(mark: str, *, year: int, seq: int) -> str:
    """The number as printed: mark with year in 〔〕 (U+3014/3015), serial without leading zeros, without 第."""
    if seq < 1 or not 1000 <= year <= 9999:
        raise ReviewError("文号的年份或者序号不正确：%(year)s年第%(seq)s号。", year=year, seq=seq)
    return f"{mark}〔{year}〕{seq}号"


def parse_number(number: str) -> tuple[str, int, int]:
    """Mark, year and serial of a printed number; a sentence says what is wrong with any other text."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise ReviewError("“%(number)s”不是规范的发文字号，应当如“青评意〔2024〕11号”。", number=number)
    return match[1], int(match[2]), int(match[3])


def pending_number(mark: str, *, year: int) -> str:
    """The number of a draft: the serial is given only at release."""
    return f"{mark}〔{year}〕　号"
