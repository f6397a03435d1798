"""The command ``review-app consolidate``: forms, findings and ballots in, the panel's result out."""

from collections.abc import Mapping

import click

from review_app.deliberations.consolidation import consolidate
from review_app.deliberations.panel_input import PanelInput
from review_app.evaluations.commands import answer, rules_and_rest
from review_app.form_templates import catalogue as catalogues
from review_app.rulebook.reading import read


@click.command("consolidate")
@click.argument("file")
def consolidate_command(file: str) -> None:
    """汇总评查组的评查表和表决（JSON文件；FILE 为 - 时从标准输入读取）。"""
    answer(file, consolidated)


def consolidated(data: object) -> Mapping[str, object]:
    rules, rest = rules_and_rest(data)
    result = consolidate(read(PanelInput, rest), rules, catalogues.load(rules.rule_version))
    return {"rule_version": rules.rule_version, "template": rest["template"], **result.as_json()}
