"""Forms of the expert pool: filter, particulars, states, ties, posts, leave, import."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SearchField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from review_app.experts.profile import Profile, split_list
from review_app.experts.queries import ExpertFilter
from review_app.experts.states import (
    CATEGORY_LABELS,
    EXPERT_STATUS_LABELS,
    SPECIALTIES,
    TIE_LABELS,
    ExpertCategory,
    ExpertStatus,
    TieKind,
)
from review_app.organisations.models import Organisation
from review_app.web.panels.forms import long, offered, short, stripped


class Checks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FilterForm(FlaskForm):
    words = SearchField(_l("姓名、编号或者单位"), [Length(max=80)], [stripped])
    category = SelectField(_l("类别"), default="")
    specialty = SelectField(_l("专业"), default="")
    status = SelectField(_l("状态"), default="")

    def offer(self) -> None:
        everything = ("", gettext("全部"))
        self.category.choices = [everything, *offered(CATEGORY_LABELS)]
        self.specialty.choices = [everything, *((one, gettext(one)) for one in SPECIALTIES)]
        self.status.choices = [everything, *offered(EXPERT_STATUS_LABELS)]

    def wanted(self) -> ExpertFilter:
        """The filter; what is not understood does not narrow."""
        if not self.validate():
            return ExpertFilter()
        return ExpertFilter(
            words=self.words.data or "",
            category=ExpertCategory(self.category.data) if self.category.data else None,
            specialty=self.specialty.data or "",
            status=ExpertStatus(self.status.data) if self.status.data else None,
        )


class ProfileForm(FlaskForm):
    seen = HiddenField()
    expert_no = short(_l("专家编号"), _l("请填写专家编号。"), most=20)
    name = short(_l("姓名"), _l("请填写姓名。"), most=50)
    aliases = short(_l("曾用名"), most=100)
    category = SelectField(_l("类别"), [InputRequired(_l("请选择。"))], coerce=ExpertCategory)
    organisation = SelectField(_l("单位"), coerce=int)
    post = short(_l("职务职称"), most=60)
    specialties = Checks(_l("专业（一至四项）"), [InputRequired(_l("请选择专业。"))])
    gender = SelectField(_l("性别"), default="")
    birth_year = IntegerField(_l("出生年份"), [Optional(), NumberRange(1930, 2010, _l("出生年份不合理。"))])
    id_number = short(_l("身份证号"), most=18)
    phone = short(_l("手机"), most=30)
    qualification_no = short(_l("执业证号"), most=40)
    practice_from = DateField(_l("执业起始日期"), [Optional()])
    appointed_on = DateField(_l("聘任日期"), [Optional()])
    term_end = DateField(_l("聘期届满"), [Optional()])
    appointment_doc_no = short(_l("聘书文号"), most=60)
    login = short(_l("登录名"), most=60)

    def offer(self, organisations: Sequence[Organisation]) -> None:
        self.category.choices = offered(CATEGORY_LABELS)
        self.organisation.choices = [(0, gettext("无")), *((one.id, one.name) for one in organisations)]
        self.specialties.choices = [(one, gettext(one)) for one in SPECIALTIES]
        self.gender.choices = [("", gettext("未填")), ("男", gettext("男")), ("女", gettext("女"))]

    def fill(self, profile: Profile) -> None:
        """Show stored particulars."""
        for name, value in vars(profile).items():
            if name in self._fields and name not in ("aliases", "specialties"):
                self[name].data = value
        self.organisation.data = profile.organisation_id or 0
        self.aliases.data = "、".join(profile.aliases)
        self.specialties.data = list(profile.specialties)

    def profile(self) -> Profile:
        return Profile(
            expert_no=self.expert_no.data or "",
            name=self.name.data or "",
            category=self.category.data,
            organisation_id=self.organisation.data or None,
            post=self.post.data or "",
            specialties=tuple(self.specialties.data or ()),
            aliases=split_list(self.aliases.data or ""),
            gender=self.gender.data or "",
            birth_year=self.birth_year.data,
            id_number=(self.id_number.data or "").upper(),
            phone=self.phone.data or "",
            qualification_no=self.qualification_no.data or "",
            practice_from=self.practice_from.data,
            appointed_on=self.appointed_on.data,
            term_end=self.term_end.data,
            appointment_doc_no=self.appointment_doc_no.data or "",
            login=(self.login.data or "").lower(),
        )

    def seen_version(self) -> int:
        """The row version that the page showed; 0, which no row has, when the page lost it."""
        typed = self.seen.data or ""
        return int(typed) if typed.isdigit() and len(typed) < 10 else 0


class StatusForm(FlaskForm):
    to = SelectField(_l("状态"), [InputRequired(_l("请选择。"))])
    reason = short(_l("理由"), most=300)

    def offer(self, steps: Sequence[ExpertStatus]) -> None:
        self.to.choices = [(one.value, gettext(EXPERT_STATUS_LABELS[one])) for one in steps]


class TieForm(FlaskForm):
    kind = SelectField(_l("关系"), [InputRequired(_l("请选择。"))], coerce=TieKind)
    name = short(_l("对方姓名或者名称"), most=100)
    id_number = short(_l("对方身份证号"), most=18)
    organisation = SelectField(_l("对方单位"), coerce=int)
    practises_law = BooleanField(_l("该近亲属从事法律职业"))
    case_no = short(_l("涉及的案号"), most=80)
    since = DateField(_l("开始日期"), [Optional()])
    until = DateField(_l("结束日期"), [Optional()])
    note = short(_l("说明"), most=300)

    def offer(self, organisations: Sequence[Organisation]) -> None:
        self.kind.choices = offered(TIE_LABELS)
        self.organisation.choices = [(0, gettext("无")), *((one.id, one.name) for one in organisations)]


class PostForm(FlaskForm):
    unit = SelectField(_l("单位"), [InputRequired(_l("请选择。"))], coerce=int)
    role = short(_l("职务"), most=60)
    from_day = DateField(_l("开始日期"), [Optional()])
    to_day = DateField(_l("结束日期"), [Optional()])

    def offer(self, organisations: Sequence[Organisation]) -> None:
        self.unit.choices = [(one.id, one.name) for one in organisations]


class LeaveForm(FlaskForm):
    away_until = DateField(_l("不能参加至"), [Optional()])


class WithdrawForm(FlaskForm):
    reason = long(_l("理由"), _l("请写明理由。"), most=300)


class EmptyForm(FlaskForm):
    """Only the token against forged requests."""


class UploadForm(FlaskForm):
    file = FileField(_l("XLSX 或者 CSV 文件"), [FileRequired(_l("请选择文件。"))])


class CarryOutForm(FlaskForm):
    rows = HiddenField(validators=[InputRequired()])
