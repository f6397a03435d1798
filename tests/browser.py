"""A browser without JavaScript: it reads real pages, fills their real forms and keeps CSRF on."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from review_app.accounts.models import Person
from review_app.accounts.service import open_sign_in
from review_app.database import Database

Upload = tuple[str, bytes]


class Browser:
    """Holds the last answer: ``status``, ``text`` (visible words), ``page`` (BeautifulSoup), ``url``."""

    def __init__(self, app: Flask, database: Database, clock: Callable[[], datetime]) -> None:
        self.client = app.test_client()
        self.database = database
        self.clock = clock
        self.answer: TestResponse | None = None

    def sign_in(self, person: Person) -> "Browser":
        """Continue as ``person`` (the sign-in page has its own tests)."""
        with self.database.writing() as session, session.begin():
            token = open_sign_in(session, person, address="test", hours=10, now=self.clock())
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
        return self

    def get(self, url: str, **query: Any) -> "Browser":
        self.answer = self.client.get(url, query_string=query or None, follow_redirects=True)
        return self

    def post(self, url: str, fields: Mapping[str, Any] | None = None) -> "Browser":
        """Send fields to an address as somebody would who writes his own request (no CSRF token)."""
        self.answer = self.client.post(url, data=dict(fields or {}), follow_redirects=True)
        return self

    def submit(
        self, form: str = "main form", fields: Mapping[str, Any] | None = None, *, button: str | None = None
    ) -> "Browser":
        """Fill and send the form found by the CSS selector ``form``.

        ``fields`` maps names to a value, a list of values, or uploads ``(file name, bytes)``; a name that
        the form does not have is an error, as is a choice it does not offer. ``button`` is the value (or
        name) of the button pressed, else the first one.
        """
        found = self.page.select_one(form)
        assert found is not None, f"no form {form!r} on {self.url}:\n{self.text[:2000]}"
        values = filled(found, dict(fields or {}))
        values |= pressed(found, button)
        address = str(found.get("action") or self.url)
        if str(found.get("method", "get")).lower() == "get":
            return self.get(address, **values)
        self.answer = self.client.post(
            address, data=encoded(values), follow_redirects=True, content_type="multipart/form-data"
        )
        return self

    def follow(self, words: str) -> "Browser":
        """Follow the link that says ``words``."""
        link = next((a for a in self.page.select("a[href]") if words in a.get_text(" ", strip=True)), None)
        assert link is not None, f"no link {words!r} on {self.url}:\n{self.text[:2000]}"
        return self.get(str(link["href"]))

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status_code

    @property
    def url(self) -> str:
        assert self.answer is not None
        return self.answer.request.full_path.rstrip("?")

    @property
    def content(self) -> bytes:
        assert self.answer is not None
        return self.answer.data

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.content, "html.parser")

    @property
    def text(self) -> str:
        return self.page.get_text(" ", strip=True)


def filled(form: Tag, fields: dict[str, Any]) -> dict[str, Any]:
    values = present_values(form)
    names = {str(tag.get("name")) for tag in form.select("[name]")}
    for name, value in fields.items():
        assert name in names, f"the form has no field {name!r}, only {sorted(names)}"
        values[name] = value
    for select in form.select("select[name]"):
        offered = {
            str(option.get("value", option.get_text(strip=True))) for option in select.select("option")
        }
        chosen = values.get(str(select["name"]), [])
        for one in chosen if isinstance(chosen, list) else [chosen]:
            assert str(one) in offered, f"{select['name']} does not offer {one!r}, only {sorted(offered)}"
    return values


def present_values(form: Tag) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        name = str(tag["name"])
        if tag.has_attr("disabled"):
            continue
        for value in values_of(tag):
            values[name] = [*as_list(values[name]), value] if name in values else value
    return values


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def values_of(tag: Tag) -> list[str]:
    if tag.name == "textarea":
        return [tag.get_text().removeprefix("\n")]
    if tag.name == "select":
        options = tag.select("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and not tag.has_attr("multiple"):
            chosen = options[:1]
        return [str(option.get("value", option.get_text(strip=True))) for option in chosen]
    kind = tag.get("type")
    if kind in ("checkbox", "radio"):
        return [str(tag.get("value", "on"))] if tag.has_attr("checked") else []
    return [] if kind in ("submit", "button", "file") else [str(tag.get("value", ""))]


def pressed(form: Tag, button: str | None) -> dict[str, str]:
    buttons = form.select("button:not([type=button]), input[type=submit]")
    if button is None:
        named = buttons[:1]
    else:
        named = [one for one in buttons if button in (one.get("value"), one.get("name"))]
        assert named, f"no button {button!r}, only {[one.get('value') or one.get('name') for one in buttons]}"
    return {str(one["name"]): str(one.get("value", "")) for one in named if one.get("name")}


def encoded(values: dict[str, Any]) -> dict[str, Any]:
    return {name: [uploaded(one) for one in as_list(value)] for name, value in values.items()}


def uploaded(value: Any) -> Any:
    if isinstance(value, tuple):
        name, content = value
        return io.BytesIO(content), name
    return value if isinstance(value, str) else str(value)
