"""Who may write, sign, release and read: a table over people, states and documents."""

from datetime import datetime

import pytest

from review_app.accounts.states import Role
from review_app.documents.models import Document
from review_app.documents.states import CopyKind, DocumentKind, DocumentState
from review_app.opinions import rules
from review_app.reviews.states import ReviewState
from tests.factories import organisation, person
from tests.opinions.conftest import Stage

S = ReviewState


def people(stage: Stage) -> dict[str, object]:
    session = stage.session
    return {
        "lead": stage.lead,
        "chair": stage.chair,
        "member": stage.members[0],
        "coordinator": stage.coordinator,
        "leader": stage.leader,
        "liaison": stage.liaison,
        "other liaison": person(session, Role.REVIEWED_LIAISON, organisation=organisation(session)),
        "head": person(session, Role.COMMITTEE_HEAD),
        "secretary": person(session, Role.SECRETARY),
        "supervisor": person(session, Role.SUPERVISOR),
        "auditor": person(session, Role.AUDITOR),
        "sysadmin": person(session, Role.SYSADMIN),
        "clerk": person(session, Role.CLERK),
        "outside expert": person(session, Role.EXPERT),
    }


PANEL = {"lead", "chair", "member"}
TABLE = [
    ("can_read_draft", S.OPINION, PANEL | {"coordinator"}),
    ("can_read_draft", S.SIGNOFF, PANEL | {"coordinator", "leader"}),
    ("can_read_draft", S.DELIBERATION, set()),
    ("can_read_draft", S.ISSUED, set()),
    ("can_edit_parts", S.OPINION, {"lead", "chair"}),
    ("can_edit_parts", S.SIGNOFF, set()),
    ("can_sign", S.OPINION, PANEL),
    ("can_sign", S.SIGNOFF, set()),
    ("can_release", S.SIGNOFF, {"leader"}),
    ("can_release", S.OPINION, set()),
    ("can_see_versions", S.OPINION, PANEL),
    ("can_request_files", S.FILES, {"coordinator"}),
    ("can_request_files", S.READING, set()),
    ("can_notify_result", S.ISSUED, {"coordinator"}),
    ("can_notify_result", S.RECTIFY, set()),
    (
        "can_open_documents",
        S.ISSUED,
        PANEL | {"coordinator", "leader", "head", "supervisor", "auditor", "liaison"},
    ),
]


@pytest.mark.parametrize(("rule", "state", "allowed"), TABLE)
def test_rule_allows_exactly_these(stage: Stage, rule: str, state: ReviewState, allowed: set[str]) -> None:
    stage.review.state = state

    found = {name for name, who in people(stage).items() if getattr(rules, rule)(who, stage.review)}

    assert found == allowed


READ = PANEL | {"coordinator", "leader", "head", "supervisor", "auditor"}
DOCUMENTS = [
    (DocumentKind.REVIEW_OPINION, DocumentState.DRAFT, CopyKind.CIRCULATED, set()),
    (DocumentKind.REVIEW_OPINION, DocumentState.RELEASED, CopyKind.CIRCULATED, READ),
    (DocumentKind.REVIEW_OPINION, DocumentState.ISSUED, CopyKind.CIRCULATED, READ | {"liaison"}),
    (
        DocumentKind.REVIEW_OPINION,
        DocumentState.ISSUED,
        CopyKind.INTERNAL,
        PANEL | {"coordinator", "leader", "head"},
    ),
    (
        DocumentKind.RESULT_NOTICE,
        DocumentState.ISSUED,
        CopyKind.INTERNAL,
        PANEL | {"coordinator", "leader", "head"},
    ),
    (DocumentKind.FILE_REQUEST, DocumentState.ISSUED, CopyKind.INTERNAL, READ | {"liaison"}),
]


@pytest.mark.parametrize(("kind", "state", "copy", "allowed"), DOCUMENTS)
def test_documents_are_read_by_exactly_these(
    stage: Stage, now: datetime, kind: DocumentKind, state: DocumentState, copy: CopyKind, allowed: set[str]
) -> None:
    stage.review.state = S.RECTIFY
    document = Document(
        kind=kind,
        state=state,
        released_at=now if state is not DocumentState.DRAFT else None,
        issued_at=now if state is DocumentState.ISSUED else None,
    )

    found = {
        name
        for name, who in people(stage).items()
        if rules.can_read_copy(who, stage.review, document, copy)  # type: ignore[arg-type]
    }

    assert found == allowed
