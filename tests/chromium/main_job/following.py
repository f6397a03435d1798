"""Step 8: the organ answers every finding, the coordinator records measures and resolution, the review is closed."""

from datetime import timedelta

from review_app.audit.service import verify_log
from review_app.clock import local_day
from review_app.followup.models import ReplyLine
from review_app.followup.queries import reply_of, tasks_of
from review_app.followup.states import Answer, Basis
from review_app.reviews.states import MAIN_LINE, Resolution, ReviewState
from tests.chromium.main_job.story import Story

SETTLE = 'form[action$="/settle"]'


def reply(story: Story) -> None:
    """The liaison answers finding by finding with a proof, and hands the whole in."""
    story.hands.sign_in(story.people["coord"])
    story.go_on(ReviewState.RECTIFY)
    hands = story.hands.sign_in(story.people["court"]).go(story.at("/rectify"))
    stored = reply_of(story.session, story.review)
    assert stored is not None
    fields: dict[str, object] = {"remark": "已召开专题会议研究，逐项落实整改。"}
    for place, line in enumerate(stored.lines):
        fields |= {f"lines-{place}-{name}": value for name, value in answer_to(story, line).items()}
    proof = story.folder / "整改情况证明材料.txt"
    proof.write_text("整改台账、补正文书和会议记录。", "utf-8")
    hands.fill("main form.sheet-form", fields | {"lines-0-evidence": proof}).press("保存并提交")
    assert "整改回复已提交" in hands.text


def answer_to(story: Story, line: ReplyLine) -> dict[str, object]:
    text = next((one for code, one in story.told.findings.items() if line.asked.startswith(code)), None)
    if text is None:
        soon = local_day(story.clock()) + timedelta(days=20)
        return {"answer": Answer.PLANNED, "text": "已列入整改计划，按期落实并报告结果。", "planned_on": soon}
    answers: dict[str, object] = {"answer": text.measure, "text": text.reply}
    return answers | ({"case_no": text.route_case_no} if text.route_case_no else {})


def resolve(story: Story) -> None:
    """Measures first, then the resolution with its ground and proof; then nothing is missing any more."""
    hands = story.hands.sign_in(story.people["coord"])
    story.go_on(ReviewState.FOLLOWUP)
    story.wait(days=30)
    hands.sign_in(story.people["coord"])
    settle_all(story)
    told = story.told.resolution
    assert told is not None
    proof = story.folder / "履行凭证.txt"
    proof.write_text("首期款项已经支付，信访人签字确认收款。", "utf-8")
    hands.go(story.at("/followup/resolution"))
    today = local_day(story.clock())
    known = {"resolution": [Resolution.RESOLVED], "happened_on": today, "note": told.later_note}
    hands.fill(
        "main form.sheet-form", known | {"basis": [Basis.AGREEMENT], "confirmed": True, "proof": proof}
    )
    hands.press("登记", ".submit-row")
    assert "已化解" in hands.text
    story.go_on(ReviewState.CLOSED)
    review = story.review
    assert (review.state, review.resolution) == (ReviewState.CLOSED, Resolution.RESOLVED)


def settle_all(story: Story) -> None:
    """The first in Chromium, the others without JavaScript."""
    first, *others = tasks_of(story.session, story.review)
    done = {"result": "已落实，情况已记录在卷。", "result_on": local_day(story.clock())}
    story.hands.go(story.at(f"/followup/tasks/{first.id}"))
    story.hands.fill(SETTLE, done | {"state": ["DONE"]}).press("办结", SETTLE)
    story.browser.sign_in(story.people["coord"])
    for task in others:
        story.browser.get(story.at(f"/followup/tasks/{task.id}"))
        story.send(SETTLE, done | {"state": "DONE"})


def audit(story: Story) -> None:
    """Every change of state is in the log, and its chain holds."""
    story.session.rollback()
    verdict = verify_log(story.session)
    assert verdict.broken is None
    states = [change.to_state for change in story.review.changes]
    assert states == list(MAIN_LINE)
