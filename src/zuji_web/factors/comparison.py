"""Datasets beside each other: what they share, how far they are apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from zuji.model.factors import Factor, FactorKind
from zuji.units import conversion, same_dimension
from zuji_web.factors.queries import matcher

MOST = 6
_SIMILAR = 11
_ASKED = 40
# Multiples in which people state amounts, by the unit that factors are per.
_ALSO_PER = {
    "kg": ("g", "kg", "t"),
    "t": ("kg", "t"),
    "kWh": ("kWh", "MWh", "\u4e07kWh", "MJ"),
    "GJ": ("MJ", "GJ", "TJ", "kWh"),
    "MJ": ("MJ", "GJ", "kWh"),
    "t·km": ("kg·km", "t·km"),
    "m3": ("L", "m3"),
    "L": ("L", "m3"),
}
_COMPARED = frozenset(
    {
        FactorKind.PRODUCT_FOOTPRINT,
        FactorKind.ELECTRICITY_FOOTPRINT,
        FactorKind.GRID_CO2,
        FactorKind.HEAT,
        FactorKind.TRANSPORT,
        FactorKind.WASTE_TREATMENT,
        FactorKind.FUEL_COMBUSTION,
        FactorKind.PROCESS_EMISSION,
    }
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A similar dataset, with its value in the unit of the one it stands beside."""

    factor: Factor
    value: float


@dataclass(frozen=True, slots=True)
class Converted:
    """The same factor per another unit: kgCO2e per `per`."""

    per: str
    value: float


def comparable_unit(factor: Factor) -> str:
    """What its value is per: the line's unit where it has one, else the published unit."""
    return factor.per or factor.unit


def value_in(factor: Factor, unit: str) -> float | None:
    """kgCO2e (or what is published) per `unit`, None where the units do not convert."""
    if not factor.per:
        return factor.value if factor.unit == unit else None
    if same_dimension(unit, factor.per):
        return factor.total * conversion(unit, factor.per)
    return factor.total if unit == factor.per else None


def similar(factor: Factor) -> list[Neighbour]:
    """Datasets of the same kind with a similar name and a unit that converts, nearest in meaning first."""
    if factor.kind not in _COMPARED:
        return []
    unit = comparable_unit(factor)
    near = []
    for candidate in matcher().search(factor.name.zh, kinds=[factor.kind], limit=_ASKED):
        other = candidate.factor
        value = value_in(other, unit)
        if other.id != factor.id and candidate.good and value is not None:
            near.append(Neighbour(other, value))
    return near[:_SIMILAR]


def converted(factor: Factor) -> list[Converted]:
    """The factor per the units in which people state amounts."""
    if not factor.usable:
        return []
    units = _ALSO_PER.get(factor.per, ())
    return [Converted(unit, factor.total * conversion(unit, factor.per)) for unit in units]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far compared values are apart, all in one unit."""

    unit: str
    values: tuple[float, ...]

    @property
    def ratio(self) -> float | None:
        """The largest over the smallest, where both are above zero."""
        return max(self.values) / min(self.values) if min(self.values) > 0 else None


def spread(factors: Sequence[Factor]) -> Spread | None:
    """The values in the first one's unit, None where kinds differ or a unit does not convert."""
    if len({factor.kind for factor in factors}) > 1 or len(factors) < 2:
        return None
    unit = comparable_unit(factors[0])
    values = [value_in(factor, unit) for factor in factors]
    known = [value for value in values if value is not None]
    if len(known) < len(factors):
        return None
    return Spread(unit, tuple(known))
