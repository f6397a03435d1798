"""The opinion's sections as the workbench lists them: where each comes from and what it still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from review_app.errors import N_
from review_app.opinions.checks import ContentProblem
from review_app.opinions.models import Opinion
from review_app.opinions.states import PART_LABELS, REQUEST_LABEL, PartKey, RemarkState

LOCKED = N_("依据已锁定的表决结果生成，不能修改")
REGISTERED = N_("依据登记信息生成")
FIXED = N_("固定文字")
WRITTEN = N_("由主评人、组长撰写")


@dataclass(frozen=True)
class Line:
    """One section or part: its name, where its words come from, the part's key if it is written."""

    label: str
    origin: str
    key: str = ""
    edition: int = 0
    lacks: int = 0
    remarks: int = 0
    """comments and proposals still open"""


def lines(opinion: Opinion, problems: Iterable[ContentProblem]) -> list[Line]:
    """All sections in the order of the document."""
    lacking = [problem.part for problem in problems]

    def written(key: str, label: str) -> Line:
        part = opinion.part(key)
        waiting = sum(each.state is RemarkState.OPEN for each in part.remarks) if part else 0
        return Line(label, WRITTEN, key, part.edition if part else 0, lacking.count(key), waiting)

    answers = [
        written(PartKey.request(line.seq), gettext(REQUEST_LABEL, seq=line.seq))
        for line in opinion.review.item.requests
    ]
    return [
        Line(N_("版头、标题、主送"), REGISTERED),
        Line(N_("一、信访事项基本情况"), REGISTERED),
        written(PartKey.CASE, PART_LABELS[PartKey.CASE]),
        Line(N_("三、评查工作开展情况"), REGISTERED),
        written(PartKey.HEARING, PART_LABELS[PartKey.HEARING]),
        written(PartKey.FACTS, PART_LABELS[PartKey.FACTS]),
        Line(N_("五、评查发现的问题"), LOCKED),
        *answers,
        written(PartKey.PRECEDENTS, PART_LABELS[PartKey.PRECEDENTS]),
        Line(N_("八、研讨表决情况"), LOCKED),
        Line(N_("九、评查结论"), LOCKED),
        written(PartKey.ADVICE, PART_LABELS[PartKey.ADVICE]),
        Line(N_("十一、其他说明"), FIXED),
    ]


def part_url(review_id: int, key: str) -> str:
    """Where a part is written."""
    if key == PartKey.ADVICE:
        return url_for("opinions.edit_advice", review_id=review_id)
    return url_for("opinions.edit_part", review_id=review_id, key=key)


def part_label(key: str) -> str:
    """The name of a part, translated."""
    if key.startswith("request-"):
        return str(gettext(REQUEST_LABEL, seq=int(key.removeprefix("request-"))))
    return str(gettext(PART_LABELS[PartKey(key)]))
