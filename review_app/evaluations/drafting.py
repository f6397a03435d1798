"""Writing on one's own draft: fields, deductions, vetoes, provisions. A draft may be incomplete and is saved
as often as one likes; nothing of it is logged but that it was opened and signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.errors import N_, EditConflict, NotAllowed, ReviewError
from review_app.evaluations.answers import PART_NAME, as_typed, read_answer
from review_app.evaluations.models import Deduction, EvalForm, FormAnswer, LawCitation, VetoProposal
from review_app.evaluations.rules import can_fill, holds
from review_app.evaluations.states import FormState
from review_app.form_templates.reading import catalogue_of, rules_of
from review_app.reviews.states import ReviewState

Part = Deduction | VetoProposal | LawCitation | FormAnswer
Served = Deduction | VetoProposal | FormAnswer


@dataclass(frozen=True)
class Saved:
    """What became of a saved draft: its new ``edition``, fields that could not be read with the reason, and
    fields somebody (the same person in another window) changed since the reader's edition."""

    edition: int
    refused: Mapping[str, ReviewError] = field(default_factory=dict)
    elsewhere: Mapping[str, object] = field(default_factory=dict)


def must_be_open(form: EvalForm, by: Person) -> None:
    """Raises NotAllowed for anybody else's form, ReviewError when the own one can no longer be written on."""
    if not holds(by, form):
        raise NotAllowed
    if form.state is FormState.SIGNED:
        raise ReviewError(N_("评查表已签名，内容不能再修改。"))
    if form.review.state is not ReviewState.READING:
        raise ReviewError(N_("评查项目现在不在阅卷评查环节，评查表不能填写。已保存的内容保留不变。"))
    if not can_fill(by, form):
        raise NotAllowed


def save_draft(
    session: Session,
    form: EvalForm,
    answers: Mapping[str, Sequence[str]],
    *,
    edition: int,
    by: Person,
    now: datetime,
) -> Saved:
    """Save what was typed into the fields ``answers`` (names of ``evaluations.answers``); ``edition`` is the
    one the writer had before him. What cannot be read is refused by field, the rest is saved.

    Raises EditConflict, and saves nothing, when a field was meanwhile changed to something else in another
    window: ``theirs`` maps its name to what stands there now.
    """
    must_be_open(form, by)
    wanted, refused = read_answers(form, answers)
    changed = {name: value for name, value in wanted.items() if present(form, name) != value}
    theirs = {name: as_typed(present(form, name)) for name in changed if newer(form, name, edition)}
    if theirs:
        raise EditConflict(
            N_("另一窗口已修改了同一处内容。您输入的文字仍在，请比较后决定保留哪一版。"), theirs=dict(theirs)
        )
    elsewhere = {
        name: as_typed(present(form, name)) if place_of(form, name) else None
        for name, at in form.field_editions.items()
        if at > edition
    }
    if changed:
        write(form, changed, now=now)
        session.flush()
    return Saved(form.edition, refused, elsewhere)


def read_answers(
    form: EvalForm, answers: Mapping[str, Sequence[str]]
) -> tuple[dict[str, object], dict[str, ReviewError]]:
    wanted: dict[str, object] = {}
    refused: dict[str, ReviewError] = {}
    for name, values in answers.items():
        try:
            wanted[name] = read_answer(name, values)
            if place_of(form, name) is None:
                raise ReviewError(N_("这一项已在另一窗口移除，此处的文字没有保存。"))
        except ReviewError as error:
            wanted.pop(name, None)
            refused[name] = error
    return wanted, refused


def write(form: EvalForm, changed: Mapping[str, object], *, now: datetime) -> None:
    for name, value in changed.items():
        place = place_of(form, name)
        if place is not None:
            setattr(place, name.rpartition(".")[2], value)
    for name in changed:
        follow_severity(form, name, changed)
    touch(form, *changed, now=now)


def follow_severity(form: EvalForm, name: str, changed: Mapping[str, object]) -> None:
    """Points that no longer fit a newly chosen severity become its default, unless typed in the same save."""
    part = place_of(form, name)
    if not isinstance(part, Deduction) or not name.endswith(".severity"):
        return
    lowest, default, highest = rules_of(form).grading.severity_points[part.severity]
    typed = f"deduction.{part.seq}.points"
    if typed not in changed and not lowest <= part.points <= highest:
        part.points = default


def place_of(form: EvalForm, name: str) -> Any:
    """The stored thing that carries the field ``name``; None when it is not (or no longer) on the form."""
    head, _dot, rest = name.partition(".")
    if not rest:
        return form if hasattr(form, head) else None
    if found := PART_NAME.match(name):
        return part_of(form, f"{found[1]}.{found[2]}")
    return next((note for note in form.notes if note.dimension == head), None)


def part_of(form: EvalForm, target: str) -> Part | None:
    """The deduction, veto, provision or extra field called ``deduction.3``, ``veto.4``, ``law.5``, ``field.6``."""
    kinds: dict[str, Sequence[Part]] = {
        "deduction": form.deductions, "veto": form.veto_proposals, "law": form.law_citations,
        "field": form.answers,
    }  # fmt: skip
    kind, _dot, seq = target.partition(".")
    return next((part for part in kinds.get(kind, ()) if str(part.seq) == seq), None)


def present(form: EvalForm, name: str) -> object:
    return getattr(place_of(form, name), name.rpartition(".")[2], None)


def newer(form: EvalForm, name: str, edition: int) -> bool:
    return form.field_editions.get(name, 0) > edition


def touch(form: EvalForm, *names: str, now: datetime) -> None:
    """A new edition of the form, in which ``names`` changed."""
    form.edition += 1
    form.saved_at = now
    form.field_editions = {**form.field_editions, **dict.fromkeys(names, form.edition)}


def next_seq(form: EvalForm) -> int:
    form.last_seq += 1
    return form.last_seq


def add_deduction(session: Session, form: EvalForm, code: str, *, by: Person, now: datetime) -> Deduction:
    """Put an item of the catalogue on the form, with its usual severity and that severity's default points."""
    must_be_open(form, by)
    item = catalogue_of(form).for_template(form.template).get(code)
    if item is None:
        raise ReviewError(N_("本评查表没有扣分项%(code)s，请从目录中选择。"), code=code[:20] or "—")
    rules = rules_of(form)
    deduction = Deduction(
        form=form, seq=next_seq(form), code=code, severity=item.severity,
        points=rules.grading.default_points(item.severity), created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(deduction)
    touch(form, f"deduction.{deduction.seq}.code", now=now)
    session.flush()
    return deduction


def add_veto(session: Session, form: EvalForm, code: str, *, by: Person, now: datetime) -> VetoProposal:
    """Propose a veto that stands without a deduction (V10 with proof, V11 with a document number)."""
    must_be_open(form, by)
    item = catalogue_of(form).vetoes.get(code)
    if item is None or not item.alone:
        raise ReviewError(N_("这个否决项须随扣分项提出：请在相应扣分项中选择。"))
    if any(veto.code == code for veto in form.veto_proposals):
        raise ReviewError(N_("%(code)s已经提出。"), code=code)
    veto = VetoProposal(form=form, seq=next_seq(form), code=code, created_at=now, created_by_id=by.id)
    session.add(veto)
    touch(form, f"veto.{veto.seq}.code", now=now)
    session.flush()
    return veto


def add_law(
    session: Session,
    form: EvalForm,
    target: str,
    *,
    by: Person,
    now: datetime,
    law: str = "",
    version: str = "",
    article: str = "",
    text: str = "",
    act_on: date | None = None,
) -> LawCitation:
    """Cite a provision for the deduction, veto or extra field ``target``, chosen by the law of the day ``act_on``; empty
    fields are filled in on the form."""
    must_be_open(form, by)
    citation = LawCitation(
        form=form, seq=next_seq(form), **target_on(form, target), law=law, version=version,
        article=article, text=text, act_on=act_on, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(citation)
    touch(form, f"law.{citation.seq}.law", now=now)
    session.flush()
    return citation


def target_on(form: EvalForm, target: str) -> dict[str, Any]:
    """What ``target`` names, under the name evidence keeps it by; three Nones for the empty name. Raises ReviewError
    when it is gone."""
    part = part_of(form, target) if target else None
    if target and not isinstance(part, Deduction | VetoProposal | FormAnswer):
        raise ReviewError(N_("该扣分项已不在评查表上，请重新选择。"))
    kinds = {"deduction": Deduction, "veto": VetoProposal, "answer": FormAnswer}
    return {name: part if isinstance(part, kind) else None for name, kind in kinds.items()}


def remove_part(session: Session, form: EvalForm, target: str, *, by: Person, now: datetime) -> None:
    """Take a deduction, veto or provision off the form. Quotes and precedents marked for it stay on the form,
    free to be used elsewhere; its provisions go with it. The row is kept."""
    must_be_open(form, by)
    part = part_of(form, target)
    if part is None or isinstance(part, FormAnswer):
        return
    part.removed_at = now
    for loose in (*form.quotes, *form.precedent_citations, *form.law_citations):
        if belongs_to(loose, part):
            let_go(loose, now=now)
    touch(form, f"{target}.removed", now=now)
    session.flush()


def belongs_to(loose: Any, part: Part) -> bool:
    if isinstance(part, Deduction):
        return bool(loose.deduction_id == part.id)
    return isinstance(part, VetoProposal) and getattr(loose, "veto_id", None) == part.id


def let_go(loose: Any, *, now: datetime) -> None:
    if isinstance(loose, LawCitation):
        loose.removed_at = now
        return
    loose.deduction = None
    if hasattr(loose, "veto"):
        loose.veto = None
