"""The record of a draw: everything from which anyone can repeat it, and the repetition itself.

The record holds no names and no evidence texts: experts stand under their numbers, an exclusion names its
rule and where the fact came from. It reveals the secret, so that the commit, the seed, the order of lots
and the result can all be computed again from the record alone.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from typing import Any

from review_app.audit.chain import canonical
from review_app.errors import N_
from review_app.panels.board import LATER, Candidate, DrawInput, Exclusion
from review_app.panels.draw import Draw, DrawImpossible, Passed, Seat
from review_app.panels.fitness import Fit
from review_app.panels.forming import formed
from review_app.panels.lottery import commit_to, match_seed, seed_of
from review_app.panels.matched import seated
from review_app.panels.states import DrawMethod
from review_app.rulebook.matching import Weights
from review_app.rulebook.reading import InvalidData, problem, read
from review_app.rulebook.rules import PanelRules

FORMAT = "yian-draw-record/1"


@dataclass(frozen=True)
class RulesUsed:
    """The panel rules of the draw, in full: later versions of the rule file change nothing."""

    version: str
    panel: PanelRules


@dataclass(frozen=True)
class Weighing:
    """The published weights of a match, in full, with the level of noise (0: none) and how many parts per
    million of the best sum a random match may lose."""

    version: str
    weights: Weights
    noise: int = 0
    quality_floor: int = 0


@dataclass(frozen=True)
class PlanOf:
    """The plan whose draw formed this panel: its name, the digest of its frozen input (which the seed is bound
    to) and that of its record (which repeats all its panels)."""

    plan: str
    input_sha256: str
    record_sha256: str


@dataclass(frozen=True)
class Frozen:
    """What decides a draw, before the lots: fixed and published (by its SHA-256) with the commit. A match has
    its weights and the measures of every candidate; a panel of a plan names the plan."""

    review_no: str
    draw_no: int
    size: int
    template: str
    matching: tuple[str, ...]
    preferred: tuple[str, ...]
    reviewed_system: str
    rules: RulesUsed
    candidates: tuple[Candidate, ...]
    excluded: tuple[Exclusion, ...]
    fixed: tuple[str, ...]
    chair: str
    lead: str
    method: DrawMethod = field(default=DrawMethod.DRAW, metadata=LATER)
    weighing: Weighing | None = field(default=None, metadata=LATER)
    fits: tuple[Fit, ...] = field(default=(), metadata=LATER)
    plan: PlanOf | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class Lots:
    """Commit, secret and nonce, and the seed they give. With a bare seed the first three are empty."""

    commit: str
    secret: str
    nonce: str
    seed: str


@dataclass(frozen=True)
class Result:
    """The drawn panel, as in `Draw`."""

    members: tuple[Seat, ...]
    substitutes: tuple[str, ...]
    chair: str
    lead: str
    order: tuple[str, ...]
    excluded: tuple[Exclusion, ...]
    relaxations: tuple[str, ...]
    notes: tuple[str, ...]
    passed_over: tuple[Passed, ...]


@dataclass(frozen=True)
class Record:
    """One draw. `sha256` covers everything else, as canonical JSON."""

    format: str
    input: Frozen
    input_sha256: str
    candidate_list_sha256: str
    lots: Lots
    result: Result
    drawn_by: str
    witnessed_by: str
    time: str
    sha256: str


@dataclass(frozen=True)
class Difference:
    """A place where the record and its repetition disagree."""

    path: str
    recorded: str
    replayed: str


@dataclass(frozen=True)
class Replay:
    """The repetition of a record."""

    ok: bool
    differences: tuple[Difference, ...]


def plain(value: Any) -> Any:
    """Frozen objects as plain JSON values; exact decimals as the numbers they print. A field that came later
    is left out while it has its default, so that earlier records keep their digest."""
    if is_dataclass(value):
        named = ((place, getattr(value, place.name)) for place in fields(value))
        return {
            place.name: plain(one)
            for place, one in named
            if not (place.metadata.get("later") and one == place.default)
        }
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def sha256_of(value: Any) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8) of a value."""
    return hashlib.sha256(canonical(plain(value)).encode()).hexdigest()


def frozen_of(given: DrawInput, *, template: str, rule_version: str) -> Frozen:
    """What is fixed before the nonce is known; candidates and exclusions are put in a fixed order."""
    return Frozen(
        review_no=given.review_no,
        draw_no=given.draw_no,
        size=given.size,
        template=template,
        matching=tuple(sorted(given.matching)),
        preferred=tuple(sorted(given.preferred)),
        reviewed_system=given.reviewed_system,
        rules=RulesUsed(rule_version, given.rules),
        candidates=tuple(sorted(given.candidates, key=lambda one: one.expert_no)),
        excluded=tuple(sorted(set(given.exclusions), key=lambda one: tuple(plain(one).values()))),
        fixed=given.fixed,
        chair=given.chair,
        lead=given.lead,
    )


def input_of(frozen: Frozen, seed: bytes) -> DrawInput:
    """The draw's input from what was frozen and the seed."""
    return DrawInput(
        review_no=frozen.review_no,
        draw_no=frozen.draw_no,
        size=frozen.size,
        matching=frozen.matching,
        reviewed_system=frozen.reviewed_system,
        seed=seed,
        candidates=frozen.candidates,
        exclusions=frozen.excluded,
        rules=frozen.rules.panel,
        preferred=frozen.preferred,
        fixed=frozen.fixed,
        chair=frozen.chair,
        lead=frozen.lead,
        scores=scores_of(frozen),
        noise=frozen.weighing.noise if frozen.weighing else 0,
    )


def scores_of(frozen: Frozen) -> dict[str, int]:
    """The score of every candidate of a match, by expert number; empty for a draw by lot."""
    if frozen.weighing is None:
        return {}
    return {fit.expert_no: fit.score(frozen.weighing.weights) for fit in frozen.fits}


def lots_for(frozen: Frozen, *, secret: bytes, nonce: str) -> Lots:
    """Commit and seed of a draw by its method: a match binds the seed to the digest of its frozen input, a
    plan's panel to that of the plan."""
    if frozen.method is DrawMethod.DRAW:
        return lots_of(secret=secret, review_no=frozen.review_no, draw_no=frozen.draw_no, nonce=nonce)
    bound_to = frozen.plan.input_sha256 if frozen.plan else sha256_of(frozen)
    seed = match_seed(secret=secret, input_sha256=bound_to, nonce=nonce)
    return Lots(commit_to(secret), secret.hex(), nonce, seed.hex())


def lots_of(*, secret: bytes, review_no: str, draw_no: int, nonce: str) -> Lots:
    """Commit and seed for a secret and a nonce."""
    seed = seed_of(secret=secret, review_no=review_no, draw_no=draw_no, nonce=nonce)
    return Lots(commit_to(secret), secret.hex(), nonce, seed.hex())


def record_of(
    frozen: Frozen, lots: Lots, result: Draw, *, drawn_by: str, witnessed_by: str, time: str
) -> dict[str, Any]:
    """The record as plain JSON values. `time` is an ISO moment in UTC."""
    content = {
        "format": FORMAT,
        "input": plain(frozen),
        "input_sha256": sha256_of(frozen),
        "candidate_list_sha256": sha256_of(frozen.candidates),
        "lots": plain(lots),
        "result": plain(result),
        "drawn_by": drawn_by,
        "witnessed_by": witnessed_by,
        "time": time,
    }
    return {**content, "sha256": sha256_of(content)}


def replay(data: object) -> Replay:
    """Repeat a draw from its record alone and compare everything that can be computed.

    Raises InvalidData when the record cannot be read.
    """
    record = read(Record, data)
    try:
        repeated = plain(record) | repetition(record)
    except ValueError as error:
        raise InvalidData(
            [problem("lots", "lots", N_("密码、随机数或者编号无法使用：%(error)s"), error=error)]
        ) from error
    differences = tuple(compare(plain(record), repeated, ""))
    return Replay(not differences, differences)


def repetition(record: Record) -> dict[str, Any]:
    """The parts of the record that follow from the others."""
    frozen, lots = record.input, record.lots
    if lots.secret:
        lots = lots_for(frozen, secret=bytes.fromhex(lots.secret), nonce=lots.nonce)
    without = {name: value for name, value in plain(record).items() if name != "sha256"}
    return {
        "format": FORMAT,
        "input_sha256": sha256_of(frozen),
        "candidate_list_sha256": sha256_of(frozen.candidates),
        "lots": plain(lots),
        "result": result_again(frozen, bytes.fromhex(lots.seed), record.result),
        "sha256": sha256_of(without),
    }


def result_of_draw(frozen: Frozen, seed: bytes) -> Draw:
    """The panel of a draw for one review. Raises DrawImpossible."""
    floor = frozen.weighing.quality_floor if frozen.weighing else 0
    return formed(input_of(frozen, seed), frozen.method, quality_floor=floor)


def result_again(frozen: Frozen, seed: bytes, recorded: Result) -> Any:
    """The result once more. That of a plan follows from the plan's record; here its members are taken as
    recorded, everything that follows from them is worked out again, and an illegal panel is found."""
    if len(seed) != 32:
        raise ValueError("a seed has 32 bytes")
    try:
        if frozen.method is not DrawMethod.PLAN:
            return plain(result_of_draw(frozen, seed))
        members = [seat.expert_no for seat in recorded.members]
        relaxed = [rule.removeprefix("RELAXED:") for rule in recorded.relaxations]
        return plain(seated(input_of(frozen, seed), members, chair=recorded.chair, relaxed=relaxed))
    except (DrawImpossible, ValueError) as impossible:
        return str(impossible)


def compare(recorded: Any, replayed: Any, path: str) -> Iterator[Difference]:
    """Every place, by its path, where two JSON values differ."""
    if isinstance(recorded, dict) and isinstance(replayed, dict) and recorded.keys() == replayed.keys():
        for key in recorded:
            yield from compare(recorded[key], replayed[key], f"{path}.{key}".removeprefix("."))
    elif isinstance(recorded, list) and isinstance(replayed, list) and len(recorded) == len(replayed):
        for place, (one, other) in enumerate(zip(recorded, replayed, strict=True)):
            yield from compare(one, other, f"{path}[{place}]")
    elif recorded != replayed:
        yield Difference(path, str(recorded), str(replayed))
