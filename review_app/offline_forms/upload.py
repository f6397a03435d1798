"""From an uploaded file to the rows of a form; what may not come in is refused before anything is read."""

import tempfile
from pathlib import Path

from case_files.form_rows import FORM, FormRow, read_form
from case_files.refusals import FileRefused
from review_app.errors import ReviewError


def rows_of(name: str, content: bytes) -> list[FormRow]:
    """The rows of an uploaded document. Raises ReviewError for whatever is not a harmless Word document:
    macros, links to outside content, zip bombs, external entities, other kinds of file."""
    with tempfile.TemporaryDirectory(prefix="yian-form-") as folder:
        path = Path(folder) / "form"
        path.write_bytes(content[: FORM.upload + 1])
        try:
            return read_form(path, Path(name).name)
        except FileRefused as refused:
            raise ReviewError(refused.sentence, **refused.facts) from None
