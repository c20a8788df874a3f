"""Which factors and fuels a study rests on, and those of a snapshot as a calculation asks for them."""

import re
from collections.abc import Iterator, Mapping

from zuji.errors import UnknownFactor, problem
from zuji.lca.electricity import location_lines
from zuji.lca.fuels import Fuel, FuelTable
from zuji.model.factors import Factor, FactorSource
from zuji.model.lines import FuelDetail, Line, RecyclingDetail
from zuji.model.studies import Study

_RECYCLING_FACTORS = (
    "virgin",
    "recycled",
    "end_recycling",
    "avoided",
    "energy_recovery",
    "disposal",
    "avoided_heat",
    "avoided_electricity",
)
_WORDS_OF_A_SOURCE = re.compile(r"[\s;]+")


class FrozenFactors:
    """A `FactorSource` over the factors of one snapshot; the newest is the one that was newest then.

    `entries` are by id and version. Where lines name an older version only, there is no newest one, and
    nobody asks for it.
    """

    def __init__(self, entries: Mapping[tuple[str, str], Factor], newest: Mapping[str, Factor]) -> None:
        self._entries = dict(entries)
        self._newest = dict(newest)
        self._ids = frozenset(factor_id for factor_id, _version in self._entries)

    def get(self, factor_id: str, version: str = "") -> Factor:
        """The frozen factor; raises `UnknownFactor` for one that the study did not use."""
        found = self._entries.get((factor_id, version)) if version else self._newest.get(factor_id)
        if found is None:
            raise UnknownFactor(
                problem(
                    "snapshot.factor",
                    f"快照中没有因子“{factor_id}”{version}",
                    f"the snapshot holds no factor “{factor_id}” {version}".rstrip(),
                    cure_zh="快照不完整，请向出具者索取原件",
                    cure_en="the snapshot is incomplete; ask whoever issued it for the original",
                )
            )
        return found

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self._ids

    def __iter__(self) -> Iterator[Factor]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


def used_factors(study: Study, factors: FactorSource, fuels: FuelTable | None) -> list[tuple[Factor, bool]]:
    """Each factor used, once, and whether it is the newest of its id; sorted by id and version.

    Used are those of lines, recycling, location-based results, credits and scenarios, and the rows that
    the fuels come from.
    Raises `UnknownFactor` where one that counts is not in `factors`.
    """
    asked = (*_named(study, factors), *_behind_fuels(used_fuels(study, fuels), factors))
    used = {
        (factor.id, factor.version): factor
        for factor in (factors.get(factor_id, version) for factor_id, version in asked if factor_id)
    }
    return [(used[key], factors.get(key[0]).version == key[1]) for key in sorted(used)]


def used_fuels(study: Study, fuels: FuelTable | None) -> list[Fuel]:
    """The rows of the fuel table that lines name, in the order of the table."""
    if fuels is None:
        return []
    named = {line.detail.fuel for line in study.lines if isinstance(line.detail, FuelDetail)}
    # names that the table lacks stand on cut-off lines only; the others were calculated
    used = {fuels.get(name).id for name in named if name in fuels}
    return [fuel for fuel in fuels if fuel.id in used]


def _named(study: Study, factors: FactorSource) -> Iterator[tuple[str, str]]:
    """Every factor id with the version asked for, "" for the newest."""
    for process in study.processes:
        for output in process.outputs:
            yield output.avoided_factor, ""
    for line in study.lines:
        # the factors of a cut-off line only estimate it, and may be unknown
        yield from (each for each in _of_line(line) if not line.cut_off or each[0] in factors)
    for line in location_lines(study).recounted.values():
        yield line.factor, ""
    for scenario in study.scenarios:
        for change in scenario.changes:
            yield change.factor or "", ""


def _of_line(line: Line) -> Iterator[tuple[str, str]]:
    yield line.factor, line.factor_version
    if isinstance(line.detail, RecyclingDetail):
        for name in _RECYCLING_FACTORS:
            yield getattr(line.detail, name), ""


def _behind_fuels(fuels: list[Fuel], factors: FactorSource) -> Iterator[tuple[str, str]]:
    """The library rows that a fuel's source names ("ncv: id; oxidation: id")."""
    for fuel in fuels:
        for word in _WORDS_OF_A_SOURCE.split(fuel.source):
            if word in factors:
                yield word, ""
