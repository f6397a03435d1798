"""Files that come with a comment: checked like files of a case, then encrypted before they are kept (class L3)."""

import base64
import hashlib
import io
from dataclasses import dataclass

from case_files.checks import check_name
from case_files.limits import USUAL, Limits
from case_files.reading import read_file
from case_files.refusals import FileRefused
from case_files.store import FileStore
from review_app.discussions.models import Attachment
from review_app.reviews.file_intake import TurnedAway, UploadedFile
from review_app.sealing import current_seal

LARGEST = 10 * 1024 * 1024
LIMITS = Limits(upload=LARGEST, pages=USUAL.pages)
SEALED_LARGEST = LARGEST * 2
"""encryption and its two base64 layers take less than twice the size"""


@dataclass(frozen=True)
class SealedFile:
    """A file that passed every check; its encrypted bytes lie in the store under ``sealed_sha256``."""

    name: str
    kind: str
    sha256: str
    sealed_sha256: str
    size: int


def take_in_sealed(store: FileStore, upload: UploadedFile) -> SealedFile | TurnedAway:
    """Check one file, encrypt it and keep it. Nothing of its content lies in the store in the clear."""
    try:
        check_name(upload.name)
        with store.receive(upload.content, limit=LIMITS.upload) as incoming:
            kind, _pages = read_file(incoming.path, upload.name, limits=LIMITS)
            content = incoming.path.read_bytes()
    except FileRefused as refusal:
        return TurnedAway(upload.name, refusal)
    sealed = current_seal().close(base64.b64encode(content).decode()).encode()
    kept = store.put(io.BytesIO(sealed), limit=SEALED_LARGEST)
    return SealedFile(upload.name, kind.name, hashlib.sha256(content).hexdigest(), kept.sha256, len(content))


def content_of(store: FileStore, attachment: Attachment) -> bytes:
    """The file as it was sent. Raises FileDamaged when the stored bytes have changed."""
    with store.open(attachment.sealed_sha256) as sealed:
        return base64.b64decode(current_seal().open(sealed.read().decode()))
