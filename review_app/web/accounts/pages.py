"""The pages of this subject: importing them registers them."""

from review_app.web.accounts import organisations, people, second_factor, signing
from review_app.web.accounts.blueprint import pages

__all__ = ["organisations", "pages", "people", "second_factor", "signing"]
