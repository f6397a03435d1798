"""Recusal as a coordinator, a second person, an expert and a panel peer meet it in the browser."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.panels.models import ConflictOpinion, ConflictTask, FoundPerson, Panel, PanelMember
from review_app.panels.rechecking import after_changes
from review_app.panels.states import FoundState, SeatRole, SeatState
from review_app.reviews.models import FileDocument, FilePage, FileVolume
from review_app.reviews.states import InvolvedAs, VolumeKind
from review_app.sealing import current_seal
from tests.browser import Browser
from tests.conftest import NOW
from tests.panels.stage import Stage, accepted, ready
from tests.web.fresh import fresh

ID_NUMBER = "999999198001010017"


@pytest.fixture
def stage(session: Session) -> Stage:
    made = ready(session)
    session.commit()
    return made


@pytest.fixture
def address(stage: Stage) -> str:
    return f"/reviews/{stage.review.id}/panel"


@pytest.fixture
def panel(session: Session, stage: Stage) -> Panel:
    made = accepted(session, stage)
    after_changes(session, now=NOW)
    session.commit()
    return made


def plain_member(panel: Panel) -> PanelMember:
    return next(one for one in panel.seated if one.role is SeatRole.MEMBER)


def with_conflict(browser: Browser, stage: Stage, panel: Panel, note: str = "大学同学") -> PanelMember:
    """The coordinator enters in the pool that a member is tied to a party: an ordinary page of the pool."""
    member = plain_member(panel)
    party = stage.review.legal_case.involved_as(InvolvedAs.PARTY)[0]
    browser.sign_in(stage.coordinator).get(f"/experts/{member.expert.id}")
    browser.submit("form[action$='/ties']", {"kind": "OTHER_TIE", "name": party.name, "note": note})
    return member


def test_a_tie_entered_in_the_pool_suspends_in_the_same_request(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    member = with_conflict(browser, stage, panel)

    fresh(session)
    assert member.status is SeatState.SUSPENDED
    assert "处理回避审查结果的变化" in browser.get("/").text
    page = browser.get(f"{address}/conflicts").text
    assert f"{member.expert.name}的审查结果有变化" in page
    assert "大学同学" in page


def test_two_persons_dismiss_and_the_member_goes_on(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    member = with_conflict(browser, stage, panel)
    browser.get(f"{address}/conflicts")
    browser.submit("form[id^=decide-]", {"confirmed": "no", "reason": "同级不同系，素无往来"})
    assert "待第二人确认" in browser.text or "等待第二人确认" in browser.text
    fresh(session)
    assert member.status is SeatState.SUSPENDED

    browser.sign_in(stage.leader).get("/").follow("确认一项回避意见")
    browser.submit("#second", {"agreed": "yes", "reason": "经核对同意排除"})

    fresh(session)
    assert "您的意见已登记" in browser.text
    assert member.status is SeatState.ACCEPTED
    assert session.scalars(select(ConflictTask.settled_at)).one() is not None


def test_who_gave_the_opinion_has_no_form_to_second_it(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    with_conflict(browser, stage, panel)
    browser.get(f"{address}/conflicts")
    browser.submit("form[id^=decide-]", {"confirmed": "no", "reason": "同级不同系，素无往来"})
    opinion = session.scalars(select(ConflictOpinion)).one()

    browser.get(f"{address}/conflicts/{opinion.id}")
    assert "不能自己确认" in browser.text
    assert browser.page.select_one("#second") is None
    browser.sign_in(plain_member(panel).person)
    assert browser.get(f"{address}/conflicts/{opinion.id}").status == 404


def test_the_leader_cannot_refuse_what_the_check_found(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    with_conflict(browser, stage, panel)
    fresh(session)
    (asked,) = panel.recusals

    browser.sign_in(stage.leader).get(f"{address}/recusals/{asked.id}")
    browser.submit("main form", {"granted": "no", "reason": "本人说没有影响"})

    assert "须经两人" in browser.text


def test_new_officer_bars_and_no_page_offers_to_wave_it_away(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    member = plain_member(panel)
    member.expert.id_fingerprint = current_seal().fingerprint(ID_NUMBER)
    session.commit()

    browser.sign_in(stage.coordinator).get(f"{address}/people").follow("添加人员")
    browser.submit("#person", {"involved_as": "OFFICER", "name": "另一姓名", "id_number": ID_NUMBER})
    assert "已立即重新比对" in browser.text

    fresh(session)
    assert member.status is SeatState.SUSPENDED
    browser.get(f"{address}/conflicts")
    row = browser.page.select_one(f"#expert-{member.expert.expert_no}")
    assert row is not None
    assert "不能排除" in row.get_text()
    assert all("R08" not in (form.find_parent("div") or form).get_text() for form in row.select("form"))


def test_peers_learn_nothing_of_a_changed_check(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    member = with_conflict(browser, stage, panel, note="欠款十万元")
    peer = next(one for one in panel.seated if one is not member)
    fresh(session)

    browser.sign_in(peer.person)
    pages = {
        url: browser.get(url).page.select_one("main")
        for url in (address, f"/reviews/{stage.review.id}", "/", "/panels/mine")
    }
    for url, main in pages.items():
        words = main.get_text() if main else ""
        for secret in ("欠款", "暂停", "待决定", "的审查结果有变化", "R17"):
            assert secret not in words, (url, secret)
    for hidden in (f"{address}/conflicts", f"{address}/people", "/panels/unchecked", f"{address}/recusals/1"):
        assert browser.get(hidden).status == 404


def test_peers_see_no_count_of_pending_recusals_before_reading(
    browser: Browser, session: Session, stage: Stage, panel: Panel
) -> None:
    """The list of what a step lacks names them for the office alone."""
    member = with_conflict(browser, stage, panel)
    fresh(session)
    peer = next(one for one in panel.seated if one is not member)

    assert "回避事项待决定" in browser.sign_in(stage.coordinator).get(f"/reviews/{stage.review.id}").text
    main = browser.sign_in(peer.person).get(f"/reviews/{stage.review.id}").page.select_one("main")
    assert main is not None
    assert "回避事项待决定" not in main.get_text()


def test_the_expert_reads_his_own_reasons(
    browser: Browser, session: Session, stage: Stage, panel: Panel
) -> None:
    member = with_conflict(browser, stage, panel)

    browser.sign_in(member.person).get("/panels/mine")

    assert "R17" in browser.text
    assert "大学同学" in browser.text
    assert "暂停（回避申请待决定）" in browser.text


def test_people_found_in_the_file_are_confirmed_by_a_person(
    browser: Browser, session: Session, stage: Stage, panel: Panel, address: str
) -> None:
    member = plain_member(panel)
    member.expert.name = "司马青"
    store_page(
        session,
        stage,
        "民事判决书\n原告：秦大田，男。\n委托诉讼代理人：钱七，衡正第1律师事务所律师。\n人民陪审员　司马青\n",
    )
    browser.sign_in(stage.coordinator).get(f"{address}/people")
    browser.submit("form[action$='/people/search']")
    assert "新发现2人" in browser.text
    names = [one.name for one in session.scalars(select(FoundPerson)).all()]
    assert names == ["钱七", "司马青"]

    chosen = [str(box["value"]) for box in browser.page.select("[name=chosen]")]
    browser.submit("#found", {"chosen": chosen}, button="take")

    fresh(session)
    counsel = stage.review.legal_case.involved_as(InvolvedAs.COUNSEL)
    assert [(one.name, one.organisation.name if one.organisation else "") for one in counsel] == [
        ("钱七", "衡正第1律师事务所")
    ]
    assert member.status is SeatState.SUSPENDED


def test_names_put_aside_are_not_proposed_again(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    store_page(session, stage, "审判长　　孙　八\n")
    browser.sign_in(stage.coordinator).get(f"{address}/people")
    browser.submit("form[action$='/people/search']")
    box = browser.page.select_one("[name=chosen]")
    assert box is not None

    browser.submit("#found", {"chosen": str(box["value"])}, button="dismiss")
    assert "请写明理由" in browser.text
    browser.submit("#found", {"chosen": str(box["value"]), "reason": "另案的审判长"}, button="dismiss")
    browser.submit("form[action$='/people/search']")

    assert "新发现0人" in browser.text
    fresh(session)
    assert session.scalars(select(FoundPerson.state)).all() == [FoundState.DISMISSED]


def store_page(session: Session, stage: Stage, text: str) -> None:
    volume = FileVolume(review=stage.review, number=1, kind=VolumeKind.MAIN, title="正卷", created_at=NOW)
    document = FileDocument(
        volume=volume, number=1, title="民事判决书", file_name="a.pdf", kind="pdf", sha256="0" * 64, size=1,
        page_count=1, created_at=NOW,
    )  # fmt: skip
    document.pages.append(FilePage(number=1, text=text))
    session.add_all([volume, document])
    session.commit()


def test_unchecked_is_counted_for_the_coordinator(browser: Browser, session: Session, stage: Stage) -> None:
    panel = accepted(session, stage)
    silent = plain_member(panel)
    silent.expert.ties_declared_at = None
    after_changes(session, now=NOW)
    session.commit()

    browser.sign_in(stage.coordinator).get("/")
    assert "项回避情形未核查" in browser.text
    browser.follow("查看未核查事项")

    assert "近亲属未申报" in browser.text
    assert browser.sign_in(silent.person).get("/panels/unchecked").status == 404
