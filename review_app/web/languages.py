"""Two languages: Chinese message ids, English from the po-files of ``templates/translations/en``."""

import io
from functools import cache
from importlib import resources

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask import session as cookie
from flask_babel import Babel, Domain, get_locale
from flask_login import current_user
from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context
from markupsafe import Markup

LANGUAGES = ("zh", "en")
FOLDER = resources.files("review_templates") / "translations" / "en"


@cache
def english() -> Translations:
    """Every subject's English, merged once per process."""
    merged = Catalog(locale="en")
    for part in sorted(FOLDER.iterdir(), key=lambda entry: entry.name):
        if part.name.endswith(".po"):
            for message in read_po(io.BytesIO(part.read_bytes())):
                if message.id and message.string:
                    merged.add(message.id, message.string, flags=message.flags)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


CHINESE = NullTranslations()
"""the message ids are the Chinese words"""


def speaks_english() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "en"


@pass_eval_context
def translated(evaluated: EvalContext, message: str, /, **facts: object) -> str:
    """``_()`` of the templates: a page has thousands of them, so the way to the words is short."""
    words = english().gettext(message) if speaks_english() else message
    return (Markup(words) if evaluated.autoescape else words) % facts  # noqa: S704 - sentences of the product


class PoFiles(Domain):
    """Translations without a compile step."""

    def get_translations(self) -> Translations | NullTranslations:
        return english() if speaks_english() else CHINESE


class Languages(Babel):
    """Flask-Babel reading our po-files."""

    @property
    def domain_instance(self) -> PoFiles:
        return PoFiles()


def choose_locale(default: str) -> str:
    """The person's switch, else the platform's first language."""
    wanted = cookie.get("language") or (current_user.is_authenticated and current_user.language) or default
    return wanted if wanted in LANGUAGES else default


def speak(app: Flask, default: str) -> None:
    Languages(
        app,
        default_locale="zh",
        default_timezone="Asia/Shanghai",
        locale_selector=lambda: choose_locale(default) if request else default,
    )
    app.jinja_env.globals.update({"_": translated, "gettext": translated})
