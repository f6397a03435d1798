"""Terms, letters and certificates; what an expert may change himself."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from docx import Document
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.documents.content import Paragraph
from review_app.documents.office import use_office
from review_app.errors import NotAllowed, ReviewError
from review_app.experts.appointing import appoint, expire_terms, set_status, vet
from review_app.experts.credentials import enter_credential, verify_credential, withdraw_credential
from review_app.experts.leaves import add_leave, end_leave
from review_app.experts.letters import read_letter
from review_app.experts.models import Expert, ExpertLetter, ExpertRequest
from review_app.experts.self_service import ask_for_changes, decide_request, withdraw_request
from review_app.experts.service import profile_of
from review_app.experts.standing import lapsed
from review_app.experts.states import CredentialKind, ExitGround, ExpertStatus, RequestState
from review_app.panels.certificates import certificate, issue_certificate
from review_app.panels.track_record import Service
from review_app.settings import Settings
from tests import factories as make
from tests.conftest import NOW

TERM = {"starts_on": date(2024, 4, 1), "ends_on": date(2027, 3, 31)}
LICENCE = CredentialKind.LAWYER_LICENCE


@pytest.fixture(autouse=True)
def office(settings: Settings) -> None:
    use_office(settings)


@pytest.fixture
def coordinator(session: Session) -> Person:
    return make.person(session, Role.COORD)


@pytest.fixture
def leader(session: Session) -> Person:
    return make.person(session, Role.LEADER)


def vetted(session: Session, coordinator: Person, **values: object) -> Expert:
    expert = make.expert(session, "欧阳娜娜", status=ExpertStatus.NOMINATED, **values)
    vet(
        session,
        expert,
        unit_opinion="同意推荐该同志",
        discipline_check="未发现违纪问题",
        by=coordinator,
        now=NOW,
    )
    return expert


def words(letter: ExpertLetter) -> str:
    return "\n".join(one.text for one in Document(io.BytesIO(read_letter(letter))).paragraphs)


def licence(session: Session, expert: Expert, by: Person, until: date | None, number: str = "13701") -> None:
    enter_credential(
        session, expert, kind=LICENCE, number=number, issuer="某省司法厅", valid_from=None, valid_until=until,
        by=by, now=NOW,
    )  # fmt: skip


def test_appointment_rests_on_vetting_and_gives_a_numbered_letter(
    session: Session, coordinator: Person, leader: Person
) -> None:
    first, second = vetted(session, coordinator), vetted(session, coordinator)
    with pytest.raises(NotAllowed):
        appoint(session, first, **TERM, by=coordinator, now=NOW)

    letters = [appoint(session, one, **TERM, by=leader, now=NOW) for one in (first, second)]

    year = NOW.year
    assert [letter.number[-len(f"〔{year}〕1号") :] for letter in letters] == [
        f"〔{year}〕1号",
        f"〔{year}〕2号",
    ]
    assert (first.status, first.term_end, first.appointment_doc_no) == (
        ExpertStatus.APPOINTED, TERM["ends_on"], letters[0].number,
    )  # fmt: skip
    assert "聘期自2024年4月1日至2027年3月31日" in words(letters[0])
    assert "欧阳娜娜" in words(letters[0])
    assert [(step.from_status, step.to_status) for step in first.steps] == [
        (ExpertStatus.NOMINATED, ExpertStatus.VETTED), (ExpertStatus.VETTED, ExpertStatus.APPOINTED),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [
        (date(2024, 4, 1), date(2024, 4, 1), "晚于聘期开始"),
        (date(2020, 1, 1), date(2021, 1, 1), "晚于今天"),
        (date(2024, 4, 1), date(2027, 4, 2), "不超过"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    session: Session, coordinator: Person, leader: Person, starts_on: date, ends_on: date, said: str
) -> None:
    with pytest.raises(ReviewError, match=said):
        appoint(
            session, vetted(session, coordinator), starts_on=starts_on, ends_on=ends_on, by=leader, now=NOW
        )


def test_nobody_is_appointed_on_an_expired_credential(
    session: Session, coordinator: Person, leader: Person
) -> None:
    expert = vetted(session, coordinator)
    licence(session, expert, coordinator, date(2023, 12, 31))

    with pytest.raises(ReviewError, match="过期"):
        appoint(session, expert, **TERM, by=leader, now=NOW)


def test_leaving_needs_ground_and_reason(session: Session, coordinator: Person) -> None:
    expert = make.expert(session)
    with pytest.raises(ReviewError, match="事由"):
        set_status(session, expert, ExpertStatus.REMOVED, reason="本人不愿继续", by=coordinator, now=NOW)
    with pytest.raises(NotAllowed):
        set_status(session, expert, ExpertStatus.APPOINTED, by=coordinator, now=NOW)

    set_status(
        session, expert, ExpertStatus.REMOVED, ground=ExitGround.BREACH_OF_SECRECY, reason="泄露评查情况",
        by=coordinator, now=NOW,
    )  # fmt: skip

    assert [(one.to_status, one.ground) for one in expert.steps] == [
        (ExpertStatus.REMOVED, ExitGround.BREACH_OF_SECRECY)
    ]


def test_terms_expire_by_themselves_once(session: Session) -> None:
    over, lasting = make.expert(session, term_end=NOW.date() - timedelta(days=1)), make.expert(session)

    assert [expire_terms(session, now=NOW), expire_terms(session, now=NOW)] == [1, 0]
    assert (over.status, lasting.status) == (ExpertStatus.EXPIRED, ExpertStatus.ACTIVE)


def test_expert_enters_and_only_a_coordinator_verifies(session: Session, coordinator: Person) -> None:
    expert = make.expert(session)
    assert expert.person is not None
    licence(session, expert, expert.person, date(2023, 12, 31))
    licence(session, expert, expert.person, date(2028, 12, 31))
    renewal = expert.credentials[-1]
    with pytest.raises(NotAllowed):
        verify_credential(session, renewal, how="本人保证", by=expert.person, now=NOW)

    before = lapsed(expert.credentials, NOW.date())
    verify_credential(session, renewal, how="核对原件", by=coordinator, now=NOW)

    assert [one.kind for one in before] == [LICENCE]
    assert lapsed(expert.credentials, NOW.date()) == ()
    with pytest.raises(NotAllowed):
        withdraw_credential(session, renewal, reason="想撤就撤掉", by=expert.person, now=NOW)


def test_a_number_belongs_to_one_expert(session: Session, coordinator: Person) -> None:
    own, other = make.expert(session), make.expert(session)
    licence(session, own, coordinator, None)

    with pytest.raises(ReviewError, match="名下"):
        licence(session, other, coordinator, None)
    with pytest.raises(ReviewError, match="已经登记过"):
        licence(session, own, coordinator, None)


def test_leaves_do_not_overlap_and_an_ended_one_is_free_again(session: Session) -> None:
    expert = make.expert(session)
    assert expert.person is not None
    days = {"since": date(2024, 7, 1), "until": date(2024, 7, 9)}
    leave = add_leave(session, expert, **days, reason="", by=expert.person, now=NOW)
    with pytest.raises(ReviewError, match="重叠"):
        add_leave(session, expert, **days, reason="", by=expert.person, now=NOW)

    end_leave(session, leave, by=expert.person, now=NOW)

    add_leave(session, expert, **days, reason="", by=expert.person, now=NOW)


def asked(session: Session, expert: Expert, **wanted: object) -> ExpertRequest:
    assert expert.person is not None
    _at_once, request = ask_for_changes(
        session, expert, replace(profile_of(expert), **wanted), note="", by=expert.person, now=NOW
    )
    assert request is not None
    return request


def test_sensitive_changes_wait_and_own_ones_do_not(session: Session, coordinator: Person) -> None:
    expert = make.expert(session, "张三")

    request = asked(
        session, expert, name="张三丰", phone="13900000000", specialties=("民间借贷",), max_open=1
    )
    before = profile_of(expert)
    decide_request(session, request, approve=True, reason="", by=coordinator, now=NOW)

    assert (before.name, before.phone, before.specialties, before.max_open) == (
        "张三", "13900000000", ("执行",), 1,
    )  # fmt: skip
    assert profile_of(expert) == replace(before, name="张三丰", specialties=("民间借贷",))


def test_nobody_decides_on_himself_or_on_what_has_changed(session: Session, coordinator: Person) -> None:
    expert = make.expert(session, "张三", person=make.person(session, Role.EXPERT, Role.COORD))
    assert expert.person is not None
    request = asked(session, expert, post="主任")
    with pytest.raises(NotAllowed):
        decide_request(session, request, approve=True, reason="", by=expert.person, now=NOW)

    expert.post = "副主任"

    with pytest.raises(ReviewError, match="已有修改"):
        decide_request(session, request, approve=True, reason="", by=coordinator, now=NOW)
    with pytest.raises(ReviewError, match="理由"):
        decide_request(session, request, approve=False, reason="", by=coordinator, now=NOW)


def test_one_request_at_a_time_until_it_is_withdrawn(session: Session) -> None:
    expert = make.expert(session)
    assert expert.person is not None
    request = asked(session, expert, post="主任")
    with pytest.raises(ReviewError, match="正在审核"):
        asked(session, expert, post="合伙人")

    withdraw_request(session, request, by=expert.person, now=NOW)

    assert request.state is RequestState.WITHDRAWN
    assert asked(session, expert, post="合伙人").state is RequestState.PENDING


def test_certificate_says_what_was_counted_and_no_case(session: Session) -> None:
    expert = make.expert(session, "张三")
    service = Service(invited=3, accepted=2, forms=2, on_time=1, mean_days=6.5, minutes=150)

    content = certificate(expert, service, year=2023, number="青评证〔2024〕1号", on=NOW)

    assert content.blocks[1] == Paragraph(
        "受邀参加评查3件；接受邀请2件；因回避未参加0件；完成评查表2份；其中按期完成1份；平均用时6.5天；"
        "填报评查工时2.5小时。"
    )


def test_no_certificate_without_service(session: Session, coordinator: Person) -> None:
    with pytest.raises(ReviewError, match="没有参加评查"):
        issue_certificate(session, make.expert(session), year=NOW.year, by=coordinator, now=NOW)
    with pytest.raises(ReviewError, match="年份"):
        issue_certificate(session, make.expert(session), year=NOW.year + 1, by=coordinator, now=NOW)
