"""The similar-case report as a document, from the content that is signed and from nothing else."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from review_app.clock import SHANGHAI
from review_app.documents.content import (
    Block,
    Head,
    Heading,
    Layout,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from review_app.documents.numerals import numeral
from review_app.precedents.states import (
    ASPECT_LABELS,
    CONCLUSION_LABELS,
    LIKENESS_LABELS,
    SUBMITTER_LABELS,
    TIER_LABELS,
    Conclusion,
    Likeness,
    Submitter,
    Tier,
)

Content = Mapping[str, Any]
TITLE = "类案检索报告"
FILTER_WORDS = {
    "tier": "层级", "cause": "案由", "outcome": "结果", "year": "年份", "organ": "机关", "law": "法条", "years": "年份",
    "stage": "程序", "kind": "文书",
}  # fmt: skip
SORT_WORDS = {"tier": "层级", "relevance": "相关度", "newest": "日期从近到远", "oldest": "日期从远到近"}


def report_document(content: Content) -> OfficialDocument:
    """The report in the plain form (no red head, no number); unsigned content gives a draft without a date."""
    signed = content["signed"]
    at = local(signed["at"]).date() if signed else None
    return OfficialDocument(
        layout=Layout.FORM,
        head=Head(content["office"], number=""),
        title_lines=(TITLE,),
        recipient="",
        blocks=tuple(blocks(content)),
        signature=Signature(
            f"检索报告人（签名）：{signed['name'] if signed else '　　　'}", at, sealed=False
        ),
        notes=f"内容校验值（SHA-256）前16位：{signed['sha256'][:16]}" if signed else "",
    )


def blocks(content: Content) -> Iterator[Block]:
    """The parts that have something to say, numbered."""
    sections = (
        ("检索对象", subject(content)),
        ("检索记录", searches(content)),
        ("检索层级", tiers(content)),
        ("类案清单", case_list(content)),
        ("异同比较", comparison(content)),
        ("指导性案例的参照", guiding(content)),
        ("信访人和被评查单位提交的案例", submissions(content)),
        ("检索结论", conclusion(content)),
    )
    told = [(heading, some) for heading, content_of in sections if (some := list(content_of))]
    for place, (heading, some) in enumerate(told, start=1):
        yield Heading(1, f"{numeral(place)}、{heading}")
        yield from some


def subject(content: Content) -> Iterator[Block]:
    about = content["review"]
    yield Paragraph(
        f"本报告为评查项目{about['review_no']}（{about['organ']}{about['case_no']}{about['cause']}一案）检索类案的记录，"
        f"共记入检索{len(content['searches'])}次，比较案例{len(content['hits'])}件。"
    )


def searches(content: Content) -> Iterator[Block]:
    rows = tuple(
        (str(place), asked(search), f"{search['searcher']}\n{moment(search['at'])}", str(search["total"]))
        for place, search in enumerate(content["searches"], start=1)
    )
    if not rows:
        return
    yield Table(("序号", "检索式和条件", "检索人、时间", "命中"), rows, (10, 56, 26, 12))
    for version, numbers, search in ranges(content["searches"]):
        held = "、".join(
            f"{TIER_LABELS[Tier(tier)]}{count}件" for tier, count in sorted(search["corpora"].items())
        )
        yield Paragraph(
            f"第{numbers}次检索的范围：{held or '案例库为空'}（案例库版本{version}）{tools(search)}。"
        )


def asked(search: Content) -> str:
    """Query, conditions, synonyms and cause boost of one search, one a line."""
    words = ["按本案查找类案"] if search["similar"] else []
    words += [search["query"]] if search["query"] else []
    lines = ["，".join(words) or "（只用条件）"]
    for name, value in search["filters"].items():
        lines.append(f"排序：{SORT_WORDS.get(value, value)}" if name == "sort" else condition(name, value))
    lines += [f"同义词：{synonym}" for synonym in search["synonyms"]]
    if boost := search["boost"]:
        how = "检索人指定" if boost["stated"] else "由最相似的案例得出"
        lines.append(f"案由加权：{'、'.join(boost['causes'])}，系数{boost['factor']:g}（{how}）")
    return "\n".join(lines)


def condition(name: str, value: Any) -> str:
    words = FILTER_WORDS.get(name, name)
    if name == "years":
        return f"{words}：{value[0] or ''}—{value[1] or ''}"
    shown = [
        TIER_LABELS[Tier(each)] if name == "tier" and each in list(Tier) else str(each)
        for each in many(value)
    ]
    return f"{words}：{'、'.join(shown)}"


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def ranges(found: list[Content]) -> Iterator[tuple[str, str, Content]]:
    """Each state of the library with the numbers of the searches made in it."""
    numbers: dict[str, list[int]] = {}
    for place, search in enumerate(found, start=1):
        numbers.setdefault(search["corpus_version"], []).append(place)
    for version, places in numbers.items():
        yield version, "、".join(map(str, places)), found[places[0] - 1]


def tools(search: Content) -> str:
    used = search["tools"]
    told = [
        f"检索引擎{used['engine']}" if used.get("engine") else "",
        f"检索语法{used['language']}版" if used.get("language") else "",
        f"法规库版本{used['statutes']}" if used.get("statutes") else "",
    ]
    return "".join(f"，{each}" for each in told if each)


def tiers(content: Content) -> Iterator[Block]:
    rows = tuple(
        (
            TIER_LABELS[Tier(row["tier"])],
            f"已检索{row['searches']}次" if row["searches"] else "未检索",
            f"{row['found']}件" if row["searches"] else "—",
            row["reason"] or "—",
        )
        for row in content["tiers"]
    )
    yield Table(("层级（从先到后）", "检索情况", "命中最多", "未检索的理由"), rows, (32, 20, 16, 36))


def case_list(content: Content) -> Iterator[Block]:
    rows = tuple(
        (
            str(place),
            TIER_LABELS[Tier(hit["tier"])],
            "\n".join(each for each in (hit["title"], hit["case_no"]) if each),
            "\n".join(each for each in (hit["organ"], decided(hit)) if each) or "—",
        )
        for place, hit in enumerate(content["hits"], start=1)
    )
    if rows:
        yield Table(("序号", "层级", "案例、案号", "机关、日期"), rows, (9, 25, 42, 28))


def decided(hit: Content) -> str:
    day = hit["decided_on"] or (f"{hit['year']}年" if hit["year"] else "")
    return f"{day}\n近三年" if day and hit["recent"] else day


def comparison(content: Content) -> Iterator[Block]:
    hits = content["hits"]
    if not hits:
        return
    names = ("facts", "issues", "law", "result")
    rows = tuple(
        (str(place), *(likeness(hit[name]) for name in names)) for place, hit in enumerate(hits, start=1)
    )
    yield Table(("案例", *ASPECT_LABELS.values()), rows, (12, 23, 23, 23, 23))
    for place, hit in enumerate(hits, start=1):
        told = [sentence(hit["note"])] if hit["note"] else []
        told += [f"摘引：“{hit['quote']['text']}”{place_of(hit)}。"] if hit["quote"] else []
        if told:
            yield Paragraph("".join(told), lead=f"（{numeral(place)}）{hit['title']}。")


def place_of(hit: Content) -> str:
    """Where the quoted words stand: version of the text and characters, counted from one."""
    quote = hit["quote"]
    return f"（第{hit['version']}版文本第{quote['start'] + 1}至{quote['end']}字，校验值{hit['sha256'][:12]}）"


def likeness(value: str | None) -> str:
    return LIKENESS_LABELS[Likeness(value)] if value else "未比较"


def guiding(content: Content) -> Iterator[Block]:
    for hit in content["hits"]:
        if hit["tier"] == Tier.GUIDING:
            answer = (
                "予以参照。" if hit["followed"] else f"不予参照，理由是：{sentence(hit['departure'] or '')}"
            )
            yield Paragraph(f"{hit['title']}：{answer}")


def submissions(content: Content) -> Iterator[Block]:
    for each in content["submissions"]:
        kind = "指导性案例" if each["guiding"] else "案例"
        response = sentence(each["response"]) or "未作回应。"
        yield Paragraph(f"{SUBMITTER_LABELS[Submitter(each['by'])]}{kind}：{each['named']}。回应：{response}")


def conclusion(content: Content) -> Iterator[Block]:
    chosen = content["conclusion"]
    words = CONCLUSION_LABELS[Conclusion(chosen)] if chosen else "尚未作出结论"
    yield Paragraph(f"{words}。{sentence(content['explanation'])}")


def sentence(text: str) -> str:
    """The text in one paragraph, ending with a full stop."""
    joined = " ".join(text.split()).rstrip("。；;")
    return f"{joined}。" if joined else ""


def local(moment_text: str) -> datetime:
    return datetime.fromisoformat(moment_text).astimezone(SHANGHAI)


def moment(text: str) -> str:
    return f"{local(text):%Y-%m-%d %H:%M}"
