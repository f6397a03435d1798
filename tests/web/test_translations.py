"""Everything people read in Chinese can be read in English, with the same facts in it."""

import re

import pytest

from tests.web.sentences import HAN, SLOT, TRANSLATIONS, english, sentences_by_subject

SENTENCES = sentences_by_subject()
ENGLISH = english()
PERCENT = "%"
# an example or a name of law may stay Chinese inside quotation marks
QUOTED = re.compile("“[^”]*”|《[^》]*》|（[^）]*）")


@pytest.mark.parametrize("subject", sorted(SENTENCES))
def test_every_sentence_has_english(subject: str) -> None:
    missing = sorted(sentence for sentence in SENTENCES[subject] if sentence not in ENGLISH)

    assert missing == []


def test_translations_carry_the_same_facts() -> None:
    differing = [
        sentence
        for sentence, found in ENGLISH.items()
        for text in found.values()
        if sorted(set(SLOT.findall(sentence))) != sorted(set(SLOT.findall(text)))
    ]

    assert differing == []


def test_translations_agree_between_files() -> None:
    disagreeing = {sentence: found for sentence, found in ENGLISH.items() if len(set(found.values())) > 1}

    assert disagreeing == {}


def test_translations_are_not_empty_and_not_chinese() -> None:

    odd = [
        sentence
        for sentence, found in ENGLISH.items()
        for text in found.values()
        if not text.strip() or HAN.search(QUOTED.sub("", text))
    ]

    assert odd == []


def test_percent_signs_stand_only_in_slots() -> None:
    """A lone percent sign would break the filling of slots."""
    loose = [sentence for sentence in ENGLISH if PERCENT in SLOT.sub("", sentence).replace("%%", "")]

    assert loose == []


def test_one_po_file_per_subject() -> None:
    assert {path.suffix for path in TRANSLATIONS.iterdir()} == {".po"}
