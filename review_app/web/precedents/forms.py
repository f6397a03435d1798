"""Forms of the similar-case report."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from review_app.precedents.models import PrecedentReport, PrecedentReportHit
from review_app.precedents.reporting import LONGEST_NOTE
from review_app.precedents.states import (
    ASPECT_LABELS,
    CONCLUSION_LABELS,
    LIKENESS_LABELS,
    ORDERED_TIERS,
    SUBMITTER_LABELS,
    Conclusion,
    Likeness,
    Tier,
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
    quote = TextAreaField(_l("摘引"), [Length(max=400)])
    followed = SelectField(_l("指导性案例"), coerce=chosen_value, validate_choice=False)
    departure = TextAreaField(_l("不予参照的理由"), [Length(max=LONGEST_NOTE)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            ("", gettext("请选择")),
            *((str(each), gettext(label)) for each, label in LIKENESS_LABELS.items()),
        ]
        for name in ASPECT_LABELS:
            self[name].choices = offered
        self.followed.choices = [
            ("", gettext("请选择")),
            ("yes", gettext("予以参照")),
            ("no", gettext("不予参照")),
        ]

    @property
    def is_followed(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.followed.data or "")


class TierReasonsForm(FlaskForm):
    """Why a tier was not searched; one field for each tier that none of the searches covers."""

    reason_1 = TextAreaField(_l("理由"), [Length(max=LONGEST_NOTE)])
    reason_2 = TextAreaField(_l("理由"), [Length(max=LONGEST_NOTE)])
    reason_3 = TextAreaField(_l("理由"), [Length(max=LONGEST_NOTE)])
    reason_4 = TextAreaField(_l("理由"), [Length(max=LONGEST_NOTE)])

    @property
    def reasons(self) -> dict[Tier, str]:
        """What was typed, for the tiers that the form asked about."""
        return {tier: self[f"reason_{tier}"].data or "" for tier in ORDERED_TIERS}


class SubmissionForm(FlaskForm):
    """A case that somebody relied on, and the panel's response."""

    submitted_by = SelectField(_l("提交人"), [InputRequired(_l("请选择提交人。"))], coerce=chosen_value)
    named = StringField(
        _l("案例名称或者案号"), [InputRequired(_l("请写明案例名称或者案号。")), Length(max=300)]
    )
    is_guiding = BooleanField(_l("是指导性案例"))
    response = TextAreaField(_l("回应"), [Length(max=LONGEST_NOTE)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submitted_by.choices = [(str(each), gettext(label)) for each, label in SUBMITTER_LABELS.items()]


class ResponseForm(FlaskForm):
    """The panel's response to a submitted case."""

    response = TextAreaField(_l("回应"), [Length(max=LONGEST_NOTE)])


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
    followed = "" if hit.followed is None else "yes" if hit.followed else "no"
    return ComparisonForm(formdata=None, obj=hit, followed=followed)


def conclusion_of(report: PrecedentReport | None) -> ConclusionForm:
    return ConclusionForm(formdata=None, obj=report)
