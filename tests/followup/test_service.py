from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.followup.conclusion import record_resolution, reopen_resolution, save_termination
from review_app.followup.resolving import ResolutionFacts
from review_app.followup.service import add_task, is_concluded, missing_followup, plan_task, settle_task
from review_app.followup.states import Basis, TaskState, TerminationCheck
from review_app.reviews.states import Outcome, Resolution, ReviewState
from tests.followup.conftest import Scene, evidence

DAY = date(2024, 4, 2)
NOTE = "双方达成分期和解，首期已经履行完毕。"
RESOLVED = ResolutionFacts(Resolution.RESOLVED, DAY, NOTE, Basis.AGREEMENT, confirmed=True)


@pytest.fixture(autouse=True)
def in_followup(scene: Scene) -> None:
    scene.review.state = ReviewState.FOLLOWUP


def resolve(session: Session, scene: Scene, facts: ResolutionFacts, now: datetime) -> None:
    proof = evidence(session, scene.review, now)
    record_resolution(session, scene.review, facts, proof=proof, by=scene.coordinator, now=now)


def test_task_is_settled_with_words_and_never_again(session: Session, scene: Scene, now: datetime) -> None:
    task = add_task(
        session, scene.review, title="回访信访人", owner="何某", due_on=DAY, by=scene.coordinator, now=now
    )

    settle_task(
        session, task, state=TaskState.DONE, result="已回访。", result_on=DAY, seen_version=task.row_version,
        by=scene.coordinator, now=now,
    )  # fmt: skip
    session.flush()

    assert (task.state, task.result, task.result_on) == (TaskState.DONE, "已回访。", DAY)
    with pytest.raises(ReviewError, match="已经办结"):
        plan_task(
            session,
            task,
            owner="别人",
            due_on=DAY,
            seen_version=task.row_version,
            by=scene.coordinator,
            now=now,
        )


def test_task_changed_by_somebody_else_is_not_overwritten(
    session: Session, scene: Scene, now: datetime
) -> None:
    task = add_task(
        session, scene.review, title="回访", owner="何某", due_on=DAY, by=scene.coordinator, now=now
    )
    seen = task.row_version
    plan_task(session, task, owner="梁某", due_on=DAY, seen_version=seen, by=scene.coordinator, now=now)
    session.flush()

    with pytest.raises(EditConflict) as conflict:
        plan_task(session, task, owner="罗某", due_on=DAY, seen_version=seen, by=scene.coordinator, now=now)

    assert conflict.value.theirs["owner"] == "梁某"


def test_closing_needs_every_task_settled_and_the_dispute_concluded(
    session: Session, scene: Scene, now: datetime
) -> None:
    add_task(session, scene.review, title="回访", owner="何某", due_on=DAY, by=scene.coordinator, now=now)

    lacks = [str(one) for one in missing_followup(session, scene.review, now=now)]

    assert lacks == ["尚无化解记录，也没有移送的终结材料。", "还有1项后续事项没有办结。"]


def test_resolution_is_a_field_of_its_own_and_keeps_every_record(
    session: Session, scene: Scene, now: datetime
) -> None:
    resolve(session, scene, ResolutionFacts(Resolution.IN_PROCEDURE, DAY, "再审审查程序正在进行之中。"), now)
    assert (scene.review.resolution, is_concluded(session, scene.review)) == (Resolution.IN_PROCEDURE, False)

    resolve(session, scene, RESOLVED, now)

    assert (scene.review.resolution, scene.review.grade) == (Resolution.RESOLVED, None)
    assert is_concluded(session, scene.review)


def test_review_led_into_a_procedure_may_close_while_it_runs(
    session: Session, scene: Scene, now: datetime
) -> None:
    scene.review.outcome = Outcome.IMPORT

    resolve(session, scene, ResolutionFacts(Resolution.IN_PROCEDURE, DAY, "立案监督程序正在进行之中。"), now)

    assert is_concluded(session, scene.review)


def test_resolved_without_proof_is_refused(session: Session, scene: Scene, now: datetime) -> None:
    with pytest.raises(ReviewError, match="请上传证明文件"):
        record_resolution(session, scene.review, RESOLVED, by=scene.coordinator, now=now)

    assert scene.review.resolution is Resolution.OPEN


def test_new_petition_in_time_reopens_even_after_closing(
    session: Session, scene: Scene, now: datetime
) -> None:
    resolve(session, scene, RESOLVED, now)
    scene.review.state = ReviewState.CLOSED

    record = reopen_resolution(
        session, scene.review, petitioned_on=DAY, reason="以同一事实再次来访。", by=scene.coordinator, now=now
    )

    assert (scene.review.resolution, record.reopened_petition_on) == (Resolution.OPEN, DAY)
    with pytest.raises(ReviewError, match="没有可以恢复的化解记录"):
        reopen_resolution(
            session, scene.review, petitioned_on=DAY, reason="再来一次。", by=scene.coordinator, now=now
        )


def test_terminating_demands_the_whole_file(session: Session, scene: Scene, now: datetime) -> None:
    facts = ResolutionFacts(Resolution.TERMINATING, DAY, "材料齐备，提请依法终结。")
    with pytest.raises(ReviewError, match="终结材料尚未齐备"):
        resolve(session, scene, facts, now)

    save_termination(
        session, scene.review, checks=dict.fromkeys(TerminationCheck, (True, "见卷")), organ="市委政法委",
        handed_over_on=DAY, seen_version=0, by=scene.coordinator, now=now,
    )  # fmt: skip
    resolve(session, scene, facts, now)

    assert scene.review.resolution is Resolution.TERMINATING


def test_incomplete_termination_file_cannot_be_handed_over(
    session: Session, scene: Scene, now: datetime
) -> None:
    checks = {**dict.fromkeys(TerminationCheck, (True, "见卷")), TerminationCheck.AID: (False, "")}

    with pytest.raises(ReviewError, match="各项均须核实"):
        save_termination(
            session, scene.review, checks=checks, organ="市委政法委", handed_over_on=DAY, seen_version=0,
            by=scene.coordinator, now=now,
        )  # fmt: skip


def test_nobody_but_the_coordinator_keeps_the_followup(session: Session, scene: Scene, now: datetime) -> None:
    for somebody in (scene.liaison, scene.leader, scene.member, scene.outsider):
        with pytest.raises(NotAllowed):
            record_resolution(session, scene.review, RESOLVED, by=somebody, now=now)
