"""Serving the platform on one machine, and setting up an empty one."""

from datetime import datetime
from pathlib import Path

import click
import waitress
from flask import Flask
from sqlalchemy import select

from review_app.accounts.models import Person
from review_app.accounts.service import add_person, grant_role
from review_app.accounts.states import Role
from review_app.clock import utc_now
from review_app.errors import ReviewError
from review_app.instance import open_instance
from review_app.settings import read_settings
from review_app.web.app import create_app

THREADS = 8


def make_server(app: Flask, host: str, port: int) -> waitress.server.BaseWSGIServer:
    """The HTTP server, listening but not yet running; ``run()`` serves until closed."""
    limit = app.config["MAX_CONTENT_LENGTH"]
    return waitress.create_server(
        app, host=host, port=port, threads=THREADS, ident="yian", max_request_body_size=limit
    )


@click.command("serve")
@click.option("--data", type=click.Path(path_type=Path), help="数据文件夹（默认 ./instance）")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve_command(data: Path | None, host: str, port: int) -> None:
    """启动平台（另以 review-app jobs 启动定时任务）。"""
    server = make_server(create_app(read_settings(data=data)), host, port)
    click.echo(f"http://{host}:{port}")
    server.run()


@click.command("setup")
@click.option("--data", type=click.Path(path_type=Path), help="数据文件夹（默认 ./instance）")
@click.option("--login", prompt="管理员登录名")
@click.option("--name", prompt="管理员姓名")
@click.option(
    "--password", prompt="密码（至少10个字符）", hide_input=True, confirmation_prompt="再次输入密码"
)
def setup_command(data: Path | None, login: str, name: str, password: str) -> None:
    """建立空的平台和第一位系统管理员。"""
    first_administrator(data, login=login, name=name, password=password, now=utc_now())
    click.echo("平台已建立。请用 review-app serve 启动，并登录添加人员与角色。")


def first_administrator(data: Path | None, *, login: str, name: str, password: str, now: datetime) -> None:
    """Open an empty instance and give it its first administrator; refused when it already has people."""
    database = open_instance(read_settings(data=data))
    with database.writing() as session, session.begin():
        if session.scalar(select(Person.id).limit(1)):
            raise ReviewError("平台已有人员，不能再次初始化。请由现有管理员登录添加。")
        person, _ = add_person(session, login=login, name=name, password=password, by=None, now=now)
        grant_role(session, person, Role.SYSADMIN, by=None, now=now)
