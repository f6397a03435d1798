from sqlalchemy.orm import Session

from tests.browser import Browser
from tests.deliberations.made import worded_case


def test_a_thread_from_its_beginning_to_its_resolution(browser: Browser, session: Session) -> None:
    made = worded_case(session, 4)
    session.commit()
    browser.sign_in(made.lead)
    base = f"/reviews/{made.review.id}/discussions"

    browser.get(f"{base}/new", about="dimension-D5").submit(
        "#begin",
        {
            "title": "文书送达",
            "text": "请核对送达回证。",
            "files": ("说明.txt", "回证说明".encode()),
        },
    )
    browser.follow("文书送达")
    browser.submit("#settle", {"reason": "已经核对回证原件"})

    assert "已解决" in browser.text
    link = browser.page.select_one("a[href*=attachments]")
    assert link is not None
    assert browser.get(str(link["href"])).content == "回证说明".encode()
    assert browser.get(f"/reviews/{made.review.id}/agenda").status == 200


def test_the_coordinator_finds_nothing(browser: Browser, session: Session) -> None:
    made = worded_case(session, 4)
    session.commit()
    browser.sign_in(made.coordinator)

    answers = [browser.get(f"/reviews/{made.review.id}/{page}").status for page in ("discussions", "agenda")]

    assert answers == [404, 404]
