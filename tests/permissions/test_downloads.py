"""What leaves the house: the properties, names and fonts of every file, and what stands in the database where a
password would be (pitfalls P19, P20, P22)."""

import io
import re
import zipfile
from collections.abc import Iterator

import docx
import pytest
from docx.oxml.ns import qn
from flask import Flask
from sqlalchemy import Engine, MetaData, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from review_app.accounts.models import Person
from review_app.documents.models import DocumentCopy
from review_app.documents.service import read_copy
from review_app.followup.models import Evidence
from review_app.opinions.models import Opinion
from review_app.panels.models import PanelDraw
from review_app.panels.states import DrawState
from review_app.reviews.models import CaseReview, FileDocument, FileVolume, ReviewAccess
from review_app.reviews.states import Capacity, ReviewState
from review_app.settings import Settings
from tests.browser import Browser

INSIDE = re.compile(
    r"(/(home|root|tmp|work|usr|var|Users)/|[A-Z]:\\|\.py\b|zj\d{4}|python-docx|LibreOffice|WPS)"
)
"""places on a machine, sign-in names, programs"""


@pytest.fixture
def downloads(browser: Browser, session: Session) -> dict[str, TestResponse]:
    """Every kind of download, as the people who use it get it."""
    members = {
        seat.capacity: seat.person
        for seat in session.scalars(
            select(ReviewAccess)
            .join(CaseReview)
            .where(CaseReview.state == ReviewState.SIGNOFF, ReviewAccess.ended_at.is_(None))
        )
    }
    officials = select(Person).where(Person.login.in_(["coord", "leader", "court"]))
    readers = [*session.scalars(officials), members[Capacity.CHAIR]]
    taken: dict[str, TestResponse] = {}
    for person in readers:
        browser.sign_in(person)
        for url in addresses(session):
            answer = browser.client.get(url)
            content = answer.data
            answer.close()
            if answer.status_code == 200:
                answer.set_data(content)
                taken[f"{person.login} {url}"] = answer
    return taken


def addresses(session: Session) -> Iterator[str]:
    for copy in session.scalars(select(DocumentCopy)):
        yield f"/reviews/{copy.document.review_id}/documents/{copy.document_id}/{copy.copy.value}.docx"
    for opinion in session.scalars(select(Opinion)):
        yield f"/reviews/{opinion.review_id}/opinion/draft.docx"
    for draw in session.scalars(select(PanelDraw).where(PanelDraw.state == DrawState.DRAWN)):
        yield f"/reviews/{draw.review_id}/panel/draws/{draw.draw_no}/record.json"
    for evidence in session.scalars(select(Evidence)):
        yield f"/reviews/{evidence.review_id}/followup/evidence/{evidence.id}"
    for document in session.scalars(select(FileDocument).join(FileVolume).limit(12)):
        yield f"/reviews/{document.volume.review_id}/files/{document.id}/original"
    yield "/experts/import/template.csv"


def test_every_kind_of_download_is_there(downloads: dict[str, TestResponse], app: Flask) -> None:
    kinds = {re.sub(r"\d+", "N", name.split(" ", 1)[1]) for name in downloads}

    assert kinds == {
        "/reviews/N/documents/N/INTERNAL.docx", "/reviews/N/documents/N/CIRCULATED.docx", "/reviews/N/opinion/draft.docx",
        "/reviews/N/panel/draws/N/record.json", "/reviews/N/followup/evidence/N", "/reviews/N/files/N/original",
        "/experts/import/template.csv",
    }  # fmt: skip


def test_p22_no_download_tells_who_made_it_or_where(
    downloads: dict[str, TestResponse], session: Session, settings: Settings
) -> None:
    """Elsewhere authors, sign-in names and folders leaked by the properties of files and by their names."""
    names = set(session.scalars(select(Person.name)))

    told = []
    for place, answer in downloads.items():
        name = answer.headers["Content-Disposition"]
        content = answer.data
        about = hidden_words(content) if content.startswith(b"PK") else ""
        plain = content.decode("utf-8", "replace") if not content.startswith(b"PK") else ""
        told += [(place, "properties", word) for word in names if word in about]
        told += [(place, "name", word) for word in names if word in name]
        told += [(place, "inside", found.group()) for found in INSIDE.finditer(about + name + plain)]
        told += [
            (place, "folder", str(settings.data))
            for text in (about, plain, name)
            if str(settings.data) in text
        ]

    assert told == []


def hidden_words(package: bytes) -> str:
    """Everything of a document that no reader sees: names of its parts, properties, settings, comments."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        shown = re.compile(r"word/(document|header\d*|footer\d*|styles|fontTable|theme/.*)\.xml")
        hidden = [
            parts.read(name).decode("utf-8", "replace")
            for name in parts.namelist()
            if not shown.fullmatch(name)
        ]
        notes = [f"{one.filename} {one.comment!r} {one.extra!r}" for one in parts.infolist()]
    text = "\n".join([*hidden, *notes])
    return re.sub(r"https?://[\w./-]+|(Type|Target|PartName|ContentType|xmlns:\w+)=\"[^\"]*\"", "", text)


def test_p22_documents_have_no_author(downloads: dict[str, TestResponse]) -> None:
    properties = [
        docx.Document(io.BytesIO(answer.data)).core_properties
        for place, answer in downloads.items()
        if place.endswith(".docx")
    ]

    assert properties
    assert {(one.author, one.last_modified_by, one.comments, one.keywords) for one in properties} == {
        ("", "", "", "")
    }


def test_p19_every_run_of_every_document_names_its_chinese_font(
    session: Session, downloads: dict[str, TestResponse]
) -> None:
    """Elsewhere Chinese text fell back to another font where a run named only a Latin one."""
    packages = [read_copy(copy) for copy in session.scalars(select(DocumentCopy))]
    packages += [answer.data for place, answer in downloads.items() if place.endswith(".docx")]

    without = [text for package in packages for text in runs_without_font(package)]

    assert len(packages) > 10
    assert without == []


def runs_without_font(package: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(package))
    parts = [document.element.body]
    for section in document.sections:
        for part in (section.header, section.footer, section.even_page_header, section.even_page_footer,
                     section.first_page_header, section.first_page_footer):  # fmt: skip
            if not part.is_linked_to_previous:
                parts.append(part._element)
    for part in parts:
        for run in part.iter(qn("w:r")):
            if run.find(qn("w:t")) is None:
                continue  # holds a drawing or a field, whose own runs are looked at
            fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            if fonts is None or not fonts.get(qn("w:eastAsia")):
                yield "".join(run.itertext()) or str(run.tag)


def test_p20_passwords_are_kept_by_argon2id_alone(session: Session, engine: Engine) -> None:
    """Elsewhere they were MD5 sums."""
    metadata = MetaData()
    metadata.reflect(engine)

    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if re.search(r"passw|pwd|hash$", column.name) and "must_change" not in column.name
    }

    assert columns == {"person.password_hash"}
    assert all(one.password_hash.startswith("$argon2id$v=19$") for one in session.scalars(select(Person)))
