"""A signed form on paper."""

from sqlalchemy.orm import Session

from review_app.documents.checker import check, errors
from review_app.documents.content import Table, texts
from review_app.documents.official_format import write
from review_app.evaluations.content import score_of
from review_app.evaluations.paper import form_paper
from review_app.evaluations.queries import signed_forms
from tests.browser import Browser
from tests.deliberations.made import signed_case

OFFICE = "青岚市涉法涉诉信访专家评查办公室"


def test_paper_tells_every_deduction_with_its_points_and_the_sum(session: Session) -> None:
    case = signed_case(session, 1)
    form = signed_forms(session, case.review)[0]

    paper = form_paper(form, OFFICE)

    shown = "\n".join(texts(paper))
    assert [each.code for each in form.deductions if each.code not in shown] == []
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert tables[1].rows[-1][2:] == (
        f"{(100 - score_of(form).score).normalize():f}",
        f"得分{score_of(form).score.normalize():f}分，按规则为{score_of(form).grade}等",
    )
    assert form.content_sha256 in shown
    assert errors(check(write(paper))) == []


def test_paper_is_downloaded_by_those_who_may_read_the_form_and_by_nobody_else(
    session: Session, browser: Browser
) -> None:
    case = signed_case(session, 1)
    form = signed_forms(session, case.review)[0]
    session.commit()
    url = f"/reviews/{case.review.id}/forms/{form.id}.docx"

    assert browser.sign_in(case.members[2]).get(url).status == 200
    assert browser.content[:2] == b"PK"
    assert browser.sign_in(case.coordinator).get(url).status == 404
