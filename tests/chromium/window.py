"""A window of a real browser: signs people in, fills forms by their labels, looks and takes pictures."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from review_app.accounts.models import Person
from review_app.database import Database
from tests.factories import PASSWORD

PATIENCE = 30
T = TypeVar("T")


class Window:
    """Works as a person does; every wait has an end."""

    def __init__(
        self,
        driver: webdriver.Chrome,
        address: str,
        database: Database,
        clock: Callable[[], datetime],
        pictures: Path,
    ) -> None:
        self.driver, self.address, self.database, self.clock = driver, address, database, clock
        self.pictures = pictures
        self.wide()

    def wide(self) -> None:
        self.size(1440, 1000)

    def phone(self) -> None:
        self.size(390, 844)

    def size(self, width: int, height: int) -> None:
        """Set the page's size (windows have a smallest width, pages do not)."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )

    def open(self, path: str) -> "Window":
        self.driver.get(self.address + path)
        return self

    def sign_in(self, person: Person, password: str = PASSWORD) -> "Window":
        """Through the real sign-in page."""
        self.driver.delete_all_cookies()
        self.open("/sign-in")
        self.find("input[name=login]").send_keys(person.login)
        self.find("input[name=password]").send_keys(password)
        self.press("main form button[type=submit], main form button:not([type=button])")
        return self

    def find(self, selector: str) -> WebElement:
        def ready(driver: webdriver.Chrome) -> WebElement | None:
            return next(iter(driver.find_elements(By.CSS_SELECTOR, selector)), None)

        found = ready(self.driver)
        if found is None:
            found = self.until(lambda: ready(self.driver), f"nothing at {selector}")
        assert found is not None
        return found

    def until(self, ready: Callable[[], T], otherwise: str) -> T:
        """Wait until ``ready`` gives something; what the page replaces meanwhile is looked up again."""
        waiting = WebDriverWait(
            self.driver, PATIENCE, poll_frequency=0.05, ignored_exceptions=(StaleElementReferenceException,)
        )
        return waiting.until(lambda _: ready(), f"{otherwise} on {self.path}")

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def type(self, selector: str, text: str) -> None:
        field = self.find(selector)
        field.clear()
        field.send_keys(text)

    def choose(self, selector: str, value: str) -> None:
        Select(self.find(selector)).select_by_value(value)

    def press(self, selector: str) -> None:
        """Press and wait until the next page is there."""
        before = self.find("html")
        button = self.find(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()
        self.until(lambda: gone(before), "the page stayed")
        self.find("body")

    def wait_for(self, words: str) -> None:
        self.until(lambda: words in self.text, f"{words!r} did not appear")

    @property
    def text(self) -> str:
        return self.find("body").text

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.address)

    def picture(self, name: str, *, whole: bool = False) -> Path:
        """Take a screenshot; ``whole`` takes the page to its end."""
        path = self.pictures / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if whole:
            width = self.driver.execute_script("return document.documentElement.clientWidth")
            height = self.driver.execute_script("return document.documentElement.scrollHeight")
            self.size(width, min(height, 6000))
        self.driver.save_screenshot(str(path))
        return path

    @property
    def complaints(self) -> list[str]:
        """What the browser's console complains about (policy violations, script errors, missing files)."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.driver.execute_script(script))


def gone(element: WebElement) -> bool:
    """Whether the page with the element was left; while it is being replaced the driver says so in other words."""
    try:
        return not element.is_enabled()
    except StaleElementReferenceException:
        return True
    except WebDriverException as error:
        if "does not belong to the document" not in str(error):
            raise
        return True
