"""Names of parties, counsel and officers read from the text of a judgment, ruling or record. Pure.

Chinese legal documents name people in fixed ways: a role at the head of a line (原告：张三，男，…), counsel with
his firm behind the name, judges and clerks at the end with spaces between the characters (审　判　长　孙　八).
What is found is a proposal for a person to confirm, never a fact by itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from review_app.panels.names import COMPOUND_SURNAMES, DOTS, HAN, is_masked, read_name
from review_app.reviews.states import InvolvedAs

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅付皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明"
    "臧计伏成戴代谈宋茅庞熊纪舒屈项祝董梁杜阮蓝兰闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱丘骆高夏蔡田樊胡凌霍虞万支柯"
    "昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦"
    "巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠"
    "蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎闫充慕连茹习宦艾鱼"
    "容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须"
    "丰巢关蒯相查后荆红游竺权逯盖益桓公覃仝佟区亓冼岳帅缑亢况郈有琴商牟佘佴伯赏但粟邸招涂旷芦岩臧藏税哀楼覃补操揭仉尧库银敬律盘南宫墨哈谯笪年爱阳佟矫由苑母"
)

PARTY_ROLES = (
    "原审被告人", "原审被告单位", "原审原告", "原审被告", "原审第三人", "再审申请人", "再审被申请人", "被申请执行人", "申请执行人", "被执行人",
    "上诉人", "被上诉人", "被申请人", "申请复议人", "申请人", "申诉人", "异议人", "利害关系人", "案外人", "抗诉机关", "被告单位",
    "反诉原告", "反诉被告", "原告人", "被告人", "自诉人", "附带民事诉讼原告人", "附带民事诉讼被告人", "原告", "被告", "第三人",
    "犯罪嫌疑人", "违法行为人", "被处罚人", "信访人",
)  # fmt: skip
VICTIM_ROLES = ("被害人", "被侵害人", "死者", "受害人")
COUNSEL_ROLES = (
    "委托诉讼代理人", "共同委托诉讼代理人", "委托代理人", "诉讼代理人", "法定代理人", "指定辩护人", "委托辩护人", "辩护人", "代理人",
)  # fmt: skip
HEAD_ROLES = ("法定代表人", "负责人", "主要负责人")
OFFICER_ROLES = (
    "审判长", "代理审判员", "人民陪审员", "审判员", "执行长", "执行员", "执行法官", "书记员", "法官助理", "独任审判员", "承办法官",
    "公诉人", "检察长", "检察官助理", "检察员", "代理检察员", "检察官", "承办检察官", "办案民警", "承办民警", "办案人员", "承办人",
    "首席仲裁员", "仲裁员", "审核人", "批准人",
)  # fmt: skip
APPRAISER_ROLES = ("司法鉴定人", "鉴定人", "评估人", "鉴定机构", "评估机构", "勘验人", "翻译人员", "翻译人")
WITNESS_ROLES = ("证人",)

ROLES: dict[str, InvolvedAs] = {
    **dict.fromkeys(PARTY_ROLES, InvolvedAs.PARTY),
    **dict.fromkeys(HEAD_ROLES, InvolvedAs.PARTY),
    **dict.fromkeys(VICTIM_ROLES, InvolvedAs.VICTIM),
    **dict.fromkeys(COUNSEL_ROLES, InvolvedAs.COUNSEL),
    **dict.fromkeys(OFFICER_ROLES, InvolvedAs.OFFICER),
    **dict.fromkeys(APPRAISER_ROLES, InvolvedAs.APPRAISER),
    **dict.fromkeys(WITNESS_ROLES, InvolvedAs.WITNESS),
}
BY_LENGTH = sorted(ROLES, key=len, reverse=True)
GAP = r"[ \u3000\t]*"
ROLE = "|".join(GAP.join(role) for role in BY_LENGTH)
LINE = re.compile(
    rf"^{GAP}(?:\d+[.、．]{GAP})?(?P<role>{ROLE}){GAP}"
    rf"(?:[（(](?P<second>[^（）()\n]{{1,30}})[）)])?{GAP}[:：]?{GAP}(?P<rest>[^\n]+)$",
    re.MULTILINE,
)
BEFORE_ROLE = re.compile(rf"(?<=[。；;\s])[ \u3000\t]*(?={ROLE})")
"""where a line begins although the text was read without its line ends"""
SENT = re.compile(rf"指派(?P<part>检察官|检察员|代理检察员|检察官助理)(?P<rest>[{HAN}、·]{{2,30}}?)出庭")
ORGANISATION = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|公司|律师事务所|法律服务所|事务所|合作社|委员会|人民政府|办事处|管理局|局|院|厂|中心|"
    r"银行|支行|分行|医院|学校|大学|学院|协会|商会|研究所|鉴定所|村|社区|店|部|站|队|庭)$"
)
FIRM = re.compile(rf"(?P<firm>[{HAN}（）()A-Za-z0-9]{{2,30}}?(?:律师事务所|法律服务所))")
ENDS_NAME = re.compile(r"[，,。；;\n]|\s(?=[男女][，,。\s])")
WITH_GENDER = re.compile(r"[，,]\s*(?:性别)?[:：]?[男女][，,。]")
"""behind a name: whatever the surname, this is a person"""
TWO_IN_ONE = re.compile("[与诉的在是为被至因系经将赶到]|原告|被告|上诉人|申请人|第三人|执行人")
"""a sentence that begins with a role: 原告甲与被告乙公司买卖合同纠纷一案"""
HAN_NAME = re.compile(rf"^[{HAN}]{{2,4}}$")
DOTTED_NAME = re.compile(rf"^[{HAN}]{{1,8}}(?:[{re.escape(DOTS)}][{HAN}]{{1,8}}){{1,3}}$")
NEVER_NAMES = frozenset(
    {"意见", "认为", "辩称", "诉称", "陈述", "签名", "签字", "不服", "上述", "双方", "本人", "等人", "某某"}
)
LONGEST_BODY = 40
LONGEST_MATCH = 60


@dataclass(frozen=True)
class Proposed:
    """One name found: `part` is the role as written, `firm` the counsel's firm, `matched` the words read."""

    involved_as: InvolvedAs
    name: str
    part: str
    aliases: tuple[str, ...] = ()
    firm: str = ""
    is_organisation: bool = False
    matched: str = ""

    @property
    def key(self) -> tuple[InvolvedAs, str]:
        """The same name in the same role is one proposal."""
        return self.involved_as, "".join(self.name.split())


def propose(text: str) -> list[Proposed]:
    """Everybody whom one page names in a role, in the order of the page, each once. Masked names are left
    out: nobody could be compared with them."""
    found: dict[tuple[InvolvedAs, str], Proposed] = {}
    for one in sorted(read(text), key=lambda pair: pair[0]):
        found.setdefault(one[1].key, one[1])
    return list(found.values())


def read(text: str) -> Iterator[tuple[int, Proposed]]:
    text = BEFORE_ROLE.sub("\n", text)
    for line in LINE.finditer(text):
        role = "".join(line["role"].split())
        for one in named(role, line["rest"].split("。")[0], second=line["second"] or ""):
            yield line.start(), one
    for sent in SENT.finditer(text):
        for one in named(sent["part"], sent["rest"]):
            yield sent.start(), one


def named(role: str, rest: str, *, second: str = "") -> Iterator[Proposed]:
    """The names behind one role: up to the first comma, several when joined by 、."""
    head = ENDS_NAME.split(rest, maxsplit=1)[0]
    firm = FIRM.search(rest[len(head) :]) if ROLES[role] is InvolvedAs.COUNSEL else None
    part = f"{role}（{second}）" if second and not read_name(f"x（{second}）").aliases else role
    for piece in head.split("、"):
        written = read_name(closed_up(piece, role).removesuffix("等"))
        if TWO_IN_ONE.search(written.name):
            continue
        is_body = is_organisation(written.name)
        introduced = WITH_GENDER.match(rest[len(head) :]) and HAN_NAME.match(written.name)
        if is_body or is_person(written.name) or (introduced and not is_masked(written.name)):
            others = (*written.aliases, *read_name(f"x（{second}）").aliases)
            yield Proposed(
                ROLES[role], written.name, part, others, firm["firm"] if firm else "", is_body,
                f"{role} {piece.strip()}"[:LONGEST_MATCH],
            )  # fmt: skip


def closed_up(piece: str, role: str) -> str:
    """A name set with spaces at a document's end is closed up (孙　八, 欧阳 娜娜); what stands behind a name,
    for instance the date below the judges, is left out."""
    tokens = piece.strip(" \u3000\t：:").split()
    if not tokens or len(tokens) == 1:
        return "".join(tokens)
    if len(tokens[0]) > 1 and tokens[0] not in COMPOUND_SURNAMES:
        return tokens[0]
    given = list(takewhile(lambda one: len(one) == 1, tokens[1:3])) or tokens[1:2]
    return tokens[0] + "".join(given)


def is_organisation(name: str) -> bool:
    """Whether these characters are the whole name of an organisation."""
    return bool(ORGANISATION.search(name)) and 4 <= len(name) <= LONGEST_BODY and not is_masked(name)


def is_person(name: str) -> bool:
    """Whether these characters are the name of a person: a known surname with one or two characters more, a
    compound one with up to two, or a dotted name."""
    if not name or is_masked(name) or any(word in name for word in NEVER_NAMES):
        return False
    if DOTTED_NAME.match(name):
        return True
    if not HAN_NAME.match(name):
        return False
    if name[:2] in COMPOUND_SURNAMES:
        return 3 <= len(name) <= 4
    return len(name) <= 3 and name[0] in SURNAMES


def merged(
    pages: Iterable[tuple[int, int, str]],
) -> dict[tuple[InvolvedAs, str], tuple[Proposed, int, int, int]]:
    """The proposals of many pages (document, page number, text): each once, with where it stands first and on
    how many pages. What names a firm or another name is preferred to what does not."""
    found: dict[tuple[InvolvedAs, str], tuple[Proposed, int, int, int]] = {}
    for document, page, text in pages:
        for one in propose(text):
            known = found.get(one.key)
            if known is None:
                found[one.key] = (one, document, page, 1)
            else:
                best = (
                    one if (one.firm or one.aliases) and not (known[0].firm or known[0].aliases) else known[0]
                )
                found[one.key] = (best, known[1], known[2], known[3] + 1)
    return found
