"""The minutes of a session (研讨纪要) as an official document in the layout of GB/T 9704—2012, 10.3: who was there, what
was put to the vote with how many votes, where every member stands, and what the secretary wrote down. Class L3."""

from collections import Counter
from collections.abc import Iterator

from review_app.clock import SHANGHAI
from review_app.deliberations.models import Deliberation, Question
from review_app.deliberations.states import QUESTION_LABELS, STANCE_LABELS, QuestionKind, Stance
from review_app.documents.content import (
    Attendance,
    Block,
    Head,
    Heading,
    Layout,
    OfficialDocument,
    Paragraph,
    Signature,
)
from review_app.documents.titles import break_title
from review_app.form_templates.reading import catalogue_of, rules_of
from review_app.reviews.states import OUTCOME_LABELS, Outcome

VOTE_WORDS = {"uphold": "同意", "reject": "不同意"}


def minutes_paper(held: Deliberation, office: str) -> OfficialDocument:
    """The minutes of a session voted to the end, in two parts: what happened, and who was there."""
    review = held.review
    return OfficialDocument(
        layout=Layout.MINUTES,
        head=Head("评查研讨纪要", f"{review.review_no}　第{held.number}次"),
        title_lines=break_title(f"{review.item.title}的研讨纪要"),
        recipient="",
        blocks=tuple(blocks(held)),
        signature=Signature(office, held.held_at.astimezone(SHANGHAI).date(), sealed=False),
    )


def blocks(held: Deliberation) -> Iterator[Block]:
    yield Paragraph(opening(held))
    yield Heading(1, "一、研讨经过")
    for line in held.minutes.splitlines():
        if line.strip():
            yield Paragraph(line.strip())
    yield Heading(1, "二、表决情况")
    secret = rules_of(held.review).consolidation.secret_ballots
    for number, question in enumerate((one for one in held.questions if one.closed_at), start=1):
        yield Paragraph(counted(question, secret=secret), lead=f"{number}．{asked(question)}。", lead_level=3)
    yield Heading(1, "三、最后态度")
    for one in held.final_stances.values():
        yield Paragraph(stance_told(held, one.person_id), lead=f"{one.person.name}：", lead_level=3)
    yield from attendance(held)


def opening(held: Deliberation) -> str:
    local = held.held_at.astimezone(SHANGHAI)
    when = f"{local.year}年{local.month}月{local.day}日"
    who = f"主持：{held.chair.name}。记录：{(held.secretary or held.chair).name}。"
    if held.in_writing:
        return f"{when}起，评查组以书面评议方式研讨本案。{who}"
    return f"{when}，评查组在{held.place}召开研讨会。{who}"


def attendance(held: Deliberation) -> Iterator[Block]:
    yield Paragraph("")
    yield Attendance("出席", "、".join(one.person.name for one in held.attendances))
    if held.secretary:
        yield Attendance("列席", f"{held.secretary.name}（记录）")


def asked(question: Question) -> str:
    """What was put to the vote."""
    review = question.deliberation.review
    again = "（第二次表决）" if question.attempt > 1 else ""
    about = ""
    if question.finding is not None and question.kind is QuestionKind.VETO:
        about = f"：{question.finding.veto_code}（{question.finding.code}）"
    elif question.finding is not None:
        about = f"：{question.finding.code} {name_of(question)}"
    elif question.measure:
        about = f"：{rules_of(review).measures[question.measure].zh}"
    return f"{QUESTION_LABELS[question.kind]}{about}{again}"


def name_of(question: Question) -> str:
    finding, catalogue = question.finding, catalogue_of(question.deliberation.review)
    code = finding.code if finding else ""
    known = catalogue.vetoes.get(code) or catalogue.deductions.get(code)
    return known.zh if known else ""


def counted(question: Question, *, secret: bool) -> str:
    """Votes by choice; with the names and reasons of those who cast them, or with the reasons alone."""
    told = []
    for choice, _count in Counter(
        sorted((one.choice for one in question.ballots), reverse=True)
    ).most_common():
        cast = [ballot for ballot in question.ballots if ballot.choice == choice]
        names = "" if secret else f"（{'、'.join(ballot.person.name for ballot in cast)}）"
        told.append(f"{choice_words(question, choice)}{len(cast)}票{names}")
    reasons = sorted(
        ballot.reason.strip().rstrip("。") for ballot in question.ballots if ballot.reason.strip()
    )
    because = f"理由：{'；'.join(reasons)}。" if reasons else ""
    return f"{'，'.join(told)}。{because}"


def choice_words(question: Question, choice: str) -> str:
    if question.kind is QuestionKind.OUTCOME:
        return OUTCOME_LABELS[Outcome(choice)]
    return f"{choice}等" if question.kind is QuestionKind.GRADE else VOTE_WORDS[choice]


def stance_told(held: Deliberation, person_id: int) -> str:
    taken = held.final_stances[person_id]
    differing = next((one.text for one in held.dissents if one.person_id == person_id), "")
    words = (differing if taken.stance is Stance.DISSENT else taken.text).strip()
    label = STANCE_LABELS[taken.stance]
    return f"{label}。{words}" if words else f"{label}。"
