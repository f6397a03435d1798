"""Versions of templates made through the service, as far as a test wants them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.evaluations.template_change import activate
from review_app.form_templates.models import FormTemplate
from review_app.form_templates.service import begin_version, data_of, decide, propose, save_version
from tests import factories
from tests.conftest import NOW

Edit = Callable[[dict[str, Any]], None]


def people(session: Session) -> tuple[Person, Person, Person]:
    """A coordinator, a leader, an administrator."""
    return (
        factories.person(session, Role.COORD, name="周协调"),
        factories.person(session, Role.LEADER, name="林主任"),
        factories.person(session, Role.SYSADMIN, name="管理员"),
    )


def field(kind: str, zh: str = "栏目", **values: Any) -> dict[str, Any]:
    blank = {
        "kind": kind, "zh": zh, "en": "Field", "help_zh": "", "help_en": "", "required": False,
        "may_not_apply": False, "choices": [], "lowest": None, "highest": None, "shown_if": None,
        "required_if": None,
    }  # fmt: skip
    return blank | values


YES_NO = [{"value": "YES", "zh": "是", "en": "Yes"}, {"value": "NO", "zh": "否", "en": "No"}]


def with_fields(data: dict[str, Any]) -> None:
    """One field of every kind, and dimension D7 may not apply."""
    data["dimensions"]["D7"]["may_not_apply"] = True
    data["fields"] = {
        "F1": field("SINGLE", "是否涉及涉案财物", choices=YES_NO, required=True),
        "F2": field("NUMBER", "涉案财物数额", lowest=0, highest=1000, shown_if={"field": "F1", "equals": "YES"}, required_if={"field": "F1", "equals": "YES"}),
        "F3": field("MULTIPLE", "送达方式", choices=YES_NO),
        "F4": field("DATE", "最后一次接访日", may_not_apply=True),
        "F5": field("TEXT", "补充说明"),
        "F6": field("QUOTATION", "关键摘录"),
        "F7": field("LAW", "主要法条"),
        "F8": field("PRECEDENT", "参考案例"),
    }  # fmt: skip


def draft(session: Session, edit: Edit, *, template: str = "EXE", by: Person) -> FormTemplate:
    version = begin_version(session, template, by=by, now=NOW)
    data = data_of(version)
    edit(data)
    return save_version(session, version, data, edition=version.edition, by=by, now=NOW)


def approved(
    session: Session, edit: Edit = with_fields, *, template: str = "EXE"
) -> tuple[FormTemplate, Person]:
    """An approved version and the administrator who may put it to use."""
    coordinator, leader, administrator = people(session)
    version = draft(session, edit, template=template, by=coordinator)
    propose(session, version, reason="按照新规定修改", by=coordinator, now=NOW)
    decide(session, version, approve=True, reason="", by=leader, now=NOW)
    return version, administrator


def active(session: Session, edit: Edit = with_fields, *, template: str = "EXE") -> FormTemplate:
    version, administrator = approved(session, edit, template=template)
    activate(session, version, review_ids=[], reason="", by=administrator, now=NOW)
    return version
