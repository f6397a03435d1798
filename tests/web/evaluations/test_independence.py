"""Before all members have signed, no page tells anybody anything of a colleague's form: not its words, not that
it is signed. Every address of the platform is asked by everybody."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.evaluations.queries import fresh
from review_app.reviews.states import ReviewState
from tests import factories
from tests.browser import Browser
from tests.evaluations import made

SECRETS = ("绝不外传的判断", "绝不外传的部位", "绝不外传的理由", "绝不外传的亮点", "第1处记载：执行法院")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="csrf_token"')
APART = {"static", "bootstrap.static", "favicon", "healthz"}


@pytest.fixture
def reading(session: Session) -> made.Reading:
    """The chair's form holds secrets, a deduction and a quote, and lacks only the signature."""
    reading = made.reading(session, size=3)
    form = reading.forms[0]
    made.deduct(session, form, reading, "D7-04", "7.5")
    made.complete(session, fresh(session, form))
    made.write(
        session, fresh(session, form), D7__text="绝不外传的判断：财产调查没有穷尽，理由见摘录和法条。", highlights=SECRETS[3],
        proposal_reasons=SECRETS[2], deduction__1__locus=SECRETS[1],
    )  # fmt: skip
    session.commit()
    return reading


@pytest.fixture
def others(session: Session, reading: made.Reading) -> dict[str, Person]:
    organ = reading.review.legal_case.reviewed_org
    people = {
        "lead": reading.members[1],
        "member": reading.members[2],
        "coordinator": reading.coordinator,
        "secretary": factories.person(session, Role.SECRETARY),
        "leader": factories.person(session, Role.LEADER),
        "committee head": factories.person(session, Role.COMMITTEE_HEAD),
        "supervisor": factories.person(session, Role.SUPERVISOR),
        "sysadmin": factories.person(session, Role.SYSADMIN),
        "liaison": factories.person(session, Role.REVIEWED_LIAISON, organisation=organ),
        "other expert": factories.expert(session).person,
        "clerk": factories.person(session, Role.CLERK),
        "auditor": factories.person(session, Role.AUDITOR),
    }
    session.commit()
    return {name: person for name, person in people.items() if person is not None}


def addresses(app: Flask, reading: made.Reading) -> list[str]:
    """Every page that can be asked for, about this review and the chair's form."""
    known = {
        "review_id": reading.review.id, "form_id": reading.forms[0].id, "document_id": reading.documents[0].id,
        "volume_id": reading.documents[0].volume_id, "person_id": reading.members[0].id,
    }  # fmt: skip
    asked = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in APART
    ]
    return [address(app, rule, known) for rule in asked]


def address(app: Flask, rule: Rule, known: dict[str, int]) -> str:
    values = {name: known.get(name, 1) for name in rule.arguments}
    built = app.url_map.bind("localhost").build(rule.endpoint, values)
    return str(built)


def asked(browser: Browser, person: Person, pages: list[str]) -> dict[str, tuple[int, str]]:
    """What the person is answered at each address, without what changes from request to request."""
    browser.sign_in(person)
    answers = {}
    for page in pages:
        browser.get(page)
        answers[page] = (browser.status, TOKEN.sub("", browser.content.decode("utf-8", "replace")))
    return answers


def test_no_page_tells_anybody_the_words_of_an_unfinished_form(
    app: Flask, browser: Browser, reading: made.Reading, others: dict[str, Person]
) -> None:
    pages = addresses(app, reading)
    own = asked(browser, reading.members[0], [f"/reviews/{reading.review.id}/form"])

    told = {
        (name, page): secret
        for name, person in others.items()
        for page, (_status, body) in asked(browser, person, pages).items()
        for secret in SECRETS
        if secret in body and not (secret == SECRETS[4] and 'class="file-text"' in body)
    }

    assert all(secret in own[f"/reviews/{reading.review.id}/form"][1] for secret in SECRETS)
    assert told == {}


def test_nobody_can_tell_whether_a_colleague_has_signed(
    app: Flask, browser: Browser, session: Session, reading: made.Reading, others: dict[str, Person]
) -> None:
    pages = addresses(app, reading)
    curious = {name: person for name, person in others.items() if name != "auditor"}
    before = {name: asked(browser, person, pages) for name, person in curious.items()}

    made.sign(session, fresh(session, reading.forms[0]))
    session.commit()
    after = {name: asked(browser, person, pages) for name, person in curious.items()}

    differing = [
        (name, page) for name in curious for page in pages if before[name][page] != after[name][page]
    ]
    assert differing == []


@pytest.mark.parametrize("path", ["forms", "forms/{form}"])
def test_addresses_of_signed_forms_do_not_exist_before_all_have_signed(
    browser: Browser, session: Session, reading: made.Reading, others: dict[str, Person], path: str
) -> None:
    page = f"/reviews/{reading.review.id}/{path.format(form=reading.forms[0].id)}"
    made.sign(session, fresh(session, reading.forms[0]))
    for form in reading.forms[1:2]:
        made.signed(session, reading, [fresh(session, form)])
    session.commit()
    everybody = {**others, "chair": reading.members[0]}

    for state in (ReviewState.READING, ReviewState.SUSPENDED, ReviewState.DRAFT):
        reading.review.state = state
        session.commit()
        statuses = {name: browser.sign_in(person).get(page).status for name, person in everybody.items()}
        assert statuses == dict.fromkeys(everybody, 404), state
