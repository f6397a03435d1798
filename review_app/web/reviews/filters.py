"""The filter above the list of reviews."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SearchField, SelectField
from wtforms.validators import Length, NumberRange, Optional

from review_app.organisations.models import Organisation
from review_app.reviews.listing import ReviewFilter
from review_app.reviews.states import STATE_LABELS, TEMPLATE_LABELS, ReviewState
from review_app.web.reviews.forms import labelled, stripped

DOUBT = {"": None, "yes": True, "no": False}


class ListForm(FlaskForm):
    words = SearchField(_l("编号或者案号"), [Length(max=80)], [stripped])
    state = SelectField(_l("状态"), default="")
    template = SelectField(_l("评查表"), default="")
    organ = SelectField(_l("被评查单位"), coerce=int, default=0)
    doubt = SelectField(_l("是否存疑"), default="")
    grade = SelectField(_l("等次（已发）"), default="")
    page = IntegerField(validators=[Optional(), NumberRange(1, 100_000)])

    def offer(self, organs: Sequence[Organisation]) -> None:
        everything = ("", gettext("全部"))
        self.state.choices = [everything, *labelled(STATE_LABELS)]
        self.template.choices = [everything, *labelled(TEMPLATE_LABELS)]
        self.organ.choices = [(0, gettext("全部")), *((organ.id, organ.name) for organ in organs)]
        self.doubt.choices = [everything, ("yes", gettext("存疑")), ("no", gettext("不存疑"))]
        self.grade.choices = [everything, *((grade, grade) for grade in "ABCD")]

    def wanted(self) -> ReviewFilter:
        """The filter; what is not understood does not narrow."""
        if not self.validate():
            return ReviewFilter()
        return ReviewFilter(
            state=ReviewState(self.state.data) if self.state.data else None,
            template=self.template.data or "",
            reviewed_org_id=self.organ.data or None,
            doubt=DOUBT[self.doubt.data or ""],
            grade=self.grade.data or "",
            words=self.words.data or "",
        )
