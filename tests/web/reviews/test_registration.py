"""Registering a review in a browser without JavaScript."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.organisations.models import Organisation
from review_app.reviews.models import CaseReview
from review_app.reviews.states import InvolvedAs, ReviewState
from tests import factories
from tests.browser import Browser
from tests.web.fresh import fresh
from tests.web.reviews.registration import filled


@pytest.fixture
def organ(session: Session) -> Organisation:
    return factories.organisation(session, "青岚市人民法院")


@pytest.fixture
def coordinator(browser: Browser, session: Session, organ: Organisation) -> Browser:
    someone = factories.person(session, Role.COORD)
    session.commit()
    return browser.sign_in(someone)


def the_review(session: Session) -> CaseReview:
    fresh(session)
    return session.scalars(select(CaseReview)).one()


def test_a_review_is_registered_with_the_size_of_the_rules(
    coordinator: Browser, session: Session, organ: Organisation
) -> None:
    coordinator.get("/reviews/new").submit(fields=filled(organ))

    review = the_review(session)
    assert coordinator.url == f"/reviews/{review.id}"
    assert "评查已登记" in coordinator.text
    assert (review.state, review.size, review.doubt_flag) == (ReviewState.DUE, 5, True)
    assert review.item.received_on == date(2023, 6, 13)


def test_rows_are_added_and_taken_away_and_nothing_typed_is_lost(
    coordinator: Browser, session: Session, organ: Organisation
) -> None:
    coordinator.get("/reviews/new").submit(fields=filled(organ), button="add:requests")
    coordinator.submit(fields={"requests-1": "请求说明理由。"}, button="add:requests")
    coordinator.submit(fields={"requests-2": "第三项。"}, button="remove:requests:1")
    coordinator.submit(button="add:OFFICER")
    coordinator.submit(
        fields={"participants-0-name": "李庭长", "participants-0-post": "执行局局长"}, button="add:PARTY"
    )
    coordinator.submit(fields={"participants-1-name": "恒泽公司", "participants-1-is_organisation": "y"})

    review = the_review(session)
    assert [line.text for line in review.item.requests] == ["请求恢复执行。", "第三项。"]
    assert [(one.involved_as, one.name, one.is_organisation) for one in review.legal_case.involved] == [
        (InvolvedAs.PETITIONER, "秦大田", False),
        (InvolvedAs.OFFICER, "李庭长", False),
        (InvolvedAs.PARTY, "恒泽公司", True),
    ]


def test_row_buttons_save_nothing(coordinator: Browser, session: Session, organ: Organisation) -> None:
    coordinator.get("/reviews/new").submit(fields=filled(organ), button="add:requests")

    assert session.scalars(select(CaseReview)).all() == []
    assert coordinator.status == 200


def test_the_size_is_explained_before_saving(
    coordinator: Browser, session: Session, organ: Organisation
) -> None:
    coordinator.get("/reviews/new").submit(
        fields=filled(organ, repeats="6", amount="1,200,000"), button="size"
    )

    assert "按规则为7人，依据：" in coordinator.text
    assert "标的额1,200,000元（1,000,000元以上为重大）" in coordinator.text
    assert "重复信访6次（5次以上为存疑）" in coordinator.text
    assert session.scalars(select(CaseReview)).all() == []


def test_another_size_needs_a_reason(coordinator: Browser, session: Session, organ: Organisation) -> None:
    coordinator.get("/reviews/new").submit(fields=filled(organ, size="3"))
    assert "按规则应为5人，您选择了3人。请写明理由。" in coordinator.text

    coordinator.submit(fields={"size_reason": "案情简单。"})
    assert (the_review(session).size, the_review(session).size_reason) == (3, "案情简单。")


@pytest.mark.parametrize("stage", ["PENDING", "NOT_STARTED", "NONE", "TERMINATED"])
def test_a_case_that_may_not_be_reviewed_is_refused_with_the_way_to_go(
    coordinator: Browser, session: Session, organ: Organisation, stage: str
) -> None:
    coordinator.get("/reviews/new").submit(fields=filled(organ, legal_stage=stage))

    assert "请" in coordinator.page.select_one(".notice-danger").get_text()  # type: ignore[union-attr]
    assert typed(coordinator, "case_no") == "（2020）海0799执1187号"
    assert session.scalars(select(CaseReview)).all() == []


def typed(browser: Browser, name: str) -> Any:
    field = browser.page.select_one(f"[name='{name}']")
    assert field is not None
    return field.get("value") or field.get_text()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"item_no": ""}, "请填写信访事项编号。"),
        ({"requests-0": ""}, "请至少填写一项诉求"),
        ({"received_on": "13.6.2023"}, "请按 2024-03-12 的格式填写日期。"),
        ({"group_size": "many"}, "请填写整数。"),
        ({"group_size": "0"}, "请填写1至10000之间的整数。"),
        ({"legal_stage": ""}, "请选择法律程序阶段。"),
        ({"summary": "秦大田反映执行不力。"}, "案情摘要中出现了“秦大田”"),
        ({"case_no": "x" * 81}, "最多80个字。"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(
    coordinator: Browser, session: Session, organ: Organisation, values: dict[str, str], words: str
) -> None:
    fields = {
        name: value
        for name, value in (filled(organ) | values).items()
        if value != "" or name != "legal_stage"
    }
    coordinator.get("/reviews/new").submit(fields=fields)

    assert words in coordinator.text
    assert session.scalars(select(CaseReview)).all() == []


def test_every_field_has_a_label(coordinator: Browser, organ: Organisation) -> None:
    coordinator.get("/reviews/new").submit(fields=filled(organ), button="add:OFFICER")

    labels = {str(label["for"]) for label in coordinator.page.select("label[for]")}
    fields = coordinator.page.select(
        "main form input:not([type=hidden]), main form select, main form textarea"
    )
    assert [field["name"] for field in fields if field.get("id") not in labels] == []
    ids = [str(tag["id"]) for tag in coordinator.page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))


def test_the_second_of_two_people_sees_the_change_and_loses_nothing(
    browser: Browser, another_browser: Browser, session: Session
) -> None:
    case = factories.legal_case(session, last_document_on=date(2020, 9, 28))
    review = factories.review(session, ReviewState.INTAKE, legal_case=case, doubt_reasons=["NEW_EVIDENCE"])
    one, two = factories.person(session, Role.COORD), factories.person(session, Role.COORD)
    session.commit()
    browser.sign_in(one).get(f"/reviews/{review.id}/edit")
    another_browser.sign_in(two).get(f"/reviews/{review.id}/edit")

    browser.submit(fields={"cause": "首次执行"})
    another_browser.submit(fields={"cause": "恢复执行", "place": "东关街道"})

    assert "登记已保存。" in browser.text
    assert another_browser.url == f"/reviews/{review.id}/edit"
    assert "他人已保存为： 首次执行" in another_browser.text
    assert len(another_browser.page.select(".theirs")) == 1
    assert (typed(another_browser, "cause"), typed(another_browser, "place")) == ("恢复执行", "东关街道")

    another_browser.submit()
    assert the_review(session).legal_case.cause == "恢复执行"
    assert the_review(session).item.place == "东关街道"


def test_editing_shows_what_is_stored_but_never_the_identity_number(
    coordinator: Browser, session: Session, organ: Organisation
) -> None:
    coordinator.get("/reviews/new").submit(
        fields=filled(organ, id_number="37078519700101001X", size="7", size_reason="重大。")
    )
    review = the_review(session)

    coordinator.get(f"/reviews/{review.id}/edit")

    assert "37078519700101001X" not in coordinator.content.decode()
    checked = [
        str(box["value"])
        for box in coordinator.page.select("[name=size][checked], [name=doubt_reasons][checked]")
    ]
    assert checked == ["NEW_EVIDENCE", "7"]
    coordinator.submit()
    assert the_review(session).item.petitioner.id_number == "37078519700101001X"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORD])
def test_registration_is_not_there_for_others(browser: Browser, session: Session, role: Role) -> None:
    organ = factories.organisation(session)
    review = factories.review(session, ReviewState.INTAKE, reviewed_org=organ)
    someone = factories.person(session, role, organisation=organ)
    session.commit()
    browser.sign_in(someone)

    assert browser.get("/reviews/new").status == 404
    assert browser.get(f"/reviews/{review.id}/edit").status == 404


def test_registration_is_closed_once_files_are_asked_for(coordinator: Browser, session: Session) -> None:
    review = factories.review(session, ReviewState.FILES)
    session.commit()

    assert coordinator.get(f"/reviews/{review.id}/edit").status == 404
