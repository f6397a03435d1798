from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.audit.models import AuditRow
from review_app.evaluations.drafting import add_deduction, remove_part, save_draft
from review_app.evaluations.models import EvalForm
from review_app.evaluations.queries import fresh
from tests.browser import Browser
from tests.conftest import NOW
from tests.evaluations import made as desk
from tests.offline_forms import made
from tests.offline_forms.test_round_trip import OFFLINE

TEXT = "经审查，执行通知书依法送达，财产调查有遗漏。"


@pytest.fixture
def reading(session: Session) -> desk.Reading:
    reading = desk.reading(session, size=3)
    session.commit()
    return reading


@pytest.fixture
def form(reading: desk.Reading) -> EvalForm:
    return reading.forms[0]


@pytest.fixture
def expert(browser: Browser, form: EvalForm) -> Browser:
    return browser.sign_in(form.person).get(f"/reviews/{form.review_id}/form/offline")


def downloaded(browser: Browser, form: EvalForm, blanks: int = 2) -> bytes:
    browser.get(f"/reviews/{form.review_id}/form/offline")
    browser.submit("#download-form", {"blanks": str(blanks)})
    assert browser.answer is not None
    assert browser.answer.mimetype.endswith("wordprocessingml.document")
    return browser.content


def upload(browser: Browser, form: EvalForm, package: bytes, name: str = "评查表.docx") -> None:
    browser.get(f"/reviews/{form.review_id}/form/offline")
    browser.submit("#upload-form", {"file": (name, package)})


def stored(session: Session, form: EvalForm) -> EvalForm:
    session.rollback()
    return fresh(session, form)


def write(session: Session, form: EvalForm, **answers: str) -> None:
    desk.write(session, stored(session, form), **answers)
    session.commit()


def test_download_filled_in_word_and_uploaded_again_lands(
    session: Session, form: EvalForm, expert: Browser
) -> None:
    expert.get(f"/reviews/{form.review_id}/form").follow("离线填写")

    upload(expert, form, made.filled(downloaded(expert, form), OFFLINE))

    assert "离线表已写入" in expert.text
    assert [one.code for one in stored(session, form).deductions] == ["D4-08"]
    assert [row.action for row in session.scalars(select(AuditRow).where(AuditRow.action == "form.download"))]


def test_problems_are_listed_by_field_and_row_and_nothing_lands(
    session: Session, form: EvalForm, expert: Browser
) -> None:
    typed = OFFLINE | {
        "minutes_spent": "三小时", "new.1.points": "很多", "proposed_grade": "优秀",
        "new.1/quote.2": ("2-1 执行笔录", "2", desk.SENTENCES[30]),
    }  # fmt: skip

    upload(expert, form, made.filled(downloaded(expert, form), typed))

    assert expert.status == 422
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in expert.page.select("table tbody tr")
    ]
    assert rows == [
        ["建议等次", "优秀", "没有“优秀”这个选项。"],
        ["用时（分钟）", "三小时", "请填写用时的分钟数，例如180。"],
        ["新扣分项1 · 扣分", "很多", "扣分应当是数字，例如3或者1.5。"],
        [
            "新扣分项1 · 摘录第2空白行",
            desk.SENTENCES[30],
            "第2页没有这段文字。请核对材料、页码，并照原文摘录。",
        ],
    ]
    assert (stored(session, form).edition, form.deductions, form.highlights) == (0, [], "")


def test_field_changed_on_both_sides_is_compared_and_chosen(
    session: Session, form: EvalForm, expert: Browser
) -> None:
    package = downloaded(expert, form)
    write(session, form, D4__text="网页上写的审查情况，" + TEXT, highlights="网页上的亮点")

    upload(
        expert, form, made.filled(package, {"D4.text": "文档中写的审查情况，" + TEXT, "minutes_spent": "90"})
    )
    before = stored(session, form)
    shown, minutes = before.notes[3].text, before.minutes_spent
    places = [legend.get_text(strip=True) for legend in expert.page.select("#merge-form legend")]
    marks = [mark.get_text() for mark in expert.page.select("del, ins")]
    expert.submit("#merge-form", {"keep:D4.text": "own", "own:D4.text": "两版合并后的审查情况，" + TEXT})

    assert (shown, minutes) == ("网页上写的审查情况，" + TEXT, None)
    assert (places, marks) == (["D4 办案程序 · 审查情况"], ["网页上", "文档中"])
    after = stored(session, form)
    assert (after.notes[3].text, after.minutes_spent, after.highlights) == (
        "两版合并后的审查情况，" + TEXT, 90, "网页上的亮点",
    )  # fmt: skip


def test_nothing_is_written_until_every_place_is_chosen(
    session: Session, form: EvalForm, expert: Browser
) -> None:
    package = downloaded(expert, form)
    write(session, form, D1__text="网页一" + TEXT, D2__text="网页二" + TEXT)
    upload(expert, form, made.filled(package, {"D1.text": "文档一" + TEXT, "D2.text": "文档二" + TEXT}))

    expert.submit("#merge-form", {"keep:D1.text": "mine"})

    assert expert.status == 422
    assert "请为每一处选择保留哪一版。" in expert.text
    assert [note.text for note in stored(session, form).notes][:2] == ["网页一" + TEXT, "网页二" + TEXT]


def test_deduction_taken_off_on_the_web_can_be_put_back_from_the_document(
    session: Session, form: EvalForm, expert: Browser
) -> None:
    add_deduction(session, stored(session, form), "D4-08", by=form.person, now=NOW)
    session.commit()
    package = downloaded(expert, form)
    remove_part(session, stored(session, form), "deduction.1", by=form.person, now=NOW)
    session.commit()

    upload(expert, form, made.filled(package, {"deduction.1.note": "文档中写明的事实"}))
    asked = expert.text
    expert.submit("#merge-form", {"keep:deduction.1": "mine"})

    assert "网页上已移除这一项" in asked
    assert [(one.seq, one.code, one.note) for one in stored(session, form).deductions] == [
        (2, "D4-08", "文档中写明的事实")
    ]


def test_document_of_a_colleague_is_refused_like_an_unknown_one(
    session: Session, reading: desk.Reading, expert: Browser, another_browser: Browser
) -> None:
    form, other = reading.forms[:2]
    theirs = downloaded(another_browser.sign_in(other.person), other)
    document = made.part(theirs).decode()
    mark = document[document.index("LX-") :][:12]
    unknown = made.with_document(theirs, document.replace(mark, "LX-0000-0000").encode())

    answers = []
    for package in (theirs, unknown):
        upload(expert, form, made.filled(package, {"D1.text": TEXT}))
        answers.append((expert.status, expert.text))

    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert "这不是本评查表的离线表" in answers[0][1]


def test_signed_form_neither_goes_out_nor_comes_in(
    session: Session, reading: desk.Reading, expert: Browser
) -> None:
    form = reading.forms[0]
    package = made.filled(downloaded(expert, form), {"D1.text": TEXT})
    expert.get(f"/reviews/{form.review_id}/form/offline")
    desk.signed(session, reading, [stored(session, form)])
    session.commit()

    expert.submit("#upload-form", {"file": ("评查表.docx", package)})

    assert expert.status == 404
    assert expert.get(f"/reviews/{form.review_id}/form/offline").status == 404


def test_nobody_else_reaches_the_page(
    session: Session, reading: desk.Reading, form: EvalForm, browser: Browser
) -> None:
    assert browser.sign_in(reading.coordinator).get(f"/reviews/{form.review_id}/form/offline").status == 404


MACRO = {"word/vbaProject.bin": b"x"}
LINKED = {
    "word/_rels/document.xml.rels": (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="http://example.org/x.dotm" TargetMode="External"/></Relationships>'
    )
}
ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (MACRO, "文件带有宏或者控件"),
        (LINKED, "自动连接外部内容"),
        ({"word/media/big.bin": b"\0" * 60_000_000}, "压缩炸弹"),
        ({"word/inner.zip": b"PK\x03\x04"}, "嵌有压缩包"),
    ],
)
def test_hostile_documents_are_refused(
    session: Session, form: EvalForm, expert: Browser, parts: dict[str, bytes], words: str
) -> None:
    upload(expert, form, made.with_parts(downloaded(expert, form), parts))

    assert expert.status == 422
    assert words in expert.text
    assert stored(session, form).edition == 0


def test_document_with_an_external_entity_is_refused(form: EvalForm, expert: Browser) -> None:
    package = downloaded(expert, form)
    body = made.part(package)
    hostile = ENTITY + body[body.index(b"<w:document") :].replace("［点此填写］".encode(), b"&x;", 1)

    upload(expert, form, made.with_document(package, hostile))

    assert expert.status == 422
    assert "外部实体" in expert.text


def test_other_kinds_of_file_are_refused(form: EvalForm, expert: Browser) -> None:
    upload(expert, form, b"D1.text: hello", "评查表.txt")

    assert (expert.status, "不是 Word 文档" in expert.text) == (422, True)


def test_file_carries_nobodys_name_and_no_moment_in_its_properties(
    session: Session, form: EvalForm, expert: Browser, tmp_path: Path
) -> None:
    package = downloaded(expert, form)

    core = made.part(package, "docProps/core.xml").decode()
    assert "creator" not in core
    assert form.person.name not in made.part(package).decode() + core
    assert b'edition="0"' in made.part(package, "customXml/item1.xml")


def test_deleted_field_is_a_problem_and_not_an_empty_field(
    session: Session, form: EvalForm, expert: Browser
) -> None:
    save_draft(session, stored(session, form), {"D4.text": [TEXT]}, edition=0, by=form.person, now=NOW)
    session.commit()
    package = downloaded(expert, form)
    document = made.part(package).decode()
    torn = document.replace(">D4.text<", "><").replace('"D4.text"', '""')

    upload(expert, form, made.with_document(package, torn.encode()))

    assert "文件中没有这一栏" in expert.text
    assert stored(session, form).notes[3].text == TEXT


def copied(package: bytes, name: str, count: int = 1) -> bytes:
    """The document with the whole table of a row copied behind it, as by copy and paste."""
    root = etree.fromstring(made.part(package))
    table = made.row_of(root, name).getparent()
    assert table is not None
    for _ in range(count):
        table.addnext(deepcopy(table))
    return made.with_document(package, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def test_copied_block_and_copied_line_become_further_ones(
    session: Session, form: EvalForm, expert: Browser
) -> None:
    package = made.filled(
        downloaded(expert, form, blanks=1),
        {"new.1.code": "D4-08", "new.1/law.1": ("民法典", "2020", "第1条")},
    )

    upload(expert, form, copied(copied(package, "new.1.code"), "new.1/law.1"))

    after = stored(session, form)
    assert [(one.seq, one.code) for one in after.deductions] == [(1, "D4-08"), (2, "D4-08")]
    assert [law.deduction.seq for law in after.law_citations if law.deduction] == [2, 2]


def test_picture_in_a_field_is_a_problem(session: Session, form: EvalForm, expert: Browser) -> None:
    package = made.filled(downloaded(expert, form), {"D4.text": TEXT})
    document = made.part(package).decode().replace(f"{TEXT}</w:t>", f"{TEXT}</w:t><w:drawing/>")

    upload(expert, form, made.with_document(package, document.encode()))

    assert "此处有图片或者嵌入的对象" in expert.text
    assert stored(session, form).edition == 0


def test_field_emptied_in_word_is_empty_whatever_word_writes_into_it(
    session: Session, form: EvalForm, expert: Browser
) -> None:
    write(session, form, D4__text=TEXT, proposed_grade="B")

    typed: dict[str, made.Typed] = {"D4.text": "单击或点击此处输入文字。", "proposed_grade": "选择一项。"}
    upload(expert, form, made.filled(downloaded(expert, form), typed))

    after = stored(session, form)
    assert (after.notes[3].text, after.proposed_grade) == ("", None)
