"""A matched panel on its pages: method, terms that add up, reasons, what-if, pictures; who may see them."""

import json
import re

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.panels.answering import decline
from review_app.panels.drawing import open_draw, type_nonce, void_draw, witness_draw
from review_app.panels.models import PanelDraw, PanelMember
from review_app.panels.record import replay
from review_app.panels.states import DeclineReason, DrawMethod, SeatRole
from tests.browser import Browser
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.panels.stage import NONCE, Stage, ready, sign


@pytest.fixture
def stage(session: Session) -> Stage:
    made = ready(session)
    for number, expert in enumerate(made.experts.values()):
        expert.specialties = ["执行"] if number % 3 == 0 else ["民事合同"]
        expert.case_types = ["EXE"] if number % 2 else []
    session.commit()
    return made


@pytest.fixture
def address(stage: Stage) -> str:
    return f"/reviews/{stage.review.id}/panel"


def matched(session: Session, stage: Stage, method: DrawMethod = DrawMethod.MATCH) -> PanelDraw:
    draw = open_draw(session, stage.review, method=method, by=stage.coordinator, now=NOW)
    type_nonce(
        session, draw, nonce=NONCE, source="当日双色球开奖号码", witness=stage.witness, by=stage.coordinator,
        now=NOW,
    )  # fmt: skip
    witness_draw(session, draw, seen_sha256=draw.input_sha256, password=PASSWORD, by=stage.witness, now=NOW)
    session.commit()
    return draw


def test_match_from_choice_to_replayed_record(
    browser: Browser, another_browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    browser.sign_in(stage.coordinator).get(address)
    browser.submit("#open-draw", {"method": "MATCH"})
    browser.submit("#nonce-form", {"nonce": NONCE, "source": "当日开奖号码", "witness": stage.witness.id})
    another_browser.sign_in(stage.witness).get(f"{address}/draws/1")
    another_browser.submit("#witness-form", {"agreed": "y", "password": PASSWORD})

    assert "得分从哪里来" in another_browser.text
    record = json.loads(browser.get(f"{address}/draws/1/record.json").content)
    assert record["input"]["method"] == "MATCH"
    assert replay(record).ok


def test_terms_on_the_page_add_up_to_the_score(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    matched(session, stage)

    browser.sign_in(stage.coordinator).get(f"{address}/draws/1")

    rows = browser.page.select("section.terms tbody tr")
    assert len(rows) == 5
    for row in rows:
        *terms, score = [
            float(re.findall(r"[\d.]+", cell.get_text())[0]) for cell in row.select("td.num")[1:]
        ]
        assert sum(terms) == pytest.approx(score, abs=0.001)


def test_insisting_tells_the_price_and_changes_nothing(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    draw = matched(session, stage)
    assert draw.record is not None
    seated = {seat["expert_no"] for seat in draw.record["result"]["members"]}
    other = next(one for one in draw.record["result"]["order"] if one not in seated)
    before = session.scalar(select(func.count()).select_from(PanelMember))
    browser.sign_in(stage.coordinator).get(f"{address}/draws/1")

    browser.submit("#insist form", {"expert": other})

    assert stage.experts[other].name in browser.page.select_one("#insist .notice").get_text()  # type: ignore[union-attr]
    assert "人变动" in browser.text
    assert session.scalar(select(func.count()).select_from(PanelMember)) == before


def test_insisting_on_somebody_barred_says_so(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    barred = next(iter(stage.experts.values()))
    barred.unavailable_until = NOW.date()
    session.commit()
    matched(session, stage)

    browser.sign_in(stage.coordinator).get(f"{address}/draws/1/insist?expert={barred.expert_no}")

    assert "不能以任何代价列入" in browser.text
    assert "没有这位专家" in browser.get(f"{address}/draws/1/insist?expert=ZJ-9999").text


def test_draw_by_lot_has_nothing_to_insist_on(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    matched(session, stage, DrawMethod.DRAW)

    browser.sign_in(stage.coordinator).get(f"{address}/draws/1/insist?expert=ZJ-0001")

    assert browser.status == 200
    assert browser.page.select_one("#insist") is None
    assert browser.page.select_one("svg.chart") is not None


def test_members_see_neither_scores_nor_pictures(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    draw = matched(session, stage)
    assert draw.panel is not None
    member = next(one for one in draw.panel.seated if one.role is SeatRole.MEMBER)
    sign(session, member)
    sign(session, member)
    session.commit()

    browser.sign_in(member.person).get(address)

    assert browser.status == 200
    assert browser.page.select_one("svg.chart") is None
    for page in ("/draws/1", "/draws/1/insist?expert=ZJ-0001"):
        assert browser.get(address + page).status == 404


def test_same_facts_drawn_again_carry_the_reason(
    browser: Browser, session: Session, stage: Stage, address: str
) -> None:
    draw = open_draw(session, stage.review, method=DrawMethod.MATCH, by=stage.coordinator, now=NOW)
    void_draw(session, draw, reason="见证人临时离开", by=stage.coordinator, now=NOW)
    again = open_draw(session, stage.review, by=stage.coordinator, now=NOW)
    session.commit()

    browser.sign_in(stage.coordinator).get(f"{address}/draws/2")

    assert again.again_reason == "见证人临时离开"
    assert "曾经发起过抽选" in browser.text
    rows = session.scalars(select(AuditRow).where(AuditRow.action == "draw.open").order_by(AuditRow.id)).all()
    assert [row.reason for row in rows] == ["", "见证人临时离开"]


def test_lost_seat_of_a_match_goes_to_the_best_who_fits(session: Session, stage: Stage) -> None:
    draw = matched(session, stage)
    assert draw.panel is not None and draw.record is not None
    lost = next(one for one in draw.panel.seated if one.role is SeatRole.MEMBER)

    decline(session, lost, reason=DeclineReason.TIME, ground="", note="开庭时间冲突", by=lost.person, now=NOW)

    (change,) = draw.panel.replacements
    assert change.successor is not None
    assert len(draw.panel.seated) == 5
    assert change.successor.expert.expert_no in draw.record["result"]["substitutes"]
