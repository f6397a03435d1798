"""Handing out an evaluation form as a Word document, taking it in again, settling what both sides changed."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from case_files.form_rows import FormRow
from review_app.accounts.models import Person
from review_app.audit.chain import canonical
from review_app.audit.service import record
from review_app.clock import SHANGHAI
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.evaluations.drafting import must_be_open
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from review_app.offline_forms.comparing import Conflict, base_of, differences
from review_app.offline_forms.landing import Choice, Landing
from review_app.offline_forms.models import OfflineCopy, as_json
from review_app.offline_forms.reading import FieldProblem, Filled, Line, mark_in, understand
from review_app.offline_forms.rules import can_work_offline
from review_app.offline_forms.sheet import boxes_of, sheet_of
from review_app.offline_forms.wording import rules_for
from review_app.offline_forms.writing import write_form

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
FEWEST_BLANKS, MOST_BLANKS = 1, 60


class OfflineRefused(ReviewError):
    """Nothing of a document was taken in; ``problems`` tells field by field why."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        super().__init__(N_("离线表有%(count)s处需要改正，内容一处也没有写入。"), count=len(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class HandedOut:
    """The document and the name it is saved under."""

    package: bytes
    file_name: str


@dataclass(frozen=True)
class TakenIn:
    """``written`` fields and rows changed; with ``conflicts`` nothing was written and a choice is awaited."""

    copy: OfflineCopy
    written: int
    conflicts: tuple[Conflict, ...] = ()


def hand_out(session: Session, form: EvalForm, *, blanks: int, by: Person, now: datetime) -> HandedOut:
    """The form as a Word document with room for ``blanks`` new deductions. The handing out is logged: class L3
    leaves the platform."""
    must_be_writable(form, by)
    base = base_of(form)
    copy = OfflineCopy(
        form=form, mark=new_mark(), edition=form.edition, base_text=as_json(base), created_at=now,
        created_by_id=by.id,
    )  # fmt: skip
    session.add(copy)
    session.flush()
    record(session, action="form.download", subject=form, by=by, now=now, review_id=form.review_id)
    title = rules_for(form).templates[form.template].zh
    review_no = str(form.review.review_no or "")
    facts = (
        ("评查项目", review_no),
        ("下载时间", f"{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
        ("填写说明", NOTE),
    )  # fmt: skip
    package = write_form(
        f"评查表（{title}）", facts, sheet_of(form, blanks=min(max(blanks, FEWEST_BLANKS), MOST_BLANKS)),
        mark=copy.mark, edition=copy.edition, sha256=hashlib.sha256(canonical(base).encode()).hexdigest(),
    )  # fmt: skip
    return HandedOut(package, f"评查表-{review_no}-{copy.mark}.docx")


NOTE = (
    "在“［点此填写］”“［请选择］”处填写，保存为.docx，再到评查表页面上传。每行右侧的灰色栏目名供系统识别，请不要改动。"
    "摘录由系统与原文逐字核对。要加摘录或者法条，复制一个空白行；要加扣分项，复制一个空白的“新扣分项”及其下两个表格。"
    "本文件属于评议秘密，只在保密的设备上填写，上传后及时删除。"
)


def must_be_writable(form: EvalForm, by: Person) -> None:
    must_be_open(form, by)
    if not can_work_offline(by, form):
        raise NotAllowed


def new_mark() -> str:
    """A number nobody can guess, in letters that are not mistaken for each other."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"LX-{drawn[:4]}-{drawn[4:]}"


def copy_of(session: Session, form: EvalForm, mark: str) -> OfflineCopy:
    """The copy with this number, if it is one of ``form``. Raises ReviewError, the same for every other."""
    found = session.scalar(
        select(OfflineCopy).where(OfflineCopy.mark == mark, OfflineCopy.form_id == form.id)
    )
    if found is None:
        raise ReviewError(
            N_("这不是本评查表的离线表，或者表头的离线表编号被改动。请用从本页下载的文件填写。")
        )
    return found


def take_in(
    session: Session, form: EvalForm, rows: Sequence[FormRow], *, by: Person, now: datetime
) -> TakenIn:
    """Write what was changed in a document onto the form. When the form was changed at the same places
    meanwhile, nothing is written and the document waits for a choice (``settle``).

    Raises OfflineRefused with every problem by field; the caller must then undo what was begun.
    """
    must_be_writable(form, by)
    copy = copy_of(session, form, mark_in(rows))
    filled = understand(rows, form)
    conflicts = conflicts_of(form, copy, filled)
    found = [*filled.problems, *lacking(copy, filled, form)]
    if found or conflicts:
        for one in found:
            filled.values.pop(one.name, None)
        found += rehearse(session, form, copy, filled, conflicts, by=by, now=now)
    if found:
        raise OfflineRefused(list({one.name: one for one in reversed(found)}.values())[::-1])
    if conflicts:
        copy.waiting_text = as_json(packed(filled))
        session.flush()
        return TakenIn(copy, 0, conflicts)
    return land(session, form, copy, filled, {}, by=by, now=now)


def lacking(copy: OfflineCopy, filled: Filled, form: EvalForm) -> list[FieldProblem]:
    """A field that was deleted from the document is not an empty field."""
    missing = [name for name in expected(copy) if name not in filled.values]
    missing += [name for name in boxes_of(form) if name not in filled.boxes]
    sentence = N_("文件中没有这一栏，可能被删除。请恢复，或者重新下载离线表。")
    return [FieldProblem(name, "", ReviewError(sentence)) for name in missing]


def expected(copy: OfflineCopy) -> list[str]:
    """The fields the document had when it was handed out; its lines of evidence may be fewer, and what became
    of its blank deductions is counted under their own names."""
    landed = set(copy.landed.values())
    return [
        name
        for name in copy.base
        if "/" not in name
        and not name.startswith(("law.", "quote."))
        and name.rpartition(".")[0] not in landed
    ]


def conflicts_of(form: EvalForm, copy: OfflineCopy, filled: Filled) -> tuple[Conflict, ...]:
    """What a person must choose, parts taken off on the web included."""
    found = differences(form, copy.base, copy.landed, filled)
    gone = tuple(gone_conflict(copy, filled, part) for part in found.gone if part.startswith("deduction."))
    return (*found.conflicts, *gone)


def gone_conflict(copy: OfflineCopy, filled: Filled, part: str) -> Conflict:
    key = next((key for key, target in copy.landed.items() if target == part), part)
    written = ["、".join(values) for values in filled.block(key).values() if any(values)]
    return Conflict(part, "", "；".join(written), None)


def waiting(copy: OfflineCopy) -> Filled | None:
    """What came in and awaits a choice."""
    return unpacked(copy.waiting_text) if copy.waiting_text else None


def rehearse(
    session: Session,
    form: EvalForm,
    copy: OfflineCopy,
    filled: Filled,
    conflicts: Sequence[Conflict],
    *,
    by: Person,
    now: datetime,
) -> list[FieldProblem]:
    """What else would be refused: the document is tried and everything undone, so that all problems are told at
    once, and before anybody is asked to choose."""
    keep = {one.name: Choice("theirs") for one in conflicts}
    trial = session.begin_nested()
    landing = Landing(session, form, filled, copy.base, copy.landed, keep, by, now)
    landing.carry_out()
    trial.rollback()
    fresh(session, form)
    return landing.problems


def waiting_copies(session: Session, form: EvalForm) -> list[OfflineCopy]:
    """Copies that came in and await a choice, the latest first."""
    copies = session.scalars(
        select(OfflineCopy).where(OfflineCopy.form_id == form.id).order_by(OfflineCopy.id.desc())
    )
    return [copy for copy in copies if copy.waiting_text]


def conflicts_in(form: EvalForm, copy: OfflineCopy) -> tuple[Conflict, ...]:
    """What must be chosen now for a waiting copy."""
    filled = waiting(copy)
    return conflicts_of(form, copy, filled) if filled else ()


def settle(
    session: Session,
    form: EvalForm,
    copy: OfflineCopy,
    choices: Mapping[str, Choice],
    *,
    edition: int,
    by: Person,
    now: datetime,
) -> TakenIn:
    """Write the waiting document with a choice for every field both sides changed. ``edition`` is the form's
    edition that was compared: when it moved on again, the comparison is shown anew."""
    must_be_writable(form, by)
    filled = waiting(copy)
    if filled is None:
        raise ReviewError(N_("这份离线表已经写入或者放弃，没有待选择的内容。"))
    conflicts = conflicts_of(form, copy, filled)
    if form.edition != edition:
        raise ReviewError(N_("您比较期间，评查表又有改动。请按现在的内容重新选择。"))
    if any(one.name not in choices for one in conflicts):
        raise ReviewError(N_("请为每一处选择保留哪一版。"))
    return land(session, form, copy, filled, choices, by=by, now=now)


def give_up(session: Session, copy: OfflineCopy, form: EvalForm, *, by: Person) -> None:
    """Drop the waiting document; the form stays as it is."""
    must_be_writable(form, by)
    copy.waiting_text = ""
    session.flush()


def land(
    session: Session,
    form: EvalForm,
    copy: OfflineCopy,
    filled: Filled,
    choices: Mapping[str, Choice],
    *,
    by: Person,
    now: datetime,
) -> TakenIn:
    landing = Landing(session, form, filled, copy.base, copy.landed, choices, by, now)
    landing.carry_out()
    if landing.problems:
        raise OfflineRefused(landing.problems)
    copy.base, copy.landed, copy.waiting_text = landing.base, landing.landed, ""
    copy.edition, copy.taken_in_at = form.edition, now
    fresh(session, form)
    return TakenIn(copy, landing.written)


def packed(filled: Filled) -> dict[str, object]:
    lines = [[one.key, one.target, one.kind, list(one.values), one.remove] for one in filled.lines]
    return {"values": filled.values, "lines": lines, "blocks": filled.blocks}


def unpacked(text: str) -> Filled:
    data = json.loads(text)
    lines = [
        Line(key, target, kind, tuple(values), remove) for key, target, kind, values, remove in data["lines"]
    ]  # fmt: skip
    return Filled(values=data["values"], lines=lines, blocks=data["blocks"])
