"""Forms of the desk's smaller pages. The desk itself has fields by name (``evaluations.answers``)."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    PasswordField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from review_app.web.accounts.codes import code_field

LARGEST_ID = 10**15 - 1


class SignForm(FlaskForm):
    """Signing: the declaration and the password; ``edition`` is what was read on the page."""

    edition = HiddenField(validators=[InputRequired()])
    declared = BooleanField(
        _l("本人独立阅卷、独立评查，签名前未与其他评查组成员交换评查意见，未接受任何人对实体结论的要求。"),
        validators=[InputRequired(_l("请先确认独立评查声明。"))],
    )
    password = PasswordField(_l("登录密码"), validators=[InputRequired(_l("请输入登录密码。"))])
    code = code_field()


class AuditReasonForm(FlaskForm):
    """Why the auditor reads."""

    reason = TextAreaField(
        _l("查阅理由"), validators=[InputRequired(_l("请写明查阅理由。")), Length(max=500)]
    )


class WithdrawForm(FlaskForm):
    """Why a signed form shall be taken back."""

    reason = TextAreaField(
        _l("撤回的理由"), validators=[InputRequired(_l("请写明撤回的理由。")), Length(max=500)]
    )


class WithdrawalDecisionForm(FlaskForm):
    """The decision on a request: the button pressed says which."""

    answer = TextAreaField(_l("答复（不同意的必须写明）"), validators=[Length(max=500)])


class PlaceForm(FlaskForm):
    """Where to read in the file; comes by address."""

    class Meta:
        csrf = False

    document = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_ID)])
    page = IntegerField(validators=[Optional(), NumberRange(1, 10**6)])
    start = IntegerField(validators=[Optional(), NumberRange(0, 10**7)])
    end = IntegerField(validators=[Optional(), NumberRange(0, 10**7)])
    quote = IntegerField(validators=[Optional(), NumberRange(1, 10**6)])
    find = StringField(validators=[Optional(), Length(max=100)])


class LawForm(FlaskForm):
    """Looking for an article: what is typed, the day of the act, what it shall serve; comes by address."""

    class Meta:
        csrf = False

    law_find = StringField(validators=[Optional(), Length(max=100)])
    law_on = DateField(validators=[Optional()])
    law_for = StringField(validators=[Optional(), Length(max=40)])


class QuoteForm(FlaskForm):
    """Words selected on a page: document, page, range in code points, the words, what they prove."""

    document_id = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    page = IntegerField(validators=[InputRequired(), NumberRange(1, 10**6)])
    start = IntegerField(validators=[InputRequired(), NumberRange(0, 10**7)])
    end = IntegerField(validators=[InputRequired(), NumberRange(0, 10**7)])
    text = StringField(validators=[InputRequired(), Length(max=2000)], filters=[])
    target = StringField(validators=[Length(max=40)])


class PlainQuoteForm(FlaskForm):
    """The same without selecting: words typed or pasted."""

    document = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    page = IntegerField(validators=[InputRequired(), NumberRange(1, 10**6)])
    quote_words = StringField(validators=[InputRequired(), Length(max=2000)])
    quote_target = StringField(validators=[Length(max=40)])


class CitationForm(FlaskForm):
    """Words of a precedent, sent from the precedent's page; without a range their place is found."""

    precedent_id = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    start = IntegerField(validators=[Optional(), NumberRange(0, 10**8)])
    end = IntegerField(validators=[Optional(), NumberRange(0, 10**8)])
    quote = StringField(validators=[InputRequired(), Length(max=5000)])
    target = StringField(validators=[Length(max=40)])
