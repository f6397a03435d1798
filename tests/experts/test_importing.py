"""Importing experts: dry run, faults by row and column, the same file twice (pitfalls P4, P5)."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.errors import NotAllowed, ReviewError
from review_app.experts.import_table import LARGEST_FILE, rows_of
from review_app.experts.importing import carry_out, plan_import
from review_app.experts.models import Expert
from review_app.experts.states import ExpertCategory, ExpertStatus
from review_app.notices.models import Notice
from tests import factories as make
from tests.conftest import NOW

HEADS = "专家编号,姓名,类别,单位,专业,执业起始日期,聘任日期,聘书文号,身份证号"
GOOD = "ZJ-0001,张三,律师,衡正所,民事;刑事,2005年7月1日,2023-06-28,青评聘〔2023〕1号,"
OTHER = "ZJ-0002,李四,法官,,执行,2001/3/1,,,99999919800101001X"


@pytest.fixture
def coordinator(session: Session) -> Person:
    make.organisation(session, "衡正所")
    return make.person(session, Role.COORD)


def table(*lines: str) -> bytes:
    return "\n".join((HEADS, *lines)).encode("utf-8-sig")


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Expert)) or 0


def test_dry_run_changes_nothing(session: Session, coordinator: Person) -> None:
    plans = plan_import(session, rows_of("a.csv", table(GOOD, OTHER)), by=coordinator)

    assert [(plan.number, plan.expert_no, plan.kind) for plan in plans] == [
        (2, "ZJ-0001", "NEW"),
        (3, "ZJ-0002", "NEW"),
    ]
    assert count(session) == 0


def test_import_stores_and_mails_nobody(session: Session, coordinator: Person) -> None:
    carry_out(session, rows_of("a.csv", table(GOOD, OTHER)), by=coordinator, now=NOW)

    first, second = session.scalars(select(Expert).order_by(Expert.expert_no))
    assert first.specialties == ["民事合同", "刑事"]
    assert (first.status, second.status) == (ExpertStatus.ACTIVE, ExpertStatus.NOMINATED)
    assert first.organisation is not None
    assert first.practice_from == date(2005, 7, 1)
    assert second.category is ExpertCategory.JUDGE
    assert second.id_fingerprint
    assert session.scalars(select(Notice)).all() == []


def test_same_file_twice_changes_nothing(session: Session, coordinator: Person) -> None:
    rows = rows_of("a.csv", table(GOOD, OTHER))
    carry_out(session, rows, by=coordinator, now=NOW)

    again = carry_out(session, rows, by=coordinator, now=NOW)

    assert [plan.kind for plan in again] == ["SAME", "SAME"]
    assert count(session) == 2


def test_change_names_its_fields_and_missing_columns_change_nothing(
    session: Session, coordinator: Person
) -> None:
    carry_out(session, rows_of("a.csv", table(GOOD)), by=coordinator, now=NOW)
    short = "专家编号,姓名,类别,专业\nZJ-0001,张三丰,律师,刑事".encode()

    (plan,) = carry_out(session, rows_of("b.csv", short), by=coordinator, now=NOW)

    expert = session.scalars(select(Expert)).one()
    assert (plan.kind, plan.fields) == ("CHANGED", ("name", "specialties"))
    assert (expert.name, expert.appointment_doc_no) == ("张三丰", "青评聘〔2023〕1号")


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ("ZJ-0001,张三,厨师,,刑事,,,,", "category", "没有“厨师”这个类别"),
        ("ZJ-0001,张三,律师,无此所,刑事,,,,", "organisation_id", "没有“无此所”这个单位"),
        ("ZJ-0001,张三,律师,,烹饪,,,,", "specialties", "没有“烹饪”这项专业"),
        ("ZJ-0001,张三,律师,,刑事,去年,,,", "practice_from", "“去年”不是日期"),
        ("ZJ-0001,张三,律师,,刑事,2024-02-30,,,", "practice_from", "不是日期"),
        (",张三,律师,,刑事,,,,", "expert_no", "专家编号由字母"),
    ],
)
def test_fault_names_row_column_and_reason(
    session: Session, coordinator: Person, line: str, field: str, words: str
) -> None:
    _good, wrong = plan_import(
        session, rows_of("a.csv", table(GOOD.replace("0001", "0009"), line)), by=coordinator
    )

    assert (wrong.number, wrong.kind) == (3, "WRONG")
    assert [one.field for one in wrong.faults] == [field]
    assert words in str(wrong.faults[0])


def test_wrong_rows_stay_out_and_the_others_come_in(session: Session, coordinator: Person) -> None:
    plans = carry_out(
        session, rows_of("a.csv", table(GOOD, "ZJ-0001,重复,律师,,刑事,,,,", OTHER)), by=coordinator, now=NOW
    )

    assert [plan.kind for plan in plans] == ["NEW", "WRONG", "NEW"]
    assert count(session) == 2


def test_id_number_of_another_is_a_fault(session: Session, coordinator: Person) -> None:
    double = OTHER.replace("ZJ-0002", "ZJ-0003")

    plans = plan_import(session, rows_of("a.csv", table(OTHER, double)), by=coordinator)

    assert [plan.kind for plan in plans] == ["NEW", "WRONG"]


def test_xlsx_and_gb18030_are_read_alike(session: Session, coordinator: Person) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADS.split(","))
    sheet.append(["ZJ-0001", "张三", "律师", "衡正所", "民事;刑事", date(2005, 7, 1), None, None, None])
    packed = io.BytesIO()
    book.save(packed)

    from_xlsx = rows_of("a.xlsx", packed.getvalue())
    from_csv = rows_of(
        "a.csv", f"{HEADS}\nZJ-0001,张三,律师,衡正所,民事;刑事,2005-07-01,,,".encode("gb18030")
    )

    assert from_xlsx == from_csv


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"not a zip", "无法读取该XLSX"),
        ("a.exe", b"x", "只能导入"),
        ("a.csv", b"", "没有内容"),
        ("a.csv", "姓名\n张三".encode(), "缺少必需的列：专家编号、类别、专业"),
        ("a.csv", b"\xff\xfe\x00\x81", "文字编码"),
        ("a.csv", b"x" * (LARGEST_FILE + 1), "5MB"),
    ],
)
def test_unreadable_files_are_refused(name: str, content: bytes, words: str) -> None:
    with pytest.raises(ReviewError, match=words):
        rows_of(name, content)


def test_only_the_coordinator_imports(session: Session) -> None:
    leader = make.person(session, Role.LEADER)

    with pytest.raises(NotAllowed):
        carry_out(session, [], by=leader, now=NOW)


PAPERS = "专家编号,姓名,类别,专业,每月参加上限,证件种类,证件号码,发证机关,证件有效期止"
WITH_PAPER = "ZJ-0001,张三,律师,民间借贷:3;执行,2,律师执业证,13701,某省司法厅,2030-12-31"


def papers(*lines: str) -> bytes:
    return "\n".join((PAPERS, *lines)).encode()


def test_credentials_caps_and_depths_come_in_once(session: Session, coordinator: Person) -> None:
    rows = rows_of("a.csv", papers(WITH_PAPER))
    carry_out(session, rows, by=coordinator, now=NOW)

    again = carry_out(session, rows, by=coordinator, now=NOW)

    expert = session.scalars(select(Expert)).one()
    assert [plan.kind for plan in again] == ["SAME"]
    assert (expert.specialties, expert.specialty_levels, expert.max_month) == (
        ["民间借贷", "执行"], {"民间借贷": 3}, 2,
    )  # fmt: skip
    assert [(one.number, one.valid_until, one.verified_at) for one in expert.credentials] == [
        ("13701", date(2030, 12, 31), None)
    ]


def test_a_renewed_credential_is_a_change(session: Session, coordinator: Person) -> None:
    carry_out(session, rows_of("a.csv", papers(WITH_PAPER)), by=coordinator, now=NOW)

    (plan,) = carry_out(
        session, rows_of("b.csv", papers(WITH_PAPER.replace("2030", "2035"))), by=coordinator, now=NOW
    )

    assert (plan.kind, plan.fields) == ("CHANGED", ("credential_number",))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("律师执业证", "驾驶证", "credential_kind"),
        (",13701,", ",,", "credential_number"),
        ("2030-12-31", "不详", "credential_until"),
        (",2,律师执业证", ",两件,律师执业证", "max_month"),
        (",2,律师执业证", ",100,律师执业证", "max_month"),
        ("民间借贷:3", "民间借贷:9", "specialty_levels"),
    ],
)
def test_faults_of_papers_name_their_column(
    session: Session, coordinator: Person, old: str, new: str, field: str
) -> None:
    (plan,) = plan_import(session, rows_of("a.csv", papers(WITH_PAPER.replace(old, new))), by=coordinator)

    assert [one.field for one in plan.faults] == [field]


def test_a_credential_of_somebody_else_is_a_fault(session: Session, coordinator: Person) -> None:
    other = WITH_PAPER.replace("ZJ-0001,张三", "ZJ-0002,李四")

    plans = plan_import(session, rows_of("a.csv", papers(WITH_PAPER, other)), by=coordinator)

    assert [(plan.kind, [one.field for one in plan.faults]) for plan in plans] == [
        ("NEW", []), ("WRONG", ["credential_number"]),
    ]  # fmt: skip
