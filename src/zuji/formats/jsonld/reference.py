"""The units, flow properties and places that every openLCA database holds and packages may leave out.

Identifiers, names and conversion factors as openLCA's public reference data state them; after today's groups
follow those that only older releases ship (vehicle transport and the quantities of land use models).
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from zuji.formats.jsonld.record import wording
from zuji.model.lci.publications import Location
from zuji.model.lci.references import Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup

_FOLDER = Path(__file__).parent / "reference_data"


@cache
def unit_groups() -> Mapping[str, UnitGroup]:
    """Built-in unit groups by id."""
    units: dict[str, list[Unit]] = {}
    for row in _rows("units.csv"):
        unit = Unit(
            id=row["id"],
            name=row["name"],
            factor=float(row["factor"]),
            synonyms=tuple(part for part in row["synonyms"].split(";") if part),
        )
        units.setdefault(row["group"], []).append(unit)
    names = {row["id"]: row["name"] for row in _rows("flow_properties.csv")}
    groups = {}
    for row in _rows("unit_groups.csv"):
        default = row["default_property"]
        groups[row["id"]] = UnitGroup(
            heading=Heading(id=row["id"], name=wording(row["name"])),
            units=tuple(units[row["id"]]),
            reference=next(unit.id for unit in units[row["id"]] if unit.name == row["reference_unit"]),
            default_property=_property(default, names[default]) if default else None,
        )
    return MappingProxyType(groups)


@cache
def flow_properties() -> Mapping[str, FlowProperty]:
    """Built-in flow properties by id."""
    groups = {row["id"]: row["name"] for row in _rows("unit_groups.csv")}
    return MappingProxyType(
        {
            row["id"]: FlowProperty(
                heading=Heading(id=row["id"], name=wording(row["name"])),
                unit_group=Ref(row["group"], name=wording(groups[row["group"]]), kind=Kind.UNIT_GROUP),
                economic=bool(row["economic"]),
            )
            for row in _rows("flow_properties.csv")
        }
    )


@cache
def property_of_unit() -> Mapping[str, str]:
    """The default property of the group that a unit's id, name or synonym belongs to (kg: mass).

    Where an older group knows the name too, the group that openLCA ships today counts.
    """
    found: dict[str, str] = {}
    for group in unit_groups().values():
        if group.default_property is not None:
            for unit in group.units:
                for name in (unit.id, unit.name, *unit.synonyms):
                    found.setdefault(name, group.default_property.id)
    return MappingProxyType(found)


@cache
def locations() -> Mapping[str, Location]:
    """Built-in places by id."""
    return MappingProxyType(
        {
            row["id"]: Location(heading=Heading(id=row["id"], name=wording(row["name"])), code=row["code"])
            for row in _rows("locations.csv")
        }
    )


@cache
def location_ids() -> Mapping[str, str]:
    """The id of a built-in place by its code."""
    return MappingProxyType({place.code: place.heading.id for place in reversed(list(locations().values()))})


def _property(id_: str, name: str) -> Ref:
    return Ref(id_, name=wording(name), kind=Kind.FLOW_PROPERTY)


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
