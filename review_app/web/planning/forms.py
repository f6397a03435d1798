"""Forms of plans."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from review_app.accounts.models import Person
from review_app.organisations.models import Organisation
from review_app.planning.models import PlanProposal
from review_app.planning.service import DEAREST_CHANGE, LONGEST_TITLE
from review_app.planning.states import CHOICE_LABELS, Choice
from review_app.reviews.states import TEMPLATE_LABELS
from review_app.web.accounts.codes import code_field


def stripped(text: str | None) -> str:
    return (text or "").strip()


def reason(label: Any) -> TextAreaField:
    return TextAreaField(
        label,
        [InputRequired(_l("请写明理由。")), Length(max=500, message=_l("最多500个字。"))],
        [stripped],
    )


class BacklogForm(FlaskForm):
    """Which waiting reviews are shown; the address carries it."""

    class Meta:
        csrf = False

    template = SelectField(_l("评查表"), [Optional()])
    organ = SelectField(_l("被评查单位"), [Optional()], coerce=int, default=0)

    def offer(self, organs: Iterable[Organisation]) -> None:
        labels = [(code, gettext(label)) for code, label in TEMPLATE_LABELS.items()]
        self.template.choices = [("", gettext("全部")), *labels]
        self.organ.choices = [(0, gettext("全部")), *((one.id, one.name) for one in organs)]


class PlanForm(FlaskForm):
    title = StringField(
        _l("计划名称"),
        [InputRequired(_l("请给计划起一个名称。")), Length(max=LONGEST_TITLE, message=_l("最多60个字。"))],
        [stripped],
    )
    choice = RadioField(_l("确定办法"), [InputRequired(_l("请选择。"))], default=str(Choice.BEST))
    review = SelectMultipleField(_l("评查项目"), coerce=int, validate_choice=False)

    def offer(self) -> None:
        self.choice.choices = [(str(one), gettext(label)) for one, label in CHOICE_LABELS.items()]


class ProposalForm(FlaskForm):
    """A proposal to be worked out, on its own or from an earlier one with a cost for every changed seat."""

    based_on = SelectField(_l("以哪个方案为基础"), [Optional()], coerce=int, default=0)
    change_cost = IntegerField(
        _l("每变动一席的代价（分）"),
        [
            InputRequired(_l("请填写整数，可以是0。")),
            NumberRange(0, DEAREST_CHANGE, _l("请填写0至%(most)d的整数。", most=DEAREST_CHANGE)),
        ],
        default=0,
    )
    may_relax = BooleanField(_l("无法全部组成时，按规定的顺序放宽（逐项列明）"), default=True)

    def offer(self, proposals: Sequence[PlanProposal]) -> None:
        named = [(one.number, gettext("方案%(n)d", n=one.number)) for one in proposals]
        self.based_on.choices = [(0, gettext("不以已有方案为基础")), *named]


class ChooseForm(FlaskForm):
    """The reviews shown on a page, and those of them that stay in the plan."""

    shown = SelectMultipleField(coerce=int, validate_choice=False)
    review = SelectMultipleField(_l("纳入"), coerce=int, validate_choice=False)


class LockForm(FlaskForm):
    expert = SelectMultipleField(_l("锁定的成员"), validate_choice=False)
    reason = StringField(
        _l("锁定的理由"), [Length(max=200, message=_l("最多%(most)d个字。", most=200))], [stripped]
    )


class WhatIfForm(FlaskForm):
    expert = SelectField(_l("专家"), [InputRequired(_l("请选择专家。"))])

    def offer(self, people: Mapping[str, str]) -> None:
        self.expert.choices = [("", gettext("请选择")), *people.items()]


class EmptyForm(FlaskForm):
    """Only the token against forged requests."""


class SealForm(FlaskForm):
    again_reason = StringField(
        _l("再次抽签的理由"), [Length(max=200, message=_l("最多%(most)d个字。", most=200))], [stripped]
    )


class NonceForm(FlaskForm):
    nonce = StringField(
        _l("公开随机数"), [InputRequired(_l("请输入公开随机数。")), Length(max=200)], [stripped]
    )
    source = StringField(_l("来源"), [InputRequired(_l("请写明随机数的来源。")), Length(max=200)], [stripped])
    witness = SelectField(_l("见证人"), [InputRequired(_l("请选择见证人。"))], coerce=int)

    def offer(self, people: Sequence[Person]) -> None:
        self.witness.choices = [(0, gettext("请选择")), *((one.id, one.name) for one in people)]


class WitnessForm(FlaskForm):
    seen = HiddenField()
    agreed = BooleanField(
        _l("我已核对公开随机数的来源、项目清单和输入摘要，同意按本次公布的承诺值抽签并组成全部评查组"),
        [InputRequired(_l("请核对后勾选确认。"))],
    )
    password = PasswordField(_l("登录密码"), [InputRequired(_l("请再次输入您的登录密码。"))])
    code = code_field()


class ReasonForm(FlaskForm):
    reason = reason(_l("理由"))
