"""The growing tables of a network while its exchanges are linked."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zuji.lca.network.arrays import CutOffs, Edges, Interventions, Spreads, Strings
from zuji.lca.network.linking.spreads import Row, arrays
from zuji.lca.network.rules import CutReason


class Rows:
    """Links or interventions, one tuple each: (process, provider or flow, amount, exchange, rule, share)."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, float, int, int, float]] = []
        self.spreads: list[tuple[int, Row]] = []

    def add(self, row: tuple[int, int, float, int, int, float], spread: Row | None) -> None:
        """One more row, with its uncertainty if it has one."""
        if spread is not None:
            self.spreads.append((len(self.rows), spread))
        self.rows.append(row)

    def edges(self, columns: int) -> tuple[Edges, Spreads]:
        """By consumer, providers ascending; repeated providers in the order of their exchanges."""
        table, spreads = self._sorted(provider=True)
        return Edges(
            start=_start(table[:, 0], columns),
            provider=table[:, 1].astype(np.int32),
            amount=np.ascontiguousarray(table[:, 2]),
            exchange=table[:, 3].astype(np.int32),
            rule=table[:, 4].astype(np.uint8),
            share=np.ascontiguousarray(table[:, 5]),
        ), arrays(spreads)

    def interventions(self, columns: int) -> tuple[Interventions, Spreads]:
        """By process, in the order of the exchanges."""
        table, spreads = self._sorted(provider=False)
        return Interventions(
            start=_start(table[:, 0], columns),
            flow=table[:, 1].astype(np.int32),
            amount=np.ascontiguousarray(table[:, 2]),
            exchange=table[:, 3].astype(np.int32),
        ), arrays(spreads)

    def _sorted(self, *, provider: bool) -> tuple[NDArray[np.float64], Sequence[tuple[int, Row]]]:
        table = np.array(self.rows, np.float64).reshape(-1, 6)
        keys = (table[:, 3], table[:, 1], table[:, 0]) if provider else (table[:, 3], table[:, 0])
        order = np.lexsort(keys)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        return table[order], [(int(place[entry]), row) for entry, row in self.spreads]


def _start(process: NDArray[np.float64], columns: int) -> NDArray[np.int64]:
    """Where each process's rows begin; `process` ascends."""
    return np.searchsorted(process, np.arange(columns + 1)).astype(np.int64)


class CutRows:
    """Exchanges that end at the edge of the network."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, int, str, str, float, str, CutReason]] = []

    def add(
        self, process: int, exchange: int, flow: str, name: str, amount: float, unit: str, reason: CutReason
    ) -> None:
        """One exchange of one process."""
        self._rows.append((process, exchange, flow, name, amount, unit, reason))

    def cut_offs(self) -> CutOffs:
        """As arrays, by process."""
        rows = sorted(self._rows, key=lambda row: row[:2])
        return CutOffs(
            process=np.array([row[0] for row in rows], np.int32),
            exchange=np.array([row[1] for row in rows], np.int32),
            flow=Strings.of(row[2] for row in rows),
            name=Strings.of(row[3] for row in rows),
            amount=np.array([row[4] for row in rows], np.float64),
            unit=Strings.of(row[5] for row in rows),
            reason=Strings.of(row[6].value for row in rows),
        )
