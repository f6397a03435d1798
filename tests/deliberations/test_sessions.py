import pytest
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.deliberations.assembling import result_of
from review_app.deliberations.models import Ballot, Deliberation
from review_app.deliberations.queries import present_session, sessions_of
from review_app.deliberations.sessions import (
    Cast,
    cast_ballots,
    open_questions,
    open_session,
    panel_changed,
    void_session,
    why_not_in_writing,
)
from review_app.deliberations.states import QuestionKind, Stage
from review_app.errors import NotAllowed, ReviewError
from review_app.reviews.states import ReviewState
from tests import factories
from tests.conftest import NOW
from tests.deliberations.made import (
    Made,
    decided_case,
    deliberating_case,
    opened,
    vote_conclusions,
    vote_findings,
)

K = QuestionKind


def uphold_all(deliberation: Deliberation, made: Made, index: int) -> dict[int, Cast]:
    return {question.id: Cast("uphold") for question in open_questions(deliberation, made.members[index])}


def test_session_puts_every_finding_and_veto_to_the_vote(session: Session) -> None:
    made = deliberating_case(session, 5)

    deliberation = opened(session, made)

    asked = [(one.kind, one.finding.code if one.finding else None) for one in deliberation.questions]
    assert asked == [
        (K.FINDING, "D2-03"), (K.FINDING, "D2-04"), (K.FINDING, "D4-04"), (K.VETO, "D4-04"),
        (K.FINDING, "D4-06"), (K.FINDING, "D4-07"), (K.FINDING, "D6-01"), (K.FINDING, "D8-03"),
    ]  # fmt: skip
    assert deliberation.stage is Stage.FINDINGS
    assert deliberation.attendances[-1].person == made.chair


@pytest.mark.parametrize("who", ["lead", "coordinator", "secretary"])
def test_only_the_chair_opens(session: Session, who: str) -> None:
    made = deliberating_case(session, 4)

    with pytest.raises(NotAllowed):
        open_session(
            session, made.review, in_writing=False, held_at=NOW, place="会议室", secretary=None,
            present=[one.id for one in made.members], by=getattr(made, who), now=NOW,
        )  # fmt: skip


def test_quorum_is_all_members(session: Session) -> None:
    made = deliberating_case(session, 4)

    with pytest.raises(ReviewError, match="全体成员参加"):
        open_session(
            session, made.review, in_writing=False, held_at=NOW, place="会议室", secretary=None,
            present=[one.id for one in made.members[:2]], by=made.chair, now=NOW,
        )  # fmt: skip


def test_circulation_in_writing_only_where_nothing_forbids_it(session: Session) -> None:
    calm, doubtful = deliberating_case(session, 4), deliberating_case(session, 5)

    assert why_not_in_writing(session, calm.review) == ()
    assert [one.code for one in why_not_in_writing(session, doubtful.review)] == [
        "dispersion",
        "veto",
        "doubt_flag",
    ]
    assert opened(session, calm, in_writing=True).in_writing
    with pytest.raises(ReviewError, match="须当面研讨"):
        opened(session, doubtful, in_writing=True)


def test_a_session_runs_once_at_a_time(session: Session) -> None:
    made = deliberating_case(session, 4)
    opened(session, made)

    with pytest.raises(ReviewError, match="已经开始"):
        opened(session, made)


@pytest.mark.parametrize(
    ("case", "grade", "outcome", "score"),
    [(1, "C", "SUPPLEMENT", 75), (2, "B", "MAINTAIN", 87), (3, "D", "CORRECT", 52), (4, "A", "MAINTAIN", 97)],
)
def test_written_case_through_the_ballots(
    session: Session, case: int, grade: str, outcome: str, score: int
) -> None:
    _made, deliberation = decided_case(session, case, grade=grade, outcome=outcome)

    result = result_of(session, deliberation)

    assert deliberation.stage is Stage.CLOSED
    assert (result.score, result.grade.grade, result.escalated) == (score, grade, False)
    assert result.outcome is not None
    assert result.outcome.outcome == outcome
    assert {name: tally.carried for name, tally in result.measures.items()} == {"EXPLAIN": True}


def test_case_5_escalates_through_the_ballots(session: Session) -> None:
    _made, deliberation = decided_case(session, 5, grade="C", outcome="IMPORT")

    result = result_of(session, deliberation)

    assert (result.score, result.grade.grade) == (66, "C")
    assert [one.code for one in result.escalation] == ["veto_majority_only"]


def test_ballot_is_final(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    cast_ballots(session, deliberation, uphold_all(deliberation, made, 0), by=made.chair, now=NOW)

    with pytest.raises(ReviewError, match="不能更改"):
        cast_ballots(session, deliberation, {}, by=made.chair, now=NOW)


@pytest.mark.parametrize(
    ("cast", "sentence"),
    [
        (Cast("abstain"), "从所列选项中选择"),
        (Cast("UPHOLD"), "从所列选项中选择"),
        (Cast("reject"), "请写明理由"),
        (Cast("reject", "不同意"), "请写明理由"),
    ],
)
def test_ballot_is_checked(session: Session, cast: Cast, sentence: str) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    votes = uphold_all(deliberation, made, 0)
    votes[next(iter(votes))] = cast

    with pytest.raises(ReviewError, match=sentence):
        cast_ballots(session, deliberation, votes, by=made.chair, now=NOW)
    assert session.query(Ballot).count() == 0


def test_nobody_abstains(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    votes = uphold_all(deliberation, made, 0)
    votes.popitem()

    with pytest.raises(ReviewError, match="不得弃权"):
        cast_ballots(session, deliberation, votes, by=made.chair, now=NOW)


def test_veto_goes_with_its_finding(session: Session) -> None:
    made = deliberating_case(session, 5)
    deliberation = opened(session, made)
    votes = uphold_all(deliberation, made, 0)
    finding = next(
        one
        for one in deliberation.questions
        if one.kind is K.FINDING and one.finding and one.finding.code == "D4-04"
    )
    votes[finding.id] = Cast("reject", "属于裁量范围")

    with pytest.raises(ReviewError, match="不能同时赞成一票否决"):
        cast_ballots(session, deliberation, votes, by=made.chair, now=NOW)


def test_only_members_of_the_session_vote(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    outsider = factories.expert(session).person
    leader = made.lead
    grant = factories.person(session, name="另一人").grants
    assert grant == []

    for person in (made.coordinator, made.secretary, made.liaison, outsider):
        assert person is not None
        with pytest.raises(NotAllowed):
            cast_ballots(session, deliberation, uphold_all(deliberation, made, 0), by=person, now=NOW)
    made.review.state = ReviewState.HEARING
    with pytest.raises(NotAllowed):
        cast_ballots(session, deliberation, uphold_all(deliberation, made, 0), by=leader, now=NOW)


def test_conclusions_follow_the_last_paper_on_findings(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)

    vote_findings(session, made, deliberation)

    assert deliberation.stage is Stage.CONCLUSIONS
    still_open = [(one.kind, one.measure) for one in deliberation.questions if one.closed_at is None]
    assert still_open == [(K.GRADE, None), (K.OUTCOME, None), (K.MEASURE, "EXPLAIN")]


def test_another_grade_is_voted_a_second_time(session: Session) -> None:
    made = deliberating_case(session, 1)
    deliberation = opened(session, made)
    vote_findings(session, made, deliberation)

    vote_conclusions(session, made, deliberation, grades="BBBCC", outcomes=["SUPPLEMENT"] * 5)

    assert deliberation.stage is Stage.CONCLUSIONS
    assert [(one.kind, one.attempt) for one in deliberation.questions if one.closed_at is None] == [
        (K.GRADE, 2)
    ]

    vote_conclusions(session, made, deliberation, grades="BBBBC", outcomes=[""] * 5)

    result = result_of(session, deliberation)
    assert (result.grade.grade, result.grade.status, result.computed_grade) == ("B", "ADJUSTED", "C")
    assert [one.code for one in result.flags] == ["grade_adjusted", "outcome_unusual"]


def test_second_split_leaves_the_grade_to_the_office(session: Session) -> None:
    made = deliberating_case(session, 1)
    deliberation = opened(session, made)
    vote_findings(session, made, deliberation)
    split = ["SUPPLEMENT", "SUPPLEMENT", "IMPORT", "IMPORT", "MAINTAIN"]

    vote_conclusions(session, made, deliberation, grades="BBCCD", outcomes=split)
    vote_conclusions(session, made, deliberation, grades="BBCCD", outcomes=split)

    result = result_of(session, deliberation)
    assert deliberation.stage is Stage.CLOSED
    assert (result.grade.grade, result.outcome.outcome if result.outcome else "") == (None, None)
    assert [one.code for one in result.escalation] == ["grade_no_majority", "outcome_no_majority"]


def test_other_grade_needs_words(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    vote_findings(session, made, deliberation)
    votes = {one.id: Cast({K.GRADE: "B", K.OUTCOME: "MAINTAIN"}.get(one.kind, "uphold")) for one in
             open_questions(deliberation, made.lead)}  # fmt: skip

    with pytest.raises(ReviewError, match="不采用计算等次"):
        cast_ballots(session, deliberation, votes, by=made.lead, now=NOW)


def test_audit_log_holds_no_choice(session: Session) -> None:
    decided_case(session, 4, grade="A", outcome="MAINTAIN")

    rows = session.query(AuditRow).filter(AuditRow.action.in_(["ballot.cast", "deliberation.stage"])).all()

    assert len(rows) == 8
    assert "uphold" not in str([row.after for row in rows])


def test_changed_panel_must_start_again(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    with pytest.raises(ReviewError, match="没有变化"):
        void_session(session, deliberation, reason="重新开始研讨", by=made.chair, now=NOW)

    made.reading.forms[2].access.ended_at = NOW
    session.flush()

    assert panel_changed(session, deliberation)
    void_session(session, deliberation, reason="组员丙因病退出", by=made.chair, now=NOW)
    assert (present_session(session, made.review), sessions_of(session, made.review)) == (
        None,
        [deliberation],
    )


def test_result_stands_when_an_odd_panel_remains_after_the_ballots(session: Session) -> None:
    made, deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")
    before = result_of(session, deliberation)
    for form in made.reading.forms[3:]:
        form.access.ended_at = NOW
    session.flush()

    assert not panel_changed(session, deliberation)
    assert result_of(session, deliberation) == before


def test_even_rest_of_a_panel_does_not_stand(session: Session) -> None:
    made, deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")
    made.reading.forms[4].access.ended_at = NOW
    session.flush()

    assert panel_changed(session, deliberation)


def test_finished_session_is_not_repeated(session: Session) -> None:
    made, _deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")

    with pytest.raises(ReviewError, match="不再变更"):
        opened(session, made)
