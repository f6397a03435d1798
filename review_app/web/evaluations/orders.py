"""The buttons of the desk. Each is an order ``verb`` or ``verb:object``; it is carried out after what was typed
is saved, and says where the page should stand afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request
from flask_babel import gettext

from review_app.errors import N_, ReviewError
from review_app.evaluations import drafting, quoting
from review_app.evaluations.law_choice import add_article, known_act_day
from review_app.evaluations.models import EvalForm
from review_app.evaluations.provisions import provision_of
from review_app.form_templates.reading import catalogue_of
from review_app.web.evaluations.desk import anchor_of
from review_app.web.evaluations.forms import LawForm, PlainQuoteForm
from review_app.web.evaluations.viewer import Place, place_of
from review_app.web.request import now, person, session


@dataclass(frozen=True)
class Landing:
    """Where the desk opens next: an element, a dimension to unfold, a page of the file, a word of success."""

    anchor: str = ""
    dimension: str = ""
    place: Place | None = None
    done: str = ""
    sign: bool = False
    law: Mapping[str, str] = field(default_factory=dict)
    """the search for an article, to be shown again"""


def nothing(form: EvalForm, what: str) -> Landing:
    """Only save; Enter in the search field adds what it names."""
    if request.form.get("add_code", "").strip():
        return deduct(form, "")
    return Landing(done=gettext("草稿已保存。"))


def go(form: EvalForm, what: str) -> Landing:
    """``go:5:2`` document and page; plain ``go`` reads them from the fields."""
    given = what.split(":") if what else [request.form.get("document", ""), request.form.get("page", "1")]
    numbers = [int(one) if one.isdecimal() and len(one) < 10 else 1 for one in given]
    if len(numbers) != 2:
        return Landing()
    return Landing(anchor="file-pane", place=Place(numbers[0], numbers[1]))


def find(form: EvalForm, what: str) -> Landing:
    """Look for words in the whole file; the page that is open stays."""
    return Landing(
        "file-pane", place=found_at(request.form.get("document", ""), request.form.get("page", ""))
    )


def hit(form: EvalForm, what: str) -> Landing:
    """``hit:5:2:10:14`` a place found: document, page and the characters to mark; the list of places stays."""
    return Landing("file-pane", place=found_at(*what.split(":")))


def found_at(*given: str) -> Place:
    numbers = [int(one) if one.isdecimal() and len(one) < 16 else 0 for one in given]
    document_id, page, start, end = (*numbers, 0, 0, 0, 0)[:4]
    words = request.form.get("find", "").strip()[:100]
    return Place(document_id or None, page or 1, start if end else None, end or None, find=words)


def deduct(form: EvalForm, what: str) -> Landing:
    """Add from the search field, or from the list of one dimension (``deduct:D4``)."""
    typed = request.form.get(f"add_{what}" if what else "add_code", "")
    code = typed.strip().partition(" ")[0].upper()
    deduction = drafting.add_deduction(session(), form, code, by=person(), now=now())
    return Landing(
        f"deduction-{deduction.seq}", deduction.dimension, done=gettext("已加入扣分项%(code)s。", code=code)
    )


def propose_veto(form: EvalForm, what: str) -> Landing:
    veto = drafting.add_veto(session(), form, what, by=person(), now=now())
    return Landing(f"veto-{veto.seq}", "vetoes", done=gettext("已提出%(code)s。", code=what))


def cite(form: EvalForm, what: str) -> Landing:
    """``law:deduction.3`` an empty row, ``law:deduction.3:0`` the first provision the catalogue offers."""
    target, _colon, number = what.partition(":")
    offered = offered_law(form, target)
    named = offered[int(number)] if number.isdecimal() and int(number) < len(offered) else ""
    parts = provision_of(named)
    law = drafting.add_law(
        session(), form, target, law=parts.law, version=parts.version, article=parts.article,
        by=person(), now=now(),
    )  # fmt: skip
    return Landing(anchor_of(f"law.{law.seq}.law"), dimension_named(form, target))


def law_for(form: EvalForm, what: str) -> Landing:
    """Begin to look for an article that shall serve ``what``, by the day its provisions go by."""
    day = known_act_day(form, what)
    known = {"law_on": day.isoformat()} if day else {}
    return Landing("law-find", "laws", law=searched() | {"law_for": what} | known)


def find_law(form: EvalForm, what: str) -> Landing:
    return Landing("law-find", "laws", law=searched())


def searched() -> dict[str, str]:
    return {name: request.form.get(name, "")[:100] for name in ("law_find", "law_on", "law_for")}


def pick_law(form: EvalForm, what: str) -> Landing:
    """``pick-law:17``: article 17 of the library, by the law of the day in the field beside."""
    target = request.form.get("law_for", "")
    law = add_article(
        session(), form, target, number(what), on=chosen_day(), by=person(), now=now()
    )  # fmt: skip
    return Landing(
        anchor_of(f"law.{law.seq}"), dimension_named(form, target), done=gettext("已引用%(law)s。", law=law.law + law.article)
    )  # fmt: skip


def chosen_day() -> date:
    asked = LawForm(request.form)
    if not asked.validate() or asked.law_on.data is None:
        raise ReviewError(N_("请填写行为日，再选择法条。"))
    return asked.law_on.data


def offered_law(form: EvalForm, target: str) -> tuple[str, ...]:
    part = drafting.part_of(form, target)
    code = getattr(part, "code", "")
    catalogue = catalogue_of(form)
    return catalogue.deductions[code].law if code in catalogue.deductions else ()


def dimension_named(form: EvalForm, target: str) -> str:
    if target.startswith("field."):
        return "extra"
    return str(getattr(drafting.part_of(form, target), "dimension", "vetoes"))


def remove(form: EvalForm, what: str) -> Landing:
    dimension = dimension_named(form, what)
    drafting.remove_part(session(), form, what, by=person(), now=now())
    return Landing(dimension, dimension, done=gettext("已移除；摘录保留在“待用摘录”中。"))


def quote_words(form: EvalForm, what: str) -> Landing:
    """The plain way: words typed or pasted, checked against the page."""
    asked = PlainQuoteForm()
    if not asked.validate():
        raise ReviewError(N_("请填写摘录的材料、页码和文字。"))
    document_id, page = asked.document.data or 0, asked.page.data or 0
    target = quoting.target_for(session(), form, asked.quote_target.data or "", by=person(), now=now())
    kept = quoting.add_quote_by_words(
        session(), form, document_id=document_id, page=page, words=asked.quote_words.data or "",
        target=target, by=person(), now=now(),
    )  # fmt: skip
    place = Place(document_id, page, kept.start, kept.end)
    return Landing(f"quote-{kept.seq}", place=place, done=gettext("摘录已核对并保存。"))


def use(form: EvalForm, what: str) -> Landing:
    """A kept quote serves what the list beside it names."""
    target = request.form.get(f"use_{what}", "")
    quoting.use_quote(session(), form, number(what), target, by=person(), now=now())
    return Landing(f"quote-{what}", dimension_named(form, target) if target else "tray")


def use_case(form: EvalForm, what: str) -> Landing:
    """A cited case serves what the list beside it names."""
    target = request.form.get(f"case_for_{what}", "")
    quoting.use_precedent(session(), form, number(what), target, by=person(), now=now())
    return Landing(f"case-{what}", dimension_named(form, target) if target else "cases")


def show(form: EvalForm, what: str) -> Landing:
    """Open the page a quote stands on."""
    kept = quoting.quote_on(form, number(what))
    return Landing("file-pane", place=place_of(kept)) if kept else Landing()


def free(form: EvalForm, what: str) -> Landing:
    quoting.use_quote(session(), form, number(what), "", by=person(), now=now())
    return Landing(f"quote-{what}", "tray", done=gettext("摘录已移到“待用摘录”。"))


def drop(form: EvalForm, what: str) -> Landing:
    quoting.remove_quote(session(), form, number(what), by=person(), now=now())
    return Landing(done=gettext("摘录已移除。"))


def drop_case(form: EvalForm, what: str) -> Landing:
    quoting.remove_precedent(session(), form, number(what), by=person(), now=now())
    return Landing(done=gettext("案例引用已移除。"))


def to_sign(form: EvalForm, what: str) -> Landing:
    return Landing(sign=True)


def number(what: str) -> int:
    return int(what) if what.isdecimal() and len(what) < 7 else 0


ORDERS: dict[str, Callable[[EvalForm, str], Landing]] = {
    "save": nothing, "go": go, "find": find, "hit": hit, "deduct": deduct, "veto": propose_veto, "law": cite, "law-for": law_for, "find-law": find_law, "pick-law": pick_law, "remove": remove,
    "quote": quote_words, "use": use, "show": show, "free": free, "drop": drop, "drop-case": drop_case, "use-case": use_case, "sign": to_sign,
}  # fmt: skip


def carry_out(form: EvalForm, order: str) -> Landing:
    """Do what the pressed button says."""
    verb, _colon, what = order.partition(":")
    return ORDERS.get(verb, nothing)(form, what)
