"""What every page shows around its content: navigation, names of roles, filters for times and masks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask import Flask, request, url_for
from flask_babel import get_locale, gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from review_app.accounts.models import Person
from review_app.accounts.states import ROLE_LABELS, Role
from review_app.agreement.rules import can_see_agreement
from review_app.clock import SHANGHAI
from review_app.errors import N_
from review_app.evaluations.queries import open_withdrawals
from review_app.evaluations.rules import can_decide_withdrawals
from review_app.form_templates.rules import can_see_templates
from review_app.interference.rules import can_report
from review_app.notices.queries import unread_count
from review_app.organisations.rules import can_manage_organisations
from review_app.own_cases.rules import works_on_own_cases
from review_app.planning.rules import can_see_plans
from review_app.precedents.rules import can_search_precedents
from review_app.statutes.rules import can_read_statutes
from review_app.web.languages import speaks_english
from review_app.web.request import session, settings


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    label: str
    icon: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Group:
    """A titled group of entries."""

    label: str
    items: tuple[Item, ...]


def navigation_for(person: Person) -> list[Group]:
    """The entries this person can use; an entry one cannot open is not shown."""
    staff = person.has(
        Role.COORD, Role.SECRETARY, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.AUDITOR
    )
    work = [
        Item(N_("我的待办"), "inbox", url_for("reviews.start")),
        Item(N_("通知"), "bell", url_for("notices.listing"), count=unread_count(session(), person)),
    ]
    if staff or person.has(Role.EXPERT, Role.REVIEWED_LIAISON):
        work.append(Item(N_("评查项目"), "folder2-open", url_for("reviews.listing")))
    if can_see_plans(person):
        work.append(Item(N_("批量编组"), "diagram-3", url_for("planning.listing")))
    if can_search_precedents(person):
        work.append(Item(N_("类案检索"), "search", url_for("precedents.search")))
    if can_read_statutes(person):
        work.append(Item(N_("法规"), "journal-text", url_for("statutes.search")))
    if works_on_own_cases(person):
        work.append(Item(N_("评查案例入库"), "archive", url_for("own_cases.listing")))
    if person.has(Role.COORD, Role.LEADER, Role.AUDITOR, Role.EXPERT):
        work.append(Item(N_("专家库"), "people", url_for("experts.listing")))
    if person.has(Role.EXPERT):
        work.append(Item(N_("我的回避情况"), "shield-check", url_for("panels.mine")))
    control = []
    if person.has(Role.AUDITOR):
        control.append(Item(N_("审计日志"), "shield-check", url_for("audit.listing")))
    if can_report(person):
        control.append(Item(N_("过问情况报告"), "shield-exclamation", url_for("interference.listing")))
    if can_see_agreement(person):
        control.append(Item(N_("评分一致性"), "bar-chart-steps", url_for("agreement.listing")))
    if can_decide_withdrawals(person):
        waiting = len(open_withdrawals(session()))
        control.append(
            Item(
                N_("撤回评查表"), "arrow-counterclockwise", url_for("evaluations.withdrawals"), count=waiting
            )
        )
    if can_see_templates(person):
        control.append(Item(N_("评查表模板"), "ui-checks", url_for("form_templates.listing")))
    if can_manage_organisations(person):
        control.append(Item(N_("单位"), "building", url_for("accounts.organisations")))
    if person.has(Role.SYSADMIN):
        control.append(Item(N_("人员与角色"), "person-gear", url_for("accounts.people")))
    groups = [(N_("评查工作"), work), (N_("监督与管理"), control)]
    return [Group(label, tuple(map(mark_current, items))) for label, items in groups if items]


def mark_current(item: Item) -> Item:
    here = item.url == request.path or (item.url != "/" and request.path.startswith(item.url + "/"))
    return replace(item, current=here)


def surroundings() -> dict[str, Any]:
    """Names every template may use."""
    known = current_user.is_authenticated
    return {
        "is_demo": settings().demo,
        "tenant_name": settings().tenant,
        "navigation": navigation_for(current_user) if known else [],
        "role_names": [ROLE_LABELS[role] for role in Role if known and role in current_user.roles],
        "may_search_precedents": known and can_search_precedents(current_user),
        "get_locale": get_locale,
    }


def moment(value: datetime | None) -> str:
    """A moment as 2024-02-06 09:30 in Asia/Shanghai."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if value else ""


def day(value: date | datetime | None) -> str:
    """A day as 2024年2月6日 or 6 Feb 2024."""
    if value is None:
        return ""
    local = value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value
    if speaks_english():
        return format_date(local, "d MMM y", locale="en")
    return f"{local.year}年{local.month}月{local.day}日"


def points(value: object) -> str:
    """Points without needless zeros: 6, 1.5."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def listed(words: Iterable[object]) -> str:
    """Words one after another as the language writes it: 释法、调解 or explanation, mediation."""
    return (", " if speaks_english() else "、").join(map(str, words))


def sentence_for(error: HTTPException) -> str:
    """What a person can do about a technical refusal."""
    if isinstance(error, CSRFError):
        return str(
            gettext(
                "页面已过期，本次提交没有保存。请返回上一页刷新后重新提交；您的内容仍在浏览器的上一页中。"
            )
        )
    return str(gettext("请求的内容不正确，请返回上一页核对后重试。"))


def install(app: Flask) -> None:
    app.context_processor(surroundings)
    app.jinja_env.filters.update(moment=moment, day=day, points=points, listed=listed)
