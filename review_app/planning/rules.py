"""Who may do what with a plan: pure predicates over person, plan and the organs whose cases it holds."""

from collections.abc import Collection

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.panels.rules import WITNESSES
from review_app.planning.models import Plan, PlanDraw, PlanRun
from review_app.planning.states import PlanDrawState, PlanState, Task
from review_app.reviews.rules import OVERSEERS

Organs = Collection[int]
"""ids of the reviewed organs of a plan's cases"""


def of_an_organ(person: Person, organs: Organs) -> bool:
    """Whether the person belongs to, or speaks for, an organ whose case the plan holds."""
    return person.organisation_id in organs or any(person.liaison_of(organ) for organ in organs)


def can_plan(person: Person) -> bool:
    """Form panels for a backlog: the coordinator."""
    return person.has(Role.COORD)


def can_see_plans(person: Person) -> bool:
    """The list of plans, with numbers only."""
    return person.has(*OVERSEERS)


def can_see_plan(person: Person, plan: Plan) -> bool:
    """State, draw and record of a plan: the office and those who oversee it."""
    return person.has(*OVERSEERS)


def can_see_names(person: Person, plan: Plan) -> bool:
    """Who would sit where: only the coordinator while it is being juggled, the office once panels exist."""
    return can_plan(person) or (plan.state is PlanState.COMMITTED and person.has(*OVERSEERS))


def can_work_on(person: Person, plan: Plan, organs: Organs) -> bool:
    """Ask for proposals, leave cases out, lock seats, give the plan up."""
    return can_plan(person) and plan.state is PlanState.OPEN and not of_an_organ(person, organs)


def can_seal(person: Person, plan: Plan, organs: Organs) -> bool:
    """Publish the commit for one proposal."""
    return can_work_on(person, plan, organs)


def can_type_nonce(person: Person, draw: PlanDraw, organs: Organs) -> bool:
    """Only who opened the draw goes on with it."""
    return can_plan(person) and draw.drawn_by_id == person.id and not of_an_organ(person, organs)


def may_ever_witness(person: Person, draw: PlanDraw, organs: Organs) -> bool:
    """Another person than who draws, of the office or supervision, of none of the reviewed organs."""
    return (
        person.id != draw.drawn_by_id
        and person.disabled_at is None
        and person.has(*WITNESSES)
        and not of_an_organ(person, organs)
    )


def can_witness(person: Person, draw: PlanDraw, organs: Organs) -> bool:
    return may_ever_witness(person, draw, organs) and draw.state is PlanDrawState.AWAITING_WITNESS


def can_void(person: Person, draw: PlanDraw, organs: Organs) -> bool:
    waiting = draw.state in (PlanDrawState.OPENED, PlanDrawState.AWAITING_WITNESS)
    return waiting and can_plan(person) and not of_an_organ(person, organs)


def can_cancel(person: Person, run: PlanRun, organs: Organs) -> bool:
    """Stop work in the background; what the witness set going can no longer be stopped."""
    return run.task is not Task.CARRY_OUT and can_plan(person) and not of_an_organ(person, organs)


def can_export(person: Person, draw: PlanDraw) -> bool:
    return draw.state is PlanDrawState.DRAWN and person.has(*OVERSEERS)
