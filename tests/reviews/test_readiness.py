from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from review_app.petitions.states import LegalStage
from review_app.reviews.readiness import missing_intake
from review_app.reviews.states import DoubtReason, InvolvedAs
from tests import factories

PETITIONER = (InvolvedAs.PETITIONER, "秦某田")
OFFICER = (InvolvedAs.OFFICER, "李某")
PARTY = (InvolvedAs.PARTY, "赵某斌")


def lacks(
    session: Session, now: datetime, *, involved: Any = (PETITIONER, OFFICER, PARTY), **values: Any
) -> list[str]:
    case = factories.legal_case(session, involved=involved)
    values = {"doubt_reasons": [DoubtReason.NEW_EVIDENCE], **values}
    review = factories.review(session, legal_case=case, **values)
    return [str(one) for one in missing_intake(session, review, now=now)]


def test_a_full_registration_lacks_nothing(session: Session, now: datetime) -> None:
    assert lacks(session, now) == []


def test_people_are_needed_for_the_recusal_check(session: Session, now: datetime) -> None:
    assert lacks(session, now, involved=(PETITIONER,)) == [
        "尚未登记原案承办人，无法审查回避。",
        "尚未登记对方当事人，无法审查回避。",
    ]


def test_an_administrative_case_has_the_organ_on_the_other_side(session: Session, now: datetime) -> None:
    assert lacks(session, now, involved=(PETITIONER, OFFICER), template="ADM") == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"doubt_reasons": []}, "已标为存疑，但没有写明存疑情形。"),
        ({"summary": " "}, "尚未填写案情摘要，专家签署声明前只能看到它。"),
        ({"template": "OTHER"}, "尚未选择评查表。"),
    ],
)
def test_each_gap_is_named(session: Session, now: datetime, values: dict[str, Any], sentence: str) -> None:
    assert lacks(session, now, **values) == [sentence]


def test_a_case_that_became_pending_again_is_held_back(session: Session, now: datetime) -> None:
    item = factories.petition_item(session, legal_stage=LegalStage.PENDING)

    assert lacks(session, now, item=item) == ["原案的处理结果尚未生效，不能评查。"]
