"""The published digits of a footprint: what a frozen study must give again on any machine."""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.lca.publishing import publish, publish_parts
from zuji.model.footprints import Footprint, UncertaintyResult
from zuji.model.stages import TOTAL_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDigits:
    """Total, five totals, stages, scenarios and 95 % band as printed, kgCO2e per reference unit.

    The five totals and the stages each sum to the total as printed.
    """

    total: str
    unit: str
    totals: Mapping[str, str]
    stages: Mapping[str, str]
    scenarios: Mapping[str, str]
    band: Mapping[str, str]


def digits_of(footprint: Footprint) -> PublishedDigits:
    """The published digits of a footprint; `band` is empty where there is none."""
    kinds = [kind.value for kind in TOTAL_KINDS]
    stages = [stage.value for stage in footprint.stages]
    totals = publish_parts(footprint.totals, footprint.total)
    by_stage = publish_parts(list(footprint.stages.values()), footprint.total)
    return PublishedDigits(
        total=publish(footprint.total),
        unit=footprint.unit,
        totals=dict(zip(kinds, totals, strict=True)),
        stages=dict(zip(stages, by_stage, strict=True)),
        scenarios={scenario.id: publish(scenario.total) for scenario in footprint.scenarios},
        band=_band(footprint.uncertainty),
    )


def _band(uncertainty: UncertaintyResult | None) -> dict[str, str]:
    if uncertainty is None:
        return {}
    return {
        "low": publish(uncertainty.low),
        "median": publish(uncertainty.median),
        "high": publish(uncertainty.high),
    }
