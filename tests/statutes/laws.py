"""Written laws for the tests; none of them exists."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.statutes.drafts import Draft
from review_app.statutes.indexing import catch_up_index
from review_app.statutes.models import StatuteArticle, StatuteVersion
from review_app.statutes.service import Taken, take_in
from review_app.statutes.sources import Options, Refused, open_source
from search_index.engine import SearchEngine

FIRST = """# 中华人民共和国渡船法

2015年3月1日 第九届渡口会议通过

2015年6月1日 施行

<!-- INFO END -->

## 第一章 总 则

第一条 为了渡船安全，制定本法。

第二条 渡船每年检验一次。检验不合格的，不得载客。

船长对检验记录负责。

## 第二章 法律责任

第三条 违反本法第二条规定的，处五百元罚款。

第三条之一 船长逃逸的，处一千元罚款。

第四条 本法自2015年6月1日起施行。
"""

SECOND = """# 中华人民共和国渡船法

2015年3月1日 第九届渡口会议通过

2019年10月20日 第十届渡口会议《关于修改〈中华人民共和国渡船法〉的决定》第一次修正

2022年12月5日 第十一届渡口会议《关于修改〈中华人民共和国渡船法〉的决定》第二次修正

2023年3月1日 施行

<!-- INFO END -->

## 第一章 总 则

第一条 为了渡船安全，制定本法。

第二条 渡船经营者应当登记。

第三条 渡船每半年检验一次。检验不合格的，不得载客。

船长对检验记录负责。

## 第二章 法律责任

第四条 违反本法第三条规定的，处二千元罚款。

第四条之一 船长逃逸的，处三千元罚款。

第五条 本法自2015年6月1日起施行。
"""


def written(folder: Path, **files: str) -> Path:
    """Write laws into a folder; keyword arguments name the files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def read(path: Path, options: Options | None = None) -> list[Draft | Refused]:
    return list(open_source(path, options or Options()).texts)


def drafts(folder: Path, **files: str) -> list[Draft]:
    found = read(written(folder, **files))
    assert [each for each in found if isinstance(each, Refused)] == []
    return [each for each in found if isinstance(each, Draft)]


def taken(session: Session, folder: Path, now: datetime, **files: str) -> Taken:
    """Take written laws in, in the order of their names."""
    total = Taken()
    for draft in drafts(folder, **files):
        total += take_in(session, draft, by=None, now=now)
    session.commit()
    return total


def ferry_law(session: Session, folder: Path, now: datetime, engine: SearchEngine | None = None) -> None:
    """Two texts of the ferry law; the one between them is not there."""
    taken(session, folder, now, a=FIRST, b=SECOND)
    if engine is not None:
        indexed(session, engine, now)


def indexed(session: Session, engine: SearchEngine, now: datetime) -> None:
    while catch_up_index(session, engine, now=now):
        pass
    session.commit()


def days_of(session: Session) -> list[tuple[str, date | None, date | None]]:
    """Label, first and last day of every text that counts."""
    texts = session.scalars(
        select(StatuteVersion)
        .where(StatuteVersion.superseded_at.is_(None))
        .order_by(StatuteVersion.valid_from)
    )
    return [(text.label, text.valid_from, text.valid_to) for text in texts]


def article(session: Session, name: str, label: str) -> StatuteArticle:
    found = select(StatuteArticle).join(StatuteArticle.version)
    return session.scalars(found.where(StatuteArticle.name == name, StatuteVersion.label == label)).one()
