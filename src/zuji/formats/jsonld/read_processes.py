"""Processes: exchanges, parameters and formulas, allocation factors."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from zuji.formats.jsonld.documentation import read_documentation
from zuji.formats.jsonld.layout import CO_REFERENCE
from zuji.formats.jsonld.places import Places
from zuji.formats.jsonld.read_parameters import evaluated, read_parameters
from zuji.formats.jsonld.read_quantities import read_heading
from zuji.formats.jsonld.record import Record
from zuji.formats.jsonld.spreads import read_scores, read_spread
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.processes import (
    AllocationMethod,
    AllocationShare,
    Direction,
    Exchange,
    Process,
    ProcessType,
)
from zuji.model.lci.references import Kind, Ref

METHODS: Mapping[str, AllocationMethod] = {
    "PHYSICAL_ALLOCATION": AllocationMethod.PHYSICAL,
    "ECONOMIC_ALLOCATION": AllocationMethod.ECONOMIC,
    "CAUSAL_ALLOCATION": AllocationMethod.CAUSAL,
    "NO_ALLOCATION": AllocationMethod.NONE,
}
PROCESS_TYPES: Mapping[str, ProcessType] = {
    "UNIT_PROCESS": ProcessType.UNIT,
    "LCI_RESULT": ProcessType.RESULT,
}
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What processes and impact categories of one package share. `currencies`: codes by id."""

    places: Places
    currencies: Mapping[str, str]
    names: Mapping[str, float]
    """Global parameters."""


class _Rows:
    """The exchanges of a process, found by what allocation factors call them."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.ids: set[str] = set()
        self._by_old_id: dict[str, str] = {}
        self._by_flow: dict[str, list[Exchange]] = {}

    def add(self, exchange: Exchange, old_id: object) -> None:
        self.exchanges.append(exchange)
        self.ids.add(exchange.id)
        self._by_flow.setdefault(exchange.flow.id, []).append(exchange)
        if isinstance(old_id, str):
            self._by_old_id.setdefault(old_id, exchange.id)

    def co_product(self, product: Ref | None) -> str:
        """The exchange of a co-product: the reference, else an output, else any use of the flow."""
        found = self._by_flow.get(product.id, []) if product else []
        usable = (one for one in found if not one.avoided)
        best = min(
            usable, key=lambda one: (not one.reference, one.direction is Direction.INPUT), default=None
        )
        return best.id if best else ""

    def allocated(self, exchange: Mapping[str, object]) -> str:
        """The exchange a causal factor is about: by internal id, by the id of schema 1, by its only flow."""
        number, old_id, flow = exchange.get("internalId"), exchange.get("@id"), exchange.get("flow")
        if number is not None:
            return str(number) if str(number) in self.ids else ""
        if isinstance(old_id, str):
            return self._by_old_id.get(old_id, "")
        id_ = flow.get("@id") if isinstance(flow, dict) else None
        found = self._by_flow.get(id_, []) if isinstance(id_, str) else []
        return found[0].id if len(found) == 1 else ""


def read_process(record: Record, id_: str, around: Surroundings) -> Process:
    stated = record.text("processType")
    if stated not in PROCESS_TYPES:
        record.default("no-process-type")
    heading = read_heading(record, id_)
    parameters, names = read_parameters(record.inners("parameters"), "PROCESS_SCOPE", around.names)
    rows = _rows(record, names, around)
    process = Process(
        heading=heading,
        type=PROCESS_TYPES.get(stated, ProcessType.UNIT),
        location=around.places.code(record),
        exchanges=tuple(rows.exchanges),
        parameters=parameters,
        allocations=_allocations(record, rows, names),
        allocation_method=_default_method(record),
        documentation=read_documentation(record),
        infrastructure=record.flag("isInfrastructureProcess") or False,
        extras=(),
    )
    record.integer("lastInternalId")
    process = replace(process, extras=record.extras())
    record.close(Kind.PROCESS)
    return process


def _rows(process: Record, names: Mapping[str, float], around: Surroundings) -> _Rows:
    records = list(process.inners("exchanges"))
    ids = _ids(records)
    marked = [number for number, record in enumerate(records) if record.flag("isQuantitativeReference")]
    if not marked:
        process.remark("no-reference")
    for number in marked[:-1]:
        records[number].default("several-references")
    rows = _Rows()
    for number, record in enumerate(records):
        old_id = record.look("@id")
        exchange = _exchange(record, ids[number], names, around)
        if exchange is None:
            record.drop(Kind.EXCHANGE, "no-flow")
            process.keep_dropped("exchanges", record)
            continue
        further = record.flag(CO_REFERENCE) or False
        reference = further or (bool(marked) and number == marked[-1])
        rows.add(replace(exchange, reference=reference, extras=record.extras()), old_id)
        record.close(Kind.EXCHANGE)
    return rows


def _ids(records: list[Record]) -> list[str]:
    """The internal ids; exchanges of older packages have none, some tools repeat them: those are numbered."""
    ids: list[int | None] = []
    seen: set[int] = set()
    for record in records:
        number = record.integer("internalId")
        usable = number is not None and 0 < number <= _LARGEST_ID and number not in seen
        ids.append(number if usable else None)
        if usable and number is not None:
            seen.add(number)
    free = max(seen, default=0)
    numbered = []
    schema_has_them = any(record.whole.get("internalId") is not None for record in records)
    for record, number in zip(records, ids, strict=True):
        if number is None:
            if schema_has_them:
                record.remark("no-internal-id")
            free += 1
            if free > _LARGEST_ID:
                free = next(one for one in range(1, _LARGEST_ID) if one not in seen)
            number = free
            seen.add(number)
        numbered.append(str(number))
    return numbered


def _exchange(record: Record, id_: str, names: Mapping[str, float], around: Surroundings) -> Exchange | None:
    flow = record.ref("flow", Kind.FLOW)
    inward = record.flag("isInput")
    if inward is None:
        record.default("no-direction")
    formula = record.text("amountFormula")
    amount = evaluated(record, record.number("amount"), formula, names)
    if amount is None:
        record.default("no-amount")
    currency, cost = _cost(record, names, around)
    property_ = record.ref("flowProperty", Kind.FLOW_PROPERTY)
    unit, location = record.ref_id("unit"), around.places.code(record)
    spread, quality = _quality(record, amount)
    provider = record.ref("defaultProvider", Kind.PROCESS)
    avoided = record.flag("isAvoidedProduct") or False
    comment = record.wording("description")
    if flow is None:
        return None
    return Exchange(
        id=id_,
        flow=flow,
        direction=Direction.INPUT if inward else Direction.OUTPUT,
        amount=amount,
        unit=unit,
        property=property_.id if property_ else "",
        location=location,
        formula=formula,
        spread=spread,
        avoided=avoided,
        provider=provider,
        quality=quality,
        comment=comment,
        cost=cost,
        currency=currency,
    )


def _quality(record: Record, amount: float | None) -> tuple[Spread | None, tuple[int, ...]]:
    """Distribution and pedigree; `base` is the standard deviation of ln(x), the format holds its GSD."""
    spread = read_spread(record, amount)
    text = record.text("dqEntry")
    scores = read_scores(text) if text else ()
    if scores is None:
        record.keep("dqEntry", text)
        record.remark("pedigree-unreadable")
        scores = ()
    base = record.number("baseUncertainty")
    if base is not None:
        shape = spread.shape if spread else None
        if base >= 1 and shape in (None, Shape.LOGNORMAL):
            spread = replace(spread or Spread(), base=math.log(base))
        else:
            record.keep("baseUncertainty", base)
    return replace(spread, pedigree=scores) if spread else None, scores


def _cost(record: Record, names: Mapping[str, float], around: Surroundings) -> tuple[str, float | None]:
    whole = record.look("currency")
    reference = record.raw("currency")
    id_ = reference.get("@id")
    code = around.currencies.get(id_, "") if isinstance(id_, str) else ""
    if reference and not code:
        record.keep("currency", whole)
        name = reference.get("name")
        code = name if isinstance(name, str) else str(id_ or "")
    formula = record.look("costFormula")
    cost = record.number("costValue")
    if isinstance(formula, str):
        cost = evaluated(record, cost, formula, names)
    return code, cost


def _default_method(record: Record) -> AllocationMethod:
    stated = record.text("defaultAllocationMethod")
    if stated and stated not in METHODS:
        record.keep("defaultAllocationMethod", stated)
    return METHODS.get(stated, AllocationMethod.UNSTATED)


def _allocations(process: Record, rows: _Rows, names: Mapping[str, float]) -> tuple[AllocationShare, ...]:
    shares: list[AllocationShare] = []
    for record in process.inners("allocationFactors"):
        share, fault = _share(record, rows, names)
        if share is None:
            record.drop(Kind.ALLOCATION, fault)
            process.keep_dropped("allocationFactors", record)
            continue
        record.close(Kind.ALLOCATION)
        process.take_over(record, "allocationFactors", len(shares))
        shares.append(share)
    return tuple(shares)


def _share(record: Record, rows: _Rows, names: Mapping[str, float]) -> tuple[AllocationShare | None, str]:
    stated = record.text("allocationType")
    method = METHODS.get(stated, AllocationMethod.UNSTATED)
    if stated and stated not in METHODS:
        record.keep("allocationType", stated)
    product, exchange = record.ref("product", Kind.FLOW), record.raw("exchange")
    formula = record.text("formula")
    value = evaluated(record, record.number("value"), formula, names)
    if value is None:
        record.default("no-share")
        value = 1.0
    co_product = rows.co_product(product)
    if not co_product:
        return None, "no-co-product"
    allocated = rows.allocated(exchange) if exchange else ""
    if exchange and not allocated:
        return None, "no-allocated-exchange"
    return (
        AllocationShare(product=co_product, share=value, method=method, exchange=allocated, formula=formula),
        "",
    )
