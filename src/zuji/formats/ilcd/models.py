"""Life-cycle models (eILCD): processes as instances, connected by their flows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from zuji.formats.ilcd.beyond import BEYOND, NUMBER, TEXT, applied, stated
from zuji.formats.ilcd.fields import (
    Box,
    Items,
    Number,
    Plain,
    Reference,
    References,
    Values,
    Words,
    words,
    written_number,
)
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.headings import ADMINISTRATION, CLASSES, heading_of, information, values_of
from zuji.formats.ilcd.names import MODEL, OLCA, clark
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.values import number
from zuji.formats.xml_tree import writable
from zuji.model.lci.models import Connection, LifeCycleModel, ProcessInstance
from zuji.model.lci.references import Kind, Ref
from zuji.model.lci.wording import Wording

_LINKED = f"{{{OLCA}}}linkedExchange"
_OF_MODEL = {
    "reference_exchange": TEXT,
    "target_amount": NUMBER,
    "target_unit": TEXT,
    "target_property": TEXT,
}
_OUTPUT = "outputExchange"
"""Where the path of what is said of the output as a whole begins, among a connection's extras."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An instance with the connections that leave it."""

    instance: ProcessInstance
    connections: tuple[Connection, ...]


def _read_parameter(element: etree._Element, reading: Reading, _path: str) -> tuple[str, str] | None:
    if not element.get("name", "").strip() or len(element) or len(element.attrib) > 1:
        return None
    reading.taken += 2
    return element.get("name", "").strip(), (element.text or "").strip()


def _write_parameter(parameter: tuple[str, str], tag: str, parent: etree._Element) -> None:
    name, value = parameter
    etree.SubElement(parent, tag, name=writable(name)).text = writable(value)


def _read_member(element: etree._Element, reading: Reading, _path: str) -> str | None:
    if not element.get("groupId", "").strip() or len(element) or len(element.attrib) > 1:
        return None
    reading.taken += 2
    return element.get("groupId", "").strip()


def _write_member(group: str, tag: str, parent: etree._Element) -> None:
    etree.SubElement(parent, tag, groupId=writable(group))


def _read_output(element: etree._Element, reading: Reading, _path: str) -> tuple[Connection, ...] | None:
    """The connections of one outputExchange; None for one that leads nowhere."""
    tag = clark("downstreamProcess", MODEL.namespace)
    targets = element.findall(tag)
    flow = element.get("flowUUID", "").strip()
    if not targets or not flow:
        return None
    with reading.inner() as shared:
        reading.taken += 2
        for name, value in element.attrib.items():
            if name != "flowUUID":
                reading.keep_attribute("", name, value)
        for child in element:
            if child.tag != tag:
                reading.keep(child, "")
    shared_extras = tuple(replace(extra, place=f"{_OUTPUT}/{extra.place}") for extra in shared)
    connections = [_read_target(target, flow, reading) for target in targets]
    first = replace(connections[0], extras=(*connections[0].extras, *shared_extras))
    return (first, *connections[1:])


def _read_target(element: etree._Element, flow: str, reading: Reading) -> Connection:
    values: Values = {}
    with reading.inner() as extras:
        _TARGET.read(element, values, reading, "")
        dominant = _FLAGS.get(values.get("dominant", ""))
        if dominant is None and "dominant" in values:
            reading.taken -= 1
            reading.keep_attribute("", "dominant", values["dominant"])
    into = values.get("flow", "")
    return Connection(
        source="",
        target=values.get("target", ""),
        flow=flow,
        target_flow="" if into == flow else into,
        exchange=values.get("exchange", ""),
        location=values.get("location", ""),
        dominant=dominant,
        extras=in_order(extras),
    )


_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_TARGET = Box(
    {},
    {"id": "target", "flowUUID": "flow", "location": "location", "dominant": "dominant", _LINKED: "exchange"},
)


def _write_output(connections: tuple[Connection, ...], tag: str, parent: etree._Element) -> None:
    element = etree.SubElement(parent, tag, flowUUID=writable(connections[0].flow))
    for connection in connections:
        own = [extra for extra in connection.extras if not extra.place.startswith(f"{_OUTPUT}/")]
        target = etree.SubElement(element, clark("downstreamProcess", MODEL.namespace))
        values: Values = {
            "target": connection.target,
            "flow": connection.target_flow or connection.flow,
            "location": connection.location,
            "dominant": "" if connection.dominant is None else str(connection.dominant).lower(),
            "exchange": connection.exchange,
        }
        _TARGET.fill(values, target)
        put_back(target, own, MODEL.namespace)
    shared = [
        replace(extra, place=extra.place.removeprefix(f"{_OUTPUT}/"))
        for extra in connections[0].extras
        if extra.place.startswith(f"{_OUTPUT}/")
    ]
    put_back(element, shared, MODEL.namespace)


def _outputs(connections: Iterable[Connection]) -> list[tuple[Connection, ...]]:
    """Connections by the output they leave, a new one where the first of it is marked."""
    groups: list[list[Connection]] = []
    for connection in connections:
        marked = any(extra.place.startswith(f"{_OUTPUT}/") for extra in connection.extras)
        if groups and groups[-1][0].flow == connection.flow and not marked:
            groups[-1].append(connection)
        else:
            groups.append([connection])
    return [tuple(group) for group in groups]


_INSTANCE = Box(
    {
        "referenceToProcess": Reference("process", Kind.PROCESS),
        "scalingFactor": Number("factor"),
        "groups": Box({"memberOf": Items("groups", _read_member, _write_member)}),
        "parameters": Box({"parameter": Items("parameters", _read_parameter, _write_parameter)}),
        "connections": Box({"outputExchange": Items("outputs", _read_output, _write_output)}),
    },
    {"dataSetInternalID": "id", "multiplicationFactor": "scaling"},
)


def _read_instance(element: etree._Element, reading: Reading, _path: str) -> _Placed:
    values: Values = {}
    with reading.inner() as extras:
        _INSTANCE.read(element, values, reading, "")
        scaling = number(values.get("scaling"))
        if scaling is None and "scaling" in values:
            reading.taken -= 1
            reading.keep_attribute("", "multiplicationFactor", values["scaling"])
        factor = values.get("factor")
        if scaling is None:
            scaling = factor
        elif factor is not None and factor != scaling:
            tag = clark("scalingFactor", MODEL.namespace)
            reading.give_back("", tag, written_number(factor))
    instance = ProcessInstance(
        id=values.get("id", ""),
        process=values.get("process") or Ref("", kind=Kind.PROCESS),
        scaling=scaling,
        groups=tuple(values.get("groups", ())),
        parameters=tuple(values.get("parameters", ())),
        extras=in_order(extras),
    )
    leaving = [connection for output in values.get("outputs", ()) for connection in output]
    return _Placed(instance, tuple(replace(connection, source=instance.id) for connection in leaving))


def _write_instance(placed: _Placed, tag: str, parent: etree._Element) -> None:
    instance = placed.instance
    element = etree.SubElement(parent, tag)
    values: Values = {
        "id": instance.id,
        "scaling": "" if instance.scaling is None else written_number(instance.scaling),
        "process": instance.process,
        "groups": instance.groups,
        "parameters": instance.parameters,
        "outputs": _outputs(placed.connections),
    }
    _INSTANCE.fill(values, element)
    put_back(element, instance.extras, MODEL.namespace)


def _read_group(element: etree._Element, reading: Reading, path: str) -> tuple[str, Wording] | None:
    if not element.get("id", "").strip():
        return None
    values: Values = {}
    _GROUP.read(element, values, reading, path)
    return values["id"], words(values, "name")


def _write_group(group: tuple[str, Wording], tag: str, parent: etree._Element) -> None:
    _GROUP.fill({"id": group[0], "name": group[1]}, etree.SubElement(parent, tag))


_GROUP = Box({"groupName": Words("name")}, {"id": "id"})

_MODEL = Box(
    {
        "lifeCycleModelInformation": Box(
            {
                "dataSetInformation": information(
                    {
                        "common:UUID": Plain("id"),
                        "name": Box({"baseName": Words("name")}),
                        "classificationInformation": CLASSES,
                        "referenceToResultingProcess": References("results", Kind.PROCESS),
                        "common:generalComment": Words("comment"),
                    }
                ),
                "quantitativeReference": Box({"referenceToReferenceProcess": Plain("reference")}),
                "technology": Box(
                    {
                        "groupDeclarations": Box({"group": Items("groups", _read_group, _write_group)}),
                        "processes": Box(
                            {"processInstance": Items("instances", _read_instance, _write_instance)}
                        ),
                    }
                ),
            }
        ),
        "administrativeInformation": ADMINISTRATION,
    },
    {BEYOND: "beyond"},
)


def read_model(root: etree._Element, reading: Reading) -> LifeCycleModel:
    """A life-cycle model data set."""
    values: Values = {}
    _MODEL.read(root, values, reading, "")
    placed: list[_Placed] = values.get("instances", [])
    return LifeCycleModel(
        heading=heading_of(values),
        instances=tuple(one.instance for one in placed),
        connections=tuple(connection for one in _by_id(placed).values() for connection in one),
        reference=values.get("reference", ""),
        groups=tuple(values.get("groups", ())),
        results=tuple(values.get("results", ())),
        extras=in_order(reading.extras),
        **applied(values.get("beyond", ""), _OF_MODEL),
    )


def _by_id(placed: list[_Placed]) -> dict[str, list[Connection]]:
    """Connections by the id of the instance they leave, should several have the same."""
    found: dict[str, list[Connection]] = {}
    for one in placed:
        found.setdefault(one.instance.id, []).extend(one.connections)
    return found


def write_model(model: LifeCycleModel, root: etree._Element) -> list[Connection]:
    """Fills the root element of a life-cycle model data set; returns connections that leave no instance."""
    values = values_of(model.heading, "synonyms")
    leaving: dict[str, list[Connection]] = {instance.id: [] for instance in model.instances}
    lost: list[Connection] = []
    for connection in model.connections:
        leaving.get(connection.source, lost).append(connection)
    values |= {
        "reference": model.reference,
        "groups": model.groups,
        "results": model.results,
        # the first of several instances of one id takes all that leave it
        "instances": [_Placed(one, tuple(leaving.pop(one.id, ()))) for one in model.instances],
        "beyond": stated(model, _OF_MODEL),
    }
    _MODEL.fill(values, root)
    put_back(root, model.extras, MODEL.namespace)
    return lost
