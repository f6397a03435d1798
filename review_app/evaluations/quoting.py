"""Evidence on a form: exact words of the file, and words of a precedent."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from case_files.quotation import Quotation, holds, occurrences, quote
from case_files.refusals import QuotationRefused
from review_app.accounts.models import Person
from review_app.errors import N_, ReviewError
from review_app.evaluations.drafting import add_deduction, must_be_open, next_seq, target_on, touch
from review_app.evaluations.models import EvalForm, PrecedentCitation, Quote
from review_app.precedents.citing import cite
from review_app.reviews.models import FileDocument, FilePage, FileVolume


def add_quote(
    session: Session,
    form: EvalForm,
    *,
    document_id: int,
    page: int,
    start: int,
    end: int,
    text: str,
    target: str,
    by: Person,
    now: datetime,
) -> Quote:
    """Keep characters ``start`` to ``end`` of a page as evidence for ``target`` (``deduction.3``, ``veto.4``;
    empty: for later use). ``text`` must be what stands there.

    Raises ReviewError when it does not, or when the words are too few or too many.
    """
    must_be_open(form, by)
    found = page_of(session, form, document_id, page)
    if not holds(found.text, start, end, text):
        raise ReviewError(N_("该页文字与您选取的文字不一致。请刷新页面后重新选取。"))
    return keep(session, form, found, exact(found.text, start, end), target, by=by, now=now)


def add_quote_by_words(
    session: Session,
    form: EvalForm,
    *,
    document_id: int,
    page: int,
    words: str,
    target: str,
    by: Person,
    now: datetime,
) -> Quote:
    """The same for words typed or pasted: the place on the page is found, white space not counting.

    Raises ReviewError when the page does not hold them, or holds them more than once.
    """
    must_be_open(form, by)
    found = page_of(session, form, document_id, page)
    places = occurrences(found.text, words)
    if not places:
        raise ReviewError(N_("第%(page)s页没有这段文字。请核对材料、页码，并照原文摘录。"), page=page)
    if len(places) > 1:
        raise ReviewError(
            N_("第%(page)s页有%(count)s处相同的文字。请多摘录几个字，以便确定位置。"),
            page=page,
            count=len(places),
        )
    return keep(
        session, form, found, exact(found.text, places[0].start, places[0].end), target, by=by, now=now
    )


def target_for(session: Session, form: EvalForm, target: str, *, by: Person, now: datetime) -> str:
    """The target a quote is to serve; ``new.D4-02`` puts that item on the form first."""
    code = target.removeprefix("new.")
    if code == target:
        return target
    return f"deduction.{add_deduction(session, form, code, by=by, now=now).seq}"


def exact(page_text: str, start: int, end: int) -> Quotation:
    try:
        return quote(page_text, start, end)
    except QuotationRefused as refused:
        raise ReviewError(refused.sentence, **refused.facts) from None


def page_of(session: Session, form: EvalForm, document_id: int, page: int) -> FilePage:
    """The page, if its document belongs to the review's file. Raises ReviewError."""
    found = session.scalar(
        select(FilePage)
        .join(FilePage.document)
        .join(FileDocument.volume)
        .where(
            FilePage.document_id == document_id,
            FilePage.number == page,
            FileVolume.review_id == form.review_id,
            FileDocument.withdrawn_at.is_(None),
        )
    )
    if found is None:
        raise ReviewError(N_("案卷中没有这份材料的第%(page)s页，或者材料已撤回。请重新选择。"), page=page)
    return found


def keep(
    session: Session,
    form: EvalForm,
    page: FilePage,
    found: Quotation,
    target: str,
    *,
    by: Person,
    now: datetime,
) -> Quote:
    serves = target_on(form, target)
    document = page.document
    for same in form.quotes:
        place = (same.document_id, same.page, same.start, same.end)
        alike = all(getattr(same, name) is part for name, part in serves.items())
        if alike and place == (document.id, page.number, found.start, found.end):
            return same
    kept = Quote(
        form=form, seq=next_seq(form), **serves, document=document,
        volume_number=document.volume.number, document_sha256=document.sha256, page=page.number,
        start=found.start, end=found.end, text=found.text, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(kept)
    touch(form, f"quote.{kept.seq}.text", now=now)
    session.flush()
    return kept


def quote_on(form: EvalForm, seq: int) -> Quote | None:
    return next((one for one in form.quotes if one.seq == seq), None)


def use_quote(session: Session, form: EvalForm, seq: int, target: str, *, by: Person, now: datetime) -> None:
    """Let a kept quote serve ``target`` from now on; empty: nothing for the moment."""
    must_be_open(form, by)
    kept = quote_on(form, seq)
    if kept is None:
        raise ReviewError(N_("这条摘录已经移除。"))
    for name, part in target_on(form, target).items():
        setattr(kept, name, part)
    touch(form, f"quote.{seq}.target", now=now)
    session.flush()


def use_precedent(
    session: Session, form: EvalForm, seq: int, target: str, *, by: Person, now: datetime
) -> None:
    """Let a cited case serve a deduction or an extra field from now on; empty: the form as a whole."""
    must_be_open(form, by)
    cited = next((one for one in form.precedent_citations if one.seq == seq), None)
    if cited is None:
        raise ReviewError(N_("这条案例引用已经移除。"))
    serves = target_on(form, target)
    cited.deduction, cited.answer = serves["deduction"], serves["answer"]
    touch(form, f"case.{seq}.target", now=now)
    session.flush()


def remove_quote(session: Session, form: EvalForm, seq: int, *, by: Person, now: datetime) -> None:
    """Take a quote off the form; its row is kept."""
    must_be_open(form, by)
    kept = quote_on(form, seq)
    if kept is not None:
        kept.removed_at = now
        touch(form, f"quote.{seq}.removed", now=now)
        session.flush()


def add_precedent(
    session: Session,
    form: EvalForm,
    *,
    precedent_id: int,
    start: int | None,
    end: int | None,
    text: str,
    target: str,
    by: Person,
    now: datetime,
) -> PrecedentCitation:
    """Keep words of a precedent for the deduction or extra field ``target`` (empty: for the form). Without a range their place
    is found. Raises ReviewError when they do not stand there, or are too few or too many."""
    must_be_open(form, by)
    found = cite(session, precedent_id, by=by, quote=text, start=start, end=end)
    serves = target_on(form, target)
    cited = PrecedentCitation(
        form=form, seq=next_seq(form), deduction=serves["deduction"], answer=serves["answer"],
        precedent_id=found.precedent_id,
        precedent_sha256=found.text_sha256, title=found.title, case_no=found.case_no,
        start=found.start, end=found.end, text=found.quote, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(cited)
    touch(form, f"precedent.{cited.seq}.text", now=now)
    session.flush()
    return cited


def remove_precedent(session: Session, form: EvalForm, seq: int, *, by: Person, now: datetime) -> None:
    """Take the citation of a precedent off the form; its row is kept."""
    must_be_open(form, by)
    cited = next((one for one in form.precedent_citations if one.seq == seq), None)
    if cited is not None:
        cited.removed_at = now
        touch(form, f"precedent.{seq}.removed", now=now)
        session.flush()
