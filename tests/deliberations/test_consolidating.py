import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.deliberations.consolidating import (
    draft_findings,
    groups_of,
    merge_findings,
    split_finding,
    unassigned,
    word_finding,
)
from review_app.deliberations.models import Finding
from review_app.deliberations.queries import findings_of
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.reviews.states import ReviewState
from tests.conftest import NOW
from tests.deliberations.made import Made, signed_case, worded_case


def drafted(session: Session, case: int = 5) -> tuple[Made, list[Finding]]:
    made = signed_case(session, case)
    draft_findings(session, made.review, by=made.lead, now=NOW)
    session.flush()
    return made, findings_of(session, made.review)


def by_code(session: Session, made: Made, code: str) -> Finding:
    return next(one for one in findings_of(session, made.review) if one.code == code)


def test_draft_puts_every_proposal_into_one_finding(session: Session) -> None:
    made, findings = drafted(session)

    assert [(one.code, len(one.sources), one.veto_code) for one in findings] == [
        ("D2-03", 5, None), ("D2-04", 5, None), ("D4-04", 3, "V08"), ("D4-06", 5, None), ("D4-07", 5, None),
        ("D6-01", 4, None), ("D8-03", 4, None),
    ]  # fmt: skip
    assert unassigned(session, made.review) == []
    assert all(one.confirmed_at is None and one.text and one.locus for one in findings)


def test_drafting_again_changes_nothing(session: Session) -> None:
    made, findings = drafted(session)

    assert draft_findings(session, made.review, by=made.lead, now=NOW) == []
    assert findings_of(session, made.review) == findings


def test_suggestion_is_shown_before_it_is_made(session: Session) -> None:
    made = signed_case(session, 4)

    groups = groups_of(unassigned(session, made.review))

    assert [(group.code, len(proposals)) for group, proposals in groups] == [
        ("D5-05", 2), ("D5-07", 3), ("D6-02", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["chair", "coordinator", "liaison", "secretary"])
def test_only_the_lead_reviewer_consolidates(session: Session, who: str) -> None:
    made = signed_case(session, 4)

    with pytest.raises(NotAllowed):
        draft_findings(session, made.review, by=getattr(made, who), now=NOW)


def test_findings_are_closed_after_the_draft(session: Session) -> None:
    made, findings = drafted(session)
    made.review.state = ReviewState.HEARING

    with pytest.raises(NotAllowed):
        merge_findings(session, findings[0], findings[1], by=made.lead, now=NOW)


def test_wording_confirms_a_finding(session: Session) -> None:
    made, findings = drafted(session)
    finding = findings[0]

    word_finding(
        session, finding, text="关键证据未调取：目击者一名未询问，村口监控未调取。", locus="侦查卷第3页",
        severity="S3", row_version=finding.row_version, by=made.lead, now=NOW,
    )  # fmt: skip

    assert (finding.confirmed_at, finding.locus) == (NOW, "侦查卷第3页")
    row = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
    assert row is not None
    assert (row.action, row.after) == ("finding.word", {"code": "D2-03", "severity": "S3", "confirmed": True})


@pytest.mark.parametrize(
    ("text", "severity", "sentence"),
    [("太短", "S3", "不少于10个字"), ("关键证据未调取，目击者一名未询问。", "S4", "D2-03不能定为S4")],
)
def test_wording_is_checked(session: Session, text: str, severity: str, sentence: str) -> None:
    made, findings = drafted(session)

    with pytest.raises(ReviewError, match=sentence):
        word_finding(
            session, findings[0], text=text, locus="", severity=severity, row_version=findings[0].row_version,
            by=made.lead, now=NOW,
        )  # fmt: skip


def test_second_editor_is_shown_the_first_ones_words(session: Session) -> None:
    made, findings = drafted(session)

    with pytest.raises(EditConflict) as caught:
        word_finding(
            session, findings[0], text="另一个窗口里写的文字内容。", locus="", severity="S3",
            row_version=findings[0].row_version - 1, by=made.lead, now=NOW,
        )  # fmt: skip

    assert caught.value.theirs["text"] == findings[0].text


def test_split_and_merge_keep_every_proposal(session: Session) -> None:
    made, _findings = drafted(session)
    finding = by_code(session, made, "D4-04")
    first = finding.sources[0]

    other = split_finding(session, finding, [first.id], by=made.lead, now=NOW)
    session.flush()

    assert (len(finding.sources), [source.id for source in other.sources]) == (2, [first.id])
    assert (finding.veto_code, other.veto_code) == ("V08", "V08")
    assert finding.confirmed_at is None

    merge_findings(session, other, finding, by=made.lead, now=NOW)
    session.flush()
    session.expire_all()

    assert len(by_code(session, made, "D4-04").sources) == 3
    assert other not in findings_of(session, made.review)
    assert unassigned(session, made.review) == []


def test_only_equal_codes_are_merged(session: Session) -> None:
    made, findings = drafted(session)

    with pytest.raises(ReviewError, match="只有编号相同"):
        merge_findings(session, findings[0], findings[1], by=made.lead, now=NOW)
    with pytest.raises(ReviewError, match="另一个问题"):
        merge_findings(session, findings[0], findings[0], by=made.lead, now=NOW)


def test_something_must_stay_when_a_finding_is_split(session: Session) -> None:
    made, findings = drafted(session)
    everything = [source.id for source in findings[0].sources]

    for chosen in ([], everything):
        with pytest.raises(ReviewError, match="至少保留一项"):
            split_finding(session, findings[0], chosen, by=made.lead, now=NOW)


def test_finding_of_a_replaced_member_falls_away(session: Session) -> None:
    made = worded_case(session, 2)
    made.reading.forms[0].access.ended_at = NOW
    session.flush()

    draft_findings(session, made.review, by=made.lead, now=NOW)

    codes = [finding.code for finding in findings_of(session, made.review)]
    assert "D2-02" not in codes
    assert "D1-06" in codes


def test_number_of_queries_does_not_grow_with_the_findings(session: Session) -> None:
    small, large = signed_case(session, 4), signed_case(session, 3)
    for made in (small, large):
        draft_findings(session, made.review, by=made.lead, now=NOW)
    session.commit()

    assert queries_for(session, small) == queries_for(session, large)


def queries_for(session: Session, made: Made) -> int:
    session.expire_all()
    session.refresh(made.review)
    count = 0

    def counted(*_given: object) -> None:
        nonlocal count
        count += 1

    event.listen(session.get_bind(), "before_cursor_execute", counted)
    for finding in findings_of(session, made.review):
        for source in finding.sources:
            assert source.deduction is not None
            assert source.deduction.form.person.name
            assert [quote.document.volume.number for quote in source.deduction.quotes]
            assert source.deduction.law_citations
    event.remove(session.get_bind(), "before_cursor_execute", counted)
    return count
