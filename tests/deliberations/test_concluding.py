from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.deliberations.concluding import (
    advise,
    choose_larger_panel,
    escalate,
    final_result,
    is_as_locked,
    lock_result,
    record_office_meeting,
    withdraw_advice,
)
from review_app.deliberations.models import Escalation
from review_app.deliberations.queries import escalation_of, routes_of
from review_app.deliberations.service import (
    missing_deliberation,
    missing_draft,
    missing_escalated,
    open_deliberation,
)
from review_app.deliberations.states import EscalationWay
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.notices.service import unread
from review_app.reviews.states import Outcome, ReviewState
from tests.conftest import NOW
from tests.deliberations.made import (
    Made,
    agree,
    decided_case,
    deliberating_case,
    opened,
    signed_case,
    vote_conclusions,
    vote_findings,
    worded_case,
)

MINUTES = "会议研究认为，是否构成犯罪由有权机关依法认定，主要处理结果为导入法律程序。"
ADVICE = "建议被害人向人民检察院申请立案监督。"


def advice(session: Session, made: Made, route: str = "FILING_SUPERVISION", **more: Any) -> None:
    values = {"text": ADVICE, "organ": "青岚市人民检察院", "due_on": None, "expired": False, **more}
    advise(session, made.review, route=route, by=made.lead, now=NOW, **values)
    session.flush()


def escalated(session: Session, case: int = 5) -> tuple[Made, Escalation]:
    made, _deliberation = decided_case(session, case, grade="C", outcome="IMPORT")
    made.review.state = ReviewState.ESCALATED
    escalation = escalate(session, made.review, by=made.chair, now=NOW)
    session.flush()
    return made, escalation


def meeting(session: Session, made: Made, escalation: Escalation, **more: Any) -> Escalation:
    values = {
        "held_on": date(2024, 4, 2), "attended": "领导小组办公室主任等七人", "minutes": MINUTES, "grade": None,
        "outcome": None, "row_version": escalation.row_version, "by": made.coordinator, "now": NOW, **more,
    }  # fmt: skip
    return record_office_meeting(session, escalation, **values)


def sentences(lacks: list[Any]) -> list[str]:
    return [str(one) for one in lacks]


def test_result_is_locked_once_and_written_to_the_review(session: Session) -> None:
    made, _deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")

    locked = lock_result(session, made.review, by=made.chair, now=NOW)

    assert (made.review.grade, made.review.score, made.review.outcome) == ("C", "75.0", Outcome.SUPPLEMENT)
    assert lock_result(session, made.review, by=made.chair, now=NOW) is locked
    row = session.query(AuditRow).filter_by(action="result.lock").one()
    assert row.after == {"sha256": locked.content_sha256}
    assert is_as_locked(session, made.review)


def test_final_result_names_the_upheld_findings(session: Session) -> None:
    made, _deliberation = decided_case(session, 2, grade="B", outcome="MAINTAIN")

    result = final_result(session, made.review)

    assert result is not None
    assert [one.code for one in result.upheld] == ["D1-06", "D4-07", "D5-05", "D6-01", "D8-04"]
    assert (result.grade, result.outcome, result.measures) == ("B", "MAINTAIN", ("EXPLAIN",))


def test_nothing_is_locked_before_the_last_ballot(session: Session) -> None:
    made = deliberating_case(session, 4)
    opened(session, made)

    assert final_result(session, made.review) is None
    with pytest.raises(ReviewError, match="尚未表决结束"):
        lock_result(session, made.review, by=made.chair, now=NOW)


def test_escalated_result_waits_for_the_office(session: Session) -> None:
    made, _deliberation = decided_case(session, 5, grade="C", outcome="IMPORT")
    advice(session, made)

    with pytest.raises(ReviewError, match="应当提级"):
        lock_result(session, made.review, by=made.chair, now=NOW)


def test_office_meeting_lets_case_5_go_on(session: Session) -> None:
    made, escalation = escalated(session)
    assert (escalation.reasons, escalation.enlarge_to) == (["veto_majority_only"], None)
    assert sentences(missing_escalated(session, made.review, now=NOW)) == [
        "请选择扩大评查组，或者登记办公室会议纪要。"
    ]

    meeting(session, made, escalation)
    advice(session, made)

    assert missing_escalated(session, made.review, now=NOW) == []
    lock_result(session, made.review, by=made.coordinator, now=NOW)
    assert (made.review.grade, made.review.score, made.review.outcome) == ("C", "66.0", Outcome.IMPORT)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"grade": "B"}, "已决的不得改变"),
        ({"outcome": Outcome.MAINTAIN}, "已决的不得改变"),
        ({"minutes": "同意"}, "会议纪要"),
        ({"attended": " "}, "参会人员"),
        ({"held_on": date(2024, 4, 3)}, "不能晚于今天"),
    ],
)
def test_office_decides_only_what_is_open(session: Session, changes: dict[str, Any], sentence: str) -> None:
    made, escalation = escalated(session)

    with pytest.raises(ReviewError, match=sentence):
        meeting(session, made, escalation, **changes)


def test_office_decides_grade_and_outcome_that_found_no_majority(session: Session) -> None:
    made = deliberating_case(session, 1)
    deliberation = opened(session, made)
    vote_findings(session, made, deliberation)
    split = ["SUPPLEMENT", "SUPPLEMENT", "IMPORT", "IMPORT", "MAINTAIN"]
    for _attempt in (1, 2):
        vote_conclusions(session, made, deliberation, grades="BBCCD", outcomes=split)
    made.review.state = ReviewState.ESCALATED
    escalation = escalate(session, made.review, by=made.chair, now=NOW)
    session.flush()

    with pytest.raises(ReviewError, match="未决的必须决定"):
        meeting(session, made, escalation)
    meeting(session, made, escalation, grade="C", outcome=Outcome.SUPPLEMENT)

    lock_result(session, made.review, by=made.coordinator, now=NOW)
    assert (made.review.grade, made.review.outcome) == ("C", Outcome.SUPPLEMENT)


@pytest.mark.parametrize("who", ["chair", "lead", "secretary"])
def test_only_the_coordinator_settles(session: Session, who: str) -> None:
    made, escalation = escalated(session)

    with pytest.raises(NotAllowed):
        meeting(session, made, escalation, by=getattr(made, who))


def test_escalation_is_settled_once(session: Session) -> None:
    made, escalation = escalated(session)
    read = escalation.row_version
    choose_larger_panel(session, escalation, row_version=read, by=made.coordinator, now=NOW)
    session.flush()

    with pytest.raises(EditConflict):
        meeting(session, made, escalation, row_version=read)
    assert escalation.way is EscalationWay.ENLARGE


def test_larger_panel_deliberates_once_more_and_not_twice(session: Session) -> None:
    made, escalation = escalated(session)
    choose_larger_panel(session, escalation, row_version=escalation.row_version, by=made.coordinator, now=NOW)
    made.review.state = ReviewState.DELIBERATION
    session.flush()
    open_deliberation(session, made.review, by=made.coordinator, now=NOW)
    assert sentences(missing_deliberation(session, made.review, now=NOW)) == ["提级后须再次研讨。"]

    second = opened(session, made)
    vote_findings(session, made, second)
    vote_conclusions(session, made, second, grades="CCCCC", outcomes=["IMPORT"] * 5)

    assert second.number == 2
    with pytest.raises(ReviewError, match="不能第三次研讨"):
        open_deliberation(session, made.review, by=made.coordinator, now=NOW)


def test_advice_names_route_organ_and_provision(session: Session) -> None:
    made, _deliberation = decided_case(session, 3, grade="D", outcome="CORRECT")

    advice(session, made, "PROTEST", due_on=date(2024, 6, 1))

    written = routes_of(session, made.review)
    assert [(one.number, one.route, one.law) for one in written] == [
        (1, "PROTEST", "民事诉讼法（2023）第219条；行政诉讼法第93条")
    ]
    withdraw_advice(session, written[0], by=made.lead, now=NOW)
    assert routes_of(session, made.review) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"route": "MAGIC"}, "没有名为"),
        ({"text": "重审"}, "不少于10个字"),
        ({"organ": ""}, "有权处理的机关"),
        ({"expired": True}, "当事人自己启动"),
    ],
)
def test_advice_is_checked(session: Session, changes: dict[str, Any], sentence: str) -> None:
    made, _deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")

    with pytest.raises(ReviewError, match=sentence):
        advice(session, made, **changes)


def test_expired_route_needs_one_that_does_not_depend_on_the_petitioner(session: Session) -> None:
    made, deliberation = decided_case(session, 3, grade="D", outcome="CORRECT")
    deliberation.minutes = "记录"
    assert sentences(missing_deliberation(session, made.review, now=NOW)) == [
        "处理结果要求导入法定程序，请写明建议的法定途径。"
    ]
    advice(session, made, "RETRIAL", expired=True)
    assert [one[:14] for one in sentences(missing_deliberation(session, made.review, now=NOW))] == [
        "当事人自己启动的途径已过期限"
    ]

    advice(session, made, "COURT_PRESIDENT")

    assert missing_deliberation(session, made.review, now=NOW) == []
    assert lock_result(session, made.review, by=made.chair, now=NOW).content_sha256


def test_what_the_draft_still_lacks(session: Session) -> None:
    made = signed_case(session, 1)

    assert sentences(missing_draft(session, made.review, now=NOW)) == [
        "还有28项扣分或者否决提议没有归入问题清单。",
        "存疑案件和涉及法律适用问题的案件，须有已签名的类案检索报告。",
    ]


def test_calm_case_without_law_finding_needs_no_report(session: Session) -> None:
    made = worded_case(session, 4)

    assert missing_draft(session, made.review, now=NOW) == []


def test_what_the_deliberation_still_lacks(session: Session) -> None:
    made = deliberating_case(session, 4)
    assert sentences(missing_deliberation(session, made.review, now=NOW)) == ["研讨尚未开始。"]
    deliberation = opened(session, made)
    assert sentences(missing_deliberation(session, made.review, now=NOW)) == ["尚未全部表决。"]
    vote_findings(session, made, deliberation)
    vote_conclusions(session, made, deliberation, grades="AAA", outcomes=["MAINTAIN"] * 3)

    assert sentences(missing_deliberation(session, made.review, now=NOW)) == [
        "尚未完成研讨记录。",
        "还有3名成员没有表明最后态度。",
    ]
    agree(session, made, deliberation)
    assert sentences(missing_deliberation(session, made.review, now=NOW)) == ["尚未完成研讨记录。"]


def test_panel_is_called_to_deliberate(session: Session) -> None:
    made = deliberating_case(session, 4)

    open_deliberation(session, made.review, by=made.coordinator, now=NOW)

    assert all("deliberation-open" in [one.kind for one in unread(session, each)] for each in made.members)


def test_chair_may_escalate_before_anything_is_voted(session: Session) -> None:
    made = deliberating_case(session, 4)

    escalate(session, made.review, by=made.chair, now=NOW)
    session.flush()

    found = escalation_of(session, made.review)
    assert found is not None
    assert (found.deliberation_id, found.reasons) == (None, [])
