"""Commands of the timetable: ``review-app jobs`` follows it, ``review-app job`` lists or runs one."""

import logging
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from review_app.clock import utc_now
from review_app.instance import open_instance
from review_app.jobs.plans import PlanDesk
from review_app.jobs.runner import run_job
from review_app.jobs.schedule import TIMETABLE, job_named
from review_app.jobs.scheduler import end_with_parent, make_scheduler
from review_app.settings import read_settings


@click.command("jobs")
@click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")
@click.option("--with-parent", is_flag=True, hidden=True, help="标准输入关闭时结束")
def jobs_command(data: Path | None, with_parent: bool) -> None:
    """按时间表运行定时任务，直到被停止。"""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    settings = read_settings(data=data)
    database = open_instance(settings)
    scheduler = make_scheduler(database, settings, utc_now)
    plans = PlanDesk(database, settings, utc_now)
    if with_parent:
        end_with_parent(scheduler)
    signal.signal(signal.SIGTERM, stop)
    plans.start()
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        scheduler.shutdown(wait=False)
    plans.stop()


def stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


@click.group("job")
def job_group() -> None:
    """单个定时任务。"""


@job_group.command("list")
def job_list() -> None:
    """列出时间表。"""
    for job in TIMETABLE:
        click.echo(f"{job.name:16}{job.cron:16}{job.title}")


@job_group.command("run")
@click.argument("name")
@click.option("--data", type=click.Path(path_type=Path), help="数据文件夹")
def job_run(name: str, data: Path | None) -> None:
    """立即运行一次名为 NAME 的任务。"""
    job = job_named(name)
    if job is None:
        known = "、".join(one.name for one in TIMETABLE)
        click.echo(f"没有名为{name}的任务。现有任务：{known}。", err=True)
        sys.exit(1)
    settings = read_settings(data=data)
    database = open_instance(settings)
    done = run_job(job.name, job.act, database=database, settings=settings, clock=utc_now)
    click.echo(f"{job.name}：{done}")
