"""The pages of deliberations: findings, hearing, session, result, escalation, log of interventions."""

from review_app.web.deliberations import escalation, findings, hearing, interventions, result, sessions
from review_app.web.deliberations.blueprint import pages

__all__ = ["escalation", "findings", "hearing", "interventions", "pages", "result", "sessions"]
