"""Tests in a real Chromium. It is found on the machine; without one these tests say so and the rest runs."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from review_app.database import Database
from review_app.server import make_server
from review_app.settings import Settings
from review_app.web.app import create_app
from tests.chromium.window import Window
from tests.conftest import TestClock

HERE = Path(__file__).parent
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--force-device-scale-factor=1", "--hide-scrollbars", "--lang=zh-CN",
)  # fmt: skip


def found(*names: str) -> str | None:
    return next((path for path in map(shutil.which, names) if path), None)


BROWSER = found("chromium", "chromium-browser", "google-chrome")
DRIVER = found("chromedriver")
MISSING = "no Chromium with chromedriver on this machine (Debian: apt-get install chromium chromium-driver)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if BROWSER and DRIVER:
        return
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skipif(True, reason=MISSING))


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER or ""
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(option)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def address(settings: Settings, database: Database, clock: TestClock) -> Iterator[str]:
    """A server of this test's own on a free port."""
    server = make_server(create_app(settings, clock=clock, database=database), "127.0.0.1", 0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()  # the thread ends when the browser lets go of its connections


@pytest.fixture
def window(
    driver: webdriver.Chrome, address: str, database: Database, clock: TestClock, pictures: Path
) -> Window:
    """An empty browser window at 1440 × 1000."""
    driver.get(address + "/healthz")
    driver.delete_all_cookies()
    driver.get_log("browser")  # what an earlier test's page complained about is not ours
    return Window(driver, address, database, clock, pictures)


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go: ``--pictures DIR`` (the README's own), else a temporary folder."""
    chosen = request.config.getoption("--pictures")
    return Path(chosen) if chosen else tmp_path
