"""Writes an `OfficialDocument` as .docx in the layout of GB/T 9704—2012; the same input gives the same bytes."""

import io

import docx
from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section

from review_app.documents import body, closing, head
from review_app.documents.base_package import empty_package
from review_app.documents.content import Layout, OfficialDocument, as_data, fingerprint
from review_app.documents.packing import repack
from review_app.documents.page_setup import set_page


def write(document: OfficialDocument) -> bytes:
    """The .docx of a document.

    Its properties carry neither author nor path nor time, only the SHA-256 of the input as identifier, so that a
    file can be traced to the content it was made from and made again byte for byte.
    """
    opened = docx.Document(empty_package())
    section = opened.sections[0]
    set_page(section, letter=document.layout is Layout.LETTER)
    content = [*_opening(section, document), *_body(document)]
    for each in content:
        section._sectPr.addprevious(each)
    opened.core_properties.identifier = f"sha256:{fingerprint(as_data(document))}"
    return _saved(opened)


def _opening(section: Section, document: OfficialDocument) -> list[BaseOxmlElement]:
    match document.layout:
        case Layout.GENERAL:
            return [*head.general_head(document.head), *body.title(document.title_lines)]
        case Layout.LETTER:
            return [*head.letter_head(section, document.head), *body.title(document.title_lines)]
        case Layout.MINUTES:
            return [*head.minutes_head(document.head), *body.title(document.title_lines)]
        case Layout.FORM:
            title = list(body.title(document.title_lines))
            return [*head.form_head(document.head), title[0], head.form_number(document.head), title[1]]


def _body(document: OfficialDocument) -> list[BaseOxmlElement]:
    content = [body.recipient(document.recipient)] if document.recipient else []
    content += body.blocks(document.blocks)
    if document.signature:
        body.keep_with_next(content)
        content += [*body.attachments_note(document.attachments), *closing.signature(document.signature)]
    else:
        content += body.attachments_note(document.attachments)
    content += closing.notes(document.notes)
    content += body.attachments(document.attachments)
    if document.imprint:
        content += closing.imprint(document.imprint, document.layout)
    return content


def _saved(opened: Document) -> bytes:
    buffer = io.BytesIO()
    opened.save(buffer)
    return repack(buffer.getvalue())
