"""Facts and parts put together: the locked facts with what the panel has written since."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from review_app.documents.content import OfficialDocument, as_data, fingerprint
from review_app.documents.numbers import pending_number
from review_app.opinions.advising import read_advice, write_advice
from review_app.opinions.content import opinion_document
from review_app.opinions.facts import OpinionFacts, PrecedentFacts, RequestFacts
from review_app.opinions.states import PartKey
from review_app.petitions.states import RequestResult


@dataclass(frozen=True)
class PartText:
    """A part's text and, for an answer to a request, its result."""

    text: str
    result: RequestResult | None = None


def first_texts(facts: OpinionFacts) -> dict[str, PartText]:
    """What the parts say when drafting begins: taken from the facts as gathered."""
    texts = {
        PartKey.CASE: PartText(facts.case_text),
        PartKey.HEARING: PartText(facts.work.hearing),
        PartKey.FACTS: PartText("\n".join(facts.established)),
        PartKey.PRECEDENTS: PartText(facts.precedents.conclusion if facts.precedents else ""),
        PartKey.ADVICE: PartText(write_advice(facts.advice)),
    }
    answers = {
        PartKey.request(request.seq): PartText(request.answer, request.result)
        for request in facts.petition.requests
    }
    return {**{str(key): text for key, text in texts.items()}, **answers}


def with_parts(facts: OpinionFacts, parts: Mapping[str, PartText]) -> OpinionFacts:
    """The facts with the panel's words in place of those first gathered. Findings, votes and figures stay."""
    petition = replace(
        facts.petition, requests=tuple(_answer(each, parts) for each in facts.petition.requests)
    )
    return replace(
        facts,
        petition=petition,
        case_text=_text(parts, PartKey.CASE),
        work=replace(facts.work, hearing=_text(parts, PartKey.HEARING)),
        established=tuple(line for line in _text(parts, PartKey.FACTS).splitlines() if line.strip()),
        precedents=_precedents(facts.precedents, _text(parts, PartKey.PRECEDENTS)),
        advice=read_advice(_text(parts, PartKey.ADVICE)),
    )


def draft(facts: OpinionFacts, *, year: int) -> OfficialDocument:
    """The opinion as it stands, without serial number and day."""
    number = pending_number(facts.sender.mark, year=year)
    return opinion_document(facts, number=number, copy_no="", issued_on=None)


def signed_content(document: OfficialDocument, facts: OpinionFacts) -> dict[str, object]:
    """What signatures bind: the document in full and the people its circulated copy leaves out."""
    return {
        "document": as_data(document),
        "names": sorted(facts.names),
        "people": [list(names) for names in facts.people],
    }


def content_sha256(document: OfficialDocument, facts: OpinionFacts) -> str:
    """The hash of `signed_content`."""
    return fingerprint(signed_content(document, facts))


def _text(parts: Mapping[str, PartText], key: PartKey) -> str:
    part = parts.get(key)
    return part.text if part else ""


def _answer(request: RequestFacts, parts: Mapping[str, PartText]) -> RequestFacts:
    part = parts.get(PartKey.request(request.seq))
    return replace(request, answer=part.text, result=part.result) if part else request


def _precedents(gathered: PrecedentFacts | None, text: str) -> PrecedentFacts | None:
    if not text.strip():
        return None
    return PrecedentFacts(text, gathered.rows if gathered else ())
