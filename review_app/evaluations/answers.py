"""The fields of a form by name, as pages and imports write them: which there are, and how what was typed is
read. A name is ``D4.text``, ``minutes_spent``, or ``deduction.3.points`` with the number on the form."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from review_app.errors import N_, ReviewError
from review_app.evaluations.form_input import RecordReason
from review_app.evaluations.states import ReadingMethod
from review_app.reviews.states import Outcome
from review_app.rulebook.rules import DIMENSIONS, GRADES, SEVERITIES

LONGEST_TEXT = 20_000
LONGEST_LINE = 300
MOST_MINUTES = 60 * 24 * 30

Values = Sequence[str]
Reading = Callable[[Values], object]


def last(values: Values) -> str:
    return values[-1] if values else ""


def text(values: Values) -> str:
    """Running text; line ends as browsers send them become plain."""
    written = last(values).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(written) > LONGEST_TEXT:
        raise ReviewError(N_("文字超过%(limit)s个字，请分段或者精简。"), limit=LONGEST_TEXT)
    return written


def line(values: Values) -> str:
    written = " ".join(text(values).split())
    if len(written) > LONGEST_LINE:
        raise ReviewError(N_("此处最多%(limit)s个字。"), limit=LONGEST_LINE)
    return written


def tick(values: Values) -> bool:
    return any(values)


def several(values: Values) -> list[str]:
    return sorted({value for value in values if value})


def numbers(values: Values) -> list[int]:
    return sorted({int(value) for value in values if re.fullmatch(r"\d{1,6}", value)})


def one_of(allowed: Sequence[str]) -> Reading:
    def read(values: Values) -> str | None:
        chosen = last(values)
        if chosen and chosen not in allowed:
            raise ReviewError(N_("没有“%(value)s”这个选项。"), value=chosen[:40])
        return chosen or None

    return read


def severity(values: Values) -> str:
    chosen = one_of(SEVERITIES)(values)
    if not chosen:
        raise ReviewError(N_("请选择严重程度。"))
    return str(chosen)


def veto_code(values: Values) -> str | None:
    """A veto to propose with a deduction; whether it may go with it is said by scoring."""
    return line(values)[:10] or None


def outcome(values: Values) -> Outcome | None:
    chosen = one_of(tuple(Outcome))(values)
    return Outcome(str(chosen)) if chosen else None


def method(values: Values) -> ReadingMethod | None:
    chosen = one_of(tuple(ReadingMethod))(values)
    return ReadingMethod(str(chosen)) if chosen else None


def record_reason(values: Values) -> RecordReason | None:
    chosen = one_of(tuple(RecordReason))(values)
    return RecordReason(str(chosen)) if chosen else None


def minutes(values: Values) -> int | None:
    typed = last(values).strip()
    if not typed:
        return None
    if not re.fullmatch(r"\d{1,5}", typed, re.ASCII) or int(typed) > MOST_MINUTES:
        raise ReviewError(N_("请填写用时的分钟数，例如180。"))
    return int(typed)


def points(values: Values) -> Decimal:
    """Points as typed; whether they fit the severity is said by scoring."""
    try:
        typed = Decimal(last(values).strip() or "0")
    except InvalidOperation:
        typed = Decimal("NaN")
    if not typed.is_finite() or not 0 <= typed <= 100 or -int(typed.as_tuple().exponent) > 3:
        raise ReviewError(N_("扣分应当是数字，例如3或者1.5。"))
    return typed.normalize() if typed else Decimal(0)


def day(values: Values) -> date | None:
    typed = last(values).strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ReviewError(N_("请填写日期，例如2020-09-01。")) from None


FORM_FIELDS: dict[str, Reading] = {
    "highlights": text,
    "proposed_grade": one_of(GRADES),
    "proposed_outcome": outcome,
    "proposed_routes": several,
    "proposed_measures": several,
    "proposal_reasons": text,
    "reserves_dissent": tick,
    "volumes_read": numbers,
    "reading_note": text,
    "method": method,
    "minutes_spent": minutes,
}
DIMENSION_FIELDS: dict[str, Reading] = {"text": text, "clean": tick, "not_applicable": tick}
DEDUCTION_FIELDS: dict[str, Reading] = {
    "severity": severity,
    "points": points,
    "locus": line,
    "note": text,
    "veto_code": veto_code,
    "record_reason": record_reason,
}
VETO_FIELDS: dict[str, Reading] = {"document_no": line, "note": text}
LAW_FIELDS: dict[str, Reading] = {"law": line, "version": line, "article": line, "text": text, "act_on": day}
EXTRA_FIELDS: dict[str, Reading] = {
    "value": text,
    "chosen": several,
    "not_applicable": tick,
    "reason": text,
}
PART_FIELDS = {
    "deduction": DEDUCTION_FIELDS,
    "veto": VETO_FIELDS,
    "law": LAW_FIELDS,
    "field": EXTRA_FIELDS,
}

DIMENSION_NAME = re.compile(rf"({'|'.join(DIMENSIONS)})\.(\w+)")
PART_NAME = re.compile(r"(deduction|veto|law|field)\.(\d{1,6})\.(\w+)", re.ASCII)


def reading_for(name: str) -> Reading | None:
    """How the field ``name`` is read; None when a form has no such field."""
    if name in FORM_FIELDS:
        return FORM_FIELDS[name]
    if found := DIMENSION_NAME.fullmatch(name):
        return DIMENSION_FIELDS.get(found[2])
    if found := PART_NAME.fullmatch(name):
        return PART_FIELDS[found[1]].get(found[3])
    return None


def read_answer(name: str, values: Values) -> object:
    """The value typed into ``name``. Raises ReviewError when it cannot be read."""
    reading = reading_for(name)
    if reading is None:
        raise ReviewError(N_("评查表没有“%(name)s”这一栏。"), name=name[:60])
    return reading(values)


def as_typed(value: object) -> str | list[str] | bool:
    """A stored value as the page would show it in its field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [str(one) for one in value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
