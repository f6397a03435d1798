"""What the lead reviewer does with the findings: group proposals, word, merge, split, confirm."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.deliberations import rules
from review_app.deliberations.assembling import findings_from
from review_app.deliberations.merging import Group, Source, suggest
from review_app.deliberations.models import Finding, FindingSource
from review_app.deliberations.queries import findings_of, highest_number
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.evaluations.models import Deduction, EvalForm, Quote, VetoProposal
from review_app.evaluations.queries import signed_forms
from review_app.form_templates.reading import catalogue_of
from review_app.reviews.models import CaseReview

SHORTEST_TEXT = 10

Proposal = Deduction | VetoProposal


def unassigned(session: Session, review: CaseReview) -> list[Proposal]:
    """Deductions and vetoes of the signed forms that belong to no finding yet."""
    sources = [source for finding in findings_of(session, review) for source in finding.sources]
    deductions = {source.deduction_id for source in sources}
    vetoes = {source.veto_id for source in sources}
    found: list[Proposal] = []
    for form in signed_forms(session, review):
        found += [one for one in form.deductions if one.id not in deductions]
        found += [one for one in form.veto_proposals if one.id not in vetoes]
    return found


def groups_of(proposals: Sequence[Proposal]) -> list[tuple[Group, list[Proposal]]]:
    """The suggestion: which proposals seem to be one finding."""
    by_key = dict(enumerate(proposals))
    suggested = suggest([source_of(key, proposal) for key, proposal in by_key.items()])
    return [(group, [by_key[source.key] for source in group.sources]) for group in suggested]


def source_of(key: int, proposal: Proposal) -> Source:
    pages = frozenset((quote.document_id, quote.page) for quote in proposal.quotes)
    ranges = frozenset((quote.document_id, quote.page, quote.start, quote.end) for quote in proposal.quotes)
    if isinstance(proposal, Deduction):
        return Source(
            key, proposal.code, proposal.severity, proposal.locus, pages, proposal.veto_code or None, ranges
        )
    # vetoes that stand alone are told apart by their code only
    return Source(key, proposal.code, "S4", proposal.code, pages)


def draft_findings(session: Session, review: CaseReview, *, by: Person, now: datetime) -> list[Finding]:
    """Make findings of everything that belongs to none yet, as suggested. The lead words and confirms them."""
    must_consolidate(by, review)
    drop_empty_findings(session, review, by=by, now=now)
    number = highest_number(session, review)
    made = []
    for place, (group, proposals) in enumerate(groups_of(unassigned(session, review)), start=1):
        made.append(make_finding(session, review, group, proposals, number + place, by=by, now=now))
    record(
        session, action="finding.draft", subject=review, by=by, now=now, review_id=review.id,
        after={"findings": [finding.number for finding in made]},
    )  # fmt: skip
    return made


def make_finding(
    session: Session,
    review: CaseReview,
    group: Group,
    proposals: Sequence[Proposal],
    number: int,
    *,
    by: Person,
    now: datetime,
) -> Finding:
    finding = Finding(
        review=review, round=review.round, number=number, code=group.code, severity=group.severity,
        locus=first_words(locus_of(one) for one in proposals), text=first_words(one.note for one in proposals),
        veto_code=group.code if group.code.startswith("V") else group.veto,
        document_no=first_words(one.document_no for one in proposals if isinstance(one, VetoProposal)),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    for proposal in proposals:
        finding.sources.append(source_row(proposal, by=by, now=now))
    session.add(finding)
    session.flush()
    return finding


def source_row(proposal: Proposal, *, by: Person, now: datetime) -> FindingSource:
    if isinstance(proposal, Deduction):
        return FindingSource(deduction=proposal, created_at=now, created_by_id=by.id)
    return FindingSource(veto=proposal, created_at=now, created_by_id=by.id)


def locus_of(proposal: Proposal) -> str:
    """Where it is: the words of the member, else the place of his first quotation."""
    if isinstance(proposal, Deduction) and proposal.locus:
        return proposal.locus
    return next((place_of(quote) for quote in proposal.quotes), "")


def place_of(quote: Quote) -> str:
    document = quote.document
    return f"第{quote.volume_number}卷《{document.title}》第{quote.page}页"


def first_words(texts: Iterable[str]) -> str:
    return next((text.strip() for text in texts if text.strip()), "")


def word_finding(
    session: Session,
    finding: Finding,
    *,
    text: str,
    locus: str,
    severity: str,
    row_version: int,
    by: Person,
    now: datetime,
) -> Finding:
    """Put a finding into the lead's words and confirm it. ``row_version`` is the one he read.

    Raises EditConflict when it changed since, ReviewError for a text too short or an impossible severity.
    """
    must_consolidate(by, finding.review)
    if finding.row_version != row_version:
        raise EditConflict(
            theirs={"text": finding.text, "locus": finding.locus, "severity": finding.severity}
        )
    if len("".join(text.split())) < SHORTEST_TEXT:
        raise ReviewError(N_("请写明问题的事实，不少于%(least)s个字。"), least=SHORTEST_TEXT)
    if not finding.stands_alone and severity not in allowed_severities(finding):
        raise ReviewError(N_("%(code)s不能定为%(severity)s。"), code=finding.code, severity=severity)
    before = face(finding)
    finding.text, finding.locus = text.strip(), locus.strip()
    finding.severity = finding.severity if finding.stands_alone else severity
    finding.confirmed_at = now
    record(
        session, action="finding.word", subject=finding, by=by, now=now, review_id=finding.review_id,
        before=before, after=face(finding),
    )  # fmt: skip
    return finding


def allowed_severities(finding: Finding) -> tuple[str, ...]:
    if finding.stands_alone:
        return (finding.severity,)
    return catalogue_of(finding.review).severities(finding.code)


def merge_findings(
    session: Session, finding: Finding, into: Finding, *, by: Person, now: datetime
) -> Finding:
    """Make one finding of two with the same code. Proposers, quotes and points stay with their proposals."""
    must_consolidate(by, finding.review)
    if finding.id == into.id or finding.review_id != into.review_id or finding.round != into.round:
        raise ReviewError(N_("请选择另一个问题。"))
    if finding.code != into.code:
        raise ReviewError(N_("只有编号相同的扣分项才能合并。同一事实编号不同的，由表决确定以哪一项评价。"))
    if finding.veto_code and into.veto_code and finding.veto_code != into.veto_code:
        raise ReviewError(N_("两个问题提出的否决项不同，不能合并。"))
    for source in list(finding.sources):
        source.finding = into
    into.veto_code = into.veto_code or finding.veto_code
    into.confirmed_at, finding.removed_at = None, now
    point_to(session, finding, into)
    record(
        session, action="finding.merge", subject=into, by=by, now=now, review_id=into.review_id,
        before={"findings": [into.number, finding.number]}, after={"findings": [into.number]},
    )  # fmt: skip
    return into


def point_to(session: Session, finding: Finding, into: Finding) -> None:
    """What was merged earlier into ``finding`` follows it, so that one step always leads to what counts."""
    followers = select(Finding).where(Finding.merged_into_id == finding.id)
    for one in (finding, *session.scalars(followers)):
        one.merged_into_id = into.id


def split_finding(
    session: Session, finding: Finding, source_ids: Sequence[int], *, by: Person, now: datetime
) -> Finding:
    """Take some proposals out of a finding and make another of them."""
    must_consolidate(by, finding.review)
    moved = [source for source in finding.sources if source.id in source_ids]
    if not moved or len(moved) == len(finding.sources):
        raise ReviewError(N_("请选择要拆分出去的提议，并至少保留一项。"))
    other = Finding(
        review=finding.review, round=finding.round, code=finding.code, severity=finding.severity,
        number=highest_number(session, finding.review) + 1, locus=finding.locus, text=finding.text,
        document_no=finding.document_no, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(other)
    for source in moved:
        source.finding = other
    session.flush()
    session.expire(finding, ["sources"])
    for each in (finding, other):
        each.veto_code, each.confirmed_at = proposed_veto(each), None
    record(
        session, action="finding.split", subject=finding, by=by, now=now, review_id=finding.review_id,
        before={"findings": [finding.number]}, after={"findings": [finding.number, other.number]},
    )  # fmt: skip
    return other


def proposed_veto(finding: Finding) -> str | None:
    if finding.stands_alone:
        return finding.code
    vetoes = (source.deduction.veto_code for source in finding.sources if source.deduction)
    return next((veto for veto in vetoes if veto), None)


def drop_empty_findings(session: Session, review: CaseReview, *, by: Person, now: datetime) -> None:
    """Findings that only replaced members had proposed fall away."""
    counting = {finding.id for finding in findings_from(session, review, signed_forms(session, review))}
    for finding in findings_of(session, review):
        if finding.id not in counting:
            finding.removed_at = now
            record(session, action="finding.drop", subject=finding, by=by, now=now, review_id=review.id)


def let_go_of_form(session: Session, form: EvalForm, *, by: Person, now: datetime) -> list[Finding]:
    """Take the proposals of a form that was taken back out of the findings, which the lead must confirm anew; those that
    only this form had proposed fall away with the next draft. Gives the findings touched."""
    own = {("deduction", one.id) for one in form.deductions} | {
        ("veto", one.id) for one in form.veto_proposals
    }
    touched = []
    for finding in findings_of(session, form.review):
        gone = [
            source
            for source in finding.sources
            if ("deduction", source.deduction_id) in own or ("veto", source.veto_id) in own
        ]
        for source in gone:
            session.delete(source)
        if gone:
            finding.confirmed_at = None
            touched.append(finding)
    session.flush()
    for finding in touched:
        session.refresh(finding, ["sources"])
        record(
            session, action="finding.update", subject=finding, by=by, now=now, review_id=form.review_id,
            after=face(finding),
        )  # fmt: skip
    return touched


def must_consolidate(by: Person, review: CaseReview) -> None:
    if not rules.can_consolidate(by, review):
        raise NotAllowed


def face(finding: Finding) -> dict[str, object]:
    """What of a finding goes into the audit log: no words (L3)."""
    return {"code": finding.code, "severity": finding.severity, "confirmed": finding.confirmed_at is not None}
