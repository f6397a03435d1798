"""Forms of the offline pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from review_app.offline_forms.service import FEWEST_BLANKS, MOST_BLANKS


class DownloadForm(FlaskForm):
    """How much room for new deductions."""

    blanks = IntegerField(
        _l("空白扣分项的数目"),
        default=6,
        validators=[InputRequired(), NumberRange(FEWEST_BLANKS, MOST_BLANKS)],
    )


class UploadForm(FlaskForm):
    """The filled document."""

    file = FileField(_l("填好的离线表（.docx）"), validators=[FileRequired(_l("请选择填好的离线表。"))])


class MergeForm(FlaskForm):
    """The choices have fields by name (``keep:D4.text``); ``edition`` is what was compared."""

    edition = HiddenField(validators=[InputRequired()])
