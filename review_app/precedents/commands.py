"""Commands: ``review-app precedents import PATH``. The index has commands of its own, ``review-app index …``."""

import click

from review_app.precedents.import_command import import_command


@click.group("precedents")
def precedents() -> None:
    """类案库：导入案例。"""


precedents.add_command(import_command)
