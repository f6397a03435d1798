"""The pages of the file, in two parts: keeping it (index, uploads, changes) and reading it."""

from review_app.web.files import keeping, viewer
from review_app.web.files.blueprint import pages

__all__ = ["keeping", "pages", "viewer"]
