"""The archive package of a closed review, and the script that checks it without the platform."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.archiving.service import export_archive
from review_app.archiving.verify import departures, read_package
from review_app.audit.models import AuditRow
from review_app.clock import local_day
from review_app.documents.office import Office, use_office
from review_app.documents.packing import pack
from review_app.documents.states import DeliveryMethod
from review_app.errors import NotAllowed, ReviewError
from review_app.opinions.letters import serve
from review_app.reviews.states import ReviewState
from review_app.settings import Settings
from tests.browser import Browser
from tests.factories import person
from tests.opinions.conftest import Stage, stage

__all__ = ["stage"]

Files = dict[str, bytes]


@pytest.fixture(autouse=True)
def issuing_office(settings: Settings) -> Office:
    return use_office(settings)


@pytest.fixture
def auditor(stage: Stage, now: datetime) -> Person:
    """The review is closed, its opinion issued; somebody may archive it."""
    for each in stage.panel[:4]:
        stage.sign(each, now)
    stage.sign(stage.panel[4], now, declined_reason="不同意评查等次")
    stage.submit(now)
    stage.release(now)
    serve(
        stage.session, stage.review, stage.opinion().document, method=DeliveryMethod.DIRECT, on=local_day(now),
        by=stage.coordinator, now=now,
    )  # fmt: skip
    stage.review.state = ReviewState.CLOSED
    found = person(stage.session, Role.AUDITOR)
    stage.session.commit()
    return found


@pytest.fixture
def package(stage: Stage, auditor: Person, now: datetime) -> bytes:
    return export_archive(stage.session, stage.review, reason="年度归档移交", by=auditor, now=now)


def files_in(package: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_package_holds_both_volumes_and_is_found_whole(package: bytes) -> None:
    files = files_in(package)

    assert departures(files) == []
    assert [name for name in sorted(files) if name.endswith(".docx")] == [
        "卷内目录.docx",
        "正卷/青评意〔2024〕1号（内部本）.docx",
        "正卷/青评意〔2024〕1号（送达本（姓名已隐去））.docx",
    ]
    signatures = json.loads(files["签名记录.json"])
    assert [(each["person"], each["declined"]) for each in signatures] == [
        ("专家甲", False), ("专家乙", False), ("专家丙", False), ("专家丁", False), ("专家戊", True),
    ]  # fmt: skip
    assert json.loads(files["正卷/送达记录.json"])[0]["method"] == "直接送达"


def test_script_in_the_package_runs_alone(package: bytes, tmp_path: Path) -> None:
    (tmp_path / "归档.zip").write_bytes(package)
    (tmp_path / "verify.py").write_bytes(files_in(package)["verify.py"])

    good = run(tmp_path)
    broken = dict(files_in(package))
    broken["正卷/送达记录.json"] += b" "
    (tmp_path / "归档.zip").write_bytes(pack(broken))
    bad = run(tmp_path)

    assert (good.returncode, good.stdout.startswith("核验通过")) == (0, True)
    assert (bad.returncode, "文件已被改动：正卷/送达记录.json" in bad.stdout) == (1, True)


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-X", "utf8", "verify.py", "归档.zip"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def reindexed(files: Files, path: str, content: bytes) -> Files:
    """A file changed by somebody who corrected the index too."""
    index = json.loads(files["index.json"])
    for each in index["files"]:
        if each["path"] == path:
            each["sha256"], each["size"] = hashlib.sha256(content).hexdigest(), len(content)
    return {**files, path: content, "index.json": json.dumps(index, ensure_ascii=False).encode()}


def without_document(files: Files) -> Files:
    return {name: content for name, content in files.items() if "内部本）.docx" not in name}


def with_more(files: Files) -> Files:
    return {**files, "正卷/补充.docx": b"PK"}


def other_content(files: Files) -> Files:
    path = next(name for name in files if name.endswith("（内部本）.json"))
    return reindexed(files, path, files[path].replace("瑕疵".encode(), "正常".encode()))


def other_signed_content(files: Files) -> Files:
    path = next(name for name in files if name.endswith("签名的内容.json"))
    return reindexed(files, path, files[path].replace("瑕疵".encode(), "正常".encode()))


def without_log(files: Files) -> Files:
    return reindexed(files, "审计摘录.json", b"[]")


FAULTS: dict[str, tuple[Callable[[Files], Files], str]] = {
    "missing": (without_document, "缺少文件："),
    "more": (with_more, "目录以外的文件：正卷/补充.docx"),
    "content": (other_content, "文书与其内容不符："),
    "signed": (other_signed_content, "内容与签名、锁定时不一致："),
    "log": (without_log, "审计摘录中没有这份文书的校验值："),
    "index": (
        lambda files: {name: each for name, each in files.items() if name != "index.json"},
        "缺少 index.json",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_change_is_found_even_with_a_corrected_index(package: bytes, name: str) -> None:
    change, expected = FAULTS[name]

    assert any(line.startswith(expected) for line in departures(change(files_in(package))))


def test_index_is_known_to_the_audit_log(package: bytes, stage: Stage, tmp_path: Path) -> None:
    row = stage.session.scalars(select(AuditRow).where(AuditRow.action == "archive.export")).one()
    assert row.after is not None
    assert row.reason == "年度归档移交"
    (tmp_path / "a.zip").write_bytes(package)

    files = read_package(tmp_path / "a.zip")

    assert departures(files, row.after["index_sha256"]) == []
    assert departures(files, "0" * 64) == ["index.json 的校验值与给出的不一致。"]


def test_only_the_auditor_after_closing_and_with_a_reason(
    stage: Stage, auditor: Person, now: datetime
) -> None:
    with pytest.raises(ReviewError, match="不少于5个字"):
        export_archive(stage.session, stage.review, reason="归档", by=auditor, now=now)
    for outsider in (stage.coordinator, stage.leader, stage.chair, stage.liaison):
        with pytest.raises(NotAllowed):
            export_archive(stage.session, stage.review, reason="年度归档移交", by=outsider, now=now)
    stage.review.state = ReviewState.FOLLOWUP
    with pytest.raises(NotAllowed):
        export_archive(stage.session, stage.review, reason="年度归档移交", by=auditor, now=now)


def test_auditor_takes_the_package_out_on_the_page(stage: Stage, auditor: Person, browser: Browser) -> None:
    url = f"/reviews/{stage.review.id}/archive"
    browser.sign_in(auditor).get(url).submit("main form", {"reason": "移交"})
    assert "不少于5个字" in browser.text

    browser.submit("main form", {"reason": "年度归档移交"})

    assert departures(files_in(browser.content)) == []
    assert browser.sign_in(stage.coordinator).get(url).status == 404
