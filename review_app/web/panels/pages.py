"""The pages of a panel, by subject: the room, its draws, conflicts, statements, notices and recusals."""

from review_app.web.panels import (
    conflicts,
    draws,
    invitations,
    notices,
    people,
    recusals,
    room,
    standing,
    statements,
)
from review_app.web.panels.blueprint import pages

__all__ = [
    "conflicts",
    "draws",
    "invitations",
    "notices",
    "pages",
    "people",
    "recusals",
    "room",
    "standing",
    "statements",
]
