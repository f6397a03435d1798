"""What can be done with a review's registration: open it, correct it. Its steps live in ``moves``."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.form_templates.queries import active_template
from review_app.organisations.models import Organisation
from review_app.petitions.models import Petitioner, PetitionItem, RequestLine
from review_app.petitions.queries import find_item
from review_app.petitions.states import LegalStage
from review_app.reviews.models import CaseReview, Involved, LegalCase, StateChange
from review_app.reviews.queries import running_review_of
from review_app.reviews.registration import (
    Participant,
    Registration,
    changed_since,
    differing_fields,
    registration_of,
)
from review_app.reviews.rules import can_edit_registration, can_register
from review_app.reviews.sizing import SizeFacts, SizeProposal, propose_size
from review_app.reviews.states import TEMPLATE_LABELS, InvolvedAs, ReviewState
from review_app.rulebook import CURRENT, Rules, load
from review_app.sealing import current_seal

# a review is made of concluded handling only; each other stage has its own way (诉访分离, 信访工作条例第28、31条)
REFUSED_STAGES = {
    LegalStage.NONE: N_("该事项不属于涉法涉诉，不能评查。请按普通信访事项转有权处理的机关办理。"),
    LegalStage.NOT_STARTED: N_("该事项尚未进入法律程序，不能评查。请告知信访人可以走的法定途径和期限。"),
    LegalStage.PENDING: N_(
        "案件仍在法律程序中或者救济期限未过，不能评查。请告知信访人在期限内上诉、申请复议或者提出异议，"
        "处理结果生效后再登记评查。"
    ),
    LegalStage.TERMINATED: N_("该事项已依法终结，不再评查。请做好解释疏导和帮扶工作。"),
}


def create_review(session: Session, registration: Registration, *, by: Person, now: datetime) -> CaseReview:
    """Register a review in state DUE, with its petition matter, requests, concluded case and people.

    A matter that is already known by its number is taken up again when the petitioner is the same. Raises
    ReviewError for a case that may not be reviewed, a second running review of the same case, a size nobody
    explained.
    """
    if not can_register(by):
        raise NotAllowed
    rules = load(CURRENT)
    proposal = check(session, registration, rules, now=now)
    refuse_second_review(session, registration)
    case = LegalCase(created_at=now, created_by_id=by.id)
    item = known_item(session, registration) or PetitionItem(
        petitioner=Petitioner(created_at=now, created_by_id=by.id), created_at=now, created_by_id=by.id
    )
    review = CaseReview(
        item=item, legal_case=case, rule_version=rules.rule_version, coordinator_id=by.id,
        state=ReviewState.DUE, state_since=now, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    write(review, registration, proposal, by=by, now=now)
    review.form_template = active_template(session, review.template, review.rule_version)
    session.add(review)
    review.changes.append(
        StateChange(from_state=None, to_state=ReviewState.DUE, created_at=now, created_by_id=by.id)
    )
    session.flush()
    record(
        session, action="review.create", subject=review, by=by, now=now, review_id=review.id,
        after={"item_no": item.item_no, "template": review.template, "size": review.size},
    )  # fmt: skip
    return review


def save_registration(
    session: Session,
    review: CaseReview,
    registration: Registration,
    *,
    seen: Mapping[str, str],
    by: Person,
    now: datetime,
) -> CaseReview:
    """Correct the registration until files are asked for. ``seen`` are the marks (``marks_of``) of what the
    form showed. Raises EditConflict with the other person's values when somebody saved meanwhile."""
    session.refresh(review, with_for_update=True)
    for part in (review.item, review.item.petitioner, review.legal_case):
        session.refresh(part)
    if not can_edit_registration(by, review):
        raise NotAllowed
    stored = registration_of(review)
    theirs = changed_since(seen, stored)
    if theirs:
        raise EditConflict(theirs=theirs)
    proposal = check(session, registration, load(review.rule_version), now=now)
    before = review.template
    write(review, registration, proposal, by=by, now=now)
    if review.template != before:
        review.form_template = active_template(session, review.template, review.rule_version)
    session.flush()
    session.refresh(review.legal_case, ["involved"])
    record(
        session, action="review.register", subject=review, by=by, now=now, review_id=review.id,
        after={"changed": differing_fields(stored, registration)},
    )  # fmt: skip
    return review


def size_facts(registration: Registration, *, now: datetime) -> SizeFacts:
    return SizeFacts(
        petition_since=registration.received_on,
        today=local_day(now),
        group_size=registration.group_size,
        repeats=registration.repeats,
        amount=registration.amount,
        doubt_reasons=frozenset(registration.doubt_reasons),
        major_reasons=frozenset(registration.major_reasons),
    )


def proposal_for(registration: Registration, *, rule_version: str, now: datetime) -> SizeProposal:
    """The size the rules of ``rule_version`` give for a registration, saved or not."""
    return propose_size(size_facts(registration, now=now), load(rule_version))


def check(session: Session, registration: Registration, rules: Rules, *, now: datetime) -> SizeProposal:
    """What the world says against a registration; gives the proposed size."""
    if registration.legal_stage in REFUSED_STAGES:
        raise ReviewError(REFUSED_STAGES[registration.legal_stage])
    if not registration.requests:
        raise ReviewError(N_("请至少填写一项诉求。评查意见书要逐项回应。"))
    if registration.template not in TEMPLATE_LABELS:
        raise ReviewError(N_("请选择评查表的类型。"))
    if session.get(Organisation, registration.reviewed_org_id) is None:
        raise ReviewError(N_("请选择被评查单位。"))
    if registration.received_on > local_day(now):
        raise ReviewError(N_("收到日期不能晚于今天。"))
    proposal = propose_size(size_facts(registration, now=now), rules)
    if registration.size not in rules.panel.size.values():
        raise ReviewError(
            N_("评查组人数只能是%(sizes)s人。"), sizes="、".join(map(str, rules.panel.size.values()))
        )
    if registration.size != proposal.size and not registration.size_reason.strip():
        raise ReviewError(
            N_("按规则应为%(proposed)d人，您选择了%(chosen)d人。请写明理由。"),
            proposed=proposal.size,
            chosen=registration.size,
        )
    return proposal


def refuse_second_review(session: Session, registration: Registration) -> None:
    running = running_review_of(session, registration.case_no, registration.reviewed_org_id)
    if running is not None:
        raise ReviewError(
            N_("案件%(case_no)s已有评查项目%(number)s，不能重复登记。请在该项目中补充。"),
            case_no=registration.case_no,
            number=running.review_no or "",
        )


def known_item(session: Session, registration: Registration) -> PetitionItem | None:
    """The matter with this number; refused when it was registered for somebody else."""
    item = find_item(session, registration.item_no)
    if item is not None and item.petitioner.name != registration.petitioner_name:
        raise ReviewError(
            N_("信访事项编号%(item_no)s已登记给另一位信访人，请核对编号。"), item_no=registration.item_no
        )
    return item


def write(
    review: CaseReview, registration: Registration, proposal: SizeProposal, *, by: Person, now: datetime
) -> None:
    """Put every field of the registration where it is stored."""
    write_item(review.item, registration, by=by, now=now)
    write_case(review.legal_case, registration)
    write_people(review, registration, by=by, now=now)
    review.template = registration.template
    review.doubt_flag = proposal.doubt_flag
    review.doubt_reasons = [str(reason) for reason in proposal.doubt_reasons]
    review.doubt_note = registration.doubt_note
    review.major_reasons = [str(reason) for reason in proposal.major_reasons]
    review.size = registration.size
    review.size_reason = registration.size_reason
    review.summary = registration.summary


def write_item(item: PetitionItem, registration: Registration, *, by: Person, now: datetime) -> None:
    item.item_no, item.title, item.channel = registration.item_no, registration.title, registration.channel
    item.received_on, item.place = registration.received_on, registration.place
    item.group_size, item.repeats = registration.group_size, registration.repeats
    item.facts, item.reasons = registration.facts, registration.reasons
    item.history, item.legal_stage = registration.petition_history, registration.legal_stage
    write_requests(item, registration.requests, by=by, now=now)
    petitioner = item.petitioner
    petitioner.name, petitioner.gender = registration.petitioner_name, registration.gender
    petitioner.birth_year = registration.birth_year
    petitioner.phone, petitioner.address = registration.phone or None, registration.address or None
    if registration.id_number:
        petitioner.id_number = registration.id_number
        petitioner.id_fingerprint = current_seal().fingerprint(registration.id_number)


def write_requests(item: PetitionItem, texts: tuple[str, ...], *, by: Person, now: datetime) -> None:
    """Rows keep their number; the opinion answers by number."""
    for line, text in zip(item.requests, texts, strict=False):
        line.text = text
    del item.requests[len(texts) :]
    for seq, text in enumerate(texts[len(item.requests) :], start=len(item.requests) + 1):
        item.requests.append(RequestLine(seq=seq, text=text, created_at=now, created_by_id=by.id))


def write_case(case: LegalCase, registration: Registration) -> None:
    case.reviewed_org_id = registration.reviewed_org_id
    case.case_no, case.case_name = registration.case_no, registration.case_name
    case.cause, case.subkind, case.stage = registration.cause, registration.subkind, registration.stage
    case.last_document, case.last_document_on = registration.last_document, registration.last_document_on
    case.act_on, case.effective_on = registration.act_on, registration.effective_on
    case.amount, case.result, case.history = (
        registration.amount,
        registration.result,
        registration.case_history,
    )


def write_people(review: CaseReview, registration: Registration, *, by: Person, now: datetime) -> None:
    """Rows that stay keep their id (declarations of experts may point to them). The petitioner stands among
    them too, because recusal looks there."""
    case, petitioner = review.legal_case, review.item.petitioner
    stored = {row.id: row for row in case.involved if row.id is not None}
    petitioning = next(iter(case.involved_as(InvolvedAs.PETITIONER)), None)
    first = Participant(
        InvolvedAs.PETITIONER,
        registration.petitioner_name,
        id=petitioning.id if petitioning else None,
    )
    kept = []
    for participant in (first, *registration.participants):
        row = stored.get(participant.id or 0) or Involved(created_at=now, created_by_id=by.id)
        write_participant(row, participant)
        kept.append(row)
    kept[0].id_fingerprint = petitioner.id_fingerprint
    case.involved = kept


def write_participant(row: Involved, participant: Participant) -> None:
    row.involved_as, row.name = participant.involved_as, participant.name
    row.is_organisation, row.organisation_id = participant.is_organisation, participant.organisation_id
    row.post, row.part = participant.post, participant.part
    if participant.id_number:
        row.id_fingerprint = current_seal().fingerprint(participant.id_number)
