"""What can be done on the way into the library: begun, edited, handed over, sent back, published, withdrawn, dropped."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.database import one_at_a_time
from review_app.documents.numbers import format_number
from review_app.documents.office import office
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.masking.texts import leaks
from review_app.notices.service import notify
from review_app.opinions.queries import opinion_of, people_with
from review_app.opinions.service import facts_of
from review_app.own_cases.drafting import PART_LABELS, OwnText, as_json, lines, original, proposal, written
from review_app.own_cases.models import OwnCase, OwnCaseStep
from review_app.own_cases.personal import personal_data
from review_app.own_cases.queries import checkers, last_seq, own_case_of
from review_app.own_cases.rules import can_check, can_edit, can_prepare, can_withdraw
from review_app.own_cases.states import OWN_CASE_LABELS, OWN_CASE_STEPS, OwnCaseState
from review_app.precedents.drafts import SHORTEST, Draft
from review_app.precedents.service import take_each
from review_app.precedents.states import Audience, Tier, Withdrawal
from review_app.reviews.models import CaseReview
from review_app.reviews.states import OUTCOME_LABELS
from search_index.citations import canonical_article

MARK = "评例"
LICENCE = "本平台已结评查，去标识化并经第二人复核后入库"
LONGEST_PART = 30_000


def begin(session: Session, review: CaseReview, *, by: Person, now: datetime) -> OwnCase:
    """Begin with a de-identified proposal made from the issued opinion."""
    if not can_prepare(by, review):
        raise NotAllowed
    one_at_a_time(session, f"own-case:{review.id}")
    if own_case_of(session, review) is not None:
        raise ReviewError(N_("这件评查已在入库准备中或者已经入库。"))
    opinion = opinion_of(session, review)
    if opinion is None or opinion.document.released_at is None:
        raise ReviewError(N_("没有已签发的评查意见书，不能准备入库。"))
    whole = original(facts_of(opinion))
    own = OwnCase(
        review=review, original=as_json(whole), text=as_json(proposal(whole, personal_data(session, review))),
        state=OwnCaseState.PREPARING, audience=Audience.OFFICE, editor_ids=[by.id], created_at=now,
        created_by_id=by.id,
    )  # fmt: skip
    session.add(own)
    session.flush()
    add_step(session, own, None, OwnCaseState.PREPARING, by=by, now=now)
    record(session, action="own_cases.begin", subject=own, by=by, now=now, review_id=review.id)
    return own


def edit(
    session: Session,
    own: OwnCase,
    text: OwnText,
    *,
    audience: Audience,
    seen: int | None,
    by: Person,
    now: datetime,
) -> None:
    """Save the text and for whom it is. ``seen`` is the ``row_version`` the person had before them; when somebody saved
    meanwhile, EditConflict carries what."""
    if not can_edit(by, own):
        raise NotAllowed
    if seen is not None and seen != own.row_version:
        raise EditConflict(theirs={**asdict(own.own_text), "audience": own.audience})
    for name, value in asdict(text).items():
        if len(value) > LONGEST_PART:
            raise ReviewError(N_("“%(part)s”最多%(most)s个字。"), part=PART_LABELS[name], most=LONGEST_PART)
    own.text, own.audience = as_json(text), audience
    own.editor_ids = sorted({*own.editor_ids, by.id})
    after = {"audience": audience}
    record(
        session, action="own_cases.edit", subject=own, by=by, now=now, after=after, review_id=own.review_id
    )


def submit(session: Session, own: OwnCase, *, by: Person, now: datetime) -> None:
    """Hand the text over to a second person; nothing of the review may show in it."""
    if not can_edit(by, own):
        raise NotAllowed
    complete(session, own)
    own.editor_ids = sorted({*own.editor_ids, by.id})
    take_step(session, own, OwnCaseState.CHECKING, by=by, now=now)
    people = {person.id: person for role in (Role.DPO, Role.COORD) for person in people_with(session, role)}
    for person in checkers(list(people.values()), own):
        notify(
            session, "own-case-check", person, now=now, review_id=own.review_id, link=f"/own-cases/{own.id}",
            review_no=own.review.review_no or "",
        )  # fmt: skip


def send_back(session: Session, own: OwnCase, *, reason: str, by: Person, now: datetime) -> None:
    """The second person returns the text with a reason."""
    if not can_check(by, own):
        raise NotAllowed
    if not reason.strip():
        raise ReviewError(N_("请写明退回的理由。"))
    take_step(session, own, OwnCaseState.PREPARING, reason=reason.strip(), by=by, now=now)
    tell_preparer(session, own, "own-case-returned", now=now)


def publish(session: Session, own: OwnCase, *, by: Person, now: datetime) -> None:
    """The second person lets the text into the library as a case of the platform's own, under a number of its own."""
    if not can_check(by, own):
        raise NotAllowed
    complete(session, own)
    year = local_day(now).year
    one_at_a_time(session, f"own-case-number:{year}")
    own.year, own.seq = year, last_seq(session, year) + 1
    own.number = format_number(office().mark(MARK), year=year, seq=own.seq)
    own.checked_by_id, own.published_at = by.id, now
    own.precedent = take_each(session, [as_draft(own)], by=by, now=now)[0].precedent
    after = {"number": own.number, "audience": own.audience, "sha256": own.precedent.text_sha256}
    take_step(session, own, OwnCaseState.PUBLISHED, after=after, by=by, now=now)
    tell_preparer(session, own, "own-case-published", now=now)


def withdraw(session: Session, own: OwnCase, *, reason: str, by: Person, now: datetime) -> None:
    """Take a published case out of the library: nobody finds or reads it any more."""
    if not can_withdraw(by, own):
        raise NotAllowed
    if not reason.strip():
        raise ReviewError(N_("请写明撤回的理由。"))
    if own.precedent is not None:
        own.precedent.withdrawn_at, own.precedent.withdrawal = now, Withdrawal.PRIVACY
        own.precedent.indexed_at = None
    take_step(session, own, OwnCaseState.WITHDRAWN, reason=reason.strip(), by=by, now=now)


def drop(session: Session, own: OwnCase, *, reason: str, by: Person, now: datetime) -> None:
    """Decide that the review does not go into the library."""
    if not can_edit(by, own):
        raise NotAllowed
    if not reason.strip():
        raise ReviewError(N_("请写明不入库的理由。"))
    take_step(session, own, OwnCaseState.DROPPED, reason=reason.strip(), by=by, now=now)


def complete(session: Session, own: OwnCase) -> None:
    """ReviewError for a part that is missing, or for the first thing that still shows who it was about."""
    text = own.own_text
    for name in ("title", "facts", "points", "reasoning", "result"):
        if not getattr(text, name).strip():
            raise ReviewError(N_("“%(part)s”还没有填写。"), part=PART_LABELS[name])
    if len(text.facts.strip()) + len(text.reasoning.strip()) < SHORTEST:
        raise ReviewError(N_("基本案情和评析理由过短，不能作为案例。"))
    data = personal_data(session, own.review)
    for name, value in asdict(text).items():
        if leaks(value, data):
            raise ReviewError(
                N_("“%(part)s”中还有%(count)s处应当遮蔽的信息，见页面上的提示。"),
                part=PART_LABELS[name],
                count=len(leaks(value, data)),
            )


def as_draft(own: OwnCase) -> Draft:
    """The published case as the library takes it. The organ and the cause are public; number and day are its own."""
    text, review, number = own.own_text, own.review, own.number or ""
    whole, ranges = written(text, number)
    day = local_day(own.published_at) if own.published_at else None
    return Draft(
        text=whole,
        title=text.title.strip(),
        source_tier=Tier.OWN,
        case_no=number,
        organ=review.legal_case.reviewed_org.name,
        doc_type="评查案例",
        decided_on=day,
        year=day.year if day else None,
        causes=(review.legal_case.cause,),
        issues=lines(text.points),
        holding=text.holding.strip(),
        law_refs=tuple(dict.fromkeys(canonical_article(law) for law in lines(text.laws))),
        outcome=OUTCOME_LABELS[review.outcome] if review.outcome else "",
        sections=ranges,
        licence_note=f"{LICENCE}（演示数据）" if office().is_demo else LICENCE,
        audience=own.audience,
        source_review_id=review.id,
    )


def take_step(
    session: Session,
    own: OwnCase,
    to: OwnCaseState,
    *,
    reason: str = "",
    after: Mapping[str, object] | None = None,
    by: Person,
    now: datetime,
) -> None:
    before = own.state
    if to not in OWN_CASE_STEPS[before]:
        raise ReviewError(
            N_("这件案例现为“%(before)s”，不能转为“%(to)s”。"),
            before=OWN_CASE_LABELS[before],
            to=OWN_CASE_LABELS[to],
        )
    own.state = to
    add_step(session, own, before, to, reason=reason, by=by, now=now)
    record(
        session, action=f"own_cases.{to.lower()}", subject=own, by=by, now=now, review_id=own.review_id,
        before={"state": before}, after={"state": to, **(after or {})},
    )  # fmt: skip


def add_step(
    session: Session,
    own: OwnCase,
    before: OwnCaseState | None,
    to: OwnCaseState,
    *,
    reason: str = "",
    by: Person,
    now: datetime,
) -> None:
    session.add(
        OwnCaseStep(
            own_case=own, from_state=before, to_state=to, reason=reason, created_at=now, created_by_id=by.id
        )
    )
    session.flush()


def tell_preparer(session: Session, own: OwnCase, kind: str, *, now: datetime) -> None:
    if own.created_by is not None:
        notify(
            session, kind, own.created_by, now=now, review_id=own.review_id, link=f"/own-cases/{own.id}",
            review_no=own.review.review_no or "",
        )  # fmt: skip
