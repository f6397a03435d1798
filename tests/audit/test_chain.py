"""The chain: any edited, removed, inserted or cut-off row is named."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from review_app.audit.chain import COVERED, START, Broken, Verdict, canonical, digest, verify

KEY = b"key of the office"


def chain_of(words: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    previous = START
    for number, word in enumerate(words, start=1):
        row: dict[str, Any] = dict.fromkeys(COVERED)
        row |= {"id": number, "at": "2024-04-02T02:00:00+00:00", "action": word, "after": {"词": word}}
        previous = row["digest"] = digest(previous, {name: row[name] for name in COVERED}, KEY)
        rows.append(row)
    return rows


def head_of(rows: list[dict[str, Any]]) -> tuple[int, str]:
    return (rows[-1]["id"], rows[-1]["digest"]) if rows else (0, START)


words = st.lists(st.text(max_size=8), min_size=1, max_size=8)


@given(words)
def test_verify_accepts_an_untouched_chain(actions: list[str]) -> None:
    rows = chain_of(actions)

    assert verify(rows, head_of(rows), KEY) == Verdict(len(rows), rows[-1]["digest"], None)


@given(words, st.data())
def test_verify_names_the_first_edited_row(actions: list[str], data: st.DataObject) -> None:
    rows = chain_of(actions)
    place = data.draw(st.integers(0, len(rows) - 1))
    rows[place]["reason"] = "改动"

    verdict = verify(rows, head_of(rows), KEY)

    assert verdict.broken == Broken(place + 1, "内容与摘要不符")


@given(words, st.data())
def test_verify_names_a_removed_row(actions: list[str], data: st.DataObject) -> None:
    rows = chain_of([*actions, "last"])
    head = head_of(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    del rows[place]

    broken = verify(rows, head, KEY).broken

    assert broken is not None
    assert broken.row_id == place + 1


def test_verify_exposes_a_chain_rebuilt_with_another_key() -> None:
    rows = chain_of(["one", "two"])

    assert verify(rows, head_of(rows), b"somebody else's key").broken == Broken(1, "内容与摘要不符")


def test_canonical_json_is_one_text_whatever_the_order() -> None:
    assert canonical({"b": 1, "a": "汉"}) == canonical({"a": "汉", "b": 1}) == '{"a":"汉","b":1}'
