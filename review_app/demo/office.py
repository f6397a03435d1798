"""Whoever walks a made-up review holds this: session, people, files taken in, and the moment of the step."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from io import BytesIO

from sqlalchemy.orm import Session

from case_files.store import FileStore
from review_app.accounts.models import Person
from review_app.clock import SHANGHAI, local_day
from review_app.demo.narratives import DocumentText, Narrative
from review_app.organisations.models import Organisation
from review_app.reviews.file_intake import TakenIn, TurnedAway, UploadedFile, take_in
from review_app.reviews.models import CaseReview
from review_app.settings import Settings
from search_index.engine import SearchEngine

Files = dict[bytes, TakenIn | TurnedAway]


@dataclass
class Office:
    """``told`` are the cases, moved by ``years``; ``start`` is the moment the demo is built for; ``now`` the moment of the present step."""

    session: Session
    settings: Settings
    engine: SearchEngine
    files: Files
    told: dict[str, Narrative]
    years: int
    start: datetime
    now: datetime
    organs: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    reviews: dict[str, CaseReview] = field(default_factory=dict)

    @property
    def coordinator(self) -> Person:
        return self.people["coord"]

    def before(self, days: int, hour: int = 9, minute: int = 30) -> datetime:
        """A moment of the working day so many days before the start."""
        day = local_day(self.start) - timedelta(days=days)
        return datetime.combine(day, time(hour, minute), SHANGHAI)

    def liaison(self, review: CaseReview) -> Person:
        """Who speaks for the reviewed organ; the coordinator where the demo has nobody."""
        organ = review.legal_case.reviewed_org_id
        return next((one for one in self.people.values() if one.liaison_of(organ)), self.coordinator)


def take_in_files(settings: Settings, narratives: list[Narrative]) -> Files:
    """Check and read every file of the cases as an upload would, some at a time: each is read in a child
    process of its own."""
    store = FileStore(settings.file_folder)
    documents = [document for one in narratives for volume in one.volumes for document in volume.documents]
    with ThreadPoolExecutor(4) as workers:
        taken = workers.map(lambda document: take_in_document(store, document), documents)
        return dict(zip((document.content for document in documents), taken, strict=True))


def take_in_document(store: FileStore, document: DocumentText) -> TakenIn | TurnedAway:
    upload = UploadedFile(f"{document.title}.txt", BytesIO(document.content))
    return take_in(store, [upload])[0]
