"""An expert's own record: what he changes himself, and what waits for a coordinator's approval."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.experts import rules
from review_app.experts.models import Expert, ExpertRequest
from review_app.experts.profile import Profile
from review_app.experts.service import (
    changed_fields,
    note_change,
    profile_of,
    require_sound,
    write,
)
from review_app.experts.states import ExpertCategory, RequestState

OWN_FIELDS = ("phone", "max_open", "max_month")
"""what an expert changes at once"""
SENSITIVE_FIELDS = (
    "name", "aliases", "category", "organisation_id", "post", "specialties", "specialty_levels", "gender",
    "birth_year", "id_number", "qualification_no", "practice_from",
)  # fmt: skip
"""what recusal, lots and letters rest on: it counts once approved"""
SHORTEST_REASON = 5


def ask_for_changes(
    session: Session, expert: Expert, wanted: Profile, *, note: str, by: Person, now: datetime
) -> tuple[tuple[str, ...], ExpertRequest | None]:
    """Change one's own record: gives the fields changed at once and the request for the others, if any."""
    if not rules.is_own(by, expert):
        raise NotAllowed
    stored = profile_of(expert)
    differing = changed_fields(stored, wanted)
    at_once = tuple(name for name in differing if name in OWN_FIELDS)
    waiting = tuple(name for name in differing if name in SENSITIVE_FIELDS)
    require_sound(session, with_fields(stored, wanted, (*at_once, *waiting)), expert)
    if waiting and pending_request(session, expert) is not None:
        raise ReviewError(N_("您有一份修改申请正在审核，请等审核完毕或者撤回后再申请。"))
    if at_once:
        write(session, expert, with_fields(stored, wanted, at_once))
        note_change(session, expert, stored, at_once, by=by, now=now)
    if not waiting:
        return at_once, None
    return at_once, keep_request(session, expert, stored, wanted, waiting, note=note, by=by, now=now)


def keep_request(
    session: Session,
    expert: Expert,
    stored: Profile,
    wanted: Profile,
    names: tuple[str, ...],
    *,
    note: str,
    by: Person,
    now: datetime,
) -> ExpertRequest:
    asked = {
        name: {"before": plain(getattr(stored, name)), "after": plain(getattr(wanted, name))}
        for name in names
    }
    request = ExpertRequest(
        expert=expert, content=json.dumps(asked, ensure_ascii=False, sort_keys=True), note=note.strip(),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(request)
    session.flush()
    record(session, action="expert.ask", subject=request, by=by, now=now, after={"fields": sorted(names)})
    return request


def with_fields(stored: Profile, wanted: Profile, names: tuple[str, ...]) -> Profile:
    return replace(stored, **{name: getattr(wanted, name) for name in names})


def pending_request(session: Session, expert: Expert) -> ExpertRequest | None:
    waiting = select(ExpertRequest).where(
        ExpertRequest.expert_id == expert.id, ExpertRequest.state == RequestState.PENDING
    )
    return session.scalars(waiting).first()


def asked_fields(request: ExpertRequest) -> dict[str, dict[str, Any]]:
    """The fields a request is about, each with the value before and the value wanted."""
    found: dict[str, dict[str, Any]] = json.loads(request.content)
    return found


def decide_request(
    session: Session, request: ExpertRequest, *, approve: bool, reason: str, by: Person, now: datetime
) -> None:
    """Approve or refuse; approved values are written at once. Refusing needs a reason. Raises ReviewError
    when the record was changed since."""
    expert = request.expert
    if not rules.can_decide_request(by, expert):
        raise NotAllowed
    require_pending(request)
    if not approve and len(reason.strip()) < SHORTEST_REASON:
        raise ReviewError(N_("请写明理由（至少五个字）。"))
    if approve:
        carry_out(session, expert, asked_fields(request), by=by, now=now)
    request.state = RequestState.APPROVED if approve else RequestState.REFUSED
    request.decided_at, request.decided_by, request.decision_reason = now, by, reason.strip()
    record(
        session, action="expert.ask-decide", subject=request, by=by, now=now, after={"state": request.state}
    )


def require_pending(request: ExpertRequest) -> None:
    if request.state is not RequestState.PENDING:
        raise ReviewError(N_("该申请已经处理，请刷新页面查看。"))


def carry_out(
    session: Session, expert: Expert, asked: dict[str, dict[str, Any]], *, by: Person, now: datetime
) -> None:
    stored = profile_of(expert)
    if any(plain(getattr(stored, name)) != one["before"] for name, one in asked.items()):
        raise ReviewError(N_("申请提出以后档案已有修改，不能直接同意。请退回，由本人核对后重新申请。"))
    changes = {name: typed(name, one["after"]) for name, one in asked.items()}
    wanted = replace(stored, **changes)
    require_sound(session, wanted, expert)
    write(session, expert, wanted)
    note_change(session, expert, stored, tuple(asked), by=by, now=now)


def withdraw_request(session: Session, request: ExpertRequest, *, by: Person, now: datetime) -> None:
    """The expert takes his request back."""
    if not rules.is_own(by, request.expert):
        raise NotAllowed
    require_pending(request)
    request.state, request.decided_at = RequestState.WITHDRAWN, now
    record(session, action="expert.ask-withdraw", subject=request, by=by, now=now)


def plain(value: Any) -> Any:
    """A value of a profile as JSON: days as texts, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def typed(name: str, value: Any) -> Any:
    """A value from JSON as the profile has it."""
    if name == "category":
        return ExpertCategory(value)
    if name == "practice_from":
        return date.fromisoformat(value) if value else None
    if name == "specialty_levels":
        return tuple((specialty, level) for specialty, level in value)
    return tuple(value) if isinstance(value, list) else value
