"""Impact methods with their normalisation and weighting, impact categories with their factors."""

from collections.abc import Mapping

from zuji.formats.jsonld.places import Places
from zuji.formats.jsonld.read_parameters import evaluated, read_parameters
from zuji.formats.jsonld.read_quantities import read_heading
from zuji.formats.jsonld.record import Record
from zuji.formats.jsonld.spreads import read_spread
from zuji.model.lci.impacts import (
    CharacterisationFactor,
    ImpactCategory,
    ImpactMethod,
    WeightingFactor,
    WeightingSet,
)
from zuji.model.lci.processes import Direction
from zuji.model.lci.references import Kind

_DIRECTIONS = {"INPUT": Direction.INPUT, "OUTPUT": Direction.OUTPUT}


def read_method(record: Record, id_: str) -> ImpactMethod:
    sets = tuple(_weighting_set(one) for one in record.inners("nwSets"))
    method = ImpactMethod(
        heading=read_heading(record, id_),
        categories=record.refs("impactCategories", Kind.IMPACT_CATEGORY),
        weighting_sets=sets,
        extras=record.extras(),
    )
    record.close(Kind.IMPACT_METHOD)
    return method


def _weighting_set(record: Record) -> WeightingSet:
    factors: list[WeightingFactor] = []
    for one in record.inners("factors"):
        category = one.ref("impactCategory", Kind.IMPACT_CATEGORY)
        normalisation, weighting = one.number("normalisationFactor"), one.number("weightingFactor")
        if category is None:
            record.keep_dropped("factors", one)
            continue
        record.take_over(one, "factors", len(factors))
        factors.append(WeightingFactor(category=category, normalisation=normalisation, weighting=weighting))
    return WeightingSet(
        id=record.text("@id"),
        name=record.wording("name"),
        unit=record.text("weightedScoreUnit"),
        factors=tuple(factors),
        extras=record.extras(),
    )


def read_category(
    record: Record, id_: str, places: Places, global_names: Mapping[str, float]
) -> ImpactCategory:
    heading = read_heading(record, id_)
    parameters, names = read_parameters(record.inners("parameters"), "IMPACT_SCOPE", global_names)
    factors: list[CharacterisationFactor] = []
    for one in record.inners("impactFactors"):
        factor = _factor(one, places, names)
        if factor is None:
            one.drop(Kind.FACTOR, "no-flow")
            record.keep_dropped("impactFactors", one)
            continue
        one.close(Kind.FACTOR)
        factors.append(factor)
    category = ImpactCategory(
        heading=heading,
        unit=record.text("refUnit"),
        factors=tuple(factors),
        parameters=parameters,
        direction=_direction(record),
        extras=record.extras(),
    )
    record.close(Kind.IMPACT_CATEGORY)
    return category


def _direction(record: Record) -> Direction | None:
    """The direction whose amounts count with the sign of the factor; the other counts against it."""
    stated = record.text("direction")
    if stated and stated not in _DIRECTIONS:
        record.keep("direction", stated)
    return _DIRECTIONS.get(stated)


def _factor(record: Record, places: Places, names: Mapping[str, float]) -> CharacterisationFactor | None:
    flow = record.ref("flow", Kind.FLOW)
    property_ = record.ref("flowProperty", Kind.FLOW_PROPERTY)
    formula = record.text("formula")
    value = evaluated(record, record.number("value"), formula, names)
    if value is None:
        record.default("no-amount")
    location, unit, spread = places.code(record), record.ref_id("unit"), read_spread(record, value)
    if flow is None:
        return None
    return CharacterisationFactor(
        flow=flow,
        value=value,
        location=location,
        unit=unit,
        property=property_.id if property_ else "",
        formula=formula,
        spread=spread,
        extras=record.extras(),
    )
