"""How an amount in a data set may deviate, in one meaning for every format (engines.md 11.6)."""

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """Shapes of uncertainty that inventory formats know."""

    LOGNORMAL = "lognormal"
    NORMAL = "normal"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The distribution of one amount, in the unit of that amount.

    lognormal: `scale` = standard deviation of ln(x), so GSD = exp(scale); `centre` = geometric mean.
    normal: `scale` = standard deviation; `centre` = mean.
    triangular: `low`, `centre` = mode, `high`. uniform: `low`, `high`.
    `centre` is None where the format gives none: then the amount itself is meant.
    `low` and `high` may stand with any shape as stated bounds. `pedigree` holds the five scores
    (reliability, completeness, time, geography, technology; 0 = not given) and `base` the standard deviation
    of ln(x) before the pedigree was added.
    """

    shape: Shape | None = None
    centre: float | None = None
    scale: float | None = None
    low: float | None = None
    high: float | None = None
    pedigree: tuple[int, ...] = ()
    base: float | None = None
