"""Whether an expert can be seated on a day, as far as the pool knows: credentials, leave, term. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from review_app.experts.states import CredentialKind, CredentialState


class HasValidity(Protocol):
    """What is asked of a credential; stored rows have it."""

    kind: CredentialKind
    valid_from: date | None
    valid_until: date | None
    verified_at: datetime | None
    withdrawn_at: datetime | None


class HasDays(Protocol):
    """What is asked of a leave; stored rows have it."""

    since: date
    until: date
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Lapsed:
    """A kind of credential of which nothing valid is left, and the day on which the last one ran out."""

    kind: CredentialKind
    since: date


def is_current(one: HasValidity, on: date) -> bool:
    """Valid on the day: not withdrawn, begun, not run out."""
    begun = one.valid_from is None or one.valid_from <= on
    lasts = one.valid_until is None or on <= one.valid_until
    return one.withdrawn_at is None and begun and lasts


def has_run_out(one: HasValidity, on: date) -> bool:
    return one.withdrawn_at is None and one.valid_until is not None and one.valid_until < on


def lapsed(credentials: Iterable[HasValidity], on: date) -> tuple[Lapsed, ...]:
    """Kinds that ran out and were not renewed. A renewal counts only once somebody has verified it; an
    expert without any credential on record has none that ran out."""
    known = tuple(credentials)
    renewed = {one.kind for one in known if one.verified_at is not None and is_current(one, on)}
    days: dict[CredentialKind, date] = {}
    for one in known:
        if one.valid_until is not None and has_run_out(one, on) and one.kind not in renewed:
            days[one.kind] = max(one.valid_until, days.get(one.kind, one.valid_until))
    return tuple(Lapsed(kind, day) for kind, day in sorted(days.items()))


def state_of(one: HasValidity, credentials: Iterable[HasValidity], on: date) -> CredentialState:
    """What a credential counts for on a day, among all of the same expert."""
    if one.withdrawn_at is not None:
        return CredentialState.WITHDRAWN
    if has_run_out(one, on):
        still_open = any(gone.kind == one.kind for gone in lapsed(credentials, on))
        return CredentialState.EXPIRED if still_open else CredentialState.RENEWED
    if one.verified_at is None:
        return CredentialState.UNVERIFIED
    return CredentialState.VALID if is_current(one, on) else CredentialState.NOT_YET


def is_away(leaves: Iterable[HasDays], *, first: date, last: date) -> bool:
    """Whether a leave touches any of these days, first and last included."""
    return any(one.withdrawn_at is None and one.since <= last and first <= one.until for one in leaves)
