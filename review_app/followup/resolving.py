"""What a resolution record must prove, and until when it can be reopened. Pure: facts in, sentences out.

RESOLVED stands on one of three grounds: an agreement that was performed; a corrective document in force that
meets the request; the petitioner's own written statement, made after he was told his remedies, with a record of
the interview. Nothing else counts as resolved, and no payment may depend on giving up the right to petition.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from review_app.errors import N_
from review_app.followup.states import Basis, TerminationCheck
from review_app.reviews.states import Resolution

SHORTEST_NOTE = 10


@dataclass(frozen=True)
class ResolutionFacts:
    """What the coordinator states. ``proof`` and ``interview_record`` tell whether the files are there."""

    resolution: Resolution
    happened_on: date | None
    note: str = ""
    basis: Basis | None = None
    confirmed: bool = False
    document_no: str = ""
    remedies_told_on: date | None = None
    interview_on: date | None = None
    proof: bool = False
    interview_record: bool = False
    termination_ready: bool = False


@dataclass(frozen=True)
class Unproven:
    """``field`` is the input concerned."""

    field: str
    sentence: str


def unproven(facts: ResolutionFacts, *, today: date) -> list[Unproven]:
    """Everything the record still has to prove; empty when it may be made."""
    found = unproven_in_general(facts, today)
    if facts.resolution is Resolution.RESOLVED:
        found += unproven_resolved(facts)
    if facts.resolution is Resolution.TERMINATING and not facts.termination_ready:
        found.append(Unproven("resolution", N_("终结材料尚未齐备并移送，请先完成终结材料清单。")))
    if facts.resolution is Resolution.TERMINATED:
        found += unproven_terminated(facts)
    return found


def unproven_in_general(facts: ResolutionFacts, today: date) -> list[Unproven]:
    found = []
    if facts.happened_on is None:
        found.append(Unproven("happened_on", N_("请填写日期。")))
    elif facts.happened_on > today:
        found.append(Unproven("happened_on", N_("日期不能晚于今天。")))
    if len("".join(facts.note.split())) < SHORTEST_NOTE:
        found.append(Unproven("note", N_("请说明情况，不少于10个字。")))
    return found


def unproven_resolved(facts: ResolutionFacts) -> list[Unproven]:
    if facts.basis is None:
        return [Unproven("basis", N_("认定已化解须有三种依据之一，请选择。"))]
    found = []
    if not facts.confirmed:
        found.append(
            Unproven("confirmed", N_("请核实并勾选与依据相应的确认事项；不能确认的，不得认定为已化解。"))
        )
    if not facts.proof:
        found.append(Unproven("proof", N_("请上传证明文件。")))
    if facts.basis is Basis.CORRECTION and not facts.document_no.strip():
        found.append(Unproven("document_no", N_("请填写纠正文书的文号。")))
    if facts.basis is Basis.STATEMENT:
        found += unproven_statement(facts)
    return found


def unproven_statement(facts: ResolutionFacts) -> list[Unproven]:
    found = []
    if facts.remedies_told_on is None:
        found.append(Unproven("remedies_told_on", N_("请填写告知救济途径的日期；书面意见须在告知之后作出。")))
    elif facts.happened_on is not None and facts.remedies_told_on > facts.happened_on:
        found.append(
            Unproven("remedies_told_on", N_("告知救济途径的日期晚于书面意见的日期，不能据此认定已化解。"))
        )
    if facts.interview_on is None or not facts.interview_record:
        found.append(Unproven("interview", N_("请填写谈话日期并上传谈话笔录。")))
    return found


def unproven_terminated(facts: ResolutionFacts) -> list[Unproven]:
    found = []
    if not facts.document_no.strip():
        found.append(
            Unproven("document_no", N_("请填写有权机关终结决定的文号。终结由有权机关决定，本平台只作记录。"))
        )
    if not facts.proof:
        found.append(Unproven("proof", N_("请上传有权机关的终结决定。")))
    return found


def is_ready(checks: Mapping[str, Mapping[str, object]], organ: str, handed_over_on: date | None) -> bool:
    """Whether a termination file is complete: every check met with words, handed over to a named organ."""
    rows = [checks.get(str(check), {}) for check in TerminationCheck]
    complete = all(row.get("met") and row.get("note") for row in rows)
    return complete and bool(organ) and handed_over_on is not None


def months_later(day: date, months: int) -> date:
    """The same day of a later month; the month's last day when it has no such day (民法典第202条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def may_reopen(resolved_on: date, petitioned_on: date, *, months: int) -> bool:
    """Whether a new petition on the same facts reopens the resolution: not before it, not after the window."""
    return resolved_on <= petitioned_on <= months_later(resolved_on, months)
