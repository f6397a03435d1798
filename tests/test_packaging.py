"""The packages named in setup.cfg are the folders that exist."""

import configparser
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def test_packages_named_in_setup_cfg_are_the_folders_with_python_files() -> None:
    settings = configparser.ConfigParser()
    settings.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    named = set(settings["options"]["packages"].split()) - {"review_templates"}

    found = {
        ".".join(init.parent.relative_to(CHECKOUT).parts)
        for room in ("review_app", "case_files", "search_index")
        for init in (CHECKOUT / room).rglob("__init__.py")
    }

    assert named == found


def test_no_folder_with_python_files_lacks_its_package_mark() -> None:
    rooms = [CHECKOUT / room for room in ("review_app", "case_files", "search_index")]
    folders = {file.parent for room in rooms for file in room.rglob("*.py")}
    allowed = {CHECKOUT / "review_app" / "migrations" / "versions"}

    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == allowed
