"""Forms of draws, statements, notices and recusals."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from review_app.accounts.models import Person
from review_app.organisations.models import Organisation
from review_app.panels.answering import Answer
from review_app.panels.case_people import CasePerson
from review_app.panels.grounds import GROUNDS
from review_app.panels.models import FoundPerson, PanelMember
from review_app.panels.names import SEPARATORS
from review_app.panels.states import (
    CHANNEL_LABELS,
    DECLINE_LABELS,
    DRAW_METHOD_LABELS,
    FOR_ONE,
    TELLING_LABELS,
    TOLD_LABELS,
    DeclineReason,
    DrawMethod,
    InvitationChannel,
    TellingMethod,
    ToldParty,
)
from review_app.reviews.models import Involved
from review_app.reviews.states import INVOLVED_LABELS, InvolvedAs
from review_app.web.accounts.codes import code_field


def stripped(text: str | None) -> str:
    return (text or "").strip()


def short(label: Any, sentence: Any = None, most: int = 200) -> StringField:
    checks = [InputRequired(sentence)] if sentence else [Optional()]
    too_long = Length(max=most, message=_l("最多%(most)d个字。", most=most))
    return StringField(label, [*checks, too_long], [stripped])


def long(label: Any, sentence: Any = None, most: int = 2000) -> TextAreaField:
    checks = [InputRequired(sentence)] if sentence else [Optional()]
    too_long = Length(max=most, message=_l("最多%(most)d个字。", most=most))
    return TextAreaField(label, [*checks, too_long], [stripped])


def own_password() -> PasswordField:
    return PasswordField(_l("登录密码"), [InputRequired(_l("请再次输入您的登录密码。"))])


def offered(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(value), gettext(label)) for value, label in labels.items()]


def ground_choices(nothing: str = "") -> list[tuple[str, str]]:
    """The twenty grounds with their numbers; first the choice of none."""
    grounds = [(ground.id, f"{ground.id} {gettext(ground.sentence)}") for ground in GROUNDS.values()]
    return [("", nothing or gettext("请选择")), *grounds]


class EmptyForm(FlaskForm):
    """Only the token against forged requests."""


class MethodForm(FlaskForm):
    """How the panel is formed; by lot unless somebody chooses otherwise."""

    method = RadioField(
        _l("组成方式"), [InputRequired(_l("请选择。"))], coerce=DrawMethod, default=DrawMethod.DRAW
    )

    def offer(self) -> None:
        self.method.choices = offered({one: DRAW_METHOD_LABELS[one] for one in FOR_ONE})


class NonceForm(FlaskForm):
    nonce = short(_l("公开随机数"), _l("请输入公开随机数。"))
    source = short(_l("来源"), _l("请写明随机数的来源。"))
    witness = SelectField(_l("见证人"), [InputRequired(_l("请选择见证人。"))], coerce=int)

    def offer(self, people: Sequence[Person]) -> None:
        self.witness.choices = [(0, gettext("请选择")), *((one.id, one.name) for one in people)]


class WitnessForm(FlaskForm):
    seen = HiddenField()
    agreed = BooleanField(
        _l("我已核对公开随机数的来源、候选名单和排除理由，同意按本次公布的承诺值抽选"),
        [InputRequired(_l("请核对后勾选确认。"))],
    )
    password = own_password()
    code = code_field()


class ReasonForm(FlaskForm):
    reason = long(_l("理由"), _l("请写明理由。"), most=500)


class ConflictForm(FlaskForm):
    expert_no = HiddenField()
    rule = HiddenField()
    fact_key = HiddenField()
    confirmed = RadioField(_l("意见"), [InputRequired(_l("请选择。"))])
    reason = long(_l("理由"), _l("请写明理由。"), most=500)

    def offer(self) -> None:
        self.confirmed.choices = [
            ("yes", gettext("确有该情形，应当回避")),
            ("no", gettext("不是同一人或者不影响公正，排除")),
        ]


class SecondForm(FlaskForm):
    agreed = RadioField(_l("第二人意见"), [InputRequired(_l("请选择。"))])
    reason = long(_l("理由"), _l("请写明理由。"), most=500)

    def offer(self) -> None:
        self.agreed.choices = [("yes", gettext("同意，即生效")), ("no", gettext("不同意，退回"))]


class RemarkForm(FlaskForm):
    remark = long(_l("处理情况"), _l("请写明处理情况。"), most=500)


class DeclineForm(FlaskForm):
    reason = SelectField(_l("谢绝的原因"), [InputRequired(_l("请选择。"))], coerce=DeclineReason)
    ground = SelectField(_l("回避情形"), [Optional()])
    note = long(_l("具体说明"), _l("请说明具体情况。"), most=500)

    def offer(self) -> None:
        self.reason.choices = offered(DECLINE_LABELS)
        self.ground.choices = ground_choices(gettext("不涉及回避"))


class LinkForm(FlaskForm):
    """A link to answer an invitation, and how it will reach the expert."""

    channel = SelectField(_l("送达方式"), [InputRequired(_l("请选择。"))], coerce=InvitationChannel)

    def offer(self) -> None:
        self.channel.choices = offered(CHANNEL_LABELS)


class TellForm(FlaskForm):
    to = SelectField(_l("告知对象"), [InputRequired()], coerce=ToldParty)
    told_on = DateField(_l("告知日期"), [InputRequired(_l("请填写告知日期。"))])
    method = SelectField(_l("告知方式"), [InputRequired()], coerce=TellingMethod)
    note = short(_l("备注（签收人、快递单号等）"))

    def offer(self) -> None:
        self.to.choices = offered(TOLD_LABELS)
        self.method.choices = offered(TELLING_LABELS)


class WaiveForm(FlaskForm):
    note = short(_l("对方如何表示不申请回避"), most=300)


class RecusalForm(FlaskForm):
    member = SelectField(_l("被申请回避的专家"), [InputRequired(_l("请选择。"))], coerce=int)
    ground = SelectField(_l("依据的情形"), [InputRequired(_l("请选择。"))])
    facts = long(_l("事实和理由"), _l("请写明事实和理由。"))

    def offer(self, members: Sequence[PanelMember]) -> None:
        self.member.choices = [(one.id, one.expert.name) for one in members]
        self.ground.choices = ground_choices()


class DecisionForm(FlaskForm):
    granted = RadioField(_l("决定"), [InputRequired(_l("请选择。"))])
    reason = long(_l("决定理由"), _l("请写明理由。"))

    def offer(self) -> None:
        self.granted.choices = [("yes", gettext("准予回避")), ("no", gettext("驳回申请"))]


class AgainForm(FlaskForm):
    facts = long(_l("复议的事实和理由"), _l("请写明理由。"))


class RemoveForm(FlaskForm):
    ground = SelectField(_l("回避情形"), [Optional()])
    reason = long(_l("理由"), _l("请写明理由。"))

    def offer(self) -> None:
        self.ground.choices = ground_choices(gettext("不是回避，因其他原因不能继续参加"))


class StatementForm(FlaskForm):
    """Twenty questions, each to be answered by itself; nothing is chosen beforehand."""

    promise = BooleanField(_l("我已阅读并作出上述承诺"), [InputRequired(_l("请阅读并作出承诺。"))])
    password = own_password()
    code = code_field()

    def offer(self) -> None:
        for name, field in self._fields.items():
            if name.startswith("answer_"):
                field.choices = [("no", gettext("否")), ("yes", gettext("是"))]

    def rows(self) -> list[tuple[Any, Field, Field]]:
        return [
            (ground, self[f"answer_{ground.id}"], self[f"remark_{ground.id}"]) for ground in GROUNDS.values()
        ]

    def answers(self) -> dict[str, Answer]:
        return {
            ground.id: Answer(answer.data == "yes", remark.data or "")
            for ground, answer, remark in self.rows()
        }


for _ground in GROUNDS:
    setattr(
        StatementForm,
        f"answer_{_ground}",
        RadioField(_l("是否存在"), [InputRequired(_l("请回答“是”或者“否”。"))]),
    )
    setattr(StatementForm, f"remark_{_ground}", short(_l("具体情况"), most=500))


class PersonForm(FlaskForm):
    """Somebody of the case."""

    involved_as = SelectField(_l("身份"), [InputRequired(_l("请选择。"))], coerce=InvolvedAs)
    name = short(_l("姓名或者名称"), _l("请填写姓名或者名称。"), most=100)
    aliases = short(_l("曾用名、别名"), most=200)
    part = short(_l("在案件中的地位或者职责"), most=60)
    organisation = SelectField(_l("所在单位"), [Optional()], coerce=int)
    post = short(_l("职务"), most=60)
    id_number = short(_l("证件号码"), most=40)
    is_organisation = BooleanField(_l("是单位"))
    is_listed_company = BooleanField(_l("是上市公司"))

    def offer(self, organisations: Sequence[Organisation], *, petitioner: bool = False) -> None:
        kinds = (kind for kind in INVOLVED_LABELS if (kind is InvolvedAs.PETITIONER) == petitioner)
        self.involved_as.choices = [(kind.value, gettext(INVOLVED_LABELS[kind])) for kind in kinds]
        self.organisation.choices = [
            (0, gettext("（未指定）")),
            *((one.id, one.name) for one in organisations),
        ]

    def fill(self, row: Involved) -> None:
        """Show what is stored; the ID number is never shown again."""
        self.involved_as.data, self.name.data = row.involved_as, row.name
        self.aliases.data = "、".join(row.aliases or ())
        self.part.data, self.post.data = row.part, row.post
        self.organisation.data = row.organisation_id or 0
        self.is_organisation.data = row.is_organisation
        self.is_listed_company.data = row.is_listed_company

    def entered(self) -> CasePerson:
        return CasePerson(
            involved_as=self.involved_as.data,
            name=self.name.data or "",
            aliases=tuple(one.strip() for one in SEPARATORS.split(self.aliases.data or "") if one.strip()),
            is_organisation=bool(self.is_organisation.data),
            is_listed_company=bool(self.is_listed_company.data),
            organisation_id=self.organisation.data or None,
            part=self.part.data or "",
            post=self.post.data or "",
            id_number=self.id_number.data or "",
        )


class RemovePersonForm(FlaskForm):
    reason = long(_l("理由"), _l("请写明理由。"), most=300)


class FoundForm(FlaskForm):
    """Names found in the file, to be entered or put aside together."""

    chosen = SelectMultipleField(_l("人员"), coerce=int)
    reason = short(_l("不采用的理由"), most=300)
    take = SubmitField(_l("采用所选"))
    dismiss = SubmitField(_l("不采用所选"))

    def offer(self, found: Sequence[FoundPerson]) -> None:
        self.chosen.choices = [(one.id, one.name) for one in found]
