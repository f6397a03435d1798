"""The pages of plans, by subject: plans, proposals, single cases, draws."""

from review_app.web.planning import cases, draws, plans, proposals
from review_app.web.planning.blueprint import pages

__all__ = ["cases", "draws", "pages", "plans", "proposals"]
