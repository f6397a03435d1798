"""Facts of the written enforcement case (75 points, three serious findings), for tests of wording."""

from datetime import date
from decimal import Decimal

from review_app.opinions.facts import (
    Advice,
    DimensionFacts,
    FindingFacts,
    Law,
    MembersOf,
    OpinionFacts,
    PetitionFacts,
    Place,
    PrecedentFacts,
    RequestFacts,
    ResultFacts,
    Sender,
    VolumeRead,
    VoteFacts,
    WorkFacts,
)
from review_app.petitions.states import RequestResult
from review_app.rulebook import load

OFFICE = "青岚市涉法涉诉信访专家评查办公室"
CLOSING = Law("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "2022", "517")


def finding(
    code: str,
    severity: str,
    points: str,
    title: str,
    fact: str,
    *places: Place,
    laws: tuple[Law, ...] = (),
    uphold: int = 5,
) -> FindingFacts:
    return FindingFacts(
        code, code.split("-")[0], severity, Decimal(points), title, fact, places, laws, uphold, 5 - uphold
    )


def findings() -> tuple[FindingFacts, ...]:
    ruling = Place("执行卷宗正卷", "终结本次执行程序材料", 58)
    return (
        finding(
            "D4-12", "S3", "6", "终结本次执行程序条件审查不严",
            "卷内既无申请执行人签字确认，也无合议庭审查核实并经院长批准的材料", ruling, laws=(CLOSING,),
        ),
        finding(
            "D4-07", "S2", "3", "未依法告知权利义务、救济途径和期限",
            "送达终结本次执行程序裁定时未告知申请执行人可以申请恢复执行", ruling, laws=(CLOSING,),
        ),
        finding("D5-07", "S1", "1", "卷宗缺页、顺序混乱、归档不及时", "执行卷第102页至第106页顺序颠倒", ruling),
        finding(
            "D7-04", "S3", "6", "财产调查未穷尽", "对已发现的车辆未采取控制措施，对厂房租金收入未作调查",
            Place("执行卷宗正卷", "网络查控材料", 34), uphold=4,
        ),
        finding(
            "D7-05", "S3", "6", "终本后未按规定查询财产、恢复执行不及时", "收到财产线索后恢复执行不及时",
            Place("信访卷", "财产线索书", 7), Place("信访卷", "财产线索书", 11),
        ),
        finding(
            "D8-01", "S2", "3", "未按规定受理、告知、答复信访事项", "对2021年3月提交的财产线索未予答复",
            Place("信访卷", "财产线索书", 7),
        ),
    )  # fmt: skip


def dimensions(template: str, found: tuple[FindingFacts, ...]) -> tuple[DimensionFacts, ...]:
    rules = load()
    made = []
    for code, label in rules.dimensions.items():
        maximum = rules.templates[template].maxima[code]
        deducted = sum((each.points for each in found if each.dimension == code), Decimal(0))
        made.append(DimensionFacts(code, label.zh, maximum, deducted, min(maximum, deducted)))
    return tuple(made)


def case_one(petitioner: str = "秦守田") -> OpinionFacts:
    found = findings()
    answer = "信访人提供的租赁合同照片等线索具体，债权人发现被执行人有其他财产的，可以随时请求人民法院执行"
    return OpinionFacts(
        sender=Sender(OFFICE, "青评意", ("青岚市信访局",), "联系人：何某"),
        recipient="青岚市人民法院",
        matter="买卖合同纠纷执行案件",
        petition=PetitionFacts(
            petitioner=petitioner,
            gender="男",
            birth_year=1965,
            place="柳泉镇",
            channel="网上信访",
            received_on=date(2023, 6, 13),
            history="2023年11月21日到市委政法委来访。",
            requests=(
                RequestFacts(1, "请求恢复执行，执行到位货款386000元及利息", answer, RequestResult.SUPPORTED),
                RequestFacts(2, "请求说明终结本次执行程序的理由", "该诉求合理", RequestResult.SUPPORTED),
                RequestFacts(3, "请求答复财产线索的核查情况", "应当限期核查并书面答复", RequestResult.PARTLY),
            ),
        ),
        case_text=f"{petitioner}与青岚市恒泽建材有限公司、赵海斌买卖合同纠纷一案，执行到位0元。",
        work=WorkFacts(
            drawn_on=date(2024, 1, 12),
            draw_no="第2024-008号",
            size=5,
            members=(MembersOf("律师", 2), MembersOf("高校学者", 1), MembersOf("检察官", 1), MembersOf("行业专家", 1)),
            recusals=0,
            volumes=(VolumeRead("执行卷宗正卷", 3, 213), VolumeRead("信访卷", 1, 11)),
            hearing="2024年1月19日听取信访人意见；该院对“财产调查未穷尽”提出异议，评查组部分采纳。",
        ),
        established=("执行卷显示发现赵海斌名下小型客车1辆，未采取查封措施", "终结本次执行程序后仅查询1次"),
        dimensions=dimensions("EXE", found),
        findings=found,
        precedents=PrecedentFacts("查得同类评查案例3件，均以恢复执行方式处理，与本意见一致。"),
        precedents_needed=True,
        votes=VoteFacts(
            held_on=date(2024, 2, 1),
            in_writing=False,
            attended=5,
            grade_for=5,
            outcome_for=5,
            rejected=(),
            dissenters=1,
            dissent="网络查控已覆盖主要财产形式，不宜评价为财产调查未穷尽。",
        ),
        result=ResultFacts(
            scores=tuple(map(Decimal, (79, 72, 74, 76, 77))),
            score=Decimal(75),
            grade="C",
            grade_label="瑕疵案件",
            outcome="SUPPLEMENT",
            outcome_label="瑕疵补正",
            needs_route=False,
        ),
        advice=(
            Advice(
                "建议青岚市人民法院依法审查恢复执行，核查厂房租金收入和车辆线索", "青岚市人民法院", "恢复执行",
                "民事诉讼法（2023）第265条", date(2024, 2, 20),
            ),
            Advice("由院领导包案，组织法官当面释法答疑"),
        ),
        names=(petitioner, "赵海斌"),
        people=((petitioner,), ("赵海斌",)),
    )  # fmt: skip
