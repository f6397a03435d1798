"""What the opinion takes from registration: sender, matter, petitioner and requests, the case in words."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.documents.office import office
from review_app.documents.states import KIND_MARKS, DocumentKind
from review_app.opinions.facts import PetitionFacts, RequestFacts, Sender
from review_app.opinions.wording import day, sentence
from review_app.organisations.models import Organisation
from review_app.organisations.states import OrgKind
from review_app.petitions.states import CHANNEL_LABELS
from review_app.reviews.models import CaseReview
from review_app.reviews.states import InvolvedAs


def sender(session: Session, review: CaseReview, kind: DocumentKind = DocumentKind.REVIEW_OPINION) -> Sender:
    """The office, the petition offices that get copies, the coordinator to ask."""
    offices = session.scalars(
        select(Organisation.name)
        .where(Organisation.kind == OrgKind.PETITION_OFFICE)
        .order_by(Organisation.code)
    )
    contact = f"联系人：{review.coordinator.name}" if review.coordinator else ""
    issuing = office()
    return Sender(issuing.name, issuing.mark(KIND_MARKS[kind]), tuple(offices), contact)


def matter(review: CaseReview) -> str:
    """买卖合同纠纷执行案件: cause and, for enforcement, that word."""
    cause = review.legal_case.cause.removesuffix("案").removesuffix("罪")
    enforcing = "执行" if review.template == "EXE" and "执行" not in cause else ""
    return f"{cause}{enforcing}案件"


def petition(review: CaseReview) -> PetitionFacts:
    item = review.item
    return PetitionFacts(
        petitioner=item.petitioner.name,
        gender=item.petitioner.gender,
        birth_year=item.petitioner.birth_year,
        place=item.place,
        channel=CHANNEL_LABELS[item.channel],
        received_on=item.received_on,
        history=item.history,
        requests=tuple(RequestFacts(line.seq, line.text, line.answer, line.result) for line in item.requests),
    )


def case_text(review: CaseReview) -> str:
    """A first draft of section 二: name, number, organ, course, result, posts of those who handled it."""
    case = review.legal_case
    name = case.case_name or f"{case.cause}一案"
    told = [
        f"{name}，由{case.reviewed_org.name}办理，案号{case.case_no}，案由为{case.cause}。",
        sentence(case.history),
    ]
    if case.last_document:
        made = (
            f"{day(case.last_document_on)}作出{case.last_document}"
            if case.last_document_on
            else case.last_document
        )
        told.append(f"最后一份法律文书：{made}。")
    if case.result and case.result not in case.history:
        told.append(f"处理结果：{sentence(case.result)}")
    if case.effective_on:
        told.append(f"处理结果于{day(case.effective_on)}生效。")
    posts = dict.fromkeys(each.post for each in case.involved_as(InvolvedAs.OFFICER) if each.post)
    if posts:
        told.append(f"承办人员职务：{'、'.join(posts)}。")
    return "\n".join(line for line in told if line)
