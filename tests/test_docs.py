"""What the documentation says is what the program is: links, commands, settings, states, words of the pages."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import click
import pytest
from sqlalchemy.orm import Session

from review_app import rulebook
from review_app.accounts.models import Person
from review_app.accounts.states import ROLE_LABELS, Role
from review_app.cli import commands
from review_app.jobs.schedule import TIMETABLE
from review_app.progress.guards import LEAVING
from review_app.reviews.rules import can_move
from review_app.reviews.states import STATE_LABELS, Capacity, ReviewState, steps_from
from review_app.settings import Settings
from tests import factories
from tests.web.sentences import SLOT, english, sentences_by_subject

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = [*READMES, ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
GUIDES = [DOCS / f"{name}.md" for name in ("coordinator", "expert", "administrator")]
ENGLISH_GUIDES = [DOCS / "en" / f"{name}.md" for name in ("coordinator", "expert", "administrator")]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?:review-app|python3 -m review_app) ([a-z-]+(?: [a-z-]+)*)(.*)")
OPTION = re.compile(r"(?<!\S)\[?(--[a-z-]+)")
CODE = re.compile(r"```.*?```", re.DOTALL)
ENOUGH = 5
TICKED = re.compile(r"`([A-Z_]+)`")


def named(pages: list[Path]) -> list[object]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages]


def rows_under(page: Path, heading: str) -> list[list[str]]:
    """Cells of the first table under a heading, without its head."""
    section = page.read_text("utf-8").split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


# links and pictures


def is_outside(target: str) -> bool:
    return "://" in target or target.startswith(("#", "mailto:"))


@pytest.mark.parametrize("page", named(PAGES))
def test_links_and_pictures_exist(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text("utf-8")) if not is_outside(target)]

    missing = [target for target in targets if not (page.parent / target.partition("#")[0]).exists()]

    assert missing == []


@pytest.mark.parametrize("page", named(READMES))
def test_readme_begins_with_a_picture_of_the_desk(page: Path) -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text("utf-8"))

    assert pictures[0] == "docs/images/review.png"


@pytest.mark.parametrize("page", named(READMES))
def test_readme_leads_to_every_page(page: Path) -> None:
    linked = set(LINK.findall(page.read_text("utf-8")))

    assert {str(one.relative_to(ROOT)) for one in DOCS.rglob("*.md")} - linked == set()


# commands


def told_commands(page: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and options of every command a page tells to type."""
    for line in page.read_text("utf-8").splitlines():
        for piece in (
            [line] if line.startswith(("review-app", "python3 -m")) else re.findall(r"`([^`]+)`", line)
        ):
            for words, rest in COMMAND.findall(piece):
                yield words.split(), OPTION.findall(rest)


@pytest.mark.parametrize("page", named(PAGES))
def test_commands_exist_with_their_options(page: Path) -> None:
    wrong = [" ".join(words) for words, options in told_commands(page) if not is_known(words, options)]

    assert wrong == []


def is_known(words: list[str], options: list[str]) -> bool:
    command: click.Command = commands
    for word in words:
        if not isinstance(command, click.Group):
            break
        if word not in command.commands:
            return False
        command = command.commands[word]
    known = {name for param in command.params for name in param.opts}
    passes_on = command.context_settings.get("ignore_unknown_options", False)
    return bool(passes_on) or set(options) <= known


def test_command_that_does_not_exist_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "Type `review-app audit verify --data DIR`, then `review-app audit mend` and\nreview-app job run NAME --sooner"
    )

    told = list(told_commands(page))

    assert [is_known(words, options) for words, options in told] == [True, False, False]


# settings, timetable, roles


def default_of(name: str) -> str:
    default = getattr(Settings, name)
    return str(default) if default != "" else ""


@pytest.mark.parametrize(
    ("page", "heading"),
    [(DOCS / "administrator.md", "设置"), (DOCS / "en" / "administrator.md", "Settings")],
    ids=["zh", "en"],
)
def test_table_of_settings_is_the_program(page: Path, heading: str) -> None:
    told = {cells[0].strip("`"): cells[1].strip("`—") for cells in rows_under(page, heading)}

    assert told == {f"YIAN_{item.name.upper()}": default_of(item.name) for item in fields(Settings)}


def test_timetable_is_the_program() -> None:
    told = {
        cells[0].strip("`"): (cells[1].strip("`"), cells[2]) for cells in rows_under(GUIDES[2], "定时任务")
    }

    assert told == {job.name: (job.cron, job.title) for job in TIMETABLE}


def test_english_timetable_is_the_program() -> None:
    told = {cells[0].strip("`"): cells[1].strip("`") for cells in rows_under(ENGLISH_GUIDES[2], "Timetable")}

    assert told == {job.name: job.cron for job in TIMETABLE}


def test_table_of_roles_is_complete() -> None:
    told = [cells[0] for cells in rows_under(DOCS / "administrator.md", "角色和第二人批准")]

    assert told == list(ROLE_LABELS.values())


# the process

PROCESS = DOCS / "process.md"
STEP_TABLES = ("逐步推进", "中止、撤项、重新评查")


def told_steps() -> dict[tuple[ReviewState, ReviewState], str]:
    """(from, to) → who, as the tables of docs/process.md have it."""
    told: dict[tuple[ReviewState, ReviewState], str] = {}
    for cells in (row for heading in STEP_TABLES for row in rows_under(PROCESS, heading)):
        targets = TICKED.findall(cells[1])
        for before in TICKED.findall(cells[0]):
            for to in targets:
                told[ReviewState(before), ReviewState(to)] = cells[2]
    return told


def test_table_of_steps_is_the_program() -> None:
    allowed = {(before, to) for before in ReviewState for to in steps_from(before)}

    assert set(told_steps()) == allowed


def test_table_says_who_takes_each_step(session: Session) -> None:
    review = factories.review(session)
    people = panel_and_office(session, review)

    told, real = {}, {}
    for (before, to), who in told_steps().items():
        review.state = before
        told[before, to] = who
        real[before, to] = "、".join(word for word, one in people.items() if can_move(one, review, to))

    assert told == real


def panel_and_office(session: Session, review: object) -> dict[str, Person]:
    chair, lead, member = (factories.person(session, Role.EXPERT) for _ in range(3))
    seats = ((chair, Capacity.CHAIR), (lead, Capacity.LEAD), (member, Capacity.MEMBER))
    for one, capacity in seats:
        factories.seat(session, review, one, capacity)  # type: ignore[arg-type]
    session.flush()
    session.refresh(review)
    return {
        "主评人": lead, "组长": chair, "组员": member, "评查协调员": factories.person(session, Role.COORD),
        "签发领导": factories.person(session, Role.LEADER), "记录秘书": factories.person(session, Role.SECRETARY),
    }  # fmt: skip


def test_diagram_has_the_steps_of_the_main_table() -> None:
    drawn = re.findall(r"^ +([A-Z]+) --> ([A-Z]+)$", PROCESS.read_text("utf-8"), re.MULTILINE)
    main = {
        (before, to) for before, to in told_steps() if {before, to}.isdisjoint({"SUSPENDED", "WITHDRAWN"})
    }

    assert {(ReviewState(a), ReviewState(b)) for a, b in drawn} == {
        step for step in main if step[1] != "REOPENED"
    }


def test_every_guarded_state_says_what_it_needs() -> None:
    rows = [row for heading in STEP_TABLES for row in rows_under(PROCESS, heading)]
    told = {state for row in rows if row[3] for state in TICKED.findall(row[0])}

    assert set(LEAVING) - {ReviewState(state) for state in told} == set()


def test_table_of_days_is_the_rule_file() -> None:
    rules = rulebook.load(rulebook.CURRENT)
    days = {ReviewState(name): f"{count}个工作日" for name, count in rules.time.state_wd.items()}
    days[ReviewState.NOTICE] = f"{rules.recusal.petitioner_window_wd}个工作日"
    days[ReviewState.HEARING] = f"{rules.time.objection_wd}个工作日"
    days[ReviewState.RECTIFY] = f"{timedelta(days=rules.time.rectify_days).days}日"
    days[ReviewState.FOLLOWUP] = f"{rules.time.followup_days}日"

    told = {ReviewState(*TICKED.findall(cells[0])): cells[1] for cells in rows_under(PROCESS, "各环节的期限")}

    assert told == days


def test_names_of_states_are_the_pages_own() -> None:
    told = {row[0].strip("`"): (row[1], row[2]) for row in rows_under(PROCESS, "In English")}

    words = english()
    assert told == {state: (label, *words[label].values()) for state, label in STATE_LABELS.items()}


# words of the pages


def as_pattern(message: str) -> re.Pattern[str]:
    """A sentence with slots, matching it with anything in them. Guides write … for a slot."""
    pieces = SLOT.split(message.replace("%%", "%"))[::2]
    return re.compile(".+".join(re.escape(piece) for piece in pieces))


def is_said(words: str, messages: set[str]) -> bool:
    """Whether one of the messages reads like these words. Messages that are little but slots prove nothing."""
    if words in messages:
        return True
    slotted = (message for message in messages if len(SLOT.sub("", message)) >= ENOUGH)
    return any(as_pattern(one).fullmatch(words) for one in slotted if SLOT.search(one))


@pytest.fixture(scope="module")
def messages() -> set[str]:
    return {message for found in sentences_by_subject().values() for message in found}


def prose(page: Path) -> str:
    return CODE.sub("", page.read_text("utf-8"))


@pytest.mark.parametrize("page", named([*GUIDES, PROCESS, READMES[1]]))
def test_words_in_lenticular_brackets_are_on_the_pages(page: Path, messages: set[str]) -> None:
    quoted = set(re.findall(r"【([^】]+)】", prose(page)))

    assert {words for words in quoted if not is_said(words, messages)} == set()


@pytest.mark.parametrize("page", named([*ENGLISH_GUIDES, PROCESS, READMES[0]]))
def test_bold_words_are_on_the_english_pages(page: Path) -> None:
    quoted = set(re.findall(r"\*\*([^*]+)\*\*", prose(page)))
    shown = {text for found in english().values() for text in found.values()}

    assert {words for words in quoted if not is_said(words, shown)} == set()


@pytest.mark.parametrize(
    ("page", "heading"),
    [(DOCS / "coordinator.md", "系统不让继续时"), (DOCS / "expert.md", "系统不让继续时")],
    ids=["coordinator", "expert"],
)
def test_refusals_are_quoted_word_for_word(page: Path, heading: str, messages: set[str]) -> None:
    quoted = [cells[0] for cells in rows_under(page, heading)]

    assert [words for words in quoted if not is_said(words, messages)] == []


@pytest.mark.parametrize("page", named(GUIDES))
def test_guides_in_both_languages_have_the_same_chapters(page: Path) -> None:
    other = DOCS / "en" / page.name

    assert prose(page).count("\n## ") == prose(other).count("\n## ")
