"""Somebody working in a real browser: opens, fills, presses; every page on the way must fit and be quiet."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from review_app.accounts.models import Person
from review_app.demo.people import PASSWORD
from tests.chromium.window import Window, gone

# finds the fields of a form by their name, unfolds what hides them, marks the text of a text field for replacing
TAKE = """
const [form, name] = arguments;
const fields = [...form.querySelectorAll(`[name="${name}"]:not([type=hidden])`)];
for (let e = fields[0]; e; e = e.parentElement) if (e.matches("details")) e.open = true;
fields[0]?.scrollIntoView({ block: "center" });
if (fields[0]?.matches("textarea, input:not([type=file], [type=checkbox], [type=radio])")) { fields[0].focus(); fields[0].select(); }
return [fields[0]?.type, fields];
"""
SET_VALUE = """
arguments[0].value = arguments[1];
for (const name of ["input", "change"]) arguments[0].dispatchEvent(new Event(name, { bubbles: true }));
"""
SHAPE = """
const parts = document.querySelectorAll("main section, main form, main table");
return [...parts].map((one) => one.tagName + one.className).join();
"""
NUMBERS = re.compile(r"\d+")
UNFOLD = """
for (let e = arguments[0]; e; e = e.parentElement) if (e.matches("details")) e.open = true;
arguments[0].scrollIntoView({ block: "center" });
return [arguments[0].dataset.confirm ?? "", document.documentElement];
"""


class Hands:
    """Wraps a window; ``look`` is done on every page that is reached."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.driver = window.driver
        self.cookies: dict[int, list[dict[str, Any]]] = {}
        self.shapes: set[tuple[str, str]] = set()

    def sign_in(self, person: Person) -> "Hands":
        """The first time by the sign-in page; who comes back still has his cookie."""
        kept = self.cookies.get(person.id)
        if kept is not None:
            self.driver.delete_all_cookies()
            for cookie in kept:
                self.driver.add_cookie(cookie)
            return self
        self.window.sign_in(person, PASSWORD)
        self.look()
        self.cookies[person.id] = self.driver.get_cookies()
        return self

    def forget(self) -> None:
        """Much time has passed: everybody signs in anew."""
        self.cookies.clear()

    def go(self, path: str) -> "Hands":
        self.window.open(path)
        return self.look()

    def follow(self, words: str, within: str = "body") -> "Hands":
        """Press the link that says ``words``."""
        links = [link for link in self.window.all(f"{within} a[href]") if words in link.text]
        assert links, f"no link {words!r} on {self.window.path}:\n{self.text[:1500]}"
        return self.leave_by(links[0])

    def press(self, words: str, within: str = "main") -> "Hands":
        """Press the button that says ``words``, answer the question it asks, wait for the next page."""
        return self.leave_by(self.button(words, within))

    def button(self, words: str, within: str = "main") -> WebElement:
        buttons = [one for one in self.window.all(f"{within} button") if words in text_of(one)]
        assert buttons, f"no button {words!r} on {self.window.path}:\n{self.text[:2500]}"
        return buttons[0]

    def leave_by(self, element: WebElement) -> "Hands":
        asks, before = self.driver.execute_script(UNFOLD, element)
        element.click()
        if asks:
            self.window.find("dialog.ask button[value=yes]").click()
        return self.arrive(before)

    def leave_by_key(self, field: WebElement, key: str) -> "Hands":
        before = self.window.find("html")
        field.send_keys(key)
        return self.arrive(before)

    def arrive(self, before: WebElement) -> "Hands":
        """Wait until the page that was there is gone and look at the next one."""
        self.window.until(lambda: gone(before), "the page stayed")
        self.window.find("body")
        return self.look()

    def fill(self, form: str, values: Mapping[str, Any]) -> "Hands":
        """Type into the fields named, inside the form found by the selector."""
        within = self.window.find(form)
        for name, value in values.items():
            kind, fields = self.driver.execute_script(TAKE, within, name)
            assert fields, f"no field {name!r} in {form} on {self.window.path}"
            self.put(kind, fields, value)
        return self

    def put(self, kind: str, fields: list[WebElement], value: Any) -> None:
        if kind in ("checkbox", "radio"):
            self.tick(fields, value)
        elif kind.startswith("select"):
            Select(fields[0]).select_by_value(str(value))
        elif kind.startswith("date"):
            self.driver.execute_script(SET_VALUE, fields[0], str(value))
        elif kind == "file":
            fields[0].send_keys(str(value))
        elif str(value):
            self.driver.execute_cdp_cmd("Input.insertText", {"text": str(value)})

    def tick(self, fields: list[WebElement], value: Any) -> None:
        wanted = {str(one) for one in value} if isinstance(value, (list, tuple, set)) else {str(value)}
        for field in fields:
            on = value is True or field.get_attribute("value") in wanted
            if on != field.is_selected():
                self.driver.execute_script(UNFOLD, field)
                field.click()

    def look(self) -> "Hands":
        """Nothing sticks out, the console has nothing to complain about; pages of one shape are also looked at
        once as on a phone."""
        where, complaints = self.window.path, self.window.complaints
        assert complaints == [], f"{where}: {complaints}"
        assert self.window.overflow == 0, f"{where} is too wide by {self.window.overflow}"
        shape = (NUMBERS.sub("0", where), self.driver.execute_script(SHAPE))
        if shape not in self.shapes:
            self.shapes.add(shape)
            self.look_small(where)
        return self

    def look_small(self, where: str) -> None:
        self.window.phone()
        assert self.window.overflow == 0, f"{where} is too wide for a phone by {self.window.overflow}"
        self.window.wide()

    def picture(self, name: str) -> Path:
        self.driver.execute_script("scrollTo(0, 0)")
        return self.window.picture(name)

    @property
    def text(self) -> str:
        return self.window.text


def text_of(element: WebElement) -> str:
    """The words of an element, folded ones included."""
    return str(element.get_property("textContent"))
