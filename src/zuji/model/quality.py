"""Data quality ratings as they stand on a line or a factor. Schemes that rate are in `zuji.quality`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DataQuality:
    """Four scores from 1 (best) to 5 (worst), the PEF and CIFA indicators.

    `technology` TeR, `geography` GeR, `time` TiR, `precision` P. None means not rated.
    """

    technology: float | None = None
    geography: float | None = None
    time: float | None = None
    precision: float | None = None
