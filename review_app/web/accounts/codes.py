"""The field for the code of the second factor, wherever the password is asked for."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length


def code_field() -> StringField:
    return StringField(_l("动态验证码"), [Length(max=20)], [lambda text: "".join((text or "").split())])
