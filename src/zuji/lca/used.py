"""Which factors and fuels a study rests on: those of its lines, of recycling, credits, fuels, scenarios."""

import re
from collections.abc import Iterator
from dataclasses import fields

from zuji.errors import UnknownFactor
from zuji.lca.fuels import Fuel, FuelTable
from zuji.model.factors import Factor, FactorSource
from zuji.model.lines import FuelDetail, Line, RecyclingDetail
from zuji.model.studies import Study

_RECYCLING_NUMBERS = frozenset(
    field.name for field in fields(RecyclingDetail) if field.default != "" or field.name == "method"
)


def used_factors(study: Study, factors: FactorSource, fuels: FuelTable | None = None) -> tuple[Factor, ...]:
    """Every factor the study names, in the order of first use, then the rows its fuels were taken from.

    What the library does not hold is left out: the calculation refuses it where it matters.
    """
    found: dict[tuple[str, str], Factor] = {}
    names = (*_named(study), *((row, "") for fuel in used_fuels(study, fuels) for row in _rows(fuel)))
    for factor_id, version in names:
        if factor_id in factors:
            try:
                factor = factors.get(factor_id, version)
            except UnknownFactor:
                continue
            found.setdefault((factor.id, factor.version), factor)
    return tuple(found.values())


def used_fuels(study: Study, fuels: FuelTable | None) -> tuple[Fuel, ...]:
    """The rows of the fuel table that lines name, in the order of first use."""
    found: dict[str, Fuel] = {}
    for line in study.lines:
        name = line.detail.fuel if isinstance(line.detail, FuelDetail) else ""
        if name and fuels is not None and name in fuels:
            fuel = fuels.get(name)
            found.setdefault(fuel.id, fuel)
    return tuple(found.values())


def _named(study: Study) -> Iterator[tuple[str, str]]:
    for line in study.lines:
        yield from _of_line(line)
    for process in study.processes:
        for output in process.outputs:
            yield output.avoided_factor, ""
    for scenario in study.scenarios:
        for change in scenario.changes:
            yield change.factor or "", ""


def _of_line(line: Line) -> Iterator[tuple[str, str]]:
    yield line.factor, line.factor_version
    if isinstance(line.detail, RecyclingDetail):
        for field in fields(line.detail):
            if field.name not in _RECYCLING_NUMBERS:
                yield getattr(line.detail, field.name), ""


def _rows(fuel: Fuel) -> list[str]:
    """The library rows in a fuel's source ("ncv: id; oxidation: id"); words that are no ids do no harm."""
    return re.split(r"[:;\s]+", fuel.source)
