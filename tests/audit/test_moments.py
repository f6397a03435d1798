from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from review_app.audit.service import record, verify_log


def test_a_moment_of_another_time_zone_does_not_break_the_chain(session: Session) -> None:
    moment = datetime(2024, 4, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

    record(session, action="review.move", subject="case_review:1", by=None, now=moment)
    session.commit()
    session.expire_all()

    assert verify_log(session).broken is None
