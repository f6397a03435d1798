"""Cases like a given one: which causes of action count as the same, and which the best hits vote for."""

from collections import Counter
from collections.abc import Iterable

from search_index.folding import squeeze

VOTERS = 10  # the best hits that vote on the cause where nobody stated one
_ENOUGH = 3  # votes a cause needs
_ENDINGS = ("纠纷案", "纠纷", "罪", "案")


def same_name(name: str) -> str:
    """A name of a cause of action as it is compared: 盗窃 and 盗窃罪, 民间借贷 and 民间借贷纠纷 are the same."""
    bare = squeeze(name)
    ending = next((each for each in _ENDINGS if bare.endswith(each) and len(bare) > len(each) + 1), "")
    return bare.removesuffix(ending)


def same_names(stated: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The known names that mean one of the stated ones, sorted."""
    wanted = {same_name(name) for name in stated}
    return tuple(sorted(name for name in known if same_name(name) in wanted))


def voted(ballots: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The names that most of the best hits have: the most frequent one, and each that has at least half its votes."""
    votes = Counter(name for ballot in ballots for name in set(ballot))
    most = max(votes.values(), default=0)
    return tuple(sorted(name for name, count in votes.items() if count >= _ENOUGH and 2 * count >= most))
