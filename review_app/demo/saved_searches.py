"""A search that an expert of the demo keeps, and a case that comes later."""

from collections.abc import Iterator
from datetime import datetime

from review_app.demo.office import Office
from review_app.demo.precedents import LATER, fill_library
from review_app.demo.sign_in import in_rank
from review_app.precedents.library import Asked
from review_app.saved_searches.looking import look
from review_app.saved_searches.questions import kept
from review_app.saved_searches.service import save_search, settle
from review_app.saved_searches.states import Frequency


def follow_new_cases(office: Office) -> Iterator[datetime]:
    """The first expert who is shown keeps two searches; the timetable's next morning tells of what came for one."""
    yield office.before(6, 15)
    by = in_rank(office.reviews["case4"])[0].person
    asked = kept(Asked(q="“违法解除” 工会"))
    search = save_search(
        office.session,
        office.engine,
        asked,
        name="违法解除与通知工会",
        frequency=Frequency.DAILY,
        by=by,
        now=office.now,
    )
    asked = kept(Asked(q="工伤", chosen={"tier": ("1", "2", "3")}))
    save_search(
        office.session, office.engine, asked, name="工伤认定（本省以上）", frequency=Frequency.WEEKLY, by=by,
        now=office.now,
    )  # fmt: skip
    yield office.before(2, 10)
    fill_library(office, LATER)
    yield office.before(1, 7, 5)
    settle(office.session, search, look(office.session, office.engine, search), by_hand=False, now=office.now)
