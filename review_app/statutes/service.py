"""Taking statutes into the library and the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, ReviewError
from review_app.statutes.dating import changes, commencement_of, known_changes, labels
from review_app.statutes.drafts import Draft, DraftArticle, Event
from review_app.statutes.models import Statute, StatuteArticle, StatuteVersion
from review_app.statutes.names import ArticleName, aliases_of
from review_app.statutes.repeals import repealed_in
from review_app.statutes.states import Dating
from review_app.statutes.validity import DatedText, last_days

_CLOSING = 3  # articles at the end in which repeals are said


@dataclass(frozen=True)
class Taken:
    """How many texts were of new statutes, new texts of known ones, or already there word for word."""

    added: int = 0
    renewed: int = 0
    unchanged: int = 0
    articles: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(
            self.added + other.added,
            self.renewed + other.renewed,
            self.unchanged + other.unchanged,
            self.articles + other.articles,
        )

    @property
    def texts(self) -> int:
        return self.added + self.renewed + self.unchanged


def take_in(session: Session, draft: Draft, *, by: Person | None, now: datetime) -> Taken:
    """Store one text of one statute and work out anew on which days each of its texts is law.

    The same text twice changes nothing. Another text of the same day is a correction: it takes the place of the
    earlier one, which stays readable. Raises ReviewError, and then nothing has changed. ``by`` is empty when the
    operator imports from the command line.
    """
    with session.begin_nested():
        statute = session.scalars(select(Statute).where(Statute.code == draft.code)).first()
        taken = Taken(added=1) if statute is None else Taken(renewed=1)
        statute = statute or new_statute(session, draft, by=by, now=now)
        present = [version for version in statute.versions if version.superseded_at is None]
        if any(same(version, draft) for version in present):
            return Taken(unchanged=1)
        give_way(present, draft, now=now)
        add_version(session, statute, draft, by=by, now=now)
        set_days(statute)
        session.flush()
    return taken + Taken(articles=len(draft.articles))


def new_statute(session: Session, draft: Draft, *, by: Person | None, now: datetime) -> Statute:
    statute = Statute(
        code=draft.code, title=draft.title, aliases=aliases_of(draft.code), kind=draft.kind, organ=draft.organ,
        created_at=now, created_by_id=by.id if by else None, versions=[],
    )  # fmt: skip
    session.add(statute)
    session.flush()
    return statute


def same(version: StatuteVersion, draft: Draft) -> bool:
    """Word for word the same, and nothing new is known about its days. A whole text is never passed twice, so the same
    words under another day are the same text dated by another step of its making; excerpts may well be alike."""
    if version.text_sha256 != draft.text_sha256:
        return False
    if version.promulgated_on != draft.promulgated_on:
        return bool(version.promulgated_on and draft.promulgated_on) and not draft.is_excerpt
    days = (version.valid_from, version.is_excerpt) == (draft.valid_from, draft.is_excerpt)
    return days and draft.ends in (None, version.ends)


def give_way(present: Sequence[StatuteVersion], draft: Draft, *, now: datetime) -> None:
    """Mark what the new text takes the place of: a text of the same day, or one without a day."""
    if draft.promulgated_on is None and any(version.promulgated_on for version in present):
        raise ReviewError(
            N_("《%(title)s》已有注明版本的文本，没有日期的文本不再收入。请补上公布日期后再导入。"),
            title=draft.title,
        )
    for version in present:
        if version.promulgated_on not in (None, draft.promulgated_on):
            continue
        if version.promulgated_on is not None and draft.is_excerpt and not version.is_excerpt:
            raise ReviewError(
                N_("《%(title)s》同一版本已有全文，节选不再收入。"),
                title=draft.title,
            )
        version.superseded_at, version.indexed_at = now, None


def add_version(
    session: Session, statute: Statute, draft: Draft, *, by: Person | None, now: datetime
) -> StatuteVersion:
    version = StatuteVersion(
        statute=statute, label=labels([draft.promulgated_on])[0], promulgated_on=draft.promulgated_on,
        valid_from=draft.valid_from, ends=draft.ends, valid_to=draft.ends, dating=draft.dating,
        is_excerpt=draft.is_excerpt, history=[[event.day.isoformat(), event.words] for event in draft.history],
        preamble=draft.preamble, appendix=draft.appendix, article_count=len(draft.articles),
        text_sha256=draft.text_sha256, source=draft.source, licence_note=draft.licence_note,
        created_at=now, created_by_id=by.id if by else None,
    )  # fmt: skip
    session.add(version)
    session.flush()
    rows = [
        row_of(article, version, position, now) for position, article in enumerate(draft.articles, start=1)
    ]
    session.execute(insert(StatuteArticle), rows)
    return version


def row_of(article: DraftArticle, version: StatuteVersion, position: int, now: datetime) -> dict[str, object]:
    name = ArticleName(version.statute.code, article.number, article.branch)
    return {
        "version_id": version.id, "number": article.number, "branch": article.branch, "name": str(name),
        "heading": list(article.heading), "text": article.text, "position": position, "created_at": now,
        "created_by_id": version.created_by_id, "row_version": 1,
    }  # fmt: skip


def set_days(statute: Statute) -> None:
    """Last days and labels of all texts in force of one statute; those that change are indexed again."""
    texts = [version for version in statute.versions if version.superseded_at is None]
    dated = [dated_text(version) for version in texts]
    ends = last_days(
        statute.title,
        [text for text in dated if text is not None],
        lambda change: commencement_of(statute.code, change),
        known_changes(statute.code),
    )
    in_order = iter(ends)
    names = labels(version.promulgated_on for version in texts)
    for version, text, label in zip(texts, dated, names, strict=True):
        valid_to = next(in_order) if text is not None else None
        if (version.valid_to, version.label) != (valid_to, label):
            version.valid_to, version.label, version.indexed_at = valid_to, label, None


def end_repealed(session: Session) -> int:
    """Give every text that a later law repeals its last day, unless a day is stated already; how many that were.

    Only a law whose own first day is sure ends another one. Asked again it changes nothing.
    """
    closing = (
        select(StatuteArticle)
        .join(StatuteArticle.version)
        .where(
            StatuteArticle.text.contains("同时废止"),
            StatuteArticle.position > StatuteVersion.article_count - _CLOSING,
            StatuteVersion.superseded_at.is_(None),
            StatuteVersion.dating.in_([Dating.STATED, Dating.TABLE]),
        )
        .order_by(StatuteVersion.valid_from)
    )
    ended = 0
    for article in session.scalars(closing):
        for code in repealed_in(article.text):
            ended += end_by(session, code, article.version)
    session.flush()
    return ended


def end_by(session: Session, code: str, repealing: StatuteVersion) -> int:
    """End the newest text of a law that was law before the repealing one began."""
    statute = session.scalars(select(Statute).where(Statute.code == code)).first()
    first = repealing.valid_from
    if statute is None or statute.id == repealing.statute_id or first is None:
        return 0
    earlier = [
        version
        for version in statute.versions
        if version.superseded_at is None and version.valid_from is not None and version.valid_from < first
    ]
    if not earlier or earlier[-1].ends is not None or later_texts(statute, first):
        return 0
    with session.begin_nested():
        earlier[-1].ends = first - timedelta(days=1)
        set_days(statute)
    return 1


def later_texts(statute: Statute, day: date) -> bool:
    """Whether the library holds a text of the law that begins on that day or later: then it was not the end of it."""
    return any(
        version.superseded_at is None and version.valid_from is not None and version.valid_from >= day
        for version in statute.versions
    )


def dated_text(version: StatuteVersion) -> DatedText | None:
    if version.valid_from is None or version.promulgated_on is None:
        return None
    history = [Event(date.fromisoformat(day), words) for day, words in version.history]
    return DatedText(version.promulgated_on, version.valid_from, version.ends, changes(history))


def record_import(
    session: Session, taken: Taken, refused: int, *, source: str, by: Person | None, now: datetime
) -> None:
    """One row in the audit log for an import as a whole; ``source`` is the name of the file or folder."""
    after = {
        "added": taken.added, "renewed": taken.renewed, "unchanged": taken.unchanged, "refused": refused,
        "articles": taken.articles,
    }  # fmt: skip
    record(session, action="statutes.import", subject=f"import:{source}", by=by, now=now, after=after)
