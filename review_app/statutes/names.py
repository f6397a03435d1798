"""Names of statutes and articles: whatever way one is written, one spelling comes out, the one citations are indexed
in (``search_index.citations``)."""

import re
from dataclasses import dataclass

from search_index.citations import canonical_article, number_of
from search_index.folding import squeeze
from search_index.laws import LAW_ENDINGS, law_name, short_names

_ARTICLE = re.compile(r"^(.*?)第(\d{1,5})条(?:之(\d{1,3}))?$")
_SHORTLY = re.compile(rf"^(.{{1,80}}(?:{'|'.join(LAW_ENDINGS)}))(\d{{1,4}})条?(?:(?:之|-)(\d{{1,3}}))?$")
_FIRST_YEAR = 1900  # 公司法2023 names a text, not an article
_BARE = re.compile(r"^(\d{1,4})(?:(?:之|-)(\d{1,3}))?$")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千]+")
_LONGEST_TYPED = 200


@dataclass(frozen=True, slots=True)
class ArticleName:
    """A law's code and an article's number; ``branch`` is the n of 之n, 0 without."""

    code: str
    number: int
    branch: int = 0

    def __str__(self) -> str:
        return self.code + article_of(self.number, self.branch)


def article_of(number: int, branch: int = 0) -> str:
    """第133条之1."""
    return f"第{number}条" + (f"之{branch}" if branch else "")


def code_of(name: str) -> str:
    """The stable code of a law from any way of naming it: 《中华人民共和国刑法》（2023年修正） is 刑法."""
    return law_name(name)


def aliases_of(code: str) -> list[str]:
    """The short names of a law."""
    return [short for short, whole in short_names().items() if whole == code]


def article_name(name: str) -> ArticleName | None:
    """A cited article from any usual spelling: 刑法133, 《刑法》第一百三十三条之一第一款; None when none is named."""
    if len(name) > _LONGEST_TYPED:
        return None
    found = _ARTICLE.match(canonical_article(name)) or _SHORTLY.match(squeeze(name))
    if found is None or not found[1] or int(found[2]) >= _FIRST_YEAR:
        return None
    return ArticleName(code_of(found[1]), int(found[2]), int(found[3] or 0))


def article_number(typed: str) -> tuple[int, int] | None:
    """Number and branch from 第一百三十三条之一, 133条, 133之1 or 133-1; None for anything else."""
    bare = re.sub(r"[第条]", "", squeeze(typed[:30]))
    try:
        arabic = _NUMERAL.sub(lambda found: str(number_of(found[0])), bare)
    except ValueError:
        return None
    found = _BARE.match(arabic)
    return (int(found[1]), int(found[2] or 0)) if found else None
