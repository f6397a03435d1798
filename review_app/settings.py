"""Settings: read once from the environment and the command line into one frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from review_app.errors import ReviewError

SEARCH_ENGINES = ("whoosh", "tantivy")
OVERDUE_ANSWERS = ("propose", "invite")


@dataclass(frozen=True)
class Settings:
    """Everything an operator can set. Each is the environment variable YIAN_<NAME IN CAPITALS>."""

    data: Path = Path("instance")
    """folder of database, stored files, index and keys; never inside the program's own folders"""
    database_url: str = ""
    """empty: SQLite in the data folder; else postgresql+pg8000://…"""
    tenant: str = "青岚市涉法涉诉信访专家评查办公室"
    """name of the office, printed on pages and documents"""
    place: str = "青岚"
    """short name of the place; its first character begins document numbers"""
    language: str = "zh"
    """first language of pages: zh or en"""
    secure_cookies: bool = True
    """cookies only over HTTPS; the demo on 127.0.0.1 switches it off"""
    demo: bool = False
    """made-up data: pages and documents carry the mark 演示数据"""
    smtp: str = ""
    """host:port of the mail server; empty: notices are shown on pages only"""
    mail_from: str = ""
    upload_limit: int = field(default=200 * 1024 * 1024)
    """largest single upload request in bytes"""
    proxies: int = 0
    """how many reverse proxies stand before the server and set X-Forwarded-For; 0: none is believed"""
    session_hours: int = 10
    """a sign-in ends after so many hours"""
    answer_link_hours: int = 72
    """a link by which an expert answers an invitation without signing in ends after so many hours"""
    overdue_answers: str = "propose"
    """an expert has not answered in time: propose tells the coordinator, invite invites the next in line"""
    search_engine: str = "whoosh"
    """full text: whoosh, which is always there, or tantivy for large libraries (an extra package)"""

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{(self.data / 'yian.db').resolve()}"

    @property
    def file_folder(self) -> Path:
        return self.data / "files"

    @property
    def index_folder(self) -> Path:
        return self.data / "index"

    @property
    def key_file(self) -> Path:
        return self.data / "secrets" / "seal.keys"

    @property
    def cookie_key_file(self) -> Path:
        return self.data / "secrets" / "cookie.key"

    @property
    def audit_key_file(self) -> Path:
        return self.data / "secrets" / "audit.key"


def read_settings(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from ``YIAN_…`` variables, overridden by ``given``. A wrong or unknown name stops the start."""
    environment = os.environ if environment is None else environment
    known = {f"YIAN_{item.name.upper()}": item.name for item in fields(Settings)}
    values: dict[str, object] = {}
    for variable, text in environment.items():
        if not variable.startswith("YIAN_"):
            continue
        if variable not in known:
            raise ReviewError("不认识的设置 %(name)s。请核对变量名。", name=variable)
        values[known[variable]] = read_value(known[variable], text)
    values.update({name: value for name, value in given.items() if value is not None})
    settings = Settings(**values)  # type: ignore[arg-type]
    if settings.language not in ("zh", "en"):
        raise ReviewError("设置 YIAN_LANGUAGE 只能是 zh 或 en。")
    if settings.search_engine not in SEARCH_ENGINES:
        raise ReviewError("设置 YIAN_SEARCH_ENGINE 只能是 whoosh 或 tantivy。")
    if settings.overdue_answers not in OVERDUE_ANSWERS:
        raise ReviewError("设置 YIAN_OVERDUE_ANSWERS 只能是 propose 或 invite。")
    return settings


def read_value(name: str, text: str) -> object:
    default = getattr(Settings, name)
    if isinstance(default, bool):
        if text not in ("True", "False"):
            raise ReviewError("设置 YIAN_%(name)s 只能写 True 或 False。", name=name.upper())
        return text == "True"
    if isinstance(default, int):
        if not text.isdigit():
            raise ReviewError("设置 YIAN_%(name)s 应为整数。", name=name.upper())
        return int(text)
    return Path(text) if isinstance(default, Path) else text
