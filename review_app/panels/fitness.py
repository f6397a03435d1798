"""What one expert is worth for one case: five measures between 0 and 1,000 and their published weights.

Only what an expert knows, did and has time for is measured, never how he voted or what grade he gave
(§C.2 of the domain rules; a panel must not be chosen for its expected result). Integers only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isqrt
from types import MappingProxyType

from review_app.errors import N_
from review_app.rulebook.matching import MatchingRules, Weights

MOST = 1000

MEASURE_LABELS = {
    "specialty": N_("专业对口"),
    "experience": N_("同类案件经验"),
    "field": N_("研究方向与案情相近"),
    "rotation": N_("轮换（近期参加少者优先）"),
    "timeliness": N_("按时完成"),
}


@dataclass(frozen=True)
class Profile:
    """What the measures read about an expert: his specialties with confirmed levels where known, his own case
    types, words about his field, finished panels by template, panels joined lately, share of forms in time
    (per mille; 500 when nothing is known), and whether he served too often for the reviewed organ (R20)."""

    expert_no: str
    specialties: frozenset[str] = frozenset()
    levels: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    case_types: frozenset[str] = frozenset()
    words: str = ""
    finished: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    panels_lately: int = 0
    on_time: int = 500
    served_often: bool = False


@dataclass(frozen=True)
class Theme:
    """What the measures read about a case: template, the specialties that match it, those at its heart, and
    words about it. The words themselves are not kept, only how near each expert is to them."""

    template: str
    matching: frozenset[str]
    core: frozenset[str]
    words: str = ""


@dataclass(frozen=True)
class Fit:
    """The measures of one expert for one case, each 0 to 1,000."""

    expert_no: str
    specialty: int
    experience: int
    field: int
    rotation: int
    timeliness: int

    def points(self, weights: Weights) -> dict[str, int]:
        """What each measure adds to the score: weight × measure."""
        return {name: getattr(weights, name) * getattr(self, name) for name in MEASURE_LABELS}

    def score(self, weights: Weights) -> int:
        """The sum of all points, 0 to 100,000."""
        return sum(self.points(weights).values())


def theme_of(template: str, *, matching: frozenset[str], preferred: frozenset[str], words: str,
             rules: MatchingRules) -> Theme:  # fmt: skip
    """A case as the measures see it: at its heart stands its own kind, or else its template."""
    return Theme(template, matching, preferred or frozenset(rules.core.get(template, ())), words)


def fit_of(profile: Profile, theme: Theme, rules: MatchingRules) -> Fit:
    """All measures of one expert for one case."""
    return Fit(
        expert_no=profile.expert_no,
        specialty=specialty_measure(profile, theme, rules),
        experience=experience_measure(profile, theme, rules),
        field=likeness(profile.words, theme.words),
        rotation=rotation_measure(profile, rules),
        timeliness=max(0, min(MOST, profile.on_time)),
    )


def specialty_measure(profile: Profile, theme: Theme, rules: MatchingRules) -> int:
    """Full for the specialty at the heart of the case, less for one that only matches the template, each by
    its confirmed level; unknown levels count in full."""
    core = [level_of(profile, one, rules) for one in profile.specialties & theme.core]
    matching = [level_of(profile, one, rules) for one in profile.specialties & theme.matching]
    if not matching:
        return max(core, default=0)
    measure = rules.specialty
    several = min(measure.matching_most, measure.matching + measure.further * (len(matching) - 1))
    return max([*core, several * max(matching) // MOST])


def level_of(profile: Profile, specialty: str, rules: MatchingRules) -> int:
    return rules.specialty.level.get(profile.levels.get(specialty, 0), MOST)


def experience_measure(profile: Profile, theme: Theme, rules: MatchingRules) -> int:
    own = rules.experience.own_type if theme.template in profile.case_types else 0
    return min(MOST, own + rules.experience.per_panel * profile.finished.get(theme.template, 0))


def rotation_measure(profile: Profile, rules: MatchingRules) -> int:
    if profile.served_often:
        return 0
    return max(0, MOST - rules.rotation.less_per_panel * profile.panels_lately)


def likeness(one: str, other: str) -> int:
    """How near two texts are: pairs of neighbouring characters in common, by the geometric mean of their
    numbers, in parts per mille."""
    first, second = pairs(one), pairs(other)
    if not first or not second:
        return 0
    return min(MOST, len(first & second) * MOST // isqrt(len(first) * len(second)))


def pairs(text: str) -> frozenset[str]:
    """Neighbouring letters and digits; punctuation and spaces part them."""
    words = "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))
