"""Parameters of a database, a project or a process: their rows, and their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zuji.errors import Place
from zuji.formats.simapro import words
from zuji.formats.simapro.account import Item
from zuji.formats.simapro.blocks import Section
from zuji.formats.simapro.identity import extra, rows_extra, wording
from zuji.formats.simapro.numbers import expression_in, number_in, yes_in
from zuji.formats.simapro.table import Row
from zuji.formats.simapro.uncertainty import plain_cells, spread_in
from zuji.model.lci.formulas import Dialect, settle
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.processes import Parameter
from zuji.model.lci.references import Extra, Kind


def read_parameters(
    sections: Sequence[Section | None],
    given: Mapping[str, float],
    dialect: Dialect,
    book: LedgerBook,
    place: Place,
    extras: tuple[Extra, ...] = (),
) -> tuple[tuple[Parameter, ...], dict[str, float]]:
    """The parameters of input and calculated sections, and the names that expressions beside them may use.

    `given` are names from outside. A parameter without a number keeps its expression and has the value None.
    """
    rows: list[tuple[Row, Section]] = [
        (row, section) for section in sections if section for row in section.rows
    ]
    parsed = [
        (_calculated if "Calculated" in section.label else _input)(row, dialect, extras)
        for row, section in rows
    ]
    items = [
        Item(book, Kind.PARAMETER, replace(place, row=row.number, column=section.label, field=row.cell(0)))
        for row, section in rows
    ]
    first: dict[str, Parameter] = {}
    for parameter, item in zip(parsed, items, strict=True):
        if parameter.name.lower() in first:
            item.default(
                "simapro.parameter.twice",
                "参数名重复，以第一个为准",
                "the name occurs twice; the first one counts",
            )
        else:
            first[parameter.name.lower()] = parameter
    values, problems = settle(tuple(first.values()), given, dialect=Dialect.SIMAPRO, place=place)
    codes = {problem.place.field: problem.code for problem in problems}
    result = []
    for parameter, item in zip(parsed, items, strict=True):
        if first[parameter.name.lower()] is parameter:
            if parameter.name not in values:
                item.default(
                    codes.get(parameter.name, "formula.unknown_name"),
                    "参数没有数值，表达式已保留",
                    "the parameter has no number; its expression is kept",
                )
            parameter = replace(parameter, value=values.get(parameter.name))
        result.append(parameter)
        item.settle()
    return tuple(result), values


def _input(row: Row, dialect: Dialect, extras: tuple[Extra, ...]) -> Parameter:
    """name; value; kind; f1; f2; f3; hidden; comment."""
    value = number_in(row.cell(1), dialect)
    cells = (row.cell(2), row.cell(3), row.cell(4), row.cell(5))
    comment = row.cell(7)
    spread, understood = spread_in(cells, comment, dialect)
    if not understood:
        extras = (*extras, rows_extra("uncertainty", [plain_cells(cells, dialect)]))
    if len(row.cells) > 8:
        extras = (*extras, rows_extra("rest", [row.cells[8:]]))
    hidden = yes_in(row.cell(6))
    if hidden is None and row.cell(6):
        extras = (*extras, extra("hidden", row.cell(6)))
    return Parameter(
        name=row.cell(0),
        value=value,
        formula="" if value is not None else expression_in(row.cell(1), dialect),
        spread=spread,
        comment=wording(comment),
        hidden=hidden is True,
        extras=(*extras, extra("section", words.INPUT_PARAMETERS)) if value is None else extras,
    )


def _calculated(row: Row, dialect: Dialect, extras: tuple[Extra, ...]) -> Parameter:
    """name; expression; comment."""
    if len(row.cells) > 3:
        extras = (*extras, rows_extra("rest", [row.cells[3:]]))
    return Parameter(
        name=row.cell(0),
        value=None,
        formula=expression_in(row.cell(1), dialect),
        comment=wording(row.cell(2)),
        extras=extras,
    )
