"""Importing experts: a dry run that changes nothing, then the same plan carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.experts import rules
from review_app.experts.credentials import credentials_numbered, enter_credential, require_unused
from review_app.experts.import_table import GivenCredential, ReadRow, Row, read_rows
from review_app.experts.models import Expert
from review_app.experts.profile import Fault, Profile
from review_app.experts.queries import expert_numbered
from review_app.experts.service import (
    changed_fields,
    create_expert,
    note_change,
    profile_of,
    require_sound,
    write,
)
from review_app.experts.states import ExpertStatus
from review_app.organisations.models import Organisation


@dataclass(frozen=True)
class Planned:
    """What importing means for one row: NEW, CHANGED (with the fields), SAME, or WRONG (with the faults)."""

    number: int
    expert_no: str
    name: str
    kind: str
    fields: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    profile: Profile | None = None
    credential: GivenCredential | None = None
    """one that is not on record yet"""


def plan_import(session: Session, rows: Sequence[Row], *, by: Person) -> list[Planned]:
    """The dry run: what each row would do. Nothing is changed."""
    if not rules.can_edit_pool(by):
        raise NotAllowed
    columns = {name for row in rows for name in row.cells}
    plans = [planned(session, one, columns) for one in read_rows(rows, organisations(session))]
    return without_double_ids(plans)


def organisations(session: Session) -> Mapping[str, int]:
    """Row ids by name and by code."""
    known = session.scalars(select(Organisation)).all()
    return {key: one.id for one in known for key in (one.name, one.code)}


def planned(session: Session, row: ReadRow, columns: set[str]) -> Planned:
    if row.profile is None:
        return Planned(row.number, row.expert_no, row.name, "WRONG", faults=row.faults)
    expert = expert_numbered(session, row.expert_no)
    stored = profile_of(expert) if expert is not None else None
    profile = row.profile if stored is None else kept(stored, row.profile, columns)
    try:
        require_sound(session, profile, expert)
        credential = new_credential(session, expert, row.credential)
    except ReviewError as error:
        wrong = Fault("", error.sentence, error.facts)
        return Planned(row.number, row.expert_no, row.name, "WRONG", faults=(wrong,))
    fields = changed_fields(stored, profile) if stored is not None else ()
    if credential is not None:
        fields = (*fields, "credential_number")
    kind = "NEW" if stored is None else "CHANGED" if fields else "SAME"
    shown = () if kind == "NEW" else fields
    return Planned(row.number, row.expert_no, row.name, kind, shown, profile=profile, credential=credential)


def new_credential(
    session: Session, expert: Expert | None, given: GivenCredential | None
) -> GivenCredential | None:
    """The credential of a row unless this expert has it already. Raises ReviewError when its number is
    somebody else's."""
    if given is None:
        return None
    known = credentials_numbered(session, given.kind, given.number)
    if any(one.expert is expert and one.valid_until == given.valid_until for one in known):
        return None
    require_unused(session, expert, given.kind, given.number, given.valid_until)
    return given


def kept(stored: Profile, wanted: Profile, columns: set[str]) -> Profile:
    """Columns that the file does not have change nothing. Depths are written beside the specialties; a
    specialty written without one keeps the depth it has."""
    if "specialties" in columns:
        depths = dict(stored.specialty_levels) | dict(wanted.specialty_levels)
        wanted = replace(wanted, specialty_levels=levels_of(depths, wanted.specialties))
        columns = columns | {"specialty_levels"}
    return replace(wanted, **{name: value for name, value in vars(stored).items() if name not in columns})


def levels_of(depths: Mapping[str, int], specialties: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, depth) for name, depth in depths.items() if name in specialties))


def without_double_ids(plans: Sequence[Planned]) -> list[Planned]:
    """Two rows with one ID number or one credential: the later one is wrong."""
    seen: set[tuple[str, str]] = set()
    found = []
    for plan in plans:
        keys = numbers_in(plan)
        doubled = [field for field, number in keys if (field, number) in seen]
        if doubled:
            double = Fault(doubled[0], N_("该号码在本文件中重复。"), {})
            plan = Planned(plan.number, plan.expert_no, plan.name, "WRONG", faults=(double,))
        seen.update(keys)
        found.append(plan)
    return found


def numbers_in(plan: Planned) -> list[tuple[str, str]]:
    """The numbers of a row that only one person can have, by column."""
    found = [("id_number", plan.profile.id_number)] if plan.profile and plan.profile.id_number else []
    if plan.credential is not None:
        found.append(("credential_number", f"{plan.credential.kind}|{plan.credential.number}"))
    return found


def carry_out(session: Session, rows: Sequence[Row], *, by: Person, now: datetime) -> list[Planned]:
    """Import what is sound; wrong rows stay out. The same file a second time changes nothing. Nobody is
    written to. Experts whose letter of appointment is given come in as active, others as nominated."""
    plans = plan_import(session, rows, by=by)
    for plan in plans:
        if plan.kind in ("NEW", "CHANGED") and plan.profile is not None:
            write_row(session, plan, plan.profile, by=by, now=now)
    counts = {kind: sum(plan.kind == kind for plan in plans) for kind in ("NEW", "CHANGED", "SAME", "WRONG")}
    record(session, action="expert.import", subject="expert:import", by=by, now=now, after=counts)
    return plans


def status_for(profile: Profile) -> ExpertStatus:
    appointed = profile.appointed_on is not None and profile.appointment_doc_no
    return ExpertStatus.ACTIVE if appointed else ExpertStatus.NOMINATED


def write_row(session: Session, plan: Planned, profile: Profile, *, by: Person, now: datetime) -> None:
    expert = expert_numbered(session, plan.expert_no)
    if expert is None:
        expert = create_expert(session, profile, by=by, now=now, status=status_for(profile))
    else:
        change(session, expert, profile, by=by, now=now)
    given = plan.credential
    if given is not None:
        enter_credential(
            session, expert, kind=given.kind, number=given.number, issuer=given.issuer,
            valid_from=given.valid_from, valid_until=given.valid_until, by=by, now=now,
        )  # fmt: skip


def change(session: Session, expert: Expert, profile: Profile, *, by: Person, now: datetime) -> None:
    stored = profile_of(expert)
    fields = changed_fields(stored, profile)
    if fields:
        write(session, expert, profile)
        note_change(session, expert, stored, fields, by=by, now=now)
