"""The parameters of GB/T 9704—2012 that can be read from a file: what is asked, where, and with what force.

规定 and 推算 (fixed, or derived from what is fixed) are errors and stop issuing; 一般, 推荐 and practice are warnings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from review_app.errors import N_


class Level(StrEnum):
    """How grave a departure is; an ERROR stops issuing."""

    ERROR = "ERROR"
    WARN = "WARN"
    INFO = "INFO"


LEVEL_LABELS: Final = {Level.ERROR: N_("错误"), Level.WARN: N_("提醒"), Level.INFO: N_("说明")}


@dataclass(frozen=True, slots=True)
class FormatRule:
    """A parameter: the element it concerns, what is expected, its level, the clause of the standard."""

    element: str
    expected: str
    level: Level
    clause: str


_E, _W, _I = Level.ERROR, Level.WARN, Level.INFO

RULES: Final[Mapping[str, FormatRule]] = {
    "P01": FormatRule(N_("纸张"), N_("A4（210毫米×297毫米）"), _E, "5.1"),
    "P02": FormatRule(N_("天头（上白边）"), N_("37毫米±1毫米"), _E, "5.2.1"),
    "P03": FormatRule(N_("订口（左白边）"), N_("28毫米±1毫米"), _E, "5.2.1"),
    "P04": FormatRule(N_("版心"), N_("156毫米×225毫米"), _E, "5.2.1"),
    "P05": FormatRule(N_("下白边"), N_("35毫米±1毫米"), _E, "5.2.1"),
    "P06": FormatRule(N_("右白边"), N_("26毫米±1毫米"), _E, "5.2.1"),
    "P07": FormatRule(N_("每面行数"), N_("22行"), _W, "5.2.3"),
    "P08": FormatRule(N_("每行字数"), N_("28个字"), _W, "5.2.3"),
    "P09": FormatRule(N_("行距"), N_("固定值28磅至30磅，或者网格约28.95磅"), _E, "5.2.3"),
    "P10": FormatRule(N_("字间距"), N_("每行能排满28个3号字"), _E, "5.2.3"),
    "P12": FormatRule(N_("文字颜色"), N_("除红色版头外均为黑色"), _E, "5.2.4"),
    "P13": FormatRule(N_("双面印刷"), N_("单页、双页的页码分别设置"), _W, "6"),
    "E01": FormatRule(N_("份号"), N_("6位阿拉伯数字，3号，顶格"), _E, "7.2.1"),
    "E02": FormatRule(N_("密级和保密期限"), N_("3号黑体，顶格"), _E, "7.2.2"),
    "E03": FormatRule(N_("紧急程度"), N_("3号黑体，顶格，位于密级之下"), _E, "7.2.3"),
    "E04": FormatRule(N_("发文机关标志"), N_("小标宋，居中"), _E, "7.2.4"),
    "E04C": FormatRule(N_("发文机关标志颜色"), N_("红色（推荐）"), _W, "7.2.4"),
    "E05": FormatRule(N_("发文字号"), N_("3号仿宋，年份用六角括号〔〕，不加“第”、不编虚位"), _E, "7.2.5"),
    "E06": FormatRule(N_("签发人"), N_("标签3号仿宋，姓名3号楷体"), _E, "7.2.6"),
    "E07": FormatRule(N_("版头分隔线"), N_("发文字号之下与版心等宽的红线"), _E, "7.2.7"),
    "E08": FormatRule(N_("标题"), N_("2号小标宋，居中"), _E, "7.3.1"),
    "E09": FormatRule(N_("主送机关"), N_("3号仿宋，顶格，末尾用全角冒号"), _E, "7.3.2"),
    "E10": FormatRule(N_("正文"), N_("3号仿宋，每段左空二字"), _E, "7.3.3"),
    "E11": FormatRule(
        N_("结构层次"), N_("一、黑体；（一）楷体；1．和（1）仿宋；均为3号，依次使用"), _E, "7.3.3"
    ),
    "E12": FormatRule(N_("附件说明"), N_("3号仿宋，“附件：”后列名称，名称后不加标点"), _E, "7.3.4"),
    "E13": FormatRule(N_("成文日期"), N_("3号仿宋，阿拉伯数字，不编虚位，加盖印章的右空四字"), _E, "7.3.5"),
    "E14": FormatRule(N_("发文机关署名"), N_("3号仿宋，位于成文日期之上"), _E, "7.3.5"),
    "E16": FormatRule(N_("附注"), N_("3号仿宋，左空二字，加圆括号"), _E, "7.3.6"),
    "E17": FormatRule(N_("附件"), N_("“附件”二字3号黑体，另面编排，顶格"), _E, "7.3.7"),
    "E18": FormatRule(N_("版记分隔线"), N_("首条和末条0.35毫米，中间0.25毫米（推荐）"), _W, "7.4.1"),
    "E19": FormatRule(
        N_("抄送机关"), N_("4号仿宋，左右各空一字，“抄送：”用全角冒号，末尾用句号"), _E, "7.4.2"
    ),
    "E20": FormatRule(
        N_("印发机关和印发日期"), N_("4号仿宋，印发机关左空一字，日期右空一字加“印发”"), _E, "7.4.3"
    ),
    "E21": FormatRule(N_("页码"), N_("4号宋体阿拉伯数字，左右各一条一字线，单页居右、双页居左"), _E, "7.5"),
    "P04P": FormatRule(N_("版心"), N_("正文不超出156毫米×225毫米的版心"), _E, "5.2.1"),
    "E04P": FormatRule(N_("发文机关标志位置"), N_("上边缘距版心上边缘35毫米"), _E, "7.2.4"),
    "E04L": FormatRule(N_("信函的发文机关标志位置"), N_("上边缘距上页边30毫米"), _E, "10.1"),
    "E05P": FormatRule(N_("发文字号位置"), N_("发文机关标志之下空二行"), _E, "7.2.5"),
    "E07P": FormatRule(N_("版头分隔线位置"), N_("发文字号之下4毫米，长156毫米"), _E, "7.2.7"),
    "E07U": FormatRule(N_("信函的上双线"), N_("发文机关标志之下4毫米，长170毫米"), _E, "10.1"),
    "E07D": FormatRule(N_("信函的下双线"), N_("距下页边20毫米，长170毫米"), _E, "10.1"),
    "E08P": FormatRule(N_("标题位置"), N_("版头分隔线之下空二行，居中"), _E, "7.3.1"),
    "E09P": FormatRule(N_("主送机关位置"), N_("标题之下空一行"), _E, "7.3.2"),
    "E10P": FormatRule(N_("首页"), N_("首页必须显示正文"), _E, "7.3.3"),
    "E15": FormatRule(N_("印章和署名"), N_("与正文同面，没有正文的页不盖章"), _E, "7.3.5"),
    "E17P": FormatRule(N_("附件位置"), N_("“附件”在第一行，附件标题居中在第三行"), _E, "7.3.7"),
    "E18P": FormatRule(N_("版记位置"), N_("在最后一面，末条分隔线与版心下边缘重合"), _E, "7.4.1"),
    "E21P": FormatRule(
        N_("页码位置"), N_("版心之下，一字线距版心下边缘7毫米，单页居右空一字、双页居左空一字"), _E, "7.5"
    ),
    "F03": FormatRule(N_("实际使用的字体"), N_("文件指明的字体；被替换时不能断言符合标准"), _W, "5.2.2"),
    "F04": FormatRule(
        N_("版面测量"), N_("安装LibreOffice后可以测量每面行数、每行字数和各要素位置"), _I, "5.2"
    ),
    "F01": FormatRule(N_("字体"), N_("打印和转换用的计算机装有所列字体，否则会被替换"), _I, "5.2.2"),
    "F02": FormatRule(N_("中文字体"), N_("每处汉字都指明中文字体"), _W, "5.2.2"),
}
