"""The help page of the query language: what may be typed, with examples that run."""

from dataclasses import dataclass

from review_app.errors import N_
from search_index.query import LONGEST, MOST_TERMS
from search_index.terms import LONGEST_WORD


@dataclass(frozen=True)
class Example:
    """Something a person may type, and what it finds. `spellings` mean the same."""

    typed: str
    meaning: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class HelpSection:
    """One part of the help: its anchor, title, what to know first, and its examples."""

    anchor: str
    title: str
    intro: str
    examples: tuple[Example, ...]


SECTIONS = (
    HelpSection(
        "words",
        N_("词语"),
        N_("空格隔开的词都要出现，先后不限。两个字的法律用语和单个字都能找到，不需要记住分词。"),
        (
            Example("工伤 认定", N_("“工伤”和“认定”都要出现，不必连在一起。")),
            Example("评估报告未送达", N_("连写的长句自动切成词，每个词都要出现；连着出现的案例排在前面。")),
            Example("逃", N_("单个字也可以。")),
            Example("終結本次執行程序", N_("繁体、简体相同，全角、半角相同，大小写相同。")),
        ),
    ),
    HelpSection(
        "phrases",
        N_("短语"),
        N_("引号里的字必须连在一起、一字不差。换行和空格不影响，同义词不适用。"),
        (
            Example("“违法解除” 工会", N_("“违法解除”四个字连着出现，“工会”在任何地方出现。")),
            Example("“一”", N_("引号里只有一个字也可以。")),
        ),
    ),
    HelpSection(
        "logic",
        N_("与、或、非"),
        N_("运算词的两边要有空格，字母要大写。“与”可以省略；“或”最后算，需要时加括号。"),
        (
            Example("缓刑 与 谅解", N_("两个都要出现，和空格相同。"), ("缓刑 AND 谅解", "缓刑 谅解")),
            Example("逃逸 或 离开现场", N_("有一个即可。"), ("逃逸 OR 离开现场",)),
            Example("盗窃 非 入户", N_("有前一个，没有后一个。"), ("盗窃 NOT 入户",)),
            Example("（轻伤二级 或 轻微伤） 重新鉴定", N_("括号先算。括号最多套20层。")),
        ),
    ),
    HelpSection(
        "near",
        N_("相近"),
        N_(
            "两个词离得近，往往说的是同一件事。写在两个词中间，前后有空格，先后不限；两边也可以是短语和括号里的“或”。"
        ),
        (
            Example("逃逸 /s 报警", N_("在同一句里。以句号、问号、叹号和段落结尾为界。"), ("逃逸 /句 报警",)),
            Example("逃逸 /p 谅解", N_("在同一段里。"), ("逃逸 /段 谅解",)),
            Example("返回 /5 报警", N_("相隔最多5个字，标点算一个字。最多写 /200。")),
            Example(
                "（逃逸 或 驶离现场） /s 返回 /s 报警",
                N_("可以连着写；这里的三个词都在同一句里。"),
            ),
        ),
    ),
    HelpSection(
        "wildcards",
        N_("通配符"),
        N_("写在词的中间，不越过句号。词的两头不需要通配符，因为较长的词里也会找。"),
        (
            Example("非法*存款", N_("*是0至20个任意的字。")),
            Example("驶离??四百米", N_("?是恰好一个字，写几个就是几个字；请用英文问号。")),
        ),
    ),
    HelpSection(
        "fields",
        N_("指定栏目"),
        N_("栏目名后面加冒号。内容里有空格或者括号时加引号。"),
        (
            Example("案由:盗窃", N_("案由中含有这几个字。"), ("罪名:盗窃",)),
            Example("法院:柳泉", N_("办案机关的名称中含有这几个字。"), ("机关:柳泉",)),
            Example(
                "文号:（2021）海0799刑初31号",
                N_("案号。〔〕、[ ]、（）和全角、半角都一样。"),
                ("案号:2021海0799刑初31号",),
            ),
            Example("标题:交通肇事", N_("只在标题中找。"), ("名称:交通肇事",)),
            Example("要点:工伤", N_("只在争议焦点、裁判要点和关键词中找。"), ("焦点:工伤",)),
            Example("结果:驳回", N_("处理结果中含有这几个字。")),
            Example(
                "年:2017..2019",
                N_("年份的起止。“年:2018”是一年，“年:2018..”是从这一年起。"),
                ("年份:2017至2019",),
            ),
        ),
    ),
    HelpSection(
        "law",
        N_("法条和案号"),
        N_(
            "法律的简称和全称、中文数字和阿拉伯数字、有没有书名号和年份都一样，款和项不影响。第一百三十三条之一是另一条。"
        ),
        (
            Example(
                "刑法133",
                N_("引用了刑法第133条的案例。直接写或者写在“法条:”后面都可以。"),
                ("刑法第一百三十三条", "《中华人民共和国刑法》（2020修正）第133条第一款", "法条:刑法133"),
            ),
            Example("第一百三十三条", N_("不写法律名称，就是任何法律的第133条。"), ("第133条", "133条")),
            Example("法条:刑诉法", N_("引用了刑事诉讼法任何一条的案例。")),
            Example("法条:刑法第六十一条至第六十九条", N_("引用了其中任何一条的案例。")),
            Example(
                "（2021）海0799刑初31号", N_("整个案号，在标题、案号和正文里找。"), ("2021海0799刑初31号",)
            ),
        ),
    ),
    HelpSection(
        "synonyms",
        N_("同义词和简称"),
        N_(
            "没有加引号的词会同时检索它的同义词，页面上逐个标明，可以逐个停用。“＝”是意思相同，“≈”是意思相近。"
        ),
        (
            Example("终本 恢复执行", N_("“终本”同时检索“终结本次执行程序”。")),
            Example("交事", N_("“交事”同时检索“交通事故”。")),
            Example("拆迁", N_("“拆迁”≈“征收”，意思相近，请核对。")),
        ),
    ),
    HelpSection(
        "paragraph",
        N_("按一段文字查找"),
        N_(
            "粘贴一段案情（30个字以上，有标点），就按整段的内容查找相似的案例，不要求每个词都出现。要逐字查找原句，请加引号。"
        ),
        (
            Example(
                "被告人驾驶货车与电动自行车发生碰撞，驶离现场后返回并报警，被害人死亡，已取得家属谅解。",
                N_("最相似的案例排在前面。"),
            ),
        ),
    ),
)

EXAMPLES = tuple(example for section in SECTIONS for example in section.examples)

LIMITS = {"characters": LONGEST, "terms": MOST_TERMS, "word": LONGEST_WORD}
