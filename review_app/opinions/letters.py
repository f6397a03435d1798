"""What can be done with the documents around the opinion: serving it, telling the petitioner, asking for files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.clock import local_day
from review_app.documents.content import OfficialDocument, as_data
from review_app.documents.models import Document, DocumentDelivery
from review_app.documents.numbers import pending_number
from review_app.documents.queries import document_of_round
from review_app.documents.service import assign_number, deliver, draft_document, keep_copy, lock_content, step
from review_app.documents.states import CopyKind, DeliveryMethod, DocumentKind, DocumentState
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.masking.texts import Datum
from review_app.notices.service import notify
from review_app.opinions.background import sender
from review_app.opinions.checks import word_problems
from review_app.opinions.content import dated
from review_app.opinions.file_request import FileRequest, file_request
from review_app.opinions.models import Opinion
from review_app.opinions.private import never_served, never_told
from review_app.opinions.queries import opinion_of, people_with
from review_app.opinions.result_notice import result_notice
from review_app.opinions.rules import can_notify_result, can_request_files, can_serve
from review_app.opinions.service import facts_of
from review_app.reviews.lacks import COORDINATOR, Missing
from review_app.reviews.models import CaseReview
from review_app.rulebook import load as load_rules


def serve(
    session: Session,
    review: CaseReview,
    document: Document,
    *,
    method: DeliveryMethod,
    on: date,
    by: Person,
    now: datetime,
) -> DocumentDelivery:
    """Note that a released document was served: opinion and letters on the reviewed organ, the notice on the
    petitioner. The organ's liaisons learn of a served opinion and by when to reply."""
    if not can_serve(by, review):
        raise NotAllowed
    to_petitioner = document.kind is DocumentKind.RESULT_NOTICE
    to = review.item.petitioner.name if to_petitioner else review.legal_case.reviewed_org.name
    delivery = deliver(session, document, to=to, method=method, on=on, by=by, now=now)
    if document.kind is DocumentKind.REVIEW_OPINION:
        tell_organ(session, review, document, now=now)
    return delivery


def tell_organ(session: Session, review: CaseReview, document: Document, *, now: datetime) -> None:
    due = local_day(now) + timedelta(days=load_rules(review.rule_version).time.rectify_days)
    for person in people_with(session, Role.REVIEWED_LIAISON):
        if person.liaison_of(review.legal_case.reviewed_org_id):
            notify(
                session, "opinion-issued", person, now=now, review_id=review.id,
                link=f"/reviews/{review.id}/documents", step=f"opinion-issued:{document.id}",
                review_no=str(review.review_no), number=document.number or "", due=due.isoformat(),
            )  # fmt: skip


def notice_draft(
    session: Session, review: CaseReview, opinion: Opinion, *, now: datetime
) -> OfficialDocument:
    """The notice to the petitioner as it would be issued, without number and day."""
    kind = DocumentKind.RESULT_NOTICE
    facts = replace(facts_of(opinion), sender=sender(session, review, kind))
    number = pending_number(facts.sender.mark, year=local_day(now).year)
    return result_notice(facts, number=number, issued_on=None)


def issue_result_notice(session: Session, review: CaseReview, *, by: Person, now: datetime) -> Document:
    """Issue the notice of result (评查结果告知书) once for each round, after the opinion was released."""
    if not can_notify_result(by, review):
        raise NotAllowed
    opinion = opinion_of(session, review)
    if opinion is None or opinion.document.released_at is None:
        raise ReviewError(N_("评查意见书签发后才能制发结果告知书。"))
    if document_of_round(session, review.id, DocumentKind.RESULT_NOTICE, review.round):
        raise ReviewError(N_("本轮评查结果告知书已经制发。"))
    draft = notice_draft(session, review, opinion, now=now)
    return issue(
        session, review, DocumentKind.RESULT_NOTICE, draft, hidden=never_told(review), by=by, now=now
    )


def request_draft(
    session: Session, review: CaseReview, asked: FileRequest, *, now: datetime
) -> OfficialDocument:
    """The letter asking for the file, without number and day."""
    sending = sender(session, review, DocumentKind.FILE_REQUEST)
    number = pending_number(sending.mark, year=local_day(now).year)
    return file_request(asked, sending, number=number, issued_on=None)


def issue_file_request(
    session: Session, review: CaseReview, asked: FileRequest, *, by: Person, now: datetime
) -> Document:
    """Issue a letter asking the organ for its file (调卷函)."""
    if not can_request_files(by, review):
        raise NotAllowed
    if asked.due_on <= local_day(now):
        raise ReviewError(N_("提供案卷的期限应当晚于今天。"))
    if asked.return_on is not None and asked.return_on <= asked.due_on:
        raise ReviewError(N_("退还案卷的日期应当晚于提供案卷的期限。"))
    draft = request_draft(session, review, asked, now=now)
    return issue(
        session, review, DocumentKind.FILE_REQUEST, draft, hidden=never_served(review, []), by=by, now=now
    )


def missing_file_request(session: Session, review: CaseReview) -> list[Missing]:
    """FILES needs the letter that asked for the file."""
    if document_of_round(session, review.id, DocumentKind.FILE_REQUEST, review.round):
        return []
    return [Missing(N_("尚未制发调卷函。"), who=COORDINATOR, page="opinions.file_request")]


def issue(
    session: Session,
    review: CaseReview,
    kind: DocumentKind,
    draft: OfficialDocument,
    *,
    hidden: Sequence[Datum],
    by: Person,
    now: datetime,
) -> Document:
    """Number a letter, write it and keep it; its words are checked like those of an opinion, its file for what it
    must not show (``hidden``)."""
    if problem := next(word_problems(draft), None):
        raise ReviewError(problem.sentence, **problem.facts)
    document = draft_document(
        session, kind=kind, review_id=review.id, round=review.round, title=draft.title, by=by, now=now
    )
    lock_content(document, as_data(draft))
    step(session, document, DocumentState.CHECKED, by=by, now=now)
    number = assign_number(session, document, by=by, now=now)
    final = dated(draft, number=number, copy_no="", on=local_day(now))
    keep_copy(session, document, CopyKind.INTERNAL, final, hidden=hidden, by=by, now=now)
    document.released_at = now
    step(session, document, DocumentState.RELEASED, by=by, now=now)
    return document
