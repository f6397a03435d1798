"""What the page of a draw shows: every candidate with his lot and what became of him."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from review_app.experts.models import Expert
from review_app.panels.grounds import GROUNDS
from review_app.panels.lottery import lot_of
from review_app.panels.models import PanelDraw
from review_app.panels.record import Frozen, scores_of
from review_app.panels.states import (
    BOARD_RULE_LABELS,
    EXCLUSION_LABELS,
    NOTE_LABELS,
    RELAXATION_LABELS,
    SEAT_KIND_LABELS,
    SEAT_ROLE_LABELS,
    SeatRole,
)
from review_app.rulebook.reading import read

OF_A_MATCH = ("SEATED_ALREADY", "SAME_SCORE", "QUALITY_FLOOR", "OTHER_PANELS")


@dataclass(frozen=True)
class Line:
    """One expert: place in the order of lots, beginning of the lot (or the score of a match), and the
    outcome in words."""

    expert_no: str
    name: str
    unit: str
    category: str
    place: int | None
    lot: str
    score: int | None
    outcome: str
    tone: str
    reasons: tuple[str, ...]


def lines_of(draw: PanelDraw, experts: Mapping[str, Expert]) -> list[Line]:
    """Drawn experts and everybody else by lot; the excluded after them."""
    frozen = draw.frozen
    grounds: dict[str, list[str]] = {}
    source = draw.record["result"]["excluded"] if draw.record else frozen["excluded"]
    for one in source:
        grounds.setdefault(one["expert_no"], []).append(exclusion_words(one))
    order = {no: place for place, no in enumerate(draw.record["result"]["order"], 1)} if draw.record else {}
    seed = bytes.fromhex(draw.record["lots"]["seed"]) if draw.record else b""
    scores = scores_of(read(Frozen, frozen))
    lines = [
        line(one, experts.get(one["expert_no"]), order, seed, grounds, draw.record, scores)
        for one in frozen["candidates"]
    ]
    return sorted(lines, key=lambda each: (each.place is None, each.place or 0, each.expert_no))


def line(
    one: Mapping[str, Any],
    expert: Expert | None,
    order: Mapping[str, int],
    seed: bytes,
    grounds: Mapping[str, list[str]],
    record: Mapping[str, Any] | None,
    scores: Mapping[str, int],
) -> Line:
    number = one["expert_no"]
    outcome, tone, reasons = outcome_of(number, grounds.get(number, []), record)
    return Line(
        expert_no=number,
        name=expert.name if expert else "—",
        unit=expert.organisation.name if expert and expert.organisation else "—",
        category=one["category"],
        place=order.get(number),
        lot=lot_of(seed, number).hex()[:16] if number in order else "",
        score=scores.get(number) if number in order else None,
        outcome=outcome,
        tone=tone,
        reasons=reasons,
    )


def outcome_of(
    number: str, grounds: list[str], record: Mapping[str, Any] | None
) -> tuple[str, str, tuple[str, ...]]:
    if grounds:
        return gettext("不参加抽选"), "plain", tuple(grounds)
    if record is None:
        return gettext("参加抽选"), "info", ()
    result = record["result"]
    for seat in result["members"]:
        if seat["expert_no"] == number:
            return seat_words(seat), "good", flags(seat)
    if number in result["substitutes"]:
        place = result["substitutes"].index(number) + 1
        return gettext("候补第%(n)d位", n=place), "info", ()
    for passed in result["passed_over"]:
        if passed["expert_no"] == number:
            return ahead(record), "warn", tuple(rule_words(rule) for rule in passed["rules"])
    return gettext("未抽中"), "plain", ()


def ahead(record: Mapping[str, Any]) -> str:
    if record["input"].get("weighing"):
        return str(gettext("得分在前，未入组"))
    return str(gettext("签序在前，未入组"))


def seat_words(seat: Mapping[str, Any]) -> str:
    return f"{gettext(SEAT_ROLE_LABELS[SeatRole(seat['role'])])} · {gettext(SEAT_KIND_LABELS[seat['seat_kind']])}"


def flags(seat: Mapping[str, Any]) -> tuple[str, ...]:
    if seat["same_organ"]:
        return (gettext("任职于被评查单位"),)
    return (gettext("与被评查单位同系统"),) if seat["same_system"] else ()


def exclusion_words(one: Mapping[str, str]) -> str:
    rule = one["rule"]
    if rule not in GROUNDS:
        return str(gettext(EXCLUSION_LABELS.get(rule, rule)))
    words = f"{rule} {gettext(GROUNDS[rule].sentence)}"
    return f"{words}（{gettext('待决定')}）" if one["level"] == "PENDING" else words


def rule_words(rule: str) -> str:
    """A limit that would break, or the seats that had to be kept."""
    kept = rule.removeprefix("KEPT_FOR:")
    label = gettext(BOARD_RULE_LABELS.get(kept, kept))
    if rule in OF_A_MATCH:
        return str(label)
    return str(
        gettext("其余席位须留给：%(rule)s", rule=label)
        if kept != rule
        else gettext("将超过：%(rule)s", rule=label)
    )


def remarks_of(record: Mapping[str, Any]) -> list[str]:
    """Relaxations and notes of a draw, in words."""
    relaxed = [rule.removeprefix("RELAXED:") for rule in record["result"]["relaxations"]]
    notes = [note.split(":")[0] for note in record["result"]["notes"]]
    return [gettext(RELAXATION_LABELS[rule]) for rule in relaxed] + [
        gettext(NOTE_LABELS[note]) for note in notes
    ]
