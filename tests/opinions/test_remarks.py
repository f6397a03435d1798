"""Drafting together: proposals become the next edition of a part, comments are answered, nothing is lost."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from review_app.errors import NotAllowed, ReviewError
from review_app.notices.models import Notice
from review_app.opinions import remarks, service
from review_app.opinions.models import OpinionRemark
from review_app.opinions.states import PartKey, RemarkState
from tests.opinions.conftest import Stage


def said(
    stage: Stage, now: datetime, *, proposal: str = "", seen: int = 0, key: str = PartKey.FACTS
) -> OpinionRemark:
    return remarks.remark(
        stage.session, stage.opinion(), key, words="应写明日期", proposal=proposal, seen_edition=seen,
        by=stage.members[0], now=now,
    )  # fmt: skip


def facts_now(stage: Stage) -> tuple[int, str]:
    part = stage.opinion().part(PartKey.FACTS)
    assert part is not None
    return part.edition, part.text


def test_adopted_proposal_is_the_next_edition_and_breaks_signatures(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)
    proposal = said(stage, now, proposal="查明事实，2020年9月28日。")

    remarks.adopt(stage.session, proposal, by=stage.lead, now=now + timedelta(minutes=1))

    assert facts_now(stage) == (1, "查明事实，2020年9月28日。")
    assert (proposal.state, proposal.answered_by_id) == (RemarkState.ADOPTED, stage.lead.id)
    assert service.valid_signature(stage.opinion(), stage.members[0].id) is None


def test_proposal_for_an_earlier_edition_is_not_taken_over_by_itself(stage: Stage, now: datetime) -> None:
    proposal = said(stage, now, proposal="成员的文字")
    service.edit_part(
        stage.session,
        stage.opinion(),
        PartKey.FACTS,
        text="主评人的文字",
        seen_edition=0,
        by=stage.lead,
        now=now,
    )

    with pytest.raises(ReviewError, match="针对第0版，现在已是第1版"):
        remarks.adopt(stage.session, proposal, by=stage.lead, now=now)
    assert (facts_now(stage), proposal.state) == ((1, "主评人的文字"), RemarkState.OPEN)

    remarks.merged_by_hand(stage.session, proposal, answer="已合并", by=stage.chair, now=now)
    assert (facts_now(stage), proposal.state) == ((1, "主评人的文字"), RemarkState.ADOPTED)


def test_adopted_comment_changes_no_text(stage: Stage, now: datetime) -> None:
    before = facts_now(stage)
    part = stage.opinion().part(PartKey.FACTS)
    assert part is not None
    comment = said(stage, now, proposal=part.text)

    remarks.adopt(stage.session, comment, answer="好", by=stage.lead, now=now)

    assert comment.proposal is None
    assert facts_now(stage) == before


def test_declining_needs_a_reason(stage: Stage, now: datetime) -> None:
    comment = said(stage, now)

    with pytest.raises(ReviewError, match="请写明不采纳的理由"):
        remarks.decline(stage.session, comment, answer=" ", by=stage.lead, now=now)
    remarks.decline(stage.session, comment, answer="卷内无此日期", by=stage.lead, now=now)

    assert (comment.state, comment.answer) == (RemarkState.DECLINED, "卷内无此日期")
    with pytest.raises(ReviewError, match="已经处理"):
        remarks.adopt(stage.session, comment, by=stage.lead, now=now)


def test_writers_learn_of_a_remark_and_its_author_does_not(stage: Stage, now: datetime) -> None:
    said(stage, now)

    told = stage.session.scalars(select(Notice.person_id).where(Notice.kind == "opinion-remark"))
    assert sorted(told) == sorted([stage.chair.id, stage.lead.id])


def test_recommendations_are_commented_not_rewritten(stage: Stage, now: datetime) -> None:
    with pytest.raises(ReviewError, match="逐条填写"):
        said(stage, now, proposal="{}", key=PartKey.ADVICE)
    assert said(stage, now, key=PartKey.ADVICE).proposal is None


def test_only_members_remark_only_writers_answer_only_the_author_withdraws(
    stage: Stage, now: datetime
) -> None:
    comment = said(stage, now)

    for outsider in (stage.coordinator, stage.leader, stage.liaison):
        with pytest.raises(NotAllowed):
            remarks.remark(
                stage.session,
                stage.opinion(),
                PartKey.FACTS,
                words="改",
                seen_edition=0,
                by=outsider,
                now=now,
            )
    with pytest.raises(NotAllowed):
        remarks.adopt(stage.session, comment, by=stage.members[1], now=now)
    with pytest.raises(NotAllowed):
        remarks.withdraw(stage.session, comment, by=stage.lead, now=now)

    remarks.withdraw(stage.session, comment, by=stage.members[0], now=now)
    assert comment.state is RemarkState.WITHDRAWN
