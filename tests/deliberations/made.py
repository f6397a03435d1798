"""The five written cases taken through forms, findings, hearing and ballots by the real services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.deliberations.consolidating import draft_findings, word_finding
from review_app.deliberations.hearing import Answer, answer_hearing, open_hearing, record_interview
from review_app.deliberations.models import Deliberation, Finding, Hearing, Question
from review_app.deliberations.queries import findings_of
from review_app.deliberations.recording import take_stance
from review_app.deliberations.sessions import Cast, cast_ballots, open_questions, open_session
from review_app.deliberations.states import QuestionKind, Stance
from review_app.evaluations.content import content_sha256
from review_app.evaluations.models import Deduction, EvalForm, LawCitation, Quote
from review_app.evaluations.states import FormState
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Outcome, ReviewState
from tests import factories
from tests.conftest import NOW
from tests.deliberations.cases import DOUBTFUL, Row, rows, upholding
from tests.evaluations.made import Reading, reading


@dataclass(frozen=True)
class Made:
    """A review of one written case. ``members``: chair, lead, then the others, m1 … of the tables."""

    case: int
    reading: Reading
    liaison: Person
    secretary: Person

    @property
    def review(self) -> CaseReview:
        return self.reading.review

    @property
    def members(self) -> list[Person]:
        return self.reading.members

    @property
    def chair(self) -> Person:
        return self.members[0]

    @property
    def lead(self) -> Person:
        return self.members[1]

    @property
    def coordinator(self) -> Person:
        return self.reading.coordinator


def signed_case(session: Session, case: int) -> Made:
    """All members have signed; the review stands in DRAFT. (Filling forms through the service is tested with
    the forms; here their rows are written at once.)"""
    table = rows(case)
    size = {1: 5, 2: 5, 3: 7, 4: 3, 5: 5}[case]
    read = reading(session, size=size, template=table[0].template, doubt_flag=case in DOUBTFUL)
    for index, form in enumerate(read.forms):
        for place, row in enumerate(table):
            if (points := row.points[index]) is not None:
                write_deduction(form, read, row, points, seq=place + 1)
        form.proposed_grade, form.proposed_outcome = "B", Outcome.MAINTAIN
        form.proposed_measures, form.highlights = ["EXPLAIN"], "逐项说理。"
        session.flush()
        form.signed_at, form.content_sha256 = NOW, content_sha256(form)
        form.state = FormState.SIGNED
    organ = read.review.legal_case.reviewed_org
    liaison = factories.person(session, Role.REVIEWED_LIAISON, name="联络员", organisation=organ)
    secretary = factories.person(session, Role.SECRETARY, name="秘书")
    read.review.state = ReviewState.DRAFT
    session.flush()
    session.expire_all()
    return Made(case, read, liaison, secretary)


def write_deduction(form: EvalForm, read: Reading, row: Row, points: Decimal, *, seq: int) -> None:
    deduction = Deduction(
        form=form, seq=seq, code=row.code, severity=row.severity, points=points, veto_code=row.veto,
        locus="", note=f"{row.code}所涉事实", created_at=NOW,
    )  # fmt: skip
    for number, document in enumerate(read.documents):
        quote = Quote(
            form=form, seq=seq * 10 + number, deduction=deduction, document=document, page=1,
            volume_number=document.volume.number, document_sha256=document.sha256,
            start=seq, end=seq + 20, text=document.pages[0].text[seq : seq + 20], created_at=NOW,
        )  # fmt: skip
        form.quotes.append(quote)
    form.law_citations.append(
        LawCitation(
            form=form,
            seq=seq,
            deduction=deduction,
            law="民事诉讼法",
            version="2023",
            article="第264条",
            created_at=NOW,
        )
    )
    form.deductions.append(deduction)


def worded_case(session: Session, case: int) -> Made:
    """The lead has drafted and confirmed the findings."""
    made = signed_case(session, case)
    draft_findings(session, made.review, by=made.lead, now=NOW)
    for finding in findings_of(session, made.review):
        confirm(session, finding, by=made.lead)
    return made


def confirm(session: Session, finding: Finding, *, by: Person) -> None:
    word_finding(
        session, finding, text=f"{finding.code}：卷内材料所反映的问题事实清楚。", locus=finding.locus,
        severity=finding.severity, row_version=finding.row_version, by=by, now=NOW,
    )  # fmt: skip


def heard_case(session: Session, case: int, *, objected: Sequence[str] = ()) -> tuple[Made, Hearing]:
    """The organ has answered and the petitioner was heard."""
    made = worded_case(session, case)
    made.review.state = ReviewState.HEARING
    hearing = open_hearing(session, made.review, by=made.lead, now=NOW)
    session.flush()
    answers = {
        finding.id: Answer(finding.code in objected, "我院认为该项认定与案卷记载不符。", "见正卷第3页")
        for finding in findings_of(session, made.review)
    }
    answer_hearing(session, hearing, answers, by=made.liaison, now=NOW)
    record_interview(
        session, made.review, held_on=date(2024, 4, 1), place="市信访局接待室", by=made.coordinator, now=NOW,
        text="信访人陈述诉求和家庭困难，表示愿意协商分期履行。",
    )  # fmt: skip
    return made, hearing


def deliberating_case(session: Session, case: int) -> Made:
    """Ready for the chair to open the session."""
    made, _hearing = heard_case(session, case)
    made.review.state = ReviewState.DELIBERATION
    session.flush()
    return made


def opened(session: Session, made: Made, *, in_writing: bool = False) -> Deliberation:
    return open_session(
        session, made.review, in_writing=in_writing, held_at=NOW, place="第二会议室", secretary=made.secretary,
        present=[person.id for person in made.members], by=made.chair, now=NOW,
    )  # fmt: skip


def vote_findings(session: Session, made: Made, deliberation: Deliberation) -> None:
    """Everybody votes on findings and vetoes as the tables of the written cases say."""
    upholders = upholders_by_code(made)
    for index, person in enumerate(made.members):
        votes = {
            question.id: answer_on(question, f"m{index + 1}", upholders)
            for question in open_questions(deliberation, person)
        }
        cast_ballots(session, deliberation, votes, by=person, now=NOW)


def upholders_by_code(made: Made) -> dict[str, set[str]]:
    names = tuple(f"m{number}" for number in range(1, len(made.members) + 1))
    return {row.code: upholding(row, names) for row in rows(made.case)}


def answer_on(question: Question, name: str, upholders: dict[str, set[str]]) -> Cast:
    assert question.finding is not None
    if name in upholders[question.finding.code]:
        return Cast("uphold")
    return Cast("reject", "案卷材料不足以认定")


def vote_conclusions(
    session: Session,
    made: Made,
    deliberation: Deliberation,
    *,
    grades: str,
    outcomes: Sequence[str],
    measures: str = "uphold",
) -> None:
    """One round on what is open: a grade and an outcome per member, the same vote on every measure."""
    for index, person in enumerate(made.members):
        chosen = {QuestionKind.GRADE: grades[index], QuestionKind.OUTCOME: outcomes[index]}
        votes = {
            question.id: Cast(chosen.get(question.kind, measures), "综合全案情况提出")
            for question in open_questions(deliberation, person)
        }
        cast_ballots(session, deliberation, votes, by=person, now=NOW)


def decided_case(session: Session, case: int, *, grade: str, outcome: str) -> tuple[Made, Deliberation]:
    """Voted to the end, unanimously on grade and outcome."""
    made = deliberating_case(session, case)
    deliberation = opened(session, made)
    vote_findings(session, made, deliberation)
    size = len(made.members)
    vote_conclusions(session, made, deliberation, grades=grade * size, outcomes=[outcome] * size)
    agree(session, made, deliberation)
    return made, deliberation


def agree(session: Session, made: Made, deliberation: Deliberation) -> None:
    """Every member says that he agrees."""
    for person in made.members:
        take_stance(session, deliberation, stance=Stance.AGREE, text="", by=person, now=NOW)
