"""What can be done with an opinion: opened, written, signed, submitted, returned once or released."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.service import confirm_password
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.deliberations.interventions import keep
from review_app.deliberations.states import Channel, InterventionKind
from review_app.documents.content import OfficialDocument, from_data
from review_app.documents.models import Document, DocumentSignature
from review_app.documents.queries import document_of_round
from review_app.documents.service import (
    assign_number,
    draft_document,
    keep_copy,
    lock_content,
    locked_content,
    sign,
    signature_on,
    step,
)
from review_app.documents.states import CopyKind, DocumentKind, DocumentState
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.opinions.advising import write_advice
from review_app.opinions.checks import ContentProblem, circulation_problems, content_problems
from review_app.opinions.content import circulated, dated, with_signatures
from review_app.opinions.facts import Advice, OpinionFacts, SignatureRow, dump, load_facts
from review_app.opinions.gathering import gather
from review_app.opinions.models import Opinion, OpinionPart, OpinionPartVersion, ReleaseDecision
from review_app.opinions.parts import (
    PartText,
    content_sha256,
    draft,
    first_texts,
    signed_content,
    with_parts,
)
from review_app.opinions.private import never_served, private_data
from review_app.opinions.queries import latest_change, opinion_of, people_with
from review_app.opinions.rules import can_edit_parts, can_sign
from review_app.opinions.states import Decision, PartKey
from review_app.petitions.states import RequestResult
from review_app.reviews.lacks import COORDINATOR, LEAD, MEMBERS, Missing
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.states import CAPACITY_LABELS, AccessStage, ReviewState

PAGE = "opinions.workbench"
REASON_GIVEN = "已书面说明理由"
DOCUMENTS_PAGE = "opinions.documents"


def open_opinion(session: Session, review: CaseReview, *, by: Person, now: datetime) -> Opinion:
    """Begin the opinion of this round when its result is locked, with first words for every part; coming back
    from sign-off, note that it was returned instead. Signatures stay where the content does."""
    opinion = opinion_of(session, review)
    change = latest_change(session, review)
    if opinion is not None and change is not None and change.from_state is ReviewState.SIGNOFF:
        return take_back(session, opinion, reason=change.reason, by=by, now=now)
    facts = gather(session, review)
    if opinion is None:
        opinion = begin(session, review, facts, by=by, now=now)
    opinion.locked = dump(facts)
    fill_parts(session, opinion, facts, by=by, now=now)
    for seat in signers(review):
        notify(
            session, "opinion-sign", seat.person, now=now, review_id=review.id,
            link=f"/reviews/{review.id}/opinion", review_no=str(review.review_no),
        )  # fmt: skip
    return opinion


def begin(session: Session, review: CaseReview, facts: OpinionFacts, *, by: Person, now: datetime) -> Opinion:
    title = draft(facts, year=local_day(now).year).title
    document = draft_document(
        session, kind=DocumentKind.REVIEW_OPINION, review_id=review.id, round=review.round, title=title,
        by=by, now=now,
    )  # fmt: skip
    opinion = Opinion(
        review=review, round=review.round, document=document, locked=dump(facts), created_at=now,
        created_by_id=by.id,
    )  # fmt: skip
    session.add(opinion)
    session.flush()
    record(session, action="opinion.open", subject=opinion, by=by, now=now, review_id=review.id)
    return opinion


def fill_parts(session: Session, opinion: Opinion, facts: OpinionFacts, *, by: Person, now: datetime) -> None:
    """First words for the parts nobody has written yet."""
    for key, first in first_texts(facts).items():
        part = opinion.part(key)
        if part is None:
            part = OpinionPart(opinion=opinion, key=key, text=first.text, result=first.result, created_at=now)
            part.created_by_id = by.id
            session.add(part)
        elif part.edition == 0:
            part.text, part.result = first.text, first.result
    session.flush()


def take_back(session: Session, opinion: Opinion, *, reason: str, by: Person, now: datetime) -> Opinion:
    """The leader returned the opinion: once only, for completeness, with a reason, which stands in the log of what
    was said to an open review from outside the panel."""
    if not reason.strip():
        raise ReviewError(N_("退回补正应当写明缺少什么。退回只限于材料是否齐全，不涉及评查内容。"))
    if any(each.decision is Decision.RETURNED for each in opinion.decisions):
        raise ReviewError(
            N_("评查意见书已经退回过一次，不能再次退回。请签发；对内容有不同看法的，依规另行记录。")
        )
    decide(session, opinion, Decision.RETURNED, reason=reason, by=by, now=now)
    keep(
        session, opinion.review, kind=InterventionKind.COORDINATION, channel=Channel.PLATFORM, who=by.name, post=by.post,
        at=now, content=reason.strip(), by=by, now=now,
    )  # fmt: skip
    opinion.submitted_at = None
    step(session, opinion.document, DocumentState.DRAFT, by=by, now=now, reason=reason.strip())
    for seat in signers(opinion.review):
        notify(
            session, "opinion-returned", seat.person, now=now, review_id=opinion.review_id,
            link=f"/reviews/{opinion.review_id}/opinion", review_no=str(opinion.review.review_no),
            why=reason.strip(),
        )  # fmt: skip
    return opinion


def decide(
    session: Session, opinion: Opinion, decision: Decision, *, reason: str = "", by: Person, now: datetime
) -> None:
    session.add(
        ReleaseDecision(
            opinion=opinion, decision=decision, reason=reason.strip(), created_at=now, created_by_id=by.id
        )
    )
    session.flush()
    record(
        session, action=f"opinion.{decision.lower()}", subject=opinion, by=by, now=now,
        review_id=opinion.review_id, reason=reason.strip() or None,
    )  # fmt: skip


def edit_part(
    session: Session,
    opinion: Opinion,
    key: str,
    *,
    text: str,
    result: RequestResult | None = None,
    seen_edition: int,
    by: Person,
    now: datetime,
) -> OpinionPart:
    """Save one part. Every saved version is kept. Raises EditConflict with the other's text when somebody
    saved since ``seen_edition``; a save that changes nothing leaves no version."""
    part = open_part(session, opinion, key, seen_edition=seen_edition, by=by)
    words = text.replace("\r\n", "\n").strip()
    if (part.text, part.result) == (words, result):
        return part
    if part.edition == 0:
        keep_version(session, part, at=part.created_at, by_id=None)
    part.text, part.result, part.edition = words, result, part.edition + 1
    keep_version(session, part, at=now, by_id=by.id)
    record(
        session, action="opinion.edit", subject=part, by=by, now=now, review_id=opinion.review_id,
        after={"part": key, "edition": part.edition},
    )  # fmt: skip
    return part


def save_advice(
    session: Session,
    opinion: Opinion,
    rows: Iterable[Advice],
    *,
    seen_edition: int,
    by: Person,
    now: datetime,
) -> OpinionPart:
    """Save the recommendations as a whole."""
    return edit_part(
        session, opinion, PartKey.ADVICE, text=write_advice(rows), seen_edition=seen_edition, by=by, now=now
    )


def open_part(session: Session, opinion: Opinion, key: str, *, seen_edition: int, by: Person) -> OpinionPart:
    if not can_edit_parts(by, opinion.review):
        raise NotAllowed
    part = opinion.part(key)
    if part is None:
        raise ReviewError(N_("评查意见书没有这一部分。"))
    session.refresh(part, with_for_update=True)
    if part.edition != seen_edition:
        raise EditConflict(theirs={"text": part.text, "result": part.result, "edition": part.edition})
    return part


def keep_version(session: Session, part: OpinionPart, *, at: datetime, by_id: int | None) -> None:
    session.add(
        OpinionPartVersion(
            part=part, edition=part.edition, text=part.text, result=part.result, created_at=at,
            created_by_id=by_id,
        )
    )  # fmt: skip
    session.flush()


def facts_of(opinion: Opinion) -> OpinionFacts:
    """The locked facts with the parts as they stand."""
    parts = {part.key: PartText(part.text, part.result) for part in opinion.parts}
    return with_parts(load_facts(opinion.locked), parts)


def draft_of(opinion: Opinion) -> OfficialDocument:
    """The opinion as it stands, names in full; after submission exactly what was signed."""
    if opinion.document.content is not None and opinion.submitted_at is not None:
        return from_data(locked_content(opinion.document)["document"])
    return draft(facts_of(opinion), year=local_day(opinion.created_at).year)


def present_sha256(opinion: Opinion) -> str:
    """The hash a signature put now would bind."""
    return content_sha256(draft_of(opinion), facts_of(opinion))


def problems_of(opinion: Opinion) -> list[ContentProblem]:
    """What is wrong with the opinion as it stands, in the full and in the circulated copy."""
    facts, document = facts_of(opinion), draft_of(opinion)
    found = content_problems(facts, document)
    people = facts.people or [(name,) for name in facts.names]
    served = circulated(document, private_data(opinion.review, people))
    leaks = circulation_problems(served, never_served(opinion.review, people))
    return found + [leak for leak in leaks if leak not in found]


def signers(review: CaseReview) -> list[ReviewAccess]:
    """The members who sign, in the order of their seats."""
    return [seat for seat in review.accesses if seat.ended_at is None and seat.stage is AccessStage.FULL]


def valid_signature(opinion: Opinion, person_id: int) -> DocumentSignature | None:
    """The person's word on the opinion as it stands now."""
    return signature_on(opinion.document, person_id, present_sha256(opinion))


def sign_opinion(
    session: Session,
    opinion: Opinion,
    *,
    password: str,
    seen_sha256: str,
    declined_reason: str = "",
    by: Person,
    now: datetime,
    code: str = "",
) -> DocumentSignature:
    """Sign the opinion as read, or say in writing why not. ``seen_sha256`` is the hash of what the page
    showed: if anything changed since, EditConflict. A signature needs an opinion without faults."""
    if not can_sign(by, opinion.review):
        raise NotAllowed
    confirm_password(session, by, password, code=code, now=now)
    session.refresh(opinion, with_for_update=True)
    now_sha256 = present_sha256(opinion)
    if seen_sha256 != now_sha256:
        raise EditConflict(N_("您打开签名页后，评查意见书又有改动。请重新核对后再签名。"))
    if problems := problems_of(opinion):
        raise ReviewError(N_("评查意见书还有%(count)s处需要补正，暂不能签名。"), count=len(problems))
    return sign(
        session, opinion.document, content_sha256=now_sha256, declined_reason=declined_reason, by=by, now=now
    )


def missing_opinion(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What OPINION still lacks: faults of content, signatures of members."""
    opinion = opinion_of(session, review)
    if opinion is None:
        return [Missing(N_("评查意见书尚未起草。"), who=LEAD, page=PAGE)]
    lacks = [Missing(each.sentence, each.facts, LEAD, PAGE) for each in problems_of(opinion)]
    unsigned = [seat for seat in signers(review) if valid_signature(opinion, seat.person_id) is None]
    if unsigned:
        sentence = N_("评查意见书还有%(count)s名成员未签名，也未说明理由。")
        lacks.append(Missing(sentence, {"count": len(unsigned)}, MEMBERS, PAGE))
    return lacks


def submit(session: Session, review: CaseReview, *, by: Person, now: datetime) -> Opinion:
    """Lock what was signed and put it before the leader (entering SIGNOFF)."""
    opinion = present_opinion(session, review)
    sha256 = lock_content(opinion.document, signed_content(draft_of(opinion), facts_of(opinion)))
    opinion.submitted_at = now
    step(session, opinion.document, DocumentState.CHECKED, by=by, now=now)
    step(session, opinion.document, DocumentState.SIGNED, by=by, now=now)
    record(
        session, action="opinion.submit", subject=opinion, by=by, now=now, review_id=review.id,
        after={"sha256": sha256},
    )  # fmt: skip
    for leader in people_with(session, Role.LEADER):
        notify(
            session, "opinion-release", leader, now=now, review_id=review.id,
            link=f"/reviews/{review.id}/opinion", review_no=str(review.review_no),
        )  # fmt: skip
    return opinion


def present_opinion(session: Session, review: CaseReview) -> Opinion:
    opinion = opinion_of(session, review)
    if opinion is None:
        raise ReviewError(N_("评查意见书尚未起草。"))
    return opinion


def missing_signoff(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """SIGNOFF lacks nothing that was not asked before; only the decision is open."""
    opinion = opinion_of(session, review)
    if opinion is None or opinion.document.state is not DocumentState.SIGNED:
        return [Missing(N_("评查意见书尚未提交签发。"), who=LEAD, page=PAGE)]
    return []


def release(session: Session, review: CaseReview, *, by: Person, now: datetime) -> Document:
    """Release what was signed (entering ISSUED): number, both copies, hashes in the audit log. Nothing of the
    content can change here; if a copy fails its checks, everything is undone and the number is not used."""
    opinion = present_opinion(session, review)
    document, content = opinion.document, locked_content(opinion.document)
    signed, people = from_data(content["document"]), people_of(content)
    hidden = never_served(review, people)
    number, today = assign_number(session, document, by=by, now=now), local_day(now)
    served = circulated(
        dated(signed, number=number, copy_no="000002", on=today), private_data(review, people)
    )
    if leaks := circulation_problems(served, hidden):
        raise ReviewError(leaks[0].sentence, **leaks[0].facts)
    full = with_signatures(dated(signed, number=number, copy_no="000001", on=today), signature_rows(opinion))
    keep_copy(session, document, CopyKind.INTERNAL, full, by=by, now=now)
    keep_copy(session, document, CopyKind.CIRCULATED, served, hidden=hidden, by=by, now=now)
    document.released_at = now
    step(session, document, DocumentState.RELEASED, by=by, now=now)
    decide(session, opinion, Decision.RELEASED, by=by, now=now)
    answer_requests(opinion)
    return document


def people_of(signed: Mapping[str, Any]) -> list[list[str]]:
    """The people of signed content; what was signed before 0.5.0 knows their names only."""
    return signed.get("people") or [[name] for name in signed["names"]]


def signature_rows(opinion: Opinion) -> tuple[SignatureRow, ...]:
    """Who signed what was released, and who gave a reason instead (a reason tells of a vote: it stays with the
    panel)."""
    sha256, rows = opinion.document.input_sha256 or "", []
    for seat in signers(opinion.review):
        found = signature_on(opinion.document, seat.person_id, sha256)
        declined = bool(found and found.declined_reason)
        signed_on = local_day(found.created_at) if found and not declined else None
        remark = REASON_GIVEN if declined else ""
        rows.append(SignatureRow(seat.person.name, CAPACITY_LABELS[seat.capacity], signed_on, remark))
    return tuple(rows)


def answer_requests(opinion: Opinion) -> None:
    """Each request line of the matter keeps the released answer."""
    answers = {request.seq: request for request in facts_of(opinion).petition.requests}
    for line in opinion.review.item.requests:
        if line.seq in answers:
            line.answer, line.result = answers[line.seq].answer, answers[line.seq].result


def missing_issued(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What ISSUED still lacks: the opinion served on the organ, the notice made and served."""
    opinion = opinion_of(session, review)
    notice = document_of_round(session, review.id, DocumentKind.RESULT_NOTICE, review.round)
    lacks = []
    if opinion is None or not opinion.document.deliveries:
        lacks.append(N_("评查意见书尚未登记送达被评查单位。"))
    if notice is None:
        lacks.append(N_("评查结果告知书尚未制发。"))
    elif not notice.deliveries:
        lacks.append(N_("评查结果告知书尚未登记送达信访人。"))
    return [Missing(sentence, who=COORDINATOR, page=DOCUMENTS_PAGE) for sentence in lacks]
