"""The pages on which an opinion is written, read and signed, through real forms."""

import io
from datetime import datetime

import docx
import pytest
from sqlalchemy import select

from review_app.audit.models import AuditRow
from review_app.documents.rendering import converter
from review_app.opinions import service
from review_app.opinions.facts import Advice
from review_app.opinions.queries import advice_of
from review_app.petitions.states import RequestResult
from review_app.reviews.states import ReviewState
from tests.browser import Browser
from tests.factories import PASSWORD
from tests.opinions.conftest import Stage


@pytest.fixture
def url(stage: Stage) -> str:
    stage.session.commit()
    return f"/reviews/{stage.review.id}/opinion"


def refreshed(stage: Stage) -> Stage:
    stage.session.rollback()
    stage.session.expire_all()
    return stage


def test_lead_writes_a_part_and_sees_it_in_the_preview(stage: Stage, url: str, browser: Browser) -> None:
    browser.sign_in(stage.lead).get(url)
    assert browser.page.select_one("h1").get_text() == "评查意见书"  # type: ignore[union-attr]

    browser.get(f"{url}/parts/facts").submit("main form", {"text": "查明：未采取查封措施\n查明：未再查询"})

    assert "已保存" in browser.text
    browser.get(f"{url}/preview")
    assert "1．查明：未采取查封措施。" in browser.text
    assert "2．查明：未再查询。" in browser.text


def test_answer_to_a_request_takes_its_result(stage: Stage, url: str, browser: Browser) -> None:
    browser.sign_in(stage.chair).get(f"{url}/parts/request-2")
    assert "请求说明理由。" in browser.text

    browser.submit("main form", {"text": "理由不足", "result": "NOT_SUPPORTED"})

    part = refreshed(stage).opinion().part("request-2")
    assert part is not None
    assert (part.text, part.result) == ("理由不足", RequestResult.NOT_SUPPORTED)


def test_recommendations_are_written_row_by_row(stage: Stage, url: str, browser: Browser) -> None:
    browser.sign_in(stage.lead).get(f"{url}/advice")

    browser.submit(
        "main form", {"rows-1-text": "", "rows-2-text": "补正材料", "rows-2-organ": "青岚市人民法院"}
    )

    kept = advice_of(stage.session, refreshed(stage).review)
    assert [each.text for each in kept][1:] == ["补正材料"]
    assert kept[1] == Advice("补正材料", "青岚市人民法院")


def test_second_writer_sees_the_other_s_text_and_loses_nothing(
    stage: Stage, url: str, browser: Browser, another_browser: Browser
) -> None:
    browser.sign_in(stage.lead).get(f"{url}/parts/facts")
    another_browser.sign_in(stage.chair).get(f"{url}/parts/facts")
    another_browser.submit("main form", {"text": "组长先保存的文字"})

    browser.submit("main form", {"text": "主评人的文字"})

    assert "组长先保存的文字" in browser.text
    assert "主评人的文字" in browser.page.select_one("textarea[name=text]").get_text()  # type: ignore[union-attr]
    browser.submit("main form", {"text": "合并后的文字"})
    assert "已保存" in browser.text


def test_versions_are_compared_for_the_panel_only(stage: Stage, url: str, browser: Browser) -> None:
    browser.sign_in(stage.lead).get(f"{url}/parts/hearing").submit("main form", {"text": "另行听取意见"})

    browser.sign_in(stage.members[0]).get(f"{url}/parts/hearing/versions")
    assert browser.page.select("ins")
    assert stage.lead.name in browser.text
    assert browser.sign_in(stage.coordinator).get(f"{url}/parts/hearing/versions").status == 404


def test_draft_is_downloaded_with_a_watermark_and_a_row_in_the_log(
    stage: Stage, url: str, browser: Browser
) -> None:
    browser.sign_in(stage.coordinator).get(f"{url}/draft.docx")

    opened = docx.Document(io.BytesIO(browser.content))
    header = opened.sections[0].header._element.xml
    assert f"草稿　{stage.coordinator.name}　2024-04-02 10:00" in header
    assert "秦守田" not in browser.answer.headers["Content-Disposition"]  # type: ignore[union-attr]
    assert stage.session.scalars(select(AuditRow).where(AuditRow.action == "opinion.download_draft")).one()


@pytest.mark.parametrize("who", ["leader", "liaison"])
def test_draft_is_not_found_for_those_outside(stage: Stage, url: str, browser: Browser, who: str) -> None:
    browser.sign_in(getattr(stage, who))

    assert [browser.get(f"{url}{page}").status for page in ("", "/preview", "/draft.docx", "/sign")] == [
        404
    ] * 4


def test_coordinator_reads_but_cannot_write_or_sign(stage: Stage, url: str, browser: Browser) -> None:
    browser.sign_in(stage.coordinator)

    assert browser.get(url).status == 200
    assert [browser.get(f"{url}{page}").status for page in ("/parts/facts", "/advice", "/sign")] == [404] * 3


def test_fault_is_named_with_a_link_to_where_it_is_put_right(
    stage: Stage, url: str, browser: Browser
) -> None:
    browser.sign_in(stage.lead).get(f"{url}/parts/facts").submit("main form", {"text": ""})

    link = browser.page.select_one(".missing a")

    assert link is not None
    assert (link.get_text(), link["href"]) == ("“四、评查查明的事实”尚未填写。", f"{url}/parts/facts")


def test_member_signs_with_the_password_after_reading(stage: Stage, url: str, browser: Browser) -> None:
    member = stage.members[0]
    browser.sign_in(member).get(f"{url}/sign")
    assert "合议后评查得分75分" in browser.text

    browser.submit("main form", {"password": "不对"}, button="sign")
    assert "密码不正确" in browser.text
    browser.submit("main form", {"password": PASSWORD}, button="sign")

    assert "已签名" in browser.text
    assert service.valid_signature(refreshed(stage).opinion(), member.id) is not None


def test_member_who_does_not_sign_says_why(stage: Stage, url: str, browser: Browser) -> None:
    browser.sign_in(stage.members[1]).get(f"{url}/sign")
    browser.submit("main form", {"password": PASSWORD}, button="decline")
    assert "请写明不签名的理由" in browser.text

    browser.submit("main form", {"password": PASSWORD, "declined_reason": "不同意等次"}, button="decline")

    assert "不同意等次" in browser.text
    browser.sign_in(stage.coordinator).get(url)
    assert "已书面说明理由" in browser.text
    assert "不同意等次" not in browser.text


def test_signature_on_a_changed_text_is_refused(
    stage: Stage, url: str, browser: Browser, another_browser: Browser
) -> None:
    browser.sign_in(stage.members[0]).get(f"{url}/sign")
    another_browser.sign_in(stage.lead).get(f"{url}/parts/facts").submit(
        "main form", {"text": "其间改动的事实"}
    )

    browser.submit("main form", {"password": PASSWORD}, button="sign")

    assert "评查意见书又有改动" in browser.text
    assert "其间改动的事实" in browser.text


def test_reading_changes_nothing(stage: Stage, url: str, browser: Browser) -> None:
    before = service.present_sha256(stage.opinion())
    browser.sign_in(stage.lead)
    for page in ("", "/preview", "/parts/facts", "/advice", "/sign"):
        assert browser.get(f"{url}{page}").status == 200

    assert service.present_sha256(refreshed(stage).opinion()) == before
    assert stage.review.state is ReviewState.OPINION


def test_unknown_part_is_not_found(stage: Stage, url: str, browser: Browser, now: datetime) -> None:
    browser.sign_in(stage.lead)

    assert [browser.get(f"{url}/parts/{key}").status for key in ("nothing", "request-99")] == [404, 404]


def test_draft_is_seen_as_printed_where_libreoffice_is_installed(
    stage: Stage, url: str, browser: Browser
) -> None:
    browser.sign_in(stage.lead).get(f"{url}/preview")
    button = browser.page.select_one(f"form[action='{url}/draft.pdf']")
    assert (button is not None) == (converter() is not None)

    if button is not None:
        browser.submit(f"form[action='{url}/draft.pdf']")
        assert browser.content[:5] == b"%PDF-"
