"""What every template must be: readable by the strict content policy, by keyboard and by screen readers."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from tests.web.sentences import TEMPLATES

PAGES = sorted(TEMPLATES.rglob("*.html"))
WHOLE_PAGES = [path for path in PAGES if path.parent.parent.name == "pages" and not path.name.startswith("_")]
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
ELSEWHERE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)
POST_FORM = re.compile(r"<form(?=[^>]*method=[\"']post)", re.IGNORECASE)
TOKEN = re.compile(r"csrf_token|hidden_tag|forms\.post\(")
H1 = re.compile(r"<h1[ >]")
REFERENCE = re.compile(r"\{% (?:import|include|from) \"(pages/[^\"]+)\"")


def named(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_template_compiles_and_links_only_to_pages_that_exist(app: Flask, path: Path) -> None:
    tree = app.jinja_env.parse(path.read_text(encoding="utf-8"), named(path))

    app.jinja_env.get_template(named(path))
    endpoints = {
        call.args[0].value
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name == "url_for"
        and call.args
        and isinstance(call.args[0], nodes.Const)
    }
    assert endpoints - set(app.view_functions) == set()


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_template_has_nothing_inline_and_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert INLINE.findall(text) == []
    assert ELSEWHERE.findall(text) == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_template_forms_that_post_carry_the_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert len(POST_FORM.findall(text)) <= len(TOKEN.findall(text))


@pytest.mark.parametrize("path", WHOLE_PAGES, ids=named)
def test_page_has_a_heading_and_a_title(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    used = [TEMPLATES / name for name in REFERENCE.findall(text)]
    assert any(H1.search(one) for one in (text, *(part.read_text(encoding="utf-8") for part in used))), (
        "no h1"
    )
    assert "{% block title %}" in text
    assert re.search(r"\{% extends ", text)
