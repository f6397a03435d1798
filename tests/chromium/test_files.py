"""The file in a real browser: uploading file by file, reading with the keyboard, selecting words."""

import json
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from sqlalchemy.orm import Session

from case_files.store import FileStore
from review_app.accounts.states import Role
from review_app.reviews import files
from review_app.reviews.models import FileVolume
from review_app.reviews.states import ReviewState, VolumeKind
from review_app.settings import Settings
from tests import factories
from tests.chromium.window import Window
from tests.conftest import NOW
from tests.files.conftest import put_one

SELECT_AND_TELL = """
const [from, to, done] = arguments;
import("/static/js/file_text.js").then(({ selectionIn }) => {
  const pane = document.querySelector(".file-text");
  const range = document.createRange();
  range.setStart(pane.firstChild, from);
  range.setEnd(pane.firstChild, to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  done(JSON.stringify(selectionIn(pane)));
});
"""


@pytest.fixture
def volume(session: Session) -> FileVolume:
    """A volume of a review in FILES, made by its coordinator."""
    coordinator = factories.person(session, Role.COORD, name="周明")
    review = factories.review(session, ReviewState.FILES, coordinator_id=coordinator.id)
    volume = files.add_volume(
        session, review, kind=VolumeKind.EXECUTION, title="执行卷宗第1册", by=coordinator, now=NOW
    )
    session.commit()
    return volume


def test_files_are_sent_one_by_one_and_each_says_what_became_of_it(
    window: Window, volume: FileVolume, tmp_path: Path
) -> None:
    assert volume.review.coordinator is not None
    (tmp_path / "甲.txt").write_text("询问笔录", encoding="gb18030")
    (tmp_path / "乙.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "丙.txt").write_bytes(b"")
    window.sign_in(volume.review.coordinator)
    window.open(f"/reviews/{volume.review_id}/files/volumes/{volume.id}/upload")

    window.find("input[type=file]").send_keys(
        "\n".join(str(tmp_path / f"{n}") for n in ("甲.txt", "乙.doc", "丙.txt"))
    )
    window.find(".submit-row button").click()
    window.wait_for("请先核对并确认不含国家秘密。")
    window.find("input[name=not_secret]").click()
    window.find(".submit-row button").click()
    window.wait_for("存入1件，未存入2件。")

    assert [row.text.split("\n")[1] for row in window.all("[data-queue] li")] == [
        "已存入，共1页。",
        "“乙.doc”是旧版或者其他格式的文字文件，不能上传。请用 Word 或 WPS 打开，选“另存为”，"
        "文件类型选“Word 文档(*.docx)”，再上传新文件。",
        "“丙.txt”是空文件。请核对后上传有内容的文件。",
    ]
    assert window.complaints == []


def test_pages_are_turned_by_arrow_keys_and_selected_words_are_counted_in_code_points(
    window: Window, session: Session, settings: Settings, volume: FileVolume
) -> None:
    assert volume.review.coordinator is not None
    member = factories.person(session, Role.EXPERT)
    factories.seat(session, volume.review, member)
    text = "第一页\f申请人𠮷某：\n请求恢复执行。"
    document = put_one(
        session,
        FileStore(settings.file_folder),
        volume,
        "笔录.txt",
        text.encode(),
        by=volume.review.coordinator,
    )
    window.sign_in(member)
    window.open(f"/reviews/{volume.review_id}/files/{document.id}/pages/1")

    window.find("body").send_keys(Keys.ARROW_RIGHT)
    window.wait_for("请求恢复执行。")
    told = json.loads(window.driver.execute_async_script(SELECT_AND_TELL, 7, 13))

    page = text.split("\f")[1]
    assert told == {"start": 6, "end": 12, "text": page[6:12]}
    assert window.driver.find_element(By.CSS_SELECTOR, ".file-text").get_property("textContent") == page
    for look in (window.wide, window.phone):
        look()
        assert window.overflow == 0
    assert window.complaints == []
