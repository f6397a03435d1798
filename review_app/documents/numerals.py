"""Chinese numerals as documents print them."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def numeral(number: int) -> str:
    """1–9999 in Chinese: 五百一十七, 十一, 一千零三."""
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + _UNITS[place]
            zero = False
        else:
            zero = True
    return text[1:] if text.startswith("一十") else text
