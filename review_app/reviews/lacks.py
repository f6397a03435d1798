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
