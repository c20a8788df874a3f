"""How `zuji lci` answers: accounts, health, repairs and results as tables."""

import math
from typing import TYPE_CHECKING, Any

import typer

from zuji.cli.answers import Language, clean

if TYPE_CHECKING:
    from zuji.lci.database import Database
    from zuji.lci.tables import Table

_LISTED = 20
"""Repairs that are written out on the screen; JSON has them all."""


def say_account(ledger: dict[str, Any], lang: Language) -> None:
    """A ledger as two tables: counts by kind, and reasons."""
    from zuji.lci.records import Record

    record = Record(ledger=ledger)
    say_table(record.ledger_table())
    reasons = record.reasons_table(lang.value)
    if len(reasons):
        say_table(reasons.head(30))


def say_health(found: dict[str, Any], lang: Language) -> None:
    from zuji.lci.tables import Table

    key = "zh" if lang is Language.ZH else "en"
    counts = (found["solvable"], found["touched"], found["unsolvable"])
    if lang is Language.ZH:
        typer.echo("有足迹 {} · 受牵连 {} · 无足迹 {}".format(*counts))
    else:
        typer.echo("with a footprint {} · touched {} · without {}".format(*counts))
    findings = found["findings"]
    say_table(
        Table(
            {
                "severity": [each["severity"] for each in findings],
                "number": [each["number"] for each in findings],
                "what": [each["what"][key] for each in findings],
                "cure": [each["cure"][key] for each in findings],
            }
        )
    )
    sick = [loop for loop in found["loops"] if loop["sick"]]
    if sick:
        say_table(
            Table(
                {
                    "size": [loop["size"] for loop in sick],
                    "radius": [loop["radius"] for loop in sick],
                    "gain": [loop["gain"] for loop in sick],
                    "loop": [" ← ".join(each["name"][key] for each in loop["loop"][:6]) for loop in sick],
                }
            )
        )
    repairs = found["repairs"]
    if repairs:
        zh, en = (
            f"建议修复 {len(repairs)} 处（zuji lci import --repair 采用）：",
            f"{len(repairs)} suggested repairs",
        )
        typer.echo(zh if lang is Language.ZH else f"{en} (zuji lci import --repair accepts them):")
    for each in repairs[:_LISTED]:
        typer.echo(clean(f"  {_repair_in_words(each, key)}"))
    if len(repairs) > _LISTED:
        typer.echo("  …")


def repairs_of(database: "Database") -> list[dict[str, Any]]:
    """The repairs that a database carries; its numbers hold only with them."""
    from zuji.lci.records import repairs_made

    made = repairs_made(database.network.about)
    return [{key: json_number(value) for key, value in each.items()} for each in made]


def say_repairs(database: "Database", lang: Language) -> None:
    """Every repair in a line, the first of many."""
    made, key = repairs_of(database), lang.value
    if made:
        number = len(made)
        zh, en = f"网络经过 {number} 处修复：", f"the network carries {number} repairs:"
        typer.echo(zh if lang is Language.ZH else en)
    for each in made[:_LISTED]:
        typer.echo(clean(f"  {_repair_in_words(each, key)}"))
    if len(made) > _LISTED:
        typer.echo("  …")


def _repair_in_words(made: dict[str, Any], key: str) -> str:
    name = made["process_name"][key] or made["process_name"]["zh"]
    if not made["provider"]:
        return f"搁置 “{name}”" if key == "zh" else f"set aside: “{name}”"
    provider = made["provider_name"][key] or made["provider_name"]["zh"]
    amount = f"{made['amount']:g} {made['unit']}"
    cut = "切断" if key == "zh" else "cut:"
    return f"{cut} “{name}” ← “{provider}” ({amount})"


def json_number(value: Any) -> Any:
    """The value; None for a number that JSON does not have."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def say_table(found: "Table") -> None:
    from zuji.cli.tables import cell, console, table

    rows = found.rows()
    numeric = {
        place
        for place, name in enumerate(found.columns)
        if rows and all(isinstance(row[name], int | float | None) for row in rows)
    }
    shown = table(*found.columns, numeric=numeric)
    for row in rows:
        shown.add_row(*(cell(_written(value)) for value in row.values()))
    console().print(shown)


def _written(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
