"""What a step still lacks: one sentence, who has to do it and on which page."""

from dataclasses import dataclass, field

from review_app.errors import N_


@dataclass(frozen=True)
class Missing:
    """``sentence`` is a message id filled by ``facts``; ``who`` names the role that must act (message id);
    ``page`` is the endpoint where it is done (opened with the review's id)."""

    sentence: str
    facts: dict[str, object] = field(default_factory=dict)
    who: str = ""
    page: str = ""
    office_only: bool = False
    """tells of recusals, of which members of the panel learn neither reason nor number"""
    panel_only: bool = False
    """depends on what stands in the signed forms, of which only the panel and its secretary know"""

    def __str__(self) -> str:
        return self.sentence % self.facts if self.facts else self.sentence


COORDINATOR = N_("评查协调员")
WITNESS = N_("见证人")
EXPERTS = N_("评查专家")
LEAD = N_("主评人")
CHAIR = N_("组长")
MEMBERS = N_("评查组全体成员")
LEADER = N_("签发领导（办公室负责人）")
LIAISON = N_("被评查单位联络员")

PANEL_AT_WORK = Missing(N_("评查组尚未完成问题清单及所需的检索报告。"), who=LEAD)


def without_secrets(lacks: list[Missing]) -> list[Missing]:
    """For people outside the panel: that its own work is not done, in one sentence that says neither what nor
    how much is missing."""
    told = [lack for lack in lacks if not lack.panel_only]
    return told if len(told) == len(lacks) else [*told, PANEL_AT_WORK]
