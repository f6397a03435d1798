"""Credentials of experts: entered by themselves or the coordinator, verified by a coordinator."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.experts import rules
from review_app.experts.models import Expert, ExpertCredential
from review_app.experts.states import CREDENTIAL_LABELS, CredentialKind
from review_app.sealing import current_seal

SHORTEST_REASON = 5


def enter_credential(
    session: Session,
    expert: Expert,
    *,
    kind: CredentialKind,
    number: str,
    issuer: str,
    valid_from: date | None,
    valid_until: date | None,
    by: Person,
    now: datetime,
) -> ExpertCredential:
    """Enter a licence or certificate; it counts as a renewal only once verified. The same number of the
    same kind stands once in the whole pool."""
    if not rules.can_declare(by, expert):
        raise NotAllowed
    number = number.strip()
    if not number or not issuer.strip():
        raise ReviewError(N_("请填写证件号码和发证机关。"))
    if valid_from and valid_until and valid_until < valid_from:
        raise ReviewError(N_("有效期届满不能早于有效期起始。"))
    require_unused(session, expert, kind, number, valid_until)
    entered = ExpertCredential(
        expert=expert, kind=kind, number=number, number_fingerprint=fingerprint(kind, number),
        issuer=issuer.strip(), valid_from=valid_from, valid_until=valid_until, created_at=now,
        created_by_id=by.id,
    )  # fmt: skip
    session.add(entered)
    session.flush()
    until = valid_until.isoformat() if valid_until else None
    record(
        session, action="expert.credential", subject=entered, by=by, now=now,
        after={"kind": kind, "issuer": entered.issuer, "until": until},
    )  # fmt: skip
    return entered


def fingerprint(kind: CredentialKind, number: str) -> str:
    """Keyed hash of kind and number: numbers are compared without being opened."""
    return current_seal().fingerprint(f"{kind}|{number.strip()}")


def require_unused(
    session: Session, expert: Expert | None, kind: CredentialKind, number: str, valid_until: date | None
) -> None:
    """A number belongs to one expert; a renewal under the same number has another last day."""
    for other in credentials_numbered(session, kind, number):
        if other.expert is not expert:
            raise ReviewError(
                N_("该%(kind)s号码已登记在专家%(number)s名下。"),
                kind=CREDENTIAL_LABELS[kind],
                number=other.expert.expert_no,
            )
        if other.valid_until == valid_until:
            raise ReviewError(N_("该证件已经登记过。"))


def credentials_numbered(session: Session, kind: CredentialKind, number: str) -> Sequence[ExpertCredential]:
    """Credentials in force of this kind and number, compared by fingerprint."""
    known = select(ExpertCredential).where(
        ExpertCredential.kind == kind,
        ExpertCredential.number_fingerprint == fingerprint(kind, number),
        ExpertCredential.withdrawn_at.is_(None),
    )
    return session.scalars(known).all()


def verify_credential(
    session: Session, credential: ExpertCredential, *, how: str, by: Person, now: datetime
) -> None:
    """Confirm that the credential is genuine; `how` says what it was held against (original, register)."""
    if not rules.can_verify(by, credential.expert):
        raise NotAllowed
    if credential.verified_at is not None or credential.withdrawn_at is not None:
        raise ReviewError(N_("该证件已经核验或者撤销，请刷新页面查看。"))
    if len(how.strip()) < 2:
        raise ReviewError(N_("请写明核验方式，例如“核对原件”。"))
    credential.verified_at, credential.verified_by, credential.verified_how = now, by, how.strip()
    record(
        session, action="expert.credential-verify", subject=credential, by=by, now=now,
        after={"how": credential.verified_how},
    )  # fmt: skip


def withdraw_credential(
    session: Session, credential: ExpertCredential, *, reason: str, by: Person, now: datetime
) -> None:
    """Take back a credential: entered by mistake, revoked, or exchanged. The row stays. What was verified is
    taken back by the coordinator only, or an expired licence could be made to vanish."""
    mine = rules.can_declare(by, credential.expert) and credential.verified_at is None
    if not (mine or rules.can_verify(by, credential.expert)):
        raise NotAllowed
    if credential.withdrawn_at is not None:
        raise ReviewError(N_("该证件已经撤销。"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReviewError(N_("请写明理由（至少五个字）。"))
    credential.withdrawn_at, credential.withdrawn_reason = now, reason.strip()
    record(
        session,
        action="expert.credential-withdraw",
        subject=credential,
        by=by,
        now=now,
        reason=reason.strip(),
    )
