"""A look at a whole instance: what is wrong is said in a sentence with what to do, what is right in a short one."""

import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from review_app.audit.service import use_audit_key, verify_log
from review_app.database import Database
from review_app.migrations.runner import FOLDER
from review_app.sealing import Seal, read_keys, read_secret, use_seal
from review_app.settings import Settings
from review_app.upkeep.indexes import INDEXES, Index
from search_index.engine import IndexOutdated
from search_index.engines import EngineMissing

FEW_GIGABYTES = 2  # free space under which the doctor warns
MANY_JUDGMENTS = (
    20_000  # from here on the second engine is worth its installation; measured in docs/search.md
)
MANY_ARTICLES = 100_000
OTHERS = stat.S_IWGRP | stat.S_IWOTH


class Mark(StrEnum):
    """How a finding is meant."""

    GOOD = "good"
    ADVICE = "advice"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    mark: Mark
    sentence: str


def good(sentence: str) -> Finding:
    return Finding(Mark.GOOD, sentence)


def advice(sentence: str) -> Finding:
    return Finding(Mark.ADVICE, sentence)


def bad(sentence: str) -> Finding:
    return Finding(Mark.BAD, sentence)


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything there is to say about an instance. Nothing is changed; a missing instance is one finding."""
    if not settings.key_file.exists():
        yield bad(
            f"{settings.data} 不是数据文件夹（没有密钥文件）。请核对 --data，或者先执行 review-app setup。"
        )
        return
    yield from examine_keys(settings)
    yield from examine_folders(settings)
    yield from examine_disk(settings)
    yield from examine_programs()
    use_keys(settings)
    database = Database(settings.url)
    broken = list(examine_database(database))
    yield from broken
    if any(finding.mark is Mark.BAD for finding in broken):
        return
    with database.reading() as session:
        yield from examine_audit(session)
        for index in INDEXES:
            yield from examine_index(index, session, settings)


def examine_keys(settings: Settings) -> Iterator[Finding]:
    open_to_others = [
        file.name
        for file in (settings.key_file, settings.audit_key_file, settings.cookie_key_file)
        if file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if open_to_others:
        yield bad(f"别的账号能读密钥文件：{'、'.join(open_to_others)}。请执行 chmod 600。")
    else:
        yield good("密钥文件只有平台自己的账号能读。")
    if not settings.audit_key_file.exists():
        yield bad("缺少审计密钥文件 audit.key。请从备份恢复。")


def examine_folders(settings: Settings) -> Iterator[Finding]:
    folders = [settings.data, settings.file_folder, settings.index_folder, *settings.index_folder.rglob("*")]
    loose = [folder for folder in folders if folder.is_dir() and folder.stat().st_mode & OTHERS]
    if loose:
        yield bad(f"别的账号能写入{loose[0]}等{len(loose)}个文件夹。请执行 chmod -R go-w。")
    else:
        yield good("数据文件夹和索引文件夹只有平台自己的账号能写。")


def examine_disk(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.data).free / 1e9
    said = f"磁盘剩余{free:.1f} GB"
    if free < FEW_GIGABYTES:
        yield bad(f"{said}，太少。请清理或者扩容，重建索引需要与索引同样大的空间。")
    else:
        yield good(f"{said}。")


def examine_programs() -> Iterator[Finding]:
    if has_han_fonts():
        yield good("已安装中文字体。")
    else:
        yield advice("没有找到中文字体：用浏览器以外的软件打印文书时可能缺字。可安装 fonts-noto-cjk。")
    if shutil.which("soffice"):
        yield good("已安装 LibreOffice，可以在服务器上把文书转成PDF。")
    else:
        yield advice("没有安装 LibreOffice：文书只能在用户的电脑上转成PDF。不影响使用。")


def has_han_fonts() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    told = subprocess.run([lister, ":lang=zh"], capture_output=True, check=False, timeout=30)  # noqa: S603
    return bool(told.stdout.strip())


def examine_database(database: Database) -> Iterator[Finding]:
    newest = ScriptDirectory(str(FOLDER)).get_current_head()
    try:
        with database.engine.connect() as connection:
            revision = revision_of(connection)
    except SQLAlchemyError as error:
        yield bad(f"数据库连接不上（{type(error).__name__}）。请核对 YIAN_DATABASE_URL 和数据库服务。")
        return
    if revision == newest:
        yield good(f"数据库可以使用，结构是最新的（{revision}）。")
    else:
        yield bad(
            f"数据库结构是{revision or '空的'}，应为{newest}。请先备份，再执行 review-app database upgrade。"
        )


def revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def examine_audit(session: Session) -> Iterator[Finding]:
    verdict = verify_log(session)
    if verdict.broken is None:
        yield good(f"审计链完整，共{verdict.rows}行。")
    else:
        yield bad(
            f"审计链在第{verdict.broken.row_id}行断裂：{verdict.broken.why}。请保全现场，报告审计人员。"
        )


def examine_index(index: Index, session: Session, settings: Settings) -> Iterator[Finding]:
    wanted = index.count(session)
    try:
        engine = index.open(settings.index_folder, settings.search_engine)
        found = engine.state().documents
    except EngineMissing:
        yield bad(
            "没有安装检索引擎 tantivy。请执行 pip install tantivy==0.27.0，或者把 YIAN_SEARCH_ENGINE 改回 whoosh。"
        )
        return
    except IndexOutdated:
        yield bad(f"{index.title}的索引属于旧版本。请执行 review-app index rebuild。")
        return
    except (OSError, ValueError) as error:
        yield bad(f"{index.title}的索引打不开（{error}）。请执行 review-app index rebuild。")
        return
    if found == wanted:
        yield good(f"{index.title}：索引（{settings.search_engine}）与数据库一致，共{found}件。")
    else:
        yield bad(f"{index.title}：数据库有{wanted}件，索引有{found}件。请执行 review-app index catch-up。")
    yield from recommend(index, found, settings)


def recommend(index: Index, documents: int, settings: Settings) -> Iterator[Finding]:
    """Above a certain size the second engine may be worth its installation, for its smaller index."""
    many = MANY_JUDGMENTS if index.name == "precedents" else MANY_ARTICLES
    if documents > many and settings.search_engine == "whoosh":
        yield advice(
            f"{index.title}超过{many}件：磁盘紧张的，可以改用 tantivy。索引较小，首次检索常见长词较快；"
            "其余检索和找相似案例较慢，占用内存较多，见 docs/search.md。执行 review-app index convert --to tantivy。"
        )


def use_keys(settings: Settings) -> None:
    """Put an instance's keys to use without opening it, so that nothing is migrated."""
    use_seal(Seal(read_keys(settings.key_file)))
    use_audit_key(read_secret(settings.audit_key_file))
