"""Days, points and provisions as documents print them."""

from datetime import date
from decimal import Decimal

from review_app.documents.numerals import numeral
from review_app.opinions.facts import Law, Place


def day(value: date | None) -> str:
    """2024年2月6日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "　年　月　日"


def points(value: Decimal) -> str:
    """6 or 1.5, without needless zeros."""
    return f"{value.normalize():f}"


def provision(law: Law) -> str:
    """《中华人民共和国民事诉讼法》（2023）第二百六十五条."""
    name = in_title_marks(law.law.strip())
    version = f"（{law.version}）" if law.version else ""
    article = law.article.strip()
    if article.isdigit():
        article = f"第{numeral(int(article))}条"
    return f"{name}{version}{article}"


def in_title_marks(name: str) -> str:
    """A title in 《》; titles inside it stand in 〈〉 (GB/T 15834—2011)."""
    bare = name[1:-1] if name.startswith("《") and name.endswith("》") else name
    if bare.startswith("《"):
        return name
    return f"《{bare.replace('《', '〈').replace('》', '〉')}》"


def places(found: tuple[Place, ...]) -> str:
    """（执行卷宗正卷第34页、第58页；信访卷第7页）: volumes in order, each page once."""
    pages: dict[str, list[int]] = {}
    for place in found:
        of_volume = pages.setdefault(f"{place.volume}“{place.document}”", [])
        if place.page not in of_volume:
            of_volume.append(place.page)
    listed = (f"{name}第{'页、第'.join(map(str, sorted(numbers)))}页" for name, numbers in pages.items())
    return f"（{'；'.join(listed)}）" if pages else ""


def sentence(text: str) -> str:
    """The text trimmed, ending with one full stop."""
    trimmed = text.strip().rstrip("。；，;,.")
    return f"{trimmed}。" if trimmed else ""
