"""Processes written: exchanges with unit and flow property, parameters, allocation factors."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zuji.errors import Place
from zuji.formats.jsonld.documentation import UNHELD, Pens, write_documentation
from zuji.formats.jsonld.layout import CO_REFERENCE, FORMAT
from zuji.formats.jsonld.pen import Json, Pen, derived_id, filled, openlca_id
from zuji.formats.jsonld.reasons import REASONS
from zuji.formats.jsonld.spreads import gsd, write_scores
from zuji.formats.jsonld.write_places import WrittenPlaces
from zuji.formats.jsonld.write_quantities import Quantities
from zuji.formats.jsonld.write_shares import write_shares
from zuji.model.lci.processes import (
    Direction,
    Exchange,
    Parameter,
    Process,
    ProcessType,
)
from zuji.model.lci.references import Kind, Ref

_UNHELD = ("production_volume", "production_volume_text", "functional_unit", "name_parts")
_UNHELD_OF_EXCHANGE = ("production_volume", "group", "sources")
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Desk:
    """What the writers of processes, categories and models share."""

    pen: Pen
    quantities: Quantities
    places: WrittenPlaces
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    """Process id -> exchange id -> internal id."""

    def internal_ids(self, process: Process) -> dict[str, int]:
        """Whole numbers stay; other ids of exchanges are numbered after them."""
        known = self.numbers.get(process.heading.id)
        if known is None:
            known = _internal_ids(process.exchanges)
            self.numbers[process.heading.id] = known
        return known

    def flow_ref(self, ref: Ref) -> Json:
        """A flow as exchanges refer to it, with its type and unit for readers that look no further."""
        return self.pen.refer(ref, Kind.FLOW) | filled(
            {
                "flowType": self.quantities.flow_type(ref.id),
                "refUnit": self.quantities.reference_unit(ref.id),
            }
        )


def write_process(process: Process, desk: Desk) -> Json:
    pen = desk.pen
    place = pen.place(Kind.PROCESS, process.heading)
    pen.lose_filled(process, _UNHELD, place)
    pen.lose_filled(process.documentation, UNHELD, place)
    if len(process.documentation.generators) > 1:
        pen.lose("generators", place)
    for _ in process.results:
        pen.note(Kind.RESULT, "other-format", place)
    ids = desk.internal_ids(process)
    shares = write_shares(process, ids, pen, place)
    value = pen.heading(Kind.PROCESS, process.heading)
    value |= {
        "processType": "LCI_RESULT" if process.type is ProcessType.RESULT else "UNIT_PROCESS",
        "isInfrastructureProcess": process.infrastructure,
        "lastInternalId": max(ids.values(), default=0),
    }
    value |= filled(
        {
            "defaultAllocationMethod": shares.default,
            "location": desk.places.refer(process.location, process.extras),
            "processDocumentation": write_documentation(
                process.documentation,
                Pens(lambda one: pen.say(one, place), pen.refer, pen.restore),
            ),
            "parameters": [write_parameter(one, "PROCESS_SCOPE", pen, place) for one in process.parameters],
            "exchanges": list(_exchanges(process, ids, desk, place)),
            "allocationFactors": list(shares.factors),
        }
    )
    return pen.restore(value, process.extras)


def write_parameter(parameter: Parameter, scope: str, pen: Pen, place: Place, *, own: bool = False) -> Json:
    """`own`: a data set of its own, which needs an id."""
    pen.lose_filled(parameter, ("unit", "hidden"), place)
    pen.book.read(Kind.PARAMETER)
    pen.book.mapped(Kind.PARAMETER)
    value = filled(
        {
            "@type": "Parameter",
            "@id": _parameter_id(parameter) if own or parameter.id else "",
            "name": parameter.name,
            "description": pen.say(parameter.comment, place),
            "value": pen.number(parameter.value, place),
            "formula": parameter.formula,
            "uncertainty": pen.spread(parameter.spread, parameter.value, place),
        }
    )
    value["parameterScope"] = scope
    value["isInputParameter"] = not parameter.formula
    for extra in parameter.extras:
        # a formula that rests, a dependent without one, a scope that contradicts its place
        if extra.format == FORMAT and extra.place in ("isInputParameter", "parameterScope"):
            value.pop(extra.place)
    return pen.restore(value, parameter.extras)


def _parameter_id(parameter: Parameter) -> str:
    if not parameter.id:
        return derived_id("parameter", parameter.name)
    return openlca_id(Kind.PARAMETER, parameter.id)


def _internal_ids(exchanges: Iterable[Exchange]) -> dict[str, int]:
    ids: dict[str, int] = {}
    waiting: list[str] = []
    for one in exchanges:
        number = int(one.id) if one.id.isdecimal() and len(one.id) < 11 else 0
        if 0 < number <= _LARGEST_ID and str(number) == one.id:
            ids[one.id] = number
        else:
            waiting.append(one.id)
    free = max(ids.values(), default=0)
    taken = set(ids.values())
    for id_ in waiting:
        free += 1
        if free > _LARGEST_ID:
            free = next(number for number in range(1, _LARGEST_ID) if number not in taken)
        taken.add(free)
        ids[id_] = free
    return ids


def _exchanges(process: Process, ids: Mapping[str, int], desk: Desk, place: Place) -> Iterable[Json]:
    pen = desk.pen
    first = next((one.id for one in process.exchanges if one.reference), None)
    parameters = frozenset(one.name for one in process.parameters)
    for one in process.exchanges:
        pen.book.read(Kind.EXCHANGE)
        where = Place(file=place.file, field=one.flow.name.in_language("en") or one.flow.id)
        if not one.flow.id:
            pen.book.dropped(Kind.EXCHANGE, "no-flow", REASONS["no-flow"], where)
            continue
        if one.reminder:
            pen.book.dropped(Kind.EXCHANGE, "reminder", REASONS["reminder"], where)
            continue
        if one.reference and one.id != first:
            pen.book.remarked(Kind.EXCHANGE, "co-reference", REASONS["co-reference"], where)
        elif one.amount is None:
            pen.book.remarked(Kind.EXCHANGE, "no-amount", REASONS["no-amount"], where)
        else:
            pen.book.mapped(Kind.EXCHANGE)
        value = _exchange(one, ids[one.id], parameters, desk, where)
        value["isQuantitativeReference"] = one.id == first
        if one.reference and one.id != first:
            value[CO_REFERENCE] = True
        yield value


def _exchange(one: Exchange, internal_id: int, parameters: frozenset[str], desk: Desk, place: Place) -> Json:
    pen = desk.pen
    pen.lose_filled(one, _UNHELD_OF_EXCHANGE, place)
    unit, property_ = desk.quantities.of(one.flow.id, one.unit, one.property, place)
    formula = one.formula
    if one.variable and one.variable in parameters and one.mean is not None and not formula:
        formula = f"{one.mean!r}*{one.variable}"
    elif one.variable:
        pen.lose("variable", place)
    spread = one.spread
    base = spread.base if spread else None
    currency = desk.places.currency(one.currency, one.extras)
    value: Json = {
        "@type": "Exchange",
        "internalId": internal_id,
        "isInput": one.direction is Direction.INPUT,
        "isAvoidedProduct": one.avoided,
    }
    value |= filled(
        {
            "amount": pen.number(one.amount, place),
            "amountFormula": formula,
            "flow": desk.flow_ref(one.flow),
            "unit": unit,
            "flowProperty": property_,
            "defaultProvider": pen.refer(one.provider, Kind.PROCESS),
            "location": desk.places.refer(one.location, one.extras),
            "uncertainty": pen.spread(spread, one.amount, place),
            "baseUncertainty": gsd(base) if base is not None and math.isfinite(base) else None,
            "dqEntry": write_scores(one.quality or (spread.pedigree if spread else ())),
            "costValue": pen.number(one.cost, place),
            "currency": currency,
            "description": pen.say(one.comment, place),
        }
    )
    return pen.restore(value, one.extras)
