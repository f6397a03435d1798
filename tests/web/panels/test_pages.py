"""The pages of a panel, walked by everybody who takes part; what nobody else may see."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.panels.drawing import open_draw
from review_app.panels.grounds import GROUNDS
from review_app.panels.models import Panel, PanelDraw, Recusal
from review_app.panels.objecting import suspend_for
from review_app.panels.record import replay
from review_app.panels.service import announce_panel
from review_app.panels.states import Applicant, DrawState, SeatRole, SeatState
from review_app.reviews.states import ReviewState
from tests import factories as make
from tests.browser import Browser
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.panels.stage import NONCE, Stage, accepted, drawn, opened, ready
from tests.panels.stage import sign as sign_by_service


@pytest.fixture
def stage(session: Session) -> Stage:
    made = ready(session)
    session.commit()
    return made


@pytest.fixture
def address(stage: Stage) -> str:
    return f"/reviews/{stage.review.id}/panel"


def no_to_all(stage: int = 1) -> dict[str, str]:
    answers = {f"answer_{rule}": "no" for rule in GROUNDS}
    return {**answers, "promise": "y", "password": PASSWORD}


def test_draw_from_opening_to_record(
    browser: Browser, another_browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    browser.sign_in(stage.coordinator).get(address)
    browser.submit(f"form[action='{address}/draws']")
    assert "承诺值已公布" in browser.text

    browser.submit(
        "#nonce-form", {"nonce": NONCE, "source": "当日双色球开奖号码", "witness": stage.witness.id}
    )
    assert "等待王秘书" in browser.text
    assert browser.page.select_one("#witness-form") is None

    another_browser.sign_in(stage.witness).get(f"{address}/draws/1")
    another_browser.submit("#witness-form", {"agreed": "y", "password": PASSWORD})

    assert "抽选完成" in another_browser.text
    exported = browser.get(f"{address}/draws/1/record.json").content
    assert replay(json.loads(exported)).ok
    assert session.scalar(select(PanelDraw.state)) is DrawState.DRAWN
    assert session.scalar(select(func.count()).where(AuditRow.action == "draw.export")) == 1


def test_witness_who_agrees_to_nothing_or_mistypes_draws_nothing(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    opened(session, stage)
    session.commit()
    browser.sign_in(stage.witness).get(f"{address}/draws/1")

    browser.submit("#witness-form", {"password": PASSWORD})
    assert "请核对后勾选确认" in browser.text

    browser.submit("#witness-form", {"agreed": "y", "password": "不对的密码"})
    assert "密码不正确" in browser.text
    session.expire_all()
    assert session.scalar(select(PanelDraw.state)) is DrawState.AWAITING_WITNESS


def test_drawer_has_no_way_to_witness(browser: Browser, session: Session, stage: Stage, address: str) -> None:
    draw = opened(session, stage)
    session.commit()
    browser.sign_in(stage.coordinator).get(f"{address}/draws/1")
    token = browser.page.select_one("#void-form input[name=csrf_token]")
    assert token is not None

    browser.post(
        f"{address}/draws/1/witness",
        {"csrf_token": token["value"], "agreed": "y", "password": PASSWORD, "seen": draw.input_sha256},
    )

    assert browser.status == 404
    assert session.scalar(select(func.count()).where(AuditRow.action == "refused")) == 1


def test_voiding_needs_a_reason(browser: Browser, session: Session, stage: Stage, address: str) -> None:
    opened(session, stage)
    session.commit()
    browser.sign_in(stage.coordinator).get(f"{address}/draws/1")

    browser.submit("#void-form", {"reason": "短"})
    assert "至少五个字" in browser.text
    browser.submit("#void-form", {"reason": "见证人临时离开"})

    assert "已作废" in browser.text


@pytest.fixture
def panel(session: Session, stage: Stage) -> Panel:
    made = drawn(session, stage)
    session.commit()
    return made


def test_expert_signs_twice_and_sees_names_only_after_the_first(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    member = next(one for one in panel.seated if one.role is SeatRole.MEMBER)
    browser.sign_in(member.person).get(address)
    assert browser.url == f"{address}/statement"
    assert "秦大田" not in browser.text
    assert "赵小斌" not in browser.text

    browser.submit("#statement-form", no_to_all())
    assert "再次确认" in browser.text
    assert "秦大田" in browser.text

    browser.submit("#statement-form", no_to_all())

    assert "您已接受参加评查" in browser.text
    session.expire_all()
    assert member.status is SeatState.ACCEPTED


def test_unanswered_question_is_named_and_what_was_typed_stays(
    browser: Browser, panel: Panel, address: str
) -> None:
    browser.sign_in(panel.seated[0].person).get(f"{address}/statement")
    fields = {**no_to_all(), "remark_R05": "已核对代理人名单"}
    del fields["answer_R13"]

    browser.submit("#statement-form", fields)

    assert "请回答“是”或者“否”" in browser.text
    typed = browser.page.select_one("#remark_R05")
    assert typed is not None
    assert typed["value"] == "已核对代理人名单"


def test_affirmed_conflict_ends_the_seat_and_closes_the_page(
    browser: Browser, session: Session, panel: Panel, address: str
) -> None:
    member = panel.seated[0]
    browser.sign_in(member.person).get(f"{address}/statement")

    browser.submit("#statement-form", {**no_to_all(), "answer_R02": "yes", "remark_R02": "当事人是我表兄"})
    assert "您不再参加本项评查" in browser.text

    assert browser.get(f"{address}/statement").status == 404
    session.expire_all()
    assert member.status is SeatState.RECUSED
    assert len(panel.seated) == 5


def test_expert_declines_with_a_reason(
    browser: Browser, session: Session, panel: Panel, address: str
) -> None:
    member = panel.seated[0]
    browser.sign_in(member.person).get(f"{address}/statement")

    browser.submit("#decline-form", {"reason": "TIME", "note": "同期在外地开庭"})

    assert "候补专家将递补" in browser.text
    session.expire_all()
    assert member.status is SeatState.DECLINED


def test_peers_learn_neither_reasons_nor_checks(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    """Statement 12 of the bar: first make something that could leak."""
    panel = drawn(session, stage)
    leaver, *others = list(panel.seated)
    sign_by_service(session, leaver, R02="当事人是我表兄")
    for member in list(panel.seated):
        sign_by_service(session, member)
        sign_by_service(session, member)
    session.commit()

    browser.sign_in(others[0].person).get(address)
    assert browser.status == 200
    for secret in ("表兄", "R02", leaver.expert.name, "已回避", "候补"):
        assert secret not in browser.text
    for page in ("/conflicts", "/draws/1", "/draws/1/record.json"):
        assert browser.get(address + page).status == 404

    suspend_for(session, others[1], "R17", Applicant.OFFICE, "有债务往来", by=stage.coordinator, now=NOW)
    session.commit()
    for secret in ("暂停", "回避", "债务"):
        assert secret not in browser.get(address).page.select_one("main").get_text()  # type: ignore[union-attr]

    assert "表兄" in browser.sign_in(stage.coordinator).get(f"{address}/conflicts").text


def test_organ_reads_names_after_the_announcement_only(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    panel = accepted(session, stage)
    session.commit()
    browser.sign_in(stage.liaison).get(address)
    assert "尚未公布" in browser.text
    assert not any(member.expert.name in browser.text for member in panel.members)

    stage.review.state = ReviewState.NOTICE
    announce_panel(session, stage.review, by=stage.coordinator, now=NOW)
    session.commit()
    browser.get(address)

    assert all(member.expert.name in browser.text for member in panel.seated)
    assert not any(member.expert.name in browser.text for member in panel.substitutes)


def test_recusal_from_request_to_reconsideration(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    panel = accepted(session, stage)
    stage.review.state = ReviewState.NOTICE
    announce_panel(session, stage.review, by=stage.coordinator, now=NOW)
    session.commit()
    member = next(one for one in panel.seated if one.role is SeatRole.MEMBER)

    browser.sign_in(stage.liaison).get(f"{address}/recusals/new")
    browser.submit("main form", {"member": member.id, "ground": "R17", "facts": "与本院有尚未了结的债务"})
    assert "待决定" in browser.text
    here = browser.url

    browser.sign_in(stage.leader).get(here)
    browser.submit("#decision-form", {"granted": "no", "reason": "没有提交任何证据"})
    assert "驳回" in browser.text

    browser.sign_in(stage.liaison).get(here)
    browser.submit("#again-form", {"facts": "补充提交借条复印件"})
    browser.sign_in(stage.head).get(here)
    browser.submit("#decision-form", {"granted": "yes", "reason": "新证据足以证明"})

    session.expire_all()
    assert member.status is SeatState.RECUSED
    assert session.scalar(select(func.count()).select_from(Recusal)) == 1
    assert browser.sign_in(panel.seated[0].person).get(here).status == 404


def test_coordinator_tells_the_petitioner_and_records_a_waiver(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    accepted(session, stage)
    stage.review.state = ReviewState.NOTICE
    announce_panel(session, stage.review, by=stage.coordinator, now=NOW)
    session.commit()
    browser.sign_in(stage.coordinator).get(address)
    assert "尚未将评查组全部成员名单告知信访人" in browser.text

    browser.submit("#tell", {"to": "PETITIONER", "told_on": "2024-04-02", "method": "IN_PERSON"})
    assert "申请回避至2024年4月8日" in browser.text
    browser.submit("form[id^=waive-]:last-of-type", {"note": "当面表示不申请回避"})

    assert "表示不申请回避" in browser.text


def test_leader_removes_a_member(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    member = next(one for one in panel.seated if one.role is SeatRole.MEMBER)
    browser.sign_in(stage.leader).get(f"{address}/members/{member.id}/remove")

    browser.submit("main form", {"reason": "长期联系不上本人"})

    assert "已退出评查组" in browser.text
    session.expire_all()
    assert member.status is SeatState.RELEASED


def test_possible_conflict_is_decided_on_its_page(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    namesake = next(iter(stage.experts.values()))
    stage.review.legal_case.involved[1].name = namesake.name
    session.commit()
    browser.sign_in(stage.coordinator).get(f"{address}/conflicts")
    assert "待决定" in browser.text

    browser.submit("form[id^=decide-]", {"confirmed": "no", "reason": "出生年份不同，并非同一人"})

    assert "决定已登记" in browser.text
    assert "作出决定" not in browser.text


READERS: list[tuple[str, Callable[[Session, Stage], Person], set[str]]] = [
    ("coordinator", lambda session, stage: stage.coordinator, {"", "/draws/1", "/draws/1/record.json", "/conflicts"}),
    ("secretary", lambda session, stage: stage.witness, {"", "/draws/1", "/draws/1/record.json"}),
    ("leader", lambda session, stage: stage.leader, {"", "/draws/1", "/draws/1/record.json"}),
    ("head", lambda session, stage: stage.head, {"", "/draws/1", "/draws/1/record.json"}),
    ("supervisor", lambda session, stage: make.person(session, Role.SUPERVISOR), {"", "/draws/1", "/draws/1/record.json"}),
    ("auditor", lambda session, stage: make.person(session, Role.AUDITOR), {"", "/draws/1", "/draws/1/record.json", "/conflicts"}),
    ("liaison", lambda session, stage: stage.liaison, {""}),
    ("other liaison", lambda session, stage: make.person(session, Role.REVIEWED_LIAISON, organisation=make.organisation(session)), set()),
    ("undrawn expert", lambda session, stage: make.expert(session).person, set()),
    ("clerk", lambda session, stage: make.person(session, Role.CLERK), set()),
    ("administrator", lambda session, stage: make.person(session, Role.SYSADMIN), set()),
    ("data protection", lambda session, stage: make.person(session, Role.DPO), set()),
]  # fmt: skip


@pytest.mark.parametrize(("who", "person", "open_to"), READERS, ids=[reader[0] for reader in READERS])
def test_who_reads_what(
    browser: Browser,
    session: Session,
    stage: Stage,
    panel: Panel,
    address: str,
    who: str,
    person: Callable[[Session, Stage], Person],
    open_to: set[str],
) -> None:
    reader = person(session, stage)
    session.commit()
    browser.sign_in(reader)

    every = {"", "/draws/1", "/draws/1/record.json", "/conflicts", "/statement", "/recusals/new"}
    every.add(f"/members/{panel.seated[0].id}/remove")
    found = {page for page in every if browser.get(address + page).status == 200}

    may_remove = {f"/members/{panel.seated[0].id}/remove"} if who in ("leader", "head") else set()
    assert found - may_remove == open_to


def test_reading_changes_nothing(browser: Browser, session: Session, stage: Stage, address: str) -> None:
    open_draw(session, stage.review, by=stage.coordinator, now=NOW)
    session.commit()
    before = (
        session.scalar(select(func.count()).select_from(AuditRow)),
        session.scalar(select(PanelDraw.row_version)),
    )

    browser.sign_in(stage.coordinator)
    signed_in = session.scalar(select(func.count()).select_from(AuditRow))
    for page in ("", "/draws/1", "/conflicts"):
        assert browser.get(address + page).status == 200

    session.expire_all()
    after = session.scalar(select(func.count()).select_from(AuditRow))
    assert after == signed_in
    assert session.scalar(select(PanelDraw.row_version)) == before[1]


def test_posting_without_a_token_is_refused(browser: Browser, stage: Stage, address: str) -> None:
    browser.sign_in(stage.coordinator)

    assert browser.post(f"{address}/draws").status == 400


def test_pages_speak_english(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    for person in (stage.coordinator, panel.seated[0].person):
        person.language = "en"
    session.commit()

    text = browser.sign_in(stage.coordinator).get(f"{address}/draws/1").text
    assert "How to check this yourself" in text
    assert "Conflict statement" in browser.sign_in(panel.seated[0].person).get(f"{address}/statement").text
