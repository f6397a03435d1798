import pytest
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.deliberations.immutable import WrittenOnce
from review_app.deliberations.models import Ballot
from review_app.deliberations.recording import hand_in_dissent, keep_minutes, read_for_audit, secretaries
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.reviews.states import ReviewState
from tests import factories
from tests.conftest import NOW
from tests.deliberations.made import decided_case, deliberating_case, opened

MINUTES = "各成员按先组员后组长的顺序发表意见，一致认为程序违法事实清楚。"
DISSENT = "网络查控已经覆盖银行存款、车辆、不动产等主要财产形式，不宜评价为财产调查未穷尽。"


def test_secretary_keeps_the_minutes(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)

    keep_minutes(
        session, deliberation, text=MINUTES, row_version=deliberation.row_version, by=made.secretary, now=NOW
    )

    assert (deliberation.minutes, deliberation.minutes_at) == (MINUTES, NOW)
    row = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
    assert row is not None
    assert (row.action, list(row.after or {})) == ("deliberation.minutes", ["sha256"])


def test_minutes_of_two_writers_are_not_lost(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    read = deliberation.row_version
    keep_minutes(session, deliberation, text=MINUTES, row_version=read, by=made.secretary, now=NOW)
    session.flush()

    with pytest.raises(EditConflict) as caught:
        keep_minutes(session, deliberation, text=MINUTES * 2, row_version=read, by=made.chair, now=NOW)
    assert caught.value.theirs == {"text": MINUTES}


def test_minutes_are_the_panels(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    organ = made.review.legal_case.reviewed_org
    secretary_of_organ = factories.person(session, Role.SECRETARY, organisation=organ)

    for person in (made.coordinator, made.liaison, secretary_of_organ, made.lead):
        with pytest.raises(NotAllowed):
            keep_minutes(
                session, deliberation, text=MINUTES, row_version=deliberation.row_version, by=person, now=NOW
            )
    assert secretaries(session, made.review) == [made.secretary]


def test_dissent_is_kept_word_for_word(session: Session) -> None:
    made, deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")

    dissent = hand_in_dissent(session, deliberation, text=f"  {DISSENT}\n", by=made.members[4], now=NOW)

    assert dissent.text == f"  {DISSENT}\n"
    with pytest.raises(ReviewError, match="不能更改"):
        hand_in_dissent(session, deliberation, text=DISSENT, by=made.members[4], now=NOW)
    with pytest.raises(ReviewError, match="不少于20个字"):
        hand_in_dissent(session, deliberation, text="不同意", by=made.members[3], now=NOW)


def test_dissent_is_a_members_after_the_last_ballot(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)

    for person in (made.lead, made.coordinator, made.secretary):
        with pytest.raises(NotAllowed):
            hand_in_dissent(session, deliberation, text=DISSENT, by=person, now=NOW)


def test_ballots_cannot_be_changed_by_mistake(session: Session) -> None:
    decided_case(session, 4, grade="A", outcome="MAINTAIN")
    session.commit()
    ballot = session.query(Ballot).first()
    assert ballot is not None

    ballot.choice = "reject"
    with pytest.raises(WrittenOnce):
        session.flush()
    session.rollback()
    with pytest.raises(WrittenOnce):
        session.query(Ballot).update({"choice": "reject"})
    session.rollback()
    session.delete(session.query(Ballot).first())
    with pytest.raises(WrittenOnce):
        session.flush()
    session.rollback()


def test_auditor_reads_after_closing_with_a_reason(session: Session) -> None:
    made, deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")
    auditor = factories.person(session, Role.AUDITOR)

    with pytest.raises(NotAllowed):
        read_for_audit(session, made.review, reason="信访人申诉核查", by=auditor, now=NOW)
    made.review.state = ReviewState.CLOSED
    with pytest.raises(ReviewError, match="写明理由"):
        read_for_audit(session, made.review, reason=" ", by=auditor, now=NOW)
    assert read_for_audit(session, made.review, reason="信访人申诉核查", by=auditor, now=NOW) == [
        deliberation
    ]

    row = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
    assert row is not None
    assert (row.action, row.reason) == ("deliberation.audit-read", "信访人申诉核查")
