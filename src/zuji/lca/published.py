"""What is published of a footprint, as text: the digits that must be the same everywhere."""

from typing import Any

from zuji.lca.publishing import publish, publish_parts, publish_shares
from zuji.model.footprints import Footprint
from zuji.model.stages import TOTAL_KINDS

BAND_DIGITS = 3


def published(footprint: Footprint) -> dict[str, Any]:
    """Total, five totals, stages and lines in published digits, each set summing to the total.

    The uncertainty band has three digits, ratings two decimals, shares one decimal of a percent.
    `location_based` is there only where electricity is treated otherwise than from the grid.
    """
    total = footprint.total
    totals = publish_parts(footprint.totals, total)
    stages = publish_parts([*footprint.stages.values()], total)
    lines = publish_parts([line.total for line in footprint.lines], total)
    band = footprint.uncertainty
    located = footprint.location_based
    return {
        "total": publish(total),
        "unit": footprint.unit,
        "totals": dict(zip(map(str, TOTAL_KINDS), totals, strict=True)),
        "stages": dict(zip(map(str, footprint.stages), stages, strict=True)),
        "lines": [
            {"line": line.line, "total": text} for line, text in zip(footprint.lines, lines, strict=True)
        ],
        "stage_percentages": dict(
            zip(map(str, footprint.stages), publish_shares([*footprint.stages.values()]), strict=True)
        ),
        "primary_data_share": f"{footprint.primary_data_share:.3f}",
        "data_quality": {
            rating.scheme: None if rating.score is None else f"{rating.score:.2f}"
            for rating in footprint.quality
        },
        "uncertainty": None
        if band is None
        else {"low": publish(band.low, BAND_DIGITS), "high": publish(band.high, BAND_DIGITS)},
        "scenarios": {scenario.id: publish(scenario.total) for scenario in footprint.scenarios},
        **({} if located is None else {"location_based": publish(located.total)}),
    }
