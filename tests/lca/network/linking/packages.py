"""Small packages written by hand: flows counted in kg, MJ or items, and processes with signed words."""

from dataclasses import replace

from zuji.lca.network.arrays import Network
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Direction, Exchange, Process
from zuji.model.lci.references import Heading, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording

MASS, ENERGY, ITEMS, VALUE = "mass", "energy", "items", "value"
GROUPS = (
    UnitGroup(
        heading=Heading(id="mass-units"),
        units=(Unit(id="u-kg", name="kg", factor=1), Unit(id="u-t", name="t", factor=1000)),
        reference="u-kg",
    ),
    UnitGroup(
        heading=Heading(id="energy-units"),
        units=(Unit(id="u-mj", name="MJ", factor=1), Unit(id="u-kwh", name="kWh", factor=3.6)),
        reference="u-mj",
    ),
    UnitGroup(
        heading=Heading(id="item-units"),
        units=(Unit(id="u-item", name="Item(s)", factor=1),),
        reference="u-item",
    ),
    UnitGroup(
        heading=Heading(id="value-units"), units=(Unit(id="u-eur", name="EUR", factor=1),), reference="u-eur"
    ),
)
PROPERTIES = tuple(
    FlowProperty(heading=Heading(id=name), unit_group=Ref(group), economic=name == VALUE)
    for name, group in (
        (MASS, "mass-units"),
        (ENERGY, "energy-units"),
        (ITEMS, "item-units"),
        (VALUE, "value-units"),
    )
)


def flow(
    name: str,
    kind: FlowType = FlowType.PRODUCT,
    counted: str = MASS,
    version: str = "",
    **also: float,
) -> Flow:
    """A flow counted in `counted`; `also` gives amounts of other properties in one counted unit."""
    properties = [PropertyAmount(property=Ref(counted), amount=1.0)]
    properties += [PropertyAmount(property=Ref(other), amount=amount) for other, amount in also.items()]
    return Flow(
        heading=Heading(id=name, version=version, name=Wording.of(name)),
        type=kind,
        properties=tuple(properties),
        reference=counted,
    )


def goes(flow_id: str, amount: float | None, **more: object) -> Exchange:
    """An output."""
    return _exchange(flow_id, Direction.OUTPUT, amount, **more)


def takes(flow_id: str, amount: float | None, **more: object) -> Exchange:
    """An input."""
    return _exchange(flow_id, Direction.INPUT, amount, **more)


def makes(flow_id: str, amount: float | None = 1.0, **more: object) -> Exchange:
    """The reference product."""
    return _exchange(flow_id, Direction.OUTPUT, amount, reference=True, **more)


def _exchange(flow_id: str, direction: Direction, amount: float | None, **more: object) -> Exchange:
    identity = str(more.pop("id", ""))
    provider = more.pop("provider", None)
    version = str(more.pop("version", ""))
    exchange = Exchange(id=identity, flow=Ref(flow_id, version), direction=direction, amount=amount, **more)  # type: ignore[arg-type]
    return replace(exchange, provider=Ref(str(provider))) if provider else exchange


def process(
    name: str, *exchanges: Exchange, location: str = "CN", version: str = "", **more: object
) -> Process:
    """A process; its exchanges get their ordinal as id where they have none."""
    numbered = tuple(
        exchange if exchange.id else replace(exchange, id=str(ordinal))
        for ordinal, exchange in enumerate(exchanges)
    )
    heading = Heading(id=name, version=version, name=Wording.of(name))
    return Process(heading=heading, location=location, exchanges=numbered, **more)  # type: ignore[arg-type]


def package(*processes: Process, flows: tuple[Flow, ...], **more: object) -> Package:
    """A package with the units and properties of this module."""
    return Package(
        name="test",
        processes=processes,
        flows=flows,
        flow_properties=PROPERTIES,
        unit_groups=GROUPS,
        **more,  # type: ignore[arg-type]
    )


def links(network: Network, consumer: str, product: str = "") -> dict[str, float]:
    """Provider id -> amount that the column of `consumer` (making `product`) consumes; several added up."""
    found = column(network, consumer, product)
    low, high = network.edges.start[found : found + 2]
    result: dict[str, float] = {}
    for edge in range(low, high):
        name = network.processes.id[int(network.edges.provider[edge])]
        result[name] = result.get(name, 0.0) + float(network.edges.amount[edge])
    return result


def rules(network: Network, consumer: str) -> set[int]:
    """The rules of the links of a process."""
    found = column(network, consumer)
    low, high = network.edges.start[found : found + 2]
    return set(network.edges.rule[low:high].tolist())


def column(network: Network, process_id: str, product: str = "") -> int:
    """The index of a process (and product)."""
    names = zip(network.processes.id, network.processes.product, strict=True)
    return next(i for i, (name, made) in enumerate(names) if name == process_id and product in ("", made))


def reasons(network: Network) -> list[tuple[str, str, str]]:
    """(process, flow, reason) of every cut-off."""
    cut = network.cut_offs
    owners = [network.processes.id[int(i)] for i in cut.process]
    return list(zip(owners, cut.flow, cut.reason, strict=True))
