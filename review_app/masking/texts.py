"""De-identifying a text: names become 张某甲, addresses end at the town, numbers are left out; and what still shows.

Known data of the review are looked for however they are spaced and in whatever width; numbers that nobody registered are
found by their form. What masking left is found on the text without white space, so that a line break hides nothing."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from review_app.masking.kinds import DatumKind
from review_app.masking.names import MASK, surname_of
from search_index.citations import case_numbers_in

STEMS = "甲乙丙丁戊己庚辛壬癸"
PASSES = 3
_WIDE: dict[int, str | int] = {ord("　"): " ", **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
_SUFFIX = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|公司|专业合作社|合作社|律师事务所|事务所|工厂|厂|商店|店|中心|学校|医院|银行|"
    r"村民委员会|居民委员会|村委会|居委会|集团)$"
)
_TOWN = re.compile(r"^.*?[^\s]{1,8}?(?:街道|镇|乡)(?!村)")
_COUNTY = re.compile(r"^.*(?:区|县|市|旗|州|省)")


@dataclass(frozen=True)
class Datum:
    """Something of the review that must not be published, and what stands in its place."""

    kind: DatumKind
    value: str
    mask: str


@dataclass(frozen=True)
class Found:
    """A place of a text that holds a datum; offsets into that text."""

    start: int
    end: int
    datum: Datum


Numbers = Callable[[str], Iterable[Found]]


@dataclass(frozen=True)
class Forms:
    """A form of number: what it is, how it is found, what takes its place."""

    kind: DatumKind
    pattern: re.Pattern[str]
    mask: str


# found on text in half width; amounts and areas are not numbers of anybody
FORMS = (
    Forms(DatumKind.EMAIL, re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), "（邮箱略）"),
    Forms(DatumKind.ID_NUMBER, re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])"), "（证件号略）"),
    Forms(DatumKind.PHONE, re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "（电话略）"),
    Forms(DatumKind.PHONE, re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"), "（电话略）"),
    Forms(
        DatumKind.PLATE,
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼海][A-Z][·•. ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
        "（车牌略）",
    ),
    Forms(DatumKind.NUMBER, re.compile(r"(?<![\d.])\d{8,}(?!\d|\.\d|\s*(?:元|万|亿|平方|亩))"), "（号码略）"),
    Forms(
        DatumKind.REFERENCE,
        re.compile(
            r"[一-龥()]{0,5}(?<!法释)(?<!法发)(?<!法办)(?<!高检发)(?<!国发)(?<!国办发)(?<!公通字)(?<!司发)〔\d{4}〕\d+号"
        ),
        "（文号略）",
    ),
    Forms(
        DatumKind.ADDRESS,
        re.compile(
            r"(?<=[镇乡道])(?!人民|政府|派出|司法|法庭|党委|办事|综合|信访)[一-龥\d-]{1,12}?(?:村|社区|路|街|巷|弄|组|队|号|幢|栋|楼|单元|室)"
            r"(?:[一-龥\d-]{1,6}?(?:村|社区|路|街|巷|弄|组|队|号|幢|栋|楼|单元|室))*"
        ),
        "",
    ),
)

# what identifies a person in a paper that leaves the office; its own case numbers and places of events stay
PERSONAL_FORMS = (
    Forms(
        DatumKind.ID_NUMBER,
        re.compile(r"(?<!\d)(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d{15})(?![\dA-Za-z])"),
        "（证件号略）",
    ),
    Forms(DatumKind.PHONE, re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "（电话略）"),
    Forms(
        DatumKind.NUMBER,
        re.compile(r"(?<![\d.])(?:\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?!\d)"),
        "（账号略）",
    ),
    next(form for form in FORMS if form.kind is DatumKind.PLATE),
    Forms(
        DatumKind.ADDRESS,
        re.compile(
            r"(?<=[路街巷弄村组里苑园区])\d{1,5}(?:-\d{1,4})?(?:号楼|号院|号|栋|幢|单元|室)"
            r"(?:\d{1,5}(?:号楼|号|栋|幢|楼|单元|室))*"
        ),
        "某号",
    ),
)


def names_masked(people: Iterable[Sequence[str]]) -> list[Datum]:
    """People with their other names: everybody gets a name of his own, the other names the same one."""
    taken: set[str] = set()
    masked: list[Datum] = []
    known: dict[str, str] = {}
    for names in people:
        real = [name.strip() for name in names if len(name.strip()) > 1 and MASK not in name]
        if not real:
            continue
        mask = next((known[name] for name in real if name in known), None) or pseudonym(real[0], taken)
        taken.add(mask)
        known.update(dict.fromkeys(real, mask))
    masked += [Datum(DatumKind.PERSON, name, mask) for name, mask in known.items()]
    return masked


def pseudonym(name: str, taken: set[str]) -> str:
    """张某甲 for the first 张, 张某乙 for the second."""
    surname = surname_of(name)
    return next(made for made in (f"{surname}{MASK}{stem}" for stem in stems()) if made not in taken)


def stems() -> Iterator[str]:
    yield from STEMS
    yield from (f"{stem}{number}" for number in count(2) for stem in STEMS)


def organisations_masked(names: Iterable[str]) -> list[Datum]:
    """某甲公司 for a company, by the kind its name ends with."""
    real = dict.fromkeys(name.strip() for name in names if len(name.strip()) > 3 and MASK not in name)
    return [
        Datum(DatumKind.ORGANISATION, name, f"{MASK}{stem}{kind_of(name)}")
        for name, stem in zip(real, stems(), strict=False)
    ]


def kind_of(name: str) -> str:
    ending = _SUFFIX.search(name)
    return ending[0] if ending else "单位"


def address_masked(address: str) -> list[Datum]:
    """An address ends at its town; what follows it is looked for on its own as well."""
    whole = address.strip()
    kept = to_town(whole)
    rest = whole[len(kept) :]
    found = [Datum(DatumKind.ADDRESS, whole, kept or "（住址略）")] if rest else []
    return found + ([Datum(DatumKind.ADDRESS, rest, "某处")] if len(rest) >= 4 else [])


def to_town(address: str) -> str:
    """The address down to town or street office; without one, down to the county; empty when neither is named."""
    found = _TOWN.match(address) or _COUNTY.match(address)
    return found[0] if found else ""


def values_masked(kind: DatumKind, values: Iterable[str | None], mask: str) -> list[Datum]:
    """Numbers that are known as they are."""
    real = dict.fromkeys(value.strip() for value in values if value and len(value.strip()) > 3)
    return [Datum(kind, value, mask) for value in real]


def found_in(text: str, data: Iterable[Datum], *, numbers: Numbers | None = None) -> list[Found]:
    """Every datum of a text, left to right, none inside another: the review's own first, then numbers by form:
    those of the library, or those that ``numbers`` finds."""
    spans: list[Found] = []
    for each in [*known_in(text, data), *(numbers or numbers_in)(text)]:
        if all(each.end <= other.start or each.start >= other.end for other in spans):
            spans.append(each)
    return sorted(spans, key=lambda each: each.start)


def known_in(text: str, data: Iterable[Datum]) -> Iterator[Found]:
    by_length = sorted(data, key=lambda datum: len(datum.value), reverse=True)
    folded = text.translate(_WIDE)
    for datum in by_length:
        letters = [each for each in datum.value.translate(_WIDE) if not each.isspace()]
        pattern = r"\s*".join(map(re.escape, letters))
        for match in re.finditer(pattern, folded, re.IGNORECASE):
            yield Found(match.start(), match.end(), datum)


def numbers_in(text: str) -> Iterator[Found]:
    for number in case_numbers_in(text):
        year = re.search(r"\d{4}", text[number.start : number.end].translate(_WIDE))
        mask = f"（{year[0]}）某号" if year else "（案号略）"
        yield Found(number.start, number.end, Datum(DatumKind.CASE_NO, text[number.start : number.end], mask))
    yield from forms_in(text, FORMS)


def personal_numbers_in(text: str) -> Iterator[Found]:
    """Numbers and house numbers that identify a person, known to the review or not."""
    return forms_in(text, PERSONAL_FORMS)


def forms_in(text: str, forms: Iterable[Forms]) -> Iterator[Found]:
    folded = text.translate(_WIDE)
    for form in forms:
        for match in form.pattern.finditer(folded):
            value = text[match.start() : match.end()]
            yield Found(match.start(), match.end(), Datum(form.kind, value, form.mask))


def masked(text: str, data: Sequence[Datum], *, numbers: Numbers | None = None) -> str:
    """The text with every datum replaced; again when a replacement brought one about."""
    for _ in range(PASSES):
        found = found_in(text, data, numbers=numbers)
        if not found:
            break
        text = replaced(text, found)
    return text


def replaced(text: str, found: Sequence[Found]) -> str:
    pieces, at = [], 0
    for each in found:
        pieces += [text[at : each.start], each.datum.mask]
        at = each.end
    return "".join([*pieces, text[at:]])


def leaks(text: str, data: Sequence[Datum], *, numbers: Numbers | None = None) -> list[Datum]:
    """What still shows in a text: known data wherever white space stands, and numbers by their form."""
    bare = bare_of(text)
    known = [datum for datum in data if bare_of(datum.value) in bare]
    by_form = [found.datum for found in found_in(text, (), numbers=numbers)]
    return list(dict.fromkeys([*known, *by_form]))


def bare_of(text: str) -> str:
    return "".join(text.translate(_WIDE).split()).lower()


_ROLE = re.compile(
    r"(?:申请执行人|被执行人|申请人|被申请人|原告人?|被告人?|上诉人|被上诉人|案外人|第三人|法定代表人|负责人|委托代理人|代理人|"
    r"辩护人|证人|被害人|鉴定人|执行员|法官|检察官|民警|信访人|被处罚人|当事人|之妻|之夫|之子|之女|之父|之母|妻子|丈夫|儿子|女儿)[：:]?([一-龥]{2,3})(?=[，,。；;、（(\s诉与和及的在于称系驾住电])"
)
_NOT_NAMES = re.compile(
    r"某|的|为|是|在|不|未|应|可|提|以|及|与|和|已|其|之|对|将|均|等|因|有|被|向|单位|公司|意见|认为|反映"
)


_FIRM = re.compile(r"[一-龥]{2,14}?(?:有限责任公司|有限公司|公司|合作社|律师事务所|银行|医院|厂)")
_BEFORE_FIRM = re.compile(r"^.*(?:与|和|及|由|向|对|在|的|、|是|为|将)")


def suspects(text: str) -> list[str]:
    """Words behind a role that look like a name nobody registered, and firms; for a person to judge."""
    named = (match[1] for match in _ROLE.finditer(text))
    people = [name for name in named if not _NOT_NAMES.search(name)]
    firms = [_BEFORE_FIRM.sub("", match[0]) for match in _FIRM.finditer(text)]
    return list(dict.fromkeys([*people, *(firm for firm in firms if MASK not in firm and len(firm) > 3)]))
