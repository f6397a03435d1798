"""Reads a Chinese judgment: organ, kind, number, date, causes, parties, parts, outcome. Pure, in time proportional to the
text; what is not recognised stays empty."""

import re
from dataclasses import dataclass, field
from datetime import date

from review_app.precedents.judgment_causes import (
    act_of,
    charges_found,
    charges_in_result,
    charges_suspected,
    dispute_of,
)
from review_app.precedents.judgment_dates import date_of
from review_app.precedents.judgment_heads import HEAD, kind_of, numbers_of, organ_of, stage_of
from review_app.precedents.judgment_outcomes import outcome_of
from review_app.precedents.judgment_parties import Party, counsel_of, judges_of, parties_of
from review_app.precedents.judgment_sections import find_sections
from review_app.precedents.judgment_text import flatten
from review_app.precedents.states import Section, Stage

TAIL = 2_500  # characters at the end in which the date stands, where the tail is not recognised
_REVIEWING = frozenset({Stage.SECOND, Stage.RETRIAL, Stage.PETITION})


@dataclass(frozen=True)
class Judgment:
    """What could be read from a judgment's text. Ranges are character offsets into it."""

    organ: str = ""
    doc_type: str = ""
    case_no: str = ""
    case_numbers: tuple[str, ...] = ()
    stage: Stage | None = None
    decided_on: date | None = None
    causes: tuple[str, ...] = ()
    outcome: str = ""
    sections: dict[str, list[int]] = field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    counsel: tuple[Party, ...] = ()
    judges: tuple[Party, ...] = ()


def read_judgment(text: str, sections: dict[str, list[int]] | None = None, *, title: str = "") -> Judgment:
    """Read a judgment. Known ``sections`` are kept, missing ones are looked for; a ``title`` that came with the text
    helps where the text itself does not name stage or cause."""
    flat = flatten(text)
    numbers = numbers_of(flat)
    case_no = numbers[0] if numbers else ""
    kind = kind_of(flat)
    stage = stage_of(case_no, kind, title or flat.flat[:60])
    ranges = find_sections(flat, reviews_another=stage in _REVIEWING)
    found = {name.value: list(place) for name, place in ranges.items()} | (sections or {})
    end = head_end(found)
    parties = parties_of(flat, end)
    return Judgment(
        organ=organ_of(flat),
        doc_type=kind,
        case_no=case_no,
        case_numbers=numbers,
        stage=stage,
        decided_on=date_of(squeezed(ending(text, found))),
        causes=causes_of(text, found, kind=kind, stage=stage, parties=parties, title=title),
        outcome=outcome_of(
            part(text, found, Section.RESULT), stage=stage, field=field_of(kind, stage, flat.flat[:HEAD])
        ),
        sections=found,
        parties=parties,
        counsel=counsel_of(flat, end),
        judges=judges_of(flatten(ending(text, found))),
    )


def head_end(sections: dict[str, list[int]]) -> int | None:
    head = sections.get(Section.HEAD.value)
    return head[1] if head else None


def ending(text: str, sections: dict[str, list[int]]) -> str:
    """What stands behind the result, or the last characters where that is not known."""
    tail = sections.get(Section.TAIL.value)
    return text[tail[0] :] if tail else text[-TAIL:]


def causes_of(
    text: str,
    sections: dict[str, list[int]],
    *,
    kind: str,
    stage: Stage | None,
    parties: tuple[Party, ...],
    title: str,
) -> tuple[str, ...]:
    """Criminal: charges of which somebody is found guilty, else those accused of. Others: the dispute named in the
    head or the title, for administrative cases else the act in dispute."""
    head = squeezed(part(text, sections, Section.HEAD) or text[:HEAD])
    result = squeezed(part(text, sections, Section.RESULT))
    reasoning = squeezed(part(text, sections, Section.REASONING))
    if is_criminal(kind, stage, head):
        return (
            charges_in_result(result)
            or charges_found(reasoning)
            or charges_in_result(head)
            or charges_suspected(head)
        )
    disputed = dispute_of(head, parties) or dispute_of(squeezed(title), parties)
    if disputed or not kind.startswith("行政"):
        return disputed
    return act_of(squeezed(title) + head)


def is_criminal(kind: str, stage: Stage | None, head: str) -> bool:
    return field_of(kind, stage, head) == "刑事"


def field_of(kind: str, stage: Stage | None, head: str) -> str:
    """刑事, 民事, 行政 or 执行, by the kind of document, else by who is before the court."""
    if stage is Stage.PAROLE:
        return "刑事"
    for field_name in ("刑事", "民事", "行政", "执行"):
        if kind.startswith(field_name):
            return field_name
    if stage is Stage.ENFORCEMENT:
        return "执行"
    return "刑事" if stage is Stage.PROSECUTION or "被告人" in head else ""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def part(text: str, sections: dict[str, list[int]], name: Section) -> str:
    start, end = sections.get(name.value, (0, 0))
    return text[start:end]
