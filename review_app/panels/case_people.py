"""The people of a case after the registration is closed: entered, corrected, taken out, proposed from the file.

Recusal reads them, so whoever sits or waits on a panel of the case is judged again in the same transaction (see
``rechecking``). Names found in the text of the file are proposals until the coordinator confirms them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.organisations.models import Organisation
from review_app.panels import rules
from review_app.panels.models import FoundPerson
from review_app.panels.names import NameMatch, all_names, compare
from review_app.panels.proposing import Proposed, merged
from review_app.panels.states import FoundState
from review_app.panels.units import plain_body
from review_app.reviews.models import CaseReview, FileDocument, FileVolume, Involved, LegalCase
from review_app.reviews.states import InvolvedAs
from review_app.sealing import current_seal

SHORTEST = 5


@dataclass(frozen=True)
class CasePerson:
    """What is written down of somebody in the case; `id_number` only ever becomes a fingerprint, empty keeps
    the one that is stored."""

    involved_as: InvolvedAs
    name: str
    aliases: tuple[str, ...] = ()
    is_organisation: bool = False
    is_listed_company: bool = False
    organisation_id: int | None = None
    part: str = ""
    post: str = ""
    id_number: str = ""


def add_person(
    session: Session, review: CaseReview, person: CasePerson, *, by: Person, now: datetime
) -> Involved:
    """Enter somebody who was not among the people of the case."""
    if not rules.can_edit_people(by, review):
        raise NotAllowed
    row = Involved(created_at=now, created_by_id=by.id)
    write(row, person)
    review.legal_case.involved.append(row)
    session.flush()
    log(session, "case-person.add", review, row, by=by, now=now)
    return row


def correct_person(
    session: Session, review: CaseReview, row: Involved, person: CasePerson, *, by: Person, now: datetime
) -> None:
    """Correct what is written down; the petitioner keeps his place and name, which are the registration's."""
    if not rules.can_edit_people(by, review):
        raise NotAllowed
    if row.involved_as is InvolvedAs.PETITIONER and (person.involved_as, person.name) != (
        row.involved_as,
        row.name,
    ):
        raise ReviewError(N_("信访人的姓名以登记为准，这里只补充曾用名、单位和证件号码。"))
    write(row, person)
    session.flush()
    log(session, "case-person.update", review, row, by=by, now=now)


def remove_person(
    session: Session, review: CaseReview, row: Involved, *, reason: str, by: Person, now: datetime
) -> None:
    """Take out somebody who was entered by mistake, with the reason; never the petitioner."""
    if not rules.can_edit_people(by, review):
        raise NotAllowed
    if row.involved_as is InvolvedAs.PETITIONER:
        raise ReviewError(N_("信访人不能移除。"))
    if len(reason.strip()) < SHORTEST:
        raise ReviewError(N_("请写明理由（至少五个字）。"))
    log(session, "case-person.remove", review, row, by=by, now=now, reason=reason.strip())
    review.legal_case.involved.remove(row)
    session.flush()


def write(row: Involved, person: CasePerson) -> None:
    if not person.name.strip():
        raise ReviewError(N_("请填写姓名或者名称。"))
    row.involved_as, row.name = person.involved_as, person.name.strip()
    row.aliases = [one for one in person.aliases if one != row.name]
    row.is_organisation, row.is_listed_company = person.is_organisation, person.is_listed_company
    row.organisation_id, row.part, row.post = person.organisation_id, person.part, person.post
    if person.id_number.strip():
        row.id_fingerprint = current_seal().fingerprint(person.id_number.strip().upper())


def log(
    session: Session,
    action: str,
    review: CaseReview,
    row: Involved,
    *,
    by: Person,
    now: datetime,
    reason: str | None = None,
) -> None:
    """The log names the row and its role, never the name."""
    record(
        session, action=action, subject=row, by=by, now=now, review_id=review.id,
        after={"involved_as": row.involved_as}, reason=reason,
    )  # fmt: skip


def find_people(
    session: Session, review: CaseReview, documents: Iterable[FileDocument], *, now: datetime
) -> list[FoundPerson]:
    """Propose whom these documents name and who is not yet among the people of the case."""
    pages = [
        (document.id, page.number, page.text)
        for document in documents
        if document.withdrawn_at is None
        for page in document.pages
    ]
    stored = {one.mark: one for one in found_people(session, review)}
    made = []
    for one, document_id, page, times in merged(pages).values():
        mark = mark_of(one)
        if mark not in stored and not is_entered(review.legal_case, one):
            stored[mark] = found_person(review, one, document_id, page, times, mark, now=now)
            made.append(stored[mark])
    session.add_all(made)
    session.flush()
    return made


def mark_of(one: Proposed) -> str:
    return current_seal().fingerprint(f"{one.involved_as}|{one.key[1]}")


def is_entered(case: LegalCase, one: Proposed) -> bool:
    """Whether somebody with this name stands in this role already (a petitioner is a party)."""
    kinds = {one.involved_as} | ({InvolvedAs.PETITIONER} if one.involved_as is InvolvedAs.PARTY else set())
    return any(
        compare(name, known) is NameMatch.SAME
        for row in case.involved_as(*kinds)
        for known in all_names(row.name, row.aliases or ())
        for name in (one.name, *one.aliases)
    )


def found_person(
    review: CaseReview, one: Proposed, document_id: int, page: int, times: int, mark: str, *, now: datetime
) -> FoundPerson:
    return FoundPerson(
        review=review, document_id=document_id, page=page, involved_as=one.involved_as, name=one.name,
        aliases="、".join(one.aliases), part=one.part, firm=one.firm, is_organisation=one.is_organisation,
        matched=one.matched, mark=mark, times=times, state=FoundState.WAITING, created_at=now,
    )  # fmt: skip


def found_people(session: Session, review: CaseReview, *states: FoundState) -> Sequence[FoundPerson]:
    """What was found in the file, in these states or all, in the order of finding."""
    found = select(FoundPerson).where(FoundPerson.review_id == review.id).order_by(FoundPerson.id)
    return session.scalars(found.where(FoundPerson.state.in_(states)) if states else found).all()


def documents_of(session: Session, review: CaseReview) -> Sequence[FileDocument]:
    """The documents of the file with their pages."""
    whole = (
        select(FileDocument)
        .join(FileDocument.volume)
        .where(FileVolume.review_id == review.id, FileDocument.withdrawn_at.is_(None))
        .options(selectinload(FileDocument.pages))
    )
    return session.scalars(whole.order_by(FileDocument.id)).all()


def search_file(session: Session, review: CaseReview, *, by: Person, now: datetime) -> list[FoundPerson]:
    """Look through the whole file once more."""
    if not rules.can_edit_people(by, review):
        raise NotAllowed
    made = find_people(session, review, documents_of(session, review), now=now)
    record(
        session, action="case-person.find", subject=review, by=by, now=now, review_id=review.id,
        after={"found": len(made)},
    )  # fmt: skip
    return made


def take_found(
    session: Session, review: CaseReview, chosen: Sequence[FoundPerson], *, by: Person, now: datetime
) -> list[Involved]:
    """Enter the chosen names among the people of the case; counsel with their firm when it is known here."""
    made = [add_person(session, review, as_person(session, one), by=by, now=now) for one in waiting(chosen)]
    settle(chosen, FoundState.TAKEN, "", by=by, now=now)
    return made


def as_person(session: Session, one: FoundPerson) -> CasePerson:
    body = one.firm or (one.name if one.is_organisation else "")
    return CasePerson(
        involved_as=one.involved_as,
        name=one.name,
        aliases=tuple(alias for alias in one.aliases.split("、") if alias),
        is_organisation=one.is_organisation,
        organisation_id=organisation_named(session, body),
        part=one.part,
    )


def organisation_named(session: Session, name: str) -> int | None:
    """The one organisation of this name, however its brackets and kind of company are written."""
    if not name:
        return None
    known = session.execute(select(Organisation.id, Organisation.name))
    same = [row_id for row_id, other in known if plain_body(other) == plain_body(name)]
    return same[0] if len(same) == 1 else None


def dismiss_found(
    session: Session,
    review: CaseReview,
    chosen: Sequence[FoundPerson],
    *,
    reason: str,
    by: Person,
    now: datetime,
) -> None:
    """Put names aside that are nobody's in this case; they are not proposed again."""
    if not rules.can_edit_people(by, review):
        raise NotAllowed
    if len(reason.strip()) < SHORTEST:
        raise ReviewError(N_("请写明理由（至少五个字）。"))
    settle(waiting(chosen), FoundState.DISMISSED, reason.strip(), by=by, now=now)
    record(
        session, action="case-person.dismiss", subject=review, by=by, now=now, review_id=review.id,
        after={"count": len(chosen)}, reason=reason.strip(),
    )  # fmt: skip


def waiting(chosen: Sequence[FoundPerson]) -> list[FoundPerson]:
    if not chosen:
        raise ReviewError(N_("请勾选人员。"))
    if any(one.state is not FoundState.WAITING for one in chosen):
        raise ReviewError(N_("所选人员已经处理，请刷新页面查看。"))
    return list(chosen)


def settle(chosen: Iterable[FoundPerson], to: FoundState, reason: str, *, by: Person, now: datetime) -> None:
    for one in chosen:
        one.state, one.settled_at, one.settled_by_id, one.reason = to, now, by.id, reason
