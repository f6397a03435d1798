"""Forms of sign-in, passwords, people and roles."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp

from review_app.accounts.states import ROLE_LABELS, Role
from review_app.errors import N_
from review_app.organisations.models import Organisation
from review_app.organisations.states import ORG_KIND_LABELS, ORG_SYSTEM_LABELS, OrgKind, OrgSystem
from review_app.web.accounts.codes import code_field


def stripped(text: str | None) -> str:
    return (text or "").strip()


class SignInForm(FlaskForm):
    login = StringField(_l("登录名"), [InputRequired(_l("请填写登录名。")), Length(max=100)], [stripped])
    password = PasswordField(_l("密码"), [InputRequired(_l("请填写密码。")), Length(max=400)])
    code = code_field()
    next = HiddenField()


class PasswordForm(FlaskForm):
    old = PasswordField(_l("原密码"), [InputRequired(_l("请填写原密码。")), Length(max=400)])
    new = PasswordField(_l("新密码"), [InputRequired(_l("请填写新密码。")), Length(max=400)])
    again = PasswordField(
        _l("再次输入新密码"),
        [InputRequired(_l("请再次输入新密码。")), EqualTo("new", _l("两次输入的新密码不一致。"))],
    )


class CodeForm(FlaskForm):
    """The first code from the phone."""

    code = code_field()


class TakeOffForm(FlaskForm):
    password = PasswordField(_l("登录密码"), [InputRequired(_l("请输入登录密码。")), Length(max=400)])
    code = code_field()


class PersonForm(FlaskForm):
    login = StringField(
        _l("登录名"),
        [
            InputRequired(_l("请填写登录名。")),
            Regexp(
                r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$",
                message=_l("登录名用2至40个字母、数字、点、横线或下划线，以字母或数字开头。"),
            ),
        ],
        [stripped],
    )
    name = StringField(
        _l("姓名"),
        [InputRequired(_l("请填写姓名。")), Length(max=60, message=_l("姓名最多60个字。"))],
        [stripped],
    )
    organisation = SelectField(_l("所在单位"), [Optional()], coerce=int)
    post = StringField(_l("职务"), [Optional(), Length(max=60, message=_l("职务最多60个字。"))], [stripped])
    email = EmailField(
        _l("电子邮箱"),
        [
            Optional(),
            Regexp(r"^[^@\s]+@[^@\s]+$", message=_l("请填写正确的电子邮箱，例如 zhou@example.cn。")),
        ],
        [stripped],
    )

    def offer(self, organisations: list[Organisation]) -> None:
        self.organisation.choices = organisation_choices(organisations)


class GrantForm(FlaskForm):
    role = SelectField(_l("角色"), [InputRequired(_l("请选择角色。"))], coerce=Role)
    organisation = SelectField(_l("代表的单位（仅联络员）"), [Optional()], coerce=int)

    def offer(self, organisations: list[Organisation]) -> None:
        self.role.choices = [(role.value, gettext(label)) for role, label in ROLE_LABELS.items()]
        self.organisation.choices = organisation_choices(organisations)


LEVELS = {
    "NATION": N_("国家级"),
    "PROVINCE": N_("省级"),
    "CITY": N_("市级"),
    "COUNTY": N_("县级"),
    "TOWN": N_("镇街"),
    "VILLAGE": N_("村居"),
}


class OrganisationForm(FlaskForm):
    code = StringField(
        _l("单位代码"),
        [InputRequired(_l("请填写单位代码。")), Length(max=40, message=_l("单位代码最多40个字符。"))],
        [stripped],
    )
    name = StringField(
        _l("单位名称"),
        [InputRequired(_l("请填写单位名称。")), Length(max=80, message=_l("单位名称最多80个字。"))],
        [stripped],
    )
    kind = SelectField(_l("单位类别"), coerce=OrgKind)
    system = SelectField(_l("所属系统"), coerce=OrgSystem)
    level = SelectField(_l("层级"), default="COUNTY")
    parent = SelectField(_l("上级单位"), [Optional()], coerce=int)

    def offer(self, organisations: list[Organisation]) -> None:
        self.kind.choices = [(kind.value, gettext(label)) for kind, label in ORG_KIND_LABELS.items()]
        self.system.choices = [(system.value, gettext(label)) for system, label in ORG_SYSTEM_LABELS.items()]
        self.level.choices = [(level, gettext(label)) for level, label in LEVELS.items()]
        self.parent.choices = organisation_choices(organisations)


class ReasonForm(FlaskForm):
    reason = TextAreaField(
        _l("理由"),
        [InputRequired(_l("请写明理由。")), Length(max=500, message=_l("理由最多500个字。"))],
        [stripped],
    )


def organisation_choices(organisations: list[Organisation]) -> list[tuple[int, str]]:
    return [(0, gettext("（未指定）")), *((one.id, one.name) for one in organisations)]
