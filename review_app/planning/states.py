"""States of plans, of the work on them and of their draws, and the words for them."""

from enum import StrEnum

from review_app.errors import N_


class PlanState(StrEnum):
    """OPEN: proposals are worked out. SEALED: one of them waits for its draw. COMMITTED: the panels exist."""

    OPEN = "OPEN"
    SEALED = "SEALED"
    COMMITTED = "COMMITTED"
    GIVEN_UP = "GIVEN_UP"


PLAN_STATE_LABELS = {
    PlanState.OPEN: N_("编排中"),
    PlanState.SEALED: N_("待抽签确定"),
    PlanState.COMMITTED: N_("已组成评查组"),
    PlanState.GIVEN_UP: N_("已放弃"),
}

PLAN_STEPS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.OPEN: frozenset({PlanState.SEALED, PlanState.GIVEN_UP}),
    PlanState.SEALED: frozenset({PlanState.OPEN, PlanState.COMMITTED}),
    PlanState.COMMITTED: frozenset(),
    PlanState.GIVEN_UP: frozenset(),
}


class ProposalState(StrEnum):
    """How working out a proposal ended: proven best, legal with a proven gap, impossible, or not at all."""

    WORKING = "WORKING"
    OPTIMAL = "OPTIMAL"
    BOUNDED = "BOUNDED"
    IMPOSSIBLE = "IMPOSSIBLE"
    STOPPED = "STOPPED"
    FAILED = "FAILED"


PROPOSAL_STATE_LABELS = {
    ProposalState.WORKING: N_("计算中"),
    ProposalState.OPTIMAL: N_("已证明最优"),
    ProposalState.BOUNDED: N_("合法，与最优的差距已证明"),
    ProposalState.IMPOSSIBLE: N_("无法全部组成"),
    ProposalState.STOPPED: N_("已取消"),
    ProposalState.FAILED: N_("计算失败"),
}

USABLE = frozenset({ProposalState.OPTIMAL, ProposalState.BOUNDED})


class Task(StrEnum):
    """What the background process is asked to do."""

    PROPOSE = "PROPOSE"
    INSIST = "INSIST"
    CARRY_OUT = "CARRY_OUT"


TASK_LABELS = {
    Task.PROPOSE: N_("编排方案"),
    Task.INSIST: N_("试算指定专家"),
    Task.CARRY_OUT: N_("抽签并组成评查组"),
}


class RunState(StrEnum):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    FAILED = "FAILED"


RUN_STATE_LABELS = {
    RunState.WAITING: N_("排队等候"),
    RunState.RUNNING: N_("运行中"),
    RunState.DONE: N_("已完成"),
    RunState.CANCELLED: N_("已取消"),
    RunState.FAILED: N_("失败"),
}

UNFINISHED = (RunState.WAITING, RunState.RUNNING)


class PlanDrawState(StrEnum):
    """As the draw of a single panel; after the witness the result is worked out in the background. REFUSED:
    the facts had changed, nothing came into being and nobody has seen a result."""

    OPENED = "OPENED"
    AWAITING_WITNESS = "AWAITING_WITNESS"
    WITNESSED = "WITNESSED"
    DRAWN = "DRAWN"
    REFUSED = "REFUSED"
    VOIDED = "VOIDED"


PLAN_DRAW_LABELS = {
    PlanDrawState.OPENED: N_("已公布承诺值，待输入随机数"),
    PlanDrawState.AWAITING_WITNESS: N_("待见证"),
    PlanDrawState.WITNESSED: N_("已见证，正在组成评查组"),
    PlanDrawState.DRAWN: N_("已完成"),
    PlanDrawState.REFUSED: N_("情况有变化，未组成"),
    PlanDrawState.VOIDED: N_("已作废"),
}

PLAN_DRAW_STEPS: dict[PlanDrawState, frozenset[PlanDrawState]] = {
    PlanDrawState.OPENED: frozenset({PlanDrawState.AWAITING_WITNESS, PlanDrawState.VOIDED}),
    PlanDrawState.AWAITING_WITNESS: frozenset({PlanDrawState.WITNESSED, PlanDrawState.VOIDED}),
    PlanDrawState.WITNESSED: frozenset({PlanDrawState.DRAWN, PlanDrawState.REFUSED}),
    PlanDrawState.DRAWN: frozenset(),
    PlanDrawState.REFUSED: frozenset(),
    PlanDrawState.VOIDED: frozenset(),
}

RUNNING_DRAW = (PlanDrawState.OPENED, PlanDrawState.AWAITING_WITNESS, PlanDrawState.WITNESSED)


class Choice(StrEnum):
    """BEST: the optimum, lots decide between equals. RANDOM: chance decides within a published loss."""

    BEST = "BEST"
    RANDOM = "RANDOM"


CHOICE_LABELS = {
    Choice.BEST: N_("择优（同分由抽签确定）"),
    Choice.RANDOM: N_("随机择优（在公布的质量下限之内抽签）"),
}
