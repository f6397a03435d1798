"""By which rules, catalogue and extra fields a review or a form is filled: those of its template's version, or what
is shipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from review_app.form_templates.catalogue import Catalogue
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.form_templates.content import (
    ExtraField,
    TemplateContent,
    catalogue_with,
    ordered_fields,
    read_content,
    rules_with,
    shipped,
)
from review_app.form_templates.models import FormTemplate
from review_app.rulebook import Rules
from review_app.rulebook import load as load_rules
from review_app.rulebook.reading import parse_json


class Holder(Protocol):
    """A review, or a form: it names its template and keeps the versions it began with."""

    @property
    def template(self) -> str: ...
    @property
    def rule_version(self) -> str: ...
    @property
    def form_template(self) -> FormTemplate | None: ...


@dataclass(frozen=True)
class Read:
    """One version, read once."""

    content: TemplateContent
    rules: Rules
    catalogue: Catalogue


@lru_cache(maxsize=64)
def read_version(text: str) -> Read:
    """A stored version by its JSON text."""
    content = read_content(parse_json(text))
    return Read(content, rules_with(content), catalogue_with(content))


def rules_of(holder: Holder) -> Rules:
    """The rules this review or form goes by."""
    kept = holder.form_template
    return read_version(kept.content).rules if kept else load_rules(holder.rule_version)


def catalogue_of(holder: Holder) -> Catalogue:
    """The catalogue of deductions and vetoes this review or form goes by."""
    kept = holder.form_template
    return read_version(kept.content).catalogue if kept else load_catalogue(holder.rule_version)


def content_of(holder: Holder) -> TemplateContent:
    """Everything its template says."""
    kept = holder.form_template
    return read_version(kept.content).content if kept else shipped(holder.template, holder.rule_version)


def fields_of(holder: Holder) -> Mapping[str, ExtraField]:
    """The extra fields of its template by code, in order; what is shipped has none."""
    return ordered_fields(content_of(holder)) if holder.form_template else {}
