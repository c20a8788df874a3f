"""Tables of `zuji rules compare`."""

import typer

from zuji.cli.answers import Language, clean
from zuji.cli.tables import cell, console, table
from zuji.rules.comparing import Column, Comparison


def show_comparison(answer: Comparison, lang: Language) -> None:
    """Totals, the effect of every item under every rule, open points, and where the rules differ."""
    chinese = lang is Language.ZH
    headings = (
        ("依据", "结果", "单位", "与原样之差") if chinese else ("under", "result", "unit", "difference")
    )
    totals = table(*headings, numeric={1, 3})
    stated = "清单原样" if chinese else "as stated"
    base = answer.base
    totals.add_row(stated, _number(base.total if base else None), cell(base.unit if base else ""), "")
    for column in answer.columns:
        unit = column.footprint.unit if column.footprint is not None else ""
        totals.add_row(
            cell(column.rule.key, whole=True), _number(column.total), cell(unit), _number(column.difference)
        )
    console().print(totals)
    for problem in answer.problems:
        typer.echo(f"✗ {clean(problem.in_language(lang.value))}")
    for column in answer.columns:
        _show_column(column, lang)
    if answer.rows:
        _show_rows(answer, lang)


def _show_column(column: Column, lang: Language) -> None:
    chinese = lang is Language.ZH
    if column.effects:
        headings = ("项", "变化", "影响 kgCO2e") if chinese else ("item", "change", "effect kgCO2e")
        effects = table(*headings, numeric={2}, title=column.rule.key)
        for effect in column.effects:
            what = "；".join(each.what.in_language(lang.value) for each in effect.changes)
            effects.add_row(cell(effect.name.in_language(lang.value)), cell(what), _number(effect.amount))
        console().print(effects)
    if column.open_points:
        typer.echo(f"{column.rule.key} " + ("待补充：" if chinese else "open points:"))
    for point in column.open_points:
        where = f" [{', '.join(point.lines)}]" if point.lines else ""
        colon = "：" if chinese else ": "
        told = f"{point.what.in_language(lang.value)}{where}{colon}{point.cure.in_language(lang.value)}"
        typer.echo(f"  ? {clean(told)}")
    for problem in column.problems:
        typer.echo(f"  ✗ {clean(problem.in_language(lang.value))}")


def _show_rows(answer: Comparison, lang: Language) -> None:
    chinese = lang is Language.ZH
    keys = [column.rule.key for column in answer.columns]
    rows = table("规则之间的差异" if chinese else "where the rules differ", *keys)
    for row in answer.rows:
        cells = (cell(each.in_language(lang.value)) for each in row.cells)
        rows.add_row(cell(row.name.in_language(lang.value)), *cells)
    console().print(rows)


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:,.6g}"
