"""Finds laws in what an operator points to: markdown files, a folder of them, or a file of JSON lines."""

import json
import lzma
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from review_app.errors import N_, ReviewError
from review_app.statutes.dating import (
    KnownDays,
    Stated,
    changes,
    day_in_name,
    first_day,
    promulgated,
    read_days,
)
from review_app.statutes.drafts import Draft, DraftArticle, checked
from review_app.statutes.kinds import kind_of, organ_of
from review_app.statutes.markdown import Reading, read_markdown
from review_app.statutes.names import article_number, code_of
from review_app.statutes.states import Kind

MARKDOWN = ".md"
LINES = (".jsonl", ".jsonl.xz")
DAYS = "validity.csv"
NOT_LAWS = ("_index.md", "readme.md", "readme.zh-cn.md")
_NAMED_ARTICLE = re.compile(r"^(.{2,}?)(第[^第条]{1,12}条(?:之[^第条]{1,6})?)$")
LARGEST = 20_000_000  # bytes of one markdown file


@dataclass(frozen=True)
class Refused:
    """Something that could not become a statute: where it stands and why."""

    place: str
    reason: ReviewError


@dataclass(frozen=True)
class Options:
    """What the operator says about everything that is read."""

    is_excerpt: bool = False
    source: str = ""
    licence_note: str = ""
    stated: Stated | None = None


@dataclass(frozen=True)
class Source:
    """Everything there is to read: how many pieces (files, or laws of a file of lines), and the reading of it."""

    total: int
    texts: Iterator[Draft | Refused]


def open_source(path: Path, options: Options) -> Source:
    """What lies under ``path``, files in the order of names. Raises ReviewError when there is nothing to read."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if is_known(file))
    if not files or not is_known(files[0]):
        raise ReviewError(N_("没有找到可以导入的法规文件（.md、.jsonl、.jsonl.xz）。请核对路径。"))
    root = path if path.is_dir() else path.parent
    options = replace(options, stated=days_beside(root))
    documents = [file for file in files if file.name.lower().endswith(MARKDOWN)]
    rows = [laws_of(file, root) for file in files if not file.name.lower().endswith(MARKDOWN)]
    total = len(documents) + sum(len(laws) for laws, _ in rows)
    return Source(total, read_all(documents, rows, root, options))


def is_known(file: Path) -> bool:
    name = file.name.lower()
    return (
        name.endswith((MARKDOWN, *LINES))
        and not name.startswith(".")
        and name not in NOT_LAWS
        and file.is_file()
    )


def days_beside(root: Path) -> Stated:
    """The operator's own table of days, if one lies in the folder."""
    table = root / DAYS
    return read_days(table.read_text("utf-8")) if table.is_file() else {}


@dataclass(frozen=True)
class LinesOfLaw:
    """Articles of one law in a file of JSON lines."""

    title: str
    place: str
    articles: tuple[DraftArticle, ...]


Rows = tuple[list[LinesOfLaw], list[Refused]]


def read_all(
    documents: list[Path], rows: list[Rows], root: Path, options: Options
) -> Iterator[Draft | Refused]:
    parts: dict[tuple[str, date | None], list[tuple[Reading, str]]] = {}
    for file in documents:
        place = str(file.relative_to(root))
        try:
            reading = read_markdown(text_of(file))
            if reading.parts and reading.title:
                day = promulgated(reading.events, day_in_name(file.stem))
                parts.setdefault((reading.title, day), []).append((reading, place))
            else:
                yield draft_of(reading, (place,), options)
        except ReviewError as refused:
            yield Refused(place, refused)
    for pieces in parts.values():
        yield from joined_parts(pieces, options)
    for laws, refusals in rows:
        yield from refusals
        for law in laws:
            yield from draft_of_lines(law, options)


def text_of(file: Path) -> str:
    if file.stat().st_size > LARGEST:
        raise ReviewError(N_("文件超过%(most)sMB，不像一部法规。"), most=LARGEST // 1_000_000)
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ReviewError(N_("文件不是UTF-8编码。请另存为UTF-8后再导入。")) from None


def draft_of(reading: Reading, places: tuple[str, ...], options: Options) -> Draft:
    """A law from a markdown file. Raises ReviewError for what cannot be one."""
    front, name = reading.front, Path(places[0])
    passed = written(front, "promulgated_on") or promulgated(reading.events, day_in_name(name.stem))
    title, articles, code = reading.title, tuple(reading.articles), code_of(reading.title)
    stated = own_days(front, code, passed, options.stated or {})
    valid_from, dating = first_day(code, reading.events, articles, passed, stated)
    return checked(
        Draft(
            title=title,
            articles=articles,
            kind=chosen_kind(front) or kind_of(title, name.parts[:-1], reading.events),
            organ=organ_of(title, reading.events),
            promulgated_on=passed,
            valid_from=valid_from,
            ends=stated[code, passed].valid_to if passed and (code, passed) in stated else None,
            dating=dating,
            history=tuple(reading.events),
            changes=changes(reading.events),
            preamble="\n".join(reading.preamble),
            appendix="\n".join(reading.appendix),
            is_excerpt=options.is_excerpt or front.get("excerpt") == "true",
            source=front.get("source", "") or options.source,
            licence_note=options.licence_note,
            places=places,
        )
    )


def own_days(front: Mapping[str, str], code: str, passed: date | None, stated: Stated) -> Stated:
    """The days a file states about itself go before those of the table beside it."""
    known = stated.get((code, passed), KnownDays()) if passed else KnownDays()
    days = KnownDays(
        written(front, "valid_from") or known.valid_from, written(front, "valid_to") or known.valid_to
    )
    return {(code, passed): days} if passed and days != KnownDays() else {}


def written(front: Mapping[str, str], name: str) -> date | None:
    value = front.get(name, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ReviewError(
            N_("文件开头的%(name)s“%(value)s”不是日期。请写成2024-01-01。"), name=name, value=value[:20]
        ) from None


def chosen_kind(front: Mapping[str, str]) -> Kind | None:
    value = front.get("kind", "")
    if value and value not in list(Kind):
        raise ReviewError(
            N_("文件开头的kind“%(value)s”不存在。可用：%(known)s。"), value=value[:20], known="、".join(Kind)
        )
    return Kind(value) if value else None


def joined_parts(pieces: list[tuple[Reading, str]], options: Options) -> Iterator[Draft | Refused]:
    """One law from the files of its parts (the 编 of the 民法典), in the order of article numbers."""
    places = tuple(place for _, place in pieces)
    readings = sorted(
        (reading for reading, _ in pieces if reading.articles), key=lambda one: one.articles[0].order
    )
    if not readings:
        yield Refused(places[0], ReviewError(N_("没有读到条文（每条应以“第一条”这样的条号开头）。")))
        return
    whole = replace(
        readings[0],
        articles=[article for reading in readings for article in reading.articles],
        preamble=[line for reading in readings for line in reading.preamble],
        appendix=[line for reading in readings for line in reading.appendix],
    )
    try:
        yield draft_of(whole, places, options)
    except ReviewError as refused:
        yield Refused("、".join(places), refused)


def laws_of(file: Path, root: Path) -> Rows:
    """Articles of a file of JSON lines ({"name": "刑法第一条", "text": …}), put together law by law."""
    place = str(file.relative_to(root))
    laws: dict[str, list[DraftArticle]] = {}
    titles: dict[str, str] = {}
    refused: list[Refused] = []
    for number, line in enumerate(lines_of(file), start=1):
        if not line.strip():
            continue
        try:
            title, article = article_of_row(line)
        except ReviewError as reason:
            refused.append(Refused(f"{place}:{number}", reason))
            continue
        code = code_of(title)
        titles.setdefault(code, title)
        if article not in laws.setdefault(code, []):
            laws[code].append(article)
    found = [
        LinesOfLaw(titles[code], place, tuple(sorted(articles, key=lambda one: one.order)))
        for code, articles in laws.items()
    ]
    return found, refused


def lines_of(file: Path) -> Iterator[bytes]:
    if file.name.lower().endswith(".xz"):
        with lzma.open(file, "rb") as lines:
            yield from lines
    else:
        with file.open("rb") as lines:
            yield from lines


def article_of_row(line: bytes) -> tuple[str, DraftArticle]:
    """Law and article of one line."""
    try:
        row: Any = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        raise ReviewError(N_("这一行不是完整的JSON（UTF-8）。")) from None
    name, text = (row.get("name"), row.get("text")) if isinstance(row, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(text, str):
        raise ReviewError(N_("缺少名称（name）或者正文（text）。"))
    found = _NAMED_ARTICLE.match(name.strip())
    number = article_number(found[2]) if found else None
    if found is None or number is None:
        raise ReviewError(N_("名称“%(name)s”不是“法规名称第几条”。"), name=name[:40])
    return found[1], DraftArticle(*number, (), text.strip())


def draft_of_lines(law: LinesOfLaw, options: Options) -> Iterator[Draft | Refused]:
    """A law without day or headings. An article that comes twice refuses the law; holes are no error here, because
    such collections leave articles out on purpose: it is then an excerpt."""
    numbers = {article.number for article in law.articles}
    draft = Draft(
        title=law.title,
        articles=law.articles,
        kind=kind_of(law.title, (), ()),
        organ=organ_of(law.title, ()),
        is_excerpt=options.is_excerpt or len(numbers) < max(numbers),
        source=options.source or law.place,
        licence_note=options.licence_note,
        places=(f"{law.place}《{law.title}》",),
    )
    try:
        yield checked(draft)
    except ReviewError as refused:
        yield Refused(draft.places[0], refused)
