"""Comments, proposals and the comparison of versions on the page and as a Word file."""

import io
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn

from review_app.opinions import service
from review_app.opinions.states import PartKey
from tests.browser import Browser
from tests.opinions.conftest import Stage


@pytest.fixture
def url(stage: Stage) -> str:
    stage.session.commit()
    return f"/reviews/{stage.review.id}/opinion"


def written(stage: Stage, now: datetime) -> None:
    for edition, text in enumerate(("查明事实一", "查明事实二")):
        service.edit_part(
            stage.session,
            stage.opinion(),
            PartKey.FACTS,
            text=text,
            seen_edition=edition,
            by=stage.lead,
            now=now,
        )
    stage.session.commit()


def test_member_proposes_and_the_lead_adopts(stage: Stage, url: str, browser: Browser) -> None:
    browser.sign_in(stage.members[0]).get(f"{url}/parts/facts/remarks")
    browser.submit("main section form", {"words": "应写明日期", "proposal": "查明：2020年9月28日终本。"})
    assert "意见已提出" in browser.text

    browser.sign_in(stage.lead).get(url)
    assert "1条待处理的意见" in browser.text
    browser.get(f"{url}/parts/facts/remarks")
    assert [each.get_text() for each in browser.page.select(".version ins")] != []
    browser.submit("form[action*='/opinion/remarks/']", {"do": "adopt", "answer": ""})

    assert "已记录：已采纳" in browser.text
    browser.get(f"{url}/preview")
    assert "查明：2020年9月28日终本。" in browser.text


def test_remark_without_words_is_kept_on_the_page(stage: Stage, url: str, browser: Browser) -> None:
    browser.sign_in(stage.members[0]).get(f"{url}/parts/facts/remarks")

    browser.submit("main section form", {"words": "", "proposal": "成员改写的文字"})

    assert "请写明意见或者修改的理由" in browser.text
    field = browser.page.select_one("textarea[name=proposal]")
    assert field is not None
    assert "成员改写的文字" in field.get_text()


def test_any_two_versions_are_compared(stage: Stage, url: str, browser: Browser, now: datetime) -> None:
    written(stage, now)

    browser.sign_in(stage.members[0]).get(f"{url}/parts/facts/versions?from=2&to=1")

    shown = browser.page.select_one("[aria-labelledby=compare] .version")
    assert shown is not None
    assert [(each.name, each.get_text()) for each in shown.select("ins, del")] == [
        ("del", "一"),
        ("ins", "二"),
    ]


def test_comparison_is_downloaded_with_tracked_changes(
    stage: Stage, url: str, browser: Browser, now: datetime
) -> None:
    written(stage, now)
    browser.sign_in(stage.members[0]).get(f"{url}/parts/facts/versions")

    part = browser.get(f"{url}/parts/facts/changes.docx?from=1&to=2").content
    whole = browser.get(f"{url}/changes.docx").content

    opened = docx.Document(io.BytesIO(part))
    authors = {each.get(qn("w:author")) for each in opened.element.body.iter(qn("w:ins"), qn("w:del"))}
    assert authors == {stage.lead.name}
    assert "四、评查查明的事实" in [each.text for each in docx.Document(io.BytesIO(whole)).paragraphs]
    assert browser.get(f"{url}/parts/facts/changes.docx?from=1").status == 404


def test_coordinator_and_leader_learn_nothing_of_who_wrote_what(
    stage: Stage, url: str, browser: Browser
) -> None:
    for outsider in (stage.coordinator, stage.leader):
        browser.sign_in(outsider)
        for page in (
            "parts/facts/remarks",
            "parts/facts/versions",
            "parts/facts/changes.docx",
            "changes.docx",
        ):
            assert browser.get(f"{url}/{page}").status == 404
