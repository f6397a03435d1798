"""The panel's session: opened by the chair, voted in two stages, closed by the last ballot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.database import one_at_a_time
from review_app.deliberations import rules
from review_app.deliberations.assembling import (
    findings_from,
    last_question,
    result_of,
    unvoted_input,
)
from review_app.deliberations.balloting import majority
from review_app.deliberations.consolidation import oral_reasons
from review_app.deliberations.models import Attendance, Ballot, Deliberation, Finding, Question
from review_app.deliberations.panel_input import Vote
from review_app.deliberations.queries import escalation_of, sessions_of
from review_app.deliberations.results import Consolidation
from review_app.deliberations.speaking import Speaker, speaking_order
from review_app.deliberations.states import STAGE_STEPS, QuestionKind, Stage
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.evaluations.grading import Remark
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import signed_forms
from review_app.form_templates.reading import catalogue_of, rules_of
from review_app.notices.service import notify
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity
from review_app.rulebook.rules import GRADES

SHORTEST_REASON = 5
K = QuestionKind


@dataclass(frozen=True)
class Cast:
    """One answer on a voting paper: uphold/reject, a grade or an outcome, and the reason."""

    choice: str
    reason: str = ""


def open_deliberation(session: Session, review: CaseReview, *, by: Person, now: datetime) -> None:
    """Call the panel to deliberate. After an escalation it meets once more, not twice."""
    if sum(one.stage is Stage.CLOSED for one in sessions_of(session, review)) > 1:
        raise ReviewError(N_("提级后已经再次研讨，不能第三次研讨。请提请办公室会议研究后出具意见。"))
    for form in signed_forms(session, review):
        notify(
            session, "deliberation-open", form.person, now=now, review_id=review.id,
            link=f"/reviews/{review.id}/deliberation", review_no=str(review.review_no),
        )  # fmt: skip


def why_not_in_writing(session: Session, review: CaseReview) -> tuple[Remark, ...]:
    """Reasons that demand an oral deliberation; without any, circulation in writing is allowed."""
    unvoted = unvoted_input(session, review, signed_forms(session, review))
    return oral_reasons(unvoted, rules_of(review), catalogue_of(review))


def open_session(
    session: Session,
    review: CaseReview,
    *,
    in_writing: bool,
    held_at: datetime,
    place: str,
    secretary: Person | None,
    present: Sequence[int],
    more_measures: Sequence[str] = (),
    by: Person,
    now: datetime,
) -> Deliberation:
    """Open a session and put every finding and every veto to the vote. ``present`` are the ids of the members
    who attend: all of them, or there is no quorum.

    Raises ReviewError when a session is open or the panel not complete, or when circulation in writing is
    not allowed.
    """
    if not rules.can_open_session(by, review):
        raise NotAllowed
    one_at_a_time(session, f"deliberation:{review.id}")
    earlier = sessions_of(session, review)
    must_be_new(session, review, earlier)
    forms = signed_forms(session, review)
    if {form.person_id for form in forms} != set(present) or len(forms) != review.size:
        raise ReviewError(
            N_("研讨须全体成员参加。请确认全体成员到会（书面评议的，确认全体成员已收到材料）后再开始。")
        )
    if in_writing and why_not_in_writing(session, review):
        raise ReviewError(N_("本案不得书面评议，须当面研讨。"))
    if not in_writing and not place.strip():
        raise ReviewError(N_("请填写研讨地点。"))
    deliberation = Deliberation(
        review=review, round=review.round, number=len(earlier) + 1, stage=Stage.FINDINGS, in_writing=in_writing,
        held_at=held_at, place=place.strip(), chair=by, secretary=secretary, more_measures=list(more_measures),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    for number, form in enumerate(in_speaking_order(review, forms), start=1):
        deliberation.attendances.append(
            Attendance(
                person=form.person,
                access_id=form.access_id,
                place=number,
                created_at=now,
                created_by_id=by.id,
            )
        )
    session.add(deliberation)
    ask_findings(session, deliberation, by=by, now=now)
    record(
        session, action="deliberation.open", subject=deliberation, by=by, now=now, review_id=review.id,
        after={"number": deliberation.number, "in_writing": in_writing, "members": len(forms)},
    )  # fmt: skip
    if not deliberation.questions:
        end_stage(session, deliberation, by=by, now=now)
    return deliberation


def must_be_new(session: Session, review: CaseReview, earlier: Sequence[Deliberation]) -> None:
    if any(one.is_open for one in earlier):
        raise ReviewError(N_("研讨已经开始。"))
    counting = [one for one in earlier if one.stage is Stage.CLOSED]
    escalation = escalation_of(session, review)
    if counting and (escalation is None or escalation.deliberation_id != counting[-1].id):
        raise ReviewError(N_("研讨已经表决结束，结果不再变更。"))


def in_speaking_order(review: CaseReview, forms: Sequence[EvalForm]) -> list[EvalForm]:
    by_id = {form.person_id: form for form in forms}
    return [by_id[speaker.key] for speaker in speaking_order(speaker_of(review, form) for form in forms)]


def speaker_of(review: CaseReview, form: EvalForm) -> Speaker:
    organ = form.expert.organisation if form.expert else None
    return Speaker(
        key=form.person_id,
        is_chair=form.access.capacity is Capacity.CHAIR,
        same_system=organ is not None and organ.system is review.legal_case.reviewed_org.system,
        since=form.expert.practice_from if form.expert else None,
    )


def ask_findings(session: Session, deliberation: Deliberation, *, by: Person, now: datetime) -> None:
    catalogue = catalogue_of(deliberation.review)
    review = deliberation.review
    for finding in findings_from(session, review, signed_forms(session, review)):
        if not finding.stands_alone:
            ask(deliberation, K.FINDING, finding=finding, by=by, now=now)
        documentary = finding.stands_alone and catalogue.vetoes[finding.code].documentary
        if finding.veto_code and not documentary:
            ask(deliberation, K.VETO, finding=finding, by=by, now=now)
    session.flush()


def ask(
    deliberation: Deliberation,
    kind: QuestionKind,
    *,
    by: Person,
    now: datetime,
    finding: Finding | None = None,
    measure: str | None = None,
    attempt: int = 1,
) -> None:
    deliberation.questions.append(
        Question(
            kind=kind, finding=finding, measure=measure, attempt=attempt, created_at=now, created_by_id=by.id
        )
    )


def open_questions(deliberation: Deliberation, person: Person) -> list[Question]:
    """What this person still has to vote on, in the order of the paper."""
    return [
        question
        for question in deliberation.questions
        if question.closed_at is None and not any(one.person_id == person.id for one in question.ballots)
    ]


def cast_ballots(
    session: Session, deliberation: Deliberation, votes: Mapping[int, Cast], *, by: Person, now: datetime
) -> None:
    """Hand in a voting paper: one answer to every open question (by id), final. The last paper closes the
    stage: ballots of closed questions can be read, what follows from them is computed and put to the vote.

    Raises ReviewError for a missing answer, a choice that is not offered or a missing reason.
    """
    if not rules.can_vote(by, deliberation):
        raise NotAllowed
    one_at_a_time(session, f"deliberation:{deliberation.review_id}")
    asked = open_questions(deliberation, by)
    if not asked:
        raise ReviewError(N_("您已经表决，表决票不能更改。"))
    if set(votes) != {question.id for question in asked}:
        raise ReviewError(N_("请对每一项表决。不得弃权。"))
    computed = None if deliberation.stage is Stage.FINDINGS else result_of(session, deliberation)
    for question in asked:
        must_be_valid(question, votes, asked, computed)
    for question in asked:
        cast = votes[question.id]
        question.ballots.append(
            Ballot(
                person=by, choice=cast.choice, reason=cast.reason.strip(), created_at=now, created_by_id=by.id
            )
        )
    record(
        session, action="ballot.cast", subject=deliberation, by=by, now=now, review_id=deliberation.review_id,
        after={"questions": [question.id for question in asked]},
    )  # fmt: skip
    if all(len(question.ballots) == len(deliberation.attendances) for question in asked):
        end_stage(session, deliberation, by=by, now=now)


def must_be_valid(
    question: Question, votes: Mapping[int, Cast], asked: Sequence[Question], computed: Consolidation | None
) -> None:
    cast = votes[question.id]
    if cast.choice not in choices_of(question):
        raise ReviewError(N_("请从所列选项中选择。"))
    if needs_reason(question, cast, computed) and len("".join(cast.reason.split())) < SHORTEST_REASON:
        raise ReviewError(
            N_("不同意问题成立的，或者不采用计算等次的，请写明理由（不少于%(least)s个字）。"),
            least=SHORTEST_REASON,
        )
    if question.kind is K.VETO and cast.choice == Vote.UPHOLD:
        same = [one for one in asked if one.kind is K.FINDING and one.finding_id == question.finding_id]
        if any(votes[one.id].choice == Vote.REJECT for one in same):
            raise ReviewError(N_("认为问题不成立的，不能同时赞成一票否决。"))


def choices_of(question: Question) -> tuple[str, ...]:
    if question.kind is K.GRADE:
        return GRADES
    if question.kind is K.OUTCOME:
        return tuple(rules_of(question.deliberation.review).outcomes)
    return tuple(vote.value for vote in Vote)


def needs_reason(question: Question, cast: Cast, computed: Consolidation | None) -> bool:
    """To reject a finding, and to want another grade than the computed one, takes words."""
    if question.kind is K.FINDING:
        return cast.choice == Vote.REJECT
    return question.kind is K.GRADE and computed is not None and cast.choice != computed.computed_grade


def end_stage(session: Session, deliberation: Deliberation, *, by: Person, now: datetime) -> None:
    """Close what is voted and go on: to grade, outcome and measures, once more to what found no majority, or
    to the end."""
    for question in deliberation.questions:
        question.closed_at = question.closed_at or now
    if deliberation.stage is Stage.FINDINGS:
        move(session, deliberation, Stage.CONCLUSIONS, by=by, now=now)
        ask_conclusions(session, deliberation, by=by, now=now)
    elif not ask_again(session, deliberation, by=by, now=now):
        deliberation.closed_at = now
        move(session, deliberation, Stage.CLOSED, by=by, now=now)


def move(session: Session, deliberation: Deliberation, to: Stage, *, by: Person, now: datetime) -> None:
    before = deliberation.stage
    if to not in STAGE_STEPS[before]:
        raise ReviewError(N_("研讨已经结束。"))
    deliberation.stage = to
    record(
        session, action="deliberation.stage", subject=deliberation, by=by, now=now,
        review_id=deliberation.review_id, before={"stage": before}, after={"stage": to},
    )  # fmt: skip


def ask_conclusions(session: Session, deliberation: Deliberation, *, by: Person, now: datetime) -> None:
    ask(deliberation, K.GRADE, by=by, now=now)
    ask(deliberation, K.OUTCOME, by=by, now=now)
    proposed = [
        measure for form in signed_forms(session, deliberation.review) for measure in form.proposed_measures
    ]
    known = rules_of(deliberation.review).measures
    wanted = {*proposed, *deliberation.more_measures}
    for measure in known:
        if measure in wanted:
            ask(deliberation, K.MEASURE, measure=measure, by=by, now=now)
    session.flush()


def ask_again(session: Session, deliberation: Deliberation, *, by: Person, now: datetime) -> bool:
    """Put grade and outcome to the vote a second time where the first found no majority for the computed
    grade, or for any outcome. True if there is something to vote on again."""
    computed = result_of(session, deliberation).computed_grade
    again = [
        kind
        for kind, settled in ((K.GRADE, {computed}), (K.OUTCOME, None))
        if needs_second_ballot(deliberation, kind, settled)
    ]
    for kind in again:
        ask(deliberation, kind, attempt=2, by=by, now=now)
    session.flush()
    return bool(again)


def needs_second_ballot(deliberation: Deliberation, kind: QuestionKind, settled: set[str] | None) -> bool:
    question = last_question(deliberation, kind)
    if question is None or question.attempt > 1:
        return False
    votes = Counter(ballot.choice for ballot in question.ballots)
    carried = {choice for choice, count in votes.items() if count >= majority(len(deliberation.attendances))}
    return not (carried if settled is None else carried & settled)


def void_session(
    session: Session, deliberation: Deliberation, *, reason: str, by: Person, now: datetime
) -> None:
    """Let a session not count because the panel changed under it. Its ballots are kept. A session voted to
    the end by a panel that did not change cannot be undone."""
    if not rules.can_void_session(by, deliberation):
        raise NotAllowed
    if not panel_changed(session, deliberation):
        raise ReviewError(N_("评查组成员没有变化，研讨不能作废。"))
    if len("".join(reason.split())) < SHORTEST_REASON:
        raise ReviewError(N_("请写明理由，不少于%(least)s个字。"), least=SHORTEST_REASON)
    before, deliberation.stage, deliberation.void_reason = deliberation.stage, Stage.VOID, reason.strip()
    record(
        session, action="deliberation.void", subject=deliberation, by=by, now=now, reason=reason.strip(),
        review_id=deliberation.review_id, before={"stage": before}, after={"stage": Stage.VOID},
    )  # fmt: skip


def panel_changed(session: Session, deliberation: Deliberation) -> bool:
    """Whether others sit now than those of the session. A panel that lost a member after the last ballot
    stays valid while its number is odd."""
    sitting = {form.access_id for form in signed_forms(session, deliberation.review)}
    attending = {one.access_id for one in deliberation.attendances}
    if deliberation.stage is Stage.CLOSED and sitting < attending:
        return len(sitting) % 2 == 0
    return sitting != attending
