"""Step 3: the draw, committed, witnessed and replayed; statements, acceptance, both sides told."""

import json

from click.testing import CliRunner
from selenium.webdriver.common.by import By

from review_app.accounts.models import Person
from review_app.cli import commands
from review_app.demo.people import PASSWORD
from review_app.panels.grounds import GROUNDS
from review_app.panels.models import PanelMember
from review_app.panels.states import SeatState, ToldParty
from review_app.reviews.states import ReviewState
from tests.chromium.main_job.hands import Hands
from tests.chromium.main_job.story import Story

NONCE = "8 3 0 6 1 9 4"


def draw(story: Story) -> None:
    coordinator, witness = story.people["coord"], story.people["supervisor"]
    hands = story.hands.sign_in(coordinator)
    story.go_on(ReviewState.DRAW)
    hands.follow("评查组", "main nav")
    hands.press("发起抽选")
    address = hands.window.path
    commit = commit_on(hands)
    hands.fill("#nonce-form", {"nonce": NONCE, "source": "当日公开开奖的数字型彩票", "witness": witness.id})
    hands.press("登记随机数并邀请见证")
    assert not hands.window.all("#witness-form"), "who opened the draw may not witness it"
    hands.sign_in(witness).go(address)
    assert commit_on(hands) == commit
    hands.fill("#witness-form", {"agreed": True, "password": PASSWORD}).press("见证并抽选")
    assert "抽选完成" in hands.text
    hands.go(address).picture("panel-record")
    replay(story, address)


def commit_on(hands: Hands) -> str:
    facts = hands.driver.find_elements(
        By.XPATH, "//dt[normalize-space()='承诺值']/following-sibling::dd[1]/code"
    )
    return facts[0].text


def replay(story: Story, address: str) -> None:
    """The exported record alone gives the same panel anywhere."""
    exported = story.browser.sign_in(story.people["supervisor"]).get(address + "/record.json")
    record = story.folder / "record.json"
    record.write_bytes(exported.content)
    answer = CliRunner().invoke(commands, ["draw", "--replay", str(record)])
    assert (answer.exit_code, json.loads(answer.output)["ok"]) == (0, True)


def state(story: Story) -> None:
    """Every drawn expert signs twice, the first one in Chromium; whoever moves up does the same."""
    first, *others = waiting(story)
    sign_in_chromium(story, first)
    while others:
        for member in others:
            sign_twice(story, member)
        others = waiting(story)
    assert {member.status for member in story.panel.seated} == {SeatState.ACCEPTED}
    story.hands.sign_in(story.people["coord"])
    story.go_on(ReviewState.NOTICE)


def waiting(story: Story) -> list[PanelMember]:
    return [one for one in story.panel.seated if one.status in (SeatState.INVITED, SeatState.STATED)]


def sign_in_chromium(story: Story, member: PanelMember) -> None:
    """First a summary without names, then the names, and the same questions again."""
    hands = story.hands.sign_in(member.person)
    hands.go(story.at("/panel/statement"))
    names = [one.name for one in story.told.involved]
    assert story.told.summary in hands.text
    assert not [name for name in names if name in hands.text]
    hands.fill("#statement-form", statement(member)).press("签署声明")
    assert [name for name in names if name not in hands.text] == []
    hands.fill("#statement-form", statement(member)).press("签署声明并接受")
    assert "您已接受参加评查" in hands.text


def statement(member: PanelMember) -> dict[str, object]:
    """Nothing applies but what the draw knows anyway."""
    answers: dict[str, object] = {f"answer_{rule}": "no" for rule in GROUNDS}
    if member.same_organ:
        answers |= {"answer_R11": "yes", "remark_R11": "现任职于被评查单位，未参与本案办理"}
    return answers | {"promise": True, "password": PASSWORD}


def sign_twice(story: Story, member: PanelMember) -> None:
    browser = story.browser.sign_in(member.person)
    for _ in range(2):
        browser.get(story.at("/panel/statement"))
        story.send("#statement-form", statement(member) | {"promise": "y"})


def tell(story: Story) -> None:
    """The petitioner is told by phone and waives; the organ's three working days pass."""
    hands = story.hands.sign_in(story.people["coord"])
    hands.go(story.at("/panel"))
    told = {"to": "PETITIONER", "told_on": story.clock().date(), "method": "PHONE"}
    hands.fill("#tell", told | {"note": "电话告知评查组名单和申请回避的权利。"}).press("登记告知", "#tell")
    waive = f"#waive-{next(one.id for one in story.panel.tellings if one.to is ToldParty.PETITIONER)}"
    hands.fill(waive, {"note": "来电表示不申请任何成员回避。"}).press("登记", waive)
    assert enabled(story) == []
    story.wait(days=7)
    hands.sign_in(story.people["coord"]).go(story.at("/panel"))
    story.go_on(ReviewState.READING)
    assert story.state is ReviewState.READING


def enabled(story: Story) -> list[str]:
    """The steps onward that the coordinator could take now."""
    buttons = story.hands.go(story.at()).window.all("main .next-steps .actions button:not([disabled])")
    return [button.text for button in buttons]


def members_in_order(story: Story) -> list[Person]:
    """The lead first, because he works in Chromium; the chair second; then the others."""
    return sorted(
        (one.person for one in story.panel.seated if one.person),
        key=lambda person: (person.id != story.lead.id, person.id != story.chair.id, person.id),
    )
