"""Forms of imports: upload, what is said of a case, withdrawing one."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from review_app.precedents.keeping import LONGEST_REASON, Details
from review_app.precedents.states import STAGE_LABELS, TIER_LABELS, WITHDRAWAL_LABELS, Stage, Tier, Withdrawal

PUBLISHED = tuple(tier for tier in Tier if tier is not Tier.OWN)


def stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def tier_choices() -> list[tuple[str, str]]:
    return [(str(tier), gettext(TIER_LABELS[tier])) for tier in PUBLISHED]


class UploadForm(FlaskForm):
    """Documents on their way into the library."""

    files = MultipleFileField(_l("裁判文书文件"), [FileRequired(_l("请选择文件。"))])
    tier = SelectField(_l("案例层级"), default=str(Tier.UPPER))
    licence_note = StringField(_l("来源和许可"), [DataRequired(), Length(max=300)], [stripped])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tier.choices = tier_choices()


class CaseForm(FlaskForm):
    """What is said of a case beside its text."""

    title = StringField(_l("标题"), [DataRequired(), Length(max=300)], [stripped])
    organ = StringField(_l("办案机关"), [Length(max=100)], [stripped])
    case_no = StringField(_l("案号"), [Length(max=100)], [stripped])
    doc_type = StringField(_l("文书种类"), [Length(max=40)], [stripped])
    stage = SelectField(_l("程序"))
    decided_on = DateField(_l("裁判日期"), [Optional()])
    causes = TextAreaField(_l("案由"), [Length(max=1000)])
    outcome = StringField(_l("处理结果"), [Length(max=100)], [stripped])
    holding = TextAreaField(_l("裁判要点"), [Length(max=4000)], [stripped])
    tier = SelectField(_l("案例层级"))
    licence_note = StringField(_l("来源和许可"), [DataRequired(), Length(max=300)], [stripped])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tier.choices = tier_choices()
        self.stage.choices = [
            ("", "—"),
            *((str(stage), gettext(label)) for stage, label in STAGE_LABELS.items()),
        ]

    def fill(self, details: Details) -> None:
        for name in (
            "title",
            "organ",
            "case_no",
            "doc_type",
            "outcome",
            "holding",
            "licence_note",
            "decided_on",
        ):
            self[name].data = getattr(details, name)
        self.stage.data = str(details.stage or "")
        self.tier.data = str(details.source_tier)
        self.causes.data = "\n".join(details.causes)

    def details(self) -> Details:
        causes = dict.fromkeys(line.strip() for line in (self.causes.data or "").splitlines())
        return Details(
            title=self.title.data or "", case_no=self.case_no.data or "", organ=self.organ.data or "",
            doc_type=self.doc_type.data or "", stage=Stage(self.stage.data) if self.stage.data else None,
            decided_on=self.decided_on.data, causes=tuple(cause for cause in causes if cause),
            outcome=self.outcome.data or "", holding=self.holding.data or "", source_tier=Tier(self.tier.data),
            licence_note=self.licence_note.data or "",
        )  # fmt: skip


class CorrectionForm(CaseForm):
    reason = TextAreaField(_l("更正理由"), [DataRequired(), Length(max=LONGEST_REASON)], [stripped])
    seen = HiddenField()

    def seen_version(self) -> int:
        seen = self.seen.data or ""
        return int(seen) if seen.isdecimal() else 0


class WithdrawalForm(FlaskForm):
    why = RadioField(_l("撤下原因"), [InputRequired(_l("请选择原因。"))])
    note = TextAreaField(_l("说明"), [DataRequired(), Length(max=LONGEST_REASON)], [stripped])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.why.choices = [(str(why), gettext(label)) for why, label in WITHDRAWAL_LABELS.items()]

    def reason(self) -> Withdrawal:
        return Withdrawal(self.why.data)


class RestoreForm(FlaskForm):
    reason = TextAreaField(_l("恢复理由"), [DataRequired(), Length(max=LONGEST_REASON)], [stripped])


class EmptyForm(FlaskForm):
    pass
