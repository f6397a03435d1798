"""Saving, changing and running by hand; what counts as new."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.audit.models import AuditRow
from review_app.errors import NotAllowed, ReviewError
from review_app.precedents.library import Asked
from review_app.precedents.models import Precedent
from review_app.precedents.service import catch_up_index, mark_lost, take_in
from review_app.precedents.states import Audience
from review_app.reviews.states import ReviewState
from review_app.saved_searches.looking import CannotRun
from review_app.saved_searches.models import SavedSearch, SavedSearchAlert, SavedSearchHit
from review_app.saved_searches.questions import kept
from review_app.saved_searches.service import change_question, remove_search, run_now
from review_app.saved_searches.states import Condition, Frequency
from tests import factories
from tests.precedents.cases import draft
from tests.saved_searches.made import Library, Shaky, notices, told


def run(library: Library, search: SavedSearch) -> SavedSearchAlert | None:
    found = run_now(library.session, library.engine, search, by=search.owner, now=library.now)
    library.session.commit()
    return found


def test_what_is_found_when_saving_is_known_and_what_comes_later_is_new_once(
    library: Library, owner: Person
) -> None:
    library.add("早先", "认定为工伤")
    search = library.save(owner)
    assert search.total == 1

    library.add("后来", "又一件工伤")
    library.add("无关", "买卖合同")

    assert run(library, search).found == 1  # type: ignore[union-attr]
    assert run(library, search) is None
    assert told(library.session, search) == ["后来"]
    assert search.total == 2


def test_case_with_an_old_date_that_comes_later_is_new(library: Library, owner: Person) -> None:
    search = library.save(owner)

    library.add("旧案", "一九九八年的工伤", date="1998-05-04", year=1998)

    run(library, search)
    assert told(library.session, search) == ["旧案"]


def test_lost_index_that_is_filled_again_repeats_nothing(library: Library, owner: Person) -> None:
    library.add("早先", "认定为工伤")
    search = library.save(owner)
    library.add("后来", "又一件工伤")
    run(library, search)

    library.engine.rebuild([])
    assert run(library, search) is None
    mark_lost(library.session, library.engine)
    catch_up_index(library.session, library.engine, now=library.now)

    assert run(library, search) is None
    assert told(library.session, search) == ["后来"]
    assert search.total == 2


def test_next_version_is_marked_as_updated_and_not_told(library: Library, owner: Person) -> None:
    library.add("早先", "认定为工伤")
    search = library.save(owner)
    library.add("后来", "又一件工伤")
    run(library, search)

    library.add("早先", "更正后仍认定为工伤")
    library.add("后来", "更正后又一件工伤")

    assert run(library, search) is None
    ledger = library.session.scalars(select(SavedSearchHit).order_by(SavedSearchHit.id)).all()
    rows = [(hit.precedent.title, hit.version, bool(hit.told_at), bool(hit.updated_at)) for hit in ledger]
    assert rows == [("后来", 2, True, True), ("早先", 2, False, True)]


def test_case_that_matches_only_since_its_next_version_is_new(library: Library, owner: Person) -> None:
    library.add("劳务", "受雇受伤")
    search = library.save(owner)

    library.add("劳务", "更正后认定为工伤")

    run(library, search)
    assert told(library.session, search) == ["劳务"]


def test_case_that_is_opened_to_the_owner_later_is_new_then(library: Library, owner: Person) -> None:
    case = library.add("本办案例", "认定为工伤", tier="OWN")
    case.audience, case.indexed_at = Audience.OFFICE, None
    catch_up_index(library.session, library.engine, now=library.now)
    search = library.save(owner)
    assert (search.total, run(library, search)) == (0, None)

    case.audience, case.indexed_at = Audience.EVERYONE, None
    catch_up_index(library.session, library.engine, now=library.now)

    run(library, search)
    assert told(library.session, search) == ["本办案例"]


def test_text_that_the_index_holds_of_another_time_waits(library: Library, owner: Person) -> None:
    case = library.add("待补", "买卖合同")
    search = library.save(owner)
    library.session.execute(
        Precedent.__table__.update().where(Precedent.id == case.id).values(text_sha256="0" * 64)  # type: ignore[attr-defined]
    )
    changed = library.save(owner, "买卖")

    assert (changed.total, run(library, search)) == (1, None)
    assert told(library.session, changed) == []


def test_more_than_one_page_of_new_cases_is_told_whole(library: Library, owner: Person) -> None:
    search = library.save(owner)
    drafts = [
        draft(f"第{n}件工伤，这一段文字只是为了让全文超过三十个字，没有别的意思。", title=f"案{n}")
        for n in range(450)
    ]
    take_in(library.session, drafts, by=None, now=library.now)
    catch_up_index(library.session, library.engine, now=library.now)

    assert run(library, search).found == 450  # type: ignore[union-attr]
    assert len(set(told(library.session, search))) == 450


def test_running_by_hand_writes_no_notice(library: Library, owner: Person) -> None:
    search = library.save(owner)
    library.add("后来", "又一件工伤")

    run(library, search)

    assert notices(library.session) == []


def test_same_question_is_saved_once(library: Library, owner: Person) -> None:
    first = library.save(owner, name="第一项")

    with pytest.raises(ReviewError, match="名称是“第一项”"):
        library.save(owner, asked={"sort": "newest"}, name="第二项")
    remove_search(library.session, first, by=owner, now=library.now)

    library.save(owner, name="第二项")
    assert library.session.query(SavedSearch).count() == 2


@pytest.mark.parametrize("name", ["", "  ", "字" * 61])
def test_name_is_needed_and_short(library: Library, owner: Person, name: str) -> None:
    with pytest.raises(ReviewError, match="名称"):
        library.save(owner, name=name)


def test_question_that_cannot_be_read_is_not_saved(library: Library, owner: Person) -> None:
    with pytest.raises(CannotRun, match="两边都要有检索词"):
        library.save(owner, "工伤 与")

    assert library.session.query(SavedSearch).count() == 0


def test_changed_question_repeats_nothing_and_loses_nothing_that_came_since_the_last_run(
    library: Library, owner: Person
) -> None:
    library.add("早先拆迁", "房屋拆迁补偿")
    search = library.save(owner)
    library.add("后来工伤", "认定为工伤")
    run(library, search)
    library.now = library.now.replace(hour=5)
    library.add("后来拆迁", "又一件房屋拆迁补偿")

    changed = change_question(
        library.session, library.engine, search, kept(Asked(q="拆迁 或 工伤")), by=owner, now=library.now
    )

    assert changed is not None
    assert told(library.session, search) == ["后来工伤", "后来拆迁"]
    assert run(library, search) is None
    assert search.total == 3


def test_search_for_a_review_is_its_panel_s_and_reads_what_everyone_may(
    library: Library, session: Session, owner: Person
) -> None:
    review = factories.review(session, ReviewState.READING)
    with pytest.raises(NotAllowed):
        library.save(owner, review=review)
    factories.seat(session, review, owner)
    own = library.add("本办案例", "认定为工伤", tier="OWN")
    own.audience, own.source_review_id, own.indexed_at = Audience.OFFICE, review.id, None
    catch_up_index(session, library.engine, now=library.now)

    assert library.save(owner).total == 1
    assert library.save(owner, review=review).total == 0


def test_similar_search_follows_the_review_s_words(library: Library, session: Session, owner: Person) -> None:
    item = factories.petition_item(session, facts="上班途中受到交通事故伤害，请求认定工伤。")
    review = factories.review(session, ReviewState.READING, item=item)
    factories.seat(session, review, owner)
    search = library.save(owner, "", name="相似", review=review, similar=True)

    library.add("相似案", "上班途中受到交通事故伤害，请求认定工伤，秦某田请求恢复执行")

    run(library, search)
    assert told(library.session, search) == ["相似案"]


def test_search_for_cases_like_a_case_ends_with_the_right_to_read_that_case(
    library: Library, session: Session, owner: Person
) -> None:
    case = library.add("甲案", "上班途中受到交通事故伤害，请求认定工伤")
    search = library.save(owner, "", name="相似", like_case=case.id)
    library.add("乙案", "下班途中受到交通事故伤害，请求认定工伤")
    run(library, search)
    assert told(session, search) == ["乙案"]

    case.audience = Audience.OFFICE
    session.commit()

    with pytest.raises(CannotRun, match="您现在不能查阅"):
        run(library, search)


@pytest.mark.parametrize("role", [Role.SYSADMIN, Role.CLERK, Role.DPO, Role.REVIEWED_LIAISON])
def test_who_may_not_search_saves_nothing(library: Library, session: Session, role: Role) -> None:
    with pytest.raises(NotAllowed):
        library.save(factories.person(session, role))


def test_only_the_owner_runs_changes_or_removes(library: Library, session: Session, owner: Person) -> None:
    search = library.save(owner)
    other = factories.person(session, Role.EXPERT, Role.COORD)

    with pytest.raises(NotAllowed):
        run_now(session, library.engine, search, by=other, now=library.now)
    with pytest.raises(NotAllowed):
        remove_search(session, search, by=other, now=library.now)


def test_index_that_refuses_is_said_and_nothing_changes(library: Library, owner: Person) -> None:
    search = library.save(owner)
    engine = library.engine
    assert isinstance(engine, Shaky)
    engine.refuses = True

    with pytest.raises(CannotRun, match="案例库索引暂时不能检索"):
        run(library, search)

    assert (search.condition, search.total) == (Condition.ACTIVE, 0)


def test_audit_log_tells_who_saved_and_never_what(library: Library, session: Session, owner: Person) -> None:
    search = library.save(owner, "绝密的想法", frequency=Frequency.WEEKLY)

    row = session.scalars(select(AuditRow)).one()
    assert (row.action, row.person_id, row.subject) == (
        "saved_searches.save",
        owner.id,
        f"saved_search:{search.id}",
    )
    assert row.after == {"frequency": "WEEKLY", "total": 0, "question": search.question_print}
