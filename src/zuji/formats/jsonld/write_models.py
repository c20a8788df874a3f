"""Product systems written."""

from collections.abc import Mapping

from zuji.errors import Place
from zuji.formats.jsonld.layout import FORMAT
from zuji.formats.jsonld.pen import Json, filled
from zuji.formats.jsonld.unsaid import linked_exchange
from zuji.formats.jsonld.write_processes import Desk
from zuji.model.lci.models import Connection, LifeCycleModel
from zuji.model.lci.processes import Exchange, Process
from zuji.model.lci.references import Kind, Ref


def write_model(model: LifeCycleModel, processes: Mapping[str, Process], desk: Desk) -> Json:
    """`processes`: those of the package by id."""
    pen = desk.pen
    place = pen.place(Kind.MODEL, model.heading)
    pen.lose_filled(model, ("results",), place)
    members = {one.id: one.process for one in model.instances}
    unique = list({ref.id: ref for ref in members.values()}.values())
    for _ in range(len(members) - len(unique)):
        pen.note(Kind.FIELD, "instance-repeated", place, dropped=False)
    if any(one.scaling is not None for one in model.instances):
        pen.lose("scaling", place)
    value = pen.heading(Kind.MODEL, model.heading)
    value |= filled(
        {
            "processes": [pen.refer(one, Kind.PROCESS) for one in unique],
            "processLinks": [_link(one, members, processes, desk, place) for one in model.connections],
            "analysisGroups": _groups(model, desk, place),
        }
    )
    value |= _target(model, members, processes, desk, place)
    kept = any(one.format == FORMAT and one.place == "parameterSets" for one in model.extras)
    if not kept and any(one.parameters for one in model.instances):
        value["parameterSets"] = [_baseline(model, desk)]
    return pen.restore(value, model.extras)


def _link(
    one: Connection,
    members: Mapping[str, Ref],
    processes: Mapping[str, Process],
    desk: Desk,
    place: Place,
) -> Json:
    pen = desk.pen
    pen.lose_filled(one, ("dominant", "location"), place)
    target = members.get(one.target, Ref(one.target, kind=Kind.PROCESS))
    provider = members.get(one.source, Ref(one.source, kind=Kind.PROCESS))
    consumer = processes.get(target.id)
    exchange = linked_exchange(one, consumer) if consumer else one.exchange
    number = desk.internal_ids(consumer).get(exchange) if consumer else None
    if number is None:
        number = _stated_number(exchange)
        if consumer is not None:
            pen.note(Kind.FIELD, "unlinkable", place, dropped=False)
    flow = desk.quantities.flows.get(one.flow)
    flow_ref = Ref(one.flow, name=flow.heading.name) if flow else Ref(one.flow)
    value = filled(
        {
            "@type": "ProcessLink",
            "provider": pen.refer(provider, Kind.PROCESS),
            "flow": pen.refer(flow_ref, Kind.FLOW),
            "process": pen.refer(target, Kind.PROCESS),
            "exchange": {"@type": "Exchange", "internalId": number} if number is not None else {},
        }
    )
    return pen.restore(value, one.extras)


def _stated_number(exchange: str) -> int | None:
    """An internal id of an exchange that the package does not hold."""
    return int(exchange) if exchange.isdecimal() and len(exchange) < 11 else None


def _target(
    model: LifeCycleModel,
    members: Mapping[str, Ref],
    processes: Mapping[str, Process],
    desk: Desk,
    place: Place,
) -> Json:
    """What the system delivers; what the model leaves open is what its reference process delivers."""
    if not model.reference:
        return {}
    ref = members.get(model.reference, Ref(model.reference, kind=Kind.PROCESS))
    process = processes.get(ref.id)
    exchange = _reference_exchange(model, process)
    amount, unit, property_ = model.target_amount, model.target_unit, model.target_property
    number = _stated_number(model.reference_exchange)
    if exchange is not None and process is not None:
        number = desk.internal_ids(process)[exchange.id]
        if amount is None:
            amount, unit, property_ = exchange.amount, exchange.unit, exchange.property
    flow_id = exchange.flow.id if exchange else ""
    unit_ref: Json = filled({"@type": "Unit", "@id": unit}) if unit else {}
    property_ref: Json = {}
    if property_ or desk.quantities.reference_unit(flow_id):
        unit_ref, property_ref = desk.quantities.of(flow_id, unit, property_, place)
    return filled(
        {
            "refProcess": desk.pen.refer(ref, Kind.PROCESS),
            "refExchange": {"@type": "Exchange", "internalId": number} if number is not None else {},
            "targetAmount": desk.pen.number(amount, place),
            "targetUnit": unit_ref,
            "targetFlowProperty": property_ref,
        }
    )


def _reference_exchange(model: LifeCycleModel, process: Process | None) -> Exchange | None:
    if process is None:
        return None
    if model.reference_exchange:
        return next((one for one in process.exchanges if one.id == model.reference_exchange), None)
    return next((one for one in process.exchanges if one.reference), None)


def _groups(model: LifeCycleModel, desk: Desk, place: Place) -> list[Json]:
    groups = []
    for id_, name in model.groups:
        members = [desk.pen.refer(one.process, Kind.PROCESS) for one in model.instances if id_ in one.groups]
        groups.append(filled({"name": desk.pen.say(name, place) or id_, "processes": members}))
    return groups


def _baseline(model: LifeCycleModel, desk: Desk) -> Json:
    """The parameters that instances set, as openLCA's redefinitions."""
    redefinitions = []
    for one in model.instances:
        for name, value in one.parameters:
            try:
                number = float(value)
            except ValueError:
                desk.pen.lose("parameters", desk.pen.place(Kind.MODEL, model.heading))
                continue
            context = desk.pen.refer(one.process, Kind.PROCESS)
            redefinitions.append({"name": name, "value": number, "context": context})
    return {"name": "Baseline", "isBaseline": True, "parameters": redefinitions}
