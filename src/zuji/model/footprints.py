"""A footprint: what follows from a study. Everything is per the functional or declared unit."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.errors import Problem
from zuji.model.lines import LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import ReferenceUnit

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """One line's contribution.

    `activity` is the amount in the factor's unit per reference unit (after scaling, conversion and
    allocation), `intensity` kgCO2e per that unit, `totals` kgCO2e in the order of `TOTAL_KINDS`,
    `share` of the size of the footprint's total (a burden is positive, a credit negative; 0 where the total
    is 0), `formula` the equation in words.
    """

    line: str
    process: str
    stage: Stage
    kind: LineKind
    item: str
    supplier: str
    activity: Quantity
    intensity: float
    totals: tuple[float, ...]
    total: float
    share: float
    factor: str
    factor_version: str
    formula: str
    primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOffResult:
    """A flow that was left out, with its estimated size where a factor allows one."""

    line: str
    item: str
    reason: str
    estimate: float | None
    share: float | None
    mass_kg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationResult:
    """How one multi-output process was shared; `shares` sum to one."""

    process: str
    method: str
    shares: Mapping[str, float]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityResult:
    """A rating under one versioned scheme.

    `score` is the weighted rating, `indicators` its parts, `coverage` the share of the result that
    was rated, `weakest` line ids whose improvement helps most.
    """

    scheme: str
    version: str
    score: float | None = None
    level: str = ""
    indicators: Mapping[str, float | None]
    coverage: float
    weakest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityItem:
    """How much one line matters: its share of the variance and the effect of +10 %."""

    line: str
    item: str
    variance_share: float
    plus_ten_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertaintyResult:
    """A band around the total. `method` is "monte_carlo" or "first_order"; interval is 95 %.

    `runs` are those with a result; `failed` had none, so that `runs + failed` were asked for.
    """

    method: str
    mean: float
    sd: float
    low: float
    median: float
    high: float
    runs: int
    seed: int
    sensitivity: tuple[SensitivityItem, ...] = ()
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """A scenario beside the base: its result, and how surely it differs (common random numbers).

    `relative` is the difference per size of the base: below zero where the scenario is lower.
    """

    id: str
    name: str
    total: float
    stages: Mapping[Stage, float]
    difference: float
    relative: float
    low: float | None = None
    high: float | None = None
    probability_lower: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationBased:
    """The result with every line of electricity at the grid factor of the consuming region.

    `total` kgCO2e per reference unit; `lines` are ids of those recounted; `unknown` of those that have
    another treatment but no location factor, which keep their value.
    """

    total: float
    lines: tuple[str, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """The result of one calculation, kgCO2e per reference unit.

    `totals` has five entries in the order of `TOTAL_KINDS`; `stages`, `gases`, `suppliers`,
    `processes` and the lines each sum to `total`. Offsets are never inside.
    `notices` are the warnings in both languages with their place; `warnings` the same in Chinese.
    """

    total: float
    unit: str
    reference: ReferenceUnit
    totals: tuple[float, ...]
    stages: Mapping[Stage, float]
    stage_totals: Mapping[Stage, tuple[float, ...]]
    gases: Mapping[str, float]
    suppliers: Mapping[str, float]
    processes: Mapping[str, float]
    lines: tuple[LineResult, ...]
    cut_offs: tuple[CutOffResult, ...]
    allocations: tuple[AllocationResult, ...]
    quality: tuple[QualityResult, ...]
    primary_data_share: float
    gwp: str
    biogenic_carbon_kg: float | None = None
    uncertainty: UncertaintyResult | None = None
    scenarios: tuple[ScenarioResult, ...] = ()
    warnings: tuple[str, ...] = ()
    notices: tuple[Problem, ...] = ()
    location_based: LocationBased | None = None
