"""The library: taking in, versions, index, citing, searching."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.errors import ReviewError
from review_app.precedents.citing import citation_is_current, cite
from review_app.precedents.library import EVERYONES, SHAPE, Asked, ask, open_library
from review_app.precedents.models import Precedent
from review_app.precedents.queries import corpora, newer_version, read_by_everyone
from review_app.precedents.service import Taken, catch_up_index, mark_lost, take_in
from search_index.engine import SearchEngine
from search_index.engines import open_engine
from tests import factories
from tests.precedents.cases import JUDGMENT, draft, indexed, stored_case

OTHER = "职工在上班途中受到非本人主要责任的交通事故伤害，应当认定为工伤；用人单位应当支付工伤待遇。"


@pytest.fixture
def engine(tmp_path: Path) -> SearchEngine:
    return open_engine("memory", tmp_path, SHAPE)


@pytest.fixture
def reader(session: Session) -> Person:
    return factories.person(session, Role.EXPERT)


def found(engine: SearchEngine, q: str, **asked: object) -> list[str]:
    page = ask(engine, Asked(q, **asked), readable=EVERYONES).page  # type: ignore[arg-type]
    return [hit.key for hit in page.hits]


def test_same_text_twice_changes_nothing(session: Session, now: datetime) -> None:
    first = take_in(session, [draft(), draft()], by=None, now=now)
    again = take_in(session, [draft()], by=None, now=now)

    assert (first, again) == (Taken(added=1, unchanged=1), Taken(unchanged=1))
    assert session.scalar(select(func.count()).select_from(Precedent)) == 1


def test_corrected_text_is_the_next_version_and_the_old_one_stays(
    session: Session, now: datetime, engine: SearchEngine
) -> None:
    old = stored_case(session, now)
    indexed(session, engine, now)

    taken = take_in(session, [draft(JUDGMENT.replace("四百米", "五百米"))], by=None, now=now)
    catch_up_index(session, engine, now=now)

    new = newer_version(session, old)
    assert taken == Taken(renewed=1)
    assert new is not None and (old.version, new.version) == (1, 2)
    assert (old.superseded_at, new.superseded_at) == (now, None)
    assert (found(engine, "“四百米”"), found(engine, "“五百米”")) == ([], [str(new.id)])
    assert corpora(session, read_by_everyone()) == {"4": 1}


def test_index_catches_up_in_batches_and_after_a_loss(
    session: Session, now: datetime, engine: SearchEngine, tmp_path: Path
) -> None:
    take_in(session, [draft(f"第{number}件。{OTHER}") for number in range(5)], by=None, now=now)

    assert [catch_up_index(session, engine, now=now, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert mark_lost(session, engine) == 0

    lost = open_engine("memory", tmp_path, SHAPE)
    assert mark_lost(session, lost) == 5
    assert catch_up_index(session, lost, now=now) == 5
    assert lost.state().documents == 5


def test_search_by_word_field_article_and_filter(
    session: Session, now: datetime, engine: SearchEngine
) -> None:
    crash = stored_case(session, now)
    injury = stored_case(session, now, OTHER, title="工伤认定案", tier="1", causes=["工伤认定"], year=2018)
    indexed(session, engine, now)

    assert found(engine, "交通事故") == [str(injury.id)]
    assert found(engine, "逃逸 缓刑") == [str(crash.id)]
    assert (
        found(engine, "案由:交通肇事")
        == found(engine, "法条:刑法133")
        == found(engine, "年:2021")
        == [str(crash.id)]
    )
    assert found(engine, "文号:（2021）海0799刑初31号") == [str(crash.id)]
    assert found(engine, "", chosen={"tier": ("1",)}) == [str(injury.id)]
    assert found(engine, "", year_from=2020) == [str(crash.id)]
    assert found(engine, "交事") == [str(injury.id)]
    assert found(engine, "交事", without=frozenset({"交事"})) == []


def test_tier_comes_first_unless_asked_otherwise(
    session: Session, now: datetime, engine: SearchEngine
) -> None:
    local = stored_case(session, now, "工伤工伤工伤工伤。" + OTHER, title="甲案")
    guiding = stored_case(session, now, "其他事情说了很多。" * 9 + OTHER, title="乙案", tier="1")
    indexed(session, engine, now)

    assert found(engine, "工伤") == [str(guiding.id), str(local.id)]
    assert found(engine, "工伤", sort="relevance") == [str(local.id), str(guiding.id)]


def test_cases_like_a_review_are_found_by_its_facts(
    session: Session, now: datetime, engine: SearchEngine
) -> None:
    crash = stored_case(session, now)
    stored_case(session, now, OTHER, title="工伤认定案")
    indexed(session, engine, now)

    facts = "孙某驾驶轻型货车碰撞电动自行车致一人死亡，驶离现场后返回报警，家属认为构成逃逸，不应适用缓刑。"

    assert found(engine, "", like=facts)[0] == str(crash.id)


def test_citation_is_exact_and_survives_a_correction(session: Session, now: datetime, reader: Person) -> None:
    case = stored_case(session, now)
    words = "孙某离开现场不具有逃避法律追究的目的"

    cited = cite(session, case.id, by=reader, quote=words)

    assert JUDGMENT[cited.start : cited.end] == cited.quote == words
    assert cited == cite(session, case.id, by=reader, quote=words, start=cited.start, end=cited.end)
    assert (cited.text_sha256, citation_is_current(session, cited)) == (case.text_sha256, True)
    take_in(session, [draft(JUDGMENT.replace("四百米", "五百米"))], by=None, now=now)
    assert cite(session, case.id, by=reader, quote=words) == cited
    assert citation_is_current(session, cited) is False


def test_citation_over_a_line_break_is_taken_as_a_browser_sends_it(
    session: Session, now: datetime, reader: Person
) -> None:
    case = stored_case(session, now, OTHER.replace("，应当", "，\n应当"), title="工伤认定案")
    start = case.text.index("交通事故伤害")

    cited = cite(
        session, case.id, by=reader, quote="交通事故伤害，\r\n应当认定为工伤", start=start, end=start + 15
    )

    assert cited.quote == "交通事故伤害，\n应当认定为工伤"


@pytest.mark.parametrize(
    ("quote", "place", "sentence"),
    [
        ("孙某离开现场具有逃避法律追究的目的", (None, None), "案例原文中没有这段文字"),
        ("孙某离开现场不具有逃避法律追究的目的", (3, 21), "与案例原文不一致"),
        ("不构成逃逸", (None, None), "引文不足10个字"),
        (JUDGMENT, (0, len(JUDGMENT)), "超过200个字"),
    ],
)
def test_words_that_are_not_there_cannot_be_cited(
    session: Session,
    now: datetime,
    reader: Person,
    quote: str,
    place: tuple[int | None, int | None],
    sentence: str,
) -> None:
    case = stored_case(session, now)

    with pytest.raises(ReviewError) as refused:
        cite(session, case.id, by=reader, quote=quote, start=place[0], end=place[1])

    assert sentence in str(refused.value)


def test_library_opens_in_the_index_folder(tmp_path: Path) -> None:
    engine = open_library(tmp_path)

    assert engine.state().documents == 0
    assert (tmp_path / "precedents").is_dir()
