"""The shape of the JSON that `review-app match` reads, and everything that can be wrong with it.

Read strictly: an unknown key, an impossible number, an unknown expert or case is refused with the path to
it. The scores are read apart (`match_scores`), because there may be ten million of them. The whole format is
described in the documentation.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum

from review_app.errors import N_
from review_app.panels.draw_shape import is_32_bytes
from review_app.rulebook.reading import Problem, join, problem

MOST_PER_CASE = 99
MOST_LOAD = 100_000
MOST_SCORE = 1_000_000
MOST_NOISE = 1_000_000
MILLION = 1_000_000
NOT_IN_IDS = frozenset('|"\\[]=')


class Unscored(StrEnum):
    """What a pair without score means: it may sit together with score 0, or it may not."""

    ZERO = "ZERO"
    BARRED = "BARRED"


@dataclass(frozen=True, kw_only=True)
class ExpertIn:
    id: str
    profession: str = ""
    institution: str = ""
    system: str = ""
    specialties: tuple[str, ...] = ()
    may_chair: bool = False
    min_load: int = 0
    max_load: int = MOST_LOAD


@dataclass(frozen=True, kw_only=True)
class SomeIn:
    """Which experts are meant: those who match every kind of value given."""

    professions: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class CountIn(SomeIn):
    """A number of members, at least or at most, among the experts meant."""

    rule: str
    count: int


@dataclass(frozen=True, kw_only=True)
class StepIn:
    """One step of the ladder: the counts and limits that hold from it on, and whom it admits."""

    rule: str
    at_least: Mapping[str, int] = field(default_factory=dict)
    at_most: Mapping[str, int] = field(default_factory=dict)
    institution_max: int | None = None
    institution_max_of: Mapping[str, int] = field(default_factory=dict)
    system_max: int | None = None
    system_max_of: Mapping[str, int] = field(default_factory=dict)
    specialty_min: int | None = None
    admits: SomeIn | None = None


@dataclass(frozen=True, kw_only=True)
class RulesIn:
    """The rules of all cases, or what one case has instead; None: as for all cases, or no such rule."""

    at_least: tuple[CountIn, ...] | None = None
    at_most: tuple[CountIn, ...] | None = None
    institution_max: int | None = None
    institution_max_of: Mapping[str, int] | None = None
    system_max: int | None = None
    system_max_of: Mapping[str, int] | None = None
    specialty_min: int | None = None
    chair: bool | None = None
    chairs: SomeIn | None = None
    ladder: tuple[StepIn, ...] | None = None

    def over(self, others: "RulesIn") -> "RulesIn":
        """These rules, and those of `others` wherever these say nothing."""
        names = [one.name for one in fields(self)]
        return RulesIn(
            **{name: getattr(others if getattr(self, name) is None else self, name) for name in names}
        )


@dataclass(frozen=True, kw_only=True)
class CaseIn:
    id: str
    size: int
    specialties: tuple[str, ...] = ()
    rules: RulesIn = field(default_factory=RulesIn)


@dataclass(frozen=True, kw_only=True)
class DrawIn:
    """The lottery. Either `seed`, or `secret` and `nonce`, or none of them; the rest decides with the input."""

    seed: str = ""
    secret: str = ""
    nonce: str = ""
    noise: int = 0
    quality_floor: int = 15_000
    drawn_by: str = ""
    witnessed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class MatchFile:
    """The whole input but for the scores."""

    experts: tuple[ExpertIn, ...]
    cases: tuple[CaseIn, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unscored: Unscored = Unscored.ZERO
    barred: tuple[tuple[str, str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    rules: RulesIn = field(default_factory=RulesIn)
    previous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    locked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep_bonus: int = 0
    keep_first: bool = False
    may_relax: bool = True
    draw: DrawIn = field(default_factory=DrawIn)


def problems_of(file: MatchFile) -> Iterator[Problem]:
    """Everything wrong with the file but its scores, each with its path."""
    experts, cases = {one.id for one in file.experts}, {one.id for one in file.cases}
    yield from wrong_ids(file)
    yield from wrong_loads(file)
    yield from wrong_sizes(file)
    yield from wrong_draw(file.draw)
    yield from wrong_groups(file, experts)
    yield from wrong_pairs(file, experts, cases)
    yield from wrong_seats(file, experts, cases)
    yield from wrong_rules(file, experts)


def wrong_ids(file: MatchFile) -> Iterator[Problem]:
    for name, ids in (
        ("experts", [one.id for one in file.experts]),
        ("cases", [one.id for one in file.cases]),
    ):
        if not ids:
            yield problem("length", name, N_("此处不得为空。"))
        counts = Counter(ids)
        for place, one in enumerate(ids):
            if not is_id(one):
                sentence = N_(
                    "编号不得为空，不得超过100个字，不得含有|、引号、反斜线、方括号、等号和不可见字符。"
                )
                yield problem("text", f"{name}[{place}].id", sentence)
            elif counts[one] > 1:
                yield problem("unique", f"{name}[{place}].id", N_("编号“%(id)s”出现了不止一次。"), id=one)


def is_id(text: str) -> bool:
    return 0 < len(text) <= 100 and text.isprintable() and not NOT_IN_IDS & set(text)


def wrong_loads(file: MatchFile) -> Iterator[Problem]:
    for place, one in enumerate(file.experts):
        path = f"experts[{place}]"
        yield from out_of_range(f"{path}.max_load", one.max_load, 0, MOST_LOAD)
        yield from out_of_range(
            f"{path}.min_load", one.min_load, 0, max(0, min(one.max_load, len(file.cases)))
        )


def wrong_sizes(file: MatchFile) -> Iterator[Problem]:
    most = min(MOST_PER_CASE, len(file.experts))
    for place, one in enumerate(file.cases):
        yield from out_of_range(f"cases[{place}].size", one.size, 1, most)
        if file_rules(file, one).specialty_min and not one.specialties:
            sentence = N_("规则要求专长人数，此案应当写明所需专长。")
            yield problem("missing_key", f"cases[{place}].specialties", sentence)
    yield from out_of_range("keep_bonus", file.keep_bonus, 0, MILLION)


def file_rules(file: MatchFile, case: CaseIn) -> RulesIn:
    """The rules of one case: its own, and those of all cases wherever it has none."""
    return case.rules.over(file.rules)


def wrong_draw(draw: DrawIn) -> Iterator[Problem]:
    for name in ("seed", "secret"):
        if (text := getattr(draw, name)) and not is_32_bytes(text):
            yield problem("hex", f"draw.{name}", N_("此处应当是64位十六进制数。"))
    if draw.seed and draw.secret:
        yield problem("seed", "draw.seed", N_("请给出seed，或者给出secret和nonce，二者择一。"))
    if bool(draw.secret) != bool(draw.nonce):
        missing = "nonce" if draw.secret else "secret"
        yield problem("missing_key", f"draw.{missing}", N_("secret和nonce应当同时给出。"))
    for name in ("nonce", "drawn_by", "witnessed_by"):
        if not getattr(draw, name).isprintable():
            yield problem("text", f"draw.{name}", N_("此处不得含有不可见字符。"))
    yield from out_of_range("draw.noise", draw.noise, 0, MOST_NOISE)
    yield from out_of_range("draw.quality_floor", draw.quality_floor, 0, MILLION)


def wrong_groups(file: MatchFile, experts: Collection[str]) -> Iterator[Problem]:
    for name, members in file.groups.items():
        if not is_id(name):
            yield problem("text", join("groups", name), N_("组名不得为空，不得含有特殊字符。"))
        yield from unknown_experts(f"groups.{name}", members, experts)


def unknown_experts(path: str, named: Iterable[str], experts: Collection[str]) -> Iterator[Problem]:
    for place, one in enumerate(named):
        if one not in experts:
            yield problem("unknown", f"{path}[{place}]", N_("名单中没有专家“%(id)s”。"), id=one)


def wrong_pairs(file: MatchFile, experts: Collection[str], cases: Collection[str]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for place, (case, expert, reason) in enumerate(file.barred):
        path = f"barred[{place}]"
        if case not in cases:
            yield problem("unknown", f"{path}[0]", N_("没有案件“%(id)s”。"), id=case)
        if expert not in experts:
            yield problem("unknown", f"{path}[1]", N_("名单中没有专家“%(id)s”。"), id=expert)
        if not reason.strip():
            yield problem("text", f"{path}[2]", N_("应当写明回避的理由。"))
        if (case, expert) in seen:
            yield problem("unique", path, N_("同一案件、同一专家出现了不止一次。"))
        seen.add((case, expert))
    for place, pair in enumerate(file.apart):
        yield from unknown_experts(f"apart[{place}]", pair, experts)
        if pair[0] == pair[1]:
            yield problem("unique", f"apart[{place}]", N_("不得同组的两位专家不得为同一人。"))


def wrong_seats(file: MatchFile, experts: Collection[str], cases: Collection[str]) -> Iterator[Problem]:
    sizes = {one.id: one.size for one in file.cases}
    barred = {(case, expert) for case, expert, _reason in file.barred}
    for name in ("previous", "locked"):
        for case, members in getattr(file, name).items():
            path = join(name, case)
            if case not in cases:
                yield problem("unknown", path, N_("没有案件“%(id)s”。"), id=case)
            if len(set(members)) != len(members):
                yield problem("unique", path, N_("同一专家出现了不止一次。"))
            yield from unknown_experts(path, members, experts)
    for case, members in file.locked.items():
        if len(members) > sizes.get(case, MOST_PER_CASE):
            yield problem("range", join("locked", case), N_("锁定的专家多于评查组人数。"))
        for place, expert in enumerate(members):
            if (case, expert) in barred:
                yield problem("barred", f"locked.{case}[{place}]", N_("应当回避的专家不能锁定。"))


def wrong_rules(file: MatchFile, experts: Collection[str]) -> Iterator[Problem]:
    largest = max((one.size for one in file.cases), default=0)
    yield from wrong_rules_at("rules", file.rules, largest, file, experts)
    for place, case in enumerate(file.cases):
        yield from wrong_rules_at(f"cases[{place}].rules", case.rules, case.size, file, experts)
        yield from wrong_steps(f"cases[{place}].rules.ladder", file, case)


def wrong_rules_at(
    path: str, rules: RulesIn, size: int, file: MatchFile, experts: Collection[str]
) -> Iterator[Problem]:
    for name, most in (("at_least", size), ("at_most", MOST_PER_CASE)):
        given = getattr(rules, name) or ()
        for place, one in enumerate(given):
            yield from out_of_range(f"{path}.{name}[{place}].count", one.count, 0, most)
            yield from wrong_some(f"{path}.{name}[{place}]", one, file, experts)
        yield from wrong_names(f"{path}.{name}", [one.rule for one in given])
    if rules.chairs:
        yield from wrong_some(f"{path}.chairs", rules.chairs, file, experts)
    yield from wrong_limits(path, rules, size)
    yield from wrong_names(f"{path}.ladder", [step.rule for step in rules.ladder or ()])
    for place, step in enumerate(rules.ladder or ()):
        at = f"{path}.ladder[{place}]"
        yield from wrong_limits(at, step, size)
        if step.admits:
            yield from wrong_some(f"{at}.admits", step.admits, file, experts)
        for name in ("at_least", "at_most"):
            for rule, count in getattr(step, name).items():
                yield from out_of_range(join(f"{at}.{name}", rule), count, 0, MOST_PER_CASE)


def wrong_names(path: str, names: Sequence[str]) -> Iterator[Problem]:
    counts = Counter(names)
    for place, name in enumerate(names):
        if not name.strip() or counts[name] > 1:
            yield problem("unique", f"{path}[{place}].rule", N_("规则名称不得为空，不得重复。"))


def wrong_limits(path: str, rules: RulesIn | StepIn, size: int) -> Iterator[Problem]:
    for name in ("institution_max", "system_max"):
        if (most := getattr(rules, name)) is not None:
            yield from out_of_range(f"{path}.{name}", most, 0, MOST_PER_CASE)
        for key, most in (getattr(rules, f"{name}_of") or {}).items():
            yield from out_of_range(join(f"{path}.{name}_of", key), most, 0, MOST_PER_CASE)
    if rules.specialty_min is not None:
        yield from out_of_range(f"{path}.specialty_min", rules.specialty_min, 0, size)


def wrong_some(path: str, some: SomeIn, file: MatchFile, experts: Collection[str]) -> Iterator[Problem]:
    if some.group and some.group not in file.groups:
        yield problem("unknown", f"{path}.group", N_("没有名为“%(name)s”的组。"), name=some.group)
    yield from unknown_experts(f"{path}.experts", some.experts, experts)
    if not any(getattr(some, name) for name in KINDS_OF_VALUES):
        sentence = N_(
            "应当写明指哪些专家：professions、institutions、systems、specialties、experts、group之一。"
        )
        yield problem("missing_key", path, sentence)


KINDS_OF_VALUES: tuple[str, ...] = tuple(one.name for one in fields(SomeIn))


def wrong_steps(path: str, file: MatchFile, case: CaseIn) -> Iterator[Problem]:
    """Steps of the ladder that change a rule the case does not have."""
    rules = file_rules(file, case)
    for name in ("at_least", "at_most"):
        known = {one.rule for one in getattr(rules, name) or ()}
        for place, step in enumerate(rules.ladder or ()):
            for rule in getattr(step, name):
                if rule not in known:
                    at = join(f"{path}[{place}].{name}", rule)
                    yield problem("unknown", at, N_("此案没有规则“%(rule)s”。"), rule=rule)


def out_of_range(path: str, value: int, least: int, most: int) -> Iterator[Problem]:
    if not least <= value <= most:
        sentence = N_("此处应当是%(least)s到%(most)s之间的整数。")
        yield problem("range", path, sentence, least=least, most=most)
