"""What must hold whatever happens, tried on the services with random orders: who reads a form and when, how many
votes a question has, what the audit chain notices. (Scores and grades: tests/evaluations/test_scoring.py; panels'
results: tests/deliberations/test_consolidation.py; draws: tests/panels/test_draw.py and test_record.py.)"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, literal_column
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.audit.service import record, verify_log
from review_app.database import Database
from review_app.deliberations.models import Deliberation, Question
from review_app.deliberations.sessions import Cast, cast_ballots, open_questions
from review_app.deliberations.states import QuestionKind, Stage
from review_app.errors import ReviewError
from review_app.evaluations.queries import bare_forms, fresh
from review_app.evaluations.rules import can_see_form, seats_of
from review_app.evaluations.service import open_forms
from review_app.progress.service import advance
from review_app.reviews.states import ReviewState
from tests.conftest import NOW
from tests.deliberations.made import Made, deliberating_case, opened
from tests.evaluations import made

few = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """What one example did is taken back before the next."""
    point = session.begin_nested()
    yield
    point.rollback()
    session.expire_all()


@pytest.fixture
def reading(session: Session) -> made.Reading:
    """Complete forms of three members; nobody has signed."""
    reading = made.reading(session, size=3)
    for form in reading.forms:
        made.complete(session, form)
    session.flush()
    return reading


def strangers_read(session: Session, reading: made.Reading) -> set[bool]:
    """The answers to "may this member read that other's form", over all pairs."""
    session.expire(reading.review, ["accesses"])
    forms = bare_forms(session, reading.review)
    members = [seat.person for seat in seats_of(reading.review)]
    return {can_see_form(who, form, forms) for who in members for form in forms if form.person_id != who.id}


def leaves(session: Session, reading: made.Reading) -> bool:
    """Whether the review can be taken out of READING now."""
    point = session.begin_nested()
    try:
        advance(session, reading.review, ReviewState.DRAFT, by=reading.coordinator, now=NOW)
    except ReviewError:
        return False
    finally:
        point.rollback()
        session.expire(reading.review)
    return True


@few
@given(
    order=st.sampled_from(list(permutations(range(3)))),
    lost=st.sampled_from([None, 0, 1, 2]),
    when=st.integers(0, 2),
)
def test_reading_ends_and_forms_open_with_the_last_signature(
    session: Session, reading: made.Reading, order: tuple[int, ...], lost: int | None, when: int
) -> None:
    """Invariant 1, also when a member is lost on the way and a substitute must read first."""
    with undone(session):
        for step, place in enumerate(order):
            assert (leaves(session, reading), strangers_read(session, reading)) == (False, {False})
            if step == when and lost is not None:
                replace_member(session, reading, lost)
            if place != lost:
                made.sign(session, fresh(session, reading.forms[place]))
        if lost is not None:
            assert (leaves(session, reading), strangers_read(session, reading)) == (False, {False})
            substitute_signs(session, reading)

        signed_of_present = {form.person_id for form in bare_forms(session, reading.review) if form.signed_at}
        assert {seat.person_id for seat in seats_of(reading.review)} <= signed_of_present
        assert leaves(session, reading)
        assert True in strangers_read(session, reading)


def replace_member(session: Session, reading: made.Reading, place: int) -> None:
    """The member leaves; with the seat empty nothing opens either; a substitute takes it."""
    seat = next(one for one in reading.review.accesses if one.person_id == reading.members[place].id)
    seat.ended_at = NOW
    session.flush()
    assert (leaves(session, reading), strangers_read(session, reading)) == (False, {False})
    made.seated(session, reading.review, seat.capacity)
    session.expire(reading.review, ["accesses"])
    open_forms(session, reading.review, by=reading.coordinator, now=NOW)
    session.flush()


def substitute_signs(session: Session, reading: made.Reading) -> None:
    known = {person.id for person in reading.members}
    (form,) = (one for one in bare_forms(session, reading.review) if one.person_id not in known)
    made.complete(session, fresh(session, form))
    made.sign(session, fresh(session, form))


@pytest.fixture(params=[4, 1])
def deliberating(session: Session, request: pytest.FixtureRequest) -> Made:
    """The written cases with three and with five members."""
    return deliberating_case(session, request.param)


@few
@given(data=st.data())
def test_every_question_has_the_vote_of_every_member(
    session: Session, deliberating: Made, data: st.DataObject
) -> None:
    """Invariant 2: an odd number, the seated members, and uphold + reject = n for each question."""
    with undone(session):
        deliberation = opened(session, deliberating)
        seated = {seat.person_id for seat in seats_of(deliberating.review)}
        for person in data.draw(st.permutations(deliberating.members)):
            votes = {
                question.id: data.draw(
                    st.sampled_from([Cast("uphold"), Cast("reject", "证据不足以认定该项问题")])
                )
                for question in open_questions(deliberation, person)
            }
            refuse_incomplete(session, deliberation, votes, person)
            cast_ballots(session, deliberation, consistent(deliberation, votes), by=person, now=NOW)

        asked = [
            one for one in deliberation.questions if one.kind in (QuestionKind.FINDING, QuestionKind.VETO)
        ]
        n = len(deliberating.members)
        assert n % 2 == 1
        assert {one.person_id for one in deliberation.attendances} == seated
        assert deliberation.stage is not Stage.FINDINGS
        assert asked
        for question in asked:
            choices = [ballot.choice for ballot in question.ballots]
            assert choices.count("uphold") + choices.count("reject") == len(choices) == n
            assert {ballot.person_id for ballot in question.ballots} == seated


def consistent(deliberation: Deliberation, votes: dict[int, Cast]) -> dict[int, Cast]:
    """Who rejects a finding cannot uphold its veto."""
    questions = {question.id: question for question in deliberation.questions}

    def finding_of(veto: Question) -> Cast | None:
        same = (one for one in questions.values() if one.kind is QuestionKind.FINDING)
        return next(
            (votes[one.id] for one in same if one.finding_id == veto.finding_id and one.id in votes), None
        )

    return {
        key: (finding_of(questions[key]) or cast)
        if questions[key].kind is QuestionKind.VETO and cast.choice == "uphold"
        else cast
        for key, cast in votes.items()
    }


def refuse_incomplete(
    session: Session, deliberation: Deliberation, votes: dict[int, Cast], person: object
) -> None:
    short = dict(list(votes.items())[1:])
    before = sum(len(question.ballots) for question in deliberation.questions)

    with pytest.raises(ReviewError, match="不得弃权"):
        cast_ballots(session, deliberation, short, by=person, now=NOW)  # type: ignore[arg-type]

    assert sum(len(question.ballots) for question in deliberation.questions) == before


EDITS = {
    "action": "'x'", "reason": "'改动'", "subject": "'person:1'", "at": "'2020-01-01 00:00:00.000000'", "address": "'1.2.3.4'",
    "after": "'{\"a\": 1}'", "before": "'{}'", "person_id": "NULL", "review_id": "77", "digest": "'00'",
}  # fmt: skip


@few
@given(
    words=st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=6), min_size=2, max_size=6),
    place=st.integers(0, 5),
    column=st.sampled_from(sorted(EDITS)),
    removed=st.booleans(),
)  # fmt: skip
def test_the_chain_verifies_until_somebody_touches_a_row(
    database: Database, words: list[str], place: int, column: str, removed: bool
) -> None:
    """Invariant 12, on the stored rows: any column of any row, and any row taken away."""
    with database.writing() as session:
        person = made.factories.person(session)
        for word in words:
            record(
                session, action="thing.change", subject=f"thing:{word}", by=person, now=NOW, after={"词": word},
                reason=word,
            )  # fmt: skip
        assert (verify_log(session).rows, verify_log(session).broken) == (len(words), None)

        row = place % len(words) + 1
        table = AuditRow.__table__
        assert isinstance(table, Table)
        edit = table.update().values({column: literal_column(EDITS[column])})
        session.execute((table.delete() if removed else edit).where(table.c.id == row))
        session.expire_all()

        broken = verify_log(session).broken
        assert broken is not None
        assert broken.row_id == row
        session.rollback()
