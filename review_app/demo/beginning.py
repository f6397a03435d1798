"""From registration to the panel at work: the steps coordinator, organ, witness and experts take."""

from datetime import timedelta

from review_app.clock import local_day
from review_app.demo.names import id_number
from review_app.demo.narratives import InvolvedText, Narrative
from review_app.demo.office import Office
from review_app.demo.people import PASSWORD
from review_app.opinions.file_request import FileRequest, LendingMode
from review_app.opinions.letters import issue_file_request
from review_app.panels import drawing, objecting, queries
from review_app.panels import service as panels
from review_app.panels.answering import Answer, sign_statement
from review_app.panels.grounds import GROUNDS
from review_app.panels.models import Panel, PanelDraw, PanelMember
from review_app.panels.states import (
    Applicant,
    DrawMethod,
    RecusalState,
    SeatRole,
    SeatState,
    TellingMethod,
    ToldParty,
)
from review_app.progress.service import advance
from review_app.reviews.files import add_volume, upload_documents
from review_app.reviews.models import CaseReview
from review_app.reviews.registration import Participant, Registration
from review_app.reviews.service import create_review, proposal_for
from review_app.reviews.states import InvolvedAs, ReviewState
from review_app.rulebook import CURRENT

NONCES = ("8 3 0 6 1 9 4", "2 7 5 1 0 8 3", "9 4 4 6 2 7 0", "0 1 6 3 8 5 9")
NONCE_SOURCE = "当日公开开奖的数字型彩票（演示）"


def register(office: Office, told: Narrative) -> CaseReview:
    """The coordinator registers the review; its size is the one the rules propose."""
    plain = registration_of(office, told, size=3)
    size = proposal_for(plain, rule_version=CURRENT, now=office.now).size
    review = create_review(
        office.session, registration_of(office, told, size=size), by=office.coordinator, now=office.now
    )
    office.reviews[told.key] = review
    return review


def registration_of(office: Office, told: Narrative, *, size: int) -> Registration:
    item, case, petitioner = told.item, told.legal_case, told.petitioner
    serial = next(one.serial for one in told.involved if one.role is InvolvedAs.PETITIONER)
    return Registration(
        item_no=item.item_no, title=told.title, channel=item.channel, received_on=item.received_on,
        petitioner_name=petitioner.name, gender=petitioner.gender, birth_year=petitioner.birth_year,
        phone=petitioner.phone, address=petitioner.address,
        id_number=id_number(petitioner.birth_year, serial or 0), place=item.place, repeats=item.repeats,
        facts=item.facts, reasons=item.reasons, petition_history=item.history, legal_stage=item.legal_stage,
        requests=tuple(one.text for one in told.requests), reviewed_org_id=office.organs[case.organ].id,
        case_no=case.case_no, case_name=case.case_name, cause=case.cause, subkind=told.subkind, stage=case.stage,
        last_document=case.last_document, last_document_on=case.last_document_on, act_on=case.act_on,
        effective_on=case.effective_on, amount=case.amount or None, result=case.result,
        case_history=case.history, participants=tuple(participants(office, told)), template=told.template,
        doubt_reasons=told.doubt, doubt_note=told.doubt_note, major_reasons=told.major, size=size,
        summary=told.summary,
    )  # fmt: skip


def participants(office: Office, told: Narrative) -> list[Participant]:
    return [participant(office, one) for one in told.involved if one.role is not InvolvedAs.PETITIONER]


def participant(office: Office, one: InvolvedText) -> Participant:
    known = one.birth_year and one.serial
    return Participant(
        involved_as=one.role, name=one.name, is_organisation=one.organisation,
        organisation_id=office.organs[one.org].id if one.org else None, post=one.post, part=one.part,
        id_number=id_number(one.birth_year or 0, one.serial or 0) if known else "",
    )  # fmt: skip


def go(office: Office, review: CaseReview, to: ReviewState, *, reason: str = "") -> None:
    """The coordinator takes the review on."""
    advance(office.session, review, to, by=office.coordinator, now=office.now, reason=reason)
    if to is ReviewState.FILES:
        ask_for_file(office, review)


def ask_for_file(office: Office, review: CaseReview) -> None:
    """The letter for the file (调卷函), due in ten days."""
    case = review.legal_case
    asked = FileRequest(
        organ=case.reviewed_org.name, case_no=case.case_no, cause=case.cause, volumes="全部正卷、副卷和自评表",
        mode=LendingMode.ELECTRONIC, due_on=local_day(office.now) + timedelta(days=10), return_on=None,
    )  # fmt: skip
    issue_file_request(office.session, review, asked, by=office.coordinator, now=office.now)


def collect(office: Office, told: Narrative, review: CaseReview) -> None:
    """The organ's liaison hands in volumes and the self-review."""
    by = office.liaison(review)
    for volume in told.volumes:
        stored = add_volume(
            office.session, review, kind=volume.kind, title=volume.title, by=by, now=office.now
        )
        office.session.flush()
        files = [office.files[document.content] for document in volume.documents]
        report = upload_documents(office.session, stored, files, by=by, now=office.now)
        for refused in report.refused:
            raise refused.error
    office.session.expire(review, ["volumes"])


def open_draw(office: Office, review: CaseReview, method: DrawMethod = DrawMethod.DRAW) -> PanelDraw:
    """The draw is opened, the public nonce typed, the witness asked."""
    opened = drawing.open_draw(office.session, review, method=method, by=office.coordinator, now=office.now)
    nonce = NONCES[review.id % len(NONCES)]
    drawing.type_nonce(
        office.session, opened, nonce=nonce, source=NONCE_SOURCE, witness=office.people["supervisor"],
        by=office.coordinator, now=office.now,
    )  # fmt: skip
    return opened


def witness(office: Office, opened: PanelDraw) -> Panel:
    return drawing.witness_draw(
        office.session, opened, seen_sha256=opened.input_sha256, password=PASSWORD,
        by=office.people["supervisor"], now=office.now,
    )  # fmt: skip


def answer_invitations(office: Office, review: CaseReview, *, leave_out: int = 0) -> None:
    """Every drawn expert signs both statements; whoever moves up does the same. ``leave_out`` members keep
    their invitation unanswered."""
    while waiting := unanswered(office, review)[: None if leave_out == 0 else -leave_out]:
        for member in waiting:
            state(office, member)
        decide_pending(office, review)


def unanswered(office: Office, review: CaseReview) -> list[PanelMember]:
    panel = present_panel(office, review)
    return [one for one in panel.seated if one.status in (SeatState.INVITED, SeatState.STATED)]


def present_panel(office: Office, review: CaseReview) -> Panel:
    panel = queries.panel_of(office.session, review)
    assert panel is not None  # noqa: S101 - drawn just before
    return panel


def state(office: Office, member: PanelMember) -> None:
    """Sign the statement that is due: nothing applies but what the draw knows anyway."""
    answers = {rule: Answer(False) for rule in GROUNDS}
    if member.same_organ:
        answers["R11"] = Answer(True, "现任职于被评查单位，未参与本案办理")
    sign_statement(
        office.session,
        member,
        answers=answers,
        promise=True,
        password=PASSWORD,
        by=member.person,
        now=office.now,
    )


def decide_pending(office: Office, review: CaseReview) -> None:
    """Whatever the second check leaves to a decision is decided by office head or committee head."""
    for asked in present_panel(office, review).recusals:
        if asked.state is RecusalState.PENDING:
            by = office.people["head" if asked.member.role == "CHAIR" else "leader"]
            objecting.decide_recusal(
                office.session,
                asked,
                granted=False,
                reason="经核对证件号码，不是同一人。",
                by=by,
                now=office.now,
            )


def tell_both(office: Office, review: CaseReview, *, waive: bool) -> None:
    """The petitioner is told the names by phone, the organ was told by the platform; both may waive."""
    panel = present_panel(office, review)
    on = local_day(office.now)
    by = office.coordinator
    panels.tell(
        office.session, panel, to=ToldParty.PETITIONER, told_on=on, method=TellingMethod.PHONE,
        note="电话告知评查组名单和申请回避的权利。", by=by, now=office.now,
    )  # fmt: skip
    if not any(told.to is ToldParty.ORGAN for told in panel.tellings):
        panels.tell(
            office.session, panel, to=ToldParty.ORGAN, told_on=on, method=TellingMethod.POST,
            note="发函告知评查组名单。", by=by, now=office.now,
        )  # fmt: skip
    office.session.refresh(panel, ["tellings"])
    if waive:
        for told in panel.tellings:
            panels.waive(office.session, told, note="来电表示不申请任何成员回避。", by=by, now=office.now)


def ask_for_recusal(office: Office, review: CaseReview) -> None:
    """The petitioner wants a member recused, the organ the chair; the one is decided by the office head, the
    other by the head of the committee."""
    seated = present_panel(office, review).seated
    member = next(one for one in seated if one.role is SeatRole.MEMBER)
    objecting.request_recusal(
        office.session, member, ground="R17", applicant=Applicant.PETITIONER,
        facts="信访人称该专家与第三人系同学，来往密切，可能影响公正评查。", by=office.coordinator, now=office.now,
    )  # fmt: skip
    chair = next(one for one in seated if one.role is SeatRole.CHAIR)
    objecting.request_recusal(
        office.session, chair, ground="R16", applicant=Applicant.ORGAN,
        facts="该专家曾在公开讲座中评论本案的扣押措施。", by=office.liaison(review), now=office.now,
    )  # fmt: skip
