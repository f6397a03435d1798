import zipfile
from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from review_app.deliberations.minutes import minutes_paper
from review_app.deliberations.recording import keep_minutes, silent_members, take_stance
from review_app.deliberations.states import Stance
from review_app.documents.checker import check, errors
from review_app.documents.content import Attendance, Paragraph
from review_app.documents.official_format import write
from review_app.errors import NotAllowed, ReviewError
from review_app.rulebook import rules as rulebook
from tests.browser import Browser
from tests.conftest import NOW
from tests.deliberations.made import Made, decided_case, deliberating_case, opened

OTHER = "结论可以接受，但理由应当是送达程序没有影响当事人的实体权利。"
TEXT = "各成员按先组员后组长的顺序发表意见。\n逐项讨论问题清单，并就等次和处理意见表决。"


def held(session: Session) -> tuple[Made, object]:
    made, deliberation = decided_case(session, 4, grade="A", outcome="MAINTAIN")
    keep_minutes(
        session, deliberation, text=TEXT, row_version=deliberation.row_version, by=made.secretary, now=NOW
    )
    return made, deliberation


def words(blocks: object) -> str:
    return "\n".join(f"{one.lead}{one.text}" for one in blocks if isinstance(one, Paragraph))  # type: ignore[attr-defined]


def test_minutes_tell_who_was_there_what_was_voted_and_where_everybody_stands(session: Session) -> None:
    made, deliberation = held(session)
    take_stance(session, deliberation, stance=Stance.CONCUR, text=OTHER, by=made.members[2], now=NOW)

    paper = minutes_paper(deliberation, "青岚市涉法涉诉信访专家评查办公室")

    told = words(paper.blocks)
    assert "逐项讨论问题清单" in told
    assert "等次。A等3票（" in told
    assert f"{made.members[2].name}：同意结论，但理由不同。{OTHER}" in told
    assert next(one.names for one in paper.blocks if isinstance(one, Attendance)).count("、") == 2


def test_minutes_keep_the_format(session: Session) -> None:
    _made, deliberation = held(session)

    package = write(minutes_paper(deliberation, "青岚市涉法涉诉信访专家评查办公室"))

    assert errors(check(package)) == []
    assert "出席：" in zipfile.ZipFile(BytesIO(package)).read("word/document.xml").decode()


def test_a_secret_ballot_names_nobody_in_the_minutes(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, deliberation = held(session)
    secret = rulebook.changed("2024.1", {"consolidation": {"ballots": "secret"}})
    monkeypatch.setattr("review_app.deliberations.minutes.rules_of", lambda _holder: secret)

    told = words(minutes_paper(deliberation, "办公室").blocks)

    votes = told[: told.index("同意评查结论")]
    assert "等次。A等3票。" in votes
    assert [one.name for one in made.members if one.name in votes.split("等次。")[1].split("。")[0]] == []


def test_every_member_takes_a_stance_and_other_reasons_need_words(session: Session) -> None:
    made = deliberating_case(session, 4)
    deliberation = opened(session, made)
    with pytest.raises(NotAllowed):
        take_stance(session, deliberation, stance=Stance.AGREE, text="", by=made.lead, now=NOW)
    made, deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")

    assert silent_members(session, deliberation) == []
    with pytest.raises(ReviewError, match="不少于20个字"):
        take_stance(session, deliberation, stance=Stance.CONCUR, text="理由不同", by=made.lead, now=NOW)
    with pytest.raises(NotAllowed):
        take_stance(session, deliberation, stance=Stance.AGREE, text="", by=made.secretary, now=NOW)


def test_a_stance_may_change_until_it_is_a_dissent(session: Session) -> None:
    made, deliberation = decided_case(session, 1, grade="C", outcome="SUPPLEMENT")
    member = made.members[4]

    take_stance(session, deliberation, stance=Stance.CONCUR, text=OTHER, by=member, now=NOW)
    take_stance(session, deliberation, stance=Stance.DISSENT, text=OTHER, by=member, now=NOW)

    assert deliberation.final_stances[member.id].stance is Stance.DISSENT
    with pytest.raises(ReviewError, match="不能更改"):
        take_stance(session, deliberation, stance=Stance.AGREE, text="", by=member, now=NOW)


def test_the_panel_takes_the_minutes_as_a_file_and_nobody_else(session: Session, browser: Browser) -> None:
    made, _deliberation = held(session)
    session.commit()
    address = f"/reviews/{made.review.id}/deliberation/minutes.docx"

    answers = {
        name: browser.sign_in(person).get(address).status
        for name, person in (
            ("lead", made.lead),
            ("secretary", made.secretary),
            ("coordinator", made.coordinator),
        )
    }

    assert answers == {"lead": 200, "secretary": 200, "coordinator": 404}
