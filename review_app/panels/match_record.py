"""The record of a match: its input, its lots, its panels, and the repetition from the record alone.

The digest of the input is fixed and published before the nonce is known; it covers everything that decides
the panels but the lots themselves. Scores stand beside the input, as triples of places, because there may be
ten million of them.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from review_app.audit.chain import canonical
from review_app.errors import N_
from review_app.panels.lottery import commit_to, match_seed
from review_app.panels.match_json import Instance, allowed, instance_of_parts, problem_of
from review_app.panels.match_scores import cut_scores, triples_of
from review_app.panels.match_shape import DrawIn, Unscored
from review_app.panels.matching.problem import Matched, Status
from review_app.panels.matching.problem import Problem as ProblemToSolve
from review_app.panels.record import Lots, Replay, compare, plain, sha256_of
from review_app.rulebook.reading import InvalidData, Problem, join, parse_json, problem, read, to_json

FORMAT = "yian-match-record/1"

SCORES = '"scores":null'


@dataclass(frozen=True, kw_only=True)
class RecordHead:
    """What a replay takes from a record; everything else in it is computed again."""

    format: str
    lots: Lots
    drawn_by: str = ""
    witnessed_by: str = ""
    time: str = ""


Solver = Callable[[ProblemToSolve], Matched]


def plain_input(instance: Instance) -> dict[str, Any]:
    """The input as plain JSON values, without scores, without the lots and without what has its default."""
    draw = DrawIn(noise=instance.file.draw.noise, quality_floor=instance.file.draw.quality_floor)
    return dict(brief(replace(instance.file, draw=draw)))


def brief(value: Any) -> Any:
    """A frozen object as plain JSON values; keys that have their default are left out."""
    if is_dataclass(value):
        kept = {}
        for one in fields(value):
            default = one.default if one.default_factory is MISSING else one.default_factory()
            if (given := getattr(value, one.name)) != default:
                kept[one.name] = brief(given)
        return kept
    if isinstance(value, Mapping):
        return {str(key): brief(one) for key, one in sorted(value.items())}
    return [brief(one) for one in value] if isinstance(value, tuple) else value


def score_rows(instance: Instance) -> Iterator[str]:
    zero = instance.file.unscored is Unscored.ZERO
    return triples_of(instance.scores, unscored_is_zero=zero)


def input_sha256(instance: Instance) -> str:
    """SHA-256 of the input's canonical JSON: keys sorted, no spaces, UTF-8, scores as triples of places."""
    before, after = canonical({**plain_input(instance), "scores": None}).split(SCORES, 1)
    digest = hashlib.sha256(f'{before}"scores":['.encode())
    for place, row in enumerate(score_rows(instance)):
        digest.update((f",{row}" if place else row).encode())
    digest.update(f"]{after}".encode())
    return digest.hexdigest()


def lots_of_match(*, secret: bytes, nonce: str, digest: str) -> Lots:
    """Commit and seed for a secret, a nonce and the digest of the input."""
    seed = match_seed(secret=secret, input_sha256=digest, nonce=nonce)
    return Lots(commit_to(secret), secret.hex(), nonce, seed.hex())


def lots_given(instance: Instance) -> Lots:
    """The lots of a file: from secret and nonce, from a bare seed, or, where it names none, all zeros."""
    draw = instance.file.draw
    if not draw.secret:
        return Lots("", "", "", draw.seed or bytes(32).hex())
    digest = input_sha256(instance)
    return lots_of_match(secret=bytes.fromhex(draw.secret), nonce=draw.nonce, digest=digest)


def result_of(instance: Instance, matched: Matched) -> dict[str, Any]:
    """The panels and their figures as plain JSON values."""
    ids = [one.id for one in instance.file.experts]
    loads = dict.fromkeys(ids, 0)
    for members in matched.panels.values():
        for expert in members:
            loads[expert] += 1
    return {
        "status": matched.status.value,
        "panels": {case: sorted(members) for case, members in sorted(matched.panels.items())},
        "chairs": dict(sorted(matched.chairs.items())),
        "total": matched.total,
        "worst": matched.worst,
        "bound": matched.bound,
        "worst_bound": matched.worst_bound,
        "gap": plain(Decimal(str(round(matched.gap, 9)))),
        "loads": loads,
        "relaxed": {case: list(steps) for case, steps in sorted(matched.relaxed.items()) if steps},
        "changes": changes_of(instance, matched),
        "shortfalls": plain(matched.shortfalls),
        "log": list(matched.log),
    }


def changes_of(instance: Instance, matched: Matched) -> dict[str, Any]:
    """Who joined and who left against the plan before, case by case; cases without change are left out."""
    changes = {}
    for case, before in instance.file.previous.items():
        now = set(matched.panels.get(case, ()))
        if now != set(before):
            changes[case] = {"joined": sorted(now - set(before)), "left": sorted(set(before) - now)}
    return changes


def record_of(
    instance: Instance,
    matched: Matched,
    lots: Lots,
    *,
    reasons: Sequence[Any] = (),
    drawn_by: str = "",
    witnessed_by: str = "",
    time: str = "",
) -> dict[str, Any]:
    """The record as plain JSON values; its scores are put in by `record_text`. `time` is ISO, UTC."""
    content = {
        "format": FORMAT,
        **result_of(instance, matched),
        "reasons": list(reasons),
        "input_sha256": input_sha256(instance),
        "lots": plain(lots),
        "drawn_by": drawn_by,
        "witnessed_by": witnessed_by,
        "time": time,
    }
    return {**content, "sha256": sha256_of(content)}


def record_text(record: Mapping[str, Any], instance: Instance | None) -> str:
    """The record as it is written to a file, with its input (None: without, then the file given is needed
    to repeat it)."""
    if instance is None:
        return to_json(record)
    text = to_json({**record, "input": plain_input(instance), "scores": None})
    before, after = text.rsplit('"scores": null', 1)
    return f'{before}"scores": [{",".join(score_rows(instance))}]{after}'


def instance_of_record(text: bytes) -> Instance:
    """The input within a record. Raises InvalidData where the record has none."""
    data = record_data(text)
    if data.get("input") is None:
        sentence = N_("记录中没有输入，请同时给出输入文件。")
        raise InvalidData([problem("missing_key", "input", sentence)])
    try:
        return instance_of_parts(data["input"], text, cut_scores(text))
    except InvalidData as invalid:
        raise InvalidData([within_input(one) for one in invalid.problems]) from invalid


def within_input(found: Problem) -> Problem:
    """The same problem with its place in the record; the scores stand beside the input."""
    return found if found.path.startswith("scores") else replace(found, path=join("input", found.path))


def record_data(text: bytes) -> dict[str, Any]:
    """A record without its scores, as plain values."""
    data = parse_json(cut_scores(text).rest)
    if not isinstance(data, dict):
        raise InvalidData([problem("type", "", N_("此处应当是一组键和值。"))])
    return data


def replay_match(text: bytes, solver: Solver, instance: Instance | None = None) -> Replay:
    """Repeat a match from its record alone (or with the input given apart) and compare everything that can
    be computed. Raises InvalidData when the record cannot be read."""
    data = record_data(text)
    known = instance or instance_of_record(text)
    head = read(RecordHead, {name: data[name] for name in HEAD if name in data})
    lots = lots_again(head.lots, known)
    matched = solver(problem_of(known, bytes.fromhex(lots.seed)))
    recorded = {name: one for name, one in data.items() if name not in {"input", "scores"}}
    content = {name: one for name, one in recorded.items() if name != "sha256"}
    repeated = {
        **recorded,
        "format": FORMAT,
        **result_of(known, matched),
        "input_sha256": input_sha256(known),
        "lots": plain(lots),
        "sha256": sha256_of(content),
    }
    differences = tuple(compare(plain(recorded), plain(repeated), ""))
    return Replay(not differences, differences)


@dataclass(frozen=True, kw_only=True)
class MatchedIn:
    """The panels of a record, or of a result that comes from anywhere."""

    panels: Mapping[str, tuple[str, ...]]
    status: Status = Status.BOUNDED
    chairs: Mapping[str, str] = field(default_factory=dict)
    total: int | None = None
    worst: int | None = None
    bound: int | None = None
    worst_bound: int | None = None
    relaxed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def matched_of_record(data: Mapping[str, Any], instance: Instance) -> Matched:
    """The result within a record. Sums it does not name are counted; unknown experts are refused."""
    known = {one.name for one in fields(MatchedIn)}
    given = read(MatchedIn, {name: one for name, one in data.items() if name in known})
    experts = {one.id for one in instance.file.experts}
    strangers = [
        problem("unknown", f"panels.{case}[{place}]", N_("名单中没有专家“%(id)s”。"), id=expert)
        for case, members in given.panels.items()
        for place, expert in enumerate(members)
        if expert not in experts
    ]
    if strangers:
        raise InvalidData(strangers)
    total, worst = sums_of(instance, given.panels)
    return Matched(
        status=given.status,
        panels=given.panels,
        chairs=given.chairs,
        total=total if given.total is None else given.total,
        worst=worst if given.worst is None else given.worst,
        bound=total if given.bound is None else given.bound,
        worst_bound=worst if given.worst_bound is None else given.worst_bound,
        relaxed=given.relaxed,
    )


def sums_of(instance: Instance, panels: Mapping[str, Sequence[str]]) -> tuple[int, int]:
    """The total and the smallest sum of one panel; unknown cases are left to the verifier."""
    scores = allowed(instance)
    rows = {one.id: row for row, one in enumerate(instance.file.cases)}
    columns = {one.id: column for column, one in enumerate(instance.file.experts)}
    sums = [
        sum(max(0, int(scores[rows[case], columns[expert]])) for expert in members)
        for case, members in panels.items()
        if case in rows
    ]
    return sum(sums), min(sums, default=0)


HEAD = tuple(one.name for one in fields(RecordHead))


def lots_again(lots: Lots, instance: Instance) -> Lots:
    """The lots computed from secret, nonce and digest; a bare seed stands as it is."""
    try:
        if lots.secret:
            digest = input_sha256(instance)
            return lots_of_match(secret=bytes.fromhex(lots.secret), nonce=lots.nonce, digest=digest)
        if len(bytes.fromhex(lots.seed)) != 32:
            raise ValueError("a seed has 32 bytes")
    except ValueError as error:
        sentence = N_("密码、随机数或者编号无法使用：%(error)s")
        raise InvalidData([problem("lots", "lots", sentence, error=error)]) from error
    return lots
