"""Forming a panel on SQLite and on PostgreSQL alike; two coordinators at once."""

import threading
from collections.abc import Callable

from sqlalchemy import select

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.service import verify_log
from review_app.database import Database
from review_app.errors import ReviewError
from review_app.panels.drawing import exported, open_draw
from review_app.panels.models import Panel, PanelDraw
from review_app.panels.record import replay
from review_app.panels.states import SeatState
from review_app.reviews.models import CaseReview
from tests import factories as make
from tests.conftest import NOW
from tests.panels.stage import accepted, ready


def test_a_panel_is_formed_and_its_record_replays(database: Database) -> None:
    with database.writing() as session, session.begin():
        accepted(session, ready(session))

    with database.reading() as session:
        panel = session.scalars(select(Panel)).one()
        assert [member.status for member in panel.seated] == [SeatState.ACCEPTED] * 5
        assert replay(exported(panel.draws[0])).ok
        assert verify_log(session).broken is None


def test_two_coordinators_open_one_draw(database: Database) -> None:
    with database.writing() as session, session.begin():
        stage = ready(session)
        other = make.person(session, Role.COORD)
        review_id, people = stage.review.id, (stage.coordinator.id, other.id)
    refused: list[str] = []
    begin = threading.Barrier(2)

    def open_as(person_id: int) -> Callable[[], None]:
        def work() -> None:
            begin.wait()
            try:
                with database.writing() as session, session.begin():
                    review = session.get_one(CaseReview, review_id)
                    open_draw(session, review, by=session.get_one(Person, person_id), now=NOW)
            except ReviewError as error:
                refused.append(str(error))

        return work

    threads = [threading.Thread(target=open_as(person_id)) for person_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        assert len(session.scalars(select(PanelDraw)).all()) == 1
    assert refused == ["已有一次抽选正在进行，请先完成或者作废。"]
