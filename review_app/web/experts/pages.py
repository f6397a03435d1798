"""The pages in parts: the pool, one record, papers and terms, what an expert does himself, the import."""

from review_app.web.experts import own, papers, pool, records, table, terms
from review_app.web.experts.blueprint import pages

__all__ = ["own", "pages", "papers", "pool", "records", "table", "terms"]
