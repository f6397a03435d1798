"""From a closed review to a case in the library, by two people; and out of it again."""

import itertools
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.masking.texts import bare_of
from review_app.notices.models import Notice
from review_app.own_cases import service
from review_app.own_cases.models import OwnCase
from review_app.own_cases.queries import reviews_to_prepare, waiting_for
from review_app.own_cases.rules import (
    can_check,
    can_compare,
    can_edit,
    can_prepare,
    can_see_own_case,
    can_withdraw,
)
from review_app.own_cases.states import OWN_CASE_STEPS, OwnCaseState
from review_app.precedents.library import SHAPE, Asked, as_document, ask
from review_app.precedents.models import Precedent
from review_app.precedents.queries import readable_filters
from review_app.precedents.rules import can_read_precedent
from review_app.precedents.service import catch_up_index
from review_app.precedents.states import Audience, Tier
from review_app.reviews.states import ReviewState
from search_index.engines import open_engine
from tests import factories
from tests.own_cases.conftest import ADDRESS, PHONE, Closed

SECRETS = ("秦守田", "赵海斌", "欧阳清", "鲁专家", "何协调", PHONE, ADDRESS, "柳树村12号", "（2020）海0799执1187号",
           "110101196501010011")  # fmt: skip


def prepared(session: Session, closed: Closed, now: datetime) -> OwnCase:
    return service.begin(session, closed.review, by=closed.first, now=now)


def edited(session: Session, own: OwnCase, by: Person, now: datetime, **parts: str) -> None:
    service.edit(
        session, own, replace(own.own_text, **parts), audience=Audience.EVERYONE, seen=own.row_version, by=by, now=now
    )  # fmt: skip


def published(session: Session, closed: Closed, now: datetime) -> OwnCase:
    own = prepared(session, closed, now)
    edited(session, own, closed.first, now)
    service.submit(session, own, by=closed.first, now=now)
    service.publish(session, own, by=closed.officer, now=now)
    return own


def test_proposal_says_what_the_opinion_says_without_persons_scores_and_votes(
    session: Session, closed: Closed, now: datetime
) -> None:
    own = prepared(session, closed, now)

    text = own.own_text
    whole = "\n".join(asdict(text).values())
    assert "秦守田" in own.own_original.facts
    assert text.title == "买卖合同纠纷执行案件专家评查案例"
    assert "秦某甲与青岚市恒泽建材有限公司、赵某甲买卖合同纠纷一案" in text.facts
    assert "住青岚市石桥镇，电话（电话略），执行员欧阳某甲于2023年5月4日" in text.facts
    assert text.points.splitlines()[0] == "终结本次执行程序条件审查不严"
    assert text.result.startswith("瑕疵补正。\n建议青岚市人民法院依法审查恢复执行")
    for secret in ("扣", "75", "等次", "不宜评价为财产调查未穷尽", "表决", "反对"):
        assert secret not in whole


def test_nothing_of_the_review_gets_into_text_title_number_or_index(
    session: Session, closed: Closed, now: datetime, tmp_path: Path
) -> None:
    own = published(session, closed, now)
    case = own.precedent
    assert case is not None

    document = as_document(case)
    stored = [case.title, case.case_no, case.text, case.organ, case.licence_note, case.holding, *case.causes,
              *case.issues, *case.law_refs, *case.keywords]  # fmt: skip
    indexed = [*document.texts.values(), *(each for values in document.facets.values() for each in values)]

    shown = bare_of("\n".join([*stored, *indexed]))
    assert [secret for secret in SECRETS if bare_of(secret) in shown] == []
    engine = open_engine("memory", tmp_path, SHAPE)
    catch_up_index(session, engine, now=now)
    for secret in SECRETS:
        assert ask(engine, Asked(f"“{secret}”"), readable=()).page.total == 0


def test_published_case_stands_in_the_library_as_one_of_its_own(
    session: Session, closed: Closed, now: datetime
) -> None:
    own = published(session, closed, now)
    case = own.precedent
    assert case is not None

    assert (own.state, own.number, own.checked_by) == (
        OwnCaseState.PUBLISHED,
        "青评例〔2024〕1号",
        closed.officer,
    )
    assert (case.source_tier, case.case_no, case.audience, case.source_review) == (
        Tier.OWN, own.number, Audience.EVERYONE, closed.review,
    )  # fmt: skip
    assert case.facts == own.own_text.facts
    assert case.reasoning == own.own_text.reasoning
    assert case.result == own.own_text.result
    assert "民事诉讼法" in "".join(case.law_refs)
    actions = session.scalars(
        select(AuditRow.action).where(AuditRow.action.startswith("own_cases")).order_by(AuditRow.id)
    )
    assert list(actions) == ["own_cases.begin", "own_cases.edit", "own_cases.checking", "own_cases.published"]


def test_case_for_the_office_is_found_by_the_office_and_its_own_panel_alone(
    session: Session, closed: Closed, now: datetime, tmp_path: Path
) -> None:
    own = prepared(session, closed, now)
    service.submit(session, own, by=closed.first, now=now)
    service.publish(session, own, by=closed.second, now=now)
    engine = open_engine("memory", tmp_path, SHAPE)
    catch_up_index(session, engine, now=now)
    stranger = factories.person(session, Role.EXPERT)

    def totals(person: Person) -> int:
        return ask(engine, Asked("终结本次执行"), readable=readable_filters(session, person)).page.total

    assert [totals(person) for person in (closed.expert, closed.first, stranger)] == [1, 1, 0]


def test_text_that_still_shows_somebody_cannot_be_handed_over(
    session: Session, closed: Closed, now: datetime
) -> None:
    own = prepared(session, closed, now)

    rest = own.own_text.facts
    for facts in ("秦 守田申请恢复执行，" + rest, rest + "电话13911112222。"):
        edited(session, own, closed.first, now, facts=facts)
        with pytest.raises(ReviewError, match="“基本案情”中还有1处应当遮蔽的信息"):
            service.submit(session, own, by=closed.first, now=now)
    edited(session, own, closed.first, now, title="")
    with pytest.raises(ReviewError, match="“标题”还没有填写"):
        service.submit(session, own, by=closed.first, now=now)


def test_who_had_a_hand_in_the_text_never_checks_it(session: Session, closed: Closed, now: datetime) -> None:
    own = prepared(session, closed, now)
    edited(session, own, closed.second, now)
    service.submit(session, own, by=closed.first, now=now)

    for by in (closed.first, closed.second, closed.secretary, closed.expert):
        with pytest.raises(NotAllowed):
            service.publish(session, own, by=by, now=now)
    service.publish(session, own, by=closed.officer, now=now)

    assert own.state is OwnCaseState.PUBLISHED


def test_second_person_sends_back_with_a_reason(session: Session, closed: Closed, now: datetime) -> None:
    own = prepared(session, closed, now)
    service.submit(session, own, by=closed.first, now=now)
    with pytest.raises(ReviewError, match="请写明退回的理由"):
        service.send_back(session, own, reason=" ", by=closed.officer, now=now)

    service.send_back(session, own, reason="公司名称可以识别。", by=closed.officer, now=now)

    assert (own.state, own.steps[-1].reason) == (OwnCaseState.PREPARING, "公司名称可以识别。")
    told = session.scalars(select(Notice).where(Notice.kind == "own-case-returned")).one()
    assert told.person_id == closed.first.id


def test_those_who_may_check_are_told_and_have_it_on_their_list(
    session: Session, closed: Closed, now: datetime
) -> None:
    own = prepared(session, closed, now)
    assert waiting_for(session, closed.first) == [own]
    service.submit(session, own, by=closed.first, now=now)

    told = session.scalars(select(Notice.person_id).where(Notice.kind == "own-case-check"))
    assert set(told) == {closed.second.id, closed.officer.id}
    waits = {
        person.name: waiting_for(session, person) for person in (closed.first, closed.second, closed.officer)
    }
    assert waits == {"何协调": [], "孟协调": [own], "护信员": [own]}


def test_later_save_of_somebody_else_is_not_overwritten(
    session: Session, closed: Closed, now: datetime
) -> None:
    own = prepared(session, closed, now)
    seen = own.row_version
    edited(session, own, closed.first, now, holding="恢复执行应当及时。")
    session.flush()

    with pytest.raises(EditConflict) as conflict:
        service.edit(
            session, own, own.own_text, audience=Audience.OFFICE, seen=seen, by=closed.second, now=now
        )

    assert conflict.value.theirs["holding"] == "恢复执行应当及时。"


def test_withdrawn_case_is_neither_found_nor_read_and_can_be_prepared_again(
    session: Session, closed: Closed, now: datetime, tmp_path: Path
) -> None:
    own = published(session, closed, now)
    case = own.precedent
    assert case is not None
    engine = open_engine("memory", tmp_path, SHAPE)
    catch_up_index(session, engine, now=now)
    with pytest.raises(ReviewError, match="请写明撤回的理由"):
        service.withdraw(session, own, reason="", by=closed.officer, now=now)

    service.withdraw(session, own, reason="当事人提出异议。", by=closed.officer, now=now)
    catch_up_index(session, engine, now=now)

    assert ask(engine, Asked(""), readable=()).page.total == 0
    assert [can_read_precedent(person, case) for person in (closed.first, closed.expert)] == [False, False]
    again = prepared(session, closed, now)
    service.submit(session, again, by=closed.first, now=now)
    service.publish(session, again, by=closed.officer, now=now)
    assert again.number == "青评例〔2024〕2号"
    assert again.precedent is not None and again.precedent.is_found


def test_review_is_prepared_once_and_may_be_left_out(session: Session, closed: Closed, now: datetime) -> None:
    assert reviews_to_prepare(session, closed.first) == [closed.review]
    own = prepared(session, closed, now)
    assert reviews_to_prepare(session, closed.first) == []
    with pytest.raises(ReviewError, match="已在入库准备中"):
        prepared(session, closed, now)

    service.drop(session, own, reason="案情过于特殊，无法去标识化。", by=closed.first, now=now)

    assert reviews_to_prepare(session, closed.first) == [closed.review]
    with pytest.raises(NotAllowed):
        service.submit(session, own, by=closed.first, now=now)


def test_who_may_do_what(session: Session, closed: Closed, now: datetime) -> None:
    own = prepared(session, closed, now)
    people = {role: factories.person(session, role) for role in Role}

    for state, (role, person) in itertools.product(OwnCaseState, people.items()):
        own.state = state
        preparer, checker = role in (Role.COORD, Role.SECRETARY), role in (Role.COORD, Role.DPO)
        at_work = state in (OwnCaseState.PREPARING, OwnCaseState.CHECKING)
        may = (
            can_see_own_case(person, own),
            can_compare(person, own),
            can_edit(person, own),
            can_check(person, own),
            can_withdraw(person, own),
        )
        sees = preparer or role is Role.DPO
        assert may == (
            sees,
            sees and at_work,
            preparer and state is OwnCaseState.PREPARING,
            checker and state is OwnCaseState.CHECKING,
            checker and state is OwnCaseState.PUBLISHED,
        ), (state, role)


def test_only_closed_reviews_are_prepared(session: Session, closed: Closed) -> None:
    inside = factories.person(session, Role.SECRETARY, organisation=closed.review.legal_case.reviewed_org)

    for state in ReviewState:
        closed.review.state = state
        people = (closed.first, closed.secretary, inside, closed.expert)
        may = [can_prepare(person, closed.review) for person in people]
        assert may == [state is ReviewState.CLOSED] * 2 + [False] * 2, state


def test_steps_lead_from_preparing_to_the_library_only_through_a_check() -> None:
    into = [state for state, after in OWN_CASE_STEPS.items() if OwnCaseState.PUBLISHED in after]

    assert into == [OwnCaseState.CHECKING]
    assert [state for state, after in OWN_CASE_STEPS.items() if not after] == [
        OwnCaseState.WITHDRAWN, OwnCaseState.DROPPED,
    ]  # fmt: skip


def test_number_of_cases_in_the_library_is_what_was_published(
    session: Session, closed: Closed, now: datetime
) -> None:
    published(session, closed, now)

    assert [case.case_no for case in session.scalars(select(Precedent))] == ["青评例〔2024〕1号"]
