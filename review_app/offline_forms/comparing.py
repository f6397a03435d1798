"""What a filled document changes, what the form's web side changed meanwhile, and where the two differ.

Three versions of each field: what the document said when it was handed out (``base``), what it says now
(``mine``), what the form says now (``theirs``). Only fields changed in the document are written; where both
sides changed to different things, a person chooses."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from review_app.errors import ReviewError
from review_app.evaluations.answers import FORM_FIELDS, as_typed, read_answer
from review_app.evaluations.drafting import part_of, place_of, present
from review_app.evaluations.models import EvalForm, Quote
from review_app.offline_forms.reading import Filled
from review_app.offline_forms.sheet import DEDUCTION_FIELDS, TICKS, VETO_FIELDS, extra_names, may_not_apply
from review_app.offline_forms.wording import material_words

Values = list[str]
LONGEST_BY_CHARACTER = 1500
SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")
LAW_FIELDS = ("law", "version", "article", "text", "act_on")


@dataclass(frozen=True)
class Conflict:
    """A field both sides changed. ``theirs`` is None when the web side took its part off the form."""

    name: str
    base: str
    mine: str
    theirs: str | None
    is_text: bool = False


@dataclass(frozen=True)
class Differences:
    """``writes`` by the form's own names, ``gone`` are parts changed in the document but no longer on the form,
    ``removals`` parts the document takes off."""

    writes: Mapping[str, Values]
    conflicts: tuple[Conflict, ...]
    gone: tuple[str, ...]
    removals: tuple[str, ...]


def base_of(form: EvalForm) -> dict[str, Values]:
    """Every field of the form as a document says it."""
    names = [*FORM_FIELDS, *(f"{note.dimension}.{one}" for note in form.notes for one in ("text", "clean"))]
    names += [
        f"{note.dimension}.not_applicable" for note in form.notes if may_not_apply(form, note.dimension)
    ]
    names += [name for answer in form.answers for name in extra_names(form, answer)]
    for deduction in form.deductions:
        names += [f"deduction.{deduction.seq}.{one}" for one in ("code", *DEDUCTION_FIELDS)]
    for law in form.law_citations:
        names += [f"law.{law.seq}.{one}" for one in LAW_FIELDS]
    base = {name: said(form, name) for name in names}
    for quote in form.quotes:
        base[f"quote.{quote.seq}"] = [quote_place(quote), str(quote.page), quote.text]
    for veto in form.veto_proposals:
        base[f"veto.{veto.code}.propose"] = ["1"]
        base |= {f"veto.{veto.code}.{one}": [str(getattr(veto, one)).strip()] for one in VETO_FIELDS}
    return base


def quote_place(quote: Quote) -> str:
    return material_words(f"{quote.document.volume.number}-{quote.document.number}", quote.document)


def said(form: EvalForm, name: str) -> Values:
    """The stored value of a field as a document would say it."""
    value = as_typed(present(form, name))
    if isinstance(value, list):
        return value
    if isinstance(value, bool):
        return ["1"] if value else []
    return [value.strip()]


def differences(
    form: EvalForm, base: Mapping[str, Values], landed: Mapping[str, str], filled: Filled
) -> Differences:
    """What must be done so that the form says what was changed in the document."""
    writes: dict[str, Values] = {}
    conflicts: list[Conflict] = []
    gone: dict[str, None] = {}
    removals: list[str] = []
    for name, mine in filled.values.items():
        real = real_name(form, landed, name)
        if real is None or same(real, mine, base.get(real, blank_for(real))):
            continue
        part, _dot, short = real.rpartition(".")
        if short == "remove":
            removals += [part] if part_of(form, part) else []
        elif place_of(form, real) is None:
            gone[part] = None
        elif same(real, said(form, real), mine):
            continue
        elif same(real, said(form, real), base.get(real, blank_for(real))):
            writes[real] = mine
        else:
            conflicts.append(conflict(form, real, base.get(real, []), mine))
    taken_off = [part for part in removals if is_touched(form, base, part)]
    conflicts += [Conflict(f"{part}.remove", "", "1", "") for part in taken_off]
    writes = {name: values for name, values in writes.items() if name.rpartition(".")[0] not in removals}
    kept = tuple(one for one in conflicts if one.name.rpartition(".")[0] not in removals or is_removal(one))
    return Differences(
        writes, kept, tuple(gone), tuple(part for part in removals if part not in taken_off)
    )  # fmt: skip


def is_removal(one: Conflict) -> bool:
    return one.name.endswith(".remove")


def real_name(form: EvalForm, landed: Mapping[str, str], name: str) -> str | None:
    """The form's own name of a field of the document; None for what is not on the form yet (a blank
    deduction, a veto not proposed) and for what only the document shows."""
    target, _dot, field = name.rpartition(".")
    if target.startswith("new."):
        return f"{landed[target]}.{field}" if target in landed and field != "code" else None
    if target.startswith("veto.") or field == "code":
        return None
    return name


def conflict(form: EvalForm, name: str, base: Values, mine: Values) -> Conflict:
    is_text = name.rpartition(".")[2] in (
        "text",
        "note",
        "highlights",
        "proposal_reasons",
        "reading_note",
        "value",
    )
    return Conflict(name, "、".join(base), "、".join(mine), "、".join(said(form, name)), is_text)


def is_touched(form: EvalForm, base: Mapping[str, Values], part: str) -> bool:
    """Whether the web side changed the part since the document was handed out."""
    names = [name for name in base if name.startswith(f"{part}.")]
    return any(
        not same(name, said(form, name), base[name]) for name in names if not name.endswith(".code")
    )  # fmt: skip


def blank_for(name: str) -> Values:
    return [] if name.rpartition(".")[2] in TICKS else [""]


def same(name: str, one: Values, other: Values) -> bool:
    """Whether two values of a field mean the same."""
    return meant(name, one) == meant(name, other)


def meant(name: str, values: Values) -> object:
    """A value as the form would read it; what cannot be read counts by its letters."""
    if name.rpartition(".")[2] in TICKS:
        return bool(values)
    try:
        value = read_answer(name, values)
    except ReviewError:
        return [one.strip() for one in values]
    return value.strip() if isinstance(value, str) else value


def marked(before: str, after: str) -> Iterator[tuple[str, str]]:
    """``after`` against ``before`` in pieces: ``same``, ``out`` (only before), ``in`` (only after)."""
    old, new = units(before, after)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[a:b])
            continue
        if b > a:
            yield "out", "".join(old[a:b])
        if d > c:
            yield "in", "".join(new[c:d])


def units(*texts: str) -> list[list[str]]:
    """What is compared: characters, or of long texts sentences, because characters would take too long."""
    if max(map(len, texts)) <= LONGEST_BY_CHARACTER:
        return [list(text) for text in texts]
    return [SENTENCE.findall(text) for text in texts]
