"""What a stored form says, as plain data: for scoring, and for the hash that a signature is bound to."""

import hashlib
from typing import Any

from review_app.audit.chain import canonical
from review_app.evaluations.form_input import (
    CitationInput,
    DeductionInput,
    DimensionInput,
    FormInput,
    QuoteInput,
    VetoInput,
)
from review_app.evaluations.models import (
    Deduction,
    EvalForm,
    FormAnswer,
    LawCitation,
    PrecedentCitation,
    Quote,
    VetoProposal,
)
from review_app.evaluations.scoring import FormScore, score_form
from review_app.form_templates.conditions import Answer
from review_app.form_templates.reading import catalogue_of, rules_of


def as_form_input(form: EvalForm) -> FormInput:
    """The form as ``score_form`` and ``review-app score`` take it."""
    return FormInput(
        template=form.template,
        deductions=tuple(as_deduction_input(deduction) for deduction in form.deductions),
        vetoes=tuple(as_veto_input(veto) for veto in form.veto_proposals),
        dimensions={
            note.dimension: DimensionInput(
                text=note.text, no_problems=note.clean, not_applicable=note.not_applicable
            )
            for note in form.notes
        },
        highlights=(form.highlights,) if form.highlights else (),
        proposed_grade=form.proposed_grade,
        proposed_outcome=form.proposed_outcome,
        proposed_measures=tuple(form.proposed_measures),
    )


def as_deduction_input(deduction: Deduction) -> DeductionInput:
    return DeductionInput(
        code=deduction.code,
        points=deduction.points,
        severity=deduction.severity,
        fact=deduction.note,
        veto=deduction.veto_code,
        record_reason=deduction.record_reason,
        quotes=tuple(map(as_quote_input, deduction.quotes)),
        citations=tuple(map(as_citation_input, deduction.law_citations)),
    )


def as_veto_input(veto: VetoProposal) -> VetoInput:
    return VetoInput(
        code=veto.code,
        fact=veto.note,
        document_no=veto.document_no,
        quotes=tuple(map(as_quote_input, veto.quotes)),
        citations=tuple(map(as_citation_input, veto.law_citations)),
    )


def as_quote_input(quote: Quote) -> QuoteInput:
    return QuoteInput(
        volume=str(quote.volume_number),
        document=f"{quote.document.number} {quote.document.title}",
        page=quote.page,
        exact_text=quote.text,
        file_sha256=quote.document_sha256,
    )


def as_citation_input(citation: LawCitation) -> CitationInput:
    return CitationInput(law_id=citation.law, version=citation.version, article=citation.article)


def score_of(form: EvalForm) -> FormScore:
    """Points, score, grade and problems of the form, by the rules its review began with."""
    return score_form(as_form_input(form), rules_of(form), catalogue_of(form))


def answers_of(form: EvalForm) -> dict[str, Answer]:
    """The answers to the extra fields, as ``conditions.field_states`` takes them."""
    return {
        one.code: Answer(
            value=one.value, chosen=tuple(one.chosen),
            cited=len(one.quotes) + len(one.law_citations) + len(one.precedent_citations),
            not_applicable=one.not_applicable, reason=one.reason,
        )
        for one in form.answers
    }  # fmt: skip


def content_sha256(form: EvalForm) -> str:
    """SHA-256 (hex) over the canonical JSON of everything the member signs."""
    return hashlib.sha256(canonical(signed_content(form)).encode()).hexdigest()


def is_intact(form: EvalForm) -> bool:
    """Whether a signed form still says what was signed."""
    return form.content_sha256 is not None and form.content_sha256 == content_sha256(form)


def signed_content(form: EvalForm) -> dict[str, Any]:
    """Everything on the form, plain; whose it is, for which review and round, by which rules, signed when."""
    return by_template(form) | {
        "review_id": form.review_id,
        "access_id": form.access_id,
        "person_id": form.person_id,
        "round": form.round,
        "template": form.template,
        "rule_version": form.rule_version,
        "dimensions": {note.dimension: [note.text, note.clean] for note in form.notes},
        "deductions": [plain_deduction(deduction) for deduction in form.deductions],
        "vetoes": [plain_veto(veto) for veto in form.veto_proposals],
        "quotes": [plain_quote(quote) for quote in form.quotes],
        "law": [plain_law(citation) for citation in form.law_citations],
        "precedents": [plain_precedent(citation) for citation in form.precedent_citations],
        "highlights": form.highlights,
        "proposed_grade": form.proposed_grade,
        "proposed_outcome": form.proposed_outcome,
        "proposed_routes": form.proposed_routes,
        "proposed_measures": form.proposed_measures,
        "proposal_reasons": form.proposal_reasons,
        "reserves_dissent": form.reserves_dissent,
        "volumes_read": form.volumes_read,
        "reading_note": form.reading_note,
        "method": form.method,
        "minutes_spent": form.minutes_spent,
        "independence_declared": form.independence_declared,
        "signed_at": form.signed_at.isoformat() if form.signed_at else None,
    }


def by_template(form: EvalForm) -> dict[str, Any]:
    """What only a version of a template brings to a form; empty without one, so that older hashes still fit."""
    kept = form.form_template
    if kept is None:
        return {}
    absent = [note.dimension for note in form.notes if note.not_applicable]
    return {
        "form_template": [kept.template, kept.number, kept.sha256],
        "not_applicable": absent,
        "fields": [plain_answer(answer) for answer in form.answers],
    }


def plain_answer(answer: FormAnswer) -> dict[str, Any]:
    return {
        "seq": answer.seq,
        "code": answer.code,
        "value": answer.value,
        "chosen": answer.chosen,
        "not_applicable": answer.not_applicable,
        "reason": answer.reason,
        "quotes": [quote.seq for quote in answer.quotes],
        "law": [law.seq for law in answer.law_citations],
        "precedents": [case.seq for case in answer.precedent_citations],
    }


def plain_deduction(deduction: Deduction) -> dict[str, Any]:
    return {
        "seq": deduction.seq,
        "code": deduction.code,
        "severity": deduction.severity,
        "points": f"{deduction.points:f}",
        "locus": deduction.locus,
        "note": deduction.note,
        "veto": deduction.veto_code,
        "record_reason": deduction.record_reason,
    }


def plain_veto(veto: VetoProposal) -> dict[str, Any]:
    return {"seq": veto.seq, "code": veto.code, "document_no": veto.document_no, "note": veto.note}


def plain_quote(quote: Quote) -> dict[str, Any]:
    return {
        "seq": quote.seq,
        "deduction_id": quote.deduction_id,
        "veto_id": quote.veto_id,
        "document_id": quote.document_id,
        "sha256": quote.document_sha256,
        "volume": quote.volume_number,
        "page": quote.page,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
    }


def plain_law(citation: LawCitation) -> dict[str, Any]:
    """A provision; the day of the act stands in it only when it was given, so that older hashes still fit."""
    act_on = {"act_on": citation.act_on.isoformat()} if citation.act_on else {}
    return act_on | {
        "seq": citation.seq,
        "deduction_id": citation.deduction_id,
        "veto_id": citation.veto_id,
        "law": citation.law,
        "version": citation.version,
        "article": citation.article,
        "text": citation.text,
    }


def plain_precedent(citation: PrecedentCitation) -> dict[str, Any]:
    return {
        "seq": citation.seq,
        "deduction_id": citation.deduction_id,
        "precedent_id": citation.precedent_id,
        "sha256": citation.precedent_sha256,
        "start": citation.start,
        "end": citation.end,
        "text": citation.text,
    }
