"""Who lists, opens and changes documents, as a table over everybody around a review."""

import pytest
from sqlalchemy.orm import Session

from case_files.store import FileStore
from review_app.accounts.states import Role
from review_app.reviews.file_rules import can_change_document, can_list_document, can_open_document
from review_app.reviews.states import ReviewState
from tests import factories
from tests.files.conftest import Case, put_one

# who: (lists, opens, changes) a document of the coordinator; then the same for one of the liaison
TABLE = {
    "coordinator": ((True, False, True), (True, False, True)),
    "liaison": ((False, False, False), (True, True, True)),
    "colleague": ((False, False, False), (True, True, True)),
    "other liaison": ((False, False, False), (False, False, False)),
    "member": ((True, True, False), (True, True, False)),
    "invited": ((False, False, False), (False, False, False)),
    "former": ((False, False, False), (False, False, False)),
    "outsider": ((False, False, False), (False, False, False)),
    "secretary": ((True, False, False), (True, False, False)),
    "leader": ((False, False, False), (False, False, False)),
    "supervisor": ((False, False, False), (False, False, False)),
    "auditor": ((False, False, False), (False, False, False)),
    "administrator": ((False, False, False), (False, False, False)),
}


@pytest.mark.parametrize("who", TABLE)
def test_who_may_do_what_with_a_document(session: Session, store: FileStore, case: Case, who: str) -> None:
    organ = case.review.legal_case.reviewed_org
    people = {
        "coordinator": case.coordinator,
        "liaison": case.liaison,
        "colleague": factories.person(session, Role.REVIEWED_LIAISON, organisation=organ),
        "other liaison": factories.person(
            session, Role.REVIEWED_LIAISON, organisation=factories.organisation(session)
        ),
        "member": case.member,
        "invited": case.invited,
        "former": factories.person(session, Role.EXPERT),
        "outsider": case.outsider,
        "secretary": factories.person(session, Role.SECRETARY),
        "leader": factories.person(session, Role.LEADER),
        "supervisor": factories.person(session, Role.SUPERVISOR),
        "auditor": factories.person(session, Role.AUDITOR),
        "administrator": factories.person(session, Role.SYSADMIN),
    }
    factories.seat(session, case.review, people["former"], ended_at=case.review.created_at)
    theirs = put_one(session, store, case.volume, "信访.txt", b"coordinator", by=case.coordinator)
    own = put_one(session, store, case.volume, "自评.txt", b"liaison", by=case.liaison)
    session.refresh(case.review, ["accesses"])

    person = people[who]
    rights = tuple(
        (
            can_list_document(person, case.review, uploader),
            can_open_document(person, case.review, uploader),
            can_change_document(person, case.review, document, uploader),
        )
        for document, uploader in ((theirs, case.coordinator), (own, case.liaison))
    )

    assert rights == TABLE[who]


@pytest.mark.parametrize(
    ("state", "coordinator", "liaison"),
    [
        (ReviewState.INTAKE, True, False),
        (ReviewState.FILES, True, True),
        (ReviewState.READING, True, False),
        (ReviewState.CLOSED, False, False),
        (ReviewState.WITHDRAWN, False, False),
    ],
)
def test_when_documents_may_be_changed(
    session: Session, store: FileStore, case: Case, state: ReviewState, coordinator: bool, liaison: bool
) -> None:
    own = put_one(session, store, case.volume, "自评.txt", b"liaison", by=case.liaison)
    case.review.state = state

    assert can_change_document(case.coordinator, case.review, own, case.liaison) is coordinator
    assert can_change_document(case.liaison, case.review, own, case.liaison) is liaison
