"""Names of laws in one spelling: 《中华人民共和国刑事诉讼法》（2018修正）, 刑诉法 and 刑事诉讼法 are one law."""

import re
from functools import cache, lru_cache
from importlib import resources

import yaml

from search_index.folding import squeeze

_ENDINGS = (
    "法 典 条例 解释 规定 办法 规则 细则 决定 批复 意见 纪要 通知 通则 总则 修正案 公约 安排 答复 标准 制度"
)
LAW_ENDINGS = tuple(_ENDINGS.split())
_LONGEST = 200  # characters of a law's name
_STATE = "中华人民共和国"
_ISSUERS = re.compile(
    r"^(?:(?:最高人民法院|最高人民检察院|公安部|国家安全部|司法部|民政部|财政部|国务院|全国人大常委会"
    r"|全国人民代表大会常务委员会|中央军委|人力资源和?社会保障部|自然资源部|生态环境部|海关总署|工业和信息化部"
    r"|中国证券监督管理委员会|中国人民银行)[、,和及与]?)+(?=关于|公安机关|人民检察院|人民法院)"
)
_YEAR_MARK = re.compile(
    r"\((?:19|20)\d\d年?(?:\d{1,2}月)?(?:修正|修订|修改|公布|施行|版|文本)?(?:本|版|文本)?\)"
)
_YEAR_LEAD = re.compile(r"^(?:19|20)\d\d年?(?:修正|修订|版)?(?:的)?(?=\D)")
_DOCUMENT_NUMBER = re.compile(r"\((?:19|20)\d\d\)[^()]{0,40}号$")
_EDITION = re.compile(r"\((?:(?:(?:19|20)\d\d)?年?第?[一二三四五六七八九十]*次?(?:修正|修订))\)")
_MARKS = str.maketrans("", "", "《》〈〉<>()\"'")
_UNTITLED = str.maketrans("", "", "《》〈〉<>")


@cache
def short_names() -> dict[str, str]:
    """Every short name of `data/laws.yaml` with the name it stands for, both squeezed and without brackets."""
    return {short: law for law, shorts in _table().items() for short in shorts}


@cache
def known_laws() -> frozenset[str]:
    """The laws that are recognised in a text without book-title marks, in the index's spelling."""
    return frozenset(_table())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    text = resources.files("search_index").joinpath("data/laws.yaml").read_text("utf-8")
    read = yaml.load(text, Loader=yaml.CSafeLoader)
    return {_bare(law): tuple(_bare(short) for short in shorts) for law, shorts in read.items()}


@lru_cache(maxsize=4096)
def law_name(name: str) -> str:
    """A law's name in the index's spelling: without 中华人民共和国, issuer, book-title marks, brackets and year.

    关于适用民法典婚姻家庭编的解释一 is 《最高人民法院关于适用〈中华人民共和国民法典〉婚姻家庭编的解释（一）》. Well-known short
    names (刑诉法, 民诉解释) are written out.
    """
    bare = _bare(squeeze(name)[:_LONGEST])
    return short_names().get(bare, bare)


def _bare(squeezed: str) -> str:
    if _DOCUMENT_NUMBER.search(squeezed):
        return squeezed.translate(_UNTITLED)
    undated = _EDITION.sub("", _YEAR_MARK.sub("", squeezed.translate(_UNTITLED)))
    plain = _YEAR_LEAD.sub("", undated).replace(_STATE, "")
    return _ISSUERS.sub("", plain).translate(_MARKS)


def is_law_name(name: str) -> bool:
    """Whether a name in book-title marks is a law's, not a contract's, a receipt's or a book's. Takes `law_name`'s answer."""
    stem = name.rstrip("一二三四五六七八九十").removesuffix("试行").removesuffix("暂行")
    return name in known_laws() or (len(stem) > 2 and stem.endswith(LAW_ENDINGS))
