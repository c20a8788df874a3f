"""What a data set needs from the others of its package to be written: units of flows, directions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from zuji.model.lci.flows import Flow, FlowType
from zuji.model.lci.impacts import CharacterisationFactor
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Exchange
from zuji.model.lci.units import FlowProperty, UnitGroup

Measured = TypeVar("Measured", Flow, FlowProperty, UnitGroup)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The flows, properties and unit groups of a package by id; of several versions the last."""

    flows: dict[str, Flow] = field(default_factory=dict)
    properties: dict[str, FlowProperty] = field(default_factory=dict)
    groups: dict[str, UnitGroup] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> "Surroundings":
        """The surroundings that a package gives."""
        return cls(_newest(package.flows), _newest(package.flow_properties), _newest(package.unit_groups))

    def units(self, of: Exchange | CharacterisationFactor) -> float | None:
        """How many reference units of the flow one unit of `of` is; None where the package does not tell.

        amount · (unit's factor) / (amount of the property per reference property), openLCA's core rule
        (engines.md 11.3).
        """
        if not of.unit and not of.property:
            return 1.0
        flow = self.flows.get(of.flow.id)
        if flow is None:
            return None
        measured = of.property or flow.reference
        per_reference = 1.0
        if measured != flow.reference:
            found = next((one.amount for one in flow.properties if one.property.id == measured), None)
            if not found:
                return None
            per_reference = found
        factor = self._factor(of.unit, measured)
        return None if factor is None else factor / per_reference

    def direction(self, factor: CharacterisationFactor) -> str:
        """The likely direction of a factor that states none: resources are inputs, all else outputs."""
        flow = self.flows.get(factor.flow.id)
        if flow is None or flow.type is not FlowType.ELEMENTARY or not flow.compartment:
            return "Output"
        first = flow.compartment[0].lower()
        return "Input" if "resource" in first or "land use" in first else "Output"

    def reference_unit(self, property_id: str) -> str:
        """The name of the unit that a property is counted in; empty where the package does not tell."""
        found = self.properties.get(property_id)
        group = self.groups.get(found.unit_group.id) if found and found.unit_group else None
        unit = group.unit(group.reference) if group else None
        return unit.name if unit else ""

    def _factor(self, unit: str, property_id: str) -> float | None:
        if not unit:
            return 1.0
        found = self.properties.get(property_id)
        group = self.groups.get(found.unit_group.id) if found and found.unit_group else None
        known = group.unit(unit) if group else None
        return known.factor if known else None


def _newest(datasets: Iterable[Measured]) -> dict[str, Measured]:
    return {dataset.heading.id: dataset for dataset in sorted(datasets, key=lambda one: one.heading.version)}


ALONE = Surroundings()
"""No other data sets at hand."""
