from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.reviews.states import ReviewState
from tests import factories
from tests.browser import Browser
from tests.followup.conftest import Scene

FIRST = {"lines-0-answer": "DONE", "lines-0-text": "已补作财产调查。"}
SECOND = {
    "lines-1-answer": "ROUTE",
    "lines-1-text": "已恢复执行。",
    "lines-1-case_no": "（2024）海0799执恢63号",
}


def rectify(scene: Scene) -> str:
    return f"/reviews/{scene.review.id}/rectify"


def followup(scene: Scene, part: str = "") -> str:
    return f"/reviews/{scene.review.id}/followup{part}"


def in_followup(session: Session, scene: Scene) -> None:
    scene.review.state = ReviewState.FOLLOWUP
    session.commit()


def test_liaison_saves_a_draft_and_submits_it_later(browser: Browser, scene: Scene) -> None:
    browser.sign_in(scene.liaison).get(rectify(scene)).submit(fields=FIRST, button="save")
    assert "已保存，尚未提交" in browser.text

    browser.submit(fields=SECOND, button="submit")

    assert "整改回复已提交" in browser.text
    assert "（2024）海0799执恢63号" in browser.text
    assert browser.page.select("main form textarea") == []


def test_refused_submission_keeps_what_was_typed_and_says_where(browser: Browser, scene: Scene) -> None:
    browser.sign_in(scene.liaison).get(rectify(scene))

    browser.submit(fields={**FIRST, "lines-1-answer": "REFUSED", "lines-1-text": "不同意。"}, button="submit")

    assert "还有1项没有答复完整" in browser.text
    assert "不少于20个字" in browser.page.select_one("#lines-1-text-error").text  # type: ignore[union-attr]
    assert browser.page.select_one("#lines-0-text").text.strip() == "已补作财产调查。"  # type: ignore[union-attr]


def test_two_colleagues_at_once_the_second_sees_the_first_and_loses_nothing(
    browser: Browser, another_browser: Browser, session: Session, scene: Scene
) -> None:
    colleague = factories.person(session, Role.REVIEWED_LIAISON, organisation=scene.organ)
    session.commit()
    browser.sign_in(scene.liaison).get(rectify(scene))
    another_browser.sign_in(colleague).get(rectify(scene)).submit(fields=FIRST, button="save")

    browser.submit(fields={"lines-0-answer": "PLANNED", "lines-0-text": "准备补作调查。"}, button="save")

    assert "他人已保存" in browser.text
    assert "已补作财产调查。" in browser.text
    assert browser.page.select_one("#lines-0-text").text.strip() == "准备补作调查。"  # type: ignore[union-attr]


def test_evidence_is_taken_in_and_downloaded_with_a_row_in_the_log(
    browser: Browser, session: Session, scene: Scene
) -> None:
    file = ("补正裁定.txt", "补正裁定书正文，演示。".encode())
    browser.sign_in(scene.liaison).get(rectify(scene)).submit(
        fields={**FIRST, **SECOND, "lines-0-evidence": file}, button="submit"
    )

    browser.sign_in(scene.coordinator).get(rectify(scene)).follow("补正裁定.txt")

    assert browser.status == 200
    assert session.query(AuditRow).filter_by(action="evidence.download").count() == 1


def test_file_that_is_something_else_is_refused_with_a_sentence(browser: Browser, scene: Scene) -> None:
    file = ("裁定.pdf", b"MZ this is no pdf")

    browser.sign_in(scene.liaison).get(rectify(scene)).submit(
        fields={**FIRST, "lines-0-evidence": file}, button="save"
    )

    assert browser.status == 200
    assert "已保存，尚未提交" not in browser.text


def test_draft_of_the_organ_is_nobody_elses(browser: Browser, scene: Scene) -> None:
    browser.sign_in(scene.liaison).get(rectify(scene)).submit(fields=FIRST, button="save")

    page = browser.sign_in(scene.coordinator).get(rectify(scene)).text

    assert "已补作财产调查" not in page
    assert "还没有整改回复" in page


def test_outsiders_find_neither_reply_nor_followup(browser: Browser, session: Session, scene: Scene) -> None:
    other = factories.organisation(session, "渤宁市中级人民法院")
    strangers: list[Person] = [
        scene.outsider, factories.person(session, Role.REVIEWED_LIAISON, organisation=other),
        factories.person(session, Role.SYSADMIN), factories.person(session, Role.CLERK),
    ]  # fmt: skip
    session.commit()

    for stranger in strangers:
        browser.sign_in(stranger)
        assert [browser.get(address).status for address in (rectify(scene), followup(scene))] == [404, 404]


def test_reviewed_organ_does_not_see_what_the_petitioner_said(
    browser: Browser, session: Session, scene: Scene
) -> None:
    in_followup(session, scene)

    assert browser.sign_in(scene.liaison).get(followup(scene)).status == 404


def test_coordinator_adds_plans_and_settles_a_task(browser: Browser, session: Session, scene: Scene) -> None:
    in_followup(session, scene)
    browser.sign_in(scene.coordinator).get(followup(scene, "/tasks/new"))
    browser.submit(fields={"title": "回访信访人", "owner": "何晓琳", "due_on": "2024-04-20"})
    browser.follow("回访信访人")

    browser.submit(
        "form[action$='/settle']",
        {"state": "DONE", "result": "已回访，信访人满意。", "result_on": "2024-04-02"},
    )

    assert "后续事项已办结" in browser.text
    assert "已回访，信访人满意。" in browser.text


def test_resolution_shows_every_gap_beside_its_field(
    browser: Browser, session: Session, scene: Scene
) -> None:
    in_followup(session, scene)
    browser.sign_in(scene.coordinator).get(followup(scene, "/resolution"))

    browser.submit(fields={"resolution": "RESOLVED", "basis": "STATEMENT", "note": "信访人写了书面意见。"})

    wrong = {str(one["id"]).split("-error")[0] for one in browser.page.select(".field-error")}
    assert wrong == {"happened_on", "note", "confirmed", "proof", "remedies_told_on", "interview"} - {"note"}


def test_resolution_by_statement_is_recorded_with_its_files(
    browser: Browser, session: Session, scene: Scene
) -> None:
    in_followup(session, scene)
    browser.sign_in(scene.coordinator).get(followup(scene, "/resolution"))

    browser.submit(
        fields={
            "resolution": "RESOLVED", "basis": "STATEMENT", "note": "信访人书面表示事项已经解决。", "confirmed": "y",
            "happened_on": "2024-04-02", "remedies_told_on": "2024-04-01", "interview_on": "2024-04-01",
            "proof": ("书面意见.txt", "本人表示事项已经解决。".encode()),
            "interview": ("谈话笔录.txt", "已告知救济途径。".encode()),
        }
    )  # fmt: skip

    assert "化解情况已登记" in browser.text
    assert {"书面意见.txt", "谈话笔录.txt"} <= {
        link.text.strip() for link in browser.page.select(".history a")
    }


def test_termination_checklist_is_kept_and_never_decides(
    browser: Browser, session: Session, scene: Scene
) -> None:
    in_followup(session, scene)
    browser.sign_in(scene.coordinator).get(followup(scene, "/termination"))

    browser.submit(fields={"REMEDIES-met": "y", "REMEDIES-note": "再审期限已过，见卷一第3页"})

    assert "终结材料清单已保存" in browser.text
    assert "已核实1项，共5项" in browser.text
    assert "未化解" in browser.text


def test_watchers_read_and_cannot_write(browser: Browser, session: Session, scene: Scene) -> None:
    in_followup(session, scene)

    for watcher in (scene.leader, scene.member):
        browser.sign_in(watcher).get(followup(scene))
        assert browser.status == 200
        assert browser.get(followup(scene, "/resolution")).status == 404


def test_reading_changes_nothing_and_only_posts_are_accepted(browser: Browser, scene: Scene) -> None:
    browser.sign_in(scene.liaison).get(rectify(scene))

    browser.post(rectify(scene), FIRST)

    assert browser.status == 400  # without the form's token
