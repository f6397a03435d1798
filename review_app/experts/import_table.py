"""Reading a table of experts: XLSX or CSV bytes to rows, rows to particulars, every fault with its place.

Pure: organisations come as a mapping from code and name to id. No mail is sent and no account opened by
importing.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from review_app.errors import N_, ReviewError
from review_app.experts.profile import (
    FIELD_LABELS,
    Fault,
    Profile,
    depths_from,
    fault,
    faults_of,
    specialties_from,
    split_list,
)
from review_app.experts.states import (
    CATEGORY_LABELS,
    CREDENTIAL_LABELS,
    CredentialKind,
    ExpertCategory,
)

MOST_ROWS = 5000
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
OTHER_HEADS = {
    "身份证号码": "id_number",
    "手机号": "phone",
    "单位名称": "organisation_id",
    "执业开始日期": "practice_from",
}
CREDENTIAL_HEADS = {
    "证件种类": "credential_kind",
    "证件号码": "credential_number",
    "发证机关": "credential_issuer",
    "证件有效期起": "credential_from",
    "证件有效期止": "credential_until",
}
TABLE_LABELS = {**FIELD_LABELS, **{name: label for label, name in CREDENTIAL_HEADS.items()}}
"""what each column of the table is called"""
HEADS = {label: name for name, label in FIELD_LABELS.items()} | OTHER_HEADS | CREDENTIAL_HEADS
CREDENTIAL_KINDS = {label: kind for kind, label in CREDENTIAL_LABELS.items()} | {
    kind.value: kind for kind in CredentialKind
}
NEEDED = ("expert_no", "name", "category", "specialties")
CATEGORIES = {label: kind for kind, label in CATEGORY_LABELS.items()} | {
    kind.value: kind for kind in ExpertCategory
}
CATEGORIES |= {
    "民警": ExpertCategory.POLICE,
    "学者": ExpertCategory.ACADEMIC,
    "司法行政": ExpertCategory.JUSTICE_ADMIN,
}


@dataclass(frozen=True)
class Row:
    """One line of the table: its number as the person sees it, and its cells by field name."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class GivenCredential:
    """The credential that stands in a row; it is entered unverified."""

    kind: CredentialKind
    number: str
    issuer: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True)
class ReadRow:
    """A row understood, or its faults. A profile is there only without faults."""

    number: int
    expert_no: str
    name: str
    profile: Profile | None
    faults: tuple[Fault, ...]
    credential: GivenCredential | None = None


def rows_of(name: str, content: bytes) -> list[Row]:
    """The rows of a file. Raises ReviewError when it is not a readable table or lacks a needed column."""
    if len(content) > LARGEST_FILE:
        raise ReviewError(N_("文件超过5MB，请分批导入。"))
    lines = xlsx_lines(content) if name.lower().endswith(".xlsx") else csv_lines(name, content)
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if any(map(str.strip, line))]
    if not numbered:
        raise ReviewError(N_("文件中没有内容。"))
    if len(numbered) - 1 > MOST_ROWS:
        raise ReviewError(N_("超过%(most)d行，请分批导入。"), most=MOST_ROWS)
    heads = [HEADS.get(head.strip(), "") for head in numbered[0][1]]
    missing = [TABLE_LABELS[name] for name in NEEDED if name not in heads]
    if missing:
        raise ReviewError(N_("缺少必需的列：%(columns)s。请对照模板修改表头。"), columns="、".join(missing))
    return [
        Row(number, {head: cell.strip() for head, cell in zip(heads, line, strict=False) if head})
        for number, line in numbered[1:]
    ]


def xlsx_lines(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise ReviewError(N_("文件解压后过大，不能读取。"))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=60)
        return [[text_of(cell) for cell in line] for line in lines]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise ReviewError(N_("无法读取该XLSX文件。请另存为新的XLSX或者CSV后重试。")) from error


def csv_lines(name: str, content: bytes) -> list[list[str]]:
    if not name.lower().endswith((".csv", ".txt")):
        raise ReviewError(N_("只能导入XLSX或者CSV文件。"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return list(csv.reader(io.StringIO(text, newline="")))
        except csv.Error as error:
            raise ReviewError(N_("无法读取该CSV文件。请另存为新的XLSX或者CSV后重试。")) from error
    raise ReviewError(N_("无法识别文件的文字编码。请另存为UTF-8的CSV。"))


def text_of(cell: object) -> str:
    """A cell as text: days as 2024-03-12, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def read_rows(rows: Iterable[Row], organisations: Mapping[str, int]) -> list[ReadRow]:
    """Every row understood or with its faults; a number that comes twice is a fault of the later row."""
    seen: set[str] = set()
    found = []
    for row in rows:
        one = read_row(row, organisations)
        if one.expert_no and one.expert_no in seen:
            double = fault("expert_no", N_("编号在本文件中重复。"))
            one = ReadRow(one.number, one.expert_no, one.name, None, (*one.faults, double))
        seen.add(one.expert_no)
        found.append(one)
    return found


def read_row(row: Row, organisations: Mapping[str, int]) -> ReadRow:
    cells, faults = row.cells, []
    category = CATEGORIES.get(cells.get("category", ""))
    if category is None:
        faults.append(fault("category", N_("没有“%(value)s”这个类别。"), value=cells.get("category", "")))
    unit = cells.get("organisation_id", "")
    if unit and unit not in organisations:
        faults.append(fault("organisation_id", N_("没有“%(value)s”这个单位，请先登记单位。"), value=unit))
    profile = Profile(
        expert_no=cells.get("expert_no", ""),
        name=cells.get("name", ""),
        category=category or ExpertCategory.LAWYER,
        organisation_id=organisations.get(unit),
        post=cells.get("post", ""),
        specialties=specialties_from(cells.get("specialties", "")),
        aliases=split_list(cells.get("aliases", "")),
        gender=cells.get("gender", ""),
        birth_year=year_of(cells.get("birth_year", ""), faults),
        id_number=cells.get("id_number", "").upper(),
        phone=cells.get("phone", ""),
        qualification_no=cells.get("qualification_no", ""),
        practice_from=day_of(cells.get("practice_from", ""), "practice_from", faults),
        appointed_on=day_of(cells.get("appointed_on", ""), "appointed_on", faults),
        term_end=day_of(cells.get("term_end", ""), "term_end", faults),
        appointment_doc_no=cells.get("appointment_doc_no", ""),
        login=cells.get("login", "").lower(),
        specialty_levels=depths_from(cells.get("specialties", "")),
        max_open=whole_number(cells.get("max_open", ""), "max_open", faults),
        max_month=whole_number(cells.get("max_month", ""), "max_month", faults),
    )
    credential = credential_in(cells, faults)
    faults += list(faults_of(profile))
    good = None if faults else profile
    return ReadRow(row.number, profile.expert_no, profile.name, good, tuple(faults), credential)


def credential_in(cells: Mapping[str, str], faults: list[Fault]) -> GivenCredential | None:
    """The credential of a row, if one is given; a part of one is a fault."""
    given = {name: cells.get(name, "") for name in CREDENTIAL_HEADS.values()}
    if not any(given.values()):
        return None
    kind = CREDENTIAL_KINDS.get(given["credential_kind"])
    if kind is None:
        faults.append(
            fault("credential_kind", N_("没有“%(value)s”这种证件。"), value=given["credential_kind"])
        )
    for name in ("credential_number", "credential_issuer"):
        if not given[name]:
            faults.append(fault(name, N_("登记证件的，此处不能为空。")))
    begins = day_of(given["credential_from"], "credential_from", faults)
    ends = day_of(given["credential_until"], "credential_until", faults)
    if begins and ends and ends < begins:
        faults.append(fault("credential_until", N_("有效期届满不能早于有效期起始。")))
    if kind is None:
        return None
    return GivenCredential(kind, given["credential_number"], given["credential_issuer"], begins, ends)


def whole_number(text: str, field: str, faults: list[Fault]) -> int | None:
    if text and not text.isdecimal():
        faults.append(fault(field, N_("此处应当是整数。")))
        return None
    return int(text[:6]) if text else None


def day_of(text: str, field: str, faults: list[Fault]) -> date | None:
    if not text:
        return None
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    try:
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day)
    except ValueError:
        faults.append(fault(field, N_("“%(value)s”不是日期，请写成2024-03-12。"), value=text[:40]))
        return None


def year_of(text: str, faults: list[Fault]) -> int | None:
    if text and not text.isdecimal():
        faults.append(fault("birth_year", N_("出生年份应当是四位数字。")))
        return None
    return int(text[:6]) if text else None
