"""Taking laws in: texts one after another, corrections, refusals."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.errors import ReviewError
from review_app.statutes.library import open_statutes
from review_app.statutes.models import Statute, StatuteVersion
from review_app.statutes.service import Taken, take_in
from review_app.statutes.sources import Options
from tests.statutes.laws import FIRST, SECOND, days_of, drafts, ferry_law, indexed, read, taken, written

UNDATED = "# 渡船法\n\n<!-- INFO END -->\n\n第一条 甲。\n"


def test_later_text_closes_the_earlier_one(session: Session, tmp_path: Path, now: datetime) -> None:
    first = taken(session, tmp_path / "one", now, a=FIRST)
    second = taken(session, tmp_path / "two", now, b=SECOND)

    assert (first, second) == (Taken(added=1, articles=5), Taken(renewed=1, articles=6))
    assert days_of(session) == [
        ("2015", date(2015, 6, 1), date(2019, 10, 19)),  # an amendment of 2019 is told of and not there
        ("2022", date(2023, 3, 1), None),
    ]


def test_earlier_text_may_come_later(session: Session, tmp_path: Path, now: datetime) -> None:
    taken(session, tmp_path / "one", now, b=SECOND)
    taken(session, tmp_path / "two", now, a=FIRST)

    assert [row[1:] for row in days_of(session)] == [
        (date(2015, 6, 1), date(2019, 10, 19)), (date(2023, 3, 1), None),
    ]  # fmt: skip


def test_same_text_twice_changes_nothing(session: Session, tmp_path: Path, now: datetime) -> None:
    ferry_law(session, tmp_path / "one", now)
    before = days_of(session), session.scalars(select(StatuteVersion.row_version)).all()

    again = taken(session, tmp_path / "two", now, a=FIRST, b=SECOND)

    assert again == Taken(unchanged=2)
    assert (days_of(session), session.scalars(select(StatuteVersion.row_version)).all()) == before


def test_corrected_text_takes_the_place_and_the_old_one_stays(
    session: Session, tmp_path: Path, now: datetime
) -> None:
    ferry_law(session, tmp_path / "one", now)

    corrected = taken(session, tmp_path / "two", now, b=SECOND.replace("二千元", "三千元"))

    assert corrected == Taken(renewed=1, articles=6)
    assert [row[0] for row in days_of(session)] == ["2015", "2022"]
    texts = session.scalars(select(StatuteVersion).order_by(StatuteVersion.id)).all()
    assert [text.superseded_at for text in texts] == [None, now, None]


def test_dated_text_takes_the_place_of_an_undated_one(
    session: Session, tmp_path: Path, now: datetime
) -> None:
    taken(session, tmp_path / "one", now, a=UNDATED)
    assert days_of(session) == [("未注明", None, None)]

    taken(session, tmp_path / "two", now, b=FIRST)

    assert days_of(session) == [("2015", date(2015, 6, 1), None)]


def test_undated_text_of_a_dated_law_is_refused(session: Session, tmp_path: Path, now: datetime) -> None:
    ferry_law(session, tmp_path / "one", now)
    [draft] = drafts(tmp_path / "two", a=UNDATED)

    with pytest.raises(ReviewError, match="已有注明版本的文本"):
        take_in(session, draft, by=None, now=now)


def test_excerpt_of_a_whole_text_is_refused(session: Session, tmp_path: Path, now: datetime) -> None:
    ferry_law(session, tmp_path / "one", now)
    [draft] = read(
        written(tmp_path / "two", b=SECOND.replace("第二条 渡船经营者应当登记。\n", "")),
        Options(is_excerpt=True),
    )

    with pytest.raises(ReviewError, match="同一版本已有全文"):
        take_in(session, draft, by=None, now=now)  # type: ignore[arg-type]


def test_refused_text_leaves_nothing_behind(session: Session, tmp_path: Path, now: datetime) -> None:
    ferry_law(session, tmp_path / "one", now)
    before = days_of(session)
    overlapping = SECOND.replace("2022年12月5日", "2022年12月9日").replace("渡船每", "客船每")
    [draft] = drafts(tmp_path / "two", c=overlapping)

    with pytest.raises(ReviewError, match=r"2022-12-05文本.*与2022-12-09文本.*重叠"):
        take_in(session, draft, by=None, now=now)

    assert days_of(session) == before
    assert session.scalars(select(Statute.code)).all() == ["渡船法"]


def test_index_follows_texts_and_their_days(session: Session, tmp_path: Path, now: datetime) -> None:
    engine = open_statutes(tmp_path / "index")
    taken(session, tmp_path / "one", now, a=FIRST)
    indexed(session, engine, now)
    assert engine.state().documents == 5

    taken(session, tmp_path / "two", now, b=SECOND)
    waiting = session.scalars(select(StatuteVersion.label).where(StatuteVersion.indexed_at.is_(None))).all()
    indexed(session, engine, now)

    assert waiting == ["2015", "2022"]
    assert engine.state().documents == 11

    taken(session, tmp_path / "three", now, b=SECOND.replace("二千元", "三千元"))
    indexed(session, engine, now)
    assert engine.state().documents == 11
