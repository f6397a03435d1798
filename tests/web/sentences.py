"""Finding every sentence that people may read: in the templates and in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
TRANSLATIONS = TEMPLATES / "translations" / "en"
HAN = re.compile("[\u4e00-\u9fff]")
SLOT = re.compile(r"%\((\w+)\)[sd]")
# functions and errors whose first argument is a sentence to be translated
WRAPPERS = {"_", "_l", "N_", "gettext", "lazy_gettext", "Missing"}
ERRORS = {"ReviewError", "CaseFileError"}
TEMPLATE_OPTIONS = {
    "trimmed": "false",
    "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
    "newstyle_gettext": "true",
}


def sentences_of_template(path: Path) -> Iterator[str]:
    """Chinese message ids of one template."""
    with path.open("rb") as source:
        for _, message, _, _ in extract(
            "jinja2.ext:babel_extract", source, {"_": None, "gettext": None}, options=TEMPLATE_OPTIONS
        ):
            text = message if isinstance(message, str) else message[0]
            if text and HAN.search(text):
                yield text


def code_files() -> list[Path]:
    return [
        path
        for room in ("review_app", "case_files", "search_index")
        for path in sorted((ROOT / room).rglob("*.py"))
    ]


def error_classes() -> set[str]:
    """Names of every error made for people: ReviewError and what is derived from it."""
    found = set(ERRORS)
    classes = [
        node for path in code_files() for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)
    ]
    while True:
        more = {one.name for one in classes if {ast.unparse(base) for base in one.bases} & found} - found
        if not more:
            return found
        found |= more


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def sentences_of_code(path: Path, callers: set[str]) -> Iterator[str]:
    """Chinese message ids of one module: constants in the first argument of the known callers."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and node.args and called(node) in callers:
            yield from constants(node.args[0])


def called(node: ast.Call) -> str:
    return (
        node.func.id
        if isinstance(node.func, ast.Name)
        else node.func.attr
        if isinstance(node.func, ast.Attribute)
        else ""
    )


def constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def subject_of(path: Path) -> str:
    """The subject a file belongs to: its folder, or the layout."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "templates":
        return parts[2] if parts[1] == "pages" else "layout"
    if parts[0] != "review_app":
        return parts[0]
    if parts[1] == "reviews" and parts[2].startswith("file"):
        return "files"
    if parts[1] == "web" and len(parts) > 3:
        return parts[2]
    return parts[1] if len(parts) > 2 and parts[1] != "web" else "layout"


def sentences_by_subject() -> dict[str, set[str]]:
    """Subject → its message ids."""
    found: dict[str, set[str]] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        found.setdefault(subject_of(path), set()).update(sentences_of_template(path))
    callers = WRAPPERS | error_classes()
    for path in code_files():
        found.setdefault(subject_of(path), set()).update(sentences_of_code(path, callers))
    return {subject: sentences for subject, sentences in found.items() if sentences}


def english() -> dict[str, dict[str, str]]:
    """Message id → {po-file: English}."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(TRANSLATIONS.glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source):
                if message.id:
                    found.setdefault(str(message.id), {})[path.name] = str(message.string)
    return found
