"""From stored forms, findings and ballots to the input of ``consolidate``, and to its result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from review_app.deliberations.consolidation import consolidate
from review_app.deliberations.models import Deliberation, Finding, FindingSource, Question
from review_app.deliberations.panel_input import (
    Ballots,
    DissentInput,
    FindingInput,
    GradeVote,
    PanelInput,
)
from review_app.deliberations.queries import findings_of, hearing_of
from review_app.deliberations.results import Consolidation
from review_app.deliberations.states import QuestionKind, Stage
from review_app.evaluations.content import as_form_input
from review_app.evaluations.form_input import FormInput
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import forms_ever_signed
from review_app.evaluations.states import FormState
from review_app.form_templates.reading import catalogue_of, rules_of
from review_app.reviews.models import CaseReview

Homes = Mapping[tuple[str, int], str]
# what belongs to no finding is refused by the consolidation, never matched by its code
HOMELESS = "-"


def result_of(session: Session, deliberation: Deliberation) -> Consolidation:
    """The panel's result as far as it is voted, by the rules the review began with. Needs the ballots on the
    findings to be closed. Members are named by the id of their account."""
    review = deliberation.review
    rules, catalogue = rules_of(review), catalogue_of(review)
    return consolidate(panel_input(session, deliberation), rules, catalogue)


def panel_input(session: Session, deliberation: Deliberation) -> PanelInput:
    """Everything ``review-app consolidate`` takes, for this session: its members' forms as signed, also of
    one who left after the last ballot."""
    seats = [one.access_id for one in deliberation.attendances]
    every = forms_ever_signed(session, deliberation.review)
    # of a seat whose first form was taken back the one that still counts
    signed = {form.access_id: form for form in sorted(every, key=lambda one: one.state is FormState.SIGNED)}
    forms = [signed[seat] for seat in seats if seat in signed]
    unvoted = unvoted_input(session, deliberation.review, forms)
    findings = findings_from(session, deliberation.review, forms)
    done = deliberation.stage is Stage.CLOSED
    return replace(
        unvoted,
        findings=tuple(
            with_votes(given, finding, deliberation)
            for given, finding in zip(unvoted.findings, findings, strict=True)
        ),
        grade_ballot=grade_ballot(deliberation) if done else None,
        outcome_ballot=outcome_ballot(deliberation) if done else None,
        measure_ballots=measure_ballots(deliberation) if done else {},
        dissents=tuple(DissentInput(str(one.person_id), one.text) for one in deliberation.dissents),
    )


def unvoted_input(session: Session, review: CaseReview, forms: Sequence[EvalForm]) -> PanelInput:
    """These forms and the findings made of them, before anybody has voted."""
    findings = findings_from(session, review, forms)
    homes = homes_of(findings)
    objected = objected_findings(session, review)
    return PanelInput(
        template=review.template,
        members=tuple(str(form.person_id) for form in forms),
        forms={str(form.person_id): form_input(form, homes) for form in forms},
        findings=tuple(finding_input(one, one.id in objected) for one in findings),
        doubt_flag=review.doubt_flag,
    )


def findings_from(session: Session, review: CaseReview, forms: Iterable[EvalForm]) -> list[Finding]:
    """The findings that at least one of these forms proposes; others fell away with a replaced member."""
    counting = {form.id for form in forms}
    return [
        finding
        for finding in findings_of(session, review)
        if any(form_id_of(source) in counting for source in finding.sources)
    ]


def form_id_of(source: FindingSource) -> int | None:
    proposal = source.deduction or source.veto
    return proposal.form_id if proposal else None


def homes_of(findings: Iterable[Finding]) -> dict[tuple[str, int], str]:
    """Where every deduction and veto of the forms has gone: ("deduction", id) → key of the finding."""
    homes = {}
    for finding in findings:
        for source in finding.sources:
            if source.deduction_id is not None:
                homes["deduction", source.deduction_id] = finding.key
            if source.veto_id is not None:
                homes["veto", source.veto_id] = finding.key
    return homes


def form_input(form: EvalForm, homes: Homes) -> FormInput:
    """The signed form with the finding of each of its deductions and vetoes."""
    given = as_form_input(form)
    deductions = zip(given.deductions, form.deductions, strict=True)
    vetoes = zip(given.vetoes, form.veto_proposals, strict=True)
    return replace(
        given,
        deductions=tuple(
            replace(one, finding=homes.get(("deduction", row.id), HOMELESS)) for one, row in deductions
        ),
        vetoes=tuple(replace(one, finding=homes.get(("veto", row.id), HOMELESS)) for one, row in vetoes),
    )


def finding_input(finding: Finding, objected: bool) -> FindingInput:
    return FindingInput(
        code=finding.code,
        id=finding.key,
        severity=None if finding.stands_alone else finding.severity,
        locus=finding.locus,
        objected=objected,
        document_no=finding.document_no,
    )


def with_votes(given: FindingInput, finding: Finding, deliberation: Deliberation) -> FindingInput:
    """A veto that stands alone is voted once, as a veto."""
    votes = ballots_on(deliberation, QuestionKind.FINDING, finding)
    veto_votes = ballots_on(deliberation, QuestionKind.VETO, finding)
    if finding.stands_alone:
        return replace(given, votes=veto_votes)
    return replace(given, votes=votes, veto_votes=veto_votes or None)


def ballots_on(deliberation: Deliberation, kind: QuestionKind, finding: Finding) -> Ballots:
    question = next(
        (one for one in deliberation.questions if one.kind is kind and one.finding_id == finding.id), None
    )
    return {str(ballot.person_id): ballot.vote for ballot in question.ballots} if question else {}


def last_question(deliberation: Deliberation, kind: QuestionKind) -> Question | None:
    """The last time this was put to the vote."""
    asked = [one for one in deliberation.questions if one.kind is kind]
    return max(asked, key=lambda one: one.attempt, default=None)


def grade_ballot(deliberation: Deliberation) -> dict[str, GradeVote] | None:
    question = last_question(deliberation, QuestionKind.GRADE)
    if question is None:
        return None
    return {str(ballot.person_id): GradeVote(ballot.choice, ballot.reason) for ballot in question.ballots}


def outcome_ballot(deliberation: Deliberation) -> dict[str, str] | None:
    question = last_question(deliberation, QuestionKind.OUTCOME)
    return {str(ballot.person_id): ballot.choice for ballot in question.ballots} if question else None


def measure_ballots(deliberation: Deliberation) -> dict[str, Ballots]:
    return {
        str(question.measure): {str(ballot.person_id): ballot.vote for ballot in question.ballots}
        for question in deliberation.questions
        if question.kind is QuestionKind.MEASURE
    }


def objected_findings(session: Session, review: CaseReview) -> set[int]:
    hearing = hearing_of(session, review)
    return {one.finding_id for one in hearing.objections if one.objects} if hearing else set()
