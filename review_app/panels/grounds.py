"""The twenty grounds for recusal: what each says, how strong it is, and the law it comes from."""

from dataclasses import dataclass
from enum import StrEnum

from review_app.errors import N_


class Level(StrEnum):
    """What a hit means: HARD bars; MANUAL and POSSIBLE wait for a decision; SOFT is a matter of policy."""

    HARD = "HARD"
    MANUAL = "MANUAL"
    POSSIBLE = "POSSIBLE"
    SOFT = "SOFT"


@dataclass(frozen=True)
class Ground:
    """One ground. `sentence` is put to the expert in the conflict statement and answered yes or no."""

    id: str
    level: Level
    sentence: str
    law: str


GROUNDS: dict[str, Ground] = {
    ground.id: ground
    for ground in (
        Ground(
            "R01",
            Level.HARD,
            N_("是本案当事人"),
            "刑事诉讼法第29条第1项，民事诉讼法第47条第1款第1项",
        ),
        Ground(
            "R02",
            Level.HARD,
            N_("与本案当事人有近亲属关系"),
            "刑事诉讼法第29条第1项，民事诉讼法第47条第1款第1项",
        ),
        Ground(
            "R03",
            Level.HARD,
            N_("本人或者近亲属与本案有利害关系"),
            "刑事诉讼法第29条第2项，民事诉讼法第47条第1款第2项，信访工作条例第28条第3款",
        ),
        Ground(
            "R04",
            Level.HARD,
            N_("担任过本案证人、鉴定人、翻译人员、勘验人、辩护人或者代理人"),
            "刑事诉讼法第29条第3项，刑诉法解释第27条第3项，民诉法解释第43条第3项",
        ),
        Ground(
            "R05",
            Level.HARD,
            N_("与本案代理人、辩护人有近亲属关系"),
            "刑诉法解释第27条第4项，民诉法解释第43条第4项",
        ),
        Ground(
            "R06",
            Level.HARD,
            N_("本人或者所在律师事务所代理过本案，或者三年内代理过本案当事人"),
            "律师法第39条",
        ),
        Ground(
            "R07",
            Level.HARD,
            N_("本人或者近亲属持有本案非上市当事人的股份"),
            "民诉法解释第43条第5项",
        ),
        Ground(
            "R08",
            Level.HARD,
            N_("办理、审批、讨论过本案"),
            "刑诉法解释第29条，民诉法解释第45条，法院回避规定第3条",
        ),
        Ground(
            "R09",
            Level.HARD,
            N_("与本案承办人有近亲属关系"),
            "公务员法第74条、第76条第2项",
        ),
        Ground(
            "R10",
            Level.HARD,
            N_("与本案承办人在同一单位且有上下级关系"),
            "公务员法第76条第3项",
        ),
        Ground(
            "R11",
            Level.SOFT,
            N_("现任职于被评查单位"),
            "评查规则：同一单位不超过一人且不任组长",
        ),
        Ground(
            "R12",
            Level.HARD,
            N_("两年内曾任职于被评查单位"),
            "评查规则（参照法官法第36条、律师法第41条）",
        ),
        Ground(
            "R13",
            Level.HARD,
            N_("接受请客送礼、借款或者私下会见当事人"),
            "刑事诉讼法第30条，刑诉法解释第28条，民诉法解释第44条",
        ),
        Ground(
            "R14",
            Level.HARD,
            N_("推荐代理人、辩护人或者介绍案件"),
            "刑诉法解释第28条第2项，民诉法解释第44条第4项",
        ),
        Ground(
            "R15",
            Level.HARD,
            N_("参加过对同一案件的评查"),
            "参照刑诉法解释第29条第2款",
        ),
        Ground(
            "R16",
            Level.HARD,
            N_("公开评论过本案或者为当事人出具过意见"),
            "评查规则",
        ),
        Ground(
            "R17",
            Level.MANUAL,
            N_("与当事人有其他关系，可能影响公正评查"),
            "刑事诉讼法第29条第4项，民事诉讼法第47条第1款第3项，公务员法第76条第3项",
        ),
        Ground(
            "R18",
            Level.HARD,
            N_("配偶、父母、子女执业于代理本案当事人的律师事务所"),
            "参照法官法第24条、检察官法第25条",
        ),
        Ground(
            "R19",
            Level.MANUAL,
            N_("与当事人或者被评查单位有未了结的信访、诉讼"),
            "评查规则",
        ),
        Ground(
            "R20",
            Level.SOFT,
            N_("三十日内已三次参加该单位案件的评查组"),
            "评查规则：轮换",
        ),
    )
}
