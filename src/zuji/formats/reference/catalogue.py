"""The catalogue of factors: every dataset by its id and version."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from zuji.errors import UnknownFactor, problem
from zuji.model.factors import Factor, FactorKind


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts "1.9" before "1.10"; parts that are not numbers sort after those that are."""
    parts = version.split(".")
    return tuple((int(part), "") if part.isdigit() else (2**31, part) for part in parts)


class Catalogue:
    """An immutable `FactorSource` over given factors. Iteration yields the newest version of each."""

    def __init__(self, factors: Iterable[Factor]) -> None:
        versions: dict[str, dict[str, Factor]] = {}
        for factor in factors:
            versions.setdefault(factor.id, {})[factor.version] = factor
        self._versions: Mapping[str, Mapping[str, Factor]] = versions
        self._newest: Mapping[str, Factor] = {
            factor_id: held[max(held, key=version_order)] for factor_id, held in versions.items()
        }
        self._of_kind: dict[FactorKind, tuple[Factor, ...]] = {}

    def get(self, factor_id: str, version: str = "") -> Factor:
        """The factor, newest version unless one is named; raises `UnknownFactor`."""
        found = self._versions.get(factor_id, {}).get(version) if version else self._newest.get(factor_id)
        if found is None:
            raise self._unknown(factor_id, version)
        return found

    def versions(self, factor_id: str) -> tuple[str, ...]:
        """The versions held of one factor, oldest first; empty where the id is unknown."""
        return tuple(sorted(self._versions.get(factor_id, {}), key=version_order))

    def of_kind(self, kind: FactorKind) -> tuple[Factor, ...]:
        """The newest versions of one kind, in the order of the files."""
        if kind not in self._of_kind:
            self._of_kind[kind] = tuple(factor for factor in self if factor.kind is kind)
        return self._of_kind[kind]

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self._newest

    def __iter__(self) -> Iterator[Factor]:
        return iter(self._newest.values())

    def __len__(self) -> int:
        return len(self._newest)

    def _unknown(self, factor_id: str, version: str) -> UnknownFactor:
        held = self.versions(factor_id)
        if held:
            listing = ", ".join(held)
            return UnknownFactor(
                problem(
                    "unknown-factor-version",
                    f"因子“{factor_id}”没有版本“{version}”",
                    f"factor “{factor_id}” has no version “{version}”",
                    cure_zh=f"可用版本：{listing}；留空则取最新版本",
                    cure_en=f"versions held: {listing}; leave the version empty for the newest",
                )
            )
        near = get_close_matches(factor_id, self._newest, n=1)
        return UnknownFactor(
            problem(
                "unknown-factor",
                f"因子库中没有“{factor_id}”",
                f"the library holds no factor “{factor_id}”",
                cure_zh=f"是否为“{near[0]}”？" if near else "请用搜索查找因子编号",
                cure_en=f"did you mean “{near[0]}”?" if near else "search the library for the factor's id",
            )
        )
