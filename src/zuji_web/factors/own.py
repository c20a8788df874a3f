"""The library as one organisation sees it: its own factors, and behind them everybody's."""

from collections.abc import Iterable, Iterator

from zuji.errors import UnknownFactor
from zuji.model.factors import Factor, FactorSource


class OwnSource:
    """A `FactorSource`: own factors, the last of an id the newest, and anything else from `shared`."""

    def __init__(self, own: Iterable[Factor], shared: FactorSource) -> None:
        self._versions = {(factor.id, factor.version): factor for factor in own}
        self._newest = {factor.id: factor for factor in self._versions.values()}
        self._shared = shared

    def get(self, factor_id: str, version: str = "") -> Factor:
        """The factor, newest version unless one is named; raises `UnknownFactor`."""
        if factor_id not in self._newest:
            return self._shared.get(factor_id, version)
        found = self._versions.get((factor_id, version)) if version else self._newest[factor_id]
        if found is None:
            raise UnknownFactor(*_unknown(self._shared, factor_id, version))
        return found

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self._newest or factor_id in self._shared

    def __iter__(self) -> Iterator[Factor]:
        yield from self._newest.values()
        yield from self._shared

    def __len__(self) -> int:
        return len(self._newest) + len(self._shared)


def _unknown(shared: FactorSource, factor_id: str, version: str) -> UnknownFactor:
    """The library's own words for what it does not hold."""
    try:
        shared.get(factor_id, version)
    except UnknownFactor as refusal:
        return refusal
    raise ValueError(f"{factor_id} is a dataset of the library")
