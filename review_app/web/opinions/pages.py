"""The pages in three parts: writing the opinion, signing and releasing it, the issued documents."""

from review_app.web.opinions import issued, releasing, together, writing
from review_app.web.opinions.blueprint import pages

__all__ = ["issued", "pages", "releasing", "together", "writing"]
