"""A case on its way into the library: read from a file or a JSON line, not yet stored."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from review_app.errors import N_, ReviewError
from review_app.precedents.judgments import Judgment, part, read_judgment
from review_app.precedents.states import Audience, Section, Stage, Tier
from search_index.citations import articles_in, canonical_article

SHORTEST = 30  # characters of a text that can be a case
LONGEST = 3_000_000
_FIRST_LINE = 80


@dataclass(frozen=True)
class Draft:
    """Everything the library keeps of a case."""

    text: str
    title: str
    source_tier: Tier
    case_no: str = ""
    organ: str = ""
    doc_type: str = ""
    stage: Stage | None = None
    decided_on: date | None = None
    year: int | None = None
    causes: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    holding: str = ""
    law_refs: tuple[str, ...] = ()
    outcome: str = ""
    keywords: tuple[str, ...] = ()
    sections: dict[str, list[int]] = field(default_factory=dict)
    licence_note: str = ""
    audience: Audience = Audience.EVERYONE
    source_review_id: int | None = None

    @cached_property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def normal_sha256(self) -> str:
        """See ``Precedent.normal_sha256``."""
        return hashlib.sha256(normal_text(self.text).encode()).hexdigest()

    @cached_property
    def identity(self) -> str:
        """The same for every version of this case, see ``Precedent.identity``: a case is told by its organ, number and
        kind; two rulings of one case on different days are two documents."""
        whose = [str(self.source_review_id)] if self.source_review_id is not None else []
        named = [self.organ, normal_text(self.case_no), self.doc_type, str(self.decided_on or ""), *whose]
        return hashlib.sha256("\0".join(named if self.is_numbered else [self.text]).encode()).hexdigest()

    @property
    def is_numbered(self) -> bool:
        return bool(self.organ and self.case_no)


def normal_text(text: str) -> str:
    """Without white space and differences of width, so that two copies of one judgment are the same."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def draft_of_text(text: str, *, name: str, tier: Tier, licence_note: str) -> Draft:
    """A case from a plain text; ``name`` (a file's, without ending) is its title when the text has none of its own."""
    text = checked(text)
    judgment = read_judgment(text, title=name)
    return Draft(
        text=text,
        title=name.strip() or first_line(text),
        source_tier=tier,
        case_no=judgment.case_no,
        organ=judgment.organ,
        doc_type=judgment.doc_type,
        stage=judgment.stage,
        decided_on=judgment.decided_on,
        year=year_of(judgment.decided_on, judgment.case_no),
        causes=judgment.causes,
        law_refs=articles_of(text, judgment),
        outcome=judgment.outcome,
        sections=judgment.sections,
        licence_note=licence_note,
    )


def draft_of_row(row: Mapping[str, Any], *, tier: Tier, licence_note: str) -> Draft:
    """A case from a JSON object: ``text`` is needed, everything else is read from the text where it is missing.

    Known: title, case_no, organ or court, doc_type, date, year, causes or charges, issues, holding, law_refs,
    outcome, keywords, tier, licence_note; facts, reason (or reasoning), result as [start, end] or as their words.
    Raises ReviewError for a row that cannot be a case.
    """
    text = row.get("text")
    if not isinstance(text, str):
        raise ReviewError(N_("缺少正文（text）。"))
    text = checked(text)
    judgment = read_judgment(text, sections_of(row, text), title=words(row, "title"))
    decided_on = judgment.decided_on or day_of(row.get("date"))
    case_no = words(row, "case_no") or judgment.case_no
    refs = tuple(canonical_article(ref) for ref in many(row, "law_refs"))
    return Draft(
        text=text,
        title=words(row, "title") or first_line(text),
        source_tier=tier_of(row.get("tier"), tier),
        case_no=case_no,
        organ=words(row, "organ") or words(row, "court") or judgment.organ,
        doc_type=judgment.doc_type or words(row, "doc_type"),
        stage=judgment.stage,
        decided_on=decided_on,
        year=whole(row.get("year")) or year_of(decided_on, case_no),
        causes=many(row, "causes") or many(row, "cause") or many(row, "charges") or judgment.causes,
        issues=many(row, "issues"),
        holding=words(row, "holding"),
        law_refs=refs or articles_of(text, judgment),
        outcome=words(row, "outcome") or judgment.outcome,
        keywords=many(row, "keywords"),
        sections=judgment.sections,
        licence_note=words(row, "licence_note") or licence_note,
    )


def checked(text: str) -> str:
    """The text with line breaks as pages give them back, so that a selection's place on a page is its place in the
    text; its length stays, since ranges into it may have come along. Raises ReviewError for what cannot be a case."""
    if len(text.strip()) < SHORTEST:
        raise ReviewError(N_("正文不足%(shortest)s个字，不像一份完整的文书。"), shortest=SHORTEST)
    if len(text) > LONGEST:
        raise ReviewError(N_("正文超过%(longest)s个字。请拆分后再导入。"), longest=LONGEST)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ReviewError(N_("正文含有不能保存的字符。请用原来的软件另存后再导入。"))
    return text.replace("\r\n", " \n").replace("\r", "\n")


def sections_of(row: Mapping[str, Any], text: str) -> dict[str, list[int]]:
    """Ranges of the parts that a row names, by offsets or by the words themselves."""
    named = {
        Section.FACTS: row.get("facts"),
        Section.REASONING: row.get("reasoning", row.get("reason")),
        Section.RESULT: row.get("result"),
    }
    found = ((section.value, range_of(value, text)) for section, value in named.items())
    return {name: place for name, place in found if place}


def range_of(value: Any, text: str) -> list[int] | None:
    if isinstance(value, str) and value and value in text:
        start = text.index(value)
        return [start, start + len(value)]
    if isinstance(value, list) and len(value) == 2 and all(type(bound) is int for bound in value):
        return value if 0 <= value[0] < value[1] <= len(text) else None
    return None


def articles_of(text: str, judgment: Judgment) -> tuple[str, ...]:
    """Articles the court relied on: those of the reasoning, or of the whole text where the parts are unknown."""
    return articles_in(part(text, judgment.sections, Section.REASONING) or text)[:60]


def tier_of(value: Any, usual: Tier) -> Tier:
    if value in (None, ""):
        return usual
    if str(value) not in list(Tier):
        raise ReviewError(N_("案例层级“%(tier)s”不存在。可用：1、2、3、4。"), tier=str(value)[:20])
    return Tier(str(value))


def words(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else ""


def many(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name)
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(each.strip() for each in values if isinstance(each, str) and each.strip()))


def whole(value: Any) -> int | None:
    return value if type(value) is int and 1900 <= value <= 2200 else None


def day_of(value: Any) -> date | None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return None if day is None or (day.month, day.day) == (1, 1) else day


def year_of(decided_on: date | None, case_no: str) -> int | None:
    number = re.search(r"(?:19|20)\d{2}", case_no)
    return int(number[0]) if number else decided_on.year if decided_on else None


def first_line(text: str) -> str:
    return text.strip().splitlines()[0][:_FIRST_LINE].strip()
