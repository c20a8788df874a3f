"""Scenarios of a draft beside its base."""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.errors import ZujiError
from zuji.lca import footprint, prepare
from zuji.lca.scenarios import compare
from zuji.model.footprints import ScenarioResult
from zuji_web.factors.queries import library
from zuji_web.products import drafts
from zuji_web.products.drafts import DraftProblem
from zuji_web.products.models import ProductStudy
from zuji_web.products.queries.calculation import located, unit_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Base and scenarios, kgCO2e per reference unit; `problems` where they cannot be compared yet."""

    base: float | None
    unit: str
    results: Mapping[str, ScenarioResult]
    problems: tuple[DraftProblem, ...]


def comparison(study: ProductStudy) -> Comparison:
    """Results of a study's scenarios. A draft with gaps has none: a part of it would mislead."""
    reading = drafts.read(study.document)
    using = library(study.organisation_id)
    potentials = using.gwp.get(reading.study.gwp)
    if reading.problems or potentials is None:
        return Comparison(base=None, unit="", results={}, problems=reading.problems)
    unit = unit_text(reading.study.unit.quantity)
    try:
        system = prepare(reading.study, using.source, potentials, using.fuels)
        base = footprint(system)
        results = {result.id: result for result in compare(system, base)}
    except ZujiError as refusal:
        problems = located(refusal, reading.study)
        return Comparison(base=None, unit=unit, results={}, problems=tuple(problems))
    return Comparison(base=base.total, unit=unit, results=results, problems=())
