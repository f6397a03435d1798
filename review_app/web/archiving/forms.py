"""The form of the archive package."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length


class ExportForm(FlaskForm):
    """Why the package is taken out."""

    reason = TextAreaField(
        _l("导出理由"), validators=[InputRequired(_l("请写明导出理由。")), Length(max=500)]
    )
