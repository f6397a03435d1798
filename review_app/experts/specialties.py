"""The tree of specialties: 23 fields, below them kinds of case, below these causes. Pure.

An expert is entered under any node. Whoever knows a cause knows, for the draw, the kind and the field above
it; whoever looks for a field finds everybody below it. The names follow the list of causes of civil action
(民事案件案由规定), the chapters of the criminal law and the causes of administrative cases in use.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from review_app.experts.states import SPECIALTIES

DEEPEST = 3

BELOW_FIELDS = """
刑事
  侵犯人身权利犯罪: 故意伤害 故意杀人 非法拘禁 强奸
  侵犯财产犯罪: 盗窃 诈骗 抢劫 职务侵占 故意毁坏财物
  破坏经济秩序犯罪: 合同诈骗 非法吸收公众存款 集资诈骗 生产销售伪劣产品
  妨害社会管理犯罪: 寻衅滋事 妨害公务 虚假诉讼 拒不执行判决裁定
  贪污贿赂渎职犯罪: 贪污受贿 挪用公款 玩忽职守 徇私枉法
民事合同
  买卖和借贷合同: 买卖合同 民间借贷 金融借款合同 保证合同
  建设和租赁合同: 建设工程施工合同 房屋租赁合同 房屋买卖合同 物业服务合同
  公司和商事: 股权转让 股东权益 企业破产 保险合同
婚姻家庭
  婚姻: 离婚 离婚后财产 彩礼返还
  亲属和继承: 抚养赡养 法定继承 遗嘱继承
侵权
  人身损害: 健康权身体权 产品责任 安全保障义务
  财产损害: 环境污染责任 相邻关系侵害 名誉权
劳动
  劳动合同: 确认劳动关系 追索劳动报酬 经济补偿
  社会保险和工伤: 工伤保险待遇 养老保险待遇
物权土地
  不动产: 物权确认 不动产登记 相邻权
  农村土地: 土地承包经营权 宅基地使用权 集体成员资格
行政
  行政行为: 行政处罚 行政许可 行政强制 行政登记 信息公开
  行政救济: 行政复议 行政赔偿 履行法定职责
征收补偿
  国有土地上房屋征收: 房屋征收决定 房屋征收补偿决定
  集体土地征收: 征地补偿安置 青苗及附着物补偿
执行
  执行实施: 终结本次执行 财产处置 迟延履行利息
  执行救济: 执行异议复议 案外人异议 参与分配
国家赔偿
  司法赔偿: 刑事赔偿 非刑事司法赔偿
民行监督
  检察监督: 抗诉 再审检察建议 执行监督 审判人员违法监督
控告申诉
  刑事申诉: 不起诉申诉 刑事判决申诉
公安程序
  立案和侦查: 不予立案 强制措施 涉案财物处置 侦查监督
治安
  治安处罚: 殴打他人 扰乱公共秩序 拘留处罚
交通
  道路交通: 交通肇事 危险驾驶 道路交通损害赔偿 交通事故责任认定
公证
  公证事务: 公证效力 公证赔偿
司法鉴定
  法医鉴定: 伤情鉴定 死因鉴定 伤残等级鉴定 精神疾病鉴定
  物证鉴定: 笔迹鉴定 文书鉴定 痕迹鉴定
会计审计
  司法会计: 账目审计 资金流向 损失数额
工程造价
  造价鉴定: 工程量核算 工程质量
房地产评估
  估价: 房屋估价 土地估价
医疗
  医疗损害: 医疗过错 诊疗规范
诉讼法
  诉讼程序: 管辖 证据规则 再审程序 文书送达
心理与信访沟通
  沟通疏导: 心理疏导 信访调解
"""


@cache
def parents() -> Mapping[str, str]:
    """The node above each node; a field has the empty text."""
    found: dict[str, str] = {}
    field = ""
    for line in BELOW_FIELDS.strip().splitlines():
        if not line.startswith(" "):
            field = line
            found[field] = ""
            continue
        kind, _colon, causes = line.strip().partition(": ")
        found[kind] = field
        found.update(dict.fromkeys(causes.split(), kind))
    return {**dict.fromkeys(SPECIALTIES, ""), **found}


def is_specialty(name: str) -> bool:
    return name in parents()


def way_to(name: str) -> tuple[str, ...]:
    """The node and everything above it, the field first: 民事合同, 买卖和借贷合同, 民间借贷. Unknown names
    stand alone."""
    above = parents().get(name, "")
    return (*way_to(above), name) if above else (name,)


def level_of(name: str) -> int:
    """1 for a field, 2 for a kind of case, 3 for a cause."""
    return len(way_to(name))


def with_wider(names: Iterable[str]) -> tuple[str, ...]:
    """The names and everything above them, each once, in order."""
    return tuple(dict.fromkeys(node for name in names for node in way_to(name)))


@cache
def and_narrower(name: str) -> frozenset[str]:
    """The node and everything below it."""
    return frozenset(one for one in (*parents(), name) if name in way_to(one))


def matches(name: str, own: Iterable[str]) -> bool:
    """Whether somebody with these specialties is found under a node."""
    return not and_narrower(name).isdisjoint(own)


def levels_with_wider(levels: Mapping[str, int]) -> dict[str, int]:
    """Depth of knowledge for the nodes above as well: the greatest of what lies below."""
    found: dict[str, int] = {}
    for name, level in levels.items():
        for node in way_to(name):
            found[node] = max(level, found.get(node, 0))
    return found


def grouped() -> dict[str, list[str]]:
    """All nodes by their field, for choosing: the field, then what is below it in order."""
    groups: dict[str, list[str]] = {field: [] for field in SPECIALTIES}
    for name in parents():
        groups[way_to(name)[0]].append(name)
    return groups
