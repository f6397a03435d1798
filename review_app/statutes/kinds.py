"""What kind of statute a text is and who issued it, from its name, its folder and its history."""

import re
from collections.abc import Sequence

from review_app.statutes.drafts import Event
from review_app.statutes.states import Kind

_FOLDERS = (
    ("司法解释", Kind.INTERPRETATION),
    ("行政法规", Kind.REGULATION),
    ("部门规章", Kind.DEPARTMENT),
    ("地方", Kind.LOCAL),
    ("DLC", Kind.LOCAL),
    ("其他", Kind.OTHER),
)
_LAWS = ("刑法", "民法典", "民法商法", "行政法", "经济法", "社会法", "诉讼与非诉讼程序法", "宪法相关法")
_HIGHEST = re.compile(r"^最高人民(?:法院|检察院)|^人民检察院刑事诉讼规则|^人民法院")
_PLACE = re.compile(r"^[^《》]{1,12}?(?:省|市|自治区|自治州|自治县|经济特区|县)")
_ORGANS = (
    ("最高人民法院、最高人民检察院", "最高人民法院、最高人民检察院"),
    ("最高人民法院审判委员会", "最高人民法院"),
    ("最高人民法院", "最高人民法院"),
    ("最高人民检察院", "最高人民检察院"),
    ("全国人民代表大会常务委员会", "全国人民代表大会常务委员会"),
    ("届全国人民代表大会第", "全国人民代表大会"),
    ("中共中央、国务院", "中共中央、国务院"),
    ("国务院", "国务院"),
)


def kind_of(title: str, folders: Sequence[str], events: Sequence[Event]) -> Kind:
    """By the name where it is clear, then by the folder, then by who passed it."""
    if title.removeprefix("中华人民共和国").startswith("宪法"):
        return Kind.CONSTITUTION
    if _HIGHEST.match(title):
        return Kind.INTERPRETATION
    for folder in folders:
        for part, kind in _FOLDERS:
            if part in folder:
                return kind
        if folder in _LAWS:
            return Kind.LAW
    return kind_by_maker(title, events)


def kind_by_maker(title: str, events: Sequence[Event]) -> Kind:
    organ = organ_of(title, events)
    if organ.startswith("全国人民代表大会") or title.endswith(("法", "法典")):
        return Kind.LAW
    if organ in ("国务院", "中共中央、国务院"):
        return Kind.REGULATION
    return Kind.LOCAL if _PLACE.match(title) else Kind.OTHER


def organ_of(title: str, events: Sequence[Event]) -> str:
    """The organ that made the first text, as far as its history tells."""
    said = [event.words for event in events] or [title]
    for words in (title, *said):
        for sign, organ in _ORGANS:
            if sign in words and (words is not title or _HIGHEST.match(title)):
                return organ
    return ""
