"""The blueprint of the plans' pages, and how a plan is fetched."""

from collections.abc import Callable

from flask import Blueprint, abort

from review_app.accounts.models import Person
from review_app.planning import queries, rules
from review_app.planning.models import Plan, PlanProposal
from review_app.web.request import permitted, person, session

pages = Blueprint("planning", __name__)


def plan_of(plan_id: int, rule: Callable[[Person, Plan], bool] = rules.can_see_plan) -> Plan:
    """The plan, fetched and allowed in one step; otherwise 404, and the attempt is logged."""
    found = queries.find_plan(session(), plan_id)
    permitted(rules.can_see_plans(person()))
    if found is None:
        abort(404)
    permitted(rule(person(), found))
    return found


def proposal_of(plan_id: int, proposal_no: int) -> PlanProposal:
    """A proposal for who may read its names."""
    plan = plan_of(plan_id, rules.can_see_names)
    found = queries.find_proposal(session(), plan, proposal_no)
    return found if found is not None else abort(404)


def workable(plan: Plan) -> bool:
    """Whether the person may work on the plan now."""
    return rules.can_work_on(person(), plan, queries.organs_of(session(), plan))
