"""How an article is written where it is cited."""

from dataclasses import dataclass

from review_app.statutes.models import StatuteArticle
from search_index.citations import numeral_of


@dataclass(frozen=True)
class CitedArticle:
    """A citation as forms and opinions keep it: law (whole name), version, article."""

    law: str
    version: str
    article: str

    def __str__(self) -> str:
        version = f"（{self.version}）" if self.version else ""
        title = self.law.replace("《", "〈").replace("》", "〉")  # titles in a title, GB/T 15834—2011
        return f"《{title}》{version}{self.article}"


def citation_of(article: StatuteArticle) -> CitedArticle:
    """《中华人民共和国民事诉讼法》（2023）第二百六十四条."""
    return CitedArticle(article.version.statute.title, article.version.label, in_words(article))


def in_words(article: StatuteArticle) -> str:
    """第一百三十三条之一, as laws write it themselves."""
    branch = f"之{numeral_of(article.branch)}" if article.branch else ""
    return f"第{numeral_of(article.number)}条{branch}"
