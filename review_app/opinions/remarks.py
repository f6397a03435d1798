"""Drafting together: members comment on a part or propose other words; those who write adopt or decline."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.opinions.models import Opinion, OpinionPart, OpinionRemark
from review_app.opinions.rules import can_edit_parts, can_remark
from review_app.opinions.service import edit_part
from review_app.opinions.states import PartKey, RemarkState


def remark(
    session: Session,
    opinion: Opinion,
    key: str,
    *,
    words: str,
    proposal: str = "",
    seen_edition: int,
    by: Person,
    now: datetime,
) -> OpinionRemark:
    """Comment on a part, or propose ``proposal`` in place of what edition ``seen_edition`` says."""
    if not can_remark(by, opinion.review):
        raise NotAllowed
    part = part_to_remark(opinion, key)
    proposed = proposal.replace("\r\n", "\n").strip()
    if not words.strip():
        raise ReviewError(N_("请写明意见或者修改的理由。"))
    if proposed and key == PartKey.ADVICE:
        raise ReviewError(N_("处理建议是逐条填写的，请在意见中写明怎样修改。"))
    if seen_edition > part.edition or seen_edition < 0:
        raise ReviewError(N_("这一部分已经变动，请刷新页面后重新填写。"))
    if proposed == part.text.strip() and seen_edition == part.edition:
        proposed = ""
    made = OpinionRemark(
        part=part, edition=seen_edition, words=words.strip(), proposal=proposed or None,
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        session, action="opinion.remark", subject=made, by=by, now=now, review_id=opinion.review_id,
        after={"part": key, "edition": seen_edition, "proposes": bool(proposed)},
    )  # fmt: skip
    tell_writers(session, opinion, key, by=by, now=now)
    return made


def part_to_remark(opinion: Opinion, key: str) -> OpinionPart:
    part = opinion.part(key)
    if part is None:
        raise ReviewError(N_("评查意见书没有这一部分。"))
    return part


def tell_writers(session: Session, opinion: Opinion, key: str, *, by: Person, now: datetime) -> None:
    writers = [seat.person for seat in opinion.review.accesses if can_edit_parts(seat.person, opinion.review)]
    for writer in dict.fromkeys(writers):
        if writer.id != by.id:
            notify(
                session, "opinion-remark", writer, now=now, review_id=opinion.review_id,
                link=f"/reviews/{opinion.review_id}/opinion/parts/{key}/remarks",
                review_no=str(opinion.review.review_no),
            )  # fmt: skip


def adopt(
    session: Session, said: OpinionRemark, *, answer: str = "", by: Person, now: datetime
) -> OpinionRemark:
    """Take a proposal over as the next edition of its part, or note that a comment was followed. A proposal for an
    earlier edition is not taken over by itself: somebody has to put both together."""
    part = open_remark(session, said, by=by)
    if said.proposal is not None:
        if said.edition != part.edition:
            raise ReviewError(
                N_(
                    "这条修改建议针对第%(old)s版，现在已是第%(new)s版。请打开编辑页，把两者合并后保存，再标为已采纳。"
                ),
                old=said.edition,
                new=part.edition,
            )
        edit_part(
            session, part.opinion, part.key, text=said.proposal, result=part.result,
            seen_edition=part.edition, by=by, now=now,
        )  # fmt: skip
    return settle(session, said, RemarkState.ADOPTED, answer=answer, by=by, now=now)


def merged_by_hand(
    session: Session, said: OpinionRemark, *, answer: str, by: Person, now: datetime
) -> OpinionRemark:
    """Note that a proposal was worked into the part by hand."""
    open_remark(session, said, by=by)
    return settle(session, said, RemarkState.ADOPTED, answer=answer, by=by, now=now)


def decline(
    session: Session, said: OpinionRemark, *, answer: str, by: Person, now: datetime
) -> OpinionRemark:
    """Do not follow it; the reason is for the panel."""
    open_remark(session, said, by=by)
    if not answer.strip():
        raise ReviewError(N_("请写明不采纳的理由。"))
    return settle(session, said, RemarkState.DECLINED, answer=answer, by=by, now=now)


def withdraw(session: Session, said: OpinionRemark, *, by: Person, now: datetime) -> OpinionRemark:
    """Take one's own remark back while it is open; it stays readable as such."""
    if said.created_by_id != by.id or not can_remark(by, said.part.opinion.review):
        raise NotAllowed
    refuse_settled(said)
    return settle(session, said, RemarkState.WITHDRAWN, answer="", by=by, now=now)


def open_remark(session: Session, said: OpinionRemark, *, by: Person) -> OpinionPart:
    if not can_edit_parts(by, said.part.opinion.review):
        raise NotAllowed
    session.refresh(said, with_for_update=True)
    refuse_settled(said)
    return said.part


def refuse_settled(said: OpinionRemark) -> None:
    if said.state is not RemarkState.OPEN:
        raise ReviewError(N_("这条意见已经处理。"))


def settle(
    session: Session, said: OpinionRemark, state: RemarkState, *, answer: str, by: Person, now: datetime
) -> OpinionRemark:
    said.state, said.answer = state, answer.strip()
    said.answered_at, said.answered_by_id = now, by.id
    record(
        session, action=f"opinion.remark-{state.lower()}", subject=said, by=by, now=now,
        review_id=said.part.opinion.review_id, after={"part": said.part.key, "edition": said.part.edition},
    )  # fmt: skip
    return said
