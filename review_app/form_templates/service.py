"""What happens to a template version: begun from the present one, edited, proposed, decided. Putting it to use touches
reviews and is done by ``evaluations.template_change``."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.database import one_at_a_time
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.form_templates import rules
from review_app.form_templates.changes import Change, change_class, changes
from review_app.form_templates.content import TemplateContent, as_data, as_text, read_content, shipped
from review_app.form_templates.models import FormTemplate
from review_app.form_templates.queries import active_template, next_number, versions_of
from review_app.form_templates.reading import read_version
from review_app.form_templates.states import TEMPLATE_STEPS, TemplateState
from review_app.rulebook import load as load_rules
from review_app.rulebook.reading import InvalidData, Problem, parse_json
from review_app.rulebook.rules import CURRENT

SHORTEST_REASON = 5


def begin_version(session: Session, template: str, *, by: Person, now: datetime) -> FormTemplate:
    """A draft that says what the present version says. Raises ReviewError while another draft or proposal of the same
    template is open: two would overwrite each other."""
    if not rules.can_edit_templates(by):
        raise NotAllowed
    if template not in load_rules(CURRENT).templates:
        raise ReviewError(N_("没有名为“%(name)s”的评查表。"), name=template[:40])
    one_at_a_time(session, f"form-template:{template}")
    if any(
        one.state in (TemplateState.DRAFT, TemplateState.PROPOSED, TemplateState.APPROVED)
        for one in versions_of(session, template)
    ):
        raise ReviewError(N_("这个评查表已有一份未启用的修改，请先完成它。"))
    present = active_template(session, template, CURRENT)
    version = FormTemplate(
        template=template, number=next_number(session, template), rule_version=CURRENT, based_on=present,
        content=present.content if present else as_text(shipped(template, CURRENT)),
        created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(version)
    session.flush()
    record(
        session,
        action="form-template.begin",
        subject=version,
        by=by,
        now=now,
        after={"template": template, "number": version.number},
    )
    return version


def data_of(version: FormTemplate) -> dict[str, Any]:
    """The content of a version as plain data; a draft may not be readable as a template yet."""
    data: dict[str, Any] = json.loads(version.content)
    return data


def save_version(
    session: Session,
    version: FormTemplate,
    data: Mapping[str, Any],
    *,
    edition: int,
    by: Person,
    now: datetime,
) -> FormTemplate:
    """Keep the draft as typed, readable or not. Raises EditConflict when somebody saved it meanwhile."""
    if not rules.can_edit(by, version):
        raise NotAllowed
    session.refresh(version, with_for_update=True)
    if version.edition != edition:
        raise EditConflict(N_("另一人刚刚保存了这份草案。您输入的内容仍在，请比较后再保存。"))
    version.content, version.edition = as_text(data), version.edition + 1
    session.flush()
    record(
        session,
        action="form-template.save",
        subject=version,
        by=by,
        now=now,
        after={"edition": version.edition},
    )
    return version


def problems_of(version: FormTemplate) -> list[Problem]:
    """What keeps the draft from being a template."""
    try:
        read_content(parse_json(version.content))
    except InvalidData as error:
        return error.problems
    return []


def base_content(version: FormTemplate) -> TemplateContent:
    """What the version is compared with: the version it was made from, or what is shipped."""
    if version.based_on:
        return read_version(version.based_on.content).content
    return shipped(version.template, version.rule_version)


def changes_of(version: FormTemplate) -> Sequence[Change]:
    """What a readable version changes against the one before."""
    return changes(base_content(version), read_content(parse_json(version.content)))


def propose(
    session: Session, version: FormTemplate, *, reason: str, by: Person, now: datetime
) -> FormTemplate:
    """Hand the draft to the leader. From here on its content stays as it is, under its hash and change class."""
    if not rules.can_edit(by, version):
        raise NotAllowed
    session.refresh(version, with_for_update=True)
    if problems := problems_of(version):
        raise ReviewError(N_("草案还有%(count)s处需要补正，暂不能报批。"), count=len(problems))
    found = changes_of(version)
    if not found:
        raise ReviewError(N_("草案与现行版本相同，没有可报批的修改。"))
    version.reason = with_reason(reason)
    version.content = as_text(as_data(read_content(parse_json(version.content))))
    version.sha256 = hashlib.sha256(version.content.encode()).hexdigest()
    version.change_class = change_class(list(found))
    version.proposed_by, version.proposed_at = by, now
    step(version, TemplateState.PROPOSED)
    session.flush()
    record(
        session, action="form-template.propose", subject=version, by=by, now=now, reason=version.reason,
        after={"sha256": version.sha256, "class": version.change_class, "changes": len(found)},
    )  # fmt: skip
    return version


def decide(
    session: Session, version: FormTemplate, *, approve: bool, reason: str, by: Person, now: datetime
) -> FormTemplate:
    """The leader approves, or refuses with a reason."""
    if not rules.can_decide(by, version):
        raise NotAllowed
    session.refresh(version, with_for_update=True)
    version.answer = reason.strip() if approve else with_reason(reason)
    version.decided_by, version.decided_at = by, now
    step(version, TemplateState.APPROVED if approve else TemplateState.REFUSED)
    session.flush()
    record(
        session, action="form-template.decide", subject=version, by=by, now=now, reason=version.answer,
        after={"state": version.state, "sha256": version.sha256},
    )  # fmt: skip
    return version


def with_reason(given: str) -> str:
    if len(given.strip()) < SHORTEST_REASON:
        raise ReviewError(N_("请写明理由（不少于%(least)s个字）。"), least=SHORTEST_REASON)
    return given.strip()


def step(version: FormTemplate, to: TemplateState) -> None:
    if to not in TEMPLATE_STEPS[version.state]:
        raise ReviewError(N_("这个版本的状态已经改变，请刷新页面。"))
    version.state = to
