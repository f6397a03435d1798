"""Whether two names may belong to one person: Han names, minority names with a dot, Latin names.

Only whole names are compared, never parts of words: a shared surname says nothing. Ways of writing that files
mix up count as one name: traditional and simplified characters, kinds of dots, the order of given name and
family name, the usual characters for one foreign sound, surnames with a simplified twin (萧 and 肖). A match of
names is only ever POSSIBLE, so that a person decides. A name that a judgment has masked (张某, 李××) cannot be
compared at all and is reported as such.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from opencc import OpenCC

DOTS = "·•‧・･∙⋅・．.ᐧ●᛫⸱ꞏ·"
HAN = "㐀-鿿\U00020000-\U0003ffff"
MASKS = re.compile(rf"[某×*○〇□]|X{{2,}}|(?<=[{HAN}])X", re.IGNORECASE)
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])[{re.escape(DOTS)}](?=[{HAN}])")
SPACE_BY_HAN = re.compile(rf"(?<=[{HAN}{re.escape(DOTS)}]) (?=[{HAN}{re.escape(DOTS)}])")
COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "诸葛",
        "上官",
        "皇甫",
        "尉迟",
        "令狐",
        "慕容",
        "夏侯",
        "端木",
        "东方",
        "南宫",
        "独孤",
        "长孙",
        "宇文",
        "司徒",
        "公孙",
        "轩辕",
        "钟离",
        "闻人",
        "澹台",
        "呼延",
        "完颜",
        "第五",
        "申屠",
        "濮阳",
        "淳于",
        "单于",
        "太叔",
        "仲孙",
        "鲜于",
        "闾丘",
        "拓跋",
        "百里",
        "东郭",
        "南门",
        "西门",
        "左丘",
        "公冶",
        "公羊",
        "梁丘",
        "赫连",
        "万俟",
        "乐正",
        "宗政",
        "漆雕",
        "段干",
        "巫马",
        "颛孙",
        "亓官",
        "司空",
        "司寇",
        "公良",
        "夹谷",
        "谷梁",
        "壤驷",
        "公西",
        "羊舌",
        "微生",
    ]
)
TWIN_SURNAMES = {
    "萧": "肖",
    "傅": "付",
    "阎": "闫",
    "戴": "代",
    "蓝": "兰",
    "邱": "丘",
    "於": "于",
    "凃": "涂",
    "禇": "褚",
}
SOUNDS = {
    written: group[0]
    for group in (
        "卜布不", "都杜度", "拉啦喇", "买麦迈", "提堤梯", "古谷", "力丽利莉里", "伊依", "木穆姆", "曼满", "尔耳儿", "逊荪孙", "吐图土",
        "江姜", "克柯", "艾爱", "孜兹", "玛马", "亚雅娅", "娜那纳", "沙莎", "西希", "达大", "扎札", "次才泽", "旦丹", "措错", "合哈",
        "帕怕", "斯思司", "巴把", "甫夫", "来莱", "汗罕", "加佳嘉", "珍真", "姆穆", "卓桌", "珠朱",
    )
    for written in group
}  # fmt: skip
"""characters that stand for one sound in names taken over from other languages"""
SHORTEST_TAKEN_OVER = 4
BY_NAMES = (
    "曾用名",
    "又用名",
    "又名",
    "别名",
    "化名",
    "原名",
    "现名",
    "绰号",
    "小名",
    "乳名",
    "外号",
    "英文名",
)
IN_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
INTRODUCED = re.compile(rf"^(?:{'|'.join(BY_NAMES)})[:：为是]?\s*")
SEPARATORS = re.compile(r"[、,，;；/]")


class NameMatch(StrEnum):
    """What comparing two names tells."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class WrittenName:
    """A name as it stands in a file, with the other names given in brackets."""

    name: str
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def simplifier() -> OpenCC:
    return OpenCC("t2s")


def plain_name(name: str) -> str:
    """One way of writing: compatibility forms folded, one kind of dot, no spaces between Han characters."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    spaced = re.sub(r"\s+", " ", folded)
    return BETWEEN_HAN.sub("·", SPACE_BY_HAN.sub("", spaced))


def is_masked(name: str) -> bool:
    """Whether the name was made unrecognisable in its source (张某某, 李××, 王**)."""
    return bool(MASKS.search(unicodedata.normalize("NFKC", name)))


def read_name(text: str) -> WrittenName:
    """The name and the former or other names written behind it: 张伟（曾用名张三、又名张小三）."""
    name = IN_BRACKETS.sub(lambda found: "" if is_remark(found[1].strip()) else found[0], text).strip()
    found = [
        INTRODUCED.sub("", part.strip())
        for inside in IN_BRACKETS.findall(text)
        if INTRODUCED.match(inside.strip())
        for part in SEPARATORS.split(inside)
    ]
    return WrittenName(name, tuple(dict.fromkeys(one for one in found if one and one != name)))


def is_remark(inside: str) -> bool:
    """Whether what stands in brackets is not part of the name: another name, or the gender."""
    return bool(INTRODUCED.match(inside)) or inside in ("男", "女")


def all_names(name: str, aliases: Iterable[str] = ()) -> tuple[str, ...]:
    """Every name of somebody: as entered, what stands in brackets, former names and aliases."""
    written = [read_name(one) for one in (name, *aliases) if one.strip()]
    names = [one for each in written for one in (each.name, *each.aliases) if one]
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=20_000)
def keys(name: str) -> frozenset[str]:
    """What two spellings of one name have in common: each is one way of reading it without dots and spaces.

    A dotted or Latin name gives itself in both orders and a dotted one its own first part, since fathers'
    names are often left out; a name of foreign sound also its sounds.
    """
    plain = simplifier().convert(plain_name(name))
    if "·" in plain:
        parts = plain.split("·")
        found = {"".join(parts), "".join(reversed(parts)), "".join(parts[1:] + parts[:1])}
        found |= {"".join(parts[:count]) for count in range(1, len(parts)) if count > 1 or len(parts[0]) > 1}
        return frozenset(found | {sounds(one) for one in found})
    if not re.search(f"[{HAN}]", plain):
        words = sorted(re.findall(r"[^\W_]+", plain))
        return frozenset({" ".join(words)})
    found = {plain, twin(plain)}
    return frozenset(found | {sounds(plain)} if is_taken_over(plain) else found)


def twin(name: str) -> str:
    """The name with the simplified twin of its surname: 萧何 as 肖何."""
    return TWIN_SURNAMES.get(name[:1], name[:1]) + name[1:]


def is_taken_over(name: str) -> bool:
    """Whether a name without dot may come from another language: four characters and no compound surname."""
    return len(name) >= SHORTEST_TAKEN_OVER and name[:2] not in COMPOUND_SURNAMES


def sounds(name: str) -> str:
    """The name with one character for each sound: 阿布都拉 and 阿卜杜拉 become the same. Marked, so that it
    never equals a name as written."""
    return "~" + "".join(SOUNDS.get(character, character) for character in name)


def compare(one: str, other: str) -> NameMatch:
    """SAME when one name is a spelling of the other; UNKNOWN when either is empty or masked.

    Two dotted names must agree as wholes, whatever their order: 阿卜杜拉·买买提 is not 阿卜杜拉·热合曼.
    """
    a, b = plain_name(one), plain_name(other)
    if not a or not b or is_masked(one) or is_masked(other):
        return NameMatch.UNKNOWN
    if "·" in a and "·" in b:
        return NameMatch.SAME if same_parts(a, b) else NameMatch.DIFFERENT
    return NameMatch.SAME if keys(one) & keys(other) else NameMatch.DIFFERENT


def same_parts(one: str, other: str) -> bool:
    """Whether two dotted names have the same parts in any order, or the longer begins like the shorter."""
    a, b = ([sounds(simplifier().convert(part)) for part in name.split("·")] for name in (one, other))
    shorter, longer = sorted((a, b), key=len)
    return sorted(a) == sorted(b) or (len(shorter) > 1 and longer[: len(shorter)] == shorter)
