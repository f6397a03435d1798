"""The life of a document: numbers without gaps, bytes kept for good, signatures bound to content."""

import hashlib
import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.database import Database
from review_app.documents import service
from review_app.documents.content import Head, as_data
from review_app.documents.models import Document
from review_app.documents.office import office
from review_app.documents.official_format import write
from review_app.documents.states import CopyKind, DeliveryMethod, DocumentKind, DocumentState
from review_app.errors import ReviewError
from tests.documents.samples import ORGAN, sample
from tests.factories import person, review


@pytest.fixture
def clerk(session: Session) -> Person:
    return person(session, Role.COORD)


@pytest.fixture
def document(session: Session, clerk: Person, now: datetime) -> Document:
    return drafted(session, clerk, now)


def drafted(
    session: Session, clerk: Person, now: datetime, kind: DocumentKind = DocumentKind.REVIEW_OPINION
) -> Document:
    of_review = review(session)
    return service.draft_document(
        session, kind=kind, review_id=of_review.id, round=1, title="评查意见书", by=clerk, now=now
    )


def test_numbers_run_per_kind_and_year(session: Session, clerk: Person, now: datetime) -> None:
    opinions = [drafted(session, clerk, now) for _ in range(3)]
    notice = drafted(session, clerk, now, DocumentKind.RESULT_NOTICE)

    numbers = [service.assign_number(session, each, by=clerk, now=now) for each in (*opinions, notice)]
    next_year = service.assign_number(
        session, drafted(session, clerk, now), by=clerk, now=now + timedelta(days=365)
    )

    assert numbers == ["青评意〔2024〕1号", "青评意〔2024〕2号", "青评意〔2024〕3号", "青评告〔2024〕1号"]
    assert next_year == "青评意〔2025〕1号"


def test_void_number_is_never_given_again(session: Session, clerk: Person, now: datetime) -> None:
    first = drafted(session, clerk, now)
    service.assign_number(session, first, by=clerk, now=now)
    service.void(session, first, reason="重复起草", by=clerk, now=now)

    second = service.assign_number(session, drafted(session, clerk, now), by=clerk, now=now)

    assert (first.number, first.state, second) == (
        "青评意〔2024〕1号",
        DocumentState.VOID,
        "青评意〔2024〕2号",
    )


def test_second_number_is_refused(session: Session, clerk: Person, document: Document, now: datetime) -> None:
    service.assign_number(session, document, by=clerk, now=now)

    with pytest.raises(ReviewError, match="已编号青评意〔2024〕1号"):
        service.assign_number(session, document, by=clerk, now=now)


def test_numbers_have_no_gaps_when_many_are_given_at_once(
    session: Session, database: Database, clerk: Person, now: datetime
) -> None:
    ids = [drafted(session, clerk, now).id for _ in range(12)]
    session.commit()
    given: list[str] = []

    def give(document_id: int) -> None:
        with database.writing() as own, own.begin():
            found, by = own.get_one(Document, document_id), own.get_one(Person, clerk.id)
            given.append(service.assign_number(own, found, by=by, now=now))

    threads = [threading.Thread(target=give, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(given) == sorted(f"青评意〔2024〕{seq}号" for seq in range(1, 13))


def test_copy_lies_in_the_store_under_its_hash_and_can_be_made_again(
    session: Session, clerk: Person, document: Document, now: datetime
) -> None:
    copy = service.keep_copy(session, document, CopyKind.CIRCULATED, sample(), by=clerk, now=now)

    kept = service.read_copy(copy)
    assert kept == write(sample())
    assert copy.sha256 == hashlib.sha256(kept).hexdigest()
    assert service.rebuild(copy) == kept
    audited = session.query(AuditRow).filter(AuditRow.action == "document.keep").one()
    assert audited.after is not None
    assert audited.after["sha256"] == copy.sha256


def test_copy_is_never_overwritten(
    session: Session, clerk: Person, document: Document, now: datetime
) -> None:
    service.keep_copy(session, document, CopyKind.CIRCULATED, sample(), by=clerk, now=now)

    with pytest.raises(ReviewError, match="不得覆盖"):
        service.keep_copy(session, document, CopyKind.CIRCULATED, sample(notes="改过"), by=clerk, now=now)


def test_format_error_stops_the_copy(
    session: Session, clerk: Person, document: Document, now: datetime
) -> None:
    wrong = sample(head=Head(f"{ORGAN}文件", "青评意[2024]011号"))

    with pytest.raises(ReviewError, match="发文字号"):
        service.keep_copy(session, document, CopyKind.CIRCULATED, wrong, by=clerk, now=now)
    assert document.copies == []


def test_damaged_file_is_not_handed_out(
    session: Session, clerk: Person, document: Document, now: datetime
) -> None:
    copy = service.keep_copy(session, document, CopyKind.CIRCULATED, sample(), by=clerk, now=now)
    office().files.path(copy.sha256).write_bytes(b"changed")

    with pytest.raises(ReviewError, match="校验值不符"):
        service.read_copy(copy)


def test_signature_holds_for_the_content_it_was_put_on(
    session: Session, clerk: Person, document: Document, now: datetime
) -> None:
    before = service.lock_content(document, as_data(sample()))
    service.sign(session, document, content_sha256=before, by=clerk, now=now)

    after = service.lock_content(document, as_data(sample(notes="改过一个字")))

    assert service.signature_on(document, clerk.id, before) is not None
    assert service.signature_on(document, clerk.id, after) is None


def test_changed_locked_content_is_noticed(document: Document) -> None:
    service.lock_content(document, as_data(sample()))
    document.content = (document.content or "").replace("何某", "王某")

    with pytest.raises(ReviewError, match="与签名时不一致"):
        service.locked_content(document)


def test_steps_outside_the_table_are_refused(
    session: Session, clerk: Person, document: Document, now: datetime
) -> None:
    with pytest.raises(ReviewError, match="起草中"):
        service.step(session, document, DocumentState.ISSUED, by=clerk, now=now)


def test_first_delivery_issues_a_released_document(
    session: Session, clerk: Person, document: Document, now: datetime
) -> None:
    document.state, document.released_at = DocumentState.RELEASED, now

    service.deliver(
        session,
        document,
        to="青岚市人民法院",
        method=DeliveryMethod.DIRECT,
        on=date(2024, 4, 2),
        by=clerk,
        now=now,
    )

    assert (document.state, document.issued_at) == (DocumentState.ISSUED, now)
    assert [(each.to, each.on) for each in document.deliveries] == [("青岚市人民法院", date(2024, 4, 2))]


@pytest.mark.parametrize("on", [date(2024, 4, 1), date(2024, 4, 3)])
def test_delivery_lies_between_release_and_today(
    session: Session, clerk: Person, document: Document, now: datetime, on: date
) -> None:
    document.state, document.released_at = DocumentState.RELEASED, now

    with pytest.raises(ReviewError, match="送达日期"):
        service.deliver(
            session, document, to="青岚市人民法院", method=DeliveryMethod.POST, on=on, by=clerk, now=now
        )
