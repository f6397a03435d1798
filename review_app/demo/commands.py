"""The command ``review-app demo``: made-up data, the server, the timetable beside it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
from waitress import create_server

from review_app.clock import utc_now
from review_app.demo.instance import open_demo
from review_app.demo.sign_in import SignInLine, as_table
from review_app.errors import N_, ReviewError
from review_app.settings import Settings, read_settings
from review_app.web.app import create_app
from review_app.web.languages import english

HOST = "127.0.0.1"
SECONDS_TO_END = 5


@click.command("demo")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口")
@click.option(
    "--data",
    default=Path("instance/demo"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="演示数据文件夹",
)
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]), help="首选语言")
def demo_command(port: int, data: Path, lang: str) -> None:
    """用虚构数据启动平台（只在本机可访问），Ctrl-C 停止。"""
    signal.signal(signal.SIGTERM, stop)
    # a script that starts the demo in the background leaves it deaf to Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        # nothing of the environment: a demo must never touch the database of an office
        settings = read_settings({}, data=data, demo=True, secure_cookies=False, language=lang)
        run(settings, port)
    except ReviewError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo(word("演示已停止。", lang))


def run(settings: Settings, port: int) -> None:
    """Build if needed, serve until stopped, leave nothing running."""
    require_free(port)
    if not (settings.data / "demo.json").exists():
        click.echo(word(N_("正在准备演示数据，约需十几秒……"), settings.language))
    database, lines = open_demo(settings, utc_now)
    app = create_app(settings, database=database)
    server = create_server(
        app, host=HOST, port=port, threads=8, ident="Yian", clear_untrusted_proxy_headers=True
    )
    with timetable_beside(settings.data):
        announce(lines, port, settings.language)
        server.run()
    raise KeyboardInterrupt  # waitress ends quietly on Ctrl-C


def require_free(port: int) -> None:
    """Say so before the data are built when the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise ReviewError("端口%(port)d正被其他程序使用。请用 --port 另选一个。", port=port) from None


@contextmanager
def timetable_beside(data: Path) -> Iterator[None]:
    """The timetable in a process of its own, which ends with this one however this one ends."""
    command = [sys.executable, "-c", "from review_app.cli import commands; commands()"]
    jobs = subprocess.Popen(  # noqa: S603 - our own interpreter and command
        [*command, "jobs", "--data", str(data), "--with-parent"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        jobs.terminate()
        try:
            jobs.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            jobs.kill()
            jobs.wait()


def announce(lines: list[SignInLine], port: int, language: str) -> None:
    """Where the demo is and who can sign in."""
    click.echo("")
    click.echo(as_table(lines, lambda text: word(text, language)))
    click.echo("")
    click.echo(word(N_("演示数据均为虚构。按 Ctrl-C 停止。"), language))
    click.echo(f"http://{HOST}:{port}")
    sys.stdout.flush()


def word(text: str, language: str) -> str:
    return str(english().gettext(text)) if language == "en" and text else text


def stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
