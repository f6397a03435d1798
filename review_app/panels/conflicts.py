"""Conflicts of a case: the possible ones that wait for two persons, and those established for good.

One person gives an opinion with reasons, a second one agrees or returns it; only then it decides. What is
HARD by law is never an open question, so no way leads to waving it away: not a page, not a command.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.experts.models import Expert
from review_app.notices.service import notify
from review_app.panels import queries, rules
from review_app.panels.gathering import judge
from review_app.panels.grounds import Level
from review_app.panels.models import ConflictDecision, ConflictOpinion, KnownConflict, PanelMember
from review_app.panels.recusal import Check, Hit, Status
from review_app.panels.states import OpinionState
from review_app.reviews.models import CaseReview

WAITING = (Level.POSSIBLE, Level.MANUAL)
SHORTEST = 5


def questions_about(checked: Check, changed: Collection[str] = ()) -> list[Hit]:
    """The hits on which persons may decide: possible and manual ones, and of the soft ones those that came up
    for somebody who sits or waits (`changed`: the facts of open tasks); all other soft ones are counted by the
    rules of the draw."""
    return [
        hit
        for hit in checked.hits
        if hit.level in WAITING or (hit.level is Level.SOFT and hit.fact_key in changed)
    ]


def changed_facts(session: Session, review: CaseReview) -> frozenset[str]:
    """The facts that opened a task in this review which nobody has settled."""
    return frozenset(key for task in queries.open_tasks(session, review) for key in task.new_facts)


def give_opinion(
    session: Session,
    review: CaseReview,
    *,
    expert_no: str,
    rule: str,
    fact_key: str,
    confirmed: bool,
    reason: str,
    by: Person,
    now: datetime,
) -> ConflictOpinion:
    """The first person's opinion on an open question, with reasons; those who may agree are told."""
    if not rules.can_decide_conflicts(by, review):
        raise NotAllowed
    reason = written(reason)
    expert = queries.expert_by_no(session, expert_no)
    if expert.person_id == by.id:
        raise NotAllowed
    member = queries.member_of_expert(session, review, expert.id)
    checked = judge(session, review, expert, on=local_day(now))
    hit = asked_hit(checked, changed_facts(session, review), rule, fact_key)
    refuse_twice(session, review, expert, hit)
    opinion = ConflictOpinion(
        review=review, expert=expert, rule=rule, level=hit.level, fact_key=fact_key, matched=hit.matched,
        confirmed=confirmed, reason=reason, by=by, state=OpinionState.PROPOSED, created_at=now,
        created_by_id=by.id,
    )  # fmt: skip
    session.add(opinion)
    session.flush()
    record(
        session, action="conflict.propose", subject=opinion, by=by, now=now, review_id=review.id,
        after={"expert_no": expert_no, "rule": rule, "confirmed": confirmed},
    )  # fmt: skip
    tell_seconds(session, opinion, member, now=now)
    return opinion


def asked_hit(checked: Check, changed: Collection[str], rule: str, fact_key: str) -> Hit:
    """The open question with this rule and fact; a sentence when it is none (any more)."""
    if any(hit.fact_key == fact_key and hit.level is Level.HARD for hit in checked.hits):
        raise ReviewError(N_("该情形依法应当回避，不能由人排除。资料有误的，请更正资料。"))
    for hit in questions_about(checked, changed):
        if (hit.rule, hit.fact_key) == (rule, fact_key):
            return hit
    raise ReviewError(N_("该事项已不需要决定，请刷新页面查看。"))


def refuse_twice(session: Session, review: CaseReview, expert: Expert, hit: Hit) -> None:
    waiting = select(ConflictOpinion.id).where(
        ConflictOpinion.review_id == review.id,
        ConflictOpinion.expert_id == expert.id,
        ConflictOpinion.rule == hit.rule,
        ConflictOpinion.fact_key == hit.fact_key,
        ConflictOpinion.state == OpinionState.PROPOSED,
    )
    if session.scalar(waiting) is not None:
        raise ReviewError(N_("该事项已有意见等待第二人确认。"))


def written(reason: str) -> str:
    if len(reason.strip()) < SHORTEST:
        raise ReviewError(N_("请写明决定的理由（至少五个字）。"))
    return reason.strip()


def tell_seconds(
    session: Session, opinion: ConflictOpinion, member: PanelMember | None, *, now: datetime
) -> None:
    """A notice to everybody who may say the second word."""
    people = session.scalars(select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id))
    for person in people:
        if rules.may_ever_second(person, opinion, member):
            notify(
                session, "conflict-second", person, now=now, review_id=opinion.review_id,
                link=page_of(opinion), step=f"opinion:{opinion.id}", review_no=opinion.review.review_no or "",
            )  # fmt: skip


def page_of(opinion: ConflictOpinion) -> str:
    return f"/reviews/{opinion.review_id}/panel/conflicts/{opinion.id}"


def keep_decision(
    session: Session, opinion: ConflictOpinion, *, by: Person, now: datetime
) -> ConflictDecision:
    """Write down what two persons decided. A later decision on the same fact takes the place of the former,
    whose opinions stay."""
    review = opinion.review
    found = select(ConflictDecision).where(
        ConflictDecision.legal_case_id == review.legal_case_id,
        ConflictDecision.expert_id == opinion.expert_id,
        ConflictDecision.rule == opinion.rule,
        ConflictDecision.fact_key == opinion.fact_key,
    )
    taken = session.scalar(found) or ConflictDecision(
        legal_case_id=review.legal_case_id, expert=opinion.expert, rule=opinion.rule,
        fact_key=opinion.fact_key, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    taken.confirmed, taken.matched, taken.reason = opinion.confirmed, opinion.matched, opinion.reason
    taken.opinion = opinion
    session.add(taken)
    session.flush()
    record(
        session, action="conflict.decide", subject=taken, by=by, now=now, review_id=review.id,
        after={
            "expert_no": opinion.expert.expert_no, "rule": opinion.rule, "confirmed": opinion.confirmed,
            "first": opinion.by.login, "second": by.login,
        },
    )  # fmt: skip
    return taken


def coordinators(session: Session, review: CaseReview) -> list[Person]:
    """The coordinators who may work on this review."""
    people = session.scalars(select(Person).where(Person.disabled_at.is_(None)).order_by(Person.id))
    return [one for one in people if one.has(Role.COORD) and not rules.of_reviewed_organ(one, review)]


def keep_conflict(
    session: Session, member: PanelMember, rule: str, source: str, note: str, *, by: Person, now: datetime
) -> KnownConflict:
    """Put a ground on record for this expert and this case."""
    review = member.panel.review
    known = KnownConflict(
        legal_case_id=review.legal_case_id, expert=member.expert, rule=rule, source=source, note=note.strip(),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(known)
    session.flush()
    record(
        session, action="conflict.known", subject=known, by=by, now=now, review_id=review.id,
        after={"expert_no": member.expert.expert_no, "rule": rule, "source": source},
    )  # fmt: skip
    return known


def require_not_barred(session: Session, review: CaseReview, expert: Expert, *, now: datetime) -> None:
    """Refuse a seat to an expert who must be recused or about whom a decision is pending. Every way to a seat
    besides the draw asks this; nothing and nobody overrides it."""
    checked = judge(session, review, expert, on=local_day(now))
    if checked.status in (Status.BARRED, Status.PENDING):
        raise ReviewError(
            N_("专家%(expert)s存在应当回避或者待决定的情形，不能入组。"), expert=expert.expert_no
        )
