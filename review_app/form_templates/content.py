"""What one version of a form template says, as plain frozen data, and what in it cannot be meant."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from dataclasses import fields as parts_of
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from review_app.errors import N_
from review_app.form_templates.catalogue import Catalogue, CatalogueItem, dimension_of
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.form_templates.states import CHOOSING, FieldKind
from review_app.rulebook import Rules
from review_app.rulebook import load as load_rules
from review_app.rulebook.reading import InvalidData, Problem, plain_number, problem, read
from review_app.rulebook.rules import CURRENT, DIMENSIONS, SEVERITIES, Label

ITEM_CODE = re.compile(r"D[1-8]-[0-9]{2}", re.ASCII).fullmatch
FIELD_CODE = re.compile(r"F[1-9][0-9]?", re.ASCII).fullmatch
CHOICE_VALUE = re.compile(r"[A-Z0-9_]{1,20}", re.ASCII).fullmatch
MOST_FIELDS = 40
MOST_ITEMS = 120


@dataclass(frozen=True)
class DimensionPart:
    """One dimension: the points it can lose, its name, what helps to fill it, and whether a reviewer may say
    with a reason that it does not apply to the case."""

    maximum: Decimal
    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""
    may_not_apply: bool = False


@dataclass(frozen=True)
class Item:
    """One deduction. ``offered`` false: no longer to be chosen; the row stays so that older forms can be read."""

    zh: str
    en: str
    severity: str
    may_rise_to: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    help_zh: str = ""
    help_en: str = ""
    offered: bool = True


@dataclass(frozen=True)
class Choice:
    """``value`` is stored, the words are shown."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True)
class Condition:
    """Holds when the choice ``equals`` of the field ``field`` is chosen."""

    field: str
    equals: str


@dataclass(frozen=True)
class ExtraField:
    """A field beside dimensions and deductions, by its code (F1 …). ``lowest`` and ``highest`` bound a number;
    ``shown_if`` and ``required_if`` depend on the answer of an earlier field."""

    kind: FieldKind
    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""
    required: bool = False
    may_not_apply: bool = False
    choices: tuple[Choice, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    shown_if: Condition | None = None
    required_if: Condition | None = None


@dataclass(frozen=True)
class TemplateContent:
    """The whole template. ``severity_points``: lowest, usual and highest points of each severity;
    ``quotes_min``: quotations a deduction of each severity needs; ``dimension_text_min``: characters."""

    template: str
    rule_version: str
    zh: str
    en: str
    dimensions: Mapping[str, DimensionPart]
    items: Mapping[str, Item]
    severity_points: Mapping[str, tuple[Decimal, Decimal, Decimal]]
    quotes_min: Mapping[str, int]
    dimension_text_min: int
    fields: Mapping[str, ExtraField] = field(default_factory=lambda: MappingProxyType({}))


@cache
def shipped(template: str, rule_version: str = CURRENT) -> TemplateContent:
    """The template as the product brings it: the rule file and the catalogue of that version."""
    rules, catalogue = load_rules(rule_version), load_catalogue(rule_version)
    own = rules.templates[template]
    return TemplateContent(
        template=template,
        rule_version=rule_version,
        zh=own.zh,
        en=own.en,
        dimensions={
            code: DimensionPart(own.maxima[code], label.zh, label.en)
            for code, label in rules.dimensions.items()
        },
        items={code: item_of(catalogue, code) for code in catalogue.for_template(template)},
        severity_points=rules.grading.severity_points,
        quotes_min=rules.form.quotes_min,
        dimension_text_min=rules.form.dimension_text_min,
    )


def item_of(catalogue: Catalogue, code: str) -> Item:
    given = catalogue.deductions[code]
    return Item(given.zh, given.en, given.severity, given.may_rise_to, given.veto, given.law)


def as_data(value: Any) -> Any:
    """Content as lists, mappings and plain values, as JSON takes them."""
    if is_dataclass(value):
        return {part.name: as_data(getattr(value, part.name)) for part in parts_of(value)}
    if isinstance(value, Mapping):
        return {key: as_data(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(one) for one in value]
    return plain_number(value) if isinstance(value, Decimal) else value


def as_text(data: Any) -> str:
    """The one way to write content down: JSON with sorted keys, so that equal contents have equal hashes.
    Order of items and fields follows their codes."""
    return json.dumps(as_data(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_content(data: object) -> TemplateContent:
    """Raises :class:`InvalidData` with everything that is missing, unreadable or cannot be meant."""
    content = read(TemplateContent, data)
    if problems := list(impossible(content)):
        raise InvalidData(problems)
    return content


def impossible(content: TemplateContent) -> Iterator[Problem]:
    yield from impossible_dimensions(content)
    yield from impossible_points(content)
    for code in content.items:
        yield from impossible_item(content, code)
    if len(content.items) > MOST_ITEMS or len(content.fields) > MOST_FIELDS:
        yield problem("too_many", "items", N_("扣分项或者附加栏目过多。"))
    for code in content.fields:
        yield from impossible_field(content, code)
    if not 1 <= content.dimension_text_min <= 500:
        yield problem("range", "dimension_text_min", N_("最少字数应当在1至500之间。"))


def impossible_dimensions(content: TemplateContent) -> Iterator[Problem]:
    if set(content.dimensions) != set(DIMENSIONS):
        yield problem("keys", "dimensions", N_("应当恰好有这些项目：%(keys)s。"), keys="、".join(DIMENSIONS))
    maxima = [one.maximum for one in content.dimensions.values()]
    if min(maxima, default=Decimal(0)) < 0 or sum(maxima) != 100:
        sentence = N_("各维度满分之和应当是100，现在是%(total)s。")
        yield problem("maxima", "dimensions", sentence, total=f"{sum(maxima, Decimal(0)).normalize():f}")
    for code, one in content.dimensions.items():
        if not (one.zh.strip() and one.en.strip()):
            yield problem("name", f"dimensions.{code}.zh", N_("请填写中文和英文名称。"))
        if one.maximum % Decimal("0.5"):
            yield problem("step", f"dimensions.{code}.maximum", N_("满分以0.5分为单位。"))


def impossible_points(content: TemplateContent) -> Iterator[Problem]:
    for severity in SEVERITIES:
        if severity not in content.severity_points or severity not in content.quotes_min:
            yield problem(
                "keys", "severity_points", N_("应当恰好有这些项目：%(keys)s。"), keys="、".join(SEVERITIES)
            )
            continue
        lowest, usual, highest = content.severity_points[severity]
        if not 0 <= lowest <= usual <= highest <= 100 or any(
            one % Decimal("0.5") for one in (lowest, usual, highest)
        ):
            yield problem(
                "order", f"severity_points.{severity}", N_("应当依次是最低、默认、最高扣分，以0.5分为单位。")
            )
        if not 0 <= content.quotes_min[severity] <= 10:
            yield problem("range", f"quotes_min.{severity}", N_("摘录数应当在0至10之间。"))


def impossible_item(content: TemplateContent, code: str) -> Iterator[Problem]:
    item, place = content.items[code], f"items.{code}"
    vetoes = load_catalogue(content.rule_version).vetoes
    if not ITEM_CODE(code) or dimension_of(code) not in content.dimensions:
        yield problem("code", place, N_("编号应当以所属维度开头，例如D4-12。"))
    if not (item.zh.strip() and item.en.strip()):
        yield problem("name", f"{place}.zh", N_("请填写中文和英文名称。"))
    if not {item.severity, *item.may_rise_to} <= set(SEVERITIES):
        yield problem("severity", f"{place}.severity", N_("严重程度应当是S0至S4之一。"))
    if not set(item.veto) <= {known for known, one in vetoes.items() if not one.alone}:
        yield problem("veto", f"{place}.veto", N_("否决项目录中没有这个编号。"))


def impossible_field(content: TemplateContent, code: str) -> Iterator[Problem]:
    asked, place = content.fields[code], f"fields.{code}"
    if not FIELD_CODE(code):
        yield problem("code", place, N_("附加栏目的编号应当是F1至F99。"))
    if not (asked.zh.strip() and asked.en.strip()):
        yield problem("name", f"{place}.zh", N_("请填写中文和英文名称。"))
    if asked.kind in CHOOSING:
        yield from impossible_choices(asked, place)
    if asked.lowest is not None and asked.highest is not None and asked.lowest > asked.highest:
        yield problem("order", f"{place}.lowest", N_("最小值不能大于最大值。"))
    for name in ("shown_if", "required_if"):
        if condition := getattr(asked, name):
            yield from impossible_condition(content, code, condition, f"{place}.{name}")


def impossible_choices(asked: ExtraField, place: str) -> Iterator[Problem]:
    values = [one.value for one in asked.choices]
    if len(values) < 2 or len(set(values)) != len(values):
        yield problem("choices", f"{place}.choices", N_("至少要有两个选项，代号不能重复。"))
    if not all(CHOICE_VALUE(one.value) and one.zh.strip() and one.en.strip() for one in asked.choices):
        yield problem("choices", f"{place}.choices", N_("每个选项一行：代号（大写字母或数字）|中文|英文。"))


def impossible_condition(
    content: TemplateContent, code: str, condition: Condition, place: str
) -> Iterator[Problem]:
    """A condition looks at a field of choice that stands before, so that no two can wait for each other."""
    source = content.fields.get(condition.field)
    if source is None or source.kind not in CHOOSING or field_order(condition.field) >= field_order(code):
        yield problem("condition", place, N_("条件只能取决于前面的单选或者多选栏目。"))
    elif condition.equals not in [one.value for one in source.choices]:
        yield problem("condition", place, N_("条件所指的选项不存在。"))


def field_order(code: str) -> int:
    """F2 comes before F10."""
    return int(code[1:]) if code[1:].isdecimal() else 0


def ordered_fields(content: TemplateContent) -> dict[str, ExtraField]:
    """The extra fields in the order of the form."""
    return {code: content.fields[code] for code in sorted(content.fields, key=field_order)}


def rules_with(content: TemplateContent) -> Rules:
    """The rules of the version with what the template says put over them."""
    rules = load_rules(content.rule_version)
    own = rules.templates[content.template]
    maxima = {code: one.maximum for code, one in content.dimensions.items()}
    return replace(
        rules,
        grading=replace(rules.grading, severity_points=content.severity_points),
        form=replace(
            rules.form, quotes_min=content.quotes_min, dimension_text_min=content.dimension_text_min
        ),
        dimensions={code: Label(one.zh, one.en) for code, one in content.dimensions.items()},
        templates={
            **rules.templates,
            content.template: replace(own, zh=content.zh, en=content.en, maxima=maxima),
        },
    )


def catalogue_with(content: TemplateContent) -> Catalogue:
    """The catalogue of the template: its items, and the vetoes of the version. An item that is no longer offered can
    still be named, not chosen."""
    known = load_catalogue(content.rule_version)
    items = {
        code: CatalogueItem(
            one.zh, one.en, one.severity, (content.template,) if one.offered else (),
            one.may_rise_to, one.veto, one.law,
        )
        for code, one in sorted(content.items.items())
    }  # fmt: skip
    return Catalogue(content.rule_version, items, known.vetoes)
