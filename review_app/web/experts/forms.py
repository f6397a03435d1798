"""Forms of the expert pool: filter, particulars, credentials, terms, ties, posts, leave, import."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

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
    SubmitField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from review_app.errors import ReviewError
from review_app.experts.profile import MOST_PANELS, MOST_SPECIALTIES, Profile, split_list
from review_app.experts.queries import ExpertFilter
from review_app.experts.specialties import grouped, level_of
from review_app.experts.states import (
    CATEGORY_LABELS,
    CREDENTIAL_LABELS,
    DEPTH_LABELS,
    EXIT_GROUND_LABELS,
    EXPERT_STATUS_LABELS,
    TIE_LABELS,
    CredentialKind,
    ExpertCategory,
    ExpertStatus,
    TieKind,
)
from review_app.organisations.models import Organisation
from review_app.web.panels.forms import long, offered, short, stripped


def cap(label: str) -> IntegerField:
    """A cap of one's own; empty means only the general one."""
    return IntegerField(label, [Optional(), NumberRange(0, MOST_PANELS, _l("请填写0至99的整数。"))])


def given(field: DateField) -> date:
    """The day of a field that cannot be empty."""
    if field.data is None:
        raise ReviewError(gettext("请填写日期。"))
    return field.data


class FilterForm(FlaskForm):
    words = SearchField(_l("姓名、编号或者单位"), [Length(max=80)], [stripped])
    category = SelectField(_l("类别"), default="")
    specialty = SelectField(_l("专业"), default="")
    status = SelectField(_l("状态"), default="")

    def offer(self) -> None:
        everything = ("", gettext("全部"))
        self.category.choices = [everything, *offered(CATEGORY_LABELS)]
        groups = {gettext(field): options_of(names) for field, names in grouped().items()}
        self.specialty.choices = {gettext("不限"): [everything], **groups}
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


class SpecialtiesForm(FlaskForm):
    """Up to four specialties from the tree, each with its depth."""

    specialty1 = SelectField(_l("专业一"), [InputRequired(_l("请选择专业。"))])
    depth1 = SelectField(_l("深度"), coerce=int, default=0)
    specialty2 = SelectField(_l("专业二"), default="")
    depth2 = SelectField(_l("深度"), coerce=int, default=0)
    specialty3 = SelectField(_l("专业三"), default="")
    depth3 = SelectField(_l("深度"), coerce=int, default=0)
    specialty4 = SelectField(_l("专业四"), default="")
    depth4 = SelectField(_l("深度"), coerce=int, default=0)

    def pairs(self) -> list[tuple[SelectField, SelectField]]:
        return [(self[f"specialty{n}"], self[f"depth{n}"]) for n in range(1, 1 + MOST_SPECIALTIES)]

    def offer_specialties(self) -> None:
        groups = {gettext(field): options_of(names) for field, names in grouped().items()}
        depths = [(0, gettext("未填")), *((depth, gettext(label)) for depth, label in DEPTH_LABELS.items())]
        for specialty, depth in self.pairs():
            specialty.choices = {gettext("不选"): [("", gettext("无"))], **groups}
            depth.choices = depths

    def fill_specialties(self, profile: Profile) -> None:
        depths = dict(profile.specialty_levels)
        for name, (specialty, depth) in zip(profile.specialties, self.pairs(), strict=False):
            specialty.data, depth.data = name, depths.get(name, 0)

    def specialties_given(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(specialty.data for specialty, _depth in self.pairs() if specialty.data))

    def depths_given(self) -> tuple[tuple[str, int], ...]:
        given = {specialty.data: depth.data for specialty, depth in self.pairs() if specialty.data}
        return tuple(sorted((name, depth) for name, depth in given.items() if depth))


def options_of(names: Sequence[str]) -> list[tuple[str, str]]:
    """Nodes of one field, set in by their level."""
    return [(name, "　" * (level_of(name) - 1) + gettext(name)) for name in names]


class PersonForm(SpecialtiesForm):
    """What the office and the expert himself both fill in."""

    name = short(_l("姓名"), _l("请填写姓名。"), most=50)
    aliases = short(_l("曾用名"), most=100)
    category = SelectField(_l("类别"), [InputRequired(_l("请选择。"))], coerce=ExpertCategory)
    organisation = SelectField(_l("单位"), coerce=int)
    post = short(_l("职务职称"), most=60)
    gender = SelectField(_l("性别"), default="")
    birth_year = IntegerField(_l("出生年份"), [Optional(), NumberRange(1930, 2010, _l("出生年份不合理。"))])
    id_number = short(_l("身份证号"), most=18)
    phone = short(_l("手机"), most=30)
    qualification_no = short(_l("执业证号"), most=40)
    practice_from = DateField(_l("执业起始日期"), [Optional()])
    max_open = cap(_l("同时参加上限"))
    max_month = cap(_l("每月参加上限"))

    def offer(self, organisations: Sequence[Organisation]) -> None:
        self.offer_specialties()
        self.category.choices = offered(CATEGORY_LABELS)
        self.organisation.choices = [(0, gettext("无")), *((one.id, one.name) for one in organisations)]
        self.gender.choices = [("", gettext("未填")), ("男", gettext("男")), ("女", gettext("女"))]

    def fill(self, profile: Profile) -> None:
        """Show stored particulars."""
        for name, value in vars(profile).items():
            if name in self._fields and name != "aliases":
                self[name].data = value
        self.organisation.data = profile.organisation_id or 0
        self.aliases.data = "、".join(profile.aliases)
        self.fill_specialties(profile)

    def over(self, stored: Profile) -> Profile:
        """The stored particulars with what was typed over them."""
        return replace(
            stored,
            name=self.name.data or "",
            category=self.category.data,
            organisation_id=self.organisation.data or None,
            post=self.post.data or "",
            specialties=self.specialties_given(),
            aliases=split_list(self.aliases.data or ""),
            gender=self.gender.data or "",
            birth_year=self.birth_year.data,
            id_number=(self.id_number.data or "").upper(),
            phone=self.phone.data or "",
            qualification_no=self.qualification_no.data or "",
            practice_from=self.practice_from.data,
            specialty_levels=self.depths_given(),
            max_open=self.max_open.data,
            max_month=self.max_month.data,
        )


class ProfileForm(PersonForm):
    seen = HiddenField()
    expert_no = short(_l("专家编号"), _l("请填写专家编号。"), most=20)
    appointed_on = DateField(_l("聘任日期"), [Optional()])
    term_end = DateField(_l("聘期届满"), [Optional()])
    appointment_doc_no = short(_l("聘书文号"), most=60)
    login = short(_l("登录名"), most=60)

    def profile(self) -> Profile:
        given = Profile(
            expert_no=self.expert_no.data or "",
            name="",
            category=self.category.data,
            appointed_on=self.appointed_on.data,
            term_end=self.term_end.data,
            appointment_doc_no=self.appointment_doc_no.data or "",
            login=(self.login.data or "").lower(),
        )
        return self.over(given)

    def seen_version(self) -> int:
        """The row version that the page showed; 0, which no row has, when the page lost it."""
        typed = self.seen.data or ""
        return int(typed) if typed.isdigit() and len(typed) < 10 else 0


class OwnForm(PersonForm):
    """An expert's own particulars; what only the office enters is left out."""

    note = short(_l("修改说明"), most=300)


class StatusForm(FlaskForm):
    to = SelectField(_l("状态"), [InputRequired(_l("请选择。"))])
    ground = SelectField(_l("事由"), default="")
    reason = short(_l("理由"), most=300)

    def offer(self, steps: Sequence[ExpertStatus]) -> None:
        """Steps with acts of their own (vetting, appointing) are not offered here."""
        plain = [one for one in steps if one not in (ExpertStatus.VETTED, ExpertStatus.APPOINTED)]
        self.to.choices = [(one.value, gettext(EXPERT_STATUS_LABELS[one])) for one in plain]
        self.ground.choices = [("", gettext("无")), *offered(EXIT_GROUND_LABELS)]


class VetForm(FlaskForm):
    unit_opinion = long(_l("所在单位意见"), _l("请填写所在单位意见。"), most=500)
    discipline_check = long(_l("廉洁、纪律审查情况"), _l("请填写审查情况。"), most=500)


class AppointForm(FlaskForm):
    starts_on = DateField(_l("聘期开始"), [InputRequired(_l("请填写日期。"))])
    ends_on = DateField(_l("聘期届满"), [InputRequired(_l("请填写日期。"))])


class CredentialForm(FlaskForm):
    paper = SelectField(_l("证件种类"), [InputRequired(_l("请选择。"))], coerce=CredentialKind)
    number = short(_l("证件号码"), _l("请填写证件号码。"), most=60)
    issuer = short(_l("发证机关"), _l("请填写发证机关。"), most=80)
    valid_from = DateField(_l("有效期起"), [Optional()])
    valid_until = DateField(_l("有效期止"), [Optional()])

    def offer(self) -> None:
        self.paper.choices = offered(CREDENTIAL_LABELS)


class VerifyForm(FlaskForm):
    how = short(_l("核验方式"), _l("请填写核验方式。"), most=100)


class CertificateForm(FlaskForm):
    year = IntegerField(_l("年份"), [InputRequired(_l("请填写年份。"))])


class DecisionForm(FlaskForm):
    reason = short(_l("理由"), most=300)
    approve = SubmitField(_l("同意"))
    refuse = SubmitField(_l("不同意"))


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
    away_from = DateField(_l("请假第一天"), [InputRequired(_l("请填写日期。"))])
    away_until = DateField(_l("请假最后一天"), [InputRequired(_l("请填写日期。"))])
    why = short(_l("事由"), most=100)


class WithdrawForm(FlaskForm):
    reason = long(_l("理由"), _l("请写明理由。"), most=300)


class EmptyForm(FlaskForm):
    """Only the token against forged requests."""


class UploadForm(FlaskForm):
    file = FileField(_l("XLSX 或者 CSV 文件"), [FileRequired(_l("请选择文件。"))])


class CarryOutForm(FlaskForm):
    rows = HiddenField(validators=[InputRequired()])
