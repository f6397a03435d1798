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
from review_app.experts.import_table import ReadRow, Row, read_rows
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
    except ReviewError as error:
        wrong = Fault("", error.sentence, error.facts)
        return Planned(row.number, row.expert_no, row.name, "WRONG", faults=(wrong,))
    if stored is None:
        return Planned(row.number, row.expert_no, row.name, "NEW", profile=profile)
    fields = changed_fields(stored, profile)
    kind = "CHANGED" if fields else "SAME"
    return Planned(row.number, row.expert_no, row.name, kind, fields, profile=profile)


def kept(stored: Profile, wanted: Profile, columns: set[str]) -> Profile:
    """Columns that the file does not have change nothing."""
    return replace(wanted, **{name: value for name, value in vars(stored).items() if name not in columns})


def without_double_ids(plans: Sequence[Planned]) -> list[Planned]:
    """Two rows with one ID number: the later one is wrong."""
    seen: set[str] = set()
    found = []
    for plan in plans:
        number = plan.profile.id_number if plan.profile else ""
        if number and number in seen:
            double = Fault("id_number", N_("该身份证号在本文件中重复。"), {})
            plan = Planned(plan.number, plan.expert_no, plan.name, "WRONG", faults=(double,))
        seen.add(number)
        found.append(plan)
    return found


def carry_out(session: Session, rows: Sequence[Row], *, by: Person, now: datetime) -> list[Planned]:
    """Import what is sound; wrong rows stay out. The same file a second time changes nothing. Nobody is
    written to. Experts whose letter of appointment is given come in as active, others as nominated."""
    plans = plan_import(session, rows, by=by)
    for plan in plans:
        if plan.kind == "NEW" and plan.profile is not None:
            create_expert(session, plan.profile, by=by, now=now, status=status_for(plan.profile))
        if plan.kind == "CHANGED" and plan.profile is not None:
            change(session, plan, plan.profile, by=by, now=now)
    counts = {kind: sum(plan.kind == kind for plan in plans) for kind in ("NEW", "CHANGED", "SAME", "WRONG")}
    record(session, action="expert.import", subject="expert:import", by=by, now=now, after=counts)
    return plans


def status_for(profile: Profile) -> ExpertStatus:
    appointed = profile.appointed_on is not None and profile.appointment_doc_no
    return ExpertStatus.ACTIVE if appointed else ExpertStatus.NOMINATED


def change(session: Session, plan: Planned, profile: Profile, *, by: Person, now: datetime) -> None:
    expert = expert_numbered(session, plan.expert_no)
    if expert is not None:
        stored = profile_of(expert)
        write(session, expert, profile)
        note_change(session, expert, stored, plan.fields, by=by, now=now)
