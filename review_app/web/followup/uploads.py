"""Taking in a file that came with a form, before anything is written."""

from werkzeug.datastructures import FileStorage

from case_files.limits import USUAL, Limits
from review_app.followup.evidence import LARGEST
from review_app.reviews.file_intake import TakenIn, TurnedAway, UploadedFile, take_in_one
from review_app.web.files.storage import store
from review_app.web.request import session

LIMITS = Limits(upload=LARGEST, pages=USUAL.pages)


def taken_in(sent: FileStorage | None) -> TakenIn | TurnedAway | None:
    """The file, checked and kept; None when none was sent. Reading takes a moment: the transaction, in which
    nothing was changed yet, ends before it, so that others can write meanwhile."""
    if sent is None or not sent.filename:
        return None
    session().commit()
    return take_in_one(store(), UploadedFile(sent.filename, sent.stream), limits=LIMITS)  # type: ignore[arg-type]
