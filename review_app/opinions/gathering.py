"""Gathers the facts of an opinion when the panel's result is locked: from the matter, the case, the file, the panel,
the findings and the locked result. From then on the opinion reads nothing else."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.clock import local_day
from review_app.deliberations.models import Deliberation, Finding, FindingSource
from review_app.deliberations.queries import (
    findings_of,
    hearing_of,
    interviews_of,
    locked_result_of,
    routes_of,
)
from review_app.deliberations.results import VetoStatus
from review_app.deliberations.states import Stance
from review_app.errors import N_, ReviewError
from review_app.evaluations.models import Quote
from review_app.experts.states import CATEGORY_LABELS
from review_app.form_templates.catalogue import Catalogue
from review_app.form_templates.reading import catalogue_of, rules_of
from review_app.opinions.background import case_text, matter, petition, sender
from review_app.opinions.facts import (
    Advice,
    DimensionFacts,
    FindingFacts,
    Law,
    MembersOf,
    OpinionFacts,
    Place,
    PrecedentFacts,
    RejectedFacts,
    ResultFacts,
    VolumeRead,
    VoteFacts,
    WorkFacts,
)
from review_app.opinions.wording import day, sentence
from review_app.panels.queries import last_draw, panel_of
from review_app.precedents.models import PrecedentReport
from review_app.precedents.states import ASPECT_LABELS, CONCLUSION_LABELS, LIKENESS_LABELS, TIER_LABELS
from review_app.reviews.faces import private_names, private_people
from review_app.reviews.models import CaseReview
from review_app.rulebook import Rules
from review_app.rulebook.reading import parse_json


@dataclass(frozen=True)
class Sources:
    """What gathering reads, fetched once."""

    review: CaseReview
    rules: Rules
    catalogue: Catalogue
    content: Mapping[str, Any]
    deliberation: Deliberation
    findings: Mapping[str, Finding]

    @property
    def locked(self) -> Mapping[str, Any]:
        """The consolidation as it was locked."""
        found: Mapping[str, Any] = self.content["result"]
        return found

    def results(self, *, upheld: bool) -> list[Mapping[str, Any]]:
        """The voted findings of the locked result, in the order of the catalogue."""
        wanted = "UPHELD" if upheld else "REJECTED"
        chosen = [result for result in self.locked["findings"] if result["status"] == wanted]
        return sorted(chosen, key=lambda result: (result["code"], result["id"]))


HINT = re.compile("（[^（）]*）$")
"""a remark to the expert at the end of a catalogue entry; brackets inside belong to the sentence"""


def gather(session: Session, review: CaseReview) -> OpinionFacts:
    """The facts as locked. Raises ReviewError when the result of this round is not locked."""
    sources = read_sources(session, review)
    upheld = tuple(finding_facts(result, sources) for result in sources.results(upheld=True))
    return OpinionFacts(
        sender=sender(session, review),
        recipient=review.legal_case.reviewed_org.name,
        matter=matter(review),
        petition=petition(review),
        case_text=case_text(review),
        work=work(session, sources),
        established=tuple(established(sources)),
        dimensions=tuple(dimensions(sources)),
        findings=upheld,
        precedents=precedents(session, review),
        precedents_needed=review.doubt_flag or any(each.dimension == "D3" for each in upheld),
        votes=votes(sources),
        result=result_facts(sources),
        advice=tuple(advice(session, sources)),
        names=tuple(sorted(private_names(review))),
        people=tuple(private_people(review)),
    )


def read_sources(session: Session, review: CaseReview) -> Sources:
    locked = locked_result_of(session, review)
    if locked is None or review.grade is None or review.outcome is None or review.score is None:
        raise ReviewError(N_("本轮评查结果尚未锁定，不能起草评查意见书。"))
    content = parse_json(locked.content)
    assert isinstance(content, Mapping)  # noqa: S101 - written by the lock
    return Sources(
        review=review,
        rules=rules_of(review),
        catalogue=catalogue_of(review),
        content=content,
        deliberation=locked.deliberation,
        findings={finding.key: finding for finding in findings_of(session, review)},
    )


def finding_facts(result: Mapping[str, Any], sources: Sources) -> FindingFacts:
    finding = sources.findings[result["id"]]
    tally = result["votes"] or {"uphold": 0, "reject": 0}
    return FindingFacts(
        code=finding.code,
        dimension=finding.dimension,
        severity=result["severity"],
        points=number(result["points"]),
        title=title_of(finding.code, sources.catalogue),
        fact=finding.text,
        places=tuple(places(finding)),
        laws=tuple(laws(finding)),
        uphold=int(tally["uphold"]),
        reject=int(tally["reject"]),
        veto=veto_sentence(result["veto"], sources.catalogue),
    )


def number(value: object) -> Decimal:
    return Decimal(str(value)) if value is not None else Decimal(0)


def title_of(code: str, catalogue: Catalogue) -> str:
    """The catalogue's words without the remark to the expert at their end."""
    item = catalogue.deductions.get(code) or catalogue.vetoes[code]
    return HINT.sub("", item.zh)


def quotes_of(finding: Finding) -> list[Quote]:
    return [quote for source in finding.sources for quote in quotes_of_source(source)]


def quotes_of_source(source: FindingSource) -> Iterable[Quote]:
    if source.deduction is not None:
        return source.deduction.quotes
    return source.veto.quotes if source.veto is not None else ()


def places(finding: Finding) -> Iterable[Place]:
    """Where the members read it, each page once."""
    found = {
        Place(quote.document.volume.title, quote.document.title, quote.page): None
        for quote in sorted(
            quotes_of(finding), key=lambda quote: (quote.volume_number, quote.document.number, quote.page)
        )
    }
    return found.keys()


def laws(finding: Finding) -> Iterable[Law]:
    """The provisions the members cited, each once."""
    cited = [
        citation
        for source in finding.sources
        for held in (source.deduction, source.veto)
        if held is not None
        for citation in held.law_citations
    ]
    return {Law(each.law, each.version, each.article): None for each in cited}.keys()


def veto_sentence(veto: Mapping[str, Any] | None, catalogue: Catalogue) -> str:
    if veto is None or veto["status"] not in (VetoStatus.APPLIED, VetoStatus.DOCUMENTED):
        return ""
    words = f"一票否决项（{veto['code']}　{catalogue.vetoes[veto['code']].zh}）"
    if veto["status"] == VetoStatus.DOCUMENTED:
        return f"根据生效文书（{veto['document_no']}），该问题构成{words}。"
    return f"经评查组三分之二以上多数表决，该问题构成{words}。"


def dimensions(sources: Sources) -> Iterable[DimensionFacts]:
    for code, label in sources.rules.dimensions.items():
        row = sources.locked["dimensions"][code]
        yield DimensionFacts(
            code, label.zh, number(row["maximum"]), number(row["points"]), number(row["deducted"])
        )


def established(sources: Sources) -> Iterable[str]:
    """A first draft of the facts: what the quoted pages say, at most two for each finding."""
    for result in sources.results(upheld=True):
        quoted: dict[str, str] = {}
        for quote in quotes_of(sources.findings[result["id"]]):
            where = f"{quote.document.volume.title}“{quote.document.title}”第{quote.page}页"
            words = "".join(quote.text.split()).rstrip("。")
            quoted.setdefault(where, f"{where}载明：“{words}”。")
        yield from list(quoted.values())[:2]


def work(session: Session, sources: Sources) -> WorkFacts:
    review = sources.review
    panel = panel_of(session, review)
    seated = panel.seated if panel else []
    draw = last_draw(panel) if panel and panel.draws else None
    kinds = Counter(CATEGORY_LABELS[member.expert.category] for member in seated)
    return WorkFacts(
        drawn_on=local_day(draw.drawn_at) if draw and draw.drawn_at else None,
        draw_no=f"{review.review_no}-{draw.draw_no}" if draw else "",
        size=len(seated) or review.size,
        members=tuple(MembersOf(kind, count) for kind, count in kinds.items()),
        recusals=len(panel.recusals) if panel else 0,
        volumes=tuple(volumes(review)),
        hearing=hearing(session, sources),
    )


def volumes(review: CaseReview) -> Iterable[VolumeRead]:
    for volume in review.volumes:
        kept = [document for document in volume.documents if document.withdrawn_at is None]
        if kept:
            yield VolumeRead(volume.title, len(kept), sum(document.page_count for document in kept))


def hearing(session: Session, sources: Sources) -> str:
    """Whom the panel heard, and what became of the organ's objection."""
    review = sources.review
    told = [f"{day(each.held_on)}听取信访人意见并制作笔录。" for each in interviews_of(session, review)]
    held = hearing_of(session, review)
    organ = review.legal_case.reviewed_org.name
    if held is None or held.answered_at is None:
        return "".join([*told, f"{organ}在规定期限内未提出异议。"])
    objections = [each for each in held.objections if each.objects]
    if not objections:
        return "".join([*told, f"{day(local_day(held.answered_at))}{organ}表示无异议。"])
    for each in objections:
        title = title_of(each.finding.code, sources.catalogue)
        reply = f"评查组研究意见：{sentence(each.reply)}" if each.reply.strip() else ""
        told.append(
            f"{day(local_day(held.answered_at))}{organ}对“{title}”提出异议：{sentence(each.text)}{reply}"
        )
    return "".join(told)


def precedents(session: Session, review: CaseReview) -> PrecedentFacts | None:
    """The signed similar-case report of this round."""
    signed = select(PrecedentReport).where(
        PrecedentReport.review_id == review.id,
        PrecedentReport.round == review.round,
        PrecedentReport.signed_at.is_not(None),
    )
    report = session.scalars(signed.order_by(PrecedentReport.number.desc())).first()
    if report is None:
        return None
    tiers = "、".join(dict.fromkeys(TIER_LABELS[hit.precedent.source_tier] for hit in report.hits))
    found = f"检索{tiers}，查得类案{len(report.hits)}件。" if report.hits else "经检索未查得类案。"
    concluded = f"检索结论：{CONCLUSION_LABELS[report.conclusion]}。" if report.conclusion else ""
    return PrecedentFacts(
        f"{found}{concluded}{sentence(report.explanation)}", tuple(map(compared, report.hits))
    )


def compared(hit: Any) -> tuple[str, str, str, str]:
    likeness = [
        f"{words}{LIKENESS_LABELS[like]}"
        for aspect, words in ASPECT_LABELS.items()
        if (like := getattr(hit, aspect)) is not None
    ]
    precedent = hit.precedent
    return (TIER_LABELS[precedent.source_tier], precedent.title, precedent.case_no, "，".join(likeness))


def votes(sources: Sources) -> VoteFacts:
    deliberation, locked = sources.deliberation, sources.locked
    rejected = tuple(
        RejectedFacts(
            title_of(result["code"], sources.catalogue),
            int(result["votes"]["uphold"]),
            int(result["votes"]["reject"]),
        )
        for result in sources.results(upheld=False)
    )
    concurring = [one for one in deliberation.final_stances.values() if one.stance is Stance.CONCUR]
    grades, outcomes = locked["grade_decision"]["votes"], (locked["outcome"] or {"votes": {}})["votes"]
    review, office = sources.review, sources.content["office"]
    return VoteFacts(
        held_on=local_day(deliberation.held_at),
        in_writing=deliberation.in_writing,
        attended=int(locked["size"]),
        grade_for=int(grades.get(review.grade, 0)),
        outcome_for=int(outcomes.get(review.outcome, 0)),
        rejected=rejected,
        by_office=bool(office and (office["grade"] or office["outcome"])),
        dissenters=len(deliberation.dissents),
        dissent="\n".join(each.text.strip() for each in deliberation.dissents),
        concurring=len(concurring),
        concurring_reasons="\n".join(each.text.strip() for each in concurring),
    )


def result_facts(sources: Sources) -> ResultFacts:
    review, rules, decision = sources.review, sources.rules, sources.locked["grade_decision"]
    assert review.grade and review.outcome and review.score is not None  # noqa: S101 - asked in read_sources
    outcome = rules.outcomes[review.outcome]
    return ResultFacts(
        scores=tuple(sorted(number(score) for score in sources.locked["statistics"]["scores"].values())),
        score=number(review.score),
        grade=review.grade,
        grade_label=rules.grade_label(review.grade).zh,
        outcome=review.outcome,
        outcome_label=outcome.zh,
        needs_route=outcome.needs_route,
        adjusted=tuple(decision["reasons"]) if decision["status"] == "ADJUSTED" else (),
    )


def advice(session: Session, sources: Sources) -> Iterable[Advice]:
    """The panel's recommendations, then the adopted measures in one."""
    review = sources.review
    for row in routes_of(session, review):
        route = sources.rules.routes.get(row.route)
        yield Advice(row.text, row.organ, route.zh if route else "", row.law, row.due_on)
    if adopted := sources.content["measures"]:
        words = "、".join(sources.rules.measures[name].zh for name in adopted)
        yield Advice(
            f"建议{review.legal_case.reviewed_org.name}会同有关单位，依法采取{words}等措施，推动矛盾化解"
        )
