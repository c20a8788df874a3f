"""Elementary flows and the factors that characterise them."""

import re
from collections.abc import Sequence

import numpy as np

from zuji.lca.network.arrays import Factors, Flows, Strings
from zuji.lca.network.linking.catalogue import Catalogue, between
from zuji.model.lci.impacts import CharacterisationFactor
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Direction, Exchange
from zuji.model.lci.references import Ref
from zuji.model.lci.wording import UNSAID, Wording

_RESOURCE = re.compile(r"\bresources?\b|\braw\b|资源|原材料|取自自然", re.IGNORECASE)


class Nature:
    """Collects the elementary flows that occur: one row for each flow, direction and stated place."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._rows: dict[tuple[str, str, bool, str], int] = {}
        self._first: list[Exchange] = []

    def row(self, exchange: Exchange, unit: str) -> int:
        """The row of an exchange whose amount counts in `unit`."""
        key = (exchange.flow.id, unit, exchange.direction is Direction.INPUT, exchange.location)
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = len(self._first)
            self._first.append(exchange)
        return found

    def flows(self) -> Flows:
        """The rows as arrays."""
        found = [self._catalogue.flow(exchange.flow) for exchange in self._first]
        names = [
            names_of(flow.heading.name if flow else exchange.flow.name, exchange.flow.id)
            for flow, exchange in zip(found, self._first, strict=True)
        ]
        return Flows(
            id=Strings.of(key[0] for key in self._rows),
            name=Strings.of(name for name, _ in names),
            name_en=Strings.of(name for _, name in names),
            compartment=Strings.of(" / ".join(flow.compartment) if flow else "" for flow in found),
            cas=Strings.of(flow.cas if flow else "" for flow in found),
            unit=Strings.of(key[1] for key in self._rows),
            location=Strings.of(key[3] for key in self._rows),
            inward=np.array([key[2] for key in self._rows], np.bool_),
        )

    def factors(self, package: Package) -> tuple[Factors, int, int]:
        """The factors of the flows that occur, per unit of their row; how many are unused, and refused.

        A factor that states a direction holds for that one only (ILCD). One that states none holds with its
        sign in the direction that its category counts (openLCA), else in the flow's own, and with the
        opposite sign in the other: carbon dioxide taken back in undoes the emission.
        """
        rows: dict[str, list[tuple[int, str, bool]]] = {}
        for (flow, unit, inward, _), row in self._rows.items():
            rows.setdefault(flow, []).append((row, unit, inward))
        category, row_of, location, value = [], [], [], []
        unused = refused = 0
        for index, impact in enumerate(package.impact_categories):
            for factor in impact.factors:
                found = rows.get(factor.flow.id)
                if not found:
                    unused += 1
                    continue
                for row, unit, inward in found:
                    if factor.direction is not None and (factor.direction is Direction.INPUT) != inward:
                        continue
                    per_unit = self._per(factor, unit)
                    if per_unit is None:
                        refused += 1
                        continue
                    turned = False
                    if factor.direction is None:
                        own = impact.direction or self._own_direction(factor.flow, found)
                        turned = (own is Direction.INPUT) != inward
                    category.append(index)
                    row_of.append(row)
                    location.append(factor.location)
                    value.append(-per_unit if turned else per_unit)
        methods = {
            ref.id: names_of(method.heading.name, method.heading.id)[0]
            for method in package.impact_methods
            for ref in method.categories
        }
        headings = [impact.heading for impact in package.impact_categories]
        names = [names_of(heading.name, heading.id) for heading in headings]
        arrays = Factors(
            method=Strings.of(
                impact.method or methods.get(impact.heading.id, "") for impact in package.impact_categories
            ),
            name=Strings.of(name for name, _ in names),
            name_en=Strings.of(name for _, name in names),
            id=Strings.of(heading.id for heading in headings),
            unit=Strings.of(self._indicator_units(package)),
            category=np.array(category, np.int32),
            flow=np.array(row_of, np.int32),
            location=Strings.of(location),
            value=np.array(value, np.float64),
        )
        return arrays, unused, refused

    def _own_direction(self, flow: Ref, rows: Sequence[tuple[int, str, bool]]) -> Direction:
        """Resources are taken in, what is filed elsewhere is emitted; unfiled, the direction it occurs in."""
        known = self._catalogue.flow(flow)
        if known is not None and known.compartment:
            filed = _RESOURCE.search(" / ".join(known.compartment))
            return Direction.INPUT if filed else Direction.OUTPUT
        return Direction.INPUT if all(inward for _, _, inward in rows) else Direction.OUTPUT

    def _per(self, factor: CharacterisationFactor, unit: str) -> float | None:
        """The factor's value per one `unit` of its flow."""
        if factor.value is None or not np.isfinite(factor.value):
            return None
        if not factor.unit and not factor.property:
            return factor.value
        counted = self._catalogue.counted(factor.flow)
        if counted.known and counted.unit == unit:
            many = self._catalogue.factor(factor.flow, factor.unit, factor.property)
        else:
            many = between(self._catalogue.name(factor.unit, factor.property), unit)
        return factor.value / many if many else None

    def _indicator_units(self, package: Package) -> Sequence[str]:
        """The unit of each indicator: as written, else the reference unit of its flow property."""
        return [
            impact.unit or (self._catalogue.unit_of(impact.unit_property.id) if impact.unit_property else "")
            for impact in package.impact_categories
        ]


def names_of(wording: Wording, fallback: str = "") -> tuple[str, str]:
    """(Chinese name or else any, English name); `fallback` where there is none at all."""
    if wording is UNSAID or not wording:
        return fallback, ""
    text = wording.text()
    return text.zh or text.en or fallback, text.en
