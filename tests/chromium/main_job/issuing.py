"""Step 7: the opinion written, checked, signed, released and served; the Word file opened; the notice of result."""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.text.run import Run
from sqlalchemy import select

from review_app.audit.models import AuditRow
from review_app.clock import local_day
from review_app.demo.people import PASSWORD
from review_app.documents.checker import check, errors
from review_app.documents.models import Document
from review_app.documents.queries import document_of_round
from review_app.documents.states import CopyKind, DocumentKind
from review_app.opinions.states import PartKey
from review_app.reviews.states import ReviewState
from tests.chromium.main_job.story import Story

FORM = "main form.sheet-form"
HEARD = "听取了信访人秦某田的意见并制作笔录；听取了被评查单位的意见，该单位提出异议，评查组已研究答复。"


def write(story: Story) -> None:
    """The lead reviewer writes what no form and no ballot gives, until the checks find nothing."""
    told, hands = story.told, story.hands.sign_in(story.lead)
    assert told.opinion is not None
    hands.go(story.at("/opinion"))
    assert "签名前还需补正" in hands.text
    first, *others = told.requests
    write_part(story, PartKey.FACTS, {"text": "\n".join(told.opinion.facts)})
    write_part(story, PartKey.request(1), {"text": first.answer, "result": [first.result]})
    story.browser.sign_in(story.lead)
    send_part(story, PartKey.PRECEDENTS, {"text": told.opinion.precedents})
    send_part(story, PartKey.HEARING, {"text": HEARD})
    for seq, request in enumerate(others, start=2):
        send_part(story, PartKey.request(seq), {"text": request.answer, "result": request.result})
    advise(story)
    assert "内容检查通过" in hands.text
    assert "符合" in hands.text
    hands.go(story.at("/opinion/preview"))


def write_part(story: Story, key: str, fields: dict[str, object]) -> None:
    story.hands.go(story.at(f"/opinion/parts/{key}"))
    story.hands.fill(FORM, fields).press("保存", ".submit-row")


def send_part(story: Story, key: str, fields: dict[str, object]) -> None:
    story.browser.get(story.at(f"/opinion/parts/{key}"))
    story.send(FORM, fields)


def advise(story: Story) -> None:
    """The route advised by the panel stands in the first row and gets its day; the other suggestions follow."""
    told, hands = story.told, story.hands
    assert told.opinion is not None
    due = local_day(story.clock()) + timedelta(days=45)
    hands.go(story.at("/opinion/advice"))
    rows: dict[str, object] = {"rows-0-due_on": due}
    for place, text in enumerate(told.opinion.suggestions, start=1):
        row = {"text": text, "organ": story.organs["CT-01"].name, "due_on": due}
        rows = {f"rows-{place}-{name}": value for name, value in row.items()} | rows
        if not hands.window.all(f"[name=rows-{place + 1}-text]"):
            hands.fill(FORM, rows).press("保存", ".submit-row").go(story.at("/opinion/advice"))
            rows = {}
    if rows:
        hands.fill(FORM, rows).press("保存", ".submit-row")
    hands.go(story.at("/opinion"))


def sign_and_release(story: Story) -> None:
    """Five sign, one of them in Chromium; the lead reviewer submits; the leader releases, changing nothing."""
    story.hands.sign_in(story.lead).go(story.at("/opinion/sign"))
    story.hands.fill(FORM, {"password": PASSWORD}).press("签名", ".sign-box")
    for member in story.members[1:]:
        story.browser.sign_in(member).get(story.at("/opinion/sign"))
        story.send(FORM, {"password": PASSWORD}, button="sign")
    story.hands.go(story.at("/opinion")).press("提交签发")
    assert story.state is ReviewState.SIGNOFF
    hands = story.hands.sign_in(story.people["leader"]).go(story.at("/opinion"))
    assert not [link for link in hands.window.all("main a") if "编辑" in link.text]
    hands.press("签发", ".release")
    assert "已签发，文号青评意〔2024〕1号。" in hands.text


def issued(story: Story, kind: DocumentKind) -> Document:
    found = document_of_round(story.session, story.review.id, kind, 1)
    assert found is not None
    return found


def serve(story: Story) -> None:
    """The coordinator serves the opinion, makes the notice of result and serves it too."""
    hands = story.hands.sign_in(story.people["coord"]).go(story.at("/documents"))
    serve_one(story, issued(story, DocumentKind.REVIEW_OPINION))
    hands.follow("制发结果告知书", "main .page-head").press("制发")
    serve_one(story, issued(story, DocumentKind.RESULT_NOTICE))
    assert "尚未登记送达" not in hands.text.split("调卷函")[0]


def serve_one(story: Story, document: Document) -> None:
    form = f"#serve{document.id}"
    story.hands.fill(form, {"method": "DIRECT", "on": local_day(story.clock())}).press("登记送达", form)


def open_the_word_file(story: Story) -> None:
    """What was issued says what was decided, masks the names and keeps to the national format."""
    document = issued(story, DocumentKind.REVIEW_OPINION)
    address = story.at(f"/documents/{document.id}/{CopyKind.CIRCULATED}.docx")
    package = story.browser.sign_in(story.people["court"]).get(address).content
    opinion = docx.Document(io.BytesIO(package))
    assert sorted(listed_points(opinion)) == [1, 3, 3, 6, 6, 6]
    says_what_was_decided(story, words_of(opinion))
    assert [run.text for run in runs_of(opinion) if not east_asian_font(run)] == []
    assert errors(check(package)) == []
    story.hands.sign_in(story.people["court"]).go(address.removesuffix(".docx")).picture("opinion")
    digest = hashlib.sha256(package).hexdigest()
    assert digest in logged_digests(story)


def says_what_was_decided(story: Story, text: str) -> None:
    people = [one.name for one in story.told.involved if not one.organisation]
    findings = [finding.text.rstrip("。") for finding in story.told.findings.values()]
    assert [name for name in (*people, "秦某田") if name in text] == []
    assert [finding for finding in findings if finding not in text] == []
    for words in (
        "秦某甲",
        "评查得分75分，评定为瑕疵案件",
        "青评意〔2024〕1号",
        "处理意见为瑕疵补正",
        "恢复执行",
    ):
        assert words in text, words


def listed_points(opinion: WordDocument) -> list[Decimal]:
    """The points of the list of findings, the first table with five columns."""
    table = next(table for table in opinion.tables if len(table.columns) == 5)
    return [Decimal(row.cells[3].text) for row in table.rows[1:]]


def words_of(opinion: WordDocument) -> str:
    cells = [cell.text for table in opinion.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opinion.paragraphs), *cells])


def runs_of(opinion: WordDocument) -> list[Run]:
    """Every run of text in the file: paragraphs, tables, the imprint's frame, headers and footers."""
    parts = [opinion.element.body]
    for section in opinion.sections:
        for one in (section.header, section.footer, section.even_page_footer, section.first_page_footer):
            parts.append(one._element)
    return [Run(element, opinion) for part in parts for element in part.iter(qn("w:r")) if has_text(element)]


def has_text(element: CT_R) -> bool:
    return element.find(qn("w:t")) is not None


def east_asian_font(run: Run) -> str | None:
    properties = run._element.rPr
    fonts = properties.rFonts if properties is not None else None
    return None if fonts is None else fonts.get(qn("w:eastAsia"))


def logged_digests(story: Story) -> set[str]:
    """Everything the log of this review calls a SHA-256."""
    rows = story.session.scalars(select(AuditRow).where(AuditRow.review_id == story.review_id))
    return {
        str(value)
        for row in rows
        if row.action.startswith(("opinion.", "document."))
        for value in flat(row.after or {})
    }


def flat(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from flat(one)
    else:
        yield value
