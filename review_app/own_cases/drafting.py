"""What a concluded review says in the library: taken from the issued opinion, without scores, votes, dissents, minutes
and forms (class L3); and the same de-identified."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace

from review_app.errors import N_
from review_app.masking.texts import Datum, masked
from review_app.opinions.facts import FindingFacts, OpinionFacts
from review_app.opinions.wording import provision, sentence
from review_app.precedents.states import Section


@dataclass(frozen=True)
class OwnText:
    """The parts of a case of one's own; ``points`` and ``laws`` hold one entry a line."""

    title: str
    facts: str
    points: str
    reasoning: str
    result: str
    laws: str
    holding: str = ""


PART_LABELS = {
    "title": N_("标题"),
    "facts": N_("基本案情"),
    "points": N_("争议焦点"),
    "reasoning": N_("评析理由"),
    "result": N_("处理意见"),
    "laws": N_("法律依据"),
    "holding": N_("评查要点"),
}
HEADINGS = {
    "facts": "基本案情", "points": "争议焦点", "reasoning": "评析理由", "result": "处理意见", "laws": "法律依据",
}  # fmt: skip
SECTIONS = {
    "facts": Section.FACTS, "points": Section.POINTS, "reasoning": Section.REASONING, "result": Section.RESULT,
}  # fmt: skip


def original(facts: OpinionFacts) -> OwnText:
    """The issued opinion in the parts of a case, names in full."""
    return OwnText(
        title=f"{facts.matter}专家评查案例",
        facts="\n".join(line for line in (facts.case_text.strip(), *established(facts)) if line),
        points="\n".join(points(facts)),
        reasoning="\n".join(reasoning(facts)),
        result="\n".join(result(facts)),
        laws="\n".join(laws(facts)),
    )


def proposal(text: OwnText, data: Sequence[Datum]) -> OwnText:
    """Every part masked."""
    return replace(text, **{name: masked(value, data) for name, value in asdict(text).items()})


def established(facts: OpinionFacts) -> Iterator[str]:
    for number, fact in enumerate(facts.established, start=1):
        yield f"{number}．{sentence(fact)}"


def points(facts: OpinionFacts) -> Iterator[str]:
    """What was in dispute: the findings; without any, the requests."""
    found = [finding.title.strip().rstrip("。") for finding in facts.findings]
    yield from dict.fromkeys(found or [request.text.strip() for request in facts.petition.requests])


def reasoning(facts: OpinionFacts) -> Iterator[str]:
    for finding in facts.findings:
        yield told(finding)
    for request in facts.petition.requests:
        if request.answer.strip():
            yield f"关于“{request.text.strip().rstrip('。；')}”：{sentence(request.answer)}"


def told(finding: FindingFacts) -> str:
    """Title, fact and rule of a finding; neither severity nor points."""
    title, fact = finding.title.strip().rstrip("。"), finding.fact.strip().rstrip("。")
    said = fact if fact.startswith(title) else f"{title}。{fact}" if fact else title
    rules = "、".join(provision(law) for law in finding.laws)
    return f"{said}，不符合{rules}的规定。" if rules else f"{said}。"


def result(facts: OpinionFacts) -> Iterator[str]:
    yield sentence(facts.result.outcome_label)
    yield from (sentence(advice.text) for advice in facts.advice if advice.text.strip())


def laws(facts: OpinionFacts) -> Iterator[str]:
    yield from dict.fromkeys(provision(law) for finding in facts.findings for law in finding.laws)


def written(text: OwnText, number: str) -> tuple[str, dict[str, list[int]]]:
    """The whole text as the library keeps it, and the ranges of its parts."""
    whole = f"{text.title}\n{number}\n"
    ranges: dict[str, list[int]] = {}
    for name, heading in HEADINGS.items():
        value = getattr(text, name).strip()
        if not value:
            continue
        whole += f"{heading}\n"
        if name in SECTIONS:
            ranges[SECTIONS[name].value] = [len(whole), len(whole) + len(value)]
        whole += f"{value}\n"
    return whole, ranges


def lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def as_json(text: OwnText) -> str:
    return json.dumps(asdict(text), ensure_ascii=False, sort_keys=True)


def part_names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(OwnText))
