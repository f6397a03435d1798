"""Serving the opinion, telling the petitioner, asking for the file."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from review_app.documents.checker import check, errors
from review_app.documents.content import Layout, texts
from review_app.documents.models import Document
from review_app.documents.service import read_copy
from review_app.documents.states import CopyKind, DeliveryMethod, DocumentState
from review_app.errors import NotAllowed, ReviewError
from review_app.notices.models import Notice
from review_app.opinions import letters, service
from review_app.opinions.file_request import FileRequest, LendingMode
from review_app.reviews.states import ReviewState
from tests.opinions.conftest import Stage


@pytest.fixture
def released(stage: Stage, now: datetime) -> Document:
    stage.sign_all(now)
    stage.submit(now)
    stage.release(now)
    return stage.opinion().document


def asked(**changes: object) -> FileRequest:
    values: dict[str, object] = {
        "organ": "青岚市人民法院", "case_no": "（2020）海0799执1187号", "cause": "买卖合同纠纷", "volumes": "执行卷宗正卷、副卷",
        "mode": LendingMode.PAPER, "due_on": date(2024, 4, 12), "return_on": date(2024, 6, 1), **changes,
    }  # fmt: skip
    return FileRequest(**values)  # type: ignore[arg-type]


def test_served_opinion_is_issued_and_the_organ_told(stage: Stage, released: Document, now: datetime) -> None:
    letters.serve(
        stage.session, stage.review, released, method=DeliveryMethod.DIRECT, on=date(2024, 4, 2),
        by=stage.coordinator, now=now,
    )  # fmt: skip

    assert released.state is DocumentState.ISSUED
    assert [each.to for each in released.deliveries] == ["青岚市人民法院"]
    notice = stage.session.scalars(select(Notice).where(Notice.kind == "opinion-issued")).one()
    assert (notice.person_id, notice.facts["due"]) == (stage.liaison.id, "2024-05-02")


def test_notice_answers_the_petitioner_without_votes_or_members(
    stage: Stage, released: Document, now: datetime
) -> None:
    notice = letters.issue_result_notice(stage.session, stage.review, by=stage.coordinator, now=now)

    opinion = service.opinion_of(stage.session, stage.review)
    assert opinion is not None
    shown = "\n".join(texts(letters.notice_draft(stage.session, stage.review, opinion, now=now)))
    assert notice.number == "青评告〔2024〕1号"
    assert "秦守田" in shown
    assert shown.count("你提出的“") == 3
    assert "瑕疵补正" in shown
    assert [word for word in ("票", "专家甲", "不同意见", "研讨", "扣") if word in shown] == []


def test_notice_is_made_once_and_after_the_release(stage: Stage, now: datetime) -> None:
    stage.review.state = ReviewState.ISSUED
    with pytest.raises(ReviewError, match="签发后"):
        letters.issue_result_notice(stage.session, stage.review, by=stage.coordinator, now=now)


def test_second_notice_is_refused(stage: Stage, released: Document, now: datetime) -> None:
    letters.issue_result_notice(stage.session, stage.review, by=stage.coordinator, now=now)

    with pytest.raises(ReviewError, match="已经制发"):
        letters.issue_result_notice(stage.session, stage.review, by=stage.coordinator, now=now)


def test_nothing_is_missing_when_both_are_served(stage: Stage, released: Document, now: datetime) -> None:
    notice = letters.issue_result_notice(stage.session, stage.review, by=stage.coordinator, now=now)
    for document in (released, notice):
        letters.serve(
            stage.session, stage.review, document, method=DeliveryMethod.POST, on=date(2024, 4, 2),
            by=stage.coordinator, now=now,
        )  # fmt: skip

    assert service.missing_issued(stage.session, stage.review, now=now) == []
    assert [each.to for each in notice.deliveries] == ["秦守田"]


def test_request_for_files_is_a_letter_with_its_own_number(stage: Stage, now: datetime) -> None:
    stage.review.state = ReviewState.FILES

    document = letters.issue_file_request(stage.session, stage.review, asked(), by=stage.coordinator, now=now)

    draft = letters.request_draft(stage.session, stage.review, asked(), now=now)
    copy = document.copy(CopyKind.INTERNAL)
    assert copy is not None
    assert (document.number, draft.layout) == ("青评调〔2024〕1号", Layout.LETTER)
    assert "请移送纸质卷宗，评查结束后即行退还，并于2024年6月1日前退还" in "".join(texts(draft))
    assert errors(check(read_copy(copy))) == []


@pytest.mark.parametrize(
    "changes", [{"due_on": date(2024, 4, 2)}, {"due_on": date(2024, 4, 12), "return_on": date(2024, 4, 12)}]
)
def test_impossible_days_are_refused(stage: Stage, now: datetime, changes: dict[str, object]) -> None:
    stage.review.state = ReviewState.FILES

    with pytest.raises(ReviewError, match="晚于"):
        letters.issue_file_request(
            stage.session, stage.review, asked(**changes), by=stage.coordinator, now=now
        )


def test_only_the_coordinator_sends_letters_and_serves(
    stage: Stage, released: Document, now: datetime
) -> None:
    for other in (stage.lead, stage.leader, stage.liaison):
        with pytest.raises(NotAllowed):
            letters.issue_result_notice(stage.session, stage.review, by=other, now=now)
        with pytest.raises(NotAllowed):
            letters.issue_file_request(stage.session, stage.review, asked(), by=other, now=now)
        with pytest.raises(NotAllowed):
            letters.serve(
                stage.session, stage.review, released, method=DeliveryMethod.POST, on=date(2024, 4, 2),
                by=other, now=now,
            )  # fmt: skip
