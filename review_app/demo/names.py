"""Names, ID numbers and phones that nobody has: surnames by frequency, given names by decade of birth."""

import random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    (1955, "国建志秀玉桂守庆德兰"),
    (1970, "海军伟丽敏勇静超艳磊"),
    (1985, "子昊婷晓雨辰洋雪宇欣"),
)
DENIED = {"张军", "王勇", "李强", "王毅", "林武"}
"""names of people in high office that the letters above could make"""
AREA = "999999"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


def draw_name(lots: random.Random, birth_year: int, taken: set[str]) -> str:
    """A name nobody of the demo has yet."""
    letters = next(text for since, text in reversed(GIVEN) if birth_year >= since)
    while True:
        # the earlier a surname stands in the list, the more people bear it
        surname = SURNAMES[min(int(lots.expovariate(1 / 24)), len(SURNAMES) - 1)]
        given = "".join(lots.sample(letters, lots.choice((1, 2, 2))))
        if surname + given not in taken | DENIED:
            taken.add(surname + given)
            return surname + given


def id_number(birth_year: int, serial: int) -> str:
    """An ID number of an area that does not exist, with a check digit that is wrong on purpose."""
    front = f"{AREA}{birth_year:04d}0101{serial % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(front, WEIGHTS, strict=True))
    return front + CHECK_DIGITS[(total % 11 + 1) % 11]


def phone(serial: int) -> str:
    return f"1XX-0000-{serial:04d}"
