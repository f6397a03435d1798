"""The work in the background, each task from its reading to its result: a proposal, a "what if", a draw.

The thinking holds no lock and no transaction: facts are read in one session, the result is written in another, and
what must still be true then is compared before it is written.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from review_app.clock import Clock
from review_app.database import Database
from review_app.errors import N_
from review_app.panels.fitness import MEASURE_LABELS
from review_app.panels.matching.explaining import Passed, explain
from review_app.panels.matching.insisting import insist
from review_app.panels.matching.problem import Cancelled, Matched, Progress, Status
from review_app.panels.matching.reasons import Sentence, shortfall_sentence, what_if, why_passed
from review_app.panels.matching.verifying import faults
from review_app.panels.record import Frozen, scores_of
from review_app.planning import queries, running
from review_app.planning.carrying_out import carry_out, refuse
from review_app.planning.comparing import compared
from review_app.planning.models import PlanPanel, PlanProposal, PlanRun
from review_app.planning.running import Reporter
from review_app.planning.saying import kept
from review_app.planning.solving import Solved, solved
from review_app.planning.states import ProposalState, RunState, Task
from review_app.planning.taking_in import TakenIn, differences, take_in


class Broken(Exception):
    """A result that its independent check refused, or that cannot be given."""


def work(database: Database, run_id: int, *, clock: Clock) -> None:
    """Do one run that was taken, to its end. A `Cancelled` from the page ends it without a result."""
    with database.reading() as session:
        task = session.get_one(PlanRun, run_id).task
    report = Reporter(database, run_id, clock, may_stop=task is not Task.CARRY_OUT)
    try:
        TASKS[task](database, run_id, report, clock)
    except Cancelled:
        with database.writing() as session, session.begin():
            running.cancel(session, run_id, now=clock())


def fail(session: Session, run_id: int, problem: str, *, now: datetime) -> None:
    """Close a run that broke. A draw that broke has no result and nobody has seen one: the plan can be worked on
    again, and drawing the same input once more needs its reason."""
    run = session.get_one(PlanRun, run_id)
    if running.fail(session, run_id, problem, now=now) and run.draw is not None:
        refuse(session, run.draw, [{"kind": "failed", "name": ""}], now=now)


def propose(database: Database, run_id: int, report: Reporter, clock: Clock) -> None:
    begun = clock()
    with database.reading() as session:
        proposal = running.proposal_of(session, run_id)
        taken = take_in(session, proposal, report=report)
        before = queries.panels_of(session, proposal.based_on) if proposal.based_on else []
    if taken.gone:
        end_impossible(database, run_id, why_gone(taken), clock())
        return
    result = solved(taken.problem(preview=True), report, clock)
    found = result.matched
    if found.status is Status.IMPOSSIBLE:
        end_impossible(database, run_id, why_impossible(taken, found), clock())
        return
    report(Progress("VERIFY"))
    require_legal(taken, found)
    reasons = explained(taken, found, report)
    with database.writing() as session, session.begin():
        if running.end(session, run_id, RunState.DONE, now=clock()):
            proposal = running.proposal_of(session, run_id)
            store(session, proposal, taken, result, reasons, before)
            proposal.finished_at = clock()
            proposal.seconds = round((proposal.finished_at - begun).total_seconds())


def require_legal(taken: TakenIn, found: Matched) -> None:
    """The independent check over every rule; a result that fails it is never shown."""
    wrong = faults(taken.problem(preview=True), found)
    if wrong:
        raise Broken(f"{len(wrong)} faults, the first: {wrong[0]}")


def explained(taken: TakenIn, found: Matched, report: Reporter) -> Mapping[str, Sequence[Passed]]:
    """Who would score higher and does not sit, and why, for every case."""
    report(Progress("EXPLAIN"))
    return explain(taken.problem(preview=True), found).passed


GONE = N_("评查项目%(cases)s已不在待抽选状态，或者另有抽选。请移出后重新编排。")


def why_gone(taken: TakenIn) -> list[dict[str, Any]]:
    return [kept(Sentence(GONE, {"cases": taken.gone}))]


def why_impossible(taken: TakenIn, found: Matched) -> list[dict[str, Any]]:
    """The shortfalls in sentences."""
    return [kept(shortfall_sentence(one, name_of=namer(taken))) for one in found.shortfalls]


def namer(taken: TakenIn) -> Callable[[str], str]:
    return lambda number: taken.names.get(number, number)


def end_impossible(database: Database, run_id: int, shortfalls: list[dict[str, Any]], now: datetime) -> None:
    with database.writing() as session, session.begin():
        if running.end(session, run_id, RunState.DONE, now=now):
            proposal = running.proposal_of(session, run_id)
            proposal.state, proposal.finished_at = ProposalState.IMPOSSIBLE, now
            proposal.shortfalls = shortfalls


def store(
    session: Session,
    proposal: PlanProposal,
    taken: TakenIn,
    result: Solved,
    reasons: Mapping[str, Sequence[Passed]],
    before: Sequence[PlanPanel],
) -> None:
    """Write a finished proposal."""
    found = result.matched
    old = {panel.review_id: {member["expert_no"] for member in panel.members} for panel in before}
    panels = [
        panel_row(proposal, taken, found, number, reasons.get(number, ()), old) for number in found.panels
    ]
    session.add_all(panels)
    proposal.state, proposal.exact = ProposalState(found.status.value), result.exact
    proposal.input_sha256, proposal.marks = taken.input_sha256, dict(taken.marks)
    proposal.total, proposal.worst = found.total, found.worst
    proposal.bound, proposal.worst_bound = found.bound, found.worst_bound
    proposal.seats = sum(len(members) for members in found.panels.values())
    proposal.relaxed = sum(bool(steps) for steps in found.relaxed.values())
    proposal.changed = compared(before, panels).seats if before else None
    proposal.loads, proposal.log = loads_of(taken, found), list(found.log)


def panel_row(
    proposal: PlanProposal,
    taken: TakenIn,
    found: Matched,
    number: str,
    passed: Sequence[Passed],
    old: Mapping[int, set[str]],
) -> PlanPanel:
    review_id = taken.reviews[number].id
    members, chair = found.panels[number], found.chairs.get(number, "")
    known = old.get(review_id)
    frozen = taken.frozen[number]
    scores, terms = scores_of(frozen), terms_of(frozen)
    ordered = sorted(members, key=lambda one: (one != chair, -scores[one], one))
    return PlanPanel(
        proposal_id=proposal.id,
        review_id=review_id,
        score=sum(scores[one] for one in members),
        chair=chair,
        changed=len(set(members) - known) if known is not None else 0,
        members=[
            {
                "expert_no": one,
                "score": scores[one],
                "new": known is not None and one not in known,
                "terms": [
                    {"label": MEASURE_LABELS[name], "points": points} for name, points in terms[one].items()
                ],
            }
            for one in ordered
        ],
        relaxed=list(found.relaxed.get(number, ())),
        others=[other_row(one, taken) for one in sorted(passed, key=lambda one: (-one.score, one.expert))],
    )


def terms_of(frozen: Frozen) -> dict[str, dict[str, int]]:
    """For each candidate what every measure adds to the score."""
    if frozen.weighing is None:
        return {}
    weights = frozen.weighing.weights
    return {fit.expert_no: fit.points(weights) for fit in frozen.fits}


def other_row(one: Passed, taken: TakenIn) -> dict[str, Any]:
    """An expert of higher score without a seat, with the reasons in sentences."""
    why = why_passed(one, name_of=namer(taken))
    return {
        "expert_no": one.expert,
        "score": one.score,
        "sentences": [kept(sentence) for sentence in why],
    }


def loads_of(taken: TakenIn, found: Matched) -> dict[str, list[int]]:
    """For each expert the open reviews before, and the panels of this plan."""
    before = {
        person.expert_no: person.open_reviews for one in taken.frozen.values() for person in one.candidates
    }
    return {expert: [before[expert], count] for expert, count in found.loads(taken.problem()).items()}


def insisted(database: Database, run_id: int, report: Reporter, clock: Clock) -> None:
    """Insist on an expert: solved again from today's facts, which must still be those of the proposal."""
    with database.reading() as session:
        run = session.get_one(PlanRun, run_id)
        proposal = running.proposal_of(session, run_id)
        taken = take_in(session, proposal, report=report)
        changed = differences(proposal.marks, taken)
        panels = queries.panels_of(session, proposal)
        number = queries.numbers_by_id(session, [run.question["review_id"]])[run.question["review_id"]]
        expert_no = run.question["expert_no"]
    answer = (
        {"sentences": [{"sentence": CHANGED, "facts": {}}]}
        if changed
        else answered(taken, matched_again(proposal, panels, taken), number, expert_no)
    )
    with database.writing() as session, session.begin():
        running.end(session, run_id, RunState.DONE, now=clock(), answer=answer)


CHANGED = N_("方案算出以后数据有变化，不能据以试算。请先重新编排。")


def matched_again(proposal: PlanProposal, panels: Sequence[PlanPanel], taken: TakenIn) -> Matched:
    """The stored proposal as the solver had given it."""
    numbers = {review.id: number for number, review in taken.reviews.items()}
    rows = [(numbers[panel.review_id], panel) for panel in panels]
    return Matched(
        status=Status(proposal.state.value),
        panels={
            number: tuple(sorted(member["expert_no"] for member in panel.members)) for number, panel in rows
        },
        chairs={number: panel.chair for number, panel in rows if panel.chair},
        total=proposal.total,
        worst=proposal.worst,
        bound=proposal.bound,
        worst_bound=proposal.worst_bound,
        relaxed={number: tuple(panel.relaxed) for number, panel in rows if panel.relaxed},
    )


def answered(taken: TakenIn, found: Matched, number: str, expert_no: str) -> dict[str, Any]:
    result = insist(taken.problem(preview=True), found, number, expert_no)
    return {"sentences": [kept(one) for one in what_if(result, name_of=namer(taken))]}


TASKS = {Task.PROPOSE: propose, Task.INSIST: insisted, Task.CARRY_OUT: carry_out}
