"""Mathematical relations: evaluated and compared with the stored amounts, which are kept.

A relation may name variables of parameters, exchanges, properties and production volumes, and refer to
them by id. Stored amounts stand for every name, so one wrong formula is told once, where it is.
"""

from collections.abc import Iterator

from zuji.errors import ZujiError
from zuji.formats.ecospold2.nodes import extra
from zuji.formats.ecospold2.notes import FORMAT, Notes
from zuji.model.lci.formulas import Dialect, evaluate
from zuji.model.lci.processes import Exchange, Parameter

_TOLERANCE = 1e-6
_VOLUME = "productionVolume"


def check_formulas(exchanges: tuple[Exchange, ...], parameters: tuple[Parameter, ...], notes: Notes) -> None:
    """Remarks every relation that gives another number than is stored, or none (relative 1e-6)."""
    relations = list(_relations(exchanges, parameters))
    if not relations:
        return
    names = dict(_names(exchanges, parameters))
    for formula, stored, where in relations:
        try:
            value = evaluate(formula, names, place=notes.at(field=where), dialect=Dialect.ECOSPOLD2)
        except ZujiError as error:
            why = next(iter(error)).what
            notes.detail(
                "formula-not-evaluated",
                f"公式不能计算，采用已存的数量：{why.zh}",
                f"the formula cannot be evaluated, the stored amount counts: {why.en}",
                field=where,
            )
            continue
        if stored is None or abs(value - stored) > _TOLERANCE * max(abs(value), abs(stored)):
            notes.detail(
                "formula-contradicts-amount",
                "公式的结果与已存的数量不符，采用已存的数量",
                "the formula gives another number than the stored amount, which counts",
                field=where,
            )


def _relations(
    exchanges: tuple[Exchange, ...], parameters: tuple[Parameter, ...]
) -> Iterator[tuple[str, float | None, str]]:
    for parameter in parameters:
        if parameter.formula:
            yield parameter.formula, parameter.value, parameter.name
    for exchange in exchanges:
        where = str(exchange.flow.name)
        if exchange.formula:
            yield exchange.formula, exchange.amount, where
        volume = extra(exchange.extras, FORMAT, f"@{_VOLUME}MathematicalRelation")
        if volume:
            yield volume, exchange.production_volume, f"{where}: {_VOLUME}"
        for each in exchange.properties:
            formula = extra(each.extras, FORMAT, "@mathematicalRelation")
            if formula:
                yield formula, each.amount, f"{where}: {each.property.name}"


def _names(exchanges: tuple[Exchange, ...], parameters: tuple[Parameter, ...]) -> Iterator[tuple[str, float]]:
    for parameter in parameters:
        if parameter.value is not None:
            yield parameter.name, parameter.value
            yield f"Ref({parameter.id})", parameter.value
    for exchange in exchanges:
        yield from _names_of(exchange)


def _names_of(exchange: Exchange) -> Iterator[tuple[str, float]]:
    for name, value in (
        (extra(exchange.extras, FORMAT, "@variableName"), exchange.amount),
        (f"Ref({exchange.id})", exchange.amount),
        (extra(exchange.extras, FORMAT, f"@{_VOLUME}VariableName"), exchange.production_volume),
        (f"Ref({exchange.id};ProductionVolume)", exchange.production_volume),
    ):
        if name and value is not None:
            yield name, value
    for each in exchange.properties:
        name = extra(each.extras, FORMAT, "@variableName")
        if name:
            yield name, each.amount
        yield f"Ref({exchange.id};{each.property.id})", each.amount
