"""The life of an opinion: written with every version kept, signed on its content, returned once, released whole."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import docx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.deliberations.models import Intervention
from review_app.deliberations.states import InterventionKind
from review_app.documents.content import texts
from review_app.documents.service import read_copy, rebuild
from review_app.documents.states import CopyKind, DocumentState
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.notices.models import Notice
from review_app.opinions import service
from review_app.opinions.facts import Advice
from review_app.opinions.queries import advice_of, versions_of
from review_app.opinions.states import Decision, PartKey
from review_app.petitions.states import RequestResult
from review_app.reviews.states import ReviewState
from tests.factories import PASSWORD
from tests.opinions.conftest import Stage


def text_of(package: bytes) -> str:
    opened = docx.Document(io.BytesIO(package))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in opened.paragraphs] + cells)


def edit_facts(stage: Stage, text: str, now: datetime, *, seen: int = 0) -> None:
    service.edit_part(
        stage.session, stage.opinion(), PartKey.FACTS, text=text, seen_edition=seen, by=stage.lead, now=now
    )


def test_every_saved_version_is_kept_with_its_writer(stage: Stage, now: datetime) -> None:
    before = stage.opinion().part(PartKey.FACTS)
    assert before is not None
    first = before.text

    edit_facts(stage, "查明事实一", now)
    edit_facts(stage, "查明事实二", now + timedelta(minutes=5), seen=1)

    part = stage.opinion().part(PartKey.FACTS)
    assert part is not None
    kept = [(each.edition, each.text, each.created_by_id) for each in versions_of(stage.session, part)]
    assert kept == [
        (2, "查明事实二", stage.lead.id),
        (1, "查明事实一", stage.lead.id),
        (0, first, None),
    ]


def test_save_without_change_leaves_no_version(stage: Stage, now: datetime) -> None:
    part = stage.opinion().part(PartKey.HEARING)
    assert part is not None

    service.edit_part(
        stage.session,
        stage.opinion(),
        PartKey.HEARING,
        text=part.text,
        seen_edition=0,
        by=stage.lead,
        now=now,
    )

    assert (part.edition, versions_of(stage.session, part)) == (0, [])


def test_second_of_two_editors_gets_the_other_s_text(stage: Stage, now: datetime) -> None:
    edit_facts(stage, "主评人先保存的文字", now)

    with pytest.raises(EditConflict) as caught:
        service.edit_part(
            stage.session,
            stage.opinion(),
            PartKey.FACTS,
            text="组长的文字",
            seen_edition=0,
            by=stage.chair,
            now=now,
        )

    assert caught.value.theirs == {"text": "主评人先保存的文字", "result": None, "edition": 1}


def test_only_lead_and_chair_write(stage: Stage, now: datetime) -> None:
    for outsider in (*stage.members, stage.coordinator, stage.leader, stage.liaison):
        with pytest.raises(NotAllowed):
            service.edit_part(
                stage.session, stage.opinion(), PartKey.FACTS, text="改", seen_edition=0, by=outsider, now=now
            )


def test_nobody_writes_after_submission(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)
    stage.submit(now)

    with pytest.raises(NotAllowed):
        edit_facts(stage, "签发前改动", now)


def test_advice_is_saved_as_rows(stage: Stage, now: datetime) -> None:
    rows = (
        Advice("恢复执行", "青岚市人民法院", "恢复执行", "民事诉讼法（2023）第265条", date(2024, 5, 1)),
        Advice(" "),
    )

    service.save_advice(stage.session, stage.opinion(), rows, seen_edition=0, by=stage.lead, now=now)

    assert advice_of(stage.session, stage.review) == rows[:1]


def test_opinion_lacks_signatures_until_all_have_signed(stage: Stage, now: datetime) -> None:
    assert [str(each) for each in service.missing_opinion(stage.session, stage.review, now=now)] == [
        "评查意见书还有5名成员未签名，也未说明理由。"
    ]

    for each in stage.panel[:4]:
        stage.sign(each, now)
    stage.sign(stage.panel[4], now, declined_reason="不同意评查等次")

    assert service.missing_opinion(stage.session, stage.review, now=now) == []


def test_faults_of_content_are_named_with_their_page(stage: Stage, now: datetime) -> None:
    edit_facts(stage, "", now)

    first = service.missing_opinion(stage.session, stage.review, now=now)[0]

    assert (str(first), first.page) == ("“四、评查查明的事实”尚未填写。", "opinions.workbench")


def test_edit_breaks_the_signatures(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)

    edit_facts(stage, "签名后又改了一处", now)

    assert [service.valid_signature(stage.opinion(), each.id) for each in stage.panel] == [None] * 5


def test_signature_needs_the_page_that_was_read(stage: Stage, now: datetime) -> None:
    seen = service.present_sha256(stage.opinion())
    edit_facts(stage, "其间有人改了", now)

    with pytest.raises(EditConflict):
        service.sign_opinion(
            stage.session, stage.opinion(), password=PASSWORD, seen_sha256=seen, by=stage.chair, now=now
        )


def test_signature_needs_the_password_and_a_seat(stage: Stage, now: datetime) -> None:
    opinion, seen = stage.opinion(), service.present_sha256(stage.opinion())

    with pytest.raises(ReviewError, match="密码不正确"):
        service.sign_opinion(stage.session, opinion, password="错", seen_sha256=seen, by=stage.lead, now=now)
    with pytest.raises(NotAllowed):
        service.sign_opinion(
            stage.session, opinion, password=PASSWORD, seen_sha256=seen, by=stage.coordinator, now=now
        )


def test_faulty_opinion_cannot_be_signed(stage: Stage, now: datetime) -> None:
    edit_facts(stage, "原判属于错案", now)

    with pytest.raises(ReviewError, match="还有1处需要补正"):
        stage.sign(stage.chair, now)


def test_submission_tells_the_leader_and_locks_what_was_signed(stage: Stage, now: datetime) -> None:
    signed = service.present_sha256(stage.opinion())
    stage.sign_all(now)

    stage.submit(now)

    document = stage.opinion().document
    assert (document.state, document.input_sha256) == (DocumentState.SIGNED, signed)
    told = stage.session.scalars(select(Notice.person_id).where(Notice.kind == "opinion-release")).all()
    assert told == [stage.leader.id]


def test_release_numbers_both_copies_and_logs_their_hashes(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)
    stage.submit(now)

    stage.release(now)

    document = stage.opinion().document
    assert (document.number, document.state) == ("青评意〔2024〕1号", DocumentState.RELEASED)
    logged = stage.session.scalars(select(AuditRow.after).where(AuditRow.action == "document.keep")).all()
    assert [row["sha256"] for row in logged if row] == [copy.sha256 for copy in document.copies]
    assert all(rebuild(copy) == read_copy(copy) for copy in document.copies)


def test_internal_copy_names_people_and_signers_and_the_circulated_one_nobody(
    stage: Stage, now: datetime
) -> None:
    for each in stage.panel[:4]:
        stage.sign(each, now)
    stage.sign(stage.panel[4], now, declined_reason="不同意评查等次")
    stage.submit(now)
    stage.release(now)

    document = stage.opinion().document
    internal, served = (document.copy(kind) for kind in (CopyKind.INTERNAL, CopyKind.CIRCULATED))
    assert internal is not None
    assert served is not None
    full, masked = text_of(read_copy(internal)), text_of(read_copy(served))
    assert "秦守田" in full
    assert "专家甲" in full
    assert "已书面说明理由" in full
    assert "不同意评查等次" not in full
    assert [name for name in ("秦守田", "赵海斌", "专家甲", "已书面说明理由") if name in masked] == []
    assert "秦某甲" in masked
    assert "000001" in full
    assert "000002" in masked


def test_printed_numbers_of_the_released_opinion_are_those_of_the_result(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)
    stage.submit(now)
    stage.release(now)

    served = stage.opinion().document.copy(CopyKind.CIRCULATED)
    assert served is not None
    text = text_of(read_copy(served))
    assert "合议后评查得分75分，评定为瑕疵案件，处理意见为瑕疵补正。" in text
    assert sum(each.points for each in service.facts_of(stage.opinion()).findings) == 25


def test_release_writes_the_answers_to_the_requests(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)
    stage.submit(now)
    stage.release(now)

    assert [line.result for line in stage.review.item.requests] == [
        RequestResult.SUPPORTED,
        RequestResult.SUPPORTED,
        RequestResult.PARTLY,
    ]


def test_leak_in_the_circulated_copy_stops_the_release(
    stage: Stage, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.sign_all(now)
    stage.submit(now)
    monkeypatch.setattr(service, "circulated", lambda document, names: document)

    with pytest.raises(ReviewError, match="未隐去"):
        stage.release(now)


def returned(stage: Stage, now: datetime, reason: str = "缺少附件一") -> None:
    stage.review.state = ReviewState.OPINION
    service.take_back(stage.session, stage.opinion(), reason=reason, by=stage.leader, now=now)


def test_return_keeps_signatures_while_the_content_stays(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)
    stage.submit(now)

    returned(stage, now)

    opinion = stage.opinion()
    assert (opinion.document.state, opinion.submitted_at) == (DocumentState.DRAFT, None)
    assert [(each.decision, each.reason) for each in opinion.decisions] == [(Decision.RETURNED, "缺少附件一")]
    kept = [
        (each.kind, each.content, each.recorded_by) for each in stage.session.scalars(select(Intervention))
    ]
    assert kept == [(InterventionKind.COORDINATION, "缺少附件一", stage.leader)]
    assert service.missing_opinion(stage.session, stage.review, now=now) == []


def test_return_happens_once_and_with_a_reason(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)
    stage.submit(now)
    with pytest.raises(ReviewError, match="写明缺少什么"):
        returned(stage, now, reason=" ")
    returned(stage, now)
    stage.submit(now)

    with pytest.raises(ReviewError, match="已经退回过一次"):
        returned(stage, now, reason="再退一次")


def test_issued_lacks_service_and_notice(stage: Stage, now: datetime) -> None:
    stage.sign_all(now)
    stage.submit(now)
    stage.release(now)

    assert [str(each) for each in service.missing_issued(stage.session, stage.review, now=now)] == [
        "评查意见书尚未登记送达被评查单位。",
        "评查结果告知书尚未制发。",
    ]


def test_draft_shows_the_present_words(stage: Stage, now: datetime) -> None:
    edit_facts(stage, "新写的事实", now)

    assert "1．新写的事实。" in texts(service.draft_of(stage.opinion()))


def test_locked_findings_cannot_be_changed_by_any_part(stage: Stage, now: datetime, session: Session) -> None:
    before = service.facts_of(stage.opinion())

    edit_facts(stage, "新写的事实", now)

    after = service.facts_of(stage.opinion())
    assert replace(after, established=before.established) == before
