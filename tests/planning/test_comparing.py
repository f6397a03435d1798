"""Two proposals side by side."""

from dataclasses import dataclass, field
from typing import Any

from review_app.planning.comparing import Compared, Differing, compared


@dataclass
class Panel:
    review_id: int
    experts: str
    score: int = 10
    members: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.members = [{"expert_no": one} for one in self.experts]

    @property
    def chair(self) -> str:
        return self.experts[0]


def test_only_the_seats_that_differ_are_shown_and_counted() -> None:
    one = [Panel(1, "ABC"), Panel(2, "DEF"), Panel(3, "GHI")]
    other = [Panel(1, "ABC"), Panel(2, "DEX", 12), Panel(4, "GHI")]

    found = compared(one, other)

    assert found == Compared(
        common=2,
        seats=1,
        differing=(Differing(2, ("F",), ("X",), ("D", "D"), (10, 12)),),
        missing=(3,),
        added=(4,),
    )


def test_another_chair_is_a_difference_without_a_changed_seat() -> None:
    found = compared([Panel(1, "ABC")], [Panel(1, "BAC")])

    assert (found.seats, [one.chairs for one in found.differing]) == (0, [("A", "B")])
