"""From the closed session to the locked result: recommendations, escalation, the lock."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.chain import canonical
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.deliberations import rules
from review_app.deliberations.assembling import result_of
from review_app.deliberations.models import (
    Deliberation,
    Escalation,
    Finding,
    LockedResult,
    OutcomeRoute,
)
from review_app.deliberations.queries import (
    escalation_of,
    findings_of,
    locked_result_of,
    present_session,
    routes_of,
)
from review_app.deliberations.results import Consolidation
from review_app.deliberations.states import EscalationWay, Stage
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.form_templates.reading import rules_of
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Outcome
from review_app.rulebook.reading import plain_number
from review_app.rulebook.rules import GRADES

SHORTEST_MINUTES = 20
SHORTEST_ADVICE = 10


@dataclass(frozen=True)
class FinalResult:
    """The panel's result with what the office meeting decided where the panel left it open."""

    deliberation: Deliberation
    consolidation: Consolidation
    findings: tuple[Finding, ...]
    escalation: Escalation | None
    grade: str | None
    outcome: str | None
    measures: tuple[str, ...]

    @property
    def upheld(self) -> list[Finding]:
        """The upheld findings, in their order."""
        keys = {one.key for one in self.consolidation.findings if one.upheld}
        return [finding for finding in self.findings if finding.key in keys]


def final_result(session: Session, review: CaseReview) -> FinalResult | None:
    """The result of the present round, recomputed from the ballots; None while a session is not voted."""
    deliberation = present_session(session, review)
    if deliberation is None or deliberation.stage is not Stage.CLOSED:
        return None
    computed = result_of(session, deliberation)
    escalation = escalation_of(session, review)
    if escalation and escalation.deliberation_id != deliberation.id:
        escalation = None
    settled = escalation if escalation and escalation.way is EscalationWay.OFFICE else None
    outcome = computed.outcome.outcome if computed.outcome else None
    return FinalResult(
        deliberation=deliberation,
        consolidation=computed,
        findings=tuple(findings_of(session, review)),
        escalation=escalation,
        grade=computed.grade.grade or (settled.grade if settled else None),
        outcome=outcome or (settled.outcome if settled else None),
        measures=tuple(name for name, tally in computed.measures.items() if tally.carried),
    )


def advise(
    session: Session,
    review: CaseReview,
    *,
    text: str,
    route: str,
    organ: str,
    due_on: date | None,
    expired: bool,
    by: Person,
    now: datetime,
) -> OutcomeRoute:
    """Add a recommendation. The provision comes from the route catalogue; ``expired`` tells that the
    petitioner himself can no longer take the route."""
    if not rules.can_advise(by, review):
        raise NotAllowed
    known = rules_of(review).routes
    if route and route not in known:
        raise ReviewError(N_("没有名为“%(name)s”的法定途径。"), name=route)
    if len("".join(text.split())) < SHORTEST_ADVICE:
        raise ReviewError(N_("请写明建议的内容，不少于%(least)s个字。"), least=SHORTEST_ADVICE)
    if route and not organ.strip():
        raise ReviewError(N_("请填写有权处理的机关。"))
    if expired and not (route and known[route].by_party):
        raise ReviewError(N_("只有须由当事人自己启动的途径，才有是否已过期限的问题。"))
    number = max((one.number for one in routes_of(session, review)), default=0) + 1
    made = OutcomeRoute(
        review=review, round=review.round, number=number, route=route, organ=organ.strip(),
        law=known[route].law if route else "", text=text.strip(), due_on=due_on, expired=expired,
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(made)
    record(
        session, action="advice.add", subject=made, by=by, now=now, review_id=review.id,
        after={"number": number, "route": route, "expired": expired},
    )  # fmt: skip
    return made


def withdraw_advice(session: Session, route: OutcomeRoute, *, by: Person, now: datetime) -> None:
    if not rules.can_advise(by, route.review):
        raise NotAllowed
    route.removed_at = now
    record(session, action="advice.remove", subject=route, by=by, now=now, review_id=route.review_id)


def escalate(session: Session, review: CaseReview, *, by: Person, now: datetime) -> Escalation:
    """Note why the review goes up; the coordinator then says how it goes on."""
    deliberation = present_session(session, review)
    closed = deliberation is not None and deliberation.stage is Stage.CLOSED
    computed = result_of(session, deliberation) if deliberation and closed else None
    escalation = Escalation(
        review=review, round=review.round, deliberation=deliberation,
        reasons=[one.code for one in computed.escalation] if computed else [],
        enlarge_to=computed.enlarge_to if computed else None, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(escalation)
    record(
        session, action="review.escalate", subject=escalation, by=by, now=now, review_id=review.id,
        after={"reasons": escalation.reasons},
    )  # fmt: skip
    return escalation


def open_points(session: Session, review: CaseReview) -> tuple[bool, bool]:
    """Whether the panel left the grade, and the outcome, for the office meeting to decide."""
    result = final_result(session, review)
    if result is None or result.consolidation.outcome is None:
        return True, True
    return result.consolidation.grade.grade is None, result.consolidation.outcome.outcome is None


def choose_larger_panel(
    session: Session, escalation: Escalation, *, row_version: int, by: Person, now: datetime
) -> Escalation:
    """Go on with a larger panel; the draw adds the members."""
    must_settle(escalation, row_version, by)
    escalation.way, escalation.settled_at, escalation.settled_by_id = EscalationWay.ENLARGE, now, by.id
    record(
        session, action="escalation.enlarge", subject=escalation, by=by, now=now,
        review_id=escalation.review_id, after={"way": escalation.way},
    )  # fmt: skip
    return escalation


def record_office_meeting(
    session: Session,
    escalation: Escalation,
    *,
    held_on: date,
    attended: str,
    minutes: str,
    grade: str | None,
    outcome: Outcome | None,
    row_version: int,
    by: Person,
    now: datetime,
) -> Escalation:
    """Keep the office meeting's minutes. The meeting decides on grade and outcome only where the panel left
    them open, and never on a finding.

    Raises ReviewError when the panel must be enlarged first, or a decision is missing or not the meeting's.
    """
    must_settle(escalation, row_version, by)
    if escalation.enlarge_to:
        raise ReviewError(N_("三人组对一票否决形成多数的，须先扩大评查组。"))
    if held_on > local_day(now):
        raise ReviewError(N_("会议日期不能晚于今天。"))
    if not attended.strip() or len("".join(minutes.split())) < SHORTEST_MINUTES:
        raise ReviewError(N_("请填写参会人员和会议纪要（纪要不少于%(least)s个字）。"), least=SHORTEST_MINUTES)
    must_decide_what_is_open(session, escalation.review, grade, outcome)
    escalation.way, escalation.settled_at, escalation.settled_by_id = EscalationWay.OFFICE, now, by.id
    escalation.held_on, escalation.attended, escalation.minutes = held_on, attended.strip(), minutes.strip()
    escalation.grade, escalation.outcome = grade, outcome
    record(
        session, action="escalation.office", subject=escalation, by=by, now=now,
        review_id=escalation.review_id,
        after={"sha256": hashlib.sha256(minutes.strip().encode()).hexdigest(), "grade": grade, "outcome": outcome},
    )  # fmt: skip
    return escalation


def must_decide_what_is_open(
    session: Session, review: CaseReview, grade: str | None, outcome: Outcome | None
) -> None:
    grade_open, outcome_open = open_points(session, review)
    if grade_open != (grade is not None) or outcome_open != (outcome is not None):
        raise ReviewError(
            N_("办公室会议只就评查组没有形成决定的事项作出决定：未决的必须决定，已决的不得改变。")
        )
    result = final_result(session, review)
    vetoed = result is not None and bool(result.consolidation.vetoes)
    if grade is not None and (grade not in GRADES or (vetoed and grade != "D")):
        raise ReviewError(N_("一票否决成立的，等次只能是D。"))


def must_settle(escalation: Escalation, row_version: int, by: Person) -> None:
    if not rules.can_settle(by, escalation.review):
        raise NotAllowed
    if escalation.row_version != row_version or escalation.settled_at is not None:
        raise EditConflict(theirs={})


def lock_result(session: Session, review: CaseReview, *, by: Person, now: datetime) -> LockedResult:
    """Lock the result: from here on it is what the opinion says. Locking again (after a return for
    completeness) changes nothing.

    Raises ReviewError while the review must go up first, or grade, outcome or its route are open.
    """
    result = must_be_final(session, review)
    before = locked_result_of(session, review)
    if before is not None and before.deliberation_id == result.deliberation.id:
        return before
    content = canonical(content_of(session, review, result))
    locked = LockedResult(
        review=review, round=review.round, deliberation=result.deliberation, content=content,
        content_sha256=hashlib.sha256(content.encode()).hexdigest(), created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(locked)
    review.grade, review.score = result.grade, f"{result.consolidation.score:f}"
    review.outcome = Outcome(str(result.outcome))
    record(
        session, action="result.lock", subject=locked, by=by, now=now, review_id=review.id,
        after={"sha256": locked.content_sha256},
    )  # fmt: skip
    return locked


def must_be_final(session: Session, review: CaseReview) -> FinalResult:
    result = final_result(session, review)
    if result is None:
        raise ReviewError(N_("研讨尚未表决结束。"))
    settled = result.escalation is not None and result.escalation.way is EscalationWay.OFFICE
    if result.consolidation.escalated and not settled:
        raise ReviewError(N_("研讨结果应当提级，不能直接出具意见。请先转入“提级”。"))
    if result.grade is None or result.outcome is None:
        raise ReviewError(N_("等次或者处理结果尚未决定。"))
    if lack := lacking_route(session, review, result.outcome):
        raise ReviewError(lack)
    return result


def lacking_route(session: Session, review: CaseReview, outcome: str | None) -> str:
    """What the recommendations still lack for this outcome; empty when nothing."""
    rule_file = rules_of(review)
    routes = [one for one in routes_of(session, review) if one.route]
    if outcome and rule_file.outcomes[outcome].needs_route and not routes:
        return N_("处理结果要求导入法定程序，请写明建议的法定途径。")
    if any(one.expired for one in routes) and all(rule_file.routes[one.route].by_party for one in routes):
        return N_(
            "当事人自己启动的途径已过期限，请另外写明不依赖当事人的途径（院长发现、检察机关依职权监督等）。"
        )
    return ""


def content_of(session: Session, review: CaseReview, result: FinalResult) -> dict[str, Any]:
    """The result as plain data: what is locked, and what is compared when somebody doubts it."""
    escalation = result.escalation
    return {
        "review_no": review.review_no,
        "round": review.round,
        "rule_version": review.rule_version,
        "session": result.deliberation.number,
        "result": as_plain(result.consolidation.as_json()),
        "findings": {
            one.key: {"code": one.code, "severity": one.severity, "text": one.text, "locus": one.locus}
            for one in result.findings
        },
        "grade": result.grade,
        "outcome": result.outcome,
        "measures": list(result.measures),
        "advice": [
            {"number": one.number, "route": one.route, "organ": one.organ, "text": one.text}
            for one in routes_of(session, review)
        ],
        "office": {"grade": escalation.grade, "outcome": escalation.outcome} if escalation else None,
    }


def as_plain(value: Any) -> Any:
    """Decimals become numbers, so that the canonical text is the same everywhere."""
    if isinstance(value, dict):
        return {key: as_plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_plain(one) for one in value]
    return value if value is None or isinstance(value, str | bool | int) else plain_number(value)


def is_as_locked(session: Session, review: CaseReview) -> bool:
    """Whether the ballots still give the result that was locked."""
    locked, result = locked_result_of(session, review), final_result(session, review)
    if locked is None or result is None:
        return False
    return canonical(content_of(session, review, result)) == locked.content
