"""Whoever walks a made-up review holds this: session, people, files taken in, and the moment of the step."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from io import BytesIO

from sqlalchemy.orm import Session

from case_files.readers import txt
from case_files.store import FileStore
from review_app.accounts.models import Person
from review_app.clock import SHANGHAI, local_day
from review_app.demo.narratives import Narrative
from review_app.organisations.models import Organisation
from review_app.reviews.file_intake import TakenIn
from review_app.reviews.models import CaseReview
from review_app.settings import Settings
from search_index.engine import SearchEngine

Files = dict[bytes, TakenIn]


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
        return datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)

    def liaison(self, review: CaseReview) -> Person:
        """Who speaks for the reviewed organ; the coordinator where the demo has nobody."""
        organ = review.legal_case.reviewed_org_id
        return next((one for one in self.people.values() if one.liaison_of(organ)), self.coordinator)


def take_in_files(settings: Settings, narratives: list[Narrative]) -> Files:
    """Every file of the cases, in the store."""
    store = FileStore(settings.file_folder)
    documents = [document for one in narratives for volume in one.volumes for document in volume.documents]
    return {one.content: take_in_text(store, one.title, one.content) for one in documents}


def take_in_text(store: FileStore, title: str, content: bytes) -> TakenIn:
    """A text of our own as an upload would take it in, without the guarded child process that a stranger's
    file needs."""
    with store.receive(BytesIO(content), limit=len(content)) as incoming:
        pages = txt.read(incoming.path)
        stored = store.keep(incoming)
    return TakenIn(f"{title}.txt", stored.sha256, stored.size, "txt", tuple(pages))
