import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.deliberations.concluding import escalate, lock_result
from review_app.deliberations.queries import findings_of, interventions_read_by
from review_app.reviews.states import ReviewState
from review_app.rulebook import rules as rulebook
from tests import factories
from tests.browser import Browser
from tests.conftest import NOW
from tests.deliberations.made import (
    Made,
    decided_case,
    deliberating_case,
    heard_case,
    opened,
    signed_case,
    vote_findings,
    worded_case,
)

PAGES = ("findings", "hearing", "deliberation", "result", "interventions")


def address(made: Made, page: str) -> str:
    return f"/reviews/{made.review.id}/{page}"


def test_lead_drafts_words_splits_and_merges(session: Session, browser: Browser) -> None:
    made = signed_case(session, 4)
    session.commit()

    page = browser.sign_in(made.lead).get(address(made, "findings"))
    assert "尚未归入问题清单的提议" in page.text
    page.submit(f"form[action='{address(made, 'findings')}']")
    assert "已按建议归入问题清单" in page.text
    session.rollback()
    finding = findings_of(session, made.review)[1]
    form = f"form[action='/reviews/{made.review.id}/findings/{finding.id}']"
    page.submit(form, {"text": "太短"})
    assert "不少于10个字" in page.text
    page.submit(form, {"text": "执行卷第102页至第106页顺序颠倒，检查人栏空白。", "severity": "S1"})
    assert "已保存并确认" in page.text

    page.submit(f"form[action$='/findings/{finding.id}/split']", {"sources": [str(finding.sources[0].id)]})
    assert "已拆分" in page.text
    session.rollback()
    session.expire_all()
    other = next(
        one for one in findings_of(session, made.review) if one.code == finding.code and one.id != finding.id
    )
    page.submit(f"form[action$='/findings/{other.id}/merge']", {"into": str(finding.id)})
    assert "已合并" in page.text
    session.rollback()
    session.expire_all()
    assert [len(one.sources) for one in findings_of(session, made.review)] == [2, 3, 3]


def test_second_tab_is_told_of_the_first(
    session: Session, browser: Browser, another_browser: Browser
) -> None:
    made = worded_case(session, 4)
    finding = findings_of(session, made.review)[0]
    session.commit()
    form = f"form[action='/reviews/{made.review.id}/findings/{finding.id}']"
    first, second = browser.sign_in(made.lead), another_browser.sign_in(made.lead)
    first.get(address(made, "findings"))
    second.get(address(made, "findings"))

    first.submit(form, {"text": "第一个窗口里写下的问题事实。"})
    second.submit(form, {"text": "第二个窗口里写下的问题事实。"})

    assert "他人已保存新的内容" in second.text
    assert "第二个窗口里写下的问题事实。" in second.text


def test_organ_reads_findings_without_names_points_or_votes(session: Session, browser: Browser) -> None:
    made, _hearing = heard_case(session, 5)
    session.commit()

    page = browser.sign_in(made.liaison).get(address(made, "hearing"))

    assert page.status == 200
    assert "D4-04" in page.text
    for member in made.members:
        assert member.name not in page.text
    assert "−" not in page.text
    assert "信访人陈述诉求" not in page.text
    assert "卷内未见申请执行人签字" not in page.text


def test_organ_objects_panel_replies(session: Session, browser: Browser) -> None:
    made, hearing = heard_case(session, 4)
    made.review.state = ReviewState.DRAFT
    session.commit()
    made.review.state = ReviewState.HEARING
    hearing.answered_at = None
    for objection in list(hearing.objections):
        session.delete(objection)
    session.commit()
    findings = findings_of(session, made.review)

    page = browser.sign_in(made.liaison).get(address(made, "hearing"))
    page.submit("main form")
    assert "请选择" in page.text
    answers = {f"objects_{finding.id}": "no" for finding in findings}
    answers |= {f"objects_{findings[0].id}": "yes", f"text_{findings[0].id}": "用语符合当时的文书样式要求。"}
    page.submit("main form", answers)
    assert "意见已提交" in page.text

    page = browser.sign_in(made.lead).get(address(made, "hearing"))
    page.submit("form[action*='/objections/']", {"text": "文书样式要求使用规范用语，予以维持。"})
    assert "答复已保存" in page.text
    page = browser.sign_in(made.secretary).get(address(made, "hearing"))
    page.submit(
        "form[action$='/interviews']",
        {"held_on": "2024-04-02", "place": "接待室", "text": "信访人再次陈述诉求和家庭困难，希望尽快执行。"},
    )
    assert "已登记听取意见的记录" in page.text


def paper(page: Browser, choices: dict[str, str]) -> dict[str, str]:
    """An answer to every question on the paper: by its words, else uphold."""
    answers = {}
    for item in page.page.select(".paper-item"):
        field = item.select_one("input[type=radio]")
        legend = item.select_one("legend")
        assert field is not None
        assert legend is not None
        words = legend.get_text()
        chosen = next((choice for key, choice in choices.items() if key in words), "uphold")
        answers[str(field["name"])] = chosen
        answers[str(field["name"]).replace("choice", "reason")] = "综合全案情况提出"
    return answers


def test_whole_deliberation_in_the_browser(session: Session, browser: Browser) -> None:
    made = deliberating_case(session, 4)
    session.commit()

    page = browser.sign_in(made.chair).get(address(made, "deliberation"))
    page.submit(
        f"form[action='{address(made, 'deliberation')}']",
        {
            "present": [str(one.id) for one in made.members],
            "place": "第二会议室",
            "more_measures": ["MEDIATE"],
        },
    )
    assert "已提交表决" in page.text
    for person in made.members:
        page = browser.sign_in(person).get(address(made, "deliberation"))
        assert "各成员表决" not in page.text
        page.submit("#paper form", paper(page, {}))
        assert "表决票已投出" in page.text
    for person in made.members:
        page = browser.sign_in(person).get(address(made, "deliberation"))
        assert "97 分" in page.text
        page.submit("#paper form", paper(page, {"等次": "A", "处理结果": "MAINTAIN"}))
    assert "表决结束" in page.text

    page = browser.sign_in(made.secretary).get(address(made, "deliberation"))
    page.submit("form[action$='/minutes']", {"text": "各成员依次发言，一致认为程序和实体均无明显问题。"})
    assert "研讨记录已保存" in page.text
    page = browser.sign_in(made.lead).get(address(made, "deliberation"))
    page.submit("form[action$='/advice']", {"text": "建议由承办法官当面释法答疑。"})
    assert "处理建议已登记" in page.text
    page.submit("form[action$='/remove']")
    assert "处理建议已删除" in page.text
    page.submit(
        "form[action$='/stance']",
        {"stance": "DISSENT", "text": "裁判说理已经充分，判后答疑不宜作为扣分事项评价。"},
    )
    assert "最后态度已记录" in page.text

    page.get(address(made, "result"))
    assert "97 分" in page.text
    assert "取中位数" in page.text
    assert "98.5" in page.text


def test_paper_must_be_whole(session: Session, browser: Browser) -> None:
    made = deliberating_case(session, 4)
    opened(session, made)
    session.commit()

    page = browser.sign_in(made.lead).get(address(made, "deliberation"))
    page.submit("#paper form")

    assert "不得弃权" in page.text


def test_nobody_sees_a_ballot_before_the_last_one(session: Session, browser: Browser) -> None:
    made = deliberating_case(session, 4)
    opened(session, made)
    session.commit()
    secret = "这一条理由在表决结束前谁也不能看到"
    page = browser.sign_in(made.lead).get(address(made, "deliberation"))
    answers = {name: "reject" if name.startswith("choice") else secret for name in paper(page, {})}
    page.submit("#paper form", answers)

    for person in (made.chair, made.lead, made.members[2], made.secretary):
        for page_name in PAGES:
            assert secret not in browser.sign_in(person).get(address(made, page_name)).text
    assert "各成员表决" not in browser.text


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ReviewState.DRAFT, {"lead": "11000", "liaison": "00000", "coordinator": "00001", "leader": "00001"}),
        (
            ReviewState.HEARING,
            {"lead": "11001", "liaison": "01000", "coordinator": "01001", "leader": "00001"},
        ),
        (
            ReviewState.DELIBERATION,
            {"lead": "11111", "liaison": "01000", "coordinator": "01001", "leader": "00001"},
        ),
        (
            ReviewState.OPINION,
            {"lead": "11111", "liaison": "01000", "coordinator": "01011", "leader": "00011"},
        ),
        (
            ReviewState.READING,
            {"lead": "00001", "liaison": "00000", "coordinator": "00001", "leader": "00001"},
        ),
    ],
)
def test_pages_open_for_whom_and_when(
    session: Session, browser: Browser, state: ReviewState, expected: dict[str, str]
) -> None:
    made, _deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")
    made.review.state = state
    people = {
        "lead": made.lead,
        "liaison": made.liaison,
        "coordinator": made.coordinator,
        "leader": factories.person(session, Role.LEADER),
    }
    session.commit()
    expected = {**expected, "lead": "10001" if state is ReviewState.DRAFT else expected["lead"]}

    assert {name: opened_pages(browser, made, person) for name, person in people.items()} == expected


def opened_pages(browser: Browser, made: Made, person: Person) -> str:
    browser.sign_in(person)
    return "".join("1" if browser.get(address(made, page)).status == 200 else "0" for page in PAGES)


def test_outsiders_find_nothing_and_attempts_are_logged(session: Session, browser: Browser) -> None:
    made, _deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")
    outsider = factories.expert(session).person
    sysadmin = factories.person(session, Role.SYSADMIN)
    session.commit()
    assert outsider is not None

    for person in (outsider, sysadmin):
        assert opened_pages(browser, made, person) == "00000"
    session.rollback()
    refused = session.query(AuditRow).filter_by(action="refused").all()
    assert {row.person_id for row in refused} == {outsider.id, sysadmin.id}


def test_office_reads_the_result_without_names(session: Session, browser: Browser) -> None:
    made, _deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")
    lock_result(session, made.review, by=made.chair, now=NOW)
    made.review.state = ReviewState.OPINION
    leader = factories.person(session, Role.LEADER)
    session.commit()

    for person in (made.coordinator, leader):
        page = browser.sign_in(person).get(address(made, "result"))
        assert "75 分" in page.text
        assert "结果已锁定，与表决票一致" in page.text
        main = page.page.select_one("main")
        assert main is not None
        assert not [one.name for one in made.members if one.name in main.get_text()]


@pytest.mark.parametrize(
    ("who", "action"),
    [
        ("coordinator", "findings"),
        ("coordinator", "deliberation"),
        ("coordinator", "deliberation/ballots"),
        ("secretary", "deliberation/ballots"),
        ("liaison", "deliberation/stance"),
        ("liaison", "interviews"),
        ("coordinator", "advice"),
        ("lead", "escalation/office"),
        ("lead", "interventions/comment"),
    ],
)
def test_actions_of_others_do_not_exist(session: Session, browser: Browser, who: str, action: str) -> None:
    made = deliberating_case(session, 4)
    opened(session, made)
    escalate(session, made.review, by=made.chair, now=NOW)
    session.commit()

    assert browser.sign_in(getattr(made, who)).post(address(made, action)).status in (400, 404)


def test_escalation_page_records_the_office_meeting(session: Session, browser: Browser) -> None:
    made, _deliberation = decided_case(session, 5, grade="C", outcome="IMPORT")
    made.review.state = ReviewState.ESCALATED
    escalate(session, made.review, by=made.chair, now=NOW)
    session.commit()

    page = browser.sign_in(made.coordinator).get(address(made, "escalation"))
    assert "一票否决过半数但未达三分之二" in page.text
    assert "3票" not in page.text
    page.submit(
        "form[action$='/office']",
        {
            "held_on": "2024-04-02",
            "attended": "办公室主任等七人",
            "minutes": "会议同意评查组意见，由有权机关依法审查是否立案。",
        },
    )
    assert "会议纪要已登记" in page.text


def test_escalation_page_enlarges_the_panel(session: Session, browser: Browser) -> None:
    made, _deliberation = decided_case(session, 5, grade="C", outcome="IMPORT")
    made.review.state = ReviewState.ESCALATED
    escalate(session, made.review, by=made.chair, now=NOW)
    session.commit()

    page = browser.sign_in(made.coordinator).get(address(made, "escalation"))
    page.submit("form[action$='/enlarge']")

    assert "已选择扩大评查组" in page.text


def test_leader_comments_and_interference_is_recorded(session: Session, browser: Browser) -> None:
    made = signed_case(session, 4)
    leader = factories.person(session, Role.LEADER, name="何领导")
    session.commit()

    page = browser.sign_in(leader).get(address(made, "interventions"))
    assert "全程留痕" in page.text
    page.submit("form[action$='/comment']", {"kind": "TIMING", "text": "请按期完成评查工作。"})
    assert "留言已保存" in page.text
    page = browser.sign_in(made.lead).get(address(made, "interventions"))
    assert "请按期完成评查工作。" in page.text
    page.submit(
        f"form[action='{address(made, 'interventions')}']",
        {
            "who": "某副局长",
            "channel": "PHONE",
            "at": "2024-04-01T09:30",
            "content": "来电要求不要认定程序问题。",
        },
    )
    assert "不能更改或者删除" in page.text
    assert "来电要求" not in browser.sign_in(leader).get(address(made, "interventions")).text
    session.rollback()
    assert len(interventions_read_by(session, made.lead, made.review)) == 2


def test_auditor_reads_with_a_reason_after_closing(session: Session, browser: Browser) -> None:
    made = deliberating_case(session, 4)
    vote_findings(session, made, opened(session, made))
    made.review.state = ReviewState.CLOSED
    auditor = factories.person(session, Role.AUDITOR)
    session.commit()

    page = browser.sign_in(auditor).get(address(made, "deliberation"))
    assert "查看表决票" not in page.text
    page.submit("main form", {"reason": "信访人申诉，核查表决程序"})

    assert "查看表决票" in page.text
    session.rollback()
    assert session.query(AuditRow).filter_by(action="deliberation.audit-read").count() == 1


def test_looking_changes_nothing(session: Session, browser: Browser) -> None:
    made = deliberating_case(session, 4)
    opened(session, made)
    session.commit()
    browser.sign_in(made.chair)
    session.rollback()
    before = session.query(AuditRow).count()

    for page in PAGES:
        browser.get(address(made, page))

    session.rollback()
    assert session.query(AuditRow).filter(AuditRow.action != "refused").count() == before


@pytest.mark.parametrize("ballots", ["named", "secret"])
def test_votes_carry_names_only_where_the_rule_says_so(
    session: Session, browser: Browser, monkeypatch: pytest.MonkeyPatch, ballots: str
) -> None:
    made, _deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")
    session.commit()
    changed = rulebook.changed("2024.1", {"consolidation": {"ballots": ballots}})
    monkeypatch.setattr("review_app.web.deliberations.words.rules_of", lambda _holder: changed)
    names = {person.name for person in made.members}

    page = browser.sign_in(made.lead).get(address(made, "deliberation")).page
    papers = " ".join(one.get_text() for one in page.select("[data-follow=counts] details"))
    counted = [one.get_text() for one in page.select("[data-follow=counts] .tally")]
    result = browser.get(address(made, "result")).page
    weighed = " ".join(one.get_text() for one in result.select("td[data-label=计入的分值]"))

    assert {name for name in names if name in papers} == (names if ballots == "named" else set())
    assert any(name in weighed for name in names) == (ballots == "named")
    assert "成立 4" in " ".join(counted)
