import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.form_templates.models import FormTemplate
from review_app.form_templates.service import data_of
from review_app.form_templates.states import TemplateState
from review_app.reviews.states import ReviewState
from tests import factories
from tests.browser import Browser
from tests.evaluations import made as forms
from tests.form_templates import made


def newest(session: Session) -> FormTemplate:
    session.rollback()
    return session.scalars(select(FormTemplate).order_by(FormTemplate.id.desc()).limit(1)).one()


def test_a_template_is_changed_from_draft_to_use_in_the_browser(session: Session, browser: Browser) -> None:
    coordinator, leader, administrator = made.people(session)
    early = factories.review(session, ReviewState.FILES, size=3, template="EXE", review_no="PC20240007")
    session.commit()

    browser.sign_in(coordinator).get("/form-templates")
    browser.submit('form[action="/form-templates/EXE/begin"]', {})
    browser.submit(
        ".template-editor", {"dimensions.D1.maximum": "9", "dimensions.D2.maximum": "6", "do": "save"}
    )
    browser.submit(".template-editor", {"new_field": "SINGLE"}, button="add-field")
    browser.submit(
        ".template-editor",
        {
            "fields.F1.zh": "是否听取意见", "fields.F1.en": "Parties heard?",
            "fields.F1.choices": "YES|是|Yes\nNO|否|No", "fields.F1.required": "1",
        },
        button="show",
    )  # fmt: skip
    browser.submit('form[action$="/propose"]', {"reason": "执行案件须说明是否听取意见"})
    version = newest(session)
    browser.sign_in(leader).get(f"/form-templates/versions/{version.id}")
    browser.submit('form[action$="/decide"]', {"decision": "approve"})
    browser.sign_in(administrator).get(f"/form-templates/versions/{version.id}")
    browser.submit('form[action$="/activate"]', {"reviews": str(early.id), "reason": "办公室决定统一标准"})

    version = newest(session)
    assert (version.state, version.change_class, version.number) == (TemplateState.ACTIVE, "RESCORE", 1)
    assert data_of(version)["fields"]["F1"]["choices"][0] == {"value": "YES", "zh": "是", "en": "Yes"}
    session.refresh(early)
    assert early.form_template_id == version.id


def test_what_cannot_be_meant_is_kept_as_typed_and_named(session: Session, browser: Browser) -> None:
    coordinator, _leader, _administrator = made.people(session)
    session.commit()
    browser.sign_in(coordinator).get("/form-templates")
    browser.submit('form[action="/form-templates/GEN/begin"]', {})

    browser.submit(".template-editor", {"dimensions.D1.maximum": "十五"}, button="save")

    field = browser.page.select_one('[name="dimensions.D1.maximum"]')
    assert field is not None
    assert field["value"] == "十五"
    assert "D1 满分：此处应当是数字。" in browser.text
    assert (
        browser.get(f"/form-templates/versions/{newest(session).id}").page.select('form[action$="/propose"]')
        == []
    )


def test_an_expert_answers_the_extra_fields_on_the_desk(session: Session, browser: Browser) -> None:
    reading = forms.reading(session, size=3, form_template=made.active(session))
    form = reading.forms[0]
    first = {one.code: one.seq for one in form.answers}
    session.commit()
    address = f"/reviews/{form.review_id}/form"

    browser.sign_in(form.person).get(address)
    hidden = browser.page.select(f'[name="field.{first["F2"]}.value"]')
    browser.submit("#desk", {f"field.{first['F1']}.chosen": "YES"}, button="save")
    shown = browser.page.select(f'[name="field.{first["F2"]}.value"]')
    browser.submit("#desk", {f"field.{first['F2']}.value": "5000"}, button="save")

    assert (len(hidden), len(shown)) == (0, 1)
    assert "不能大于1000。" in browser.text
    assert "本维度不适用于本案" in browser.text


def test_the_preview_shows_the_form_and_stores_nothing(session: Session, browser: Browser) -> None:
    version = made.active(session)
    auditor = factories.person(session, Role.AUDITOR)
    session.commit()

    browser.sign_in(auditor).get(f"/form-templates/versions/{version.id}/preview")

    assert "是否涉及涉案财物" in browser.text
    assert browser.page.select_one(".template-preview > fieldset[disabled]") is not None
    assert browser.get("/form-templates/EXE/preview").page.select("#extra") == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORD, Role.LEADER, Role.SYSADMIN, Role.AUDITOR}))
def test_for_everybody_else_templates_do_not_exist(session: Session, browser: Browser, role: Role) -> None:
    version = made.active(session)
    person = factories.person(session, role)
    session.commit()
    browser.sign_in(person)

    paths = (
        "",
        "/EXE",
        "/EXE/preview",
        f"/versions/{version.id}",
        f"/versions/{version.id}/preview",
        f"/versions/{version.id}/edit",
    )
    answers = {path: browser.get(f"/form-templates{path}").status for path in paths}

    assert set(answers.values()) == {404}
