"""Forms of the similar-case report."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from review_app.precedents.models import PrecedentReport, PrecedentReportHit
from review_app.precedents.reporting import LONGEST_NOTE
from review_app.precedents.states import (
    ASPECT_LABELS,
    CONCLUSION_LABELS,
    LIKENESS_LABELS,
    Conclusion,
    Likeness,
)


def likeness(value: Any) -> Likeness | None:
    return Likeness(value) if value else None


def chosen_value(value: Any) -> str:
    return str(value) if value else ""


def compared_aspect(name: str) -> SelectField:
    return SelectField(_l(ASPECT_LABELS[name]), coerce=chosen_value)


class ComparisonForm(FlaskForm):
    """How one found case compares with the case under review."""

    facts_like = compared_aspect("facts_like")
    issues_like = compared_aspect("issues_like")
    law_like = compared_aspect("law_like")
    result_like = compared_aspect("result_like")
    note = TextAreaField(_l("异同说明"), [Length(max=LONGEST_NOTE)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            ("", gettext("请选择")),
            *((str(each), gettext(label)) for each, label in LIKENESS_LABELS.items()),
        ]
        for name in ASPECT_LABELS:
            self[name].choices = offered


class ConclusionForm(FlaskForm):
    """What the report recommends and why."""

    conclusion = RadioField(_l("检索结论"), [InputRequired(_l("请选择检索结论。"))], coerce=str)
    explanation = TextAreaField(_l("理由"), [InputRequired(_l("请说明理由。")), Length(max=LONGEST_NOTE)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conclusion.choices = [(str(each), gettext(label)) for each, label in CONCLUSION_LABELS.items()]

    @property
    def chosen(self) -> Conclusion:
        return Conclusion(self.conclusion.data)


def comparison_of(hit: PrecedentReportHit) -> ComparisonForm:
    """The form of one case; its fields' ids carry the case, since a page holds several."""
    return ComparisonForm(formdata=None, obj=hit)


def conclusion_of(report: PrecedentReport | None) -> ConclusionForm:
    return ConclusionForm(formdata=None, obj=report)
