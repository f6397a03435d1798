"""The content model survives JSON and is hashed by what it says."""

import json
from dataclasses import replace

from review_app.documents.content import as_data, fingerprint, from_data, texts
from tests.documents.samples import sample


def test_document_survives_json() -> None:
    document = sample()

    assert from_data(json.loads(json.dumps(as_data(document)))) == document


def test_document_without_signature_and_imprint_survives_json() -> None:
    document = sample(signature=None, imprint=None, attachments=())

    assert from_data(as_data(document)) == document


def test_fingerprint_follows_the_content_alone() -> None:
    data = as_data(sample())

    assert fingerprint(data) == fingerprint(dict(reversed(list(data.items()))))
    assert fingerprint(data) != fingerprint(as_data(replace(sample(), recipient="青岚市人民检察院")))


def test_texts_name_every_printed_piece() -> None:
    found = texts(sample())

    assert "（一）评查组组成。抽取专家5名。" in found
    assert "终本条件审查不严" in found
    assert "市信访局" in found
    assert "联系人：何某" in found
