"""The factors inside a snapshot, as a calculation asks for them."""

from collections.abc import Iterable, Iterator

from zuji.errors import UnknownFactor, problem
from zuji.model.factors import Factor


class FrozenFactors:
    """A `FactorSource` over (factor, newest) pairs; without a version the one marked newest is meant.

    Only versions that lines use are inside, so the newest then may be missing; nobody asks for it.
    """

    def __init__(self, factors: Iterable[tuple[Factor, bool]]) -> None:
        self._factors: dict[tuple[str, str], Factor] = {}
        for factor, newest in factors:
            self._factors[factor.id, factor.version] = factor
            if newest:
                self._factors[factor.id, ""] = factor
        self._ids = {factor_id for factor_id, _version in self._factors}

    def get(self, factor_id: str, version: str = "") -> Factor:
        """The factor; raises `UnknownFactor`."""
        found = self._factors.get((factor_id, version))
        if found is None:
            name = f"{factor_id} {version}".strip()
            raise UnknownFactor(
                problem(
                    "snapshot.factor_missing",
                    f"快照中没有因子“{name}”",
                    f"the snapshot holds no factor “{name}”",
                    cure_zh="请使用导出的原快照文件",
                    cure_en="use the snapshot file as it was exported",
                )
            )
        return found

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self._ids

    def __iter__(self) -> Iterator[Factor]:
        return (factor for (_id, version), factor in self._factors.items() if version)

    def __len__(self) -> int:
        return sum(1 for _factor in self)
