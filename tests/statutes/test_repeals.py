"""A new law ends the ones it names."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from review_app.statutes.repeals import repealed_in
from review_app.statutes.service import Taken, end_repealed
from tests.statutes.laws import FIRST, SECOND, days_of, ferry_law, taken

HARBOUR = """# 中华人民共和国港航法

2024年1月5日 第十一届渡口会议通过

<!-- INFO END -->

第一条 为了港航安全，制定本法。

第二条 本法自2024年6月1日起施行。《中华人民共和国渡船法》、《海事法》同时废止。
"""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("本法自2024年6月1日起施行。《中华人民共和国渡船法》、《海事法》同时废止。", ["渡船法", "海事法"]),
        ("2003年1月1日公布的《渡船法》同时废止", ["渡船法"]),
        ("《渡船法》第三条同时废止。", []),
        ("《渡船法》中的有关规定同时废止。", []),
        ("《渡船法》废止后，依照本法。", []),
        ("本法施行后，与《渡船法》不一致的，以本法为准。", []),
    ],
)
def test_only_whole_laws_are_repealed(text: str, codes: list[str]) -> None:
    assert repealed_in(text) == codes


def test_newest_text_ends_on_the_day_before(session: Session, tmp_path: Path, now: datetime) -> None:
    ferry_law(session, tmp_path / "laws", now)
    taken(session, tmp_path / "more", now, c=HARBOUR)

    ended = [end_repealed(session), end_repealed(session)]

    assert ended == [1, 0]
    assert days_of(session) == [
        ("2015", date(2015, 6, 1), date(2019, 10, 19)),
        ("2022", date(2023, 3, 1), date(2024, 5, 31)),
        ("2024", date(2024, 6, 1), None),
    ]
    assert taken(session, tmp_path / "again", now, a=FIRST, b=SECOND) == Taken(unchanged=2)


def test_law_that_goes_on_afterwards_was_not_repealed_for_good(
    session: Session, tmp_path: Path, now: datetime
) -> None:
    taken(session, tmp_path / "laws", now, a=FIRST, b=SECOND, c=HARBOUR.replace("2024年", "2020年"))

    assert end_repealed(session) == 0
    assert [row[0] for row in days_of(session)] == ["2015", "2020", "2022"]


def test_day_that_is_only_assumed_ends_nothing(session: Session, tmp_path: Path, now: datetime) -> None:
    assumed = HARBOUR.replace("本法自2024年6月1日起施行。", "")
    taken(session, tmp_path / "laws", now, a=FIRST, b=SECOND, c=assumed)

    assert end_repealed(session) == 0
