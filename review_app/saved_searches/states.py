"""How often an owner is told, and how a saved search stands; with the words for both."""

from enum import StrEnum

from review_app.errors import N_


class Frequency(StrEnum):
    """How often the owner is told of new cases."""

    NEVER = "NEVER"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"


FREQUENCY_LABELS = {
    Frequency.NEVER: N_("不提醒"),
    Frequency.DAILY: N_("每天"),
    Frequency.WEEKLY: N_("每周一"),
}


class Condition(StrEnum):
    """How a saved search stands. A broken one could not be run the last time; it is kept and tried again."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    BROKEN = "BROKEN"


CONDITION_LABELS = {
    Condition.ACTIVE: N_("正常"),
    Condition.PAUSED: N_("已暂停"),
    Condition.BROKEN: N_("未能执行"),
}
