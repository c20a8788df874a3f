"""Figures that the general check uses where a rule states none, each with where it comes from.

They are defaults of this check, not limits of ISO 14067:2018 or GB/T 24067-2024, which give none.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Defaults; shares are 0…1.

    `important` and `rated`: share of the result that important and rated lines make up (CIFA guideline, at
    least 80 %). `cut_each`, `cut_total`: what Chinese product rules usually allow. `months`: usual least
    length of the data period. `factor_years`, `factor_years_noted`: gap between a factor's year and the end
    of the data period that is questioned. `balance`: relative gap within which a balance closes.
    `declared_kwh`: relative gap by which certificates may fall short of the electricity they stand for.
    """

    important: float = 0.8
    rated: float = 0.8
    cut_each: float = 0.01
    cut_total: float = 0.05
    months: int = 12
    factor_years: int = 10
    balance: float = 0.05
    gain: float = 0.1
    declared_kwh: float = 1e-6


LIMITS = Limits()
