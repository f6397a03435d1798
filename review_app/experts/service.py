"""What can be done with the expert pool."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import record
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.experts import rules
from review_app.experts.models import Expert, ExpertEmployment, ExpertTie
from review_app.experts.profile import Profile, faults_of
from review_app.experts.queries import expert_numbered
from review_app.experts.states import KIN, ExpertStatus, TieKind
from review_app.organisations.models import Organisation
from review_app.sealing import current_seal

SECRET_FIELDS = frozenset({"id_number", "phone", "qualification_no"})
"""their values never stand in the audit log, only that they changed"""


def profile_of(expert: Expert) -> Profile:
    """The stored particulars."""
    return Profile(
        expert_no=expert.expert_no,
        name=expert.name,
        category=expert.category,
        organisation_id=expert.organisation_id,
        post=expert.post,
        specialties=tuple(expert.specialties or ()),
        aliases=tuple(expert.aliases or ()),
        gender=expert.gender,
        birth_year=expert.birth_year,
        id_number=expert.id_number or "",
        phone=expert.phone or "",
        qualification_no=expert.qualification_no or "",
        practice_from=expert.practice_from,
        appointed_on=expert.appointed_on,
        term_end=expert.term_end,
        appointment_doc_no=expert.appointment_doc_no,
        login=expert.person.login if expert.person else "",
        specialty_levels=tuple(sorted((expert.specialty_levels or {}).items())),
        max_open=expert.max_open,
        max_month=expert.max_month,
    )


def create_expert(
    session: Session,
    profile: Profile,
    *,
    by: Person,
    now: datetime,
    status: ExpertStatus = ExpertStatus.NOMINATED,
) -> Expert:
    """Enter an expert. Raises ReviewError with the first thing that is wrong."""
    if not rules.can_edit_pool(by):
        raise NotAllowed
    require_sound(session, profile, None)
    expert = Expert(expert_no=profile.expert_no, status=status, created_at=now, created_by_id=by.id)
    write(session, expert, profile)
    session.add(expert)
    session.flush()
    record(
        session, action="expert.create", subject=expert, by=by, now=now,
        after={"expert_no": expert.expert_no, "category": expert.category, "status": status},
    )  # fmt: skip
    return expert


def update_expert(
    session: Session, expert: Expert, profile: Profile, *, seen: int, by: Person, now: datetime
) -> tuple[str, ...]:
    """Change the particulars; `seen` is the row version the page showed. Gives the changed fields."""
    if not rules.can_edit_pool(by):
        raise NotAllowed
    stored = profile_of(expert)
    changed = changed_fields(stored, profile)
    if seen != expert.row_version and changed:
        raise EditConflict(theirs={name: getattr(stored, name) for name in changed})
    require_sound(session, profile, expert)
    if changed:
        write(session, expert, profile)
        note_change(session, expert, stored, changed, by=by, now=now)
    return changed


def changed_fields(stored: Profile, wanted: Profile) -> tuple[str, ...]:
    names = vars(stored)
    return tuple(name for name in names if getattr(stored, name) != getattr(wanted, name))


def note_change(
    session: Session, expert: Expert, stored: Profile, changed: tuple[str, ...], *, by: Person, now: datetime
) -> None:
    session.flush()
    record(
        session, action="expert.update", subject=expert, by=by, now=now,
        before=shown(stored, changed), after=shown(profile_of(expert), changed),
    )  # fmt: skip


def shown(profile: Profile, names: tuple[str, ...]) -> dict[str, Any]:
    """Values for the audit log: days as texts, secret ones left out."""
    return {name: "…" if name in SECRET_FIELDS else as_json(getattr(profile, name)) for name in names}


def as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def require_sound(session: Session, profile: Profile, expert: Expert | None) -> None:
    """Everything that would be wrong about storing these particulars."""
    for one in faults_of(profile):
        raise ReviewError(one.sentence, **one.facts)
    other = expert_numbered(session, profile.expert_no)
    if other is not None and other is not expert:
        raise ReviewError(N_("专家编号%(number)s已被使用。"), number=profile.expert_no)
    if profile.id_number:
        same = session.scalar(
            select(Expert).where(Expert.id_fingerprint == current_seal().fingerprint(profile.id_number))
        )
        if same is not None and same is not expert:
            raise ReviewError(N_("该身份证号已登记在专家%(number)s名下。"), number=same.expert_no)
    if profile.login:
        account_for(session, profile.login, expert)


def account_for(session: Session, login: str, expert: Expert | None) -> Person:
    """The account an expert signs in with: an expert's, and nobody else's."""
    person = session.scalar(select(Person).where(Person.login == login.strip().lower()))
    if person is None or not person.has(Role.EXPERT):
        raise ReviewError(N_("没有登录名为%(login)s的专家账号，请先由系统管理员开通。"), login=login)
    taken = session.scalar(select(Expert).where(Expert.person_id == person.id))
    if taken is not None and taken is not expert:
        raise ReviewError(N_("登录名%(login)s已对应专家%(number)s。"), login=login, number=taken.expert_no)
    return person


def write(session: Session, expert: Expert, profile: Profile) -> None:
    expert.expert_no, expert.name, expert.category = profile.expert_no, profile.name, profile.category
    expert.organisation_id, expert.post = profile.organisation_id, profile.post
    expert.specialties, expert.aliases = list(profile.specialties), list(profile.aliases)
    expert.gender, expert.birth_year = profile.gender, profile.birth_year
    expert.id_number = profile.id_number or None
    expert.id_fingerprint = current_seal().fingerprint(profile.id_number) if profile.id_number else None
    expert.phone, expert.qualification_no = profile.phone or None, profile.qualification_no or None
    expert.practice_from = profile.practice_from
    expert.appointed_on, expert.term_end = profile.appointed_on, profile.term_end
    expert.appointment_doc_no = profile.appointment_doc_no
    expert.specialty_levels = dict(profile.specialty_levels)
    expert.max_open, expert.max_month = profile.max_open, profile.max_month
    expert.person = account_for(session, profile.login, expert) if profile.login else None


def declare_complete(session: Session, expert: Expert, *, by: Person, now: datetime) -> None:
    """The expert confirms that kin, posts, clients and interests are declared in full. Until then every
    check says 未核查 where the data is silent."""
    if not rules.can_declare(by, expert):
        raise NotAllowed
    expert.ties_declared_at = now
    record(session, action="expert.declare", subject=expert, by=by, now=now)


def add_tie(
    session: Session,
    expert: Expert,
    *,
    kind: TieKind,
    name: str,
    by: Person,
    now: datetime,
    id_number: str = "",
    organisation: Organisation | None = None,
    practises_law: bool = False,
    case_no: str = "",
    since: date | None = None,
    until: date | None = None,
    note: str = "",
) -> ExpertTie:
    """Enter a relative, client, company, interest … The ID number itself is not kept, only its fingerprint."""
    if not rules.can_declare(by, expert):
        raise NotAllowed
    if not (name.strip() or organisation or case_no.strip()):
        raise ReviewError(N_("请至少填写姓名（名称）、单位或者案号之一。"))
    if kind in KIN and not name.strip():
        raise ReviewError(N_("请填写近亲属的姓名。"))
    tie = ExpertTie(
        expert=expert, kind=kind, name=name.strip(), practises_law=practises_law and kind in KIN,
        id_fingerprint=current_seal().fingerprint(id_number) if id_number.strip() else None,
        organisation=organisation, case_no=case_no.strip(), since=since, until=until, note=note.strip(),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(tie)
    session.flush()
    record(session, action="expert.tie", subject=tie, by=by, now=now, after={"kind": kind})
    return tie


def withdraw_tie(session: Session, tie: ExpertTie, *, reason: str, by: Person, now: datetime) -> None:
    """Take back a tie that was entered by mistake; the row stays. A tie that is over has an end date."""
    if not rules.can_declare(by, tie.expert):
        raise NotAllowed
    if len(reason.strip()) < 5:
        raise ReviewError(N_("请写明理由（至少五个字）。"))
    if tie.ended_at is not None:
        raise ReviewError(N_("该项已经撤回。"))
    tie.ended_at = now
    record(session, action="expert.tie-withdraw", subject=tie, by=by, now=now, reason=reason.strip())


def add_employment(
    session: Session,
    expert: Expert,
    *,
    organisation: Organisation,
    role: str,
    since: date | None,
    until: date | None,
    by: Person,
    now: datetime,
) -> ExpertEmployment:
    """Enter a present or former post with its dates."""
    if not rules.can_declare(by, expert):
        raise NotAllowed
    if since and until and until < since:
        raise ReviewError(N_("任职结束日期不能早于开始日期。"))
    post = ExpertEmployment(
        expert=expert, organisation=organisation, role=role.strip(), since=since, until=until,
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(post)
    session.flush()
    record(
        session, action="expert.employment", subject=post, by=by, now=now,
        after={"organisation": organisation.code, "until": until.isoformat() if until else None},
    )  # fmt: skip
    return post
