"""The published weights of matching, versioned like the rules of a review: what an expert is worth for a case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from review_app.errors import N_, ReviewError
from review_app.rulebook.reading import InvalidData, Problem, parse_yaml, problem, read

CURRENT_MATCHING = "1"


@dataclass(frozen=True)
class Weights:
    """Percent of each measure in a score; they add up to 100."""

    specialty: int
    experience: int
    field: int
    rotation: int
    timeliness: int

    @property
    def total(self) -> int:
        return self.specialty + self.experience + self.field + self.rotation + self.timeliness


@dataclass(frozen=True)
class SpecialtyMeasure:
    """Per mille for a matching specialty, for each further one, at most; and by confirmed level (1–3)."""

    matching: int
    further: int
    matching_most: int
    level: Mapping[int, int]


@dataclass(frozen=True)
class ExperienceMeasure:
    """Per mille for the template among the expert's own case types, and for each finished panel of it."""

    own_type: int
    per_panel: int


@dataclass(frozen=True)
class RotationMeasure:
    """Per mille taken off for each panel joined within the last `days` days."""

    days: int
    less_per_panel: int


@dataclass(frozen=True)
class MatchingRules:
    """Everything that turns facts about an expert into a score, and the limits of a random match."""

    version: str
    weights: Weights
    templates: Mapping[str, Weights]
    core: Mapping[str, tuple[str, ...]]
    specialty: SpecialtyMeasure
    experience: ExperienceMeasure
    rotation: RotationMeasure
    noise: int
    quality_floor: int
    keep_bonus: int

    def weights_for(self, template: str) -> Weights:
        """The weights of a template: its own, or those of all."""
        return self.templates.get(template, self.weights)


@cache
def load_matching(version: str = CURRENT_MATCHING) -> MatchingRules:
    """The weights of a version. Raises :class:`ReviewError` when there is none, or its file is impossible."""
    file = resources.files("review_app.rulebook") / "data" / f"matching-{version}.yaml"
    if not version.isalnum() or not file.is_file():
        raise ReviewError(N_("没有版本为“%(version)s”的匹配权重。"), version=version[:40])
    rules = read(MatchingRules, parse_yaml(file.read_text("utf-8")))
    if problems := list(impossible_weights(rules)):
        raise InvalidData(problems)
    return rules


def impossible_weights(rules: MatchingRules) -> Iterator[Problem]:
    """Values that have the right type but cannot be meant."""
    sets = {"weights": rules.weights, **{f"templates.{name}": one for name, one in rules.templates.items()}}
    for path, weights in sets.items():
        if weights.total != 100 or min(vars(weights).values()) < 0:
            yield problem("sum", path, N_("各项权重之和应当是100，且不得为负。"))
    measures = {
        "specialty.matching": rules.specialty.matching,
        "specialty.matching_most": rules.specialty.matching_most,
        "experience.own_type": rules.experience.own_type,
        "experience.per_panel": rules.experience.per_panel,
        "rotation.less_per_panel": rules.rotation.less_per_panel,
        **{f"specialty.level.{level}": part for level, part in rules.specialty.level.items()},
    }
    for path, part in measures.items():
        if not 0 <= part <= 1000:
            yield problem("range", path, N_("应当是0至1000之间的整数。"))
    if not 0 <= rules.noise <= 100_000:
        yield problem("range", "noise", N_("随机扰动应当在0至100000之间。"))
    if not 0 <= rules.quality_floor <= 1_000_000:
        yield problem("range", "quality_floor", N_("允许的损失应当在百万分之0至1000000之间。"))
