"""Which extra fields are shown and which must be filled: one function for page, signature and Word form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from review_app.errors import N_
from review_app.form_templates.content import Condition, ExtraField
from review_app.form_templates.states import CHOOSING, CITING, FieldKind
from review_app.rulebook.reading import Problem, problem


@dataclass(frozen=True)
class Answer:
    """What stands in one field: ``value`` as typed, ``chosen`` choices, ``cited`` pieces of evidence attached.
    ``not_applicable`` with ``reason`` is an answer of its own, never a zero."""

    value: str = ""
    chosen: tuple[str, ...] = ()
    cited: int = 0
    not_applicable: bool = False
    reason: str = ""

    @property
    def empty(self) -> bool:
        return not (self.value.strip() or self.chosen or self.cited or self.not_applicable)


@dataclass(frozen=True)
class FieldState:
    """Whether a field stands on the form now, and whether it must be answered before the signature."""

    shown: bool
    required: bool


SHORTEST_REASON = 5
BLANK = Answer()


def field_states(fields: Mapping[str, ExtraField], answers: Mapping[str, Answer]) -> dict[str, FieldState]:
    """The state of every field, in the order given. A condition that looks at a hidden field does not hold."""
    states: dict[str, FieldState] = {}
    for code, field in fields.items():
        shown = field.shown_if is None or holds(field.shown_if, states, answers)
        asked = field.required or (
            field.required_if is not None and holds(field.required_if, states, answers)
        )
        states[code] = FieldState(shown, shown and asked)
    return states


def holds(condition: Condition, states: Mapping[str, FieldState], answers: Mapping[str, Answer]) -> bool:
    source = answers.get(condition.field, BLANK)
    visible = condition.field in states and states[condition.field].shown
    return visible and not source.not_applicable and condition.equals in source.chosen


def field_problems(fields: Mapping[str, ExtraField], answers: Mapping[str, Answer]) -> list[Problem]:
    """What keeps the extra fields from being signed; ``path`` is ``fields.F3``. What is hidden is not asked."""
    states = field_states(fields, answers)
    found = (
        problem_of(code, field, answers.get(code, BLANK), states[code]) for code, field in fields.items()
    )
    return [one for one in found if one is not None]


def problem_of(code: str, field: ExtraField, answer: Answer, state: FieldState) -> Problem | None:
    place = f"fields.{code}"
    if not state.shown:
        return None
    if answer.not_applicable:
        if not field.may_not_apply:
            return problem("not_applicable", place, N_("本栏不能填“不适用”。"))
        if len(answer.reason.strip()) < SHORTEST_REASON:
            return problem("reason_missing", place, N_("填“不适用”的，请写明理由。"))
        return None
    if answer.empty:
        return problem("answer_missing", place, N_("请填写本栏。")) if state.required else None
    return wrong_value(place, field, answer)


def wrong_value(place: str, field: ExtraField, answer: Answer) -> Problem | None:
    """What was answered but is not an answer to this field."""
    if field.kind in CITING or field.kind is FieldKind.TEXT:
        return None
    if field.kind in CHOOSING:
        return wrong_choice(place, field, answer)
    if field.kind is FieldKind.DATE:
        return None if is_day(answer.value) else problem("date", place, N_("请填写日期，例如2020-09-01。"))
    return wrong_number(place, field, answer.value)


def wrong_choice(place: str, field: ExtraField, answer: Answer) -> Problem | None:
    known = {one.value for one in field.choices}
    if not set(answer.chosen) <= known:
        return problem("choice", place, N_("所选的选项已不在本栏。请重新选择。"))
    if field.kind is FieldKind.SINGLE and len(answer.chosen) > 1:
        return problem("choice", place, N_("本栏只能选一项。"))
    return None


def is_day(typed: str) -> bool:
    try:
        return bool(date.fromisoformat(typed.strip()))
    except ValueError:
        return False


def wrong_number(place: str, field: ExtraField, typed: str) -> Problem | None:
    try:
        number = Decimal(typed.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        return problem("number", place, N_("请填写数字。"))
    if field.lowest is not None and number < field.lowest:
        return problem("range", place, N_("不能小于%(limit)s。"), limit=f"{field.lowest:f}")
    if field.highest is not None and number > field.highest:
        return problem("range", place, N_("不能大于%(limit)s。"), limit=f"{field.highest:f}")
    return None
