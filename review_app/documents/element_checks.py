"""Checks of the elements: faces, sizes, places and wording of head, title, body, signature and imprint."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from review_app.documents.elements import Elements, is_red, level_of
from review_app.documents.geometry import SIZE_FOUR, SIZE_THREE, SIZE_TWO, characters
from review_app.documents.measures import DocumentMeasures, ParagraphMeasures, RunMeasures

_NAMES: Final = {
    "小标宋": ("小标宋", "FZXBS", "XIAOBIAOSONG"),
    "仿宋": ("仿宋", "FANGSONG"),
    "楷体": ("楷体", "KAITI"),
    "黑体": ("黑体", "SIMHEI", "HEITI"),
}
_SIZE_NAMES: Final = {
    84: "初号", 72: "小初", 52: "1号", 48: "小1号", 44: "2号", 36: "小2号", 32: "3号", 30: "小3号", 28: "4号",
    24: "小4号", 21: "5号",
}  # fmt: skip
_LEVEL_FACES: Final = {1: "黑体", 2: "楷体", 3: "仿宋", 4: "仿宋"}
_GOOD_NUMBER: Final = re.compile(r"[^\d\s]{1,10}〔(\d{4}|　+)〕([1-9]\d*|　)号")
_GOOD_DATE: Final = re.compile(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")
_SECRECY: Final = re.compile(r"绝密|机密|秘密|内部|★")
_Departures = Iterator[tuple[str, str]]


def head(_document: DocumentMeasures, found: Elements) -> _Departures:
    """E01–E07."""
    for mark in found.marks:
        yield from _mark(mark)
    if found.organ is not None:
        yield from _wrong_type("E04", found.organ, "小标宋", None)
        if found.organ.align != "center":
            yield "E04", "未居中"
    if found.number is None:
        return
    yield from _number(found.number)
    if found.organ is None:
        return
    if not all(is_red(run.colour) for run in found.organ.runs if run.text.strip()):
        yield "E04C", "非红色"
    if not found.is_letter and not found.is_minutes:
        yield from _red_line(found.number)


def title_and_recipient(_document: DocumentMeasures, found: Elements) -> _Departures:
    """E08, E09."""
    if not found.title:
        yield "E08", "未找到居中的标题"
    for line in found.title:
        yield from _wrong_type("E08", line, "小标宋", SIZE_TWO)
    if found.recipient is None:
        return
    yield from _wrong_type("E09", found.recipient, "仿宋", SIZE_THREE)
    if found.recipient.first_line or found.recipient.first_line_characters or found.recipient.left:
        yield "E09", "未顶格"
    if not found.recipient.text.strip().endswith("："):
        yield "E09", "末尾不是全角冒号"


def body(_document: DocumentMeasures, found: Elements) -> _Departures:
    """E10."""
    for paragraph in found.body:
        if level_of(paragraph) in (1, 2):
            continue
        yield from _wrong_type("E10", paragraph, "仿宋", SIZE_THREE)
    for paragraph in found.body:
        if not _indented(paragraph):
            yield "E10", f"{_quoted(paragraph)}未左空二字"


def levels(_document: DocumentMeasures, found: Elements) -> _Departures:
    """E11: the face of each numbering, and no level before the one above it."""
    seen: set[int] = set()
    for paragraph in found.body:
        level = level_of(paragraph)
        if level is None:
            continue
        opening = next(run for run in paragraph.runs if run.text.strip())
        if not _is_face(opening, _LEVEL_FACES[level]) or opening.size != SIZE_THREE:
            yield "E11", f"{_quoted(paragraph)}为{_described(opening)}"
        if level == 4 and 3 not in seen:
            yield "E11", f"{_quoted(paragraph)}之前没有“1．”"
        seen.add(level)


def closing(_document: DocumentMeasures, found: Elements) -> _Departures:
    """E12–E14, E16, E17."""
    yield from _attachments_note(found.attachments_note)
    if found.organ_signature is not None:
        yield from _wrong_type("E14", found.organ_signature, "仿宋", SIZE_THREE)
    if found.date is not None:
        yield from _wrong_type("E13", found.date, "仿宋", SIZE_THREE)
        if not _GOOD_DATE.fullmatch(found.date.text.strip()):
            yield "E13", _quoted(found.date)
        if found.date.align == "right" and found.date.right < characters(2) - 20:
            yield "E13", f"右空{found.date.right / characters(1):.1f}字"
    if found.notes is not None:
        yield from _wrong_type("E16", found.notes, "仿宋", SIZE_THREE)
        if not _indented(found.notes) or not re.fullmatch(r"（.*）", found.notes.text.strip()):
            yield "E16", _quoted(found.notes)
    for mark in found.attachment_marks:
        yield from _wrong_type("E17", mark, "黑体", SIZE_THREE)
        if not mark.page_break:
            yield "E17", f"{_quoted(mark)}未另面编排"


def imprint(_document: DocumentMeasures, found: Elements) -> _Departures:
    """E18–E20."""
    for line in found.imprint:
        rule_id = "E19" if line.text.strip().startswith("抄送") else "E20"
        yield from _wrong_type(rule_id, line, "仿宋", SIZE_FOUR)
        if rule_id == "E19" and not re.match(r"\s*抄送：.*。\s*$", line.text, re.DOTALL):
            yield "E19", _quoted(line)
        if rule_id == "E20" and not line.text.strip().endswith("日印发"):
            yield "E20", _quoted(line)
    thickness = found.imprint_borders
    wanted = {"top": 8, "bottom": 8, "insideH": 6}
    if (
        thickness
        and not found.is_letter
        and any(thickness.get(side, 0) != size for side, size in wanted.items())
    ):
        yield "E18", "、".join(f"{size / 8:g}磅" for size in thickness.values())


def _mark(mark: ParagraphMeasures) -> _Departures:
    text = mark.text.strip()
    if re.fullmatch(r"[\dA-Za-z№.]+", text):
        if not re.fullmatch(r"\d{6}", text):
            yield "E01", f"“{text}”"
        yield from _wrong_size("E01", mark, SIZE_THREE)
    elif text in ("特急", "加急", "平急", "特提"):
        yield from _wrong_type("E03", mark, "黑体", SIZE_THREE)
    elif _SECRECY.search(text):
        yield from _wrong_type("E02", mark, "黑体", SIZE_THREE)


def _number(number: ParagraphMeasures) -> _Departures:
    parts = re.split(r"[\t\s]*签发人[：:]", number.text)
    shown = parts[0].split("\t")[-1].strip()
    if not _GOOD_NUMBER.fullmatch(shown):
        yield "E05", f"“{shown}”"
    runs = [run for run in number.runs if shown and shown in run.text]
    yield from _wrong_runs("E05", runs, "仿宋", SIZE_THREE)
    if len(parts) > 1:
        signer = [run for run in number.runs if parts[1].strip() and parts[1].strip() in run.text]
        yield from _wrong_runs("E06", signer, "楷体", SIZE_THREE)


def _red_line(number: ParagraphMeasures) -> _Departures:
    line = number.borders.get("bottom")
    if line is None:
        if not number.has_shape:
            yield "E07", "未找到"
    elif not is_red(line[1]):
        yield "E07", f"颜色为{line[1]}"


def _attachments_note(lines: list[ParagraphMeasures]) -> _Departures:
    for index, line in enumerate(lines):
        text = line.text.strip()
        yield from _wrong_type("E12", line, "仿宋", SIZE_THREE)
        if (index == 0 and not text.startswith("附件：")) or text[-1] in "。；，、,;.":
            yield "E12", _quoted(line)


def _indented(paragraph: ParagraphMeasures) -> bool:
    if paragraph.first_line_characters:
        return paragraph.first_line_characters == 200
    return abs(paragraph.first_line - characters(2)) <= 20 or paragraph.text.startswith("　　")


def _wrong_type(rule_id: str, paragraph: ParagraphMeasures, face: str, size: int | None) -> _Departures:
    return _wrong_runs(rule_id, paragraph.runs, face, size)


def _wrong_size(rule_id: str, paragraph: ParagraphMeasures, size: int) -> _Departures:
    wrong = next((run for run in paragraph.runs if run.text.strip() and run.size != size), None)
    if wrong is not None:
        yield rule_id, f"“{wrong.text.strip()[:12]}”为{_size(wrong.size)}"


def _wrong_runs(rule_id: str, runs: Iterable[RunMeasures], face: str, size: int | None) -> _Departures:
    """At most one departure for a paragraph: the first run in another face or size."""
    for run in runs:
        if run.text.strip() and (not _is_face(run, face) or (size is not None and run.size != size)):
            yield rule_id, f"“{run.text.strip()[:12]}”为{_described(run)}"
            return


def _is_face(run: RunMeasures, face: str) -> bool:
    if not re.search(r"[\u3400-\u9fff]", run.text):
        return True
    name = run.chinese_font.replace(" ", "").upper()
    return any(each in name for each in _NAMES[face])


def _described(run: RunMeasures) -> str:
    return f"{_size(run.size)}{run.chinese_font or '未指明字体'}"


def _size(half_points: int) -> str:
    return _SIZE_NAMES.get(half_points, f"{half_points / 2:g}磅")


def _quoted(paragraph: ParagraphMeasures) -> str:
    return f"“{paragraph.text.strip()[:16]}”"
