"""A set of row ids in little room: a hundred thousand take some tens of kilobytes. Pure."""

import base64
import zlib
from collections.abc import Iterable
from itertools import accumulate, pairwise


def pack(ids: Iterable[int]) -> str:
    """The ids as text: steps between neighbours, compressed."""
    steps = (after - before for before, after in pairwise([0, *sorted(set(ids))]))
    return base64.b85encode(zlib.compress(",".join(map(str, steps)).encode())).decode()


def unpack(packed: str) -> frozenset[int]:
    """The ids that ``pack`` was given."""
    steps = zlib.decompress(base64.b85decode(packed)).decode()
    return frozenset(accumulate(map(int, steps.split(",")))) if steps else frozenset()
