"""Inventory packages as they occur, drawn by hypothesis, and what must survive in every format."""

import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.package import Package
from zuji.model.lci.processes import (
    AllocationMethod,
    AllocationShare,
    Direction,
    Documentation,
    Exchange,
    Parameter,
    Process,
)
from zuji.model.lci.references import Category, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup
from zuji.model.lci.wording import Wording

BASE: Mapping[str, tuple[str, float]] = {
    "kg": ("kg", 1.0),
    "t": ("kg", 1000.0),
    "g": ("kg", 0.001),
    "MJ": ("MJ", 1.0),
    "kWh": ("MJ", 3.6),
    "m3": ("m3", 1.0),
    "l": ("m3", 0.001),
    "t*km": ("t*km", 1.0),
    "tkm": ("t*km", 1.0),
}
"""Unit name -> (base unit, base units in one of it): independent of what any file says."""
ALSO: Mapping[str, str] = {"ton": "t", "metric ton": "t", "litre": "l", "m³": "m3", "t·km": "t*km"}
"""Other names under which a format writes the same unit."""


def identity(name: str) -> str:
    """A stable UUID for a name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:test:{name}"))


def heading(name: str, *path: str, chinese: str = "") -> Heading:
    texts = (("en", name), ("zh", chinese)) if chinese else (("en", name),)
    return Heading(
        id=identity(name),
        version="01.00.000",
        name=Wording(texts),
        categories=(Category(path),) if path else (),
        changed="2024-05-06T07:08:09+00:00",
    )


@dataclass(frozen=True)
class Quantity:
    """A flow property with its units."""

    property: FlowProperty
    group: UnitGroup


def _quantity(name: str, units: Mapping[str, float]) -> Quantity:
    made = tuple(Unit(id=identity(f"{name}/{unit}"), name=unit, factor=units[unit]) for unit in units)
    group = UnitGroup(
        heading=heading(f"Units of {name.lower()}", "Technical unit groups"),
        units=made,
        reference=made[0].id,
        default_property=Ref(identity(name), "01.00.000", Wording.of(name), Kind.FLOW_PROPERTY),
    )
    reference = Ref(group.heading.id, "01.00.000", group.heading.name, Kind.UNIT_GROUP)
    made_property = FlowProperty(heading=heading(name, "Technical flow properties"), unit_group=reference)
    return Quantity(made_property, group)


MASS = _quantity("Mass", {"kg": 1.0, "t": 1000.0, "g": 0.001})
ENERGY = _quantity("Energy", {"MJ": 1.0, "kWh": 3.6})
VOLUME = _quantity("Volume", {"m3": 1.0, "l": 0.001})
TRANSPORT = _quantity("Goods transport (mass*distance)", {"t*km": 1.0})
QUANTITIES = (MASS, ENERGY, VOLUME, TRANSPORT)

AIR = ("Emissions", "Emissions to air", "Emissions to air, unspecified")
WATER = ("Emissions", "Emissions to water", "Emissions to fresh water")
SOIL = ("Emissions", "Emissions to soil", "Emissions to soil, unspecified")
GROUND = ("Resources", "Resources from ground", "Non-renewable material resources from ground")

_WORDS = (
    "steel",
    "cement",
    "glass",
    "methanol",
    "hydrogen",
    "aluminium",
    "battery cell",
    "baijiu",
    "vanadium",
)
_SUBSTANCES = (
    ("Carbon dioxide, fossil", AIR, MASS, "124-38-9"),
    ("Methane, biogenic", AIR, MASS, "74-82-8"),
    ("Sulfur dioxide", AIR, MASS, "7446-09-5"),
    ("Phosphate", WATER, MASS, "14265-44-2"),
    ("Zinc, ion", SOIL, MASS, ""),
    ("Iron ore, 46% Fe", GROUND, MASS, ""),
    ("Coal energy, in ground", GROUND, ENERGY, ""),
    ("Water, well", GROUND, VOLUME, "7732-18-5"),
)
_PLACES = ("CN", "GLO", "RER", "")


def ref(of: Flow | Process | FlowProperty, kind: Kind) -> Ref:
    return Ref(of.heading.id, of.heading.version, of.heading.name, kind)


def _flow(name: str, type_: FlowType, quantity: Quantity, **more: object) -> Flow:
    reference = PropertyAmount(property=ref(quantity.property, Kind.FLOW_PROPERTY), amount=1.0, id="0")
    path = ("Materials production", "Metals") if type_ is not FlowType.ELEMENTARY else ()
    return Flow(
        heading=heading(name, *path),
        type=type_,
        properties=(reference,),
        reference=quantity.property.heading.id,
        **more,  # type: ignore[arg-type]
    )


ELEMENTARY = tuple(
    _flow(name, FlowType.ELEMENTARY, quantity, compartment=path, cas=cas)
    for name, path, quantity, cas in _SUBSTANCES
)

amounts = st.one_of(
    st.floats(1e-9, 1e9),
    st.sampled_from([1.0, 0.1, 1e-12, 123456.789, 1 / 3]),
    st.integers(1, 1000).map(float),
)


@st.composite
def spreads(draw: st.DrawFn, amount: float) -> Spread | None:
    """An uncertainty of a positive amount, in a form that every format has a place for."""
    shape = draw(st.sampled_from([None, *Shape]))
    if shape is Shape.LOGNORMAL:
        return Spread(shape=shape, scale=draw(st.floats(0.01, 1.5)))
    if shape is Shape.NORMAL:
        return Spread(shape=shape, scale=amount * draw(st.floats(0.01, 0.4)))
    if shape in (Shape.TRIANGULAR, Shape.UNIFORM):
        width = amount * draw(st.floats(0.05, 0.9))
        return Spread(shape=shape, low=amount - width, high=amount + width)
    return None


@st.composite
def exchanges(
    draw: st.DrawFn, number: int, flow: Flow, direction: Direction, provider: Process | None = None
) -> Exchange:
    """An input or output, in any unit of the flow's property, perhaps uncertain and with a remark."""
    quantity = next(one for one in QUANTITIES if one.property.heading.id == flow.reference)
    amount = draw(amounts)
    return Exchange(
        id=str(number),
        flow=ref(flow, Kind.FLOW),
        direction=direction,
        amount=amount,
        unit=draw(st.sampled_from(quantity.group.units)).id,
        property=flow.reference,
        spread=draw(spreads(amount)),
        provider=ref(provider, Kind.PROCESS) if provider else None,
        comment=draw(st.sampled_from([Wording(), Wording.of("measured; see report, p. 3")])),
    )


@st.composite
def processes(
    draw: st.DrawFn, name: str, products: list[Flow], supply: list[tuple[Process, Flow]], parts: bool
) -> Process:
    """A unit process of one or two products that takes from `supply` and from nature."""
    made: list[Exchange] = []
    for product in products:
        amount = draw(st.sampled_from([1.0, 1000.0, 0.5]))
        made.append(
            Exchange(
                id=str(len(made) + 1),
                flow=ref(product, Kind.FLOW),
                direction=Direction.OUTPUT,
                amount=amount,
                unit=_units(product)[0].id,
                property=product.reference,
                reference=True,
            )
        )
    for provider, flow in supply:
        made.append(draw(exchanges(len(made) + 1, flow, Direction.INPUT, provider)))
    for flow in draw(st.lists(st.sampled_from(ELEMENTARY), max_size=4, unique_by=lambda one: one.heading.id)):
        direction = Direction.INPUT if flow.compartment[0] == "Resources" else Direction.OUTPUT
        made.append(draw(exchanges(len(made) + 1, flow, direction)))
    shares: tuple[AllocationShare, ...] = ()
    method = AllocationMethod.UNSTATED
    if len(products) > 1:
        share = draw(st.integers(1, 99)) / 100
        method = AllocationMethod.ECONOMIC
        shares = tuple(
            AllocationShare(product=one.id, share=part, method=method)
            for one, part in zip(made, (share, 1 - share), strict=False)
        )
    parameters: tuple[Parameter, ...] = ()
    if parts and draw(st.booleans()):
        value = draw(st.sampled_from([0.25, 2.0, 40.0]))
        parameters = (
            Parameter(name="yield_of_it", value=value, comment=Wording.of("share of good pieces")),
            Parameter(name="twice", value=2 * value, formula="2*yield_of_it"),
        )
    return Process(
        heading=heading(name, "Materials production", "Metals"),
        location=draw(st.sampled_from(_PLACES)),
        exchanges=tuple(made),
        allocations=shares,
        allocation_method=method,
        parameters=parameters,
        documentation=Documentation(
            valid_from="2020",
            valid_until="2025",
            technology=Wording.of("Blast furnace, average"),
            method_principle="Attributional",
        ),
    )


def _units(flow: Flow) -> tuple[Unit, ...]:
    return next(one.group.units for one in QUANTITIES if one.property.heading.id == flow.reference)


class Drawn(Package):
    """A package that prints shortly."""

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        lines = {key: [line.flow for line in lines] for key, lines in meaning(self).items()}
        printer.text(f"<{lines}>")


@st.composite
def packages(draw: st.DrawFn, *, multi_output: bool = True, parameters: bool = True) -> Package:
    """One to four processes, each supplied by those before it, with everything they refer to."""
    made: list[tuple[Process, Flow]] = []
    products: list[Flow] = []
    for word in draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4, unique=True)):
        mine = [_flow(f"{word}, at plant", FlowType.PRODUCT, draw(st.sampled_from(QUANTITIES)))]
        if multi_output and draw(st.integers(0, 3)) == 0:
            mine.append(_flow(f"{word}, by-product", FlowType.PRODUCT, draw(st.sampled_from(QUANTITIES))))
        supply = draw(st.lists(st.sampled_from(made), max_size=2, unique_by=id)) if made else []
        made.append((draw(processes(f"{word} production", mine, supply, parameters)), mine[0]))
        products += mine
    used = {one.flow.id for process, _ in made for one in process.exchanges}
    return Drawn(
        name="drawn",
        processes=tuple(process for process, _ in made),
        flows=(*products, *(flow for flow in ELEMENTARY if flow.heading.id in used)),
        flow_properties=tuple(one.property for one in QUANTITIES),
        unit_groups=tuple(one.group for one in QUANTITIES),
    )


@dataclass(frozen=True)
class Line:
    """An exchange as every format must mean it: in base units, whatever ids and units a file uses.

    Outputs are positive, inputs negative: some formats write the treatment of a waste as an output of less
    than nothing.
    """

    flow: str
    reference: bool
    unit: str
    amount: float
    shape: Shape | None
    numbers: tuple[float, ...]

    def like(self, other: "Line") -> bool:
        """Equal, numbers to a relative 1e-12."""
        mine, theirs = (
            (one.flow, one.reference, one.unit, one.shape, len(one.numbers)) for one in (self, other)
        )
        return mine == theirs and all(
            math.isclose(a, b, rel_tol=1e-12)
            for a, b in zip((self.amount, *self.numbers), (other.amount, *other.numbers), strict=True)
        )


def meaning(package: Package) -> dict[tuple[str, ...], list[Line]]:
    """What a package says in numbers: for each process (by its reference flows) its exchanges in order."""
    flows = {flow.heading.id: flow for flow in package.flows}
    said: dict[tuple[str, ...], list[Line]] = {}
    for process in package.processes:
        # where one product alone may be the reference, the shares tell what the others are
        products = {share.product for share in process.allocations}
        lines = [
            _line(exchange, exchange.reference or exchange.id in products, package, flows)
            for exchange in process.exchanges
            if not exchange.reminder
        ]
        key = tuple(sorted(line.flow for line in lines if line.reference))
        assert key not in said, f"two processes make {key}"
        said[key] = sorted(lines, key=lambda line: (line.flow, line.amount))
    return said


def shares(package: Package) -> dict[tuple[str, str], float]:
    """(product, flow of an exchange of the same process) -> the part of it that the product bears."""
    flows = {flow.heading.id: str(flow.heading.name) for flow in package.flows}
    borne: dict[tuple[str, str], float] = {}
    for process in package.processes:
        named = {exchange.id: flows[exchange.flow.id] for exchange in process.exchanges}
        products = {share.product for share in process.allocations}
        for share in sorted(process.allocations, key=lambda one: one.exchange):
            # a share of one exchange wins over the share of the whole process
            for exchange in [share.exchange] if share.exchange else [*named.keys() - products]:
                borne[named[share.product], named[exchange]] = share.share
    return borne


def _line(exchange: Exchange, product: bool, package: Package, flows: Mapping[str, Flow]) -> Line:
    flow = flows[exchange.flow.id]
    unit, factor = BASE[_unit_name(exchange, flow, package)]
    assert exchange.amount is not None
    if exchange.direction is Direction.INPUT:
        factor = -factor
    amount = exchange.amount * factor
    spread = exchange.spread
    numbers: tuple[float, ...] = ()
    shape = spread.shape if spread else None
    if spread and shape:
        centre = (exchange.amount if spread.centre is None else spread.centre) * factor
        if shape is Shape.LOGNORMAL:
            assert spread.scale is not None
            numbers = (centre, spread.scale)
        elif shape is Shape.NORMAL:
            assert spread.scale is not None
            numbers = (centre, spread.scale * abs(factor))
        else:
            assert spread.low is not None
            assert spread.high is not None
            low, high = sorted((spread.low * factor, spread.high * factor))
            numbers = (low, centre, high) if shape is Shape.TRIANGULAR else (low, high)
    name = str(flow.heading.name)
    return Line(name, product, unit, amount, shape, numbers)


def _unit_name(exchange: Exchange, flow: Flow, package: Package) -> str:
    wanted = exchange.property or flow.reference
    quantity = next((one for one in package.flow_properties if one.heading.id == wanted), None)
    group = None
    if quantity is not None and quantity.unit_group is not None:
        target = quantity.unit_group.id
        group = next((one for one in package.unit_groups if one.heading.id == target), None)
    unit = group.unit(exchange.unit or group.reference) if group else None
    name = unit.name if unit else exchange.unit
    return ALSO.get(name, name)
