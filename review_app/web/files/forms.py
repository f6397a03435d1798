"""Forms of the file: volumes, uploads, changes of a document."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from review_app.reviews.files import LONGEST_TITLE
from review_app.reviews.states import VOLUME_LABELS, VolumeKind


def stripped(text: str | None) -> str:
    return (text or "").strip()


class VolumeForm(FlaskForm):
    kind = SelectField(_l("卷别"), [InputRequired(_l("请选择卷别。"))], coerce=VolumeKind)
    title = StringField(
        _l("卷名"),
        [
            InputRequired(_l("请填写卷名，例如“执行卷宗第1册”。")),
            Length(max=LONGEST_TITLE, message=_l("卷名最多80个字。")),
        ],
        [stripped],
    )

    def offer(self) -> None:
        self.kind.choices = [(kind.value, gettext(label)) for kind, label in VOLUME_LABELS.items()]


class UploadForm(FlaskForm):
    files = MultipleFileField(_l("文件"), [FileRequired(_l("请选择要上传的文件。"))])
    not_secret = BooleanField(
        _l("我已核对：这些文件都不含国家秘密（绝密、机密、秘密）"),
        [InputRequired(_l("请先核对并确认不含国家秘密。涉密文件一律不得上传。"))],
    )


class RenameForm(FlaskForm):
    title = StringField(
        _l("名称"),
        [InputRequired(_l("请填写名称。")), Length(max=LONGEST_TITLE, message=_l("名称最多80个字。"))],
        [stripped],
    )
    seen = HiddenField()

    def seen_version(self) -> int:
        """The row version that the page showed; 0, which no row has, when the page lost it."""
        typed = self.seen.data or ""
        return int(typed) if typed.isdigit() and len(typed) < 10 else 0


class ReasonForm(FlaskForm):
    reason = TextAreaField(
        _l("理由"),
        [InputRequired(_l("请写明理由。")), Length(max=500, message=_l("理由最多500个字。"))],
        [stripped],
    )
