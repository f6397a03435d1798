"""The blueprint of discussions; importing its rooms adds their routes."""

from review_app.web.discussions import threads, writing
from review_app.web.discussions.blueprint import pages

__all__ = ["pages", "threads", "writing"]
