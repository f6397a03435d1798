"""What lies on the records of the demo's experts: credentials, a leave, caps, a request, an appointment."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from review_app.clock import local_day
from review_app.demo.office import Office
from review_app.experts.appointing import appoint, set_status, vet
from review_app.experts.credentials import enter_credential, verify_credential
from review_app.experts.leaves import add_leave
from review_app.experts.models import Expert
from review_app.experts.profile import Profile
from review_app.experts.self_service import ask_for_changes
from review_app.experts.service import create_expert, profile_of
from review_app.experts.states import CredentialKind, ExpertCategory, ExpertStatus
from review_app.panels.models import PanelMember

LICENCES = {
    ExpertCategory.LAWYER: (CredentialKind.LAWYER_LICENCE, "渤宁省司法厅"),
    ExpertCategory.JUDGE: (CredentialKind.JUDGE_APPOINTMENT, "青岚市人民代表大会常务委员会"),
    ExpertCategory.PROSECUTOR: (CredentialKind.PROSECUTOR_APPOINTMENT, "青岚市人民代表大会常务委员会"),
    ExpertCategory.ACADEMIC: (CredentialKind.ACADEMIC_TITLE, "渤宁学院"),
}


def add_papers(office: Office) -> None:
    """At the founding: everybody's licence, and somebody newly appointed with a letter."""
    pool = office.session.scalars(select(Expert).order_by(Expert.expert_no)).all()
    for place, expert in enumerate(pool):
        if expert.category in LICENCES:
            add_licence(office, expert, place)
    appoint_one(office)


def ask_and_leave(office: Office) -> None:
    """What waits when the demo begins; it changes no draw that is open by then."""
    pool = office.session.scalars(select(Expert).order_by(Expert.expert_no)).all()
    seated = set(office.session.scalars(select(PanelMember.expert_id)))
    free = [one for one in pool if one.id not in seated and one.person is not None]
    office.now = office.before(6)
    go_on_leave(office, free[0])
    ask(office, free[1])


def add_licence(office: Office, expert: Expert, place: int) -> None:
    kind, issuer = LICENCES[expert.category]
    since = expert.practice_from or date(2010, 1, 1)
    made = enter_credential(
        office.session, expert, kind=kind, number=f"3799{since.year}{place:07d}", issuer=issuer,
        valid_from=since, valid_until=None, by=office.coordinator, now=office.now,
    )  # fmt: skip
    verify_credential(office.session, made, how="核对原件", by=office.coordinator, now=office.now)


def let_run_out(office: Office, expert: Expert) -> None:
    """A licence that was good at the founding and has run out when the demo begins."""
    gone = local_day(office.start) - timedelta(days=3)
    enter_credential(
        office.session, expert, kind=CredentialKind.LAWYER_LICENCE, number=f"37992012{expert.id:07d}",
        issuer="渤宁省司法厅", valid_from=expert.practice_from, valid_until=gone,
        by=office.coordinator, now=office.now,
    )  # fmt: skip
    paper = expert.credentials[-1]
    verify_credential(office.session, paper, how="核对原件", by=office.coordinator, now=office.now)


def go_on_leave(office: Office, expert: Expert) -> None:
    first = local_day(office.start) + timedelta(days=40)
    add_leave(
        office.session, expert, since=first, until=first + timedelta(days=9), reason="外出培训",
        by=office.coordinator, now=office.now,
    )  # fmt: skip


def ask(office: Office, expert: Expert) -> None:
    if expert.person is None:
        return
    wanted = replace(profile_of(expert), post="主任")
    ask_for_changes(
        office.session, expert, wanted, note="职务变动，附任职文件。", by=expert.person, now=office.now
    )


def appoint_one(office: Office) -> None:
    """Somebody newly nominated, vetted and appointed with a letter; he has no account yet."""
    given = Profile(
        expert_no="ZJ-0901", name="谷雨田", category=ExpertCategory.LAWYER, post="律师",
        specialties=("建设工程施工合同", "民间借贷"), practice_from=date(2012, 7, 1),
        specialty_levels=(("建设工程施工合同", 3),), max_month=1,
    )  # fmt: skip
    session, now = office.session, office.now
    expert = create_expert(session, given, by=office.coordinator, now=now)
    vet(
        session, expert, unit_opinion="同意推荐该同志。", discipline_check="未发现违纪违法问题。",
        by=office.coordinator, now=now,
    )  # fmt: skip
    starts = local_day(now)
    ends = starts.replace(year=starts.year + 2) - timedelta(days=1)
    appoint(session, expert, starts_on=starts, ends_on=ends, by=office.people["leader"], now=now)
    set_status(session, expert, ExpertStatus.ACTIVE, by=office.coordinator, now=now)
    let_run_out(office, expert)
