"""What the pages of a plan show: words for states and steps, rows for pictures, sentences for results."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext

from review_app.errors import N_
from review_app.experts.models import Expert
from review_app.experts.states import CATEGORY_LABELS
from review_app.panels.states import BOARD_RULE_LABELS, RELAXATION_LABELS
from review_app.planning.models import PlanPanel, PlanRun
from review_app.planning.saying import taken_out
from review_app.planning.states import (
    CHOICE_LABELS,
    PLAN_DRAW_LABELS,
    PLAN_STATE_LABELS,
    PROPOSAL_STATE_LABELS,
    RUN_STATE_LABELS,
    TASK_LABELS,
    RunState,
)
from review_app.reviews.states import TEMPLATE_LABELS
from review_app.web.planning.blueprint import pages

NOBODY_WORKS_AFTER = timedelta(seconds=30)
"""a run that waits longer makes one look whether the background process is there"""

STEP_LABELS = {
    "": N_("排队等候"),
    "START": N_("准备计算"),
    "GATHER": N_("读取案件、专家和回避情况"),
    "COUNT": N_("核算席位和人数"),
    "RELAX": N_("查找最少的放宽"),
    "OWN_BEST": N_("逐件计算可达到的最好评查组"),
    "WORST": N_("提高最低的一组"),
    "TOTAL": N_("提高总分"),
    "TIES": N_("同分组合按抽签确定"),
    "VERIFY": N_("独立核验每一条规则"),
    "EXPLAIN": N_("写明理由"),
    "COMPARE": N_("核对数据有无变化"),
    "SEAT": N_("组成评查组"),
}


def labels() -> dict[str, Mapping[Any, str]]:
    return {
        "plan": PLAN_STATE_LABELS,
        "proposal": PROPOSAL_STATE_LABELS,
        "draw": PLAN_DRAW_LABELS,
        "choice": CHOICE_LABELS,
        "task": TASK_LABELS,
        "run": RUN_STATE_LABELS,
        "template": TEMPLATE_LABELS,
        "category": CATEGORY_LABELS,
        "relaxation": RELAXATION_LABELS,
        "rule": BOARD_RULE_LABELS,
    }


def progress_of(run: PlanRun, now: datetime) -> dict[str, Any]:
    """Where a run stands, for the page and for the script that follows it."""
    waits_long = run.state is RunState.WAITING and now - run.asked_at > NOBODY_WORKS_AFTER
    return {
        "over": run.is_over,
        "words": gettext(STEP_LABELS.get(run.step, "计算中")),
        "task": gettext(TASK_LABELS[run.task]),
        "percent": run.percent,
        "counted": f"{run.done} / {run.of}" if run.of else "",
        "total": run.total,
        "bound": run.bound,
        "stopping": run.cancel_at is not None,
        "hint": gettext("后台进程没有运行或者正忙。请管理员确认 review-app jobs 已启动。")
        if waits_long
        else "",
    }


def load_rows(loads: Mapping[str, Sequence[int]]) -> list[tuple[str, int, str]]:
    """How many experts have so many open panels, before and after: rows for bars."""
    before = Counter(pair[0] for pair in loads.values())
    after = Counter(pair[0] + pair[1] for pair in loads.values())
    return [
        (gettext("在办%(n)d件", n=count), after[count], gettext("原%(n)d人", n=before[count]))
        for count in range(max([*before, *after], default=0) + 1)
    ]


def composition(panels: Iterable[PlanPanel], experts: Mapping[str, Expert]) -> list[tuple[str, int, str]]:
    """Seats by profession: rows for bars."""
    seats = Counter(
        experts[member["expert_no"]].category
        for panel in panels
        for member in panel.members
        if member["expert_no"] in experts
    )
    return [
        (gettext(CATEGORY_LABELS[category]), seats[category], "")
        for category in CATEGORY_LABELS
        if seats[category]
    ]


def difference_words(one: Mapping[str, Any]) -> str:
    """What changed between proposal and draw."""
    if one["kind"] == "case":
        return str(gettext("评查项目%(name)s：人选、回避情形、评分或者规则有变化", name=one["name"]))
    if one["kind"] == "failed":
        return str(gettext("计算中断，没有得出结果。请管理员查看日志。"))
    if one["kind"] == "gone":
        return str(gettext("评查项目%(name)s：已不在待抽选状态，或者另有抽选", name=one["name"]))
    return str(gettext("专家%(name)s：还可参加的件数有变化", name=one["name"]))


def answer_of(run: PlanRun, experts: Mapping[str, Expert]) -> dict[str, Any]:
    """What came out of a "what if" in sentences."""
    number = run.question["expert_no"]
    sentences = [stored_sentence(one) for one in run.answer.get("sentences", [])]
    if run.state is RunState.FAILED:
        sentences = [str(gettext("试算没有完成，请重新试算。"))]
    return {"name": experts[number].name if number in experts else number, "sentences": sentences}


@pages.app_template_global()
def stored_sentence(one: Mapping[str, Any]) -> str:
    """A kept sentence in the reader's language."""
    return taken_out(one).said(lambda text: str(gettext(text)))
