"""Counting ballots: majorities, the grade and the outcome. The chair has no casting vote."""

from collections import Counter
from collections.abc import Iterable, Mapping

from review_app.deliberations.panel_input import GradeVote, PanelInput, Vote
from review_app.deliberations.results import GradeDecision, GradeStatus, OutcomeDecision, Tally
from review_app.errors import N_
from review_app.evaluations.grading import Points, levels_between
from review_app.rulebook.reading import InvalidData, problem
from review_app.rulebook.rules import GRADES, Rules


def majority(size: int) -> int:
    """⌊n/2⌋ + 1: 2 of 3, 3 of 5, 4 of 7."""
    return size // 2 + 1


def two_thirds(size: int) -> int:
    """⌈2n/3⌉: 2 of 3, 4 of 5, 5 of 7."""
    return -(-2 * size // 3)


def tally_of(votes: Mapping[str, Vote], needed: int) -> Tally:
    uphold = sum(vote is Vote.UPHOLD for vote in votes.values())
    return Tally(uphold, len(votes) - uphold, needed)


def decide_grade(
    panel: PanelInput, computed: str, items: Iterable[Points], *, vetoed: bool, rules: Rules
) -> GradeDecision:
    """The computed grade is put to the vote. A majority may adopt a neighbouring grade with written reasons;
    anything further, or no majority, leaves the grade undecided.
    Raises :class:`InvalidData` when those reasons are missing."""
    allowed = allowed_grades(computed, items, vetoed=vetoed, rules=rules)
    if panel.grade_ballot is None:
        return GradeDecision(computed, GradeStatus.COMPUTED, allowed, {}, ())
    votes = Counter(vote.grade for vote in panel.grade_ballot.values())
    counted = {grade: votes[grade] for grade in GRADES if votes[grade]}
    winner = next((grade for grade in counted if counted[grade] >= majority(panel.size)), None)
    if winner is None or winner not in allowed:
        return GradeDecision(None, GradeStatus.UNDECIDED, allowed, counted, ())
    if winner == computed:
        return GradeDecision(winner, GradeStatus.ADOPTED, allowed, counted, ())
    reasons = written_reasons(panel.grade_ballot, winner, computed)
    return GradeDecision(winner, GradeStatus.ADJUSTED, allowed, counted, reasons)


def allowed_grades(computed: str, items: Iterable[Points], *, vetoed: bool, rules: Rules) -> tuple[str, ...]:
    """The computed grade and its neighbours. An upheld veto leaves only D; A stays closed while a finding
    lies in the core dimensions."""
    if vetoed:
        return (computed,)
    core = rules.grading.A_requires.none_in
    barred = {"A"} if any(item.severity != "S0" and item.dimension in core for item in items) else set()
    near = (grade for grade in GRADES if levels_between(grade, computed) <= 1)
    return tuple(grade for grade in near if grade not in barred)


def written_reasons(ballot: Mapping[str, GradeVote], winner: str, computed: str) -> tuple[str, ...]:
    reasons = [vote.reason for vote in ballot.values() if vote.grade == winner and vote.reason.strip()]
    if not reasons:
        wanting = N_("采用%(grade)s等而不采用计算等次%(computed)s的，应当写明理由。")
        raise InvalidData(
            [problem("reason_missing", "grade_ballot", wanting, grade=winner, computed=computed)]
        )
    return tuple(reasons)


def decide_outcome(panel: PanelInput) -> OutcomeDecision | None:
    """One primary outcome by majority; without a majority none."""
    if panel.outcome_ballot is None:
        return None
    votes = Counter(panel.outcome_ballot.values())
    winner = next((name for name, count in votes.items() if count >= majority(panel.size)), None)
    return OutcomeDecision(winner, dict(votes))
