"""The library of the demo: invented cases in our own words, marked as such."""

from collections.abc import Mapping
from typing import Any, cast

from review_app.demo.narratives import FOLDER
from review_app.demo.office import Office
from review_app.errors import N_, ReviewError
from review_app.precedents.drafts import Draft, draft_of_row, draft_of_text
from review_app.precedents.importing import Read, begin_run, finish_run, store_batch
from review_app.precedents.service import catch_up_index
from review_app.precedents.sources import Options, Refused
from review_app.precedents.staging import stage_upload
from review_app.precedents.states import Tier
from review_app.rulebook.reading import parse_yaml

NOTE = "演示数据：虚构案例，不得引用"
NO_TEXT = N_("文件没有可以读取的文字。请上传带文字的文件。")


BEGINNING, LATER = "precedents.yaml", "later_precedents.yaml"


def invented_cases(file: str = BEGINNING) -> list[Draft]:
    rows = cast("list[Mapping[str, Any]]", parse_yaml((FOLDER / file).read_text("utf-8")))
    return [draft_of_row(as_row(row), tier=Tier.UPPER, licence_note=NOTE) for row in rows]


def as_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """One case as a row of an import: its text is put together from what it tells."""
    text = (
        f"{row['title']}\n{NOTE}\n{row['organ']}　{row['case_no']}\n案由：{row['cause']}\n"
        f"争议焦点：{'；'.join(row['issues'])}\n基本事实\n{row['facts']}\n理由\n{row['reasoning']}\n"
        f"处理结果：{row['outcome']}\n依据：{'、'.join(row['laws'])}\n"
    )
    return {
        "text": text, "title": row["title"], "organ": row["organ"], "case_no": row["case_no"],
        "date": row["date"].isoformat(), "causes": [row["cause"]], "issues": list(row["issues"]),
        "holding": row["reasoning"], "law_refs": list(row["laws"]), "outcome": row["outcome"],
        "tier": row["tier"], "facts": row["facts"], "reasoning": row["reasoning"],
        "keywords": [*row["issues"], row["cause"]],
    }  # fmt: skip


def fill_library(office: Office, file: str = BEGINNING) -> None:
    """Take the cases in and index them."""
    options = Options(Tier.UPPER, NOTE)
    run = begin_run(
        office.session, source="演示案例", fingerprint=file, options=options, by=None, now=office.now
    )
    read = [Read(draft.title, (draft,)) for draft in invented_cases(file)]
    store_batch(office.session, run, read, by=None, now=office.now)
    finish_run(office.session, run, by=None, now=office.now)
    catch_up_index(office.session, office.engine, now=office.now)


def leave_upload_unchecked(office: Office) -> None:
    """A judgment the coordinator uploaded and still has to check, beside a file that could not be read."""
    told = cast("Mapping[str, str]", parse_yaml((FOLDER / "upload.yaml").read_text("utf-8")))
    draft = draft_of_text(told["text"], name=told["title"], tier=Tier.UPPER, licence_note=NOTE)
    empty = Refused("扫描件.pdf", ReviewError(NO_TEXT))
    stage_upload(
        office.session,
        [(f"{told['title']}.docx", draft), (empty.place, empty)],
        Options(Tier.UPPER, NOTE),
        by=office.coordinator,
        now=office.now,
    )
