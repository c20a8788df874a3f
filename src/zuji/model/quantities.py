"""Amounts with their units, and how uncertain they are."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as the field writes it (kg, kWh, t·km)."""

    amount: float
    unit: str

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit}"


class Distribution(StrEnum):
    """Shapes of uncertainty a person can state."""

    LOGNORMAL = "lognormal"
    NORMAL = "normal"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """How a stated amount may deviate, relative to the amount itself.

    lognormal: `spread` is the geometric standard deviation (GSD, at least 1; the 95 % interval is
    amount / GSD² … amount · GSD²).
    normal: `spread` is the coefficient of variation (SD / amount).
    triangular and uniform: `low` and `high` are multiples of the amount, for example 0.9 and 1.2.
    """

    distribution: Distribution
    spread: float = 0.0
    low: float = 1.0
    high: float = 1.0
