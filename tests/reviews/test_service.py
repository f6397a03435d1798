"""Registering a review and correcting the registration."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.database import Database
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.petitions.states import Channel, LegalStage
from review_app.reviews.models import CaseReview
from review_app.reviews.registration import Participant, Registration, marks_of, registration_of
from review_app.reviews.service import create_review, save_registration
from review_app.reviews.states import DoubtReason, InvolvedAs, MajorReason, ReviewState
from tests import factories


def registration(session: Session, **values: Any) -> Registration:
    values = {
        "reviewed_org_id": values.pop("reviewed_org_id", None) or factories.organisation(session).id,
        **values,
    }
    return Registration(
        **{
            "item_no": "XF3799812023061300017",
            "title": "秦大田反映买卖合同纠纷执行案件",
            "channel": Channel.ONLINE,
            "received_on": date(2023, 6, 13),
            "petitioner_name": "秦大田",
            "requests": ("请求恢复执行。", "请求说明终本理由。"),
            "legal_stage": LegalStage.EFFECTIVE,
            "case_no": "（2020）海0799执1187号",
            "cause": "执行实施",
            "last_document": "终结本次执行程序裁定书",
            "last_document_on": date(2020, 9, 28),
            "participants": (Participant(InvolvedAs.OFFICER, "李庭长", post="执行局局长"),),
            "template": "EXE",
            "doubt_reasons": (DoubtReason.NEW_EVIDENCE,),
            "size": 5,
            "summary": "一起买卖合同纠纷执行案件。",
            **values,
        }
    )


def created(session: Session, now: datetime, **values: Any) -> CaseReview:
    coordinator = factories.person(session, Role.COORD)
    return create_review(session, registration(session, **values), by=coordinator, now=now)


def test_create_review_stores_the_whole_registration_as_due(session: Session, now: datetime) -> None:
    wanted = registration(session)

    review = create_review(session, wanted, by=factories.person(session, Role.COORD), now=now)

    stored = registration_of(review)
    assert replace(stored, participants=()) == replace(wanted, participants=())
    assert [(one.involved_as, one.name, one.post) for one in stored.participants] == [
        (InvolvedAs.OFFICER, "李庭长", "执行局局长")
    ]
    assert (review.state, review.review_no, review.doubt_flag) == (ReviewState.DUE, None, True)
    assert [(change.from_state, change.to_state) for change in review.changes] == [(None, ReviewState.DUE)]


def test_create_review_puts_the_petitioner_among_the_people_recusal_looks_at(
    session: Session, now: datetime
) -> None:
    review = created(session, now, id_number="37078519700101001X")

    petitioning = review.legal_case.involved_as(InvolvedAs.PETITIONER)
    assert [(one.name, one.id_fingerprint) for one in petitioning] == [
        ("秦大田", review.item.petitioner.id_fingerprint)
    ]
    assert review.item.petitioner.id_fingerprint is not None


def test_create_review_writes_the_audit_row_without_personal_data(session: Session, now: datetime) -> None:
    review = created(session, now)

    row = session.scalars(select(AuditRow).where(AuditRow.action == "review.create")).one()
    assert (row.review_id, row.after) == (
        review.id,
        {"item_no": "XF3799812023061300017", "template": "EXE", "size": 5},
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORD])
def test_create_review_is_the_coordinators_alone(session: Session, now: datetime, role: Role) -> None:
    organisation = factories.organisation(session)

    with pytest.raises(NotAllowed):
        create_review(
            session,
            registration(session),
            by=factories.person(session, role, organisation=organisation),
            now=now,
        )


@pytest.mark.parametrize("stage", [stage for stage in LegalStage if stage is not LegalStage.EFFECTIVE])
def test_create_review_refuses_every_stage_but_the_effective_one(
    session: Session, now: datetime, stage: LegalStage
) -> None:
    with pytest.raises(ReviewError, match=r"不能评查|不再评查"):
        created(session, now, legal_stage=stage)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"requests": ()}, "至少填写一项诉求"),
        ({"template": "OTHER"}, "选择评查表"),
        ({"reviewed_org_id": 999}, "选择被评查单位"),
        ({"received_on": date(2024, 4, 3)}, "收到日期不能晚于今天"),
        ({"size": 4}, "只能是3、5、7人"),
        ({"size": 3}, "按规则应为5人，您选择了3人"),
    ],
)
def test_create_review_says_what_is_wrong(
    session: Session, now: datetime, values: dict[str, Any], words: str
) -> None:
    with pytest.raises(ReviewError, match=words):
        created(session, now, **values)


def test_create_review_takes_another_size_with_a_reason(session: Session, now: datetime) -> None:
    review = created(session, now, size=7, size_reason="社会影响较大。")

    assert (review.size, review.size_reason) == (7, "社会影响较大。")


def test_create_review_adds_reasons_that_follow_from_numbers(session: Session, now: datetime) -> None:
    review = created(session, now, doubt_reasons=(), group_size=6, repeats=5, size=7)

    assert review.doubt_reasons == [DoubtReason.LONG_OR_REPEATED]
    assert review.major_reasons == [MajorReason.COLLECTIVE]


def test_create_review_refuses_a_second_running_review_of_the_case(session: Session, now: datetime) -> None:
    first = created(session, now)

    with pytest.raises(ReviewError, match="已有评查项目"):
        created(session, now, reviewed_org_id=first.legal_case.reviewed_org_id, item_no="XF2")


def test_create_review_takes_up_a_known_matter_of_the_same_petitioner(
    session: Session, now: datetime
) -> None:
    first = created(session, now)

    second = created(session, now, case_no="（2021）海0799民初1号")

    assert second.item is first.item


def test_create_review_refuses_a_matter_number_of_somebody_else(session: Session, now: datetime) -> None:
    created(session, now)

    with pytest.raises(ReviewError, match="已登记给另一位信访人"):
        created(session, now, petitioner_name="葛大梅", case_no="（2021）海0799民初1号")


def test_save_registration_changes_keeps_row_ids_and_logs_field_names(
    session: Session, now: datetime
) -> None:
    review = created(session, now, id_number="37078519700101001X")
    stored = registration_of(review)
    officer = stored.participants[0]
    changed = replace(
        stored, cause="首次执行", requests=("请求恢复执行。",),
        participants=(replace(officer, post="副局长"), Participant(InvolvedAs.PARTY, "恒泽公司", is_organisation=True)),
    )  # fmt: skip
    coordinator = factories.person(session, Role.COORD)

    save_registration(session, review, changed, seen=marks_of(stored), by=coordinator, now=now)

    after = registration_of(review)
    assert after.participants[0] == replace(officer, post="副局长")
    assert [one.name for one in after.participants] == ["李庭长", "恒泽公司"]
    assert (after.cause, after.requests) == ("首次执行", ("请求恢复执行。",))
    assert review.item.petitioner.id_fingerprint is not None
    row = session.scalars(select(AuditRow).where(AuditRow.action == "review.register")).one()
    assert row.after == {"changed": ["requests", "cause", "participants"]}


def test_save_registration_shows_the_second_person_what_the_first_changed(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        review = created(session, now)
        coordinator = factories.person(session, Role.COORD)
        seen = marks_of(registration_of(review))
        save_registration(
            session,
            review,
            replace(registration_of(review), cause="首次执行"),
            seen=seen,
            by=coordinator,
            now=now,
        )

        with pytest.raises(EditConflict) as conflict:
            mine = replace(registration_of(review), cause="恢复执行", place="东关街道")
            save_registration(session, review, mine, seen=seen, by=coordinator, now=now)

        assert conflict.value.theirs == {"cause": "首次执行"}
        assert registration_of(review).cause == "首次执行"


@pytest.mark.parametrize(
    "state", [state for state in ReviewState if state not in (ReviewState.DUE, ReviewState.INTAKE)]
)
def test_save_registration_ends_when_files_are_asked_for(
    session: Session, now: datetime, state: ReviewState
) -> None:
    review = factories.review(session, state)
    stored = registration_of(review)

    with pytest.raises(NotAllowed):
        save_registration(
            session, review, stored, seen=marks_of(stored), by=factories.person(session, Role.COORD), now=now
        )
