"""Entering organisations: what a fresh platform needs before anything else."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.organisations.models import Organisation
from review_app.organisations.rules import can_manage_organisations
from review_app.organisations.states import OrgKind, OrgSystem
from tests import factories
from tests.browser import Browser
from tests.web.fresh import fresh

FIELDS = {"name": "青岚市人民法院", "code": "CT-01", "kind": "COURT", "system": "COURT"}


@pytest.mark.parametrize("role", [Role.COORD, Role.SYSADMIN])
def test_an_organisation_is_entered_below_another(browser: Browser, session: Session, role: Role) -> None:
    higher = factories.organisation(session, "渤宁市中级人民法院", level="CITY")
    someone = factories.person(session, role)
    session.commit()

    browser.sign_in(someone).get("/organisations/new").submit(fields={**FIELDS, "parent": higher.id})

    made = fresh(session).scalars(select(Organisation).where(Organisation.code == "CT-01")).one()
    assert (made.name, made.kind, made.system, made.level, made.parent) == (
        "青岚市人民法院", OrgKind.COURT, OrgSystem.COURT, "COUNTY", higher,
    )  # fmt: skip
    assert browser.url == "/organisations"
    assert "渤宁市中级人民法院" in browser.text


def test_a_name_that_is_taken_is_explained_and_kept(browser: Browser, session: Session) -> None:
    factories.organisation(session, "青岚市人民法院")
    someone = factories.person(session, Role.COORD)
    session.commit()

    browser.sign_in(someone).get("/organisations/new").submit(fields=FIELDS)

    assert "已有代码为CT-01或名称为青岚市人民法院的单位。" in browser.text
    field = browser.page.select_one("[name=name]")
    assert field is not None
    assert field["value"] == "青岚市人民法院"


def test_an_empty_platform_says_what_to_enter_first(browser: Browser, session: Session) -> None:
    someone = factories.person(session, Role.COORD)
    session.commit()

    assert "还没有单位" in browser.sign_in(someone).get("/organisations").text


@pytest.mark.parametrize("role", list(Role))
def test_organisations_follow_the_rule(browser: Browser, session: Session, role: Role) -> None:
    someone = factories.person(session, role, organisation=factories.organisation(session))
    session.commit()
    browser.sign_in(someone)

    wanted = 200 if can_manage_organisations(someone) else 404
    assert {browser.get(url).status for url in ("/organisations", "/organisations/new")} == {wanted}
    assert can_manage_organisations(someone) == (role in (Role.COORD, Role.SYSADMIN))
