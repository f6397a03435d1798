"""Forms of deliberations. Voting papers and the organ's answer have one set of fields per question."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from review_app.accounts.models import Person
from review_app.deliberations.consolidating import allowed_severities
from review_app.deliberations.hearing import Answer
from review_app.deliberations.models import Finding, Question
from review_app.deliberations.sessions import Cast, choices_of
from review_app.deliberations.states import (
    CHANNEL_LABELS,
    INTERVENTION_LABELS,
    LEADER_KINDS,
    STANCE_LABELS,
    Channel,
    QuestionKind,
)
from review_app.form_templates.reading import rules_of
from review_app.reviews.models import CaseReview
from review_app.rulebook.rules import GRADES
from review_app.web.evaluations.desk import in_words

LONG = Length(max=20_000, message=_l("最多20000个字。"))
MEDIUM = Length(max=5_000, message=_l("最多5000个字。"))
SHORT = Length(max=200, message=_l("最多200个字。"))
CHOOSE = _l("请选择。")
DAY = _l("请填写日期，例如2024-05-01。")


def stripped(text: str | None) -> str:
    return (text or "").strip()


def required(sentence: Any) -> InputRequired:
    return InputRequired(sentence)


class Checks(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FindingForm(FlaskForm):
    """A finding in the lead's words; ``seen`` is the version he read."""

    seen = HiddenField(validators=[InputRequired()])
    text = TextAreaField(_l("问题的事实"), [required(_l("请写明问题的事实。")), MEDIUM], [stripped])
    locus = StringField(_l("所涉材料、页码或者行为"), [Length(max=500)], [stripped])
    severity = SelectField(_l("严重程度"), [InputRequired(CHOOSE)])

    def offer(self, finding: Finding) -> "FindingForm":
        names = rules_of(finding.review).severities
        self.severity.choices = [
            (severity, f"{severity} {in_words(names[severity])}") for severity in allowed_severities(finding)
        ]
        return self


class MergeForm(FlaskForm):
    into = SelectField(_l("并入"), [InputRequired(CHOOSE)], coerce=int)


class SplitForm(FlaskForm):
    sources = Checks(_l("拆分出去的提议"), [InputRequired(_l("请选择要拆分出去的提议。"))], coerce=int)


class AnswerForm(FlaskForm):
    """The organ's answer: per finding 异议 or 无异议, reasons and evidence."""

    def answers(self, findings: Iterable[Finding]) -> dict[int, Answer]:
        return {
            finding.id: Answer(
                objects=self[f"objects_{finding.id}"].data == "yes",
                text=self[f"text_{finding.id}"].data or "",
                evidence=self[f"evidence_{finding.id}"].data or "",
            )
            for finding in findings
        }


def answer_form(findings: Sequence[Finding]) -> AnswerForm:
    fields: dict[str, Any] = {}
    for finding in findings:
        fields[f"objects_{finding.id}"] = RadioField(gettext("意见"), [InputRequired(CHOOSE)])
        fields[f"text_{finding.id}"] = TextAreaField(gettext("异议的理由"), [MEDIUM], [stripped])
        fields[f"evidence_{finding.id}"] = TextAreaField(gettext("依据（材料、页码）"), [MEDIUM], [stripped])
    made: AnswerForm = type("FilledAnswerForm", (AnswerForm,), fields)()
    for finding in findings:
        made[f"objects_{finding.id}"].choices = [("no", gettext("无异议")), ("yes", gettext("异议"))]
    return made


class ReplyForm(FlaskForm):
    text = TextAreaField(_l("评查组答复"), [required(_l("请写明答复。")), MEDIUM], [stripped])


class InterviewForm(FlaskForm):
    held_on = DateField(_l("日期"), [InputRequired(DAY)])
    place = StringField(_l("地点"), [required(_l("请填写地点。")), SHORT], [stripped])
    text = TextAreaField(_l("信访人的意见"), [required(_l("请记明信访人的意见。")), LONG], [stripped])


class OpenForm(FlaskForm):
    """Opening a session: how, when, where, who keeps the minutes, who is there."""

    in_writing = RadioField(_l("评议方式"), [InputRequired(CHOOSE)])
    held_at = DateTimeLocalField(_l("时间"), [InputRequired(_l("请填写时间，例如2024-05-01 09:30。"))])
    place = StringField(_l("地点"), [SHORT], [stripped])
    secretary = SelectField(_l("记录秘书"), coerce=int)
    present = Checks(_l("参加人员"), [InputRequired(_l("请确认参加人员。"))], coerce=int)
    more_measures = Checks(_l("另外提交表决的化解措施"))

    def offer(
        self,
        review: CaseReview,
        *,
        in_writing_allowed: bool,
        members: Sequence[Person],
        secretaries: Sequence[Person],
        proposed: Iterable[str],
    ) -> "OpenForm":
        self.in_writing.choices = [("no", gettext("当面研讨"))]
        if in_writing_allowed:
            self.in_writing.choices.append(("yes", gettext("书面评议")))
        self.secretary.choices = [
            (0, gettext("由组长自行记录")),
            *((one.id, one.name) for one in secretaries),
        ]
        self.present.choices = [(one.id, one.name) for one in members]
        self.more_measures.choices = [
            (code, in_words(measure))
            for code, measure in rules_of(review).measures.items()
            if code not in proposed
        ]
        return self


class PaperForm(FlaskForm):
    """A voting paper: a choice and room for a reason per question."""

    def votes(self, questions: Iterable[Question]) -> dict[int, Cast]:
        return {
            question.id: Cast(
                self[f"choice_{question.id}"].data or "", self[f"reason_{question.id}"].data or ""
            )
            for question in questions
        }


def paper_form(questions: Sequence[Question], review: CaseReview) -> PaperForm:
    fields: dict[str, Any] = {}
    for question in questions:
        fields[f"choice_{question.id}"] = RadioField(
            gettext("表决"), [InputRequired(_l("请表决。不得弃权。"))]
        )
        fields[f"reason_{question.id}"] = TextAreaField(gettext("理由"), [MEDIUM], [stripped])
    made: PaperForm = type("FilledPaperForm", (PaperForm,), fields)()
    for question in questions:
        made[f"choice_{question.id}"].choices = choice_names(question, review)
    return made


def choice_names(question: Question, review: CaseReview) -> list[tuple[str, str]]:
    """The choices of a question in the reader's language."""
    rules = rules_of(review)
    names: Mapping[str, str] = {
        QuestionKind.FINDING: {"uphold": gettext("成立"), "reject": gettext("不成立")},
        QuestionKind.VETO: {"uphold": gettext("赞成否决"), "reject": gettext("不赞成否决")},
        QuestionKind.MEASURE: {"uphold": gettext("采取"), "reject": gettext("不采取")},
        QuestionKind.GRADE: {grade: f"{grade} {in_words(rules.grade_label(grade))}" for grade in GRADES},
        QuestionKind.OUTCOME: {code: in_words(outcome) for code, outcome in rules.outcomes.items()},
    }[question.kind]
    return [(choice, names[choice]) for choice in choices_of(question)]


class MinutesForm(FlaskForm):
    seen = HiddenField(validators=[InputRequired()])
    text = TextAreaField(_l("研讨记录"), [required(_l("请写明研讨经过。")), LONG], [stripped])


class StanceForm(FlaskForm):
    """Where a member stands once everything is voted."""

    stance = RadioField(_l("最后态度"), [required(_l("请选择。"))])
    text = TextAreaField(_l("不同的理由或者不同意见"), [LONG])

    def offer(self) -> "StanceForm":
        self.stance.choices = [(str(one), gettext(label)) for one, label in STANCE_LABELS.items()]
        return self


class VoidForm(FlaskForm):
    reason = TextAreaField(_l("理由"), [required(_l("请写明理由。")), SHORT], [stripped])


class AdviceForm(FlaskForm):
    text = TextAreaField(_l("建议内容"), [required(_l("请写明建议的内容。")), MEDIUM], [stripped])
    route = SelectField(_l("法定途径"))
    organ = StringField(_l("有权处理的机关"), [SHORT], [stripped])
    due_on = DateField(_l("法定或者建议期限"), [Optional()])
    expired = BooleanField(_l("信访人自己启动该途径的期限已经届满"))

    def offer(self, review: CaseReview) -> "AdviceForm":
        routes = rules_of(review).routes
        self.route.choices = [
            ("", gettext("不涉及法定途径")),
            *((code, f"{in_words(route)}（{route.law}）") for code, route in routes.items()),
        ]
        return self


class EnlargeForm(FlaskForm):
    seen = IntegerField(validators=[InputRequired()])


class OfficeForm(FlaskForm):
    seen = HiddenField(validators=[InputRequired()])
    held_on = DateField(_l("会议日期"), [InputRequired(DAY)])
    attended = TextAreaField(_l("参会人员"), [required(_l("请填写参会人员。")), MEDIUM], [stripped])
    minutes = TextAreaField(_l("会议纪要"), [required(_l("请填写会议纪要。")), LONG], [stripped])
    grade = SelectField(_l("会议决定的等次"))
    outcome = SelectField(_l("会议决定的处理结果"))

    def offer(self, review: CaseReview) -> "OfficeForm":
        rules = rules_of(review)
        self.grade.choices = [
            ("", gettext("评查组已有决定")),
            *((grade, f"{grade} {in_words(rules.grade_label(grade))}") for grade in GRADES),
        ]
        self.outcome.choices = [
            ("", gettext("评查组已有决定")),
            *((code, in_words(outcome)) for code, outcome in rules.outcomes.items()),
        ]
        return self


class CommentForm(FlaskForm):
    kind = RadioField(_l("事项"), [InputRequired(CHOOSE)])
    text = TextAreaField(
        _l("内容"), [required(_l("请填写内容。")), Length(max=500, message=_l("最多500个字。"))], [stripped]
    )

    def offer(self) -> "CommentForm":
        self.kind.choices = [(kind.value, gettext(INTERVENTION_LABELS[kind])) for kind in LEADER_KINDS]
        return self


class InterventionForm(FlaskForm):
    who = StringField(_l("何人"), [required(_l("请写明何人。")), SHORT], [stripped])
    post = StringField(_l("单位和职务"), [SHORT], [stripped])
    channel = SelectField(_l("方式"), [InputRequired(CHOOSE)])
    at = DateTimeLocalField(_l("何时"), [InputRequired(_l("请填写时间，例如2024-05-01 09:30。"))])
    content = TextAreaField(_l("说了什么、要求什么"), [required(_l("请写明内容。")), MEDIUM], [stripped])

    def offer(self) -> "InterventionForm":
        self.channel.choices = [
            (one.value, gettext(label))
            for one, label in CHANNEL_LABELS.items()
            if one is not Channel.PLATFORM
        ]
        return self


class ReasonForm(FlaskForm):
    """Why the auditor reads."""

    reason = TextAreaField(_l("查阅理由"), [required(_l("请写明查阅理由。")), Length(max=500)], [stripped])
