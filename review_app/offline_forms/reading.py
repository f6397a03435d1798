"""A filled Word form as plain data: what stands in which field, and what cannot be understood.

Rows are known by the grey name at their end, or by the name of their control where somebody wiped the first."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from case_files.form_rows import FormCell, FormRow
from review_app.errors import N_, ReviewError
from review_app.evaluations.models import EvalForm
from review_app.offline_forms.sheet import FORM_MARK, SEVERAL, TICKS
from review_app.offline_forms.wording import CHOOSE, PLACEHOLDERS, WORD_INVITES, choices_for

MARK = re.compile(r"LX-[0-9A-Z]{4}-[0-9A-Z]{4}")
BLANK_FIELD = re.compile(r"(new\.\d{1,3})\.(\w+)", re.ASCII)
LINE = re.compile(
    r"(?P<target>(?:deduction|new|field)\.\d{1,6}|veto\.V\d\d|tray)/(?P<kind>quote|law)\.\d{1,3}", re.ASCII
)
KEPT_LINE = re.compile(r"(?P<kind>quote|law)\.\d{1,6}", re.ASCII)
ONE_OF_SEVERAL = re.compile(rf"({'|'.join(SEVERAL)}|field\.\d{{1,6}}\.chosen):(\w+)", re.ASCII)
FIELD = re.compile(
    r"(?:D\d|deduction\.\d{1,6}|field\.\d{1,6}|new\.\d{1,3}|veto\.V\d\d)\.\w+|[a-z]\w+", re.ASCII
)  # fmt: skip
COLUMNS = {"quote": (3,), "law": (5, 4)}
"""cells before the box; forms handed out earlier have no day of the act"""
GLYPHS = frozenset("☒☑✓✔√■")


@dataclass(frozen=True)
class FieldProblem:
    """One thing that keeps a form from being taken in: where, what stands there, why not."""

    name: str
    found: str
    error: ReviewError


@dataclass(frozen=True)
class Line:
    """A line of evidence. ``key`` is its name in the document; ``target`` the deduction or veto it serves,
    empty for one that is on the form already; ``remove`` that its box is ticked."""

    key: str
    target: str
    kind: str
    values: tuple[str, ...]
    remove: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(self.values)


@dataclass
class Filled:
    """Everything a document says. ``blocks`` are its blank deductions, in order; ``boxes`` the boxes of
    several it still has."""

    values: dict[str, list[str]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    boxes: set[str] = field(default_factory=set)
    problems: list[FieldProblem] = field(default_factory=list)

    def block(self, key: str) -> dict[str, list[str]]:
        """The fields of one block or part, by their short names."""
        head = f"{key}."
        return {
            name.removeprefix(head): values for name, values in self.values.items() if name.startswith(head)
        }


def mark_in(rows: Sequence[FormRow]) -> str:
    """The number of the copy; empty when the document does not carry one."""
    for row in rows:
        if row and plain(row[-1]) == FORM_MARK and (found := MARK.search(plain(row[-2]))):
            return found.group()
    return ""


def understand(rows: Sequence[FormRow], form: EvalForm) -> Filled:
    """What the rows say about ``form``."""
    reading = _Understanding(form)
    for row in rows:
        reading.take(row)
    return reading.filled


def plain(cell: FormCell) -> str:
    """The text of a cell without what invites to fill it."""
    text = cell.text
    for placeholder in PLACEHOLDERS:
        text = text.replace(placeholder, "")
    text = text.strip()
    return "" if text in WORD_INVITES else text


def is_ticked(cell: FormCell) -> bool:
    """By the control where there is one, else by the drawn box."""
    return cell.ticks[-1] if cell.ticks else bool(GLYPHS & set(cell.text))


class _Understanding:
    """Goes through the rows in order; a copied block of a blank deduction becomes one more of them."""

    def __init__(self, form: EvalForm) -> None:
        self.form = form
        self.filled = Filled()
        self.copies: dict[str, int] = {}

    def take(self, row: FormRow) -> None:
        name = name_of(row)
        if not name or name == FORM_MARK:
            return
        if any(cell.has_picture for cell in row):
            self.refuse(name, "", N_("此处有图片或者嵌入的对象，评查表只收文字。请改为文字。"))
        elif found := LINE.fullmatch(name):
            self.take_line(row, self.counted(name), self.owner(found["target"]), found["kind"])
        elif found := KEPT_LINE.fullmatch(name):
            self.take_line(row, name, "", found["kind"])
        elif found := ONE_OF_SEVERAL.fullmatch(name):
            self.take_box(found[1], found[2], row)
        else:
            self.take_field(name, row)

    def take_field(self, name: str, row: FormRow) -> None:
        if found := BLANK_FIELD.fullmatch(name):
            name = f"{self.owner(found[1], begins=found[2] == 'code')}.{found[2]}"
        if name in self.filled.values:
            self.refuse(name, "", N_("这一栏在文件中出现了两次，无法确定以哪一处为准。请删去一处。"))
            return
        self.filled.values[name] = self.value(name, row)

    def value(self, name: str, row: FormRow) -> list[str]:
        cell = row[-2] if len(row) > 1 else FormCell("")
        short = name.rpartition(".")[2]
        if short in TICKS:
            return ["1"] if is_ticked(cell) else []
        typed = plain(cell)
        if short == "volumes_read":
            return self.volumes(name, typed)
        choices = choices_for(self.form, name)
        return self.chosen(name, typed, choices) if choices else [typed]

    def chosen(self, name: str, typed: str, choices: Mapping[str, str]) -> list[str]:
        wanted = squeezed(typed)
        for value, words in choices.items():
            if wanted and wanted in (squeezed(words), squeezed(value)):
                return [value]
        if wanted and wanted != squeezed(CHOOSE):
            self.refuse(name, typed, N_("没有“%(value)s”这个选项。"), value=typed[:40])
        return [""]

    def volumes(self, name: str, typed: str) -> list[str]:
        numbers: list[str] = []
        for part in re.split(r"[、,，;；\s]+", typed):
            found = re.fullmatch(r"第?(\d{1,4})(?:[-－—–至~～](\d{1,4}))?卷?", part, re.ASCII)
            if found and int(found[2] or found[1]) - int(found[1]) in range(1000):
                numbers += [str(one) for one in range(int(found[1]), int(found[2] or found[1]) + 1)]
            elif part:
                self.refuse(name, part, N_("请填写卷号，例如：1、2、5-8。"))
        return numbers

    def take_box(self, field_name: str, code: str, row: FormRow) -> None:
        chosen = self.filled.values.setdefault(field_name, [])
        if f"{field_name}:{code}" in self.filled.boxes:
            self.refuse(field_name, code, N_("这一栏在文件中出现了两次，无法确定以哪一处为准。请删去一处。"))
        self.filled.boxes.add(f"{field_name}:{code}")
        if is_ticked(row[-2]):
            chosen.append(code)

    def take_line(self, row: FormRow, key: str, target: str, kind: str) -> None:
        columns = next((one for one in COLUMNS[kind] if len(row) == one + 2), 0)
        if not columns:
            self.refuse(key, "", N_("这一行的格子被合并或者删除，无法识别。请从空白行复制一行重填。"))
            return
        values = tuple(plain(cell) for cell in row[:columns])
        self.filled.lines.append(Line(key, target, kind, values, is_ticked(row[columns])))

    def owner(self, target: str, *, begins: bool = False) -> str:
        """The block a row belongs to: the last one of that name. ``begins`` starts a further one when the
        name is there already."""
        if not target.startswith("new."):
            return target
        if begins:
            self.copies[target] = self.copies.get(target, 0) + 1
        count = self.copies.get(target, 1)
        key = target if count == 1 else f"{target}#{count}"
        if key not in self.filled.blocks:
            self.filled.blocks.append(key)
        return key

    def counted(self, name: str) -> str:
        """A line copied within its block gets a number of its own."""
        target, _slash, rest = name.partition("/")
        key = f"{self.owner(target)}/{rest}"
        self.copies[key] = self.copies.get(key, 0) + 1
        return key if self.copies[key] == 1 else f"{key}#{self.copies[key]}"

    def refuse(self, name: str, found: str, sentence: str, **facts: object) -> None:
        self.filled.problems.append(FieldProblem(name, found, ReviewError(sentence, **facts)))


def name_of(row: FormRow) -> str:
    """The name of a row's field; empty when it is not a row of the form."""
    if len(row) < 2:
        return ""
    grey = squeezed(plain(row[-1]))
    if is_name(grey):
        return grey
    tags = (tag.partition("@")[0] for cell in row for tag in cell.tags)
    return next((tag for tag in tags if is_name(tag)), "")


NAMES: tuple[Callable[[str], object], ...] = tuple(
    one.fullmatch for one in (LINE, KEPT_LINE, ONE_OF_SEVERAL, FIELD)
)


def is_name(text: str) -> bool:
    return any(matches(text) for matches in NAMES)


def squeezed(text: str) -> str:
    return "".join(text.split())
