"""What the pages show of a match: how each score adds up, why others have no seat, pictures, what-if."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from review_app.experts.models import Expert
from review_app.experts.states import CATEGORY_LABELS, ExpertCategory
from review_app.panels.draw import Draw
from review_app.panels.fitness import MEASURE_LABELS
from review_app.panels.forming import Solved, solved
from review_app.panels.matching import reasons
from review_app.panels.matching.explaining import explain
from review_app.panels.matching.insisting import Outcome, insist
from review_app.panels.models import PanelDraw
from review_app.panels.record import Frozen, Result, input_of
from review_app.panels.states import DrawMethod
from review_app.rulebook.reading import read
from review_app.rulebook.rules import PanelRules
from review_app.web.panels.record_view import rule_words, seat_words


@dataclass(frozen=True)
class Term:
    """One measure of a score: what it is called, its weight in percent, the measure, and what it adds."""

    label: str
    weight: int
    measure: int
    points: int


@dataclass(frozen=True)
class Scored:
    """One expert's score in its terms, his seat if he has one, and else the reasons."""

    expert_no: str
    name: str
    rank: int
    score: int
    terms: tuple[Term, ...]
    seat: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explained:
    """A match in words: its members, everybody ranked above the last of them, and the sum."""

    members: tuple[Scored, ...]
    others: tuple[Scored, ...]
    labels: tuple[str, ...]
    weights: tuple[int, ...]
    version: str
    total: int
    noise: int
    floor: int


def explained(draw: PanelDraw, experts: Mapping[str, Expert]) -> Explained | None:
    """Nothing for a draw by lot or one without result."""
    if draw.record is None or not draw.frozen.get("weighing"):
        return None
    frozen, result = read(Frozen, draw.frozen), draw.record["result"]
    scored = {one: scored_of(frozen, result["order"], one, experts) for one in result["order"]}
    members = tuple(with_seat(scored[seat["expert_no"]], seat) for seat in result["members"])
    others = (with_reasons(scored[number], why) for number, why in why_not(frozen, draw, experts))
    weighing = draw.frozen["weighing"]
    return Explained(
        members=members,
        others=tuple(sorted(others, key=lambda one: one.rank)),
        labels=tuple(gettext(label) for label in MEASURE_LABELS.values()),
        weights=tuple(weighing["weights"][name] for name in MEASURE_LABELS),
        version=weighing["version"],
        total=sum(one.score for one in members),
        noise=weighing["noise"],
        floor=weighing["quality_floor"],
    )


def scored_of(frozen: Frozen, order: Sequence[str], number: str, experts: Mapping[str, Expert]) -> Scored:
    fit = next((one for one in frozen.fits if one.expert_no == number), None)
    terms: tuple[Term, ...] = ()
    if fit is not None and frozen.weighing is not None:
        weights, points = frozen.weighing.weights, fit.points(frozen.weighing.weights)
        terms = tuple(
            Term(gettext(label), getattr(weights, name), getattr(fit, name), points[name])
            for name, label in MEASURE_LABELS.items()
        )
    return Scored(
        number, name_of(number, experts), order.index(number) + 1, sum(one.points for one in terms), terms
    )


def name_of(number: str, experts: Mapping[str, Expert]) -> str:
    return experts[number].name if number in experts else number


def with_seat(one: Scored, seat: Mapping[str, Any]) -> Scored:
    return Scored(one.expert_no, one.name, one.rank, one.score, one.terms, seat=seat_words(seat))


def with_reasons(one: Scored, words: tuple[str, ...]) -> Scored:
    return Scored(one.expert_no, one.name, one.rank, one.score, one.terms, reasons=words)


def why_not(
    frozen: Frozen, draw: PanelDraw, experts: Mapping[str, Expert]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everybody with at least the score of a member and no seat, with the reasons in words. Those of a plan
    stand on the plan's page; here the rules in its way are named."""
    written = draw.record or {}
    if frozen.plan is not None:
        for one in written["result"]["passed_over"]:
            yield one["expert_no"], tuple(rule_words(rule) for rule in one["rules"])
        return
    made = made_again(frozen, draw)
    for passed in explain(made.problem, made.matched).passed[frozen.review_no]:
        sentences = reasons.why_passed(passed, name_of=lambda one: name_of(one, experts))
        yield passed.expert, tuple(sentence.said(gettext) for sentence in sentences)


@dataclass(frozen=True)
class Answer:
    """The answer to "what if we insist", in sentences; `possible` when it can be done at some price."""

    sentences: tuple[str, ...]
    possible: bool


def what_if(draw: PanelDraw, experts: Mapping[str, Expert], number: str) -> Answer | None:
    """The match once more with this expert; nothing when there is no such match or candidate."""
    if number not in dict(may_insist_on(draw, experts)):
        return None
    made = made_again(read(Frozen, draw.frozen), draw)
    found = insist(made.problem, made.matched, draw.frozen["review_no"], number)
    sentences = reasons.what_if(found, name_of=lambda one: name_of(one, experts))
    return Answer(
        tuple(one.said(gettext) for one in sentences),
        found.outcome in (Outcome.POSSIBLE, Outcome.WITH_CHANGES),
    )


def made_again(frozen: Frozen, draw: PanelDraw) -> Solved:
    """The problem that was solved and the panel on record."""
    written = draw.record or {}
    given = input_of(frozen, bytes.fromhex(written["lots"]["seed"]))
    floor = frozen.weighing.quality_floor if frozen.weighing else 0
    return solved(given, Draw(**vars(read(Result, written["result"]))), quality_floor=floor)


def may_insist_on(draw: PanelDraw, experts: Mapping[str, Expert]) -> list[tuple[str, str]]:
    """Candidates of a match who have no seat, by number. A plan has a page of its own for this."""
    if draw.record is None or draw.method not in (DrawMethod.MATCH, DrawMethod.RANDOM_MATCH):
        return []
    seated = {seat["expert_no"] for seat in draw.record["result"]["members"]}
    numbers = [one["expert_no"] for one in draw.frozen["candidates"] if one["expert_no"] not in seated]
    return [(number, name_of(number, experts)) for number in numbers]


@dataclass(frozen=True)
class Pictures:
    """Numbers for the two pictures: open reviews of each member before and after, and members by category."""

    load: tuple[tuple[str, int, int], ...]
    cap: int
    composition: tuple[tuple[str, int], ...]


def pictures_of(draw: PanelDraw, experts: Mapping[str, Expert]) -> Pictures | None:
    """The members as drawn; nothing before there is a result."""
    if draw.record is None:
        return None
    candidates = {one["expert_no"]: one for one in draw.frozen["candidates"]}
    numbers = [seat["expert_no"] for seat in draw.record["result"]["members"]]
    kept = set(draw.frozen["fixed"])
    rules = read(PanelRules, draw.frozen["rules"]["panel"])
    counted = Counter(candidates[one]["category"] for one in numbers)
    return Pictures(
        load=tuple(
            (
                name_of(one, experts),
                candidates[one]["open_reviews"] + (one in kept),
                candidates[one]["open_reviews"] + 1,
            )
            for one in numbers
        ),
        cap=rules.max_open_reviews_per_expert,
        composition=tuple(
            (gettext(CATEGORY_LABELS[one]), counted[one]) for one in ExpertCategory if counted[one]
        ),
    )
