"""Data quality schemes as versioned data: what is scored, how scores combine, what they are called.

Scores run from 1 (best) to 5 (worst) everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from zuji.model.quality import DataQuality
from zuji.text import Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is scored; `read` takes it from a line's or factor's scores."""

    key: str
    name: Text
    read: Callable[[DataQuality], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A rating scheme.

    `unknown` is the score of what nobody rated, or None where it stays out of the mean and lowers the
    coverage; `overall` says whether the scheme defines one rating from its indicators (their mean);
    `levels` are (highest score, key), best first; `coverage` the share of the result to be rated.
    `time_is_mean` takes time as the mean of activity data and dataset. `from_metadata` fills
    geography and time from a factor's year and region where nobody scored them.
    """

    id: str
    version: str
    name: Text
    source: str
    indicators: tuple[Indicator, ...]
    unknown: float | None = None
    overall: bool = True
    levels: tuple[tuple[float, str], ...] = ()
    coverage: float = 0.0
    time_is_mean: bool = False
    from_metadata: bool = False

    def level(self, score: float | None, covered: float) -> str:
        """The level's key; "not_rated" without a score, "not_covered" below the coverage asked for."""
        if score is None:
            return "not_rated" if self.overall else ""
        if covered < self.coverage:
            return "not_covered"
        return next((key for most, key in self.levels if score <= most), "")


LEVEL_NAMES: Mapping[str, Text] = {
    "excellent": Text("优秀", "Excellent"),
    "very_good": Text("很好", "Very good"),
    "good": Text("良好", "Good"),
    "fair": Text("一般", "Fair"),
    "poor": Text("较差", "Poor"),
    "not_rated": Text("未评价", "Not rated"),
    "not_covered": Text("评价范围不足", "Too little of the result rated"),
}

PEF = Scheme(
    id="PEF",
    version="2021",
    name=Text("产品环境足迹数据质量评级", "Product Environmental Footprint data quality rating"),
    source="Commission Recommendation (EU) 2021/2279, Annex I",
    indicators=(
        Indicator("TeR", Text("技术代表性", "Technological representativeness"), lambda q: q.technology),
        Indicator("GeR", Text("地理代表性", "Geographical representativeness"), lambda q: q.geography),
        Indicator("TiR", Text("时间代表性", "Time representativeness"), lambda q: q.time),
        Indicator("P", Text("精确度", "Precision"), lambda q: q.precision),
    ),
    levels=((1.5, "excellent"), (2.0, "very_good"), (3.0, "good"), (4.0, "fair"), (5.0, "poor")),
    coverage=0.8,
    time_is_mean=True,
)

CIFA = Scheme(
    id="CIFA",
    version="chapter-5",
    name=Text("CIFA 开放指南数据质量评价", "CIFA open guideline, data quality"),
    # the edition and the names of levels were not seen, so that it gives a score and no level
    source="CIFA open guideline (carbonfootprint.network), chapter 5: PEF's four indicators, time as the "
    "mean of activity data and dataset, at least 80 % of the impact, weighted by contribution",
    indicators=PEF.indicators,
    coverage=0.8,
    time_is_mean=True,
)

PACT_3 = Scheme(
    id="PACT-3",
    version="3",
    name=Text("PACT 第 3 版数据质量评级", "PACT version 3 data quality ratings"),
    source="PACT Methodology version 3 (WBCSD), data quality ratings",
    indicators=(
        Indicator("technologicalDQR", Text("技术", "Technological"), lambda q: q.technology),
        Indicator("geographicalDQR", Text("地理", "Geographical"), lambda q: q.geography),
        Indicator("temporalDQR", Text("时间", "Temporal"), lambda q: q.time),
    ),
    unknown=5.0,
    overall=False,
    from_metadata=True,
)

SCHEMES: Mapping[tuple[str, str], Scheme] = {(each.id, each.version): each for each in (PEF, CIFA, PACT_3)}
