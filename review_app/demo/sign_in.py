"""What is printed at the start: who can sign in, with what, and what waits for each."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass

from review_app.accounts.states import ROLE_LABELS
from review_app.demo.office import Office
from review_app.demo.people import OFFICIALS, PASSWORD
from review_app.errors import N_
from review_app.reviews.models import CaseReview, ReviewAccess
from review_app.reviews.states import CAPACITY_LABELS, STATE_LABELS, Capacity

HEADS = (N_("角色"), N_("登录名"), N_("密码"), N_("姓名"), N_("说明"))
SHOWN = (
    ("case4", 3), ("case2", 3), ("case5", 1), ("case3", 1), ("notice", 1),
)  # fmt: skip
"""reviews whose members are listed, and how many of each"""


@dataclass(frozen=True)
class SignInLine:
    role: str
    login: str
    password: str
    name: str
    note: str = ""


def sign_in_lines(office: Office) -> list[SignInLine]:
    """Every official by role, then experts who have something to do."""
    officials = [
        SignInLine(ROLE_LABELS[one.roles[0]], one.login, PASSWORD, one.name, one.post) for one in OFFICIALS
    ]
    return officials + list(experts(office))


def experts(office: Office) -> Iterator[SignInLine]:
    listed: set[str] = set()
    for key, count in SHOWN:
        review = office.reviews[key]
        seats = [seat for seat in in_rank(review) if seat.person.login not in listed][:count]
        for seat in seats:
            listed.add(seat.person.login)
            note = f"{review.review_no} {STATE_LABELS[review.state]}"
            yield SignInLine(
                CAPACITY_LABELS[seat.capacity], seat.person.login, PASSWORD, seat.person.name, note
            )


def in_rank(review: CaseReview) -> list[ReviewAccess]:
    """The seats, chair and lead first."""
    rank = {Capacity.CHAIR: 0, Capacity.LEAD: 1, Capacity.MEMBER: 2}
    seats = [seat for seat in review.accesses if seat.ended_at is None]
    return sorted(seats, key=lambda seat: (rank[seat.capacity], seat.id))


def as_table(lines: list[SignInLine], translate: Callable[[str], str]) -> str:
    """The lines in aligned columns; a Han character is two columns wide."""
    rows = [tuple(map(translate, HEADS))] + [
        (
            translate(line.role),
            line.login,
            line.password,
            line.name,
            " ".join(map(translate, line.note.split())),
        )
        for line in lines
    ]
    widths = [max(width(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(text + " " * (room - width(text)) for text, room in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def as_plain(lines: list[SignInLine]) -> list[list[str]]:
    return [list(astuple(line)) for line in lines]


def from_plain(rows: list[list[str]]) -> list[SignInLine]:
    return [SignInLine(*row) for row in rows]
