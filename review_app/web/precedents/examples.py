"""Examples of the query language on the help page; each is a query that runs."""

from dataclasses import dataclass

from review_app.errors import N_


@dataclass(frozen=True)
class Example:
    """Something a person may type, and what it finds."""

    typed: str
    meaning: str


EXAMPLES = (
    Example("工伤 认定", N_("两个词都要出现，先后不限。连写的长句自动按词切开。")),
    Example("“违法解除” 工会", N_("引号里的字必须连在一起、一字不差；换行、全角半角、大小写不影响。")),
    Example("逃逸 或 离开现场", N_("两者有一个即可。也可以写 OR。")),
    Example("缓刑 与 谅解", N_("两者都要出现，和空格相同。也可以写 AND。")),
    Example("盗窃 非 入户", N_("有前一个、没有后一个。也可以写 NOT。")),
    Example("（轻伤二级 或 轻微伤） 重新鉴定", N_("括号先算。")),
    Example("案由:盗窃", N_("只在案由中找。还可以用：法院、文号、标题、要点、结果。")),
    Example(
        "法条:刑法第一百三十三条",
        N_("引用了该条的案例。“刑法133”“《中华人民共和国刑法》第133条”写法都可以。"),
    ),
    Example("年:2017..2019", N_("年份范围；“年:2018”是一年，“年:2018..”是从这一年起。")),
    Example(
        "终本 恢复执行", N_("简称会同时检索全称（终本＝终结本次执行程序），页面上会标明，可以逐个停用。")
    ),
    Example("（2018）赣0111刑初485号", N_("整个案号当作一个词查找。")),
)
