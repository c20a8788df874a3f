"""Units by name, as SimaPro knows them: what the file lists, else what the program ships with."""

from dataclasses import dataclass

from zuji.formats.simapro.identity import id_of, wording
from zuji.model.lci.references import Extra, Heading, Kind, Ref
from zuji.model.lci.units import FlowProperty, Unit, UnitGroup

# Quantity -> reference unit, and units in multiples of it.
_SHIPPED: dict[str, tuple[str, dict[str, float]]] = {
    "Mass": (
        "kg",
        {"kg": 1, "g": 1e-3, "mg": 1e-6, "µg": 1e-9, "ng": 1e-12, "ton": 1000, "t": 1000, "kton": 1e6}
        | {"Mtn": 1e9, "lb": 0.4535924, "oz": 0.02834952, "tn.sh": 907.1848, "tn.lg": 1016.047},
    ),
    "Energy": (
        "MJ",
        {"MJ": 1, "J": 1e-6, "kJ": 1e-3, "GJ": 1000, "TJ": 1e6, "PJ": 1e9, "Wh": 0.0036, "kWh": 3.6}
        | {"MWh": 3600, "GWh": 3.6e6, "kcal": 0.0041855, "Btu": 0.001055696},
    ),
    "Length": (
        "m",
        {"m": 1, "km": 1000, "cm": 0.01, "dm": 0.1, "mm": 0.001, "µm": 1e-6, "ft": 0.3048, "inch": 0.0254}
        | {"yard": 0.9144, "mile": 1609.35},
    ),
    "Area": ("m2", {"m2": 1, "km2": 1e6, "ha": 1e4, "cm2": 1e-4, "mm2": 1e-6}),
    "Volume": ("m3", {"m3": 1, "l": 0.001, "dm3": 0.001, "cm3": 1e-6, "ml": 1e-6, "cl": 1e-5}),
    "Amount": ("p", {"p": 1}),
    "Share": ("%", {"%": 1}),
    "Transport": ("tkm", {"tkm": 1, "kgkm": 0.001, "ktkm": 1000}),
    "Person transport": ("personkm", {"personkm": 1, "pkm": 1}),
    "Time": ("s", {"s": 1, "min": 60, "hr": 3600, "day": 86400, "year": 31557600}),
    "Area.time": ("m2a", {"m2a": 1, "ha a": 1e4, "km2a": 1e6}),
    "Length.time": ("my", {"my": 1}),
    "Volume.time": ("m3y", {"m3y": 1}),
    "Radioactivity": ("Bq", {"Bq": 1, "kBq": 1000, "mBq": 0.001, "µBq": 1e-6, "nBq": 1e-9}),
    "Indicator": ("Pt", {"Pt": 1, "mPt": 0.001, "kPt": 1000}),
}
_SHIPPED_UNITS = {
    unit: (quantity, factor, reference)
    for quantity, (reference, units) in _SHIPPED.items()
    for unit, factor in units.items()
}


@dataclass(frozen=True, slots=True)
class _Row:
    quantity: str
    factor: float
    reference: str


class Units:
    """Quantities and their units, learnt from the file and completed where it uses others."""

    def __init__(self) -> None:
        self._quantities: dict[str, str] = {}
        self._rows: dict[str, _Row] = {}

    def learn_quantity(self, name: str, dimension: str) -> None:
        """A row of the block Quantities: `dimension` is its second cell."""
        self._quantities.setdefault(name, dimension)

    def learn_unit(self, name: str, quantity: str, factor: float, reference: str) -> bool:
        """A row of the block Units; False where the name is taken by another meaning."""
        row = _Row(quantity, factor, reference)
        self._quantities.setdefault(quantity, "Yes")
        return self._rows.setdefault(name, row) == row

    def known(self, unit: str) -> bool:
        """Whether the file or the program says what the unit measures."""
        return unit in self._rows or unit in _SHIPPED_UNITS

    def quantity(self, unit: str) -> str:
        """What the unit measures; a unit nobody knows is a quantity of its own."""
        if unit not in self._rows:
            quantity, factor, reference = _SHIPPED_UNITS.get(unit, (unit, 1.0, unit))
            self.learn_unit(unit, quantity, factor, reference)
        return self._rows[unit].quantity

    def factor(self, unit: str) -> float:
        """How many reference units of its quantity the unit is."""
        self.quantity(unit)
        return self._rows[unit].factor

    def reference(self, unit: str) -> str:
        """The reference unit of what the unit measures."""
        quantity = self.quantity(unit)
        return next((row.reference for row in self._rows.values() if row.quantity == quantity), quantity)

    def property(self, unit: str) -> Ref:
        """The flow property that amounts in `unit` count."""
        quantity = self.quantity(unit)
        return Ref(property_id(quantity), name=wording(quantity), kind=Kind.FLOW_PROPERTY)

    def flow_properties(self) -> tuple[FlowProperty, ...]:
        """One for every quantity, in the order learnt."""
        return tuple(
            FlowProperty(
                heading=Heading(id=property_id(name), name=wording(name)),
                unit_group=Ref(_group_id(name), name=wording(name), kind=Kind.UNIT_GROUP),
                extras=() if dimension == "Yes" else (Extra("simapro", "dimension", dimension),),
            )
            for name, dimension in self._quantities.items()
        )

    def unit_groups(self) -> tuple[UnitGroup, ...]:
        """One for every quantity; a reference unit that no row defines is added."""
        groups = []
        for quantity in self._quantities:
            rows = {name: row for name, row in self._rows.items() if row.quantity == quantity}
            reference = next((row.reference for row in rows.values() if row.reference), quantity)
            if reference not in rows:
                rows = {reference: _Row(quantity, 1.0, reference)} | rows
            units = tuple(
                Unit(id=_unit_id(quantity, name), name=name, factor=row.factor) for name, row in rows.items()
            )
            groups.append(
                UnitGroup(
                    heading=Heading(id=_group_id(quantity), name=wording(quantity)),
                    units=units,
                    reference=_unit_id(quantity, reference),
                    default_property=Ref(property_id(quantity), kind=Kind.FLOW_PROPERTY),
                )
            )
        return tuple(groups)


def property_id(quantity: str) -> str:
    return id_of("quantity", quantity)


def _group_id(quantity: str) -> str:
    return id_of("unit group", quantity)


def _unit_id(quantity: str, unit: str) -> str:
    return id_of("unit", quantity, unit)
