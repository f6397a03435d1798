"""One index per engine, and a small library of written cases in which the acceptance queries find their answers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search_index.engine import Document, SearchEngine, Shape
from search_index.engines import ENGINES, open_engine

SHAPE = Shape(
    texts={"title": 3.0, "case_no": 2.0, "text": 1.0},
    quoted=("text",),
    facets=("cause", "organ", "law"),
    numbers=("tier", "year"),
)

PLANTED = {
    "injury": "职工在上班途中受到非本人主要责任的交通事故伤害，应当认定为工伤。用人单位未参加保险的，由其支付待遇。",
    "escape": "被告人肇事后因惊慌驶离现场，主动返回并报警，不具有逃避法律追究的目的，不构成逃逸。",
    "closed": "终结本次执行程序后，申请人发现被执行人有可供执行财产的，可以再次申请恢复执行，不受时效限制。",
    "losses": "征收经营性用房，应当依法计算停产停业损失，并提供产权调换房源供被征收人选择。",
    "refused": "公安机关以情节轻微为由不予立案，重新鉴定意见为轻伤二级的，应当依法审查是否立案。",
    "union": "用人单位单方解除劳动合同未通知工会，构成违法解除，应当支付赔偿金。",
    "appraisal": "分户评估报告未送达被征收人，剥夺其申请复核评估的权利，补偿决定程序违法。",
    "money": "执行法院收到案款后应当在三十日内完成发放，逾期未发放的应当说明理由。",
    "probation": "被告人积极赔偿并取得谅解，符合适用缓刑的条件，可以宣告缓刑。",
    "outsider": "案外人对执行标的提出书面异议的，人民法院应当自收到执行异议之日起十五日内审查。",
}


def document(key: str, text: str, **more: str | int) -> Document:
    """A document of the tests' shape: title and case number from the key, a cause, a tier and a year."""
    tier, year = int(more.get("tier", 3)), int(more.get("year", 2020))
    return Document(
        key=key,
        version=f"v-{key}",
        texts={
            "title": str(more.get("title", "")),
            "case_no": f"（{year}）鲁0785民初{len(key)}号",
            "text": text,
        },
        facets={"cause": (str(more.get("cause", "合同纠纷")),), "organ": ("青岚市人民法院",)},
        numbers={"tier": tier, "year": year},
    )


def library() -> list[Document]:
    """The planted cases and as many others that talk about different things with some of the same words."""
    others = [
        document(f"other-{number}", f"原告与被告签订买卖合同，货款{number}万元未付。本院认为，合同合法有效。")
        for number in range(10)
    ]
    return [document(key, text) for key, text in PLANTED.items()] + others


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An empty index, once for every engine there is."""
    return open_engine(str(request.param), tmp_path / "index", SHAPE)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Callable[[list[Document]], list[SearchEngine]]]:
    """Every engine there is, filled with the same documents."""
    made = 0

    def fill(documents: list[Document]) -> list[SearchEngine]:
        nonlocal made
        made += 1
        engines = [open_engine(name, tmp_path / f"{name}-{made}", SHAPE) for name in ENGINES]
        for each in engines:
            each.write(put=documents)
        return engines

    yield fill
