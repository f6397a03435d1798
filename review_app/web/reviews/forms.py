"""The registration form: rows for requests and for people can be added and taken away without JavaScript."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from review_app.organisations.models import Organisation
from review_app.organisations.states import OrgKind
from review_app.petitions.states import CHANNEL_LABELS, LEGAL_STAGE_LABELS, Channel, LegalStage
from review_app.reviews.registration import Participant, Registration
from review_app.reviews.sizing import SizeProposal
from review_app.reviews.states import (
    DOUBT_LABELS,
    INVOLVED_LABELS,
    MAJOR_LABELS,
    TEMPLATE_LABELS,
    DoubtReason,
    InvolvedAs,
    MajorReason,
    ReviewState,
)

BY_RULE = 0
SIZES = (3, 5, 7)
MOST_ROWS = 60
# the one stage that may be reviewed stands first
STAGES = sorted(LegalStage, key=lambda stage: stage is not LegalStage.EFFECTIVE)
NEVER_REVIEWED = frozenset({OrgKind.LAW_FIRM, OrgKind.UNIVERSITY, OrgKind.LEADING_GROUP, OrgKind.TASK_FORCE})


def stripped(text: str | None) -> str:
    return (text or "").strip()


def short(label: LazyString, *more: Any, most: int = 200) -> StringField:
    too_long = Length(max=most, message=_l("最多%(most)d个字。", most=most))
    return StringField(label, [*more, too_long], [stripped])


def long(label: LazyString, *more: Any, most: int = 20_000) -> TextAreaField:
    too_long = Length(max=most, message=_l("最多%(most)d个字。", most=most))
    return TextAreaField(label, [*more, too_long], [stripped])


def required(sentence: LazyString) -> InputRequired:
    return InputRequired(sentence)


class Whole(NumberRange):
    """A whole number from ``least`` up, or nothing."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most, _l("请填写%(least)d至%(most)d之间的整数。", least=least, most=most))


class Day(DateField):
    """A date; what cannot be read is explained in the reader's language."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("请按 2024-03-12 的格式填写日期。")) from error


class Number(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        cleaned = [value.replace(",", "").replace("，", "").strip() for value in valuelist]
        if not any(cleaned):
            self.data = None
            return
        try:
            super().process_formdata(cleaned)
        except ValueError as error:
            raise ValueError(gettext("请填写整数。")) from error


class Checks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ParticipantForm(Form):
    """One person or organisation of the case."""

    id = HiddenField()
    involved_as = SelectField(_l("身份"), coerce=InvolvedAs)
    name = short(_l("姓名或者名称"), most=100)
    is_organisation = BooleanField(_l("是单位"))
    part = short(_l("在案件中的地位或者职责"), most=60)
    organisation = SelectField(_l("所在单位"), [Optional()], coerce=int)
    post = short(_l("职务"), most=60)
    id_number = short(_l("证件号码"), most=40)


class RegistrationForm(FlaskForm):
    item_no = short(_l("信访事项编号"), required(_l("请填写信访事项编号。")), most=40)
    title = short(
        _l("事项名称"), required(_l("请填写事项名称，例如“秦某田反映买卖合同纠纷执行案件”。")), most=120
    )
    channel = SelectField(_l("信访形式"), coerce=Channel)
    received_on = Day(_l("收到日期"), [required(_l("请填写收到日期，信访年限由此计算。"))])
    place = short(_l("问题属地"), most=60)
    group_size = Number(_l("信访人数"), [required(_l("请填写信访人数。")), Whole(1, 10_000)], default=1)
    repeats = Number(
        _l("重复信访次数"), [required(_l("请填写重复信访次数，没有重复填0。")), Whole(0, 1000)], default=0
    )
    petitioner_name = short(_l("信访人姓名（名称）"), required(_l("请填写信访人姓名或者名称。")), most=60)
    gender = SelectField(_l("性别"), [Optional()])
    birth_year = Number(_l("出生年份"), [Optional(), Whole(1900, 2100)])
    id_number = short(_l("证件号码"), most=40)
    phone = short(_l("联系电话"), most=40)
    address = short(_l("住址"), most=200)
    requests = FieldList(long(_l("诉求"), most=2000), min_entries=1, max_entries=MOST_ROWS)
    facts = long(_l("事实"))
    reasons = long(_l("理由"))
    petition_history = long(_l("信访经过"))
    legal_stage = RadioField(_l("法律程序阶段"), [required(_l("请选择法律程序阶段。"))], coerce=LegalStage)

    reviewed_org = SelectField(_l("被评查单位"), [required(_l("请选择被评查单位。"))], coerce=int)
    case_no = short(_l("案号"), required(_l("请填写案号。")), most=80)
    case_name = short(_l("案件名称"), most=120)
    cause = short(_l("案由（罪名）"), required(_l("请填写案由或者罪名。")), most=80)
    subkind = short(_l("细类"), most=60)
    stage = short(_l("审级或者办理阶段"), most=60)
    last_document = short(_l("最后一份法律文书"), required(_l("请填写最后一份法律文书的名称。")), most=120)
    last_document_on = Day(_l("文书日期"), [required(_l("请填写最后一份法律文书的日期。"))])
    act_on = Day(_l("被评查行为日期"), [Optional()])
    effective_on = Day(_l("生效日期"), [Optional()])
    amount = Number(_l("标的额（元）"), [Optional(), Whole(0, 10**13)])
    result = long(_l("处理结果"))
    case_history = long(_l("办理经过"))
    participants = FieldList(FormField(ParticipantForm), max_entries=MOST_ROWS)

    template = RadioField(_l("评查表"), [required(_l("请选择评查表。"))])
    doubt_reasons = Checks(_l("存疑情形"))
    doubt_note = long(_l("存疑说明"), most=2000)
    major_reasons = Checks(_l("重大情形"))
    size = RadioField(_l("评查组人数"), coerce=int, default=BY_RULE)
    size_reason = long(_l("不按规则确定人数的理由"), most=500)
    summary = long(_l("案情摘要"), required(_l("请填写案情摘要，专家签署回避声明前只能看到它。")), most=4000)
    seen = HiddenField()

    def validate_summary(self, field: TextAreaField) -> None:
        """The summary goes to experts before names may be known."""
        hidden = [self.petitioner_name.data or "", *(row.form.name.data or "" for row in self.participants)]
        for name in hidden:
            if len(name) > 1 and name in (field.data or ""):
                raise StopValidation(
                    gettext(
                        "案情摘要中出现了“%(name)s”。专家在签署声明前不应看到姓名和名称，请改写。", name=name
                    )
                )

    def offer(self, organisations: Iterable[Organisation], proposal: SizeProposal | None = None) -> None:
        """Fill the choices, in the reader's language."""
        units = list(organisations)
        self.channel.choices = labelled(CHANNEL_LABELS)
        self.gender.choices = [("", gettext("未填")), ("男", gettext("男")), ("女", gettext("女"))]
        self.legal_stage.choices = labelled({stage: LEGAL_STAGE_LABELS[stage] for stage in STAGES})
        self.reviewed_org.choices = [(one.id, one.name) for one in units if one.kind not in NEVER_REVIEWED]
        self.template.choices = labelled(TEMPLATE_LABELS)
        self.doubt_reasons.choices = labelled(DOUBT_LABELS)
        self.major_reasons.choices = labelled(MAJOR_LABELS)
        by_rule = gettext("按规则：%(n)d人", n=proposal.size) if proposal else gettext("按规则计算")
        self.size.choices = [(BY_RULE, by_rule), *((n, gettext("%(n)d人", n=n)) for n in SIZES)]
        for row in self.participants:
            offer_row(row.form, units)

    def registration(self) -> Registration:
        """What was typed; rows left empty are dropped."""
        values: dict[str, Any] = {
            one.name: self[one.name].data for one in fields(Registration) if one.name in self
        }
        values |= {
            "gender": self.gender.data or "",
            "requests": tuple(text for text in self.requests.data if text),
            "reviewed_org_id": self.reviewed_org.data,
            "participants": tuple(participant(row.form) for row in self.participants if row.form.name.data),
            "doubt_reasons": tuple(map(DoubtReason, self.doubt_reasons.data or ())),
            "major_reasons": tuple(map(MajorReason, self.major_reasons.data or ())),
            "size": self.size.data or BY_RULE,
        }
        return Registration(**values)

    def marks(self) -> dict[str, str]:
        """The marks the form was given when it was shown; nonsense counts as none."""
        try:
            found = json.loads(self.seen.data or "{}")
        except ValueError:
            return {}
        return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}


def values_for(registration: Registration, proposal: SizeProposal) -> dict[str, Any]:
    """The form's values for what is stored."""
    values = {name: getattr(registration, name) for name in registration.__dataclass_fields__}
    values["requests"] = list(registration.requests)
    values["reviewed_org"] = registration.reviewed_org_id
    values["participants"] = [row_values(one) for one in registration.participants]
    values["doubt_reasons"] = [str(reason) for reason in registration.doubt_reasons]
    values["major_reasons"] = [str(reason) for reason in registration.major_reasons]
    values["size"] = BY_RULE if registration.size == proposal.size else registration.size
    return values


def row_values(one: Participant) -> dict[str, Any]:
    return {
        "id": one.id, "involved_as": one.involved_as, "name": one.name, "is_organisation": one.is_organisation,
        "organisation": one.organisation_id or 0, "post": one.post, "part": one.part, "id_number": "",
    }  # fmt: skip


def participant(row: Form) -> Participant:
    return Participant(
        id=int(row["id"].data) if str(row["id"].data or "").isdigit() else None,
        involved_as=row["involved_as"].data, name=row["name"].data,
        is_organisation=row["is_organisation"].data, organisation_id=row["organisation"].data or None,
        post=row["post"].data, part=row["part"].data, id_number=row["id_number"].data,
    )  # fmt: skip


def offer_row(row: Any, units: list[Organisation]) -> None:
    kinds = {kind: label for kind, label in INVOLVED_LABELS.items() if kind is not InvolvedAs.PETITIONER}
    row.involved_as.choices = labelled(kinds)
    row.organisation.choices = [(0, gettext("（未指定）")), *((one.id, one.name) for one in units)]


def labelled(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(value), gettext(label)) for value, label in labels.items()]


def change_rows(form: RegistrationForm, order: str) -> bool:
    """Do what a row button asks: ``add:requests``, ``remove:requests:2``, ``add:OFFICER``,
    ``remove:participants:0``. Everything typed stays. False when it asks for nothing known."""
    what, _, rest = order.partition(":")
    name, _, place = rest.partition(":")
    if what == "add" and name in InvolvedAs.__members__:
        row = {"involved_as": InvolvedAs(name), "organisation": 0}
        return append(form.participants, row)
    if what == "add" and name == "requests":
        return append(form.requests, "")
    if what == "remove" and name in ("requests", "participants") and place.isdigit():
        return take_away(form[name], int(place))
    return False


def append(rows: Any, value: Any) -> bool:
    if len(rows) < MOST_ROWS:
        rows.process(None, [*rows.data, value])
    return True


def take_away(rows: Any, place: int) -> bool:
    kept = [value for index, value in enumerate(rows.data) if index != place]
    rows.process(None, kept)
    return True


class MoveForm(FlaskForm):
    """A step of the review, with a reason where one is due."""

    to = SelectField(validators=[AnyOf(list(ReviewState))], validate_choice=False)
    reason = long(_l("理由"), most=1000)
