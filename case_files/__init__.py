"""Files of a case: what may come in, where the bytes lie, what text they hold, page by page.

This room knows nothing of the database, of Flask or of the application; see `store`, `checks`, `reading` and
`quotation`.
"""
