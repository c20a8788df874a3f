"""Product systems. A process, a product system or a result occurs once and is its own instance."""

import json
from dataclasses import replace

from zuji.formats.jsonld.read_quantities import read_heading
from zuji.formats.jsonld.record import Record, reference, wording
from zuji.model.lci.models import Connection, LifeCycleModel, ProcessInstance
from zuji.model.lci.references import Kind, Ref
from zuji.model.lci.wording import Wording


def read_model(record: Record, id_: str) -> LifeCycleModel:
    """`Connection.source` is always the provider (for a waste: its treatment), `exchange` the consumer's."""
    ends: list[Ref] = []
    connections = _connections(record, ends)
    process = record.ref("refProcess", Kind.PROCESS)
    members = [*record.refs("processes", Kind.PROCESS), *ends, *([process] if process else [])]
    instances: dict[str, ProcessInstance] = {}
    for one in members:
        instances.setdefault(one.id, ProcessInstance(id=one.id, process=one))
    groups = _groups(record, instances)
    _redefine(record.look("parameterSets"), instances)
    whole = record.look("refExchange")
    exchange = record.raw("refExchange").get("internalId")
    if whole is not None and exchange is None:
        record.keep("refExchange", whole)
    amount = record.number("targetAmount")
    if amount is None:
        record.default("no-target-amount")
        amount = 1.0
    property_ = record.ref("targetFlowProperty", Kind.FLOW_PROPERTY)
    model = LifeCycleModel(
        heading=read_heading(record, id_),
        instances=tuple(instances.values()),
        connections=connections,
        reference=process.id if process else "",
        reference_exchange=str(exchange) if isinstance(exchange, int) else "",
        target_amount=amount,
        target_unit=record.ref_id("targetUnit"),
        target_property=property_.id if property_ else "",
        groups=groups,
        extras=record.extras(),
    )
    record.close(Kind.MODEL)
    return model


def _connections(record: Record, ends: list[Ref]) -> tuple[Connection, ...]:
    found: list[Connection] = []
    for one in record.inners("processLinks"):
        exchange = one.raw("exchange").get("internalId")
        provider, flow = one.ref("provider", Kind.PROCESS), one.ref("flow", Kind.FLOW)
        process = one.ref("process", Kind.PROCESS)
        if provider is None or flow is None or process is None:
            record.remark("link-incomplete")
            record.keep_dropped("processLinks", one)
            continue
        ends += [provider, process]
        found.append(
            Connection(
                source=provider.id,
                target=process.id,
                flow=flow.id,
                exchange=str(exchange) if isinstance(exchange, int) else "",
                extras=one.extras(),
            )
        )
    return tuple(found)


def _groups(record: Record, instances: dict[str, ProcessInstance]) -> tuple[tuple[str, Wording], ...]:
    groups: list[tuple[str, Wording]] = []
    for number, one in enumerate(record.inners("analysisGroups")):
        name = one.text("name")
        for member in one.refs("processes", Kind.PROCESS):
            if member.id in instances:
                known = instances[member.id]
                if name not in known.groups:
                    instances[member.id] = replace(known, groups=(*known.groups, name))
        record.take_over(one, "analysisGroups", number)
        groups.append((name, wording(name)))
    return tuple(groups)


def _redefine(sets: object, instances: dict[str, ProcessInstance]) -> None:
    """The redefinitions of the baseline that concern one process; all sets stay as they are besides."""
    if not isinstance(sets, list):
        return
    known = [one for one in sets if isinstance(one, dict)]
    baseline = next((one for one in known if one.get("isBaseline") is True), None)
    redefinitions = baseline.get("parameters") if baseline else None
    for one in redefinitions if isinstance(redefinitions, list) else ():
        if not isinstance(one, dict):
            continue
        context: Ref | None = reference(one.get("context"), Kind.PROCESS)
        name, value = one.get("name"), one.get("value")
        if context is None or context.id not in instances or not isinstance(name, str):
            continue
        if isinstance(value, int | float) and not isinstance(value, bool):
            instance = instances[context.id]
            pair = (name, json.dumps(value))
            instances[context.id] = replace(instance, parameters=(*instance.parameters, pair))
