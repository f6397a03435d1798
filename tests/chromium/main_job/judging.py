"""Step 6: findings merged and confirmed, both sides heard, the session with its ballots, the result."""

from review_app.deliberations.models import Deliberation, Finding, Question
from review_app.deliberations.queries import findings_of, hearing_of, present_session
from review_app.deliberations.sessions import open_questions
from review_app.deliberations.states import QuestionKind, Stage
from review_app.reviews.models import CaseReview
from review_app.reviews.states import ReviewState
from tests.chromium.main_job.story import Story


def consolidate(story: Story) -> None:
    """The lead reviewer makes findings of the proposals and confirms each."""
    hands = story.hands.sign_in(story.lead).go(story.at("/findings"))
    hands.press("按建议归入问题清单")
    findings = findings_of(story.session, story.review)
    assert sorted(one.code for one in findings) == sorted(story.told.findings)
    first, *others = findings
    form, words = wording(story, first)
    hands.fill(form, words).press("保存并确认", form)
    story.browser.sign_in(story.lead).get(story.at("/findings"))
    for finding in others:
        story.send(*wording(story, finding))
    story.go_on(ReviewState.HEARING)


def wording(story: Story, finding: Finding) -> tuple[str, dict[str, object]]:
    """The form of a finding and what the lead reviewer writes into it."""
    text = story.told.findings[finding.code]
    return f"#finding-{finding.number} form.sheet-form", {"text": text.text, "locus": text.locus}


def hear(story: Story) -> None:
    """The organ objects to one finding, the lead replies for the panel, the petitioner is heard."""
    told, hands = story.told, story.hands.sign_in(story.people["court"])
    hands.go(story.at("/hearing"))
    answers: dict[str, object] = {}
    for finding in findings_of(story.session, story.review):
        objects = finding.code == told.objection_code
        answers[f"objects_{finding.id}"] = ["yes" if objects else "no"]
        if objects:
            answers[f"text_{finding.id}"] = told.objection
    hands.fill("main form.sheet-form", answers).press("提交意见")
    hands.sign_in(story.lead).go(story.at("/hearing"))
    hands.fill(".said form", {"text": told.objection_reply}).press("保存答复")
    hands.sign_in(story.people["coord"]).go(story.at("/hearing"))
    heard = {"held_on": story.clock().date(), "place": "市矛盾纠纷调处化解中心接访室", "text": told.interview}
    hands.fill("main form.sheet-form", heard).press("登记")
    record = hearing_of(story.session, story.review)
    assert record is not None
    assert [one.reply for one in record.objections if one.objects] == [told.objection_reply]
    show_review(story)
    story.go_on(ReviewState.DELIBERATION)


def show_review(story: Story) -> None:
    """The coordinator's work list and the review's page, on a desk and on a phone."""
    hands = story.hands.go("/")
    hands.picture("start")
    hands.go(story.at()).picture("review")
    hands.window.phone()
    hands.picture("phone")
    hands.window.wide()


def meet(story: Story) -> None:
    """The chair opens the session with everybody present; it must be oral."""
    hands = story.hands.sign_in(story.chair).go(story.at("/deliberation"))
    assert "本案须当面研讨" in hands.text
    session = {
        "in_writing": ["no"], "place": "市委政法委二楼会议室", "secretary": story.people["secretary"].id,
        "present": [one.id for one in story.members],
    }  # fmt: skip
    hands.fill("main form.sheet-form", session).press("开始研讨并提交表决")
    vote_on_findings(story)
    vote_on_conclusions(story)
    assert held(story).stage is Stage.CLOSED


def held(story: Story) -> Deliberation:
    found = present_session(story.session, story.review)
    assert found is not None
    return found


def vote_on_findings(story: Story) -> None:
    """The chair votes in Chromium, and learns nothing before the others have voted too."""
    hands = story.hands
    hands.fill("#paper form", papers(story, story.members.index(story.chair))).press("投出表决票")
    assert "您的表决票已投出，全体成员表决后显示结果。" in hands.text
    assert "表决情况" not in hands.text
    vote_by_others(story)
    assert held(story).stage is Stage.CONCLUSIONS


def vote_by_others(story: Story) -> None:
    for member, person in enumerate(story.members):
        if person.id != story.chair.id:
            story.browser.sign_in(person).get(story.at("/deliberation"))
            story.send("#paper form", one_each(papers(story, member)))


def one_each(fields: dict[str, object]) -> dict[str, object]:
    return {name: value[0] if isinstance(value, list) else value for name, value in fields.items()}


def papers(story: Story, member: int) -> dict[str, object]:
    """What member number ``member`` puts on the paper, and why he rejects."""
    person = story.members[member]
    fields: dict[str, object] = {}
    for question in open_questions(held(story), person):
        choice = choice_of(story, question, member)
        fields[f"choice_{question.id}"] = [choice]
        if choice == "reject" and question.kind is QuestionKind.FINDING:
            fields[f"reason_{question.id}"] = story.told.dissent
    return fields


def choice_of(story: Story, question: Question, member: int) -> str:
    if question.kind is QuestionKind.GRADE:
        return "C"
    if question.kind is QuestionKind.OUTCOME:
        return str(story.told.outcome)
    if question.kind is QuestionKind.MEASURE:
        return "uphold"
    assert question.finding is not None
    objected = question.finding.code == story.told.objection_code
    return "reject" if objected and member + 1 == story.told.dissenter else "uphold"


def vote_on_conclusions(story: Story) -> None:
    hands = story.hands.sign_in(story.chair).go(story.at("/deliberation"))
    assert "75 分" in hands.text.replace("\n", " ")
    hands.picture("deliberation")
    hands.fill("#paper form", papers(story, story.members.index(story.chair))).press("投出表决票")
    vote_by_others(story)


def write_down(story: Story) -> None:
    """Minutes by the secretary, the differing opinion by its member, the route by the lead reviewer."""
    told, hands = story.told, story.hands.sign_in(story.people["secretary"])
    hands.go(story.at("/deliberation"))
    minutes = 'form[action$="/deliberation/minutes"]'
    hands.fill(minutes, {"text": told.minutes}).press("保存记录", minutes)
    stance = 'form[action$="/deliberation/stance"]'
    for number, member in enumerate(story.members, start=1):
        differs = number == told.dissenter
        story.browser.sign_in(member).get(story.at("/deliberation"))
        story.send(stance, {"stance": "DISSENT", "text": told.dissent} if differs else {"stance": "AGREE"})
    hands.sign_in(story.lead).go(story.at("/deliberation"))
    advice = 'form[action$="/advice"]'
    for route in told.routes:
        row = {"text": route.text, "route": route.route, "organ": route.organ}
        hands.fill(advice, row).press("增加建议", advice)
    see_result(story)
    hands.sign_in(story.chair)
    story.go_on(ReviewState.OPINION)
    assert concluded(story.review) == (ReviewState.OPINION, "75.0", "C", told.outcome)


def concluded(review: CaseReview) -> tuple[ReviewState, str | None, str | None, str | None]:
    return review.state, review.score, review.grade, review.outcome


def see_result(story: Story) -> None:
    """The page tells how every number came about."""
    hands = story.hands.go(story.at("/result"))
    hands.picture("result")
    for words in ("100减去25，四舍五入至0.5分，得75分。", "4比1", "须3票", "取中位数"):
        assert words in hands.text, words
    assert story.told.dissent in hands.text
