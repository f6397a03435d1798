"""Whole documents of every kind, read field by field."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from review_app.precedents.judgments import Judgment, read_judgment

DOCUMENTS = yaml.safe_load(Path(__file__).with_name("documents.yaml").read_text("utf-8"))


def as_read(judgment: Judgment, text: str) -> dict[str, Any]:
    return {
        "organ": judgment.organ,
        "doc_type": judgment.doc_type,
        "case_no": judgment.case_no,
        "stage": str(judgment.stage),
        "decided_on": judgment.decided_on,
        "causes": list(judgment.causes),
        "outcome": judgment.outcome,
        "parties": [f"{party.role} {party.name}" for party in judgment.parties],
        "judges": [f"{judge.role} {judge.name}" for judge in judgment.judges],
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["name"])
def test_document_is_read(document: dict[str, Any]) -> None:
    text, expected = document["text"], dict(document["read"])
    sections = expected.pop("sections")

    judgment = read_judgment(text)

    assert as_read(judgment, text) == expected
    found = {name: text[start:end].strip() for name, (start, end) in judgment.sections.items()}
    ends = {
        name: (words.split("…")[0], words.split("…")[1]) for name, words in sections.items() if "…" in words
    }
    assert sorted(set(found) - {"head", "tail"}) == sorted(ends)
    for name, (first, last) in ends.items():
        assert (found[name][: len(first)], found[name][-len(last) :]) == (first, last), name
