"""Works out on which days each text of a statute is law: never two on one day, and no day claimed without knowledge.

A text ends on the day before the next one begins. When a later text's own history names an amendment in between whose
text is not in the library, the earlier text ends before that amendment: the days until the next known text are open,
and a question about them is answered with that, not with a wrong text.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from review_app.errors import N_, ReviewError

_ONE = timedelta(days=1)
_OWN_ACT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class DatedText:
    """What is known of one text. ``ends`` is a last day that the source states; ``changes`` are the days on which the
    law was changed, by this text's own account."""

    passed: date
    valid_from: date
    ends: date | None = None
    changes: tuple[date, ...] = ()

    def earlier_changes(self) -> tuple[date, ...]:
        """Changes before the one that made this text."""
        return tuple(day for day in self.changes if self.passed - day > _OWN_ACT)


def last_days(
    title: str,
    texts: Sequence[DatedText],
    commencement: Callable[[date], date],
    known: Collection[date] = (),
) -> list[date | None]:
    """The last day of validity of each text (itself included; None while no end is known), in the order given.

    ``commencement`` gives the first day on which a change was law; ``known`` are days of changes known from elsewhere,
    so that the newest text held is not taken for law after a later one took its place. Raises ReviewError that names the two texts whose
    days overlap or leave an unexplained hole.
    """
    ordered = sorted(texts, key=lambda text: text.valid_from)
    found: dict[date, date | None] = {}
    for at, text in enumerate(ordered):
        later = ordered[at + 1 :]
        if text.ends is not None and text.ends < text.valid_from:
            raise ReviewError(
                N_("《%(title)s》%(text)s的失效日期早于施行日期。请核对日期。"),
                title=title,
                text=named(text),
            )
        changed = [commencement(change) for change in known if change > text.passed]
        last = last_day(title, text, later, commencement) if later else text.ends
        ends = [day - _ONE for day in changed if day > text.valid_from] + ([last] if last else [])
        found[text.valid_from] = min(ends, default=None)
    return [found[text.valid_from] for text in texts]


def last_day(
    title: str, text: DatedText, later: Sequence[DatedText], commencement: Callable[[date], date]
) -> date:
    following = later[0]
    check_order(title, text, following)
    between = {change for each in later for change in each.earlier_changes()}
    unknown = [
        commencement(change)
        for change in between
        if text.passed < change < following.passed and text.valid_from < commencement(change)
    ]
    end = min([*unknown, following.valid_from]) - _ONE
    if text.ends is None:
        return end
    if text.ends + _ONE < following.valid_from and not unknown:  # nothing explains the days in between
        raise ReviewError(
            N_("《%(title)s》%(text)s与%(following)s之间有空缺。请核对失效和施行日期，或者补导其间的文本。"),
            title=title,
            text=named(text),
            following=named(following),
        )
    return min(end, text.ends)


def check_order(title: str, text: DatedText, following: DatedText) -> None:
    overlaps = (
        following.valid_from <= text.valid_from
        or following.passed <= text.passed
        or (text.ends is not None and text.ends >= following.valid_from)
    )
    if overlaps:
        raise ReviewError(
            N_("《%(title)s》%(text)s与%(following)s的有效期间重叠。请核对两份文本的施行、失效日期。"),
            title=title,
            text=named(text),
            following=named(following),
        )


def named(text: DatedText) -> str:
    until = text.ends.isoformat() if text.ends else ""
    return f"{text.passed.isoformat()}文本（{text.valid_from.isoformat()}施行{f'，{until}失效' if until else ''}）"
