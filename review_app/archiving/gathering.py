"""Everything of a closed review that goes into its archive package."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.archiving.package import ArchiveFile, SignatureLine, as_json
from review_app.audit.models import AuditRow
from review_app.audit.service import content as row_content
from review_app.clock import SHANGHAI
from review_app.deliberations.models import Deliberation, LockedResult, Question
from review_app.deliberations.queries import sessions_of
from review_app.documents.models import Document
from review_app.documents.office import office
from review_app.documents.official_format import write
from review_app.documents.queries import documents_of
from review_app.documents.service import read_copy
from review_app.documents.states import COPY_LABELS, DELIVERY_LABELS, KIND_LABELS
from review_app.evaluations.content import signed_content
from review_app.evaluations.models import EvalForm
from review_app.evaluations.paper import form_paper
from review_app.evaluations.queries import forms_ever_signed
from review_app.form_templates.reading import rules_of
from review_app.panels.models import PanelDraw
from review_app.panels.queries import draws_of
from review_app.reviews.models import CaseReview

OPEN, SECRET = "正卷", "副卷"


def files_of(session: Session, review: CaseReview) -> list[ArchiveFile]:
    """Both volumes: documents and draws, then forms, sessions and results."""
    return [*open_volume(session, review), *secret_volume(session, review)]


def open_volume(session: Session, review: CaseReview) -> Iterator[ArchiveFile]:
    for document in documents_of(session, review.id):
        yield from document_files(document)
    yield ArchiveFile(f"{OPEN}/送达记录.json", "送达记录", as_json(deliveries(session, review)))
    for draw in draws_of(session, review):
        yield ArchiveFile(
            f"{OPEN}/抽选记录-{draw.draw_no}.json", f"第{draw.draw_no}次抽选记录", as_json(draw_data(draw))
        )
    yield ArchiveFile(f"{OPEN}/案卷材料清单.json", "案卷材料清单", as_json(material(review)))


def document_files(document: Document) -> Iterator[ArchiveFile]:
    """Each issued file with the content it was written from, and the content that was signed."""
    name = name_of(document)
    if document.content is not None and document.input_sha256 is not None:
        signed = as_json(json.loads(document.content))
        yield ArchiveFile(
            signed_path(document), f"{name} 签名的内容", signed, bound=document.input_sha256, logged=False
        )
    for copy in document.copies:
        title = f"{name}（{COPY_LABELS[copy.copy]}）"
        written_from = f"{OPEN}/内容/{title}.json"
        yield ArchiveFile(f"{OPEN}/{title}.docx", title, read_copy(copy), written_from=written_from)
        yield ArchiveFile(written_from, f"{title} 生成所用的内容", as_json(json.loads(copy.content)))


def signed_path(document: Document) -> str:
    return f"{OPEN}/内容/{name_of(document)}-签名的内容.json"


def name_of(document: Document) -> str:
    """Its number, or its kind for documents without one."""
    return document.number or f"{KIND_LABELS[document.kind]}-{document.id}"


def deliveries(session: Session, review: CaseReview) -> list[dict[str, Any]]:
    return [
        {
            "number": document.number,
            "to": each.to,
            "method": DELIVERY_LABELS[each.method],
            "on": each.on.isoformat(),
        }
        for document in documents_of(session, review.id)
        for each in document.deliveries
    ]


def draw_data(draw: PanelDraw) -> dict[str, Any]:
    return {
        "draw_no": draw.draw_no, "round": draw.round, "state": draw.state, "input_sha256": draw.input_sha256,
        "candidate_list_sha256": draw.candidate_list_sha256, "commit": draw.commit, "nonce": draw.nonce,
        "record": draw.record, "record_sha256": draw.record_sha256,
    }  # fmt: skip


def material(review: CaseReview) -> list[dict[str, Any]]:
    """The files that were read, by hash; they themselves stay with the organ and in the platform's store."""
    return [
        {
            "volume": volume.number, "title": volume.title, "document": document.title, "pages": document.page_count,
            "sha256": document.sha256, "withdrawn": document.withdrawn_at is not None,
        }
        for volume in review.volumes
        for document in volume.documents
    ]  # fmt: skip


def secret_volume(session: Session, review: CaseReview) -> Iterator[ArchiveFile]:
    for number, form in enumerate(forms_ever_signed(session, review), start=1):
        yield ArchiveFile(
            form_path(number), f"评查表（{form.person.name}，第{form.round}轮）", as_json(signed_content(form)),
            bound=form.content_sha256 or "",
        )  # fmt: skip
        printed = form_path(number).replace(".json", ".docx")
        yield ArchiveFile(
            printed,
            f"评查表（{form.person.name}，第{form.round}轮）打印件",
            write(form_paper(form, office().name)),
        )
    for number, held in enumerate(reversed(sessions_of(session, review)), start=1):
        yield ArchiveFile(
            f"{SECRET}/研讨-{number}.json",
            f"第{held.round}轮第{held.number}次研讨记录和表决票",
            as_json(session_data(held)),
        )
    for result in session.scalars(select(LockedResult).where(LockedResult.review_id == review.id)):
        yield ArchiveFile(
            f"{SECRET}/评查结果-第{result.round}轮.json", f"第{result.round}轮锁定的评查结果",
            as_json(json.loads(result.content)), bound=result.content_sha256,
        )  # fmt: skip


def form_path(number: int) -> str:
    return f"{SECRET}/评查表-{number}.json"


def session_data(held: Deliberation) -> dict[str, Any]:
    return {
        "held_at": moment(held.held_at), "place": held.place, "in_writing": held.in_writing, "stage": held.stage,
        "chair": held.chair.name, "secretary": held.secretary.name if held.secretary else "",
        "present": [each.person.name for each in held.attendances], "minutes": held.minutes,
        "questions": [question_data(each) for each in held.questions],
        "stances": [
            {"person": each.person.name, "stance": each.stance, "text": each.text}
            for each in held.final_stances.values()
        ],
        "dissents": [{"person": each.person.name, "text": each.text} for each in held.dissents],
    }  # fmt: skip


def question_data(question: Question) -> dict[str, Any]:
    """A question with its ballots; without names, and in no order that tells them, where the ballot is secret."""
    secret = rules_of(question.deliberation.review).consolidation.secret_ballots
    return {
        "kind": question.kind, "finding": question.finding.code if question.finding else "",
        "measure": question.measure or "", "attempt": question.attempt,
        "ballots": [
            {"choice": each.choice, "reason": each.reason}
            | ({} if secret else {"person": each.person.name, "at": moment(each.created_at)})
            for each in (sorted(question.ballots, key=lambda one: (one.choice, one.reason)) if secret else question.ballots)
        ],
    }  # fmt: skip


def signatures_of(session: Session, review: CaseReview) -> Iterator[SignatureLine]:
    """Who signed the documents and the forms."""
    for document in documents_of(session, review.id):
        for each in document.signatures:
            yield SignatureLine(
                signed_path(document), each.person.name, moment(each.created_at), each.content_sha256,
                in_force=each.content_sha256 == document.input_sha256, declined=bool(each.declined_reason),
            )  # fmt: skip
    for number, form in enumerate(forms_ever_signed(session, review), start=1):
        yield form_signature(form, form_path(number))


def form_signature(form: EvalForm, path: str) -> SignatureLine:
    at = moment(form.signed_at) if form.signed_at else ""
    return SignatureLine(path, form.person.name, at, form.content_sha256 or "", in_force=form.counts)


def log_of(session: Session, review: CaseReview) -> list[dict[str, Any]]:
    """The rows of the audit log about this review, with the digests that chain them to all others."""
    rows = session.scalars(select(AuditRow).where(AuditRow.review_id == review.id).order_by(AuditRow.id))
    return [{**row_content(row), "digest": row.digest} for row in rows]


def moment(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")
