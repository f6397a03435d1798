"""Pages of the index, uploads and changes."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from case_files.store import FileStore
from review_app.audit.models import AuditRow
from review_app.database import Database
from review_app.reviews import files
from review_app.reviews.file_intake import TakenIn, TurnedAway, take_in
from review_app.reviews.models import CaseReview, FileDocument, FileVolume
from review_app.reviews.states import ReviewState, VolumeKind
from review_app.settings import Settings
from review_app.web.files import keeping
from tests import factories
from tests.browser import Browser
from tests.case_files import samples
from tests.conftest import NOW
from tests.files.conftest import Case, put_one

UPLOAD = "form[data-upload]"


def index_of(case: Case) -> str:
    return f"/reviews/{case.review.id}/files"


def upload_of(case: Case) -> str:
    return f"{index_of(case)}/volumes/{case.volume.id}/upload"


def test_the_coordinator_sees_the_index_but_no_link_to_the_text(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    document = put_one(session, store, case.volume, "裁定书.txt", "裁定如下".encode(), by=case.liaison)

    browser.sign_in(case.coordinator).get(index_of(case))

    assert browser.status == 200
    assert [h1.get_text() for h1 in browser.page.select("h1")] == ["案卷目录"]
    row = browser.page.select_one("tbody tr")
    assert row is not None
    cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
    assert cells[:5] == ["1", "裁定书 文本文件", "1", "12 Bytes", cells[4]]
    assert document.sha256 in cells[4]
    assert cells[5:7] == ["联络员 2024-04-02 10:00", "有文字"]
    assert not browser.page.select(f"a[href*='/files/{document.id}/pages']")


def test_a_member_is_led_from_the_index_to_the_pages(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    put_one(session, store, case.volume, "裁定书.txt", "裁定如下".encode(), by=case.coordinator)

    browser.sign_in(case.member).get(index_of(case)).follow("裁定书")

    assert "裁定如下" in browser.text
    assert not browser.get(index_of(case)).page.select("main form")


def test_the_liaison_sees_only_what_the_organ_handed_in(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    put_one(session, store, case.volume, "信访人陈述.txt", b"petition", by=case.coordinator)
    put_one(session, store, case.volume, "执行笔录.txt", b"own text", by=case.liaison)

    browser.sign_in(case.liaison).get(index_of(case))

    assert "执行笔录" in browser.text
    assert "信访人陈述" not in browser.text


@pytest.mark.parametrize("who", ["invited", "outsider"])
def test_others_find_no_index_and_no_upload_and_the_attempt_is_logged(
    session: Session, store: FileStore, case: Case, browser: Browser, who: str
) -> None:
    document = put_one(session, store, case.volume, "裁定书.txt", b"decision", by=case.coordinator)
    browser.sign_in(getattr(case, who))

    addresses = [index_of(case), upload_of(case), f"{index_of(case)}/{document.id}/change"]

    assert [browser.get(address).status for address in addresses] == [404, 404, 404]
    refused = session.scalars(select(AuditRow.subject).where(AuditRow.action == "refused"))
    assert list(refused) == addresses


def test_a_volume_is_registered_and_leads_to_its_upload(
    session: Session, case: Case, browser: Browser
) -> None:
    browser.sign_in(case.liaison).get(index_of(case))

    browser.submit("#volume-form", {"kind": "SELF_REVIEW", "title": "自评表"})

    volume = session.scalars(select(FileVolume).order_by(FileVolume.id.desc())).first()
    assert volume is not None
    assert (volume.number, volume.kind, volume.title) == (2, VolumeKind.SELF_REVIEW, "自评表")
    assert browser.url.endswith(f"/volumes/{volume.id}/upload")


def test_a_volume_without_a_name_is_explained_and_the_choice_kept(case: Case, browser: Browser) -> None:
    browser.sign_in(case.coordinator).get(index_of(case))

    browser.submit("#volume-form", {"kind": "PETITION", "title": ""})

    assert "请填写卷名，例如“执行卷宗第1册”。" in browser.text
    chosen = browser.page.select_one("#volume-form option[selected]")
    assert chosen is not None
    assert chosen["value"] == "PETITION"


def test_files_are_uploaded_in_bulk_and_the_answer_lists_kept_and_refused(
    session: Session, case: Case, browser: Browser
) -> None:
    sent = [
        ("裁定书.pdf", samples.pdf([["终结本次执行程序"]])),
        ("旧裁定.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("照片.jpg", samples.picture("JPEG")),
    ]

    browser.sign_in(case.coordinator).get(upload_of(case))
    browser.submit(UPLOAD, {"files": sent, "not_secret": "y"})

    assert browser.status == 200
    report = browser.page.select_one("#report")
    assert report is not None
    assert [line.get_text(" ", strip=True) for line in report.select("h2, li")] == [
        "上传结果：存入2件，未存入1件",
        "旧裁定.doc “旧裁定.doc”是旧版或者其他格式的文字文件，不能上传。请用 Word 或 WPS 打开，选“另存为”，"
        "文件类型选“Word 文档(*.docx)”，再上传新文件。",
        "裁定书.pdf 已存入，共1页。",
        "照片.jpg 已存入，共1页，没有可读的文字。",
    ]
    assert session.scalar(select(func.count(FileDocument.id))) == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"files": [("a.txt", b"text")]}, "请先核对并确认不含国家秘密。涉密文件一律不得上传。"),
        ({"not_secret": "y"}, "请选择要上传的文件。"),
    ],
)
def test_an_upload_without_files_or_confirmation_is_explained(
    session: Session, case: Case, browser: Browser, fields: dict[str, object], sentence: str
) -> None:
    browser.sign_in(case.coordinator).get(upload_of(case))

    browser.submit(UPLOAD, fields)

    assert sentence in browser.text
    assert session.scalar(select(func.count(FileDocument.id))) == 0


def test_a_script_gets_the_same_answer_as_data(case: Case, browser: Browser) -> None:
    browser.sign_in(case.coordinator).get(upload_of(case))
    token = browser.page.select_one("input[name=csrf_token]")
    assert token is not None

    def send(name: str, content: bytes) -> dict[str, object]:
        facts = {"csrf_token": token["value"], "not_secret": "y", "files": samples.sent(name, content)}
        answer = browser.client.post(upload_of(case), data=facts, headers={"Accept": "application/json"})
        return json.loads(answer.data)  # type: ignore[no-any-return]

    assert send("笔录.txt", b"text") == {
        "kept": [{"name": "笔录.txt", "sentence": "已存入，共1页。"}],
        "refused": [],
    }
    assert send("空.txt", b"") == {
        "kept": [],
        "refused": [{"name": "空.txt", "sentence": "“空.txt”是空文件。请核对后上传有内容的文件。"}],
    }


def test_while_files_are_read_others_can_write(
    session: Session, case: Case, browser: Browser, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_in_while_somebody_writes(*given: Any, **named: Any) -> list[TakenIn | TurnedAway]:
        with database.writing() as other, other.begin():
            other.get_one(CaseReview, case.review.id).summary = "同时写入"
        return take_in(*given, **named)

    monkeypatch.setattr(keeping, "take_in", take_in_while_somebody_writes)

    browser.sign_in(case.coordinator).get(upload_of(case))
    browser.submit(UPLOAD, {"files": [("笔录.txt", b"text")], "not_secret": "y"})

    assert "存入1件，未存入0件" in browser.text
    session.refresh(case.review)
    assert case.review.summary == "同时写入"


def test_the_page_names_the_limit_of_this_instance(
    case: Case, browser: Browser, app: Flask, settings: Settings
) -> None:
    app.extensions["yian_settings"] = replace(settings, upload_limit=30 * 1024 * 1024)

    browser.sign_in(case.coordinator).get(upload_of(case))

    assert "单个文件不超过30 MB" in browser.text


def test_an_upload_without_the_pages_token_changes_nothing(
    session: Session, case: Case, browser: Browser
) -> None:
    browser.sign_in(case.coordinator)

    browser.post(upload_of(case), {"not_secret": "y", "files": samples.sent("a.txt", b"text")})

    assert browser.status == 400
    assert session.scalar(select(func.count(FileDocument.id))) == 0


def test_a_volume_of_another_review_is_not_found(session: Session, case: Case, browser: Browser) -> None:
    other = factories.review(session, ReviewState.FILES)
    session.commit()

    browser.sign_in(case.coordinator).get(f"/reviews/{other.id}/files/volumes/{case.volume.id}/upload")

    assert browser.status == 404


def test_a_document_is_renamed(session: Session, store: FileStore, case: Case, browser: Browser) -> None:
    document = put_one(session, store, case.volume, "扫描001.txt", b"text text", by=case.coordinator)

    browser.sign_in(case.coordinator).get(index_of(case)).follow("改名、撤出")
    browser.submit("#rename-form", {"title": "询问笔录"})

    session.refresh(document)
    assert document.title == "询问笔录"
    assert "名称已保存。" in browser.text


def test_who_renames_second_is_shown_the_other_name_and_keeps_his_own(
    session: Session, store: FileStore, case: Case, browser: Browser, another_browser: Browser
) -> None:
    document = put_one(session, store, case.volume, "扫描001.txt", b"text text", by=case.liaison)
    address = f"{index_of(case)}/{document.id}/change"
    browser.sign_in(case.coordinator).get(address)
    another_browser.sign_in(case.liaison).get(address)
    another_browser.submit("#rename-form", {"title": "联络员的名称"})

    browser.submit("#rename-form", {"title": "协调员的名称"})

    assert "他人刚保存的名称：联络员的名称" in browser.text.replace("： ", "：")
    field = browser.page.select_one("#rename-form input[name=title]")
    assert field is not None
    assert field["value"] == "协调员的名称"
    browser.submit("#rename-form", {"title": "协调员的名称"})
    session.refresh(document)
    assert document.title == "协调员的名称"


def test_a_document_is_withdrawn_with_a_reason_and_stays_listed(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    put_one(session, store, case.volume, "错卷.txt", b"text text", by=case.coordinator)
    browser.sign_in(case.coordinator).get(index_of(case)).follow("改名、撤出")

    browser.submit("#withdraw-form", {"reason": ""})
    assert "请写明理由。" in browser.text
    browser.submit("#withdraw-form", {"reason": "误传别案材料"})

    listed = browser.page.select_one("details.withdrawn")
    assert listed is not None
    assert "误传别案材料" in listed.get_text()
    assert "错卷" not in "".join(row.get_text() for row in browser.page.select("tbody tr"))


def test_the_index_says_what_is_missing_until_it_is_there(
    session: Session, store: FileStore, case: Case, browser: Browser
) -> None:
    put_one(session, store, case.volume, "裁定书.txt", b"decision", by=case.coordinator)
    browser.sign_in(case.coordinator).get(index_of(case))
    assert "被评查单位的自评表尚未上传，也没有写明原因。" in browser.text

    browser.submit("#excuse-form", {"reason": "该院逾期未提交"})

    assert not browser.page.select(".missing")
    assert "没有被评查单位自评表的原因：该院逾期未提交" in browser.text


def test_looking_changes_nothing(session: Session, store: FileStore, case: Case, browser: Browser) -> None:
    document = put_one(session, store, case.volume, "裁定书.txt", b"decision", by=case.coordinator)
    rows = session.scalar(select(func.count(AuditRow.id)))

    browser.sign_in(case.coordinator)
    for address in (index_of(case), upload_of(case), f"{index_of(case)}/{document.id}/change"):
        assert browser.get(address).status == 200
    for address in ("volumes", "no-self-review", f"{document.id}/rename", f"{document.id}/withdraw"):
        assert browser.get(f"{index_of(case)}/{address}").status in (404, 405)

    assert session.scalar(select(func.count(AuditRow.id))) == rows


def test_the_index_asks_the_same_number_of_queries_for_one_and_three_documents(
    session: Session, store: FileStore, case: Case, browser: Browser, engine: Engine
) -> None:
    def queries() -> int:
        asked: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        browser.get(index_of(case))
        event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    browser.sign_in(case.coordinator)
    put_one(session, store, case.volume, "一.txt", b"one one", by=case.coordinator)
    for_one = queries()
    side = files.add_volume(
        session, case.review, kind=VolumeKind.SIDE, title="副卷", by=case.coordinator, now=NOW
    )
    put_one(session, store, side, "二.txt", b"two two", by=case.liaison)
    put_one(session, store, case.volume, "三.txt", b"three three", by=case.coordinator)

    assert queries() == for_one
