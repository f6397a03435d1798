"""Where something stands in a document, in words; and two versions of a field side by side."""

import re
from dataclasses import dataclass

from flask_babel import gettext

from review_app.errors import N_
from review_app.evaluations.drafting import part_of
from review_app.evaluations.models import EvalForm
from review_app.offline_forms.comparing import Conflict, marked
from review_app.offline_forms.wording import FIELD_WORDS, choices_for, rules_for
from review_app.web.evaluations.desk import in_words

PART_WORDS = {
    "deduction": N_("扣分项%(number)s"),
    "new": N_("新扣分项%(number)s"),
    "law": N_("法律依据%(number)s"),
    "quote": N_("摘录%(number)s"),
    "veto": N_("否决项%(number)s"),
}
LINE_WORDS = {"quote": N_("摘录第%(number)s空白行"), "law": N_("法律依据第%(number)s空白行")}
COPIED = N_("（第%(count)s份）")


def place_of(form: EvalForm, name: str) -> str:
    """``new.2.points`` as 新扣分项2 · 扣分."""
    head, _slash, line = name.partition("/")
    words = [head_words(form, head)]
    if found := re.fullmatch(r"(quote|law)\.(\d+)(?:#(\d+))?", line):
        words.append(counted(gettext(LINE_WORDS[found[1]], number=found[2]), found[3]))
    return " · ".join(word for word in words if word)


def head_words(form: EvalForm, name: str) -> str:
    target, _dot, field = name.rpartition(".")
    if name.partition(":")[0] in FIELD_WORDS:
        return several_words(form, name)
    if target in rules_for(form).dimensions:
        dimension = in_words(rules_for(form).dimensions[target])
        return f"{target} {dimension} · {field_words(field)}"
    if target and target not in PART_WORDS:
        return f"{part_words(form, target)} · {field_words(field)}"
    return part_words(form, name)


def several_words(form: EvalForm, name: str) -> str:
    field, _colon, code = name.partition(":")
    words = field_words(field)
    return f"{words} · {choices_for(form, field).get(code, code)}" if code else words


def part_words(form: EvalForm, name: str) -> str:
    found = re.fullmatch(r"(\w+)\.(\w+)(?:#(\d+))?", name)
    if found is None or found[1] not in PART_WORDS:
        return name
    code = getattr(part_of(form, name), "code", "") if found[1] == "deduction" else ""
    words = gettext(PART_WORDS[found[1]], number=found[2])
    return counted(f"{words} {code}".strip(), found[3])


def counted(words: str, count: str | None) -> str:
    return words + gettext(COPIED, count=count) if count else words


def field_words(field: str) -> str:
    return gettext(FIELD_WORDS[field]) if field in FIELD_WORDS else field


@dataclass(frozen=True)
class Difference:
    """One field in both versions; ``pieces`` are mine against theirs. ``is_gone``: the web side took the part
    off; ``is_removal``: the document did."""

    name: str
    place: str
    mine: str
    theirs: str
    pieces: list[tuple[str, str]]
    is_text: bool
    is_gone: bool
    is_removal: bool

    @property
    def id(self) -> str:
        return "c-" + re.sub(r"\W", "-", self.name)


def difference_of(form: EvalForm, conflict: Conflict) -> Difference:
    words = {code: gettext(label) for code, label in choices_for(form, conflict.name).items()}
    mine, theirs = (
        "、".join(words.get(one, one) for one in said.split("、")) if words else said
        for said in (conflict.mine, conflict.theirs or "")
    )
    return Difference(
        conflict.name, place_of(form, conflict.name), mine, theirs, list(marked(theirs, mine)),
        conflict.is_text, conflict.theirs is None, conflict.name.endswith(".remove"),
    )  # fmt: skip
