"""Handing out the archive package of a closed review."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.archiving.gathering import files_of, log_of, moment, signatures_of
from review_app.archiving.package import Archive, packed
from review_app.archiving.rules import can_export_archive
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.documents.office import office
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.reviews.models import CaseReview

SHORTEST_REASON = 5


def export_archive(session: Session, review: CaseReview, *, reason: str, by: Person, now: datetime) -> bytes:
    """The package (zip) of a closed review (档案法（2020）第13条、第37条). The reason and the hash of its index stand in
    the audit log, so that a package can be told from a forged one."""
    if not can_export_archive(by, review):
        raise NotAllowed
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReviewError(N_("请写明导出归档包的理由（不少于%(least)s个字）。"), least=SHORTEST_REASON)
    package, index_sha256 = packed(
        Archive(
            review_no=str(review.review_no),
            title=review.item.title,
            office=office().name,
            made_at=moment(now),
            made_on=local_day(now),
            files=files_of(session, review),
            signatures=list(signatures_of(session, review)),
            log=log_of(session, review),
        )
    )
    record(
        session, action="archive.export", subject=review, by=by, now=now, review_id=review.id,
        after={"index_sha256": index_sha256, "size": len(package)}, reason=reason.strip(),
    )  # fmt: skip
    return package
