"""Reading form templates."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.form_templates.models import FormTemplate
from review_app.form_templates.states import TemplateState


def active_template(session: Session, template: str, rule_version: str) -> FormTemplate | None:
    """The version that new reviews of ``template`` begin with; None: what is shipped."""
    active = select(FormTemplate).where(
        FormTemplate.template == template,
        FormTemplate.rule_version == rule_version,
        FormTemplate.state == TemplateState.ACTIVE,
    )
    return session.scalar(active.order_by(FormTemplate.number.desc()).limit(1))


def versions_of(session: Session, template: str) -> Sequence[FormTemplate]:
    """Every version of a template, newest first."""
    found = select(FormTemplate).where(FormTemplate.template == template)
    return session.scalars(found.order_by(FormTemplate.number.desc())).all()


def all_versions(session: Session) -> Sequence[FormTemplate]:
    return session.scalars(select(FormTemplate).order_by(FormTemplate.template, FormTemplate.number)).all()


def find_version(session: Session, version_id: int) -> FormTemplate | None:
    return session.get(FormTemplate, version_id)


def next_number(session: Session, template: str) -> int:
    last = session.scalar(select(func.max(FormTemplate.number)).where(FormTemplate.template == template))
    return (last or 0) + 1
