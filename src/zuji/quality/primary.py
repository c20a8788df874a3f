"""Primary data share: PACT Methodology version 3, PDS = Σ |PCF| · PDS / Σ |PCF| without biogenic uptake.

A line counts as primary only where activity datum and factor both are; a supplier's footprint counts
with the supplier's own share, and 0 where the supplier states none.
"""

from collections.abc import Mapping, Sequence

from zuji.model.footprints import Footprint, LineResult
from zuji.model.lines import Line
from zuji.quality.rating import weight, weighted


def primary_share(weights: Sequence[float], shares: Sequence[float]) -> float:
    """The weighted share of components; 0 where there are none."""
    return weighted(shares, weights) if shares else 0.0


def line_share(result: LineResult, line: Line | None) -> float:
    """0…1 of one line."""
    if line is None or not line.primary:
        return 0.0
    if line.stated is not None:
        return min(max(line.stated.primary_share, 0.0), 1.0)
    return 1.0 if result.primary else 0.0


def primary_data_share(footprint: Footprint, lines: Mapping[str, Line]) -> float:
    """The footprint's primary data share, 0…1."""
    counted = [result for result in footprint.lines if weight(result)]
    shares = [line_share(result, lines.get(result.line)) for result in counted]
    return primary_share([weight(result) for result in counted], shares)
