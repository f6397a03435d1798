"""Reviews that are being read: panel, file with text, open forms; and forms filled as far as a test wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.clock import local_day
from review_app.evaluations.drafting import add_deduction, add_law, save_draft
from review_app.evaluations.models import Deduction, EvalForm
from review_app.evaluations.queries import fresh
from review_app.evaluations.quoting import add_quote
from review_app.evaluations.service import open_forms, sign_form
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.reviews.models import CaseReview, FileDocument, FilePage, FileVolume, StateChange
from review_app.reviews.states import Capacity, ReviewState, VolumeKind
from tests import factories
from tests.conftest import NOW
from tests.factories import PASSWORD, stored

SENTENCES = tuple(
    f"第{number}处记载：执行法院于2020年9月{number % 28 + 1}日作出裁定，卷内未见申请执行人签字确认。"
    for number in range(1, 61)
)
RULING = "青岚市人民法院执行裁定书\n" + "\n".join(SENTENCES[:30])
RECORD = "执行笔录\n" + "\n".join(SENTENCES[30:])


@dataclass(frozen=True)
class Reading:
    """A review in READING with its members (chair, lead, then the others) and two documents."""

    review: CaseReview
    coordinator: Person
    members: list[Person]
    forms: list[EvalForm]
    documents: list[FileDocument]


def reading(session: Session, *, size: int = 5, template: str = "EXE", **values: Any) -> Reading:
    coordinator = factories.person(session, Role.COORD, name="周协调")
    review = factories.review(
        session, ReviewState.READING, size=size, template=template, coordinator=coordinator, **values
    )
    documents = [
        document(session, volume(session, review, 1), 1, "执行裁定书", RULING),
        document(
            session, volume(session, review, 2), 1, "执行笔录", RECORD, "第二页只有这一句话，别无其他记载。"
        ),
    ]
    members = [seated(session, review, capacity) for capacity in capacities(size)]
    due = local_day(NOW) + timedelta(days=14)
    stored(session, StateChange(review=review, to_state=ReviewState.READING, due_on=due, created_at=NOW))
    forms = open_forms(session, review, by=coordinator, now=NOW)
    return Reading(review, coordinator, members, [fresh(session, form) for form in forms], documents)


def capacities(size: int) -> list[Capacity]:
    return [Capacity.CHAIR, Capacity.LEAD, *[Capacity.MEMBER] * (size - 2)]


def seated(session: Session, review: CaseReview, capacity: Capacity = Capacity.MEMBER) -> Person:
    person = factories.expert(session).person
    assert person is not None
    factories.seat(session, review, person, capacity)
    return person


def volume(session: Session, review: CaseReview, number: int) -> FileVolume:
    made = FileVolume(
        review=review, number=number, kind=VolumeKind.EXECUTION, title=f"执行卷{number}", created_at=NOW
    )
    return stored(session, made)  # type: ignore[no-any-return]


def document(session: Session, volume: FileVolume, number: int, title: str, *texts: str) -> FileDocument:
    made = FileDocument(
        volume=volume, number=number, title=title, file_name=f"{title}.txt", kind="txt",
        sha256=f"{volume.number}{number}".ljust(64, "a"), size=1, page_count=len(texts), created_at=NOW,
    )  # fmt: skip
    for page, text in enumerate(texts, start=1):
        made.pages.append(FilePage(number=page, text=text))
    return stored(session, made)  # type: ignore[no-any-return]


def write(session: Session, form: EvalForm, **answers: str | list[str]) -> None:
    """Save fields; a double underscore stands for the dot of a name (``D1__text``)."""
    typed = {
        name.replace("__", "."): [value] if isinstance(value, str) else value
        for name, value in answers.items()
    }
    save_draft(session, form, typed, edition=form.edition, by=form.person, now=NOW)


def deduct(
    session: Session,
    form: EvalForm,
    made: Reading,
    code: str,
    points: str = "",
    *,
    place: int = 0,
    veto: str = "",
) -> Deduction:
    """A deduction with all the proof that any severity asks for; ``place`` chooses which sentences."""
    deduction = add_deduction(session, form, code, by=form.person, now=NOW)
    target = f"deduction.{deduction.seq}"
    for document, text, sentence in zip(
        made.documents, (RULING, RECORD), (SENTENCES[place], SENTENCES[30 + place]), strict=True
    ):
        start = text.index(sentence)
        add_quote(
            session, form, document_id=document.id, page=1, start=start, end=start + len(sentence),
            text=sentence, target=target, by=form.person, now=NOW,
        )  # fmt: skip
    add_law(
        session, form, target, law="民事诉讼法", version="2023", article="第264条", by=form.person, now=NOW
    )
    fields = {f"deduction.{deduction.seq}.note": [f"{code}所涉事实"]}
    if points:
        fields |= {f"{target}.severity": [fitting(form, code, points)], f"{target}.points": [points]}
    if veto:
        fields[f"{target}.veto_code"] = [veto]
    save_draft(session, form, fields, edition=form.edition, by=form.person, now=NOW)
    return deduction


def fitting(form: EvalForm, code: str, points: str) -> str:
    return load_catalogue(form.rule_version).deductions[code].severity


def complete(session: Session, form: EvalForm, *, grade: str = "B", outcome: str = "MAINTAIN") -> None:
    """Fill everything but the deductions."""
    found = {deduction.dimension for deduction in form.deductions}
    for dimension in (f"D{number}" for number in range(1, 9)):
        if dimension in found:
            write(
                session,
                form,
                **{f"{dimension}__text": "经审查，本维度存在的问题详见扣分项及所附摘录和法条。"},
            )
        else:
            write(session, form, **{f"{dimension}__clean": "1"})
    write(
        session, form, proposed_grade=grade, proposed_outcome=outcome, method="ELECTRONIC", minutes_spent="240",
        volumes_read=["1", "2"], highlights="依申请调取全部登记表，逐项说理。",
        proposed_measures=["EXPLAIN"],
    )  # fmt: skip


def sign(session: Session, form: EvalForm) -> EvalForm:
    return sign_form(
        session, form, password=PASSWORD, declared=True, edition=form.edition, by=form.person, now=NOW
    )


def signed(session: Session, made: Reading, forms: Sequence[EvalForm] | None = None) -> None:
    """Complete and sign forms, all of them unless named."""
    for form in made.forms if forms is None else forms:
        complete(session, form)
        sign(session, form)


def points(text: str) -> Decimal:
    return Decimal(text)
