"""The pages of the evaluation form, in three parts: filling one's own, quoting for it, reading the signed ones."""

from review_app.web.evaluations import evidence, filling, signed, withdrawing
from review_app.web.evaluations.blueprint import pages

__all__ = ["evidence", "filling", "pages", "signed", "withdrawing"]
