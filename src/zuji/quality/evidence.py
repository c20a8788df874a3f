"""What is known about the quality of a line: scores people gave, and what a factor's metadata imply.

Time and geography from metadata follow the PACT version 3 table: a subdivision of China scores 1 and
the country 2 where the site lies in it, a continent 3, the world 4, anything else 5 (PACT lets a country
without listed subdivisions score 1; here it scores 2, which errs on the weak side); years between the
end of the dataset's reference period and that of the study score 1, 2, 3, 4 up to four years, then 5.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from zuji.errors import UnknownFactor
from zuji.model.factors import Factor, FactorSource
from zuji.model.lines import Line
from zuji.model.quality import DataQuality
from zuji.model.studies import Study
from zuji.quality.schemes import Indicator, Scheme

_YEAR = re.compile(r"(?:19|20)\d\d")
_WORLD = frozenset({"GLO", "World", "RoW"})
_CONTINENTS = frozenset({"RAS", "Asia", "APAC"})
_ASIAN = frozenset({"CN", "JP", "KR", "IN", "VN", "TH", "MY", "ID", "PH", "TW", "SG", "KZ", "MN"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Scores on the line, on its factor, and from the factor's metadata."""

    line: DataQuality | None
    factor: DataQuality | None
    metadata: DataQuality

    def score(self, indicator: Indicator, scheme: Scheme) -> float | None:
        """The line's own score before the factor's before what metadata say."""
        own = indicator.read(self.line) if self.line else None
        theirs = indicator.read(self.factor) if self.factor else None
        if own is not None and theirs is not None:
            is_time = scheme.time_is_mean and indicator.read(_ONLY_TIME) is not None
            return (own + theirs) / 2 if is_time else own
        stated = own if own is not None else theirs
        if stated is None and scheme.from_metadata:
            return indicator.read(self.metadata)
        return stated


_ONLY_TIME = DataQuality(time=1.0)


def gather(study: Study, factors: FactorSource) -> Mapping[str, Evidence]:
    """Evidence by line id."""
    return {line.id: _of_line(line, study, factors) for line in study.lines}


def factor_of(line: Line, factors: FactorSource) -> Factor | None:
    """The line's library factor, where it names one that exists."""
    if not line.factor:
        return None
    try:
        return factors.get(line.factor, line.factor_version)
    except UnknownFactor:
        return None


def _of_line(line: Line, study: Study, factors: FactorSource) -> Evidence:
    factor = factor_of(line, factors)
    if factor is not None:
        metadata = DataQuality(
            geography=geography_score(factor.geography, study.geography),
            time=time_score(factor.year, study.period.end),
        )
        return Evidence(line.quality, factor.quality, metadata)
    if line.stated is not None:
        own = line.stated.primary
        metadata = DataQuality(
            technology=2.0 if own else None,
            geography=geography_score(line.stated.geography, study.geography),
            time=time_score(line.stated.year, study.period.end),
        )
        return Evidence(line.quality, None, metadata)
    return Evidence(line.quality, None, DataQuality())


def time_score(year: str, end: str) -> float | None:
    """PACT temporal score of a dataset year against the end of the study's period; None where unknown."""
    dataset, study = _YEAR.findall(year), _YEAR.findall(end)
    if not dataset or not study:
        return None
    gap = abs(int(study[-1]) - int(dataset[-1]))
    return float(min(max(gap, 1), 5))


def geography_score(dataset: str, site: str) -> float | None:
    """PACT geographical score of a dataset's region ("CN-SC", "GLO") for a site; None where unknown."""
    if not dataset or not site:
        return None
    if dataset == site:
        return 1.0 if "-" in site else 2.0
    if site.startswith(f"{dataset}-"):
        return 2.0
    if dataset in _CONTINENTS:
        return 3.0 if site.partition("-")[0] in _ASIAN else 5.0
    return 4.0 if dataset in _WORLD else 5.0
