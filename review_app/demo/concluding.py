"""From the locked result to the end: opinion, release, service, the organ's reply, resolution."""

from dataclasses import replace
from datetime import timedelta

from case_files.store import FileStore
from review_app.accounts.models import Person
from review_app.clock import local_day
from review_app.demo.judging import seat_of
from review_app.demo.narratives import FindingText, Narrative
from review_app.demo.office import Office, take_in_text
from review_app.demo.people import PASSWORD
from review_app.documents.queries import document_of_round
from review_app.documents.states import DeliveryMethod, DocumentKind
from review_app.followup import conclusion, rectification
from review_app.followup import service as followup
from review_app.followup.answering import Answered
from review_app.followup.evidence import add_evidence
from review_app.followup.models import Evidence, ReplyLine
from review_app.followup.queries import reply_of, tasks_of
from review_app.followup.resolving import ResolutionFacts
from review_app.followup.states import Answer, Basis, TaskKind, TaskState
from review_app.masking.names import mask_name
from review_app.opinions import letters
from review_app.opinions import service as opinions
from review_app.opinions.facts import Advice
from review_app.opinions.models import Opinion
from review_app.opinions.queries import advice_of, opinion_of
from review_app.opinions.states import PartKey
from review_app.progress.service import advance
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, Resolution, ReviewState

DAYS_TO_ACT = 90


def present_opinion(office: Office, review: CaseReview) -> Opinion:
    opinion = opinion_of(office.session, review)
    assert opinion is not None  # noqa: S101 - opened with the state
    return opinion


def write_opinion(office: Office, told: Narrative, review: CaseReview) -> None:
    """The lead reviewer writes the parts that no form and no ballot gives."""
    opinion, lead = present_opinion(office, review), seat_of(review, Capacity.LEAD)
    assert told.opinion is not None  # noqa: S101 - these cases are told to the end
    texts = {
        PartKey.FACTS: "\n".join(told.opinion.facts),
        PartKey.PRECEDENTS: told.opinion.precedents,
        PartKey.HEARING: hearing_text(told),
    }
    for key, text in texts.items():
        edit(office, opinion, key, text, by=lead)
    for seq, request in enumerate(told.requests, start=1):
        opinions.edit_part(
            office.session, opinion, PartKey.request(seq), text=request.answer, result=request.result,
            seen_edition=edition_of(opinion, PartKey.request(seq)), by=lead, now=office.now,
        )  # fmt: skip
    opinions.save_advice(
        office.session, opinion, advice_rows(office, told, review),
        seen_edition=edition_of(opinion, PartKey.ADVICE), by=lead, now=office.now,
    )  # fmt: skip


def edit(office: Office, opinion: Opinion, key: str, text: str, *, by: Person) -> None:
    opinions.edit_part(
        office.session, opinion, key, text=text, seen_edition=edition_of(opinion, key), by=by, now=office.now
    )


def edition_of(opinion: Opinion, key: str) -> int:
    part = opinion.part(key)
    return part.edition if part else 0


def hearing_text(told: Narrative) -> str:
    objected = "提出异议，评查组已研究答复" if told.objection else "表示无异议"
    return f"听取了信访人{mask_name(told.petitioner.name)}的意见并制作笔录；听取了被评查单位的意见，该单位{objected}。"


def advice_rows(office: Office, told: Narrative, review: CaseReview) -> list[Advice]:
    """The routes already advised, then the suggestions, each with a day by which it should be done."""
    due = local_day(office.now) + timedelta(days=DAYS_TO_ACT)
    organ = review.legal_case.reviewed_org.name
    suggestions = told.opinion.suggestions if told.opinion else ()
    routes = [replace(one, due_on=due) for one in advice_of(office.session, review) if one.route]
    return [*routes, *(Advice(text, organ, "", "", due) for text in suggestions)]


def sign_by_all(office: Office, review: CaseReview) -> None:
    opinion = present_opinion(office, review)
    read = opinions.present_sha256(opinion)
    for seat in opinions.signers(review):
        opinions.sign_opinion(
            office.session, opinion, password=PASSWORD, seen_sha256=read,
            by=seat.person, now=office.now,
        )  # fmt: skip


def release(office: Office, review: CaseReview) -> None:
    advance(office.session, review, ReviewState.ISSUED, by=office.people["leader"], now=office.now)


def serve(office: Office, review: CaseReview) -> None:
    """The opinion goes to the organ, the notice of result to the petitioner."""
    on = local_day(office.now)
    opinion = present_opinion(office, review)
    letters.serve(
        office.session, review, opinion.document, method=DeliveryMethod.DIRECT, on=on, by=office.coordinator,
        now=office.now,
    )  # fmt: skip
    letters.issue_result_notice(office.session, review, by=office.coordinator, now=office.now)
    notice = document_of_round(office.session, review.id, DocumentKind.RESULT_NOTICE, review.round)
    assert notice is not None  # noqa: S101 - issued just before
    letters.serve(
        office.session,
        review,
        notice,
        method=DeliveryMethod.DIRECT,
        on=on,
        by=office.coordinator,
        now=office.now,
    )


def evidence(office: Office, review: CaseReview, name: str, text: str, *, by: Person) -> Evidence:
    store = FileStore(office.settings.file_folder)
    file = take_in_text(store, name, f"{name}\n演示数据\n{text}".encode())
    return add_evidence(office.session, review, file, by=by, now=office.now)


def reply(office: Office, told: Narrative, review: CaseReview) -> None:
    """The organ answers every finding and every recommendation and hands it in."""
    stored = reply_of(office.session, review)
    assert stored is not None  # noqa: S101 - opened with the state
    by = office.liaison(review)
    texts = {code: text for code, text in told.findings.items() if text.reply}
    answers = [answer_to(office, line, texts) for line in stored.lines]
    proof = evidence(office, review, "整改情况证明材料", "整改台账、补正文书和会议记录。", by=by)
    rectification.save_reply(
        office.session, review, answers, remark="已召开专题会议研究，逐项落实整改。", seen_edition=stored.edition,
        evidence={stored.lines[0].subject: proof}, by=by, now=office.now,
    )  # fmt: skip
    rectification.submit_reply(office.session, review, seen_edition=stored.edition, by=by, now=office.now)


def answer_to(office: Office, line: ReplyLine, texts: dict[str, FindingText]) -> Answered:
    text = texts.get(line.asked.partition(" ")[0])
    if text is None or text.measure is None:
        return Answered(line.subject, Answer.DONE, "采纳该项建议，已明确责任人，正在按期落实。")
    planned = local_day(office.now) + timedelta(days=30) if text.measure is Answer.PLANNED else None
    return Answered(line.subject, text.measure, text.reply, planned, text.route_case_no)


def settle_some(office: Office, review: CaseReview, *, everything: bool) -> None:
    """Tasks done so far: the measures, or all of them."""
    for task in tasks_of(office.session, review):
        if task.state is TaskState.OPEN and (everything or task.kind is TaskKind.MEASURE):
            followup.settle_task(
                office.session, task, state=TaskState.DONE, result="已落实，情况已记录在卷。",
                result_on=local_day(office.now), seen_version=task.row_version, by=office.coordinator, now=office.now,
            )  # fmt: skip


def resolve(office: Office, told: Narrative, review: CaseReview) -> None:
    """Record how the dispute stands, with the proof its ground demands."""
    text = told.resolution
    assert text is not None  # noqa: S101 - these cases are told to the end
    today, by = local_day(office.now), office.coordinator
    resolved = text.state is Resolution.RESOLVED
    spoken = text.basis is Basis.STATEMENT
    told_on = today - timedelta(days=2) if spoken else None
    facts = ResolutionFacts(
        text.state, today, text.note, text.basis, confirmed=resolved, document_no=text.document_no,
        remedies_told_on=told_on, interview_on=told_on,
    )  # fmt: skip
    proof = evidence(office, review, "化解证明材料", text.note, by=by) if resolved else None
    record = (
        evidence(office, review, "谈话笔录", "已告知救济途径，信访人表示清楚。", by=by) if spoken else None
    )
    conclusion.record_resolution(
        office.session, review, facts, proof=proof, interview=record, by=by, now=office.now
    )
