"""Writing what a document says onto the form, through the same functions the web form uses. Everything is tried,
every refusal is collected with its place; the caller undoes all of it when there is one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.errors import N_, ReviewError
from review_app.evaluations.answers import day
from review_app.evaluations.drafting import (
    add_deduction,
    add_law,
    add_veto,
    part_of,
    remove_part,
    save_draft,
)
from review_app.evaluations.models import EvalForm
from review_app.evaluations.quoting import add_quote_by_words, quote_on, remove_quote
from review_app.offline_forms.comparing import LAW_FIELDS, Values, differences, meant, same
from review_app.offline_forms.reading import FieldProblem, Filled, Line, squeezed
from review_app.offline_forms.sheet import DEDUCTION_FIELDS, TRAY, VETO_FIELDS
from review_app.offline_forms.wording import materials_of

MATERIAL = re.compile(r"(\d{1,4})\s*[-－—–]\s*(\d{1,4})(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Choice:
    """What a person chose for a field both sides changed: ``mine``, ``theirs`` or ``own`` with its text."""

    keep: str
    text: str = ""


@dataclass
class Landing:
    """One document being written onto its form. ``base`` and ``landed`` are those of its copy and are brought up
    to date; ``written`` counts what changed."""

    session: Session
    form: EvalForm
    filled: Filled
    base: dict[str, Values]
    landed: dict[str, str]
    choices: Mapping[str, Choice]
    by: Person
    now: datetime
    problems: list[FieldProblem] = field(default_factory=list)
    written: int = 0

    def carry_out(self) -> None:
        """Fields first, then what is taken off, then what is new, in the order of the document."""
        self.check_codes()
        found = differences(self.form, self.base, self.landed, self.filled)
        writes = dict(found.writes)
        for one in found.conflicts:
            self.decide(one.name, writes)
        self.save(writes)
        for part in found.removals:
            self.take_off(part)
        for part in found.gone:
            if self.choices.get(part, Choice("theirs")).keep == "mine":
                self.add_again(part)
        for block in self.filled.blocks:
            if block not in self.landed:
                self.add_block(block, self.filled.block(block))
        self.land_vetoes()
        self.land_lines()
        self.remember()

    def check_codes(self) -> None:
        """The item of a deduction that is on the form does not change in Word."""
        for name, values in self.filled.values.items():
            target, _dot, short = name.rpartition(".")
            before = self.base.get(f"{self.landed.get(target, target)}.code")
            is_there = target in self.landed or target.startswith("deduction.")
            if short == "code" and is_there and before != values:
                sentence = N_("该扣分项已在评查表上，编号不能在离线表中更换。请在网页上移除，另选扣分项。")
                self.refuse(name, "、".join(values), ReviewError(sentence))

    def decide(self, name: str, writes: dict[str, Values]) -> None:
        choice = self.choices[name]
        part, _dot, short = name.rpartition(".")
        if choice.keep == "mine" and short == "remove":
            self.take_off(part)
        elif choice.keep == "mine":
            writes[name] = self.value_of(name)
        elif choice.keep == "own":
            writes[name] = [choice.text]

    def value_of(self, name: str) -> Values:
        """What the document says for the form's own name."""
        if name in self.filled.values:
            return self.filled.values[name]
        part, _dot, short = name.rpartition(".")
        blocks = [key for key, target in self.landed.items() if target == part]
        return self.filled.values[f"{blocks[0]}.{short}"]

    def save(self, values: Mapping[str, Values], shown_as: str = "") -> None:
        """``shown_as`` names the block in the document whose part is being written."""
        if not values:
            return
        try:
            saved = save_draft(
                self.session, self.form, values, edition=self.form.edition, by=self.by, now=self.now
            )
        except ReviewError as error:
            self.problems.append(FieldProblem(next(iter(values)), "", error))
            return
        self.written += len(values) - len(saved.refused)
        for name, refusal in saved.refused.items():
            short = name.rpartition(".")[2]
            self.refuse(f"{shown_as}.{short}" if shown_as else name, "、".join(values[name]), refusal)

    def refuse(self, name: str, found: str, error: ReviewError) -> None:
        self.problems.append(FieldProblem(name, found, error))

    def attempt(self, name: str, found: str, act: Callable[[], None]) -> bool:
        try:
            act()
        except ReviewError as error:
            self.refuse(name, found, error)
            return False
        self.written += 1
        return True

    def take_off(self, part: str) -> None:
        self.attempt(
            part, "", lambda: remove_part(self.session, self.form, part, by=self.by, now=self.now)
        )  # fmt: skip

    def add_again(self, part: str) -> None:
        """A deduction or provision the web side took off, kept by the writer of the document."""
        kind, _dot, _number = part.partition(".")
        fields = self.filled.block(self.block_of(part))
        if kind == "deduction":
            code = (fields.get("code") or self.base.get(f"{part}.code") or [""])[0]
            self.add_block(self.block_of(part), fields | {"code": [code.partition(" ")[0]]})
            return
        self.refuse(part, "", ReviewError(N_("所依附的扣分项已不在评查表上，请在离线表的空白行重填。")))

    def block_of(self, part: str) -> str:
        return next((key for key, target in self.landed.items() if target == part), part)

    def add_block(self, block: str, fields: Mapping[str, Values]) -> None:
        """A deduction that is not on the form yet; an empty block is none."""
        code = (fields.get("code") or [""])[0]
        filled = {name: values for name, values in fields.items() if name in DEDUCTION_FIELDS and any(values)}
        has_lines = any(line.target == block and not line.is_blank for line in self.filled.lines)
        if not code:
            if filled or has_lines:
                self.refuse(f"{block}.code", "", ReviewError(N_("填写了内容，但没有选择扣分项。")))
            return

        def add() -> None:
            added = add_deduction(self.session, self.form, code, by=self.by, now=self.now)
            self.landed[block] = f"deduction.{added.seq}"

        if self.attempt(f"{block}.code", code, add):
            target = self.landed[block]
            self.save({f"{target}.{name}": values for name, values in filled.items()}, shown_as=block)

    def land_vetoes(self) -> None:
        codes = dict.fromkeys(
            name.split(".")[1] for name in self.filled.values if name.startswith("veto.V")
        )  # fmt: skip
        for code in codes:
            self.land_veto(code, self.filled.block(f"veto.{code}"))

    def land_veto(self, code: str, fields: Mapping[str, Values]) -> None:
        name = f"veto.{code}"
        wanted, before = bool(fields.get("propose")), bool(self.base.get(f"{name}.propose"))
        if wanted and not before and self.veto_named(code) is None:
            self.attempt(name, code, lambda: self.propose(code))
        if before and not wanted and (target := self.veto_named(code)):
            self.take_off(target)
            return
        target = self.veto_named(code)
        changed = {
            short: fields[short]
            for short in VETO_FIELDS
            if short in fields
            and meant("veto.1.note", fields[short])
            != meant("veto.1.note", self.base.get(f"{name}.{short}", [""]))
        }
        if changed and target is None:
            self.refuse(f"{name}.propose", "", ReviewError(N_("填写了内容，但没有勾选提出本项否决。")))
        elif changed:
            self.save({f"{target}.{short}": values for short, values in changed.items()}, shown_as=name)

    def propose(self, code: str) -> None:
        add_veto(self.session, self.form, code, by=self.by, now=self.now)

    def veto_named(self, code: str) -> str | None:
        found = (veto for veto in self.form.veto_proposals if veto.code == code and not veto.removed_at)
        return next((f"veto.{veto.seq}" for veto in found), None)

    def land_lines(self) -> None:
        unread = {one.name for one in (*self.filled.problems, *self.problems)}
        for line in self.filled.lines:
            if f"{line.target}.code" in unread:
                continue
            if line.kind == "quote":
                self.land_quote(line)
            else:
                self.land_law(line)

    def target_of(self, line: Line) -> str | None:
        """What a line of the document serves on the form; None when that is not there."""
        if line.target == TRAY:
            return ""
        if line.target.startswith("veto.V"):
            return self.veto_named(line.target.removeprefix("veto."))
        target = self.landed.get(line.target, line.target)
        return target if part_of(self.form, target) else None

    def land_quote(self, line: Line) -> None:
        kept = self.landed.get(line.key, line.key if not line.target else "")
        present = quote_on(self.form, int(kept.partition(".")[2])) if kept else None
        if line.remove or line.is_blank:
            if present is not None and not present.removed_at:
                self.attempt(line.key, "", lambda: self.drop_quote(kept))
            return
        if kept and squeezed("|".join(line.values)) == squeezed("|".join(self.base.get(line.key, []))):
            return
        target = self.target_of(line) if line.target else self.target_of_quote(kept)
        if target is None:
            self.refuse(
                line.key,
                line.values[2],
                ReviewError(N_("摘录所属的扣分项或者否决项不在评查表上，请先选择扣分项。")),
            )
        elif (
            self.attempt(line.key, line.values[2], lambda: self.add_quote(line, target))
            and present is not None
        ):
            self.drop_quote(kept)

    def target_of_quote(self, name: str) -> str:
        """What the quote serves now; nothing when it lies in the tray."""
        quote = quote_on(self.form, int(name.partition(".")[2]))
        served = quote and {"deduction": quote.deduction, "veto": quote.veto, "field": quote.answer}
        found = (f"{kind}.{part.seq}" for kind, part in (served or {}).items() if part is not None)
        return next(found, "")

    def add_quote(self, line: Line, target: str) -> None:
        material, page, words = line.values
        document = materials_of(self.form).get(material_number(material))
        if document is None:
            raise ReviewError(
                N_("没有编号为“%(number)s”的材料，请从列表中选择。"), number=material[:40] or "—"
            )
        if not re.fullmatch(r"第?\d{1,6}页?", page, re.ASCII):
            raise ReviewError(N_("请填写摘录所在的页码，例如12。"))
        added = add_quote_by_words(
            self.session, self.form, document_id=document.id, page=int(page.strip("第页")), words=words,
            target=target, by=self.by, now=self.now,
        )  # fmt: skip
        self.landed[line.key] = f"quote.{added.seq}"

    def drop_quote(self, name: str) -> None:
        seq = int(name.partition(".")[2])
        remove_quote(self.session, self.form, seq, by=self.by, now=self.now)

    def land_law(self, line: Line) -> None:
        kept = self.landed.get(line.key, line.key if not line.target else "")
        is_there = bool(kept) and part_of(self.form, kept) is not None
        if line.remove or (line.is_blank and kept):
            if is_there:
                self.take_off(kept)
            return
        if kept:
            self.change_law(line, kept, is_there=is_there)
        elif not line.is_blank:
            self.new_law(line)

    def change_law(self, line: Line, kept: str, *, is_there: bool) -> None:
        before = [*(self.base.get(line.key) or self.base_of_law(kept)), ""]
        changed = {
            f"{kept}.{name}": [value]
            for name, value, old in zip(LAW_FIELDS, line.values, before, strict=False)
            if not same(f"{kept}.{name}", [value], [old])
        }
        if changed and is_there:
            self.save(changed, shown_as=line.key)
        elif changed:
            self.refuse(
                line.key, line.values[0], ReviewError(N_("这条法律依据已在网页上移除，请在空白行重填。"))
            )

    def base_of_law(self, name: str) -> list[str]:
        return [(self.base.get(f"{name}.{one}") or [""])[0] for one in LAW_FIELDS]

    def new_law(self, line: Line) -> None:
        target = self.target_of(line)
        if target is None:
            self.refuse(
                line.key,
                line.values[0],
                ReviewError(N_("法律依据所属的扣分项或者否决项不在评查表上，请先选择扣分项。")),
            )
            return
        self.attempt(line.key, line.values[0], lambda: self.add_law(line, target))

    def add_law(self, line: Line, target: str) -> None:
        law, version, article, text, act_on = (*line.values, "")[: len(LAW_FIELDS)]
        added = add_law(
            self.session, self.form, target, law=law, version=version, article=article, text=text,
            act_on=day([act_on]), by=self.by, now=self.now,
        )  # fmt: skip
        self.landed[line.key] = f"law.{added.seq}"

    def remember(self) -> None:
        """The document's own words become the base for the next time it comes in."""
        for name, values in self.filled.values.items():
            target, _dot, short = name.rpartition(".")
            self.base[f"{self.landed.get(target, target)}.{short}" if target else short] = values
        for line in self.filled.lines:
            self.base[line.key] = list(line.values)


def material_number(words: str) -> str:
    found = MATERIAL.match(words.strip().lstrip("第"))
    return f"{int(found[1])}-{int(found[2])}" if found else ""
