"""Every address that takes a form: without the token, without the right, and by GET. Nothing may change."""

from collections.abc import Iterable

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from review_app.accounts.models import Person, RoleGrant
from review_app.audit.models import AuditRow
from review_app.audit.service import verify_log
from review_app.database import Database
from review_app.deliberations.models import Finding, Objection, OutcomeRoute
from review_app.discussions.models import Comment, Thread
from review_app.experts.models import Expert, ExpertCredential, ExpertLeave, ExpertRequest, ExpertTie
from review_app.followup.models import FollowupTask
from review_app.form_templates.models import FormTemplate
from review_app.notices.models import Notice
from review_app.own_cases.models import OwnCase
from review_app.panels.models import ConflictOpinion, PanelMember, Recusal, Telling
from review_app.planning.models import Plan, PlanRun
from review_app.precedents.models import (
    ImportRun,
    Precedent,
    PrecedentReportHit,
    PrecedentSearch,
    PrecedentSubmission,
    StagedCase,
)
from review_app.reviews.models import CaseReview, FileDocument, FileVolume, Involved, ReviewAccess
from review_app.saved_searches.models import SavedSearch, SavedSearchAlert
from tests.browser import Browser
from tests.permissions.digests import digests

ANYBODY = {"accounts.sign_in", "accounts.sign_out", "accounts.choose_language", "accounts.change_password",
           "accounts.begin_second_factor", "accounts.confirm_second_factor", "accounts.take_off_second_factor",
           "notices.read_all"}  # fmt: skip
"""open to everybody who is signed in (or even before), for himself alone"""
OF_ADMINISTRATORS = ("accounts.", "form_templates.")
OF_EXPERTS = {"saved_searches.new"}
"""open to every expert, for himself alone"""
OF_THE_OFFICER = ("own_cases.publish", "own_cases.send_back", "own_cases.withdraw")
"""the second check of what goes into the library, and taking it out again"""
OUTSIDERS = ("clerk", "dpo", "admin", "outsider")


@pytest.fixture
def things(session: Session) -> dict[int, dict[str, int | str]]:
    """For each review the ids of its own things; a kind of thing that it has not is taken from another."""
    return {review.id: values_of(session, review) for review in session.scalars(select(CaseReview))}


def values_of(session: Session, review: CaseReview) -> dict[str, int | str]:
    def first(thing: type, **own: object) -> int:
        found = select(thing.id).order_by(thing.id)  # type: ignore[attr-defined]
        return session.scalar(found.filter_by(**own)) or session.scalar(found) or 1

    volume = first(FileVolume, review_id=review.id)
    return {
        "review_id": review.id, "volume_id": volume, "document_id": first(FileDocument, volume_id=volume),
        "finding_id": first(Finding, review_id=review.id), "task_id": first(FollowupTask, review_id=review.id),
        "thread_id": first(Thread, review_id=review.id), "comment_id": first(Comment), "route_id": first(OutcomeRoute), "objection_id": first(Objection), "telling_id": first(Telling),
        "member_id": first(PanelMember), "recusal_id": first(Recusal), "hit_id": first(PrecedentReportHit),
        "submission_id": first(PrecedentSubmission), "search_id": first(PrecedentSearch),
        "own_case_id": first(OwnCase), "replacement_id": 1, "draw_no": 1, "expert_id": first(Expert),
        "credential_id": first(ExpertCredential), "leave_id": first(ExpertLeave),
        "request_id": first(ExpertRequest), "tie_id": first(ExpertTie), "person_id": first(Person), "grant_id": first(RoleGrant), "key": "case",
        "opinion_id": first(ConflictOpinion), "involved_id": first(Involved, legal_case_id=review.legal_case_id),
        "notice_id": first(Notice), "saved_id": first(SavedSearch), "run_id": first(ImportRun),
        "staged_id": first(StagedCase), "precedent_id": first(Precedent), "alert_id": first(SavedSearchAlert),
        "token": "made-up", "mark": "LX-0000-0000", "plan_id": first(Plan), "plan_run_id": first(PlanRun), "proposal_no": 1,
        "code": "2024-1", "template": "GEN", "withdrawal_id": 1, "version_id": first(FormTemplate), "report_id": 1, "remark_id": 1, "copy": "CIRCULATED",
    }  # fmt: skip


def posting(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]


def address(app: Flask, rule: Rule, values: dict[str, int | str]) -> str:
    return str(
        app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})
    )


def addresses(
    app: Flask, rule: Rule, things: dict[int, dict[str, int | str]], *, every: bool
) -> Iterable[str]:
    """The route's address for every review (or one), once where it has no review."""
    chosen = list(things.values()) if every and "review_id" in rule.arguments else list(things.values())[:1]
    return [address(app, rule, values) for values in chosen]


@pytest.fixture
def outsiders(session: Session) -> dict[str, Person]:
    """People who have no right to any review: an expert of no panel among them."""
    seated = select(ReviewAccess.person_id)
    outsider = session.scalars(
        select(Expert).where(Expert.person_id.not_in(seated)).order_by(Expert.id.desc())
    ).first()
    assert outsider is not None
    assert outsider.person is not None
    logins = [login for login in OUTSIDERS if login != "outsider"]
    found = {one.login: one for one in session.scalars(select(Person).where(Person.login.in_(logins)))}
    return found | {"outsider": outsider.person}


def token_of(browser: Browser) -> str:
    field = browser.get("/password").page.select_one("[name=csrf_token]")
    assert field is not None
    return str(field["value"])


def test_without_the_token_nothing_is_taken(
    app: Flask, browser: Browser, session: Session, engine: Engine, things: dict[int, dict[str, int | str]]
) -> None:
    coordinator = session.scalars(select(Person).where(Person.login == "coord")).one()
    browser.sign_in(coordinator)
    before = digests(engine)

    answers = {
        url: browser.client.post(
            url, data={"csrf_token": "made-up", "reason": "x", "login": "coord"}
        ).status_code
        for rule in posting(app)
        for url in addresses(app, rule, things, every=False)
    }

    assert set(answers.values()) == {400}
    assert digests(engine) == before


@pytest.mark.parametrize("who", OUTSIDERS)
def test_without_the_right_nothing_is_taken_and_the_attempt_is_logged(
    app: Flask,
    browser: Browser,
    database: Database,
    engine: Engine,
    things: dict[int, dict[str, int | str]],
    outsiders: dict[str, Person],
    who: str,
) -> None:
    person = outsiders[who]
    browser.sign_in(person)
    token = token_of(browser)
    rules = [
        rule
        for rule in posting(app)
        if rule.endpoint not in ANYBODY
        and not (who == "admin" and rule.endpoint.startswith(OF_ADMINISTRATORS))
        and not (who == "outsider" and rule.endpoint in OF_EXPERTS)
        and not (who == "dpo" and rule.endpoint in OF_THE_OFFICER)
    ]
    before = digests(engine)

    answers = {
        url: browser.client.post(url, data={"csrf_token": token, "reason": "没有权限的人", "to": "CLOSED"})
        for rule in rules
        for url in addresses(app, rule, things, every=who == "outsider")
    }

    assert {url: answer.status_code for url, answer in answers.items() if answer.status_code != 404} == {}
    assert digests(engine) == before
    assert set(answers) - refused(database, person) == set()


def refused(database: Database, person: Person) -> set[str]:
    with database.reading() as session:
        rows = select(AuditRow.subject).where(AuditRow.action == "refused", AuditRow.person_id == person.id)
        return set(session.scalars(rows))


def test_nobody_does_what_is_another_person_s_step(
    app: Flask, browser: Browser, session: Session, engine: Engine, things: dict[int, dict[str, int | str]]
) -> None:
    """Supervisor and auditor read reviews; no form about a review takes anything from them but a record of
    interference, a witness's signature and a reason for reading closed forms."""
    own = {
        "deliberations.record",
        "panels.witness",
        "evaluations.audit",
        "deliberations.audit",
        "archiving.archive",
    }
    before = digests(engine)

    taken = {}
    for login in ("supervisor", "auditor"):
        browser.sign_in(session.scalars(select(Person).where(Person.login == login)).one())
        token = token_of(browser)
        for rule in posting(app):
            if "review_id" in rule.arguments and rule.endpoint not in own:
                for url in addresses(app, rule, things, every=False):
                    answer = browser.client.post(
                        url, data={"csrf_token": token, "reason": "无权", "to": "CLOSED"}
                    )
                    if answer.status_code not in (404, 422) and rule.endpoint != "reviews.move":
                        taken[login, url] = answer.status_code

    assert taken == {}
    assert digests(engine) == before


def test_asking_for_a_form_s_address_changes_nothing(
    app: Flask, browser: Browser, session: Session, engine: Engine, things: dict[int, dict[str, int | str]]
) -> None:
    """Addresses that only take forms, asked with GET; pages themselves are asked in the crawl."""
    before = digests(engine)

    answers = {}
    for login in ("coord", "leader", "court"):
        browser.sign_in(session.scalars(select(Person).where(Person.login == login)).one())
        for rule in posting(app):
            if "GET" not in (rule.methods or ()):
                (url,) = addresses(app, rule, things, every=False)
                answers[login, rule.endpoint] = browser.client.get(url).status_code

    assert {asked for asked, status in answers.items() if status not in (200, 302, 404, 405)} == set()
    assert list(answers.values()).count(405) > len(answers) / 2
    assert digests(engine) == before


def test_the_log_of_the_whole_demonstration_verifies(session: Session) -> None:
    verdict = verify_log(session)

    assert verdict.broken is None
    assert verdict.rows == session.scalar(select(func.count()).select_from(AuditRow))
