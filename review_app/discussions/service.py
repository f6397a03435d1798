"""What can be done with discussions. Nothing is deleted: rewording keeps the earlier words, settling its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.deliberations.models import Finding, Question
from review_app.discussions import rules
from review_app.discussions.attachments import SealedFile
from review_app.discussions.mentions import named_in
from review_app.discussions.models import Attachment, Comment, CommentVersion, Mention, Thread, ThreadReading
from review_app.discussions.queries import participants_of, reading_of, threads_of
from review_app.discussions.spread import MemberPoints, item_spreads, wide
from review_app.discussions.states import About, CommentKind
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import signed_forms
from review_app.form_templates.reading import rules_of
from review_app.notices.service import notify
from review_app.reviews.file_intake import TurnedAway
from review_app.reviews.models import CaseReview

SHORTEST_REASON = 5
MOST_FILES = 5

File = SealedFile | TurnedAway


@dataclass(frozen=True)
class Subject:
    """What a thread is about: at most one of these; nothing: the whole review."""

    finding: Finding | None = None
    question: Question | None = None
    dimension: str = ""

    @property
    def about(self) -> About:
        if self.finding:
            return About.FINDING
        if self.question:
            return About.QUESTION
        return About.DIMENSION if self.dimension else About.REVIEW


@dataclass(frozen=True)
class Words:
    """What somebody writes: the text, the people asked by id besides those named with @, files already taken in."""

    text: str
    mentioned: frozenset[int] = frozenset()
    files: Sequence[File] = ()


def open_thread(
    session: Session,
    review: CaseReview,
    *,
    subject: Subject,
    title: str,
    words: Words,
    by: Person,
    now: datetime,
) -> Thread:
    """Begin a thread with a first comment. Raises ReviewError without title, words, or for a refused file."""
    if not rules.can_discuss(by, review):
        raise NotAllowed
    if not title.strip():
        raise ReviewError(N_("请填写要讨论的问题。"))
    must_belong(review, subject)
    thread = Thread(
        review=review, round=review.round, about=subject.about, finding=subject.finding, title=title.strip(),
        question=subject.question, dimension=subject.dimension, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(thread)
    session.flush()
    record(
        session, action="discussion.open", subject=thread, by=by, now=now, review_id=review.id,
        after={"about": thread.about},
    )  # fmt: skip
    add_comment(session, thread, words, by=by, now=now)
    return thread


def must_belong(review: CaseReview, subject: Subject) -> None:
    finding = subject.question.finding if subject.question else subject.finding
    session_of = subject.question.deliberation if subject.question else None
    foreign = [one for one in (finding, session_of) if one is not None and one.review_id != review.id]
    known = rules_of(review).dimensions
    if foreign or (subject.dimension and subject.dimension not in known):
        raise ReviewError(N_("请从本案的问题、维度或者表决事项中选择。"))


def write(session: Session, thread: Thread, words: Words, *, by: Person, now: datetime) -> Comment:
    """Add to an open thread. Raises ReviewError for an empty text, a person who may not be asked, a refused file."""
    if not rules.can_write(by, thread):
        raise NotAllowed
    return add_comment(session, thread, words, by=by, now=now)


def add_comment(session: Session, thread: Thread, words: Words, *, by: Person, now: datetime) -> Comment:
    if not words.text.strip():
        raise ReviewError(N_("请写明意见。"))
    comment = put(session, thread, CommentKind.WORDS, words.text, by=by, now=now)
    attach(comment, words.files, by=by, now=now)
    asked = mention(session, comment, words.mentioned, by=by, now=now)
    session.flush()
    record(
        session, action="discussion.write", subject=comment, by=by, now=now, review_id=thread.review_id,
        after={"thread": thread.id, "asked": asked, "files": [one.sha256 for one in comment.attachments]},
    )  # fmt: skip
    return comment


def put(
    session: Session, thread: Thread, kind: CommentKind, text: str, *, by: Person, now: datetime
) -> Comment:
    """The next comment. Two people who write at once meet the unique number; ``refresh`` lets one wait."""
    session.flush()
    session.refresh(thread, with_for_update=True)
    number = max((one.number for one in thread.comments), default=0) + 1
    comment = Comment(
        thread=thread, number=number, kind=kind, person=by, text=text.strip(), created_at=now,
        created_by_id=by.id,
    )  # fmt: skip
    session.add(comment)
    read_to(session, thread, number, by=by, now=now)
    session.flush()
    return comment


def attach(comment: Comment, files: Sequence[File], *, by: Person, now: datetime) -> None:
    if len(files) > MOST_FILES:
        raise ReviewError(N_("一次最多附%(most)s个文件。"), most=MOST_FILES)
    for file in files:
        if isinstance(file, TurnedAway):
            raise ReviewError(file.refusal.sentence, **file.refusal.facts)
        comment.attachments.append(
            Attachment(
                file_name=file.name,
                kind=file.kind,
                sha256=file.sha256,
                sealed_sha256=file.sealed_sha256,
                size=file.size,
                created_at=now,
                created_by_id=by.id,
            )
        )


def mention(
    session: Session, comment: Comment, chosen: Iterable[int], *, by: Person, now: datetime
) -> list[int]:
    """Ask people to look; each is told once per comment, without a word of it. Only those who may read the
    discussion can be asked, whatever the form sent."""
    review = comment.thread.review
    people = {one.id: one for one in participants_of(session, review)}
    if set(chosen) - set(people):
        raise ReviewError(N_("只能提醒本案评查组成员和秘书。"))
    named = named_in(comment.text, {key: one.name for key, one in people.items()})
    before = {one.person_id for one in comment.mentions}
    asked = sorted((set(chosen) | named) - before - {by.id})
    for key in asked:
        comment.mentions.append(Mention(person=people[key], created_at=now, created_by_id=by.id))
        notify(
            session, "discussion-mention", people[key], now=now, review_id=review.id,
            step=f"comment:{comment.id}", link=f"/reviews/{review.id}/discussions/{comment.thread_id}",
            review_no=str(review.review_no),
        )  # fmt: skip
    return asked


def edit(
    session: Session, comment: Comment, *, text: str, row_version: int, by: Person, now: datetime
) -> Comment:
    """Reword one's own comment; the earlier words stay readable. Raises EditConflict when it changed since."""
    if not rules.can_edit(by, comment):
        raise NotAllowed
    if comment.row_version != row_version:
        raise EditConflict(theirs={"text": comment.text})
    if not text.strip():
        raise ReviewError(N_("请写明意见。"))
    if text.strip() == comment.text:
        return comment
    comment.versions.append(CommentVersion(text=comment.text, created_at=now, created_by_id=by.id))
    comment.text, comment.edited_at = text.strip(), now
    mention(session, comment, (), by=by, now=now)
    record(
        session, action="discussion.edit", subject=comment, by=by, now=now,
        review_id=comment.thread.review_id, after={"versions": len(comment.versions) + 1},
    )  # fmt: skip
    return comment


def resolve(session: Session, thread: Thread, *, reason: str, by: Person, now: datetime) -> Thread:
    """Mark as resolved, with how it was resolved."""
    must_settle(thread, by, reason, open_now=True)
    thread.resolved_at = now
    put(session, thread, CommentKind.RESOLVED, reason, by=by, now=now)
    record(session, action="discussion.resolve", subject=thread, by=by, now=now, review_id=thread.review_id)
    return thread


def reopen(session: Session, thread: Thread, *, reason: str, by: Person, now: datetime) -> Thread:
    """Take a resolved thread up again, with the reason."""
    must_settle(thread, by, reason, open_now=False)
    thread.resolved_at = None
    put(session, thread, CommentKind.REOPENED, reason, by=by, now=now)
    record(session, action="discussion.reopen", subject=thread, by=by, now=now, review_id=thread.review_id)
    return thread


def must_settle(thread: Thread, by: Person, reason: str, *, open_now: bool) -> None:
    if not rules.can_settle_thread(by, thread):
        raise NotAllowed
    if thread.is_open is not open_now:
        raise ReviewError(N_("这个讨论的状态已经变了，请刷新后再办。"))
    if len("".join(reason.split())) < SHORTEST_REASON:
        raise ReviewError(N_("请写明理由，不少于%(least)s个字。"), least=SHORTEST_REASON)


def mark_read(session: Session, thread: Thread, number: int, *, by: Person, now: datetime) -> None:
    """The person has read up to comment ``number``; never back, never beyond the last."""
    if not rules.can_see_discussions(by, thread.review):
        raise NotAllowed
    last = max((one.number for one in thread.comments), default=0)
    read_to(session, thread, min(number, last), by=by, now=now)


def read_to(session: Session, thread: Thread, number: int, *, by: Person, now: datetime) -> None:
    reading = reading_of(thread, by)
    if reading is None:
        session.add(
            ThreadReading(thread=thread, person_id=by.id, number=number, created_at=now, created_by_id=by.id)
        )
    elif reading.number < number:
        reading.number = number


def open_points(session: Session, review: CaseReview, *, by: Person, now: datetime) -> list[Thread]:
    """When all have signed: a thread for every item on which the members' points lie further apart than the rule
    file allows, unless there is one. Who sets the process going decides nothing here."""
    threshold = rules_of(review).consolidation.item_spread_discuss
    forms = signed_forms(session, review)
    spreads = item_spreads([points_of(form) for form in forms], [not_applicable_on(form) for form in forms])
    found = wide(spreads, threshold)
    known = {one.item for one in threads_of(session, review) if one.by_itself}
    opened = [item_thread(review, one.code, now) for one in found if one.code not in known]
    session.add_all(opened)
    session.flush()
    if opened:
        record(
            session, action="discussion.open", subject=review, by=None, now=now, review_id=review.id,
            after={"items": [one.item for one in opened]},
        )  # fmt: skip
        tell_of_points(session, review, forms, count=len(opened), now=now)
    return opened


def tell_of_points(
    session: Session, review: CaseReview, forms: Sequence[EvalForm], *, count: int, now: datetime
) -> None:
    """The members learn that points were opened, not on what: the notice goes by mail."""
    for form in forms:
        notify(
            session, "discussion-opened", form.person, now=now, review_id=review.id,
            step=f"discussion-opened:{review.id}:{review.round}:{form.id}",
            link=f"/reviews/{review.id}/discussions", review_no=str(review.review_no), count=count,
        )  # fmt: skip


def item_thread(review: CaseReview, code: str, now: datetime) -> Thread:
    return Thread(
        review=review, round=review.round, about=About.ITEM, item=code, by_itself=True, created_at=now
    )


def not_applicable_on(form: EvalForm) -> set[str]:
    """The dimensions the member said do not apply."""
    return {note.dimension for note in form.notes if note.not_applicable}


def points_of(form: EvalForm) -> MemberPoints:
    """Points by item as one member deducted them, several deductions of one item added up."""
    points: dict[str, Decimal] = {}
    for deduction in form.deductions:
        points[deduction.code] = points.get(deduction.code, Decimal(0)) + deduction.points
    return points
