"""The file of a review: volumes, uploads, changes; what is refused, what stays."""

import io

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from case_files.limits import Limits
from case_files.store import FileStore
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.notices.models import Notice
from review_app.reviews import files
from review_app.reviews.file_intake import TurnedAway, UploadedFile, take_in
from review_app.reviews.models import FileDocument, FilePage
from review_app.reviews.states import ReviewState, VolumeKind
from tests import factories
from tests.case_files import samples
from tests.conftest import NOW
from tests.files.conftest import Case, put, put_one


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def test_volumes_are_numbered_in_order(session: Session, case: Case) -> None:
    second = files.add_volume(
        session, case.review, kind=VolumeKind.PETITION, title=" 信访卷 ", by=case.liaison, now=NOW
    )

    assert (second.number, second.title) == (2, "信访卷")


@pytest.mark.parametrize("title", ["", "  ", "a/b", "卷" * 81, "机密★卷"])
def test_a_volume_needs_a_usable_title(session: Session, case: Case, title: str) -> None:
    with pytest.raises(ReviewError):
        files.add_volume(
            session, case.review, kind=VolumeKind.MAIN, title=title, by=case.coordinator, now=NOW
        )


def test_documents_are_kept_with_their_pages(session: Session, store: FileStore, case: Case) -> None:
    content = samples.pdf([["本院认为，被告应当支付货款。"], []])

    document = put_one(session, store, case.volume, "裁定书.pdf", content, by=case.coordinator)

    assert (document.number, document.title, document.file_name) == (1, "裁定书", "裁定书.pdf")
    assert (document.kind, document.page_count, document.has_text) == ("pdf", 2, True)
    assert [page.text for page in document.pages] == ["本院认为，被告应当支付货款。", ""]
    assert store.read(document.sha256) == content
    assert actions(session) == ["files.add_volume", "files.upload"]


def test_refused_files_do_not_hold_up_the_others(session: Session, store: FileStore, case: Case) -> None:
    report = put(
        session,
        store,
        case.volume,
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("笔录.txt", "询问笔录".encode("gb18030")),
        ("锁.pdf", samples.locked_pdf([["正文"]], password="x")),
        ("照片.png", samples.picture()),
        by=case.coordinator,
    )

    assert [document.file_name for document in report.kept] == ["笔录.txt", "照片.png"]
    assert [(refused.name, str(refused.error)[:13]) for refused in report.refused] == [
        ("旧.doc", "“旧.doc”是旧版或者其"),
        ("锁.pdf", "PDF 设有打开密码，无法"),
    ]
    assert actions(session).count("files.refused") == 2
    assert sum(path.is_file() for path in store.root.rglob("*")) == 2


def test_a_file_larger_than_the_limit_is_refused_and_not_stored(store: FileStore) -> None:
    (turned_away,) = take_in(
        store, [UploadedFile("大.txt", io.BytesIO(b"x" * 3_000_000))], limits=Limits(upload=2 * 1024 * 1024)
    )

    assert isinstance(turned_away, TurnedAway)
    assert str(turned_away.refusal) == "文件超过2 MB。请按册拆分，或者降低扫描分辨率后上传。"
    assert not any(path.is_file() for path in store.root.rglob("*"))


def test_the_same_content_twice_in_a_volume_is_told_and_not_stored(
    session: Session, store: FileStore, case: Case
) -> None:
    put_one(session, store, case.volume, "笔录.txt", "询问笔录".encode(), by=case.coordinator)

    report = put(session, store, case.volume, ("又一份.txt", "询问笔录".encode()), by=case.liaison)

    assert (report.kept, [str(refused.error) for refused in report.refused]) == (
        [],
        ["本卷已有内容完全相同的文件“笔录”（第1件），没有重复存入。"],
    )
    assert session.scalar(select(func.count(FileDocument.id))) == 1


def test_the_same_content_may_stand_in_two_volumes_but_lies_once(
    session: Session, store: FileStore, case: Case
) -> None:
    other = files.add_volume(
        session, case.review, kind=VolumeKind.SIDE, title="副卷", by=case.coordinator, now=NOW
    )

    for volume in (case.volume, other):
        put_one(session, store, volume, "笔录.txt", "询问笔录".encode(), by=case.coordinator)

    assert session.scalar(select(func.count(FileDocument.id))) == 2
    assert sum(path.is_file() for path in store.root.rglob("*")) == 1


def test_a_file_with_a_secrecy_mark_is_reported_without_its_name(
    session: Session, store: FileStore, case: Case
) -> None:
    put(session, store, case.volume, ("关于甲项目的绝密请示.txt", b"x"), by=case.liaison)

    row = session.scalars(select(AuditRow).where(AuditRow.action == "files.secrecy_mark")).one()
    notice = session.scalars(select(Notice)).one()
    assert "甲项目" not in str(row.after) + str(notice.facts)
    assert (notice.kind, notice.person_id) == ("secrecy-mark", case.coordinator.id)
    assert not any(path.is_file() for path in store.root.rglob("*"))


def test_only_coordinator_and_liaison_upload(session: Session, case: Case) -> None:
    for person in (case.member, case.invited, case.outsider, factories.person(session, Role.LEADER)):
        with pytest.raises(NotAllowed):
            files.upload_documents(session, case.volume, [], by=person, now=NOW)
        with pytest.raises(NotAllowed):
            files.add_volume(session, case.review, kind=VolumeKind.MAIN, title="卷", by=person, now=NOW)


def test_nothing_is_uploaded_to_a_closed_review(session: Session, case: Case) -> None:
    case.review.state = ReviewState.CLOSED
    session.flush()

    with pytest.raises(NotAllowed):
        files.upload_documents(session, case.volume, [], by=case.coordinator, now=NOW)


def test_renaming_keeps_the_name_under_which_the_file_came(
    session: Session, store: FileStore, case: Case
) -> None:
    document = put_one(session, store, case.volume, "扫描001.txt", b"text text", by=case.coordinator)

    files.rename_document(
        session, document, title="询问笔录", seen_version=document.row_version, by=case.coordinator, now=NOW
    )

    assert (document.title, document.file_name) == ("询问笔录", "扫描001.txt")
    row = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert row is not None
    assert (row.action, row.before, row.after) == (
        "files.rename",
        {"title": "扫描001"},
        {"title": "询问笔录"},
    )


def test_who_renames_second_is_shown_the_first_name(session: Session, store: FileStore, case: Case) -> None:
    document = put_one(session, store, case.volume, "扫描001.txt", b"text text", by=case.coordinator)
    another = factories.person(session, Role.COORD)
    seen = document.row_version
    files.rename_document(session, document, title="笔录", seen_version=seen, by=case.coordinator, now=NOW)
    session.flush()

    with pytest.raises(EditConflict) as conflict:
        files.rename_document(session, document, title="证言", seen_version=seen, by=another, now=NOW)

    assert conflict.value.theirs == {"title": "笔录"}
    assert document.title == "笔录"


def test_a_withdrawn_document_stays_stored_and_readable(
    session: Session, store: FileStore, case: Case
) -> None:
    document = put_one(session, store, case.volume, "错卷.txt", "别案材料".encode(), by=case.coordinator)

    files.withdraw_document(session, document, reason="误传别案材料", by=case.coordinator, now=NOW)
    session.commit()

    assert (document.withdrawn_at, document.withdrawn_reason) == (NOW, "误传别案材料")
    assert session.scalars(select(FilePage.text)).all() == ["别案材料"]
    assert store.read(document.sha256) == "别案材料".encode()
    again = put(session, store, case.volume, ("错卷.txt", "别案材料".encode()), by=case.coordinator)
    assert [one.number for one in again.kept] == [2]


def test_withdrawing_needs_a_reason_and_happens_once(session: Session, store: FileStore, case: Case) -> None:
    document = put_one(session, store, case.volume, "错卷.txt", b"text text", by=case.coordinator)

    with pytest.raises(ReviewError, match="理由"):
        files.withdraw_document(session, document, reason=" ", by=case.coordinator, now=NOW)
    files.withdraw_document(session, document, reason="误传", by=case.coordinator, now=NOW)
    with pytest.raises(ReviewError, match="已经撤出"):
        files.withdraw_document(session, document, reason="再撤", by=case.coordinator, now=NOW)


def test_the_organ_changes_its_own_documents_only_while_files_are_collected(
    session: Session, store: FileStore, case: Case
) -> None:
    own = put_one(session, store, case.volume, "自评.txt", b"own own", by=case.liaison)
    others = put_one(session, store, case.volume, "信访.txt", b"others", by=case.coordinator)

    with pytest.raises(NotAllowed):
        files.withdraw_document(session, others, reason="不利", by=case.liaison, now=NOW)
    files.rename_document(
        session, own, title="自评表", seen_version=own.row_version, by=case.liaison, now=NOW
    )
    case.review.state = ReviewState.READING
    session.flush()
    with pytest.raises(NotAllowed):
        files.withdraw_document(session, own, reason="不利", by=case.liaison, now=NOW)


def test_files_are_missing_until_a_volume_is_filled_and_the_self_review_is_there_or_excused(
    session: Session, store: FileStore, case: Case
) -> None:
    no_files = "案卷尚未上传：至少登记一卷，并上传卷内材料。"
    no_self_review = "被评查单位的自评表尚未上传，也没有写明原因。"

    def lacks() -> list[str]:
        session.expire_all()
        return [str(missing) for missing in files.missing_files(case.review)]

    assert lacks() == [no_files, no_self_review]
    own = files.add_volume(
        session, case.review, kind=VolumeKind.SELF_REVIEW, title="自评表", by=case.liaison, now=NOW
    )
    self_review = put_one(session, store, own, "自评表.txt", b"self review", by=case.liaison)
    assert lacks() == [no_files]
    put_one(session, store, case.volume, "裁定.txt", b"decision", by=case.coordinator)
    assert lacks() == []
    files.withdraw_document(session, self_review, reason="误传", by=case.coordinator, now=NOW)
    session.flush()
    assert lacks() == [no_self_review]
    files.excuse_self_review(
        session, case.review, reason="该院逾期未提交，已两次催促", by=case.coordinator, now=NOW
    )
    session.flush()
    assert lacks() == []


def test_only_the_coordinator_excuses_a_self_review_and_says_why(session: Session, case: Case) -> None:
    with pytest.raises(NotAllowed):
        files.excuse_self_review(session, case.review, reason="不想交", by=case.liaison, now=NOW)
    with pytest.raises(ReviewError, match="原因"):
        files.excuse_self_review(session, case.review, reason=" ", by=case.coordinator, now=NOW)


def test_a_failure_in_one_row_rolls_back_that_file_only(
    session: Session, store: FileStore, case: Case
) -> None:
    double = [UploadedFile(name, io.BytesIO(b"same same")) for name in ("一.txt", "二.txt", "三.txt")]
    double[2] = UploadedFile("三.txt", io.BytesIO(b"different"))

    report = files.upload_documents(
        session, case.volume, take_in(store, double), by=case.coordinator, now=NOW
    )
    session.commit()

    assert [(one.number, one.file_name) for one in report.kept] == [(1, "一.txt"), (2, "三.txt")]
    assert [one.name for one in report.refused] == ["二.txt"]
