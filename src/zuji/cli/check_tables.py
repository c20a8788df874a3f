"""A conformity check in the terminal: the items, then what is to be mended."""

from datetime import date

import typer
from rich.text import Text as Cell

from zuji.cli.answers import Language, clean
from zuji.cli.tables import cell, console, table
from zuji.model.category_rules import STANDING_NAMES, ProductCategoryRule
from zuji.model.conformity import OUTCOME_NAMES, CheckedItem, Conformity, Outcome, Severity, Shortcoming
from zuji.model.studies import Study
from zuji.text import Text

_SEVERITY_NAMES = {
    Severity.ERROR: Text("错误", "Error"),
    Severity.WARNING: Text("警告", "Warning"),
    Severity.NOTE: Text("提示", "Note"),
}
_PASSED, _NOT_PASSED = Text("通过", "Passed"), Text("未通过", "Not passed")
_SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}
_STYLES = {
    Outcome.MET: "green",
    Outcome.ATTENTION: "yellow",
    Outcome.NOT_MET: "red",
    Outcome.NOT_APPLICABLE: "dim",
}


def show(study: Study, rule: ProductCategoryRule, conformity: Conformity, day: date, lang: Language) -> None:
    """The whole answer in one language."""
    chinese = lang is Language.ZH
    name = rule.name if chinese else rule.name_en or rule.name
    typer.echo(f"{clean(study.product.name)}  {study.id}")
    standing = STANDING_NAMES[rule.standing].in_language(lang.value)
    typer.echo(f"{'规则' if chinese else 'Rule'} {rule.key}  {clean(name)}  [{standing}]")
    typer.echo(f"{'检查日' if chinese else 'Checked on'} {day.isoformat()}\n")
    console().print(_items(conformity, lang))
    for item, each in conformity.shortcomings:
        _say(item, each, lang)
    counts = {severity: conformity.count(severity) for severity in Severity}
    told = "  ".join(
        f"{_SEVERITY_NAMES[severity].in_language(lang.value)} {count}" for severity, count in counts.items()
    )
    verdict = _PASSED if conformity.passed else _NOT_PASSED
    sign = "✓" if conformity.passed else "✗"
    typer.echo(f"\n{sign} {verdict.in_language(lang.value)}  {told}")


def _items(conformity: Conformity, lang: Language) -> object:
    chinese = lang is Language.ZH
    headings = ("编号", "项目", "结果", "依据") if chinese else ("item", "what", "outcome", "looked at")
    listed = table(*headings)
    for item in conformity.items:
        listed.add_row(
            cell(item.id, whole=True),
            cell(item.title.in_language(lang.value)),
            Cell(OUTCOME_NAMES[item.outcome].in_language(lang.value), style=_STYLES[item.outcome]),
            cell(item.reason.in_language(lang.value)),
        )
    return listed


def _say(item: CheckedItem, each: Shortcoming, lang: Language) -> None:
    """One shortcoming: what, where, the clause, the cure."""
    chinese, problem = lang is Language.ZH, each.problem
    where = problem.place.text().in_language(lang.value)
    severity = _SEVERITY_NAMES[each.severity].in_language(lang.value)
    typer.echo(f"{_SIGNS[each.severity]} {item.id} {severity}  {clean(problem.what.in_language(lang.value))}")
    if where:
        typer.echo(f"    {'位置' if chinese else 'where'}  {clean(where)}")
    typer.echo(f"    {'条款' if chinese else 'clause'}  {clean(item.clause)}")
    typer.echo(f"    {'怎么改' if chinese else 'cure'}  {clean(problem.cure.in_language(lang.value))}")
