"""Forms of the way into the library."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from review_app.own_cases.drafting import PART_LABELS, OwnText, part_names
from review_app.own_cases.models import OwnCase
from review_app.own_cases.service import LONGEST_PART
from review_app.precedents.states import AUDIENCE_LABELS, Audience


def part_field(name: str) -> TextAreaField:
    return TextAreaField(_l(PART_LABELS[name]), [Length(max=LONGEST_PART)])


class OwnTextForm(FlaskForm):
    """The parts of the text, and who will find it."""

    title = StringField(_l(PART_LABELS["title"]), [InputRequired(_l("请填写标题。")), Length(max=200)])
    facts = part_field("facts")
    points = part_field("points")
    reasoning = part_field("reasoning")
    result = part_field("result")
    laws = part_field("laws")
    holding = part_field("holding")
    audience = RadioField(_l("入库后的查阅范围"), [InputRequired(_l("请选择查阅范围。"))], coerce=str)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audience.choices = [(str(each), gettext(label)) for each, label in AUDIENCE_LABELS.items()]

    @property
    def text(self) -> OwnText:
        return OwnText(**{name: plain(self[name].data) for name in part_names()})

    @property
    def chosen(self) -> Audience:
        return Audience(self.audience.data)


def plain(typed: str | None) -> str:
    """Typed text with the line breaks of the library."""
    return (typed or "").replace("\r\n", "\n").strip()


def text_form_of(own: OwnCase) -> OwnTextForm:
    return OwnTextForm(formdata=None, obj=own.own_text, audience=str(own.audience))


class CheckForm(FlaskForm):
    """The second person's word that the text was compared with the original."""

    compared = BooleanField(
        _l("我已逐段对照原文核对，没有发现可以识别到个人的信息。"), [InputRequired(_l("请逐段核对后勾选。"))]
    )


class ReasonForm(FlaskForm):
    """Why a text goes back, stays out or is taken out."""

    reason = TextAreaField(_l("理由"), [InputRequired(_l("请写明理由。")), Length(max=1000)])
