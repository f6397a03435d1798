"""``review-app document rebuild``: the issued file again, byte for byte, from what was locked."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review_app.accounts.states import Role
from review_app.cli import commands
from review_app.documents import service
from review_app.documents.models import Document, DocumentCopy
from review_app.documents.states import CopyKind, DocumentKind
from review_app.instance import open_instance
from review_app.settings import read_settings
from tests.documents.samples import sample
from tests.factories import person, review


@pytest.fixture
def issued(tmp_path: Path, now: datetime) -> bytes:
    """A data folder with one issued document; its bytes."""
    with open_instance(read_settings(data=tmp_path)).writing() as session:
        clerk = person(session, Role.COORD)
        document = service.draft_document(
            session,
            kind=DocumentKind.FILE_REQUEST,
            review_id=review(session).id,
            round=1,
            title="函",
            by=clerk,
            now=now,
        )
        service.assign_number(session, document, by=clerk, now=now)
        copy = service.keep_copy(session, document, CopyKind.INTERNAL, sample(), by=clerk, now=now)
        content = service.read_copy(copy)
        session.commit()
    return content


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, ["document", "rebuild", *words, "--data", str(folder)])


def number_in(folder: Path) -> str:
    with open_instance(read_settings(data=folder)).reading() as session:
        return str(session.get_one(Document, 1).number)


def test_rebuilt_file_has_the_same_bytes(tmp_path: Path, issued: bytes) -> None:
    number = number_in(tmp_path)

    answer = run(tmp_path, number.replace("〔", "[").replace("〕", "]"), "--out", str(tmp_path / "again"))

    written = list((tmp_path / "again").iterdir())
    assert (answer.exit_code, [each.read_bytes() for each in written]) == (0, [issued])
    assert written[0].name == f"{number}-内部本.docx"
    assert "与原件一致" in answer.output


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path, issued: bytes) -> None:
    out = ("--out", str(tmp_path / "again"))
    run(tmp_path, number_in(tmp_path), *out)

    answer = run(tmp_path, number_in(tmp_path), *out)

    assert answer.exit_code == 1
    assert "已经存在，没有覆盖" in answer.output


def test_unknown_number_gets_a_sentence(tmp_path: Path, issued: bytes) -> None:
    answer = run(tmp_path, "青评意〔2020〕9号")

    assert answer.exit_code == 1
    assert "没有文号为青评意〔2020〕9号的文书" in answer.output


def test_another_version_of_the_template_is_named_not_guessed(tmp_path: Path, issued: bytes) -> None:
    with open_instance(read_settings(data=tmp_path)).writing() as session:
        session.get_one(DocumentCopy, 1).document.template_version = "2024.1"
        session.commit()

    answer = run(tmp_path, number_in(tmp_path))

    assert answer.exit_code == 1
    assert "2024.1版模板生成" in answer.output
