"""The expert's answer: the conflict statement in two stages, acceptance, refusal.

Stage 1 is signed on the summary alone and opens the names; stage 2 is signed with the names and opens the
file. Every signature takes the password again and is bound to the exact content by its SHA-256. What was
declared is kept whatever the expert decides, and holds for later draws on the same case.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.service import confirm_password
from review_app.audit.chain import canonical
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.panels import rules
from review_app.panels.conflicts import keep_conflict
from review_app.panels.gathering import judge
from review_app.panels.grounds import GROUNDS, Level
from review_app.panels.models import ConflictStatement, PanelMember
from review_app.panels.objecting import suspend_for
from review_app.panels.record import sha256_of
from review_app.panels.seats import leave, set_status
from review_app.panels.states import Applicant, DeclineReason, SeatState
from review_app.reviews.models import CaseReview
from review_app.reviews.states import AccessStage, InvolvedAs

PROMISE = N_(
    "本人承诺：独立、客观、公正评查；对案件情况、评查和评议情况保密，不复制、不外传案件材料，"
    "不私下接触当事人及其代理人，不为任何人打听、过问案件；发现应当回避的情形立即报告。"
)


@dataclass(frozen=True)
class Answer:
    """The answer to one ground: whether it applies, and what the expert says about it."""

    applies: bool
    remark: str = ""


def stage_of(member: PanelMember) -> int:
    """The statement that is due now."""
    return 1 if member.status is SeatState.INVITED else 2


def sign_statement(
    session: Session,
    member: PanelMember,
    *,
    answers: Mapping[str, Answer],
    promise: bool,
    password: str,
    by: Person,
    now: datetime,
    code: str = "",
) -> ConflictStatement:
    """Sign the statement that is due. A ground that is HARD by law ends the seat at once and the successor
    is invited; one that needs a decision suspends the seat; else stage 1 opens the names, stage 2 the file.
    """
    if not rules.can_answer(by, member):
        raise NotAllowed
    require_complete(answers, promise)
    confirm_password(session, by, password, code=code, now=now)
    statement = sign(session, member, answers, by=by, now=now)
    binding = dict(binding_answers(member, answers))
    hard = [rule for rule in binding if GROUNDS[rule].level is Level.HARD]
    for rule in hard:
        keep_conflict(session, member, rule, "STATEMENT", binding[rule].remark, by=by, now=now)
    if hard:
        why = N_("声明存在应当回避的情形")
        leave(session, member, SeatState.RECUSED, why=why, by=by, now=now)
        return statement
    go_on(session, member, stage=statement.stage, by=by, now=now)
    for rule, answer in binding.items():
        suspend_for(session, member, rule, Applicant.EXPERT, answer.remark, by=by, now=now)
    return statement


def require_complete(answers: Mapping[str, Answer], promise: bool) -> None:
    if set(answers) != set(GROUNDS):
        raise ReviewError(N_("请逐项回答全部%(count)d种情形。"), count=len(GROUNDS))
    silent = [rule for rule, answer in answers.items() if answer.applies and len(answer.remark.strip()) < 2]
    if silent:
        raise ReviewError(N_("回答“是”的，请说明具体情况：%(rules)s。"), rules="、".join(sorted(silent)))
    if not promise:
        raise ReviewError(N_("请阅读并作出保密和独立评查承诺。"))


def binding_answers(member: PanelMember, answers: Mapping[str, Answer]) -> Iterator[tuple[str, Answer]]:
    """Affirmed grounds that change something: present service with the reviewed organ was counted in the
    draw if the draw knew it, and frequent service on panels binds nobody."""
    for rule, answer in sorted(answers.items()):
        known = rule == "R20" or (rule == "R11" and member.same_organ)
        if answer.applies and not known:
            yield rule, answer


def sign(
    session: Session, member: PanelMember, answers: Mapping[str, Answer], *, by: Person, now: datetime
) -> ConflictStatement:
    review = member.panel.review
    content = statement_content(member, answers, now=now)
    statement = ConflictStatement(
        member=member, stage=content["stage"], content=canonical(content), content_sha256=sha256_of(content),
        signed_at=now, signed_by_id=by.id, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(statement)
    session.flush()
    record(
        session, action="statement.sign", subject=statement, by=by, now=now, review_id=review.id,
        after={"stage": statement.stage, "content_sha256": statement.content_sha256},
    )  # fmt: skip
    return statement


def statement_content(member: PanelMember, answers: Mapping[str, Answer], *, now: datetime) -> dict[str, Any]:
    """Everything the signature stands for, the names that were shown included."""
    review, stage = member.panel.review, stage_of(member)
    return {
        "review_no": review.review_no,
        "round": review.round,
        "expert_no": member.expert.expert_no,
        "stage": stage,
        "grounds": {rule: GROUNDS[rule].sentence for rule in sorted(answers)},
        "answers": {
            rule: {"applies": answer.applies, "remark": answer.remark.strip()}
            for rule, answer in sorted(answers.items())
        },
        "promise": PROMISE,
        "summary": review.summary,
        "names": [list(pair) for pair in names_of(review)] if stage == 2 else [],
        "at": now.isoformat(),
    }


def signature_holds(statement: ConflictStatement) -> bool:
    """Whether the stored content is still what was signed."""
    return hashlib.sha256(statement.content.encode()).hexdigest() == statement.content_sha256


def names_of(review: CaseReview) -> list[tuple[InvolvedAs, str]]:
    """Everybody in the case by name, as shown for the second check."""
    named = [(one.involved_as, one.name) for one in review.legal_case.involved]
    petitioner = (InvolvedAs.PETITIONER, review.item.petitioner.name)
    return named if petitioner in named else [petitioner, *named]


def go_on(session: Session, member: PanelMember, *, stage: int, by: Person, now: datetime) -> None:
    """After stage 1 names may be read; after stage 2, if today's check agrees, the file opens."""
    if stage == 1:
        set_status(member, SeatState.STATED, now=now)
        return
    review = member.panel.review
    found = judge(session, review, member.expert, on=local_day(now))
    hard = [hit for hit in found.hits if hit.level is Level.HARD]
    if hard:
        why = N_("复核发现应当回避的情形")
        leave(session, member, SeatState.RECUSED, why=why, by=by, now=now)
        return
    set_status(member, SeatState.ACCEPTED, now=now)
    if member.access is not None:
        member.access.stage = AccessStage.FULL
    record(
        session, action="panel.accept", subject=member, by=by, now=now, review_id=review.id,
        after={"expert_no": member.expert.expert_no},
    )  # fmt: skip
    for hit in found.hits:
        if hit.level in (Level.MANUAL, Level.POSSIBLE):
            suspend_for(
                session,
                member,
                hit.rule,
                Applicant.OFFICE,
                hit.matched,
                fact_key=hit.fact_key,
                by=by,
                now=now,
            )


def decline(
    session: Session,
    member: PanelMember,
    *,
    reason: DeclineReason,
    ground: str,
    note: str,
    by: Person,
    now: datetime,
) -> None:
    """Decline with a reason. A refusal because of a conflict names its ground and is kept as a conflict;
    the substitute moves up in the same transaction."""
    if not rules.can_answer(by, member):
        raise NotAllowed
    if len(note.strip()) < 5:
        raise ReviewError(N_("请说明谢绝的具体情况（至少五个字）。"))
    conflict = reason is DeclineReason.CONFLICT
    if conflict and ground not in GROUNDS:
        raise ReviewError(N_("因回避谢绝的，请选择属于哪一种情形。"))
    member.decline_reason, member.decline_note = reason, note.strip()
    if conflict:
        keep_conflict(session, member, ground, "DECLINE", note.strip(), by=by, now=now)
    to = SeatState.RECUSED if conflict else SeatState.DECLINED
    leave(session, member, to, why=N_("本人谢绝"), by=by, now=now)
