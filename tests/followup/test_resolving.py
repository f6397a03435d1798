from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.followup.resolving import ResolutionFacts, is_ready, may_reopen, months_later, unproven
from review_app.followup.states import Basis, TerminationCheck
from review_app.reviews.states import Resolution

TODAY = date(2024, 4, 2)
NOTE = "双方达成分期和解，首期已经履行完毕。"
AGREEMENT = ResolutionFacts(
    Resolution.RESOLVED, date(2024, 4, 1), NOTE, Basis.AGREEMENT, confirmed=True, proof=True
)
CORRECTION = replace(AGREEMENT, basis=Basis.CORRECTION, document_no="青政征补决字〔2024〕3号")
STATEMENT = replace(
    AGREEMENT, basis=Basis.STATEMENT, remedies_told_on=date(2024, 3, 28), interview_on=date(2024, 3, 28),
    interview_record=True,
)  # fmt: skip


def fields(facts: ResolutionFacts) -> list[str]:
    return [one.field for one in unproven(facts, today=TODAY)]


@pytest.mark.parametrize("facts", [AGREEMENT, CORRECTION, STATEMENT])
def test_each_ground_with_its_proof_resolves(facts: ResolutionFacts) -> None:
    assert fields(facts) == []


def test_resolved_without_ground_is_refused() -> None:
    assert fields(replace(AGREEMENT, basis=None)) == ["basis"]


def test_agreement_that_is_only_signed_does_not_resolve() -> None:
    assert fields(replace(AGREEMENT, confirmed=False, proof=False)) == ["confirmed", "proof"]


def test_correction_needs_the_number_of_the_document() -> None:
    assert fields(replace(CORRECTION, document_no=" ")) == ["document_no"]


def test_statement_needs_interview_record_and_remedies_told_before() -> None:
    late = replace(STATEMENT, remedies_told_on=date(2024, 4, 2))
    never = replace(STATEMENT, remedies_told_on=None, interview_on=None)
    without_record = replace(STATEMENT, interview_record=False)

    assert fields(late) == ["remedies_told_on"]
    assert fields(never) == ["remedies_told_on", "interview"]
    assert fields(without_record) == ["interview"]


def test_future_day_and_empty_words_are_refused_for_every_state() -> None:
    for resolution in Resolution:
        facts = replace(AGREEMENT, resolution=resolution, happened_on=date(2024, 4, 3), note="已化解")
        assert fields(facts)[:2] == ["happened_on", "note"]


def test_termination_is_recorded_only_with_the_organs_decision() -> None:
    facts = ResolutionFacts(Resolution.TERMINATED, TODAY, NOTE)

    assert fields(facts) == ["document_no", "proof"]
    assert fields(replace(facts, document_no="终〔2024〕1号", proof=True)) == []


def test_terminating_needs_the_complete_file() -> None:
    facts = ResolutionFacts(Resolution.TERMINATING, TODAY, NOTE)

    assert fields(facts) == ["resolution"]
    assert fields(replace(facts, termination_ready=True)) == []


def test_open_and_in_procedure_need_only_words() -> None:
    assert fields(ResolutionFacts(Resolution.OPEN, TODAY, NOTE)) == []
    assert fields(ResolutionFacts(Resolution.IN_PROCEDURE, TODAY, NOTE)) == []


def test_termination_file_is_ready_when_every_check_is_met_with_words() -> None:
    whole: dict[str, dict[str, object]] = {
        str(check): {"met": True, "note": "见卷"} for check in TerminationCheck
    }
    without_words = {**whole, "AID": {"met": True, "note": ""}}

    assert is_ready(whole, "市委政法委", TODAY)
    assert not is_ready(without_words, "市委政法委", TODAY)
    assert not is_ready(whole, "", TODAY)
    assert not is_ready(whole, "市委政法委", None)
    assert not is_ready({}, "市委政法委", TODAY)


def test_window_of_months_ends_on_the_last_day_of_a_shorter_month() -> None:
    assert months_later(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_later(date(2023, 12, 15), 6) == date(2024, 6, 15)


def test_petition_within_the_window_reopens() -> None:
    resolved = date(2023, 10, 2)

    assert may_reopen(resolved, date(2024, 4, 2), months=6)
    assert not may_reopen(resolved, date(2024, 4, 3), months=6)
    assert not may_reopen(resolved, date(2023, 10, 1), months=6)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_a_longer_window_never_ends_earlier(day: date, months: int) -> None:
    assert months_later(day, months) <= months_later(day, months + 1)
    assert months_later(day, months) - day <= timedelta(days=31 * months)
