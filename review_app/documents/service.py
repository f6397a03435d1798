"""What can happen to a document: drafted, signed, numbered, written and kept, served, voided. Who may do it is
decided by the subject whose document it is; this room keeps the steps, the numbers and the bytes right."""

import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from case_files.refusals import FileDamaged
from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.database import one_at_a_time
from review_app.documents.checker import CheckResult, check, errors
from review_app.documents.content import OfficialDocument, as_data, fingerprint, from_data
from review_app.documents.leaks import Leak, leaks_in
from review_app.documents.models import Document, DocumentCopy, DocumentDelivery, DocumentSignature
from review_app.documents.numbers import format_number
from review_app.documents.office import office
from review_app.documents.official_format import write
from review_app.documents.queries import last_number
from review_app.documents.states import (
    DOCUMENT_STATE_LABELS,
    DOCUMENT_STEPS,
    KIND_LABELS,
    KIND_MARKS,
    CopyKind,
    DeliveryMethod,
    DocumentKind,
    DocumentState,
)
from review_app.documents.watermark import watermarked
from review_app.errors import N_, ReviewError
from review_app.masking.kinds import DATUM_LABELS
from review_app.masking.texts import Datum

# raised with every change of the writer that changes bytes
TEMPLATE_VERSION = "2024.2"
_LARGEST = 64 * 1024 * 1024


def draft_document(
    session: Session,
    *,
    kind: DocumentKind,
    review_id: int,
    round: int,
    title: str,
    by: Person,
    now: datetime,
) -> Document:
    """Begin a document of a review."""
    document = Document(
        kind=kind, review_id=review_id, round=round, title=title, state=DocumentState.DRAFT,
        template_version=TEMPLATE_VERSION, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(document)
    session.flush()
    record(
        session, action="document.draft", subject=document, by=by, now=now, review_id=review_id,
        after={"kind": kind},
    )  # fmt: skip
    return document


def step(
    session: Session,
    document: Document,
    to: DocumentState,
    *,
    by: Person,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Take a document to another state; ReviewError when the table has no such step."""
    before = document.state
    if to not in DOCUMENT_STEPS[before]:
        raise ReviewError(
            N_("文书现为“%(before)s”，不能转为“%(to)s”。"),
            before=DOCUMENT_STATE_LABELS[before],
            to=DOCUMENT_STATE_LABELS[to],
        )
    document.state = to
    record(
        session, action="document.step", subject=document, by=by, now=now, review_id=document.review_id,
        before={"state": before}, after={"state": to}, reason=reason,
    )  # fmt: skip


def sign(
    session: Session,
    document: Document,
    *,
    content_sha256: str,
    declined_reason: str = "",
    by: Person,
    now: datetime,
) -> DocumentSignature:
    """Put a signature, or a reason for not signing, on the content with this hash."""
    signature = DocumentSignature(
        document=document, person=by, content_sha256=content_sha256,
        declined_reason=declined_reason.strip(), created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(signature)
    session.flush()
    record(
        session, action="document.decline" if signature.declined_reason else "document.sign",
        subject=document, by=by, now=now, review_id=document.review_id, after={"sha256": content_sha256},
    )  # fmt: skip
    return signature


def signature_on(document: Document, person_id: int, content_sha256: str) -> DocumentSignature | None:
    """The person's latest word on exactly this content; a later change of the content leaves none."""
    own = (each for each in reversed(document.signatures) if each.person_id == person_id)
    return next((each for each in own if each.content_sha256 == content_sha256), None)


def lock_content(document: Document, content: dict[str, Any]) -> str:
    """Keep the content that was signed; returns its hash."""
    document.content = json.dumps(content, ensure_ascii=False, sort_keys=True)
    document.input_sha256 = fingerprint(content)
    return document.input_sha256


def locked_content(document: Document) -> dict[str, Any]:
    """The content that `lock_content` kept; raises when it no longer has its hash."""
    content: dict[str, Any] = json.loads(document.content or "{}")
    if fingerprint(content) != document.input_sha256:
        raise ReviewError(N_("文书内容与签名时不一致，不能继续。请联系系统管理员核查。"))
    return content


def assign_number(session: Session, document: Document, *, by: Person, now: datetime) -> str:
    """Give the next number of its kind and year, without gaps: one transaction at a time, kept when void."""
    if document.number is not None:
        raise ReviewError(N_("文书已编号%(number)s。"), number=document.number)
    mark, year = office().mark(KIND_MARKS[document.kind]), local_day(now).year
    one_at_a_time(session, f"document-number:{mark}:{year}")
    session.flush()
    document.mark, document.year, document.seq = mark, year, last_number(session, mark, year) + 1
    document.number = format_number(mark, year=year, seq=document.seq)
    session.flush()
    record(
        session, action="document.number", subject=document, by=by, now=now, review_id=document.review_id,
        after={"number": document.number},
    )  # fmt: skip
    return document.number


def keep_copy(
    session: Session,
    document: Document,
    copy: CopyKind,
    content: OfficialDocument,
    *,
    hidden: Sequence[Datum] | None = None,
    by: Person,
    now: datetime,
) -> DocumentCopy:
    """Write one copy, check its format and keep its bytes for good. An error of format stops it, and so does
    anything of ``hidden``, or another personal number, that a copy leaving the office still shows; None for a copy
    that stays inside."""
    if document.copy(copy) is not None:
        raise ReviewError(N_("该文书已经生成，不得覆盖。"))
    written = produced(content)
    report = check(written)
    refuse_errors(document, report)
    if hidden is not None:
        refuse_leaks(document, leaks_in(written, hidden, name=document.number or ""))
    kept = office().files.put(io.BytesIO(written), limit=_LARGEST)
    data = as_data(content)
    document.template_version = TEMPLATE_VERSION
    made = DocumentCopy(
        document=document, copy=copy, sha256=kept.sha256, size=kept.size,
        content=json.dumps(data, ensure_ascii=False, sort_keys=True),
        check_report=[result_data(result) for result in report], created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, action="document.keep", subject=document, by=by, now=now, review_id=document.review_id,
        after={"copy": copy, "sha256": kept.sha256, "input_sha256": fingerprint(data)},
    )  # fmt: skip
    return made


def refuse_errors(document: Document, report: list[CheckResult]) -> None:
    wrong = errors(report)
    if wrong:
        first = wrong[0]
        raise ReviewError(
            N_("%(kind)s格式检查有%(count)s处错误，暂不能制发。第一处：%(element)s应为“%(expected)s”。"),
            kind=KIND_LABELS[document.kind],
            count=len(wrong),
            element=first.element,
            expected=first.expected,
        )


def refuse_leaks(document: Document, found: list[Leak]) -> None:
    if found:
        raise ReviewError(
            N_(
                "%(kind)s还有%(count)s处未隐去的个人信息，暂不能制发。第一处：%(what)s（文件部件%(part)s）。请在文中改去后再制发。"
            ),
            kind=KIND_LABELS[document.kind],
            count=len(found),
            what=DATUM_LABELS[found[0].kind],
            part=found[0].part,
        )


def result_data(result: CheckResult) -> dict[str, Any]:
    """A check result for storing, without the words of the document."""
    return {"rule_id": result.rule_id, "level": result.level, "clause": result.clause}


def produced(content: OfficialDocument) -> bytes:
    """The file of a document; in a demonstration it says so on every page."""
    package = write(content)
    return watermarked(package, "演示数据") if office().is_demo else package


def content_of(copy: DocumentCopy) -> OfficialDocument:
    """What an issued file says."""
    return from_data(json.loads(copy.content))


def read_copy(copy: DocumentCopy) -> bytes:
    """The issued bytes, their hash checked."""
    try:
        return office().files.read(copy.sha256)
    except FileDamaged as damaged:
        raise ReviewError(damaged.sentence, **damaged.facts) from damaged


def rebuild(copy: DocumentCopy) -> bytes:
    """The same file written again from the content it was made from; ReviewError when the bytes differ."""
    made_with = copy.document.template_version
    if made_with != TEMPLATE_VERSION:
        raise ReviewError(
            N_(
                "该文书由%(then)s版模板生成，本平台现为%(now)s版，不能逐字节重新生成。原件仍完整保存，可以核对校验值。"
            ),
            then=made_with,
            now=TEMPLATE_VERSION,
        )
    written = produced(content_of(copy))
    if written != read_copy(copy):
        raise ReviewError(N_("重新生成的文件与已印发的文件不一致。请联系系统管理员核查模板版本。"))
    return written


def deliver(
    session: Session,
    document: Document,
    *,
    to: str,
    method: DeliveryMethod,
    on: date,
    by: Person,
    now: datetime,
) -> DocumentDelivery:
    """Note that a released document was served; with the first service it counts as issued."""
    if document.released_at is None:
        raise ReviewError(N_("文书尚未签发，不能登记送达。"))
    if not local_day(document.released_at) <= on <= local_day(now):
        raise ReviewError(N_("送达日期不能早于签发之日，也不能晚于今天。"))
    delivery = DocumentDelivery(
        document=document, to=to, method=method, on=on, created_at=now, created_by_id=by.id
    )
    session.add(delivery)
    if document.state is DocumentState.RELEASED:
        step(session, document, DocumentState.ISSUED, by=by, now=now)
        document.issued_at = now
    record(
        session, action="document.deliver", subject=document, by=by, now=now, review_id=document.review_id,
        after={"method": method, "on": on.isoformat()},
    )  # fmt: skip
    return delivery


def void(session: Session, document: Document, *, reason: str, by: Person, now: datetime) -> None:
    """Void a document with a reason. Its number and its files stay."""
    if not reason.strip():
        raise ReviewError(N_("请写明作废的理由。"))
    step(session, document, DocumentState.VOID, by=by, now=now, reason=reason.strip())
    document.voided_at, document.voided_reason = now, reason.strip()
