"""Files and folders of laws, and what is refused of them."""

import json
import lzma
from datetime import date
from pathlib import Path

import pytest

from review_app.errors import ReviewError
from review_app.statutes.drafts import Draft
from review_app.statutes.sources import Options, Refused, open_source
from review_app.statutes.states import Dating, Kind
from tests.statutes.laws import FIRST, SECOND, drafts, read, written


def reasons(found: list[Draft | Refused]) -> list[tuple[str, str]]:
    return [(each.place, str(each.reason)) for each in found if isinstance(each, Refused)]


def test_law_becomes_a_draft_with_its_days(tmp_path: Path) -> None:
    [draft] = drafts(tmp_path / "laws", b=SECOND)

    assert (draft.code, draft.title, draft.kind) == ("渡船法", "中华人民共和国渡船法", Kind.LAW)
    assert (draft.promulgated_on, draft.valid_from, draft.dating) == (
        date(2022, 12, 5), date(2023, 3, 1), Dating.STATED,
    )  # fmt: skip
    assert draft.changes == (date(2019, 10, 20), date(2022, 12, 5))
    assert [article.order for article in draft.articles] == [(1, 0), (2, 0), (3, 0), (4, 0), (4, 1), (5, 0)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("第一条 甲。\n", "没有读到法规名称"),
        ("# 渡口公告\n\n没有条文。\n", "没有读到条文"),
        ("# 渡口条例\n\n第一条 甲。\n\n第三条 丙。\n", "缺少第2条"),
        ("# 渡口条例\n\n第二条 甲。\n\n第一条 乙。\n", "第1条排在第2条之后"),
        ("# 渡口条例\n\n第一条 甲。\n\n第一条 乙。\n", "第1条排在第1条之后"),
        ("# 渡口条例\n\n第一条 甲。\n\n第二条\n\n第三条 丙。\n", "第2条没有内容"),
        ("# 渡船法修正案\n\n第一条 将第三条修改为：……\n", "修正案不是可以按条引用的完整文本"),
        (
            "---\nvalid_from: 明年\n---\n# 渡口条例\n\n2020年1月1日 通过\n\n第一条 甲。\n",
            "valid_from“明年”不是日期",
        ),
        ("---\nkind: 法\n---\n# 渡口条例\n\n第一条 甲。\n", "kind“法”不存在"),
    ],
)
def test_what_is_no_complete_law_is_refused_with_a_reason(tmp_path: Path, text: str, reason: str) -> None:
    found = read(written(tmp_path / "laws", a=FIRST, b=text))

    assert len(found) == 2
    assert [reason in said for _, said in reasons(found)] == [True]
    assert reasons(found)[0][0] == "b.md"


def test_excerpt_may_leave_articles_out(tmp_path: Path) -> None:
    text = "# 渡口条例\n\n2020年1月1日 通过\n\n第三条 甲。\n\n第七条 乙。\n"

    [draft] = read(written(tmp_path / "laws", a=text), Options(is_excerpt=True))

    assert isinstance(draft, Draft)
    assert (draft.is_excerpt, [article.number for article in draft.articles]) == (True, [3, 7])


def test_parts_of_a_law_in_several_files_are_one_law(tmp_path: Path) -> None:
    head = (
        "# 渡口法典\n\n# {part}\n\n2020年5月28日 通过\n\n2021年1月1日 施行\n\n<!-- INFO END -->\n\n{text}\n"
    )
    folder = written(
        tmp_path / "laws",
        a附则=head.format(part="附则", text="第三条 丙。"),
        b总则=head.format(part="总则", text="第一条 甲。\n\n第二条 乙。"),
    )

    [draft] = read(folder)

    assert isinstance(draft, Draft)
    assert [(article.number, article.heading) for article in draft.articles] == [
        (1, ("总则",)), (2, ("总则",)), (3, ("附则",)),
    ]  # fmt: skip
    assert draft.places == ("a附则.md", "b总则.md")


def test_table_of_days_beside_the_laws_counts(tmp_path: Path) -> None:
    folder = written(tmp_path / "laws", b=SECOND)
    (folder / "validity.csv").write_text(
        "law,promulgated_on,valid_from,valid_to\n中华人民共和国渡船法,2022-12-05,2023-04-01,2024-12-31\n",
        "utf-8",
    )

    [draft] = read(folder)

    assert isinstance(draft, Draft)
    assert (draft.valid_from, draft.ends) == (date(2023, 4, 1), date(2024, 12, 31))


def test_lines_of_articles_are_put_together_law_by_law(tmp_path: Path) -> None:
    rows = [
        {"id": 0, "name": "渡船法第二条", "text": "乙。"},
        {"id": 1, "name": "渡口条例第一条", "text": "丙。"},
        {"id": 2, "name": "渡船法第一条", "text": "甲。"},
        {"name": "没有条号", "text": "丁。"},
        {"name": "渡口条例第二条"},
    ]
    path = tmp_path / "articles.jsonl.xz"
    path.write_bytes(lzma.compress("\n".join([*map(json.dumps, rows), "{"]).encode()))

    found = read(path)

    assert reasons(found) == [
        ("articles.jsonl.xz:4", "名称“没有条号”不是“法规名称第几条”。"),
        ("articles.jsonl.xz:5", "缺少名称（name）或者正文（text）。"),
        ("articles.jsonl.xz:6", "这一行不是完整的JSON（UTF-8）。"),
    ]
    assert [
        (draft.code, draft.dating, draft.promulgated_on, [article.text for article in draft.articles])
        for draft in found
        if isinstance(draft, Draft)
    ] == [("渡船法", Dating.UNKNOWN, None, ["甲。", "乙。"]), ("渡口条例", Dating.UNKNOWN, None, ["丙。"])]


def test_folder_without_laws_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# 说明", "utf-8")

    with pytest.raises(ReviewError, match="没有找到可以导入的法规文件"):
        open_source(tmp_path, Options())


def test_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(FIRST.encode("gb18030"))

    assert reasons(read(tmp_path)) == [("a.md", "文件不是UTF-8编码。请另存为UTF-8后再导入。")]
