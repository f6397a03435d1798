"""Step 5: the library, searched from the top bar and from the form; words of a hit cited; the similar-case report."""

from selenium.webdriver.common.keys import Keys

from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh, own_form
from tests.chromium.main_job.story import Story

SELECT = """
const pieces = [...document.querySelectorAll("[data-full-text] p")].flatMap((one) => [...one.childNodes]);
const text = pieces.filter((one) => one.nodeType === Node.TEXT_NODE).sort((a, b) => b.length - a.length)[0];
const range = document.createRange();
range.setStart(text, 0);
range.setEnd(text, Math.min(text.length, 60));
getSelection().removeAllRanges();
getSelection().addRange(range);
text.parentElement.scrollIntoView({ block: "center" });
return range.toString();
"""


def search_and_cite(story: Story) -> None:
    """From the top bar of any page, then from the form: there a hit can be cited."""
    hands = story.hands.sign_in(story.lead)
    search_from_top_bar(story)
    hands.go(story.at("/form?open=cases"))
    hands.go(
        str(hands.window.find("#cases a[target=_blank]").get_attribute("href")).removeprefix(
            hands.window.address
        )
    )
    hands.fill("form.search-bar", {"q": story.told.queries[0]}).press("检索", "form.search-bar")
    hands.picture("search")
    hands.press("记入本案检索记录")
    hands.leave_by(hands.window.find(".results .hit h2 a"))
    cited = str(hands.driver.execute_script(SELECT))
    assert hands.window.find("[data-cite] [name=quote]").get_attribute("value") == cited
    hands.press("引用到评查表", "[data-cite]")
    assert "案例已引入评查表" in hands.text
    assert [one.text for one in form_of(story).precedent_citations] == [cited]


def search_from_top_bar(story: Story) -> None:
    hands = story.hands.go("/")
    field = hands.window.find("#top-search")
    field.send_keys(story.told.queries[0])
    hands.leave_by_key(field, Keys.ENTER)
    assert "件，共" in hands.text
    assert {mark.text for mark in hands.window.all(".results mark")} >= {"恢复执行"}


def form_of(story: Story) -> EvalForm:
    found = own_form(story.session, story.lead, story.review)
    assert found is not None
    return fresh(story.session, found)


def report(story: Story) -> None:
    """The lead reviewer puts two hits into the report, compares them and signs."""
    hands = story.hands.sign_in(story.lead).go(story.at("/precedents"))
    for _ in range(2):
        hands.press("列入", "#searches")
    for article in range(1, 3):
        compare(story, article)
    hands.fill(
        "#conclusion", {"conclusion": ["FOLLOW"], "explanation": "所列案例的处理方式与本案评查意见一致。"}
    )
    hands.press("保存结论", "#conclusion")
    hands.press("签名", "#conclusion .sign-row")
    assert "报告指纹（SHA-256）" in hands.text


def compare(story: Story, article: int) -> None:
    form = f"#hits article:nth-of-type({article}) form.compare-form"
    likeness = {"facts_like": "PARTLY", "issues_like": "SAME", "law_like": "SAME", "result_like": "PARTLY"}
    if story.hands.window.all(
        f"{form} [name=followed]"
    ):  # a guiding case is followed, or the reason is given
        likeness["followed"] = "yes"
    story.hands.fill(form, likeness | {"note": "争议焦点和适用的法律相同，事实部分相似，可以参照。"})
    story.hands.press("保存比较", form)
