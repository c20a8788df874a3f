"""The data sets of a package by identity: exact version, else the newest; and what amounts of a flow mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from zuji.errors import ZujiError
from zuji.lca.network.linking.measures import Measure
from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Exchange
from zuji.model.lci.references import Heading, Ref
from zuji.model.lci.units import FlowProperty, UnitGroup
from zuji.units import conversion, dimension, known


class _Dataset(Protocol):
    @property
    def heading(self) -> Heading: ...


T = TypeVar("T", bound=_Dataset)
_CURRENCIES = frozenset(("EUR", "USD", "CNY", "RMB", "JPY", "GBP"))


class Shelf(Generic[T]):
    """Data sets of one kind; of the same (id, version) the first one counts."""

    def __init__(self, datasets: Iterable[T]) -> None:
        self._versions: dict[str, dict[str, T]] = {}
        for dataset in datasets:
            versions = self._versions.setdefault(dataset.heading.id, {})
            versions.setdefault(dataset.heading.version, dataset)

    def find(self, identity: str, version: str = "") -> T | None:
        """That version, else the newest one, else None."""
        versions = self._versions.get(identity)
        if not versions:
            return None
        found = versions.get(version) if version else None
        if found is not None:
            return found
        if len(versions) == 1:
            return next(iter(versions.values()))
        return versions[max(versions, key=version_order)]


def version_order(version: str) -> tuple[tuple[int, ...], str]:
    """Sorts versions: numbers as numbers ("01.10" after "01.9"), anything else by its letters."""
    parts = version.replace("-", ".").split(".")
    return tuple(int(part) if part.isdigit() else -1 for part in parts), version


@dataclass(frozen=True, slots=True)
class Counted:
    """How a flow is counted: `reference` is the reference unit of its reference property.

    None where the package does not say; then amounts are taken in whatever unit they are written in.
    """

    reference: str | None

    @property
    def known(self) -> bool:
        return self.reference is not None

    @property
    def unit(self) -> str:
        """The unit's name, "" where unknown."""
        return self.reference or ""


class Catalogue:
    """Finds flows, properties and units, and turns amounts into the unit in which a flow is counted."""

    def __init__(self, package: Package) -> None:
        self.flows = Shelf(package.flows)
        self._properties = Shelf(package.flow_properties)
        self._groups = Shelf(package.unit_groups)
        self._counted: dict[tuple[str, str], Counted] = {}
        self._factors: dict[tuple[str, str, str, str], float | None] = {}
        self._measures: dict[tuple[str, str], tuple[Measure, ...]] = {}

    def flow(self, ref: Ref) -> Flow | None:
        """The flow that a reference means, None where the package does not hold it."""
        return self.flows.find(ref.id, ref.version)

    def type(self, ref: Ref) -> FlowType | None:
        """The flow's type, None where it is unknown."""
        flow = self.flow(ref)
        return flow.type if flow else None

    def counted(self, ref: Ref) -> Counted:
        """The unit in which amounts of the flow are kept."""
        key = (ref.id, ref.version)
        found = self._counted.get(key)
        if found is None:
            flow = self.flow(ref)
            group = self._group(flow.reference) if flow else None
            unit = group.unit(group.reference) if group else None
            found = Counted(unit.name if unit else None)
            self._counted[key] = found
        return found

    def factor(self, ref: Ref, unit: str, quantity: str) -> float | None:
        """What an amount in `unit` of property `quantity` is multiplied by to count in the flow's own unit.

        1 where neither is stated. None where the unit is unknown or of another quantity.
        """
        if not unit and not quantity:
            return 1.0
        key = (ref.id, ref.version, unit, quantity)
        if key not in self._factors:
            self._factors[key] = self._factor(ref, unit, quantity)
        return self._factors[key]

    def name(self, unit: str, quantity: str) -> str:
        """A unit's name where `unit` is its id, else as written."""
        group = self._group(quantity) if quantity else None
        found = group.unit(unit) if group else None
        return found.name if found else unit

    def amount(self, exchange: Exchange) -> tuple[float, str] | None:
        """(factor, unit): the exchange's amount times `factor` counts in `unit`.

        That is the flow's counted unit; where the package does not say how the flow is counted, the unit as
        written. None where the exchange's unit is unknown or of a quantity that the flow does not have.
        """
        ref = exchange.flow
        counted = self.counted(ref)
        if not counted.known:
            return 1.0, self.name(exchange.unit, exchange.property)
        factor = self.factor(ref, exchange.unit, exchange.property)
        return None if factor is None else (factor, counted.unit)

    def unit_of(self, quantity: str) -> str:
        """The name of a flow property's reference unit, "" where unknown."""
        group = self._group(quantity)
        unit = group.unit(group.reference) if group else None
        return unit.name if unit else ""

    def measures(self, ref: Ref, unit: str) -> tuple[Measure, ...]:
        """What one counted unit of the flow amounts to in each of its properties.

        Where the package does not say how the flow is counted, `unit` alone tells.
        """
        if not self.counted(ref).known:
            quantity = dimension(unit) if known(unit) else ""
            return (Measure(f"unit {unit}", quantity, _in_base(unit), economic=False),) if quantity else ()
        key = (ref.id, ref.version)
        found = self._measures.get(key)
        if found is None:
            found = self._measures[key] = self._measure(ref)
        return found

    def stated_measures(self, exchange: Exchange) -> tuple[Measure, ...]:
        """What the exchange itself states of its flow (EcoSpold 2), per counted unit of the flow."""
        counted = self.amount(exchange)
        if counted is None or not exchange.properties:
            return ()
        return self._measured((entry.property.id, entry.amount / counted[0]) for entry in exchange.properties)

    def _measure(self, ref: Ref) -> tuple[Measure, ...]:
        flow = self.flow(ref)
        if flow is None:
            return ()
        amounts = {entry.property.id: entry.amount for entry in flow.properties}
        amounts[flow.reference] = 1.0
        return self._measured(amounts.items())

    def _measured(self, amounts: Iterable[tuple[str, float]]) -> tuple[Measure, ...]:
        result = []
        for quantity, amount in amounts:
            found = self._properties.find(quantity)
            group = self._group(quantity)
            unit = group.unit(group.reference) if group else None
            if amount > 0 and unit is not None:
                kind = dimension(unit.name) if known(unit.name) else ""
                base = _in_base(unit.name) if kind else 1.0
                economic = bool(found and found.economic) or unit.name[:3] in _CURRENCIES
                result.append(Measure(quantity, kind, amount * base, economic=economic))
        return tuple(result)

    def _factor(self, ref: Ref, unit: str, quantity: str) -> float | None:
        flow = self.flow(ref)
        counted = self.counted(ref)
        if flow is None:
            return None
        for candidate in _properties(flow, quantity):
            group = self._group(candidate)
            if group is None:
                continue
            found = group.unit(unit) if unit else group.unit(group.reference)
            share = 1.0 if candidate == flow.reference else _share(flow, candidate)
            if found is not None and found.factor > 0 and share is not None:
                return found.factor / share
        return between(unit, counted.unit) if not quantity or quantity == flow.reference else None

    def _group(self, quantity: str) -> UnitGroup | None:
        found: FlowProperty | None = self._properties.find(quantity) if quantity else None
        if found is None or found.unit_group is None:
            return None
        return self._groups.find(found.unit_group.id, found.unit_group.version)


def _properties(flow: Flow, quantity: str) -> tuple[str, ...]:
    """The properties in which an amount may be counted: the stated one, else its reference first."""
    if quantity:
        return (quantity,)
    others = (entry.property.id for entry in flow.properties if entry.property.id != flow.reference)
    return (flow.reference, *others)


def _share(flow: Flow, quantity: str) -> float | None:
    """Amount of property `quantity` in one counted unit of the flow."""
    for entry in flow.properties:
        if entry.property.id == quantity and entry.amount > 0:
            return entry.amount
    return None


def between(unit: str, counted: str) -> float | None:
    """The factor from one unit name to another; None where they do not convert."""
    if unit == counted:
        return 1.0
    try:
        return conversion(unit, counted)
    except ZujiError:
        return None


def _in_base(unit: str) -> float:
    """How many base units of its dimension one `unit` is (kg, MJ …)."""
    base = {"mass": "kg", "energy": "MJ"}.get(dimension(unit))
    return conversion(unit, base) if base else 1.0
