"""Step 4: five forms. The lead reviewer fills his in Chromium beside the file; the others without JavaScript."""

from collections.abc import Callable
from decimal import Decimal

from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from review_app.demo.narratives import LAWS, LawText, Marked
from review_app.demo.people import PASSWORD
from review_app.evaluations.content import score_of
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import own_form, signed_forms
from review_app.reviews.models import FileDocument
from review_app.reviews.states import ReviewState
from tests.chromium.main_job.drawing import members_in_order
from tests.chromium.main_job.story import Story

SELECT = """
const text = document.querySelector(".file-text").firstChild;
const start = text.data.indexOf(arguments[0]);
if (start < 0) return text.data;
const range = document.createRange();
range.setStart(text, start);
range.setEnd(text, start + arguments[0].length);
getSelection().removeAllRanges();
getSelection().addRange(range);
text.parentElement.scrollIntoView({ block: "center" });
return "";
"""
SAYS = """
return [...document.querySelectorAll(arguments[0])].some((one) => one.textContent.includes(arguments[1]));
"""
UP = "arguments[0].closest('.desk-scroll').scrollTop = arguments[0].offsetTop - 230"
SCORES = (72, 74, 76, 77, 79)
NO_PROBLEM = "未发现问题"


def form_of(story: Story, member: int) -> EvalForm:
    found = own_form(story.session, story.members[member], story.review)
    assert found is not None
    return found


def document_of(story: Story, mark: Marked) -> FileDocument:
    return story.review.volumes[mark.volume - 1].documents[mark.document - 1]


def read_beside_the_file(story: Story) -> None:
    """The lead reviewer types, selects in the file, and everything is saved while he types."""
    story.members = members_in_order(story)
    hands = story.hands.sign_in(story.lead)
    hands.go(story.at("/form"))
    for code, points in story.points(0).items():
        deduct(story, code, points)
    write_dimensions(story, 0)
    until(story, ".score-total [data-score]", "72")
    wait(
        story,
        lambda driver: driver.find_element(By.ID, "todo").get_property("hidden"),
        "still lacks something",
    )
    assert score_of(form_of(story, 0)).score == 72


def until(story: Story, selector: str, words: str) -> None:
    """Wait until an element says ``words``."""
    wait(story, lambda driver: driver.execute_script(SAYS, selector, words), f"no {words!r} in {selector}")


def wait(story: Story, until: Callable[[WebDriver], object], otherwise: str) -> None:
    story.hands.window.until(lambda: until(story.hands.driver), otherwise)


def deduct(story: Story, code: str, points: Decimal) -> None:
    """One deduction: found by its number, worded, its points typed, its evidence marked in the file."""
    hands, text = story.hands, story.told.findings[code]
    hands.fill("#desk", {"add_code": code})
    hands.window.find("#add_code").send_keys("\n")
    part = str(hands.window.find(f'article[aria-label="{code}"]').get_attribute("id"))
    target = part.replace("-", ".")
    hands.fill(
        "#desk", {f"{target}.points": points, f"{target}.locus": text.locus, f"{target}.note": text.text}
    )
    for mark in story.marked(code):
        quote(story, part, mark)
    for law in text.law:
        cite_law(story, part, law)


def quote(story: Story, part: str, mark: Marked) -> None:
    """Open the page, select the words, press the button that appears."""
    hands = story.hands
    turn_to(story, mark)
    hands.window.find(f"#{part} [data-aim]").click()
    missed = hands.driver.execute_script(SELECT, mark.words)
    assert missed == "", f"{mark.words!r} is not in {missed!r}"
    hands.window.find("#quote-bar:not([hidden]) #quote-button").click()
    until(story, f"#{part} .quote", mark.words)


def turn_to(story: Story, mark: Marked) -> None:
    hands, document = story.hands, document_of(story, mark)
    if hands.window.find(".file-text").get_attribute("data-document-id") != str(document.id):
        hands.window.choose("#document", str(document.id))
        shown(story, document.id, 1)
    if mark.page > 1:
        hands.fill("#desk", {"page": mark.page})
        hands.window.find('#file-pane button[value="go"]').click()
    shown(story, document.id, mark.page)


def shown(story: Story, document: int, page: int) -> None:
    story.hands.window.find(f'.file-text[data-document-id="{document}"][data-page="{page}"]')


def new_fields(rows: list[WebElement], before: int) -> list[str]:
    """Names of the fields of the row that was added, none while it is not there."""
    if len(rows) <= before:
        return []
    return [
        str(field.get_attribute("name"))
        for field in rows[-1].find_elements(By.CSS_SELECTOR, "input:not([type=date])")
    ]


def cite_law(story: Story, part: str, law: LawText) -> None:
    """An empty row is added and filled."""
    hands = story.hands
    before = len(hands.window.all(f"#{part} .law-row"))
    hands.window.find(f'#{part} button[value="law:{part.replace("-", ".")}"]').click()
    names = hands.window.until(
        lambda: new_fields(hands.window.all(f"#{part} .law-row"), before), "no new row"
    )
    name, version = LAWS[law.law]
    hands.fill("#desk", dict(zip(names, (name, version, f"第{law.article}条"), strict=True)))


def write_dimensions(story: Story, member: int) -> None:
    hands = story.hands
    for name, value in dimension_answers(story, member).items():
        hands.fill("#desk", {name: value})
    hands.fill("#desk", conclusion(story, member))


def dimension_answers(story: Story, member: int) -> dict[str, object]:
    """The text of each dimension; where nothing is deducted, also the tick that nothing was found."""
    found_in = {code.partition("-")[0] for code in story.points(member)}
    answers: dict[str, object] = {}
    for dimension, text in story.told.dimensions.items():
        if dimension in found_in or NO_PROBLEM in text:
            answers[f"{dimension}.text"] = text
        if dimension not in found_in:
            answers[f"{dimension}.clean"] = ["1"]
    return answers


def conclusion(story: Story, member: int) -> dict[str, object]:
    count = len(story.points(member))
    return {
        "volumes_read": [str(volume.number) for volume in story.review.volumes], "method": "ELECTRONIC",
        "minutes_spent": "185", "reading_note": "已阅全部卷宗，并与自评表核对。", "proposed_grade": ["C"],
        "proposed_outcome": [story.told.outcome], "proposed_measures": list(story.told.measures),
        "proposal_reasons": f"共提出{count}项问题，依扣分和等次规则提出。",
    }  # fmt: skip


def sign_beside_the_file(story: Story) -> None:
    hands = story.hands.sign_in(story.lead)
    hands.go(story.at("/form?open=D7"))
    show_evidence(story)
    hands.picture("desk")
    hands.press("核对并签名")
    hands.fill("main form.sheet-form", {"declared": True, "password": PASSWORD}).press("签名", ".sign-box")
    assert "已签名" in hands.text


def show_evidence(story: Story) -> None:
    """A quotation leads to its words in the file beside the form."""
    article = 'article[aria-label="D7-04"]'
    hands, mark = story.hands, story.marked("D7-04")[-1]
    hands.driver.execute_script(UP, hands.window.find(article))
    hands.window.all(f"{article} .quote-jump")[-1].click()
    shown(story, document_of(story, mark).id, mark.page)


def colleagues_see_nothing(story: Story) -> None:
    """Before all have signed, nobody learns anything of another's form."""
    signed = form_of(story, 0)
    for person in (*story.members[1:], story.people["coord"], story.people["leader"]):
        story.browser.sign_in(person)
        assert story.browser.get(story.at(f"/forms/{signed.id}")).status == 404, person.name
        assert story.told.findings["D4-12"].text not in story.browser.get(story.at()).text


def read_without_script(story: Story) -> None:
    for member in range(1, len(story.members)):
        write_form(story, member)
        assert score_of(form_of(story, member)).score == SCORES[member]
    colleagues_see_nothing(story)
    for member in range(1, len(story.members)):
        sign_form(story, member)
    assert len(signed_forms(story.session, story.review)) == 5
    story.hands.sign_in(story.people["coord"])
    story.go_on(ReviewState.DRAFT)


def write_form(story: Story, member: int) -> None:
    """Each button saves what was typed before it, so nothing is sent twice."""
    story.browser.sign_in(story.members[member]).get(story.at("/form"))
    typed: dict[str, object] = {}
    for code, points in story.points(member).items():
        page = story.send("#desk", typed | {"add_code": code}, button="deduct").page
        part = page.select_one(f'article[aria-label="{code}"]')
        assert part is not None
        typed = prove(story, str(part["id"]), code, points)
    answers = dimension_answers(story, member) | conclusion(story, member)
    story.send("#desk", typed | answers, button="save")


def prove(story: Story, part: str, code: str, points: Decimal) -> dict[str, object]:
    """Words, points and quotations; gives the provisions that are typed but not yet sent."""
    text, target = story.told.findings[code], part.replace("-", ".")
    typed: dict[str, object] = {
        f"{target}.points": points, f"{target}.locus": text.locus, f"{target}.note": text.text,
    }  # fmt: skip
    for mark in story.marked(code):
        asked = {"document": document_of(story, mark).id, "page": mark.page}
        words = {"quote_words": mark.words, "quote_target": target}
        story.send("#desk", typed | asked | words, button="quote")
        typed = {}
    for law in text.law:
        page = story.send("#desk", typed, button=f"law:{target}").page
        names = [str(field["name"]) for field in page.select(f"#{part} .law-row input:not([type=date])")][-3:]
        name, version = LAWS[law.law]
        typed = dict(zip(names, (name, version, f"第{law.article}条"), strict=True))
    return typed


def sign_form(story: Story, member: int) -> None:
    browser = story.browser.sign_in(story.members[member])
    browser.get(story.at("/form/sign"))
    story.send("main form.sheet-form", {"declared": "y", "password": PASSWORD})
