"""The order in which members speak and vote: juniors before seniors, the chair last, and members of the
reviewed organ's system before those from outside, so that nobody echoes rank. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Speaker:
    """``since``: when practice began; unknown counts as most senior of the group."""

    key: int
    is_chair: bool
    same_system: bool
    since: date | None


def speaking_order(speakers: Iterable[Speaker]) -> list[Speaker]:
    return sorted(speakers, key=rank)


def rank(speaker: Speaker) -> tuple[bool, bool, int, int]:
    since = speaker.since.toordinal() if speaker.since else 0
    return speaker.is_chair, not speaker.same_system, -since, speaker.key
