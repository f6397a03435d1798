"""The provisions of the demo: complete, excerpts by their own account, and the ones its cases cite."""

from review_app.demo.narratives import LAWS, written_cases
from review_app.demo.statutes import provisions
from review_app.statutes.names import article_of, code_of
from review_app.statutes.states import Dating


def test_every_provision_is_an_excerpt_with_its_source_and_its_day() -> None:
    found = provisions()

    assert [draft.title for draft in found if not (draft.is_excerpt and draft.source)] == []
    assert [draft.title for draft in found if draft.dating not in (Dating.STATED, Dating.TABLE)] == []


def test_laws_that_changed_are_there_in_two_texts() -> None:
    codes = [draft.code for draft in provisions()]

    assert {code for code in codes if codes.count(code) > 1} == {"刑法", "民事诉讼法"}


def test_provisions_the_cases_cite_are_there_in_the_cited_text() -> None:
    held = {
        (draft.code, str(draft.promulgated_on and draft.promulgated_on.year), article_of(*article.order))
        for draft in provisions()
        for article in draft.articles
    }
    cited = {
        (code_of(LAWS[law.law][0]), LAWS[law.law][1], article_of(int(law.article)))
        for case in written_cases(0).values()
        for finding in case.findings.values()
        for law in finding.law
    }

    assert cited - held == set()
