"""A review whose file is being collected, and the people around it."""

import io
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from case_files.store import FileStore
from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.reviews import files
from review_app.reviews.file_intake import UploadedFile, take_in
from review_app.reviews.models import CaseReview, FileDocument, FileVolume
from review_app.reviews.states import AccessStage, ReviewState, VolumeKind
from review_app.settings import Settings
from tests import factories
from tests.conftest import NOW


@dataclass
class Case:
    """One review in FILES with one volume; ``member`` reads, ``invited`` has not signed the statement."""

    review: CaseReview
    volume: FileVolume
    coordinator: Person
    liaison: Person
    member: Person
    invited: Person
    outsider: Person


@pytest.fixture
def store(settings: Settings) -> FileStore:
    return FileStore(settings.file_folder)


@pytest.fixture
def case(session: Session) -> Case:
    organ = factories.organisation(session, "青岚市人民法院")
    review = factories.review(session, ReviewState.FILES, reviewed_org=organ)
    coordinator = factories.person(session, Role.COORD, name="协调员周某")
    member = factories.person(session, Role.EXPERT, name="专家甲")
    invited = factories.person(session, Role.EXPERT, name="专家乙")
    factories.seat(session, review, member)
    factories.seat(session, review, invited, stage=AccessStage.SUMMARY)
    review.coordinator_id = coordinator.id
    volume = files.add_volume(
        session, review, kind=VolumeKind.EXECUTION, title="执行卷宗第1册", by=coordinator, now=NOW
    )
    case = Case(
        review,
        volume,
        coordinator,
        factories.person(session, Role.REVIEWED_LIAISON, name="联络员", organisation=organ),
        member,
        invited,
        factories.person(session, Role.EXPERT, name="局外专家"),
    )
    session.commit()
    return case


def put(
    session: Session,
    store: FileStore,
    volume: FileVolume,
    *files_sent: tuple[str, bytes],
    by: Person,
) -> files.UploadReport:
    """Take in and upload files as the upload page does, and commit."""
    taken = take_in(store, [UploadedFile(name, io.BytesIO(content)) for name, content in files_sent])
    report = files.upload_documents(session, volume, taken, by=by, now=NOW)
    session.commit()
    return report


def put_one(
    session: Session, store: FileStore, volume: FileVolume, name: str, content: bytes, *, by: Person
) -> FileDocument:
    (document,) = put(session, store, volume, (name, content), by=by).kept
    return document
