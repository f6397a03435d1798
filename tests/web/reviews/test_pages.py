"""The work list, the list of reviews and the page of one review, for everybody who may and may not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.reviews.listing import ReviewFilter, listed_reviews
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.rules import OVERSEERS, can_see, can_see_case
from review_app.reviews.states import AccessStage, Capacity, InvolvedAs, Outcome, Resolution, ReviewState
from tests import factories
from tests.browser import Browser
from tests.conftest import NOW
from tests.web.fresh import fresh

S = ReviewState
NAMES = ("秦大田", "赵大斌")


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements sent to the database."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def telling_review(session: Session, state: ReviewState = S.READING, **values: object) -> CaseReview:
    """A review with names that masking must catch everywhere."""
    item = factories.petition_item(
        session, "请求追究赵大斌责任。", title="秦大田反映赵大斌拖欠货款执行案件",
        petitioner=factories.Petitioner(name="秦大田", created_at=NOW),
    )  # fmt: skip
    case = factories.legal_case(
        session, values.pop("reviewed_org", None),  # type: ignore[arg-type]
        case_name="秦大田与赵大斌买卖合同纠纷执行案", result="裁定终结对赵大斌的本次执行程序。",
        involved=((InvolvedAs.PETITIONER, "秦大田"), (InvolvedAs.PARTY, "赵大斌"), (InvolvedAs.OFFICER, "李庭长")),
    )  # fmt: skip
    return factories.review(session, state, item=item, legal_case=case, **values)


def test_supervisor_auditor_and_liaison_read_masked_names(browser: Browser, session: Session) -> None:
    organ = factories.organisation(session)
    review = telling_review(session, reviewed_org=organ)
    readers = [
        factories.person(session, Role.SUPERVISOR),
        factories.person(session, Role.AUDITOR),
        factories.person(session, Role.REVIEWED_LIAISON, organisation=organ),
    ]
    session.commit()

    for reader in readers:
        for url in ("/", "/reviews", f"/reviews/{review.id}"):
            page = browser.sign_in(reader).get(url).content.decode()
            assert [name for name in NAMES if name in page] == []
        assert "秦某田" in browser.text
        assert "李庭长" in browser.text


def test_drawn_expert_sees_the_summary_and_nothing_of_the_case(browser: Browser, session: Session) -> None:
    review = telling_review(session, S.DRAW)
    expert = factories.person(session, Role.EXPERT)
    factories.seat(session, review, expert, stage=AccessStage.SUMMARY)
    session.commit()
    hidden = (*NAMES, "秦某田", "李庭长", review.legal_case.case_no, review.item.item_no)

    for url in ("/", "/reviews", f"/reviews/{review.id}"):
        page = browser.sign_in(expert).get(url).content.decode()
        assert [word for word in hidden if word in page] == []
    assert review.summary in browser.text


def test_drawn_expert_cannot_find_the_review_by_its_case_number(browser: Browser, session: Session) -> None:
    review = telling_review(session, S.DRAW)
    expert = factories.person(session, Role.EXPERT)
    factories.seat(session, review, expert, stage=AccessStage.SUMMARY)
    session.commit()
    browser.sign_in(expert)

    assert review.review_no in browser.get("/reviews", words=review.review_no).text  # type: ignore[operator]
    assert review.review_no not in browser.get("/reviews", words="1187").text  # type: ignore[operator]


def test_member_and_coordinator_read_names_in_full(browser: Browser, session: Session) -> None:
    review = telling_review(session)
    member, coordinator = factories.person(session, Role.EXPERT), factories.person(session, Role.COORD)
    factories.seat(session, review, member)
    session.commit()

    for reader in (member, coordinator):
        browser.sign_in(reader).get(f"/reviews/{review.id}")
        assert [name for name in NAMES if name not in browser.text] == []


def test_outsiders_find_no_review(browser: Browser, session: Session) -> None:
    review = telling_review(session)
    outsiders = [
        factories.person(session, Role.EXPERT),
        factories.person(session, Role.SYSADMIN),
        factories.person(session, Role.REVIEWED_LIAISON, organisation=factories.organisation(session)),
    ]
    session.commit()

    for outsider in outsiders:
        browser.sign_in(outsider)
        assert browser.get(f"/reviews/{review.id}").status == 404
        assert str(review.review_no) not in browser.get("/reviews").text
        assert str(review.review_no) not in browser.get("/").text


def people_of_every_kind(session: Session, reviews: list[CaseReview]) -> list[Person]:
    people = [factories.person(session, role) for role in Role if role is not Role.REVIEWED_LIAISON]
    people += [
        factories.person(session, Role.REVIEWED_LIAISON, organisation=review.legal_case.reviewed_org)
        for review in reviews[:3]
    ]
    for number, stage in enumerate((AccessStage.SUMMARY, AccessStage.FULL)):
        expert = factories.person(session, Role.EXPERT)
        for review in reviews[number::3]:
            factories.seat(session, review, expert, stage=stage)
        factories.seat(session, reviews[-1 - number], expert, stage=stage, ended_at=NOW)
        people.append(expert)
    return people


def test_the_list_shows_exactly_what_the_rule_allows(session: Session) -> None:
    reviews = [telling_review(session, state) for state in ReviewState]
    people = people_of_every_kind(session, reviews)

    for someone in people:
        shown, total = listed_reviews(session, someone, ReviewFilter())
        allowed = [review for review in reversed(reviews) if can_see(someone, review)]
        assert list(shown) == allowed
        assert total == len(allowed)


def test_finding_by_case_number_follows_the_rule(session: Session) -> None:
    reviews = [telling_review(session, state) for state in ReviewState]
    people = people_of_every_kind(session, reviews)

    for someone in people:
        shown, _ = listed_reviews(session, someone, ReviewFilter(words="0799执1187"))
        assert list(shown) == [review for review in reversed(reviews) if can_see_case(someone, review)]


def test_filters_narrow_the_list(browser: Browser, session: Session) -> None:
    organ = factories.organisation(session)
    first = factories.review(session, S.CLOSED, grade="C", issued_at=NOW, reviewed_org=organ)
    second = factories.review(session, S.READING, grade="C", template="CIV", doubt_flag=False)
    coordinator = factories.person(session, Role.COORD)
    session.commit()
    browser.sign_in(coordinator)

    def found(**query: object) -> list[str]:
        text = browser.get("/reviews", **query).text
        return [str(one.review_no) for one in (first, second) if str(one.review_no) in text]

    assert found() == [first.review_no, second.review_no]
    assert found(state="READING") == [second.review_no]
    assert found(template="EXE") == [first.review_no]
    assert found(organ=organ.id) == [first.review_no]
    assert found(doubt="no") == [second.review_no]
    assert found(words=first.review_no) == [first.review_no]
    assert found(words="100%") == []
    assert found(grade="D") == []
    assert found(state="NONSENSE") == [first.review_no, second.review_no]


def test_a_grade_not_yet_issued_is_neither_shown_nor_found(browser: Browser, session: Session) -> None:
    review = factories.review(session, S.OPINION, grade="C")
    coordinator = factories.person(session, Role.COORD)
    session.commit()
    browser.sign_in(coordinator)

    assert browser.get("/reviews").page.select(".grade") == []
    assert str(review.review_no) not in browser.get("/reviews", grade="C").text


@pytest.mark.parametrize("url", ["/reviews", "/"])
def test_lists_ask_the_database_equally_often_for_one_and_for_many(
    browser: Browser, session: Session, engine: Engine, url: str
) -> None:
    coordinator = factories.person(session, Role.COORD)
    organ = factories.organisation(session)
    telling_review(session, S.INTAKE, reviewed_org=organ)
    session.commit()
    browser.sign_in(coordinator).get(url)
    with counted(engine) as for_one:
        browser.get(url)

    for _ in range(4):
        telling_review(session, S.INTAKE, reviewed_org=organ)
    session.commit()
    with counted(engine) as for_five:
        browser.get(url)

    assert len(for_five) == len(for_one)


def test_paging_keeps_the_filter(browser: Browser, session: Session) -> None:
    case = factories.legal_case(session)
    for _ in range(31):
        factories.review(session, S.INTAKE, legal_case=case)
    coordinator = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(coordinator).get("/reviews", state="INTAKE").follow("下一页")

    assert browser.url == "/reviews?state=INTAKE&page=2"
    assert len(browser.page.select("tbody tr")) == 1


DUTIES = [
    (S.DUE, "coordinator", "核对登记并立项"),
    (S.FILES, "liaison", "上传卷宗和自评表"),
    (S.DRAW, "invited", "签署回避声明和保密承诺"),
    (S.READING, "member", "阅卷并签署评查表"),
    (S.DRAFT, "lead", "汇总问题，完成类案检索"),
    (S.DELIBERATION, "chair", "主持研讨，组织表决"),
    (S.SIGNOFF, "leader", "签发评查意见书"),
    (S.RECTIFY, "liaison", "逐项答复整改情况"),
]


@pytest.mark.parametrize(("state", "who", "words"), DUTIES)
def test_work_list_says_what_waits_for_whom(
    browser: Browser, session: Session, state: ReviewState, who: str, words: str
) -> None:
    organ = factories.organisation(session)
    review = telling_review(session, state, reviewed_org=organ)
    people = {
        "coordinator": factories.person(session, Role.COORD),
        "leader": factories.person(session, Role.LEADER),
        "liaison": factories.person(session, Role.REVIEWED_LIAISON, organisation=organ),
        **{
            name: factories.person(session, Role.EXPERT)
            for name in ("invited", "member", "lead", "chair", "outsider")
        },
    }
    factories.seat(session, review, people["invited"], stage=AccessStage.SUMMARY)
    factories.seat(session, review, people["member"])
    factories.seat(session, review, people["lead"], Capacity.LEAD)
    factories.seat(session, review, people["chair"], Capacity.CHAIR)
    session.commit()

    assert words in browser.sign_in(people[who]).get("/").text
    assert words not in browser.sign_in(people["outsider"]).get("/").text


@pytest.mark.parametrize(
    ("due_on", "words", "colour"),
    [
        (date(2024, 4, 1), "逾期1天", "red"),
        (date(2024, 4, 2), "今天到期", "orange"),
        (date(2024, 4, 5), "还剩3天", "orange"),
        (date(2024, 4, 12), "还剩10天", "yellow"),
        (date(2024, 4, 13), "还剩11天", "green"),
    ],
)
def test_work_list_shows_the_due_day_in_words_and_colour(
    browser: Browser, session: Session, due_on: date, words: str, colour: str
) -> None:
    review = telling_review(session, S.INTAKE)
    review.changes.append(StateChange(from_state=S.DUE, to_state=S.INTAKE, due_on=due_on, created_at=NOW))
    coordinator = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(coordinator).get("/")

    mark = browser.page.select_one(f".clock-{colour}")
    assert mark is not None
    assert words in mark.get_text()


@pytest.mark.parametrize("role", list(Role))
def test_start_page_is_there_for_every_role_and_says_what_next(
    browser: Browser, session: Session, role: Role
) -> None:
    someone = factories.person(session, role, organisation=factories.organisation(session))
    session.commit()

    browser.sign_in(someone).get("/")

    assert browser.status == 200
    assert "现在没有等您办的事" in browser.text
    assert len(browser.page.select("h1")) == 1


@pytest.mark.parametrize("state", list(ReviewState))
def test_page_of_a_review_shows_where_it_stands_in_every_state(
    browser: Browser, session: Session, state: ReviewState
) -> None:
    review = telling_review(session, state, suspended_from=S.READING if state is S.SUSPENDED else None)
    review.changes.append(StateChange(from_state=S.READING, to_state=state, created_at=NOW))
    coordinator = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(coordinator).get(f"/reviews/{review.id}")

    assert browser.status == 200
    assert len(browser.page.select("[aria-current=step]")) == 1
    assert len(browser.page.select("h1")) == 1


def test_suspending_needs_a_reason_and_keeps_it(browser: Browser, session: Session) -> None:
    review = telling_review(session)
    coordinator = factories.person(session, Role.COORD)
    session.commit()
    form = "form:has(input[value=SUSPENDED])"

    browser.sign_in(coordinator).get(f"/reviews/{review.id}").submit(form)
    assert "的理由。" in browser.text

    browser.submit(form, {"reason": "法院已启动再审。"})
    assert "评查已进入“中止”。" in browser.text
    assert "法院已启动再审。" in browser.text

    browser.submit("form:has(input[value=READING])")
    assert "评查已进入“阅卷评查”。" in browser.text


def test_reasons_of_steps_stay_inside(browser: Browser, session: Session) -> None:
    organ = factories.organisation(session)
    review = telling_review(session, S.ESCALATED, reviewed_org=organ)
    review.changes.append(
        StateChange(
            from_state=S.DELIBERATION, to_state=S.ESCALATED, reason="一票否决表决三比二。", created_at=NOW
        )
    )
    liaison = factories.person(session, Role.REVIEWED_LIAISON, organisation=organ)
    coordinator = factories.person(session, Role.COORD)
    session.commit()

    assert "三比二" in browser.sign_in(coordinator).get(f"/reviews/{review.id}").text
    assert "三比二" not in browser.sign_in(liaison).get(f"/reviews/{review.id}").text


def test_a_step_one_may_not_take_is_refused(browser: Browser, session: Session) -> None:
    organ = factories.organisation(session)
    review = telling_review(session, S.RECTIFY, reviewed_org=organ)
    liaison = factories.person(session, Role.REVIEWED_LIAISON, organisation=organ)
    session.commit()
    browser.sign_in(liaison).get(f"/reviews/{review.id}")
    token = str(browser.page.select_one("[name=csrf_token]")["value"])  # type: ignore[index]

    browser.post(f"/reviews/{review.id}/move", {"to": "FOLLOWUP", "csrf_token": token})

    assert browser.status == 404
    fresh(session)
    assert review.state is S.RECTIFY


@pytest.mark.parametrize("state", list(ReviewState))
def test_every_tab_that_is_shown_opens(browser: Browser, session: Session, state: ReviewState) -> None:
    organ = factories.organisation(session)
    left = S.READING if state is S.SUSPENDED else None
    issued_at = NOW if state in (S.ISSUED, S.RECTIFY, S.FOLLOWUP, S.CLOSED, S.REOPENED) else None
    review = telling_review(session, state, reviewed_org=organ, issued_at=issued_at, suspended_from=left)
    member = factories.person(session, Role.EXPERT)
    factories.seat(session, review, member)
    readers = [member, factories.person(session, Role.REVIEWED_LIAISON, organisation=organ)]
    readers += [factories.person(session, role) for role in OVERSEERS]
    session.commit()

    for reader in readers:
        if browser.sign_in(reader).get(f"/reviews/{review.id}").status == 404:
            continue
        tabs = [str(link["href"]) for link in browser.page.select(".section-tabs a")]
        assert {tab: browser.get(tab).status for tab in tabs} == dict.fromkeys(tabs, 200)


def test_the_result_is_shown_once_issued_and_the_resolution_not_to_the_organ(
    browser: Browser, session: Session
) -> None:
    organ = factories.organisation(session)
    facts = {"grade": "C", "outcome": Outcome.SUPPLEMENT, "resolution": Resolution.RESOLVED}
    drafted = telling_review(session, S.OPINION, reviewed_org=organ, **facts)
    issued = telling_review(session, S.FOLLOWUP, reviewed_org=organ, issued_at=NOW, **facts)
    coordinator = factories.person(session, Role.COORD)
    liaison = factories.person(session, Role.REVIEWED_LIAISON, organisation=organ)
    session.commit()

    def shown(reader: Person, review: CaseReview) -> list[bool]:
        text = browser.sign_in(reader).get(f"/reviews/{review.id}").text
        return [word in text for word in ("瑕疵补正", "已化解")]

    assert shown(coordinator, drafted) == [False, False]
    assert shown(coordinator, issued) == [True, True]
    assert shown(liaison, issued) == [True, False]
