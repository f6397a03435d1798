"""What a finished file still tells: every part of a .docx – body, tables, headers, footers, comments, properties,
names of parts and targets of links – read for personal data before the file leaves the office."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from review_app.masking.kinds import DatumKind
from review_app.masking.names import MASK
from review_app.masking.texts import Datum, Found, bare_of, leaks, personal_numbers_in

_PARAGRAPH = "}p"
_WORDS = ("}t", "}delText", "}instrText", "}tab", "}br")
# digits of a hash are nobody's number
_HASH = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class Leak:
    """Personal data that a file still shows, and in which of its parts (or in its name)."""

    kind: DatumKind
    part: str


def leaks_in(package: bytes, hidden: Sequence[Datum], *, name: str = "") -> list[Leak]:
    """Every leak of a .docx and of its file name, each kind once for each part.

    ``hidden`` is the review's own data; a value that is masked already (秦某田) is none. Numbers that identify a
    person are found by their form as well, whoever they belong to.
    """
    known = [datum for datum in hidden if MASK not in datum.value]
    found = [Leak(datum.kind, "文件名") for datum in leaks(name, known, numbers=personal_numbers_in)]
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        for part in opened.namelist():
            found += part_leaks(part, opened.read(part), known)
    return list(dict.fromkeys(found))


def part_leaks(part: str, content: bytes, known: Sequence[Datum]) -> list[Leak]:
    if not part.endswith((".xml", ".rels")):
        return [Leak(datum.kind, part) for datum in known if in_bytes(datum.value, content)]
    root = parse_xml(content)
    written = (_HASH.sub("", text) for text in written_in(root))
    found = [datum for text in written for datum in leaks(text, known, numbers=personal_numbers_in)]
    found += [datum for text in (part, *attributes_in(root)) for datum in leaks(text, known, numbers=nothing)]
    return [Leak(datum.kind, part) for datum in found]


def written_in(root: BaseOxmlElement) -> Iterator[str]:
    """Each paragraph of an XML part as a whole, however many runs it was split into, and each other text by itself
    (places of drawings stand between the words of a paragraph)."""
    for element in root.iter("*"):
        tag = str(element.tag)
        if tag.endswith(_PARAGRAPH):
            words = (each.text or " " for each in element.iter("*") if str(each.tag).endswith(_WORDS))
            yield "".join(words)
        elif element.text and not tag.endswith(_WORDS):
            yield element.text


def attributes_in(root: BaseOxmlElement) -> Iterator[str]:
    """Descriptions, titles, authors, targets of links; their numbers are measures and ids."""
    for element in root.iter("*"):
        yield from map(str, element.attrib.values())


def nothing(text: str) -> list[Found]:
    return []


def in_bytes(value: str, content: bytes) -> bool:
    """Whether a picture or another embedded file holds the words, in either of the usual encodings."""
    bare = bare_of(value)
    return any(bare.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "gb18030"))
