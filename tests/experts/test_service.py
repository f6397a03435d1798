"""The pool: entering, changing, states, ties; who may."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.experts import rules
from review_app.experts.models import Expert
from review_app.experts.profile import Profile
from review_app.experts.queries import ExpertFilter, listed_experts, next_expert_no
from review_app.experts.service import (
    add_employment,
    add_tie,
    create_expert,
    declare_complete,
    profile_of,
    update_expert,
    withdraw_tie,
)
from review_app.experts.states import ExpertCategory, ExpertStatus, TieKind
from tests import factories as make
from tests.conftest import NOW


@pytest.fixture
def coordinator(session: Session) -> Person:
    return make.person(session, Role.COORD)


def profile(**values: object) -> Profile:
    given = {
        "expert_no": "ZJ-0900",
        "name": "张三",
        "category": ExpertCategory.LAWYER,
        "specialties": ("刑事",),
    }
    return Profile(**{**given, **values})  # type: ignore[arg-type]


def test_expert_is_entered_as_nominated(session: Session, coordinator: Person) -> None:
    expert = create_expert(session, profile(id_number="99999919800101001X"), by=coordinator, now=NOW)

    assert expert.status is ExpertStatus.NOMINATED
    assert profile_of(expert) == profile(id_number="99999919800101001X")


def test_secret_values_never_stand_in_the_audit_log(session: Session, coordinator: Person) -> None:
    expert = create_expert(session, profile(), by=coordinator, now=NOW)

    update_expert(
        session, expert, profile(phone="13900000000", id_number="99999919800101001X"), seen=expert.row_version,
        by=coordinator, now=NOW,
    )  # fmt: skip

    row = session.scalars(select(AuditRow).where(AuditRow.action == "expert.update")).one()
    assert row.after == {"id_number": "…", "phone": "…"}


def test_two_people_editing_are_told(session: Session, coordinator: Person) -> None:
    expert = create_expert(session, profile(), by=coordinator, now=NOW)
    seen = expert.row_version
    update_expert(session, expert, profile(post="主任"), seen=seen, by=coordinator, now=NOW)

    with pytest.raises(EditConflict) as caught:
        update_expert(session, expert, profile(post="合伙人"), seen=seen, by=coordinator, now=NOW)

    assert caught.value.theirs == {"post": "主任"}
    assert expert.post == "主任"


def test_number_id_and_account_belong_to_one_expert(session: Session, coordinator: Person) -> None:
    taken = make.expert(session)
    assert taken.person is not None
    create_expert(session, profile(id_number="99999919800101001X"), by=coordinator, now=NOW)

    for values, words in (
        ({}, "已被使用"),
        ({"expert_no": "ZJ-0901", "id_number": "99999919800101001X"}, "ZJ-0900名下"),
        ({"expert_no": "ZJ-0901", "login": taken.person.login}, "已对应专家"),
        ({"expert_no": "ZJ-0901", "login": coordinator.login}, "没有登录名"),
    ):
        with pytest.raises(ReviewError, match=words):
            create_expert(session, profile(**values), by=coordinator, now=NOW)


def test_expert_declares_for_himself_only(session: Session, coordinator: Person) -> None:
    own, other = make.expert(session, ties_declared_at=None), make.expert(session)
    firm = make.organisation(session, "衡正所")
    assert own.person is not None

    tie = add_tie(
        session, own, kind=TieKind.SPOUSE, name="王五", id_number="99999919800101001X", organisation=firm,
        practises_law=True, by=own.person, now=NOW,
    )  # fmt: skip
    add_employment(
        session,
        own,
        organisation=firm,
        role="律师",
        since=date(2010, 1, 1),
        until=None,
        by=own.person,
        now=NOW,
    )
    declare_complete(session, own, by=own.person, now=NOW)

    assert tie.id_fingerprint
    assert own.ties_declared_at == NOW
    with pytest.raises(NotAllowed):
        add_tie(session, other, kind=TieKind.SPOUSE, name="王五", by=own.person, now=NOW)


def test_withdrawn_tie_stays_as_a_row(session: Session, coordinator: Person) -> None:
    expert = make.expert(session)
    tie = add_tie(session, expert, kind=TieKind.INTEREST, name="某公司", by=coordinator, now=NOW)

    with pytest.raises(ReviewError, match="理由"):
        withdraw_tie(session, tie, reason="", by=coordinator, now=NOW)
    withdraw_tie(session, tie, reason="录入了别人的情况", by=coordinator, now=NOW)

    assert (tie.ended_at, expert.ties) == (NOW, [tie])


@pytest.mark.parametrize(
    ("role", "listed", "edits", "ties"),
    [
        (Role.COORD, True, True, True),
        (Role.LEADER, True, False, False),
        (Role.COMMITTEE_HEAD, True, False, False),
        (Role.AUDITOR, True, False, True),
        (Role.SECRETARY, False, False, False),
        (Role.SUPERVISOR, False, False, False),
        (Role.SYSADMIN, False, False, False),
        (Role.EXPERT, False, False, False),
        (Role.REVIEWED_LIAISON, False, False, False),
        (Role.CLERK, False, False, False),
        (Role.DPO, False, False, False),
    ],
)
def test_permissions(session: Session, role: Role, listed: bool, edits: bool, ties: bool) -> None:
    person = make.person(session, role, organisation=make.organisation(session))
    expert = make.expert(session)

    assert rules.can_see_expert(person, expert) is listed
    assert rules.can_edit_pool(person) is edits
    assert rules.can_see_ties(person, expert) is ties
    assert rules.can_declare(person, expert) is edits


def test_list_is_narrowed(session: Session) -> None:
    lawyer = make.expert(session, "欧阳娜娜", specialties=["刑事"])
    make.expert(session, "张三", category=ExpertCategory.JUDGE, specialties=["执行"])

    def found(**wanted: object) -> list[Expert]:
        return list(listed_experts(session, ExpertFilter(**wanted)))  # type: ignore[arg-type]

    assert found(words="娜娜") == [lawyer]
    assert found(category=ExpertCategory.LAWYER) == [lawyer]
    assert found(specialty="刑事") == [lawyer]
    assert len(found(status=ExpertStatus.ACTIVE)) == 2
    assert found(status=ExpertStatus.SUSPENDED) == []


def test_next_number_follows_the_highest(session: Session, coordinator: Person) -> None:
    create_expert(session, profile(expert_no="ZJ-0930"), by=coordinator, now=NOW)

    assert next_expert_no(session) == "ZJ-0931"
