"""What is stored, as one digest for each table: to see that nothing changed."""

import hashlib

from sqlalchemy import Engine, MetaData, select

WRITTEN_BY_READING = {"audit_row", "audit_head", "sign_in"}
"""a refusal or a reading is logged, and signing in is remembered; nothing else may be written"""


def digests(engine: Engine) -> dict[str, str]:
    """A digest of every row of every table but the log and the sign-ins."""
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: hashlib.sha256(
                repr(connection.execute(select(table).order_by(table.c[0])).all()).encode()
            ).hexdigest()
            for table in metadata.sorted_tables
            if table.name not in WRITTEN_BY_READING
        }
