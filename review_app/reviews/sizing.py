"""How many experts a review needs: 3, 5 or 7, and why. Pure: facts and rules in, a proposal out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from review_app.errors import N_
from review_app.reviews.states import DOUBT_LABELS, MAJOR_LABELS, DoubtReason, MajorReason
from review_app.rulebook import Rules


class Weight(StrEnum):
    """What decides the size; the names are the keys of ``panel.size`` in the rule file."""

    ORDINARY = "ordinary"
    DOUBTFUL = "doubtful"
    MAJOR = "major"


@dataclass(frozen=True)
class SizeFacts:
    """What the proposal is made from. ``petition_since`` is the day the matter was received, ``amount`` yuan,
    the reasons are those the coordinator ticked."""

    petition_since: date | None
    today: date
    group_size: int = 1
    repeats: int = 0
    amount: int | None = None
    doubt_reasons: frozenset[DoubtReason] = frozenset()
    major_reasons: frozenset[MajorReason] = frozenset()


@dataclass(frozen=True)
class Ground:
    """One sentence that explains the proposal: a message id and the facts for its slots."""

    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class SizeProposal:
    """The proposed number of experts with all reasons, ticked and computed."""

    size: int
    weight: Weight
    doubt_reasons: tuple[DoubtReason, ...]
    major_reasons: tuple[MajorReason, ...]
    grounds: tuple[Ground, ...]

    @property
    def doubt_flag(self) -> bool:
        return bool(self.doubt_reasons)


def propose_size(facts: SizeFacts, rules: Rules) -> SizeProposal:
    """3 for an ordinary case, 5 for a doubtful one, 7 for a major one (sizes from the rule file).

    Reasons that follow from numbers (long or repeated petition, collective petition, amount) are added even
    when nobody ticked them; a ticked reason is never taken away.
    """
    computed_doubts = doubts_from_numbers(facts, rules)
    computed_majors = majors_from_numbers(facts, rules)
    doubts = tuple(one for one in DoubtReason if one in facts.doubt_reasons or one in computed_doubts)
    majors = tuple(one for one in MajorReason if one in facts.major_reasons or one in computed_majors)
    weight = Weight.MAJOR if majors else Weight.DOUBTFUL if doubts else Weight.ORDINARY
    grounds = [computed_majors.get(one) or Ground(MAJOR_LABELS[one]) for one in majors]
    grounds += [computed_doubts.get(one) or Ground(DOUBT_LABELS[one]) for one in doubts]
    return SizeProposal(
        size=rules.panel.size[weight],
        weight=weight,
        doubt_reasons=doubts,
        major_reasons=majors,
        grounds=tuple(grounds) or (Ground(N_("没有存疑或者重大情形，按普通案件组成")),),
    )


def doubts_from_numbers(facts: SizeFacts, rules: Rules) -> dict[DoubtReason, Ground]:
    limit = rules.panel.doubtful_after
    if facts.repeats >= limit.repeats:
        ground = Ground(
            N_("重复信访%(times)d次（%(limit)d次以上为存疑）"),
            {"times": facts.repeats, "limit": limit.repeats},
        )
        return {DoubtReason.LONG_OR_REPEATED: ground}
    if facts.petition_since and later(facts.petition_since, limit.petition_years) < facts.today:
        ground = Ground(
            N_("信访自%(since)s起已超过%(years)d年"),
            {"since": facts.petition_since.isoformat(), "years": limit.petition_years},
        )
        return {DoubtReason.LONG_OR_REPEATED: ground}
    return {}


def majors_from_numbers(facts: SizeFacts, rules: Rules) -> dict[MajorReason, Ground]:
    limit = rules.panel.major_from
    found: dict[MajorReason, Ground] = {}
    if facts.group_size >= limit.collective:
        words = N_("集体访%(people)d人（%(limit)d人以上为重大）")
        found[MajorReason.COLLECTIVE] = Ground(words, {"people": facts.group_size, "limit": limit.collective})
    if facts.amount is not None and facts.amount >= limit.amount:
        words = N_("标的额%(amount)s元（%(limit)s元以上为重大）")
        found[MajorReason.AMOUNT] = Ground(
            words, {"amount": f"{facts.amount:,}", "limit": f"{limit.amount:,}"}
        )
    return found


def later(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
