"""A library and an owner, for the tests of saved searches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.notices.models import Notice
from review_app.precedents.library import SHAPE, Asked
from review_app.precedents.models import Precedent
from review_app.precedents.service import catch_up_index
from review_app.saved_searches.models import SavedSearch, SavedSearchHit
from review_app.saved_searches.questions import kept
from review_app.saved_searches.service import save_search
from review_app.saved_searches.states import Frequency
from search_index.engine import IndexBusy, Page, Query, SearchEngine
from search_index.memory_engine import MemoryEngine
from tests import factories
from tests.precedents.cases import stored_case


class Shaky(MemoryEngine):
    """An engine that can be told to refuse searches."""

    refuses = False

    def search(self, query: Query) -> Page:
        if self.refuses:
            raise IndexBusy("told to refuse")
        return super().search(query)


def shaky() -> Shaky:
    return Shaky(Path("unused"), SHAPE)


@dataclass
class Library:
    """Cases in database and index; ``add`` gives the stored row of a case called ``title``, or of its next version."""

    session: Session
    engine: SearchEngine
    now: datetime

    def add(self, title: str, text: str, **row: object) -> Precedent:
        text = f"{title}。{text}，本段文字用于补足篇幅，使全文达到三十个字以上。"
        row = {"organ": "甲院", "case_no": f"{title}号", **row}
        added = stored_case(self.session, self.now, text, title=title, **row)
        catch_up_index(self.session, self.engine, now=self.now)
        self.session.commit()
        return added

    def save(self, owner: Person, q: str = "工伤", **values: object) -> SavedSearch:
        values = {"name": f"关于{q}", "frequency": Frequency.DAILY, **values}
        like = {name: values.pop(name) for name in ("similar", "like_case") if name in values}
        asked = kept(Asked(q=q, **values.pop("asked", {})), **like)  # type: ignore[arg-type]
        saved = save_search(self.session, self.engine, asked, by=owner, now=self.now, **values)  # type: ignore[arg-type]
        self.session.commit()
        return saved


def expert(session: Session, **values: object) -> Person:
    return factories.person(session, Role.EXPERT, **values)  # type: ignore[arg-type]


def told(session: Session, search: SavedSearch) -> list[str]:
    """Titles of the cases its owner was told of, in order."""
    rows = select(SavedSearchHit, Precedent.title).join(SavedSearchHit.precedent)
    rows = rows.where(SavedSearchHit.saved_search_id == search.id, SavedSearchHit.told_at.is_not(None))
    return [title for _, title in session.execute(rows.order_by(SavedSearchHit.id))]


def notices(session: Session) -> list[tuple[str, object]]:
    """Kind and count of every notice, oldest first."""
    every: Iterable[Notice] = session.scalars(select(Notice).order_by(Notice.id))
    return [(notice.kind, notice.facts.get("count")) for notice in every]
