"""Exact zeros: links decide whether a footprint can be anything but zero, not the rounding of a solver."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zuji.lca.network.arrays import Floats, Truths
from zuji.lca.network.prepared import Prepared
from zuji.text import Text


class ZeroReason(StrEnum):
    """Why a footprint is exactly zero."""

    NO_ELEMENTARY_FLOW = "no_elementary_flow"
    """Neither the process nor anything upstream of it exchanges anything with nature."""
    NOT_CHARACTERISED = "not_characterised"
    """There are elementary flows upstream, but the category has a factor for none of them."""

    @property
    def text(self) -> Text:
        """The reason in words."""
        if self is ZeroReason.NO_ELEMENTARY_FLOW:
            return Text(
                "该产品及其全部上游过程都没有基本流",
                "neither the process nor anything upstream of it has an elementary flow",
            )
        return Text(
            "上游有基本流，但该指标对它们都没有特征化因子",
            "there are elementary flows upstream, but this category characterises none of them",
        )


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What lies upstream of each process: `characterised`[n] and `exchanging`[n] say whether anything does.

    A process without a characterised elementary exchange upstream (itself included) is exactly zero.
    """

    characterised: Truths
    exchanging: Truths

    def exact(self, intensities: Floats) -> Floats:
        """`intensities`[n] with every structural zero as exactly 0.0."""
        return np.where(self.characterised, intensities, 0.0)

    def reason(self, process: int) -> ZeroReason | None:
        """Why a process is exactly zero; None where it need not be."""
        if self.characterised[process]:
            return None
        return ZeroReason.NOT_CHARACTERISED if self.exchanging[process] else ZeroReason.NO_ELEMENTARY_FLOW


def reach(prepared: Prepared, characterised: Floats) -> Reach:
    """Decides structural zeros; `characterised`[k] is each intervention's amount times its factor.

    An intervention counts where that is not zero, even if the interventions of a process cancel.
    """
    from zuji.lca.network.paths.growing import upstream_has

    interventions = prepared.network.interventions
    n = len(prepared)
    process = np.repeat(np.arange(n), np.diff(interventions.start))

    def upstream(happens: Truths) -> Truths:
        has = np.zeros(n, np.uint8)
        has[prepared.position[process[happens]]] = 1
        found = upstream_has(prepared.start, prepared.provider, prepared.share, has)
        return found[prepared.position].astype(np.bool_)

    return Reach(upstream(characterised != 0.0), upstream(interventions.amount != 0.0))


def needed(prepared: Prepared, demand: Mapping[int, float]) -> Truths:
    """Which processes a demand can call upon: bool[n]; the supply of all others is exactly zero."""
    from zuji.lca.network.paths.growing import downstream_reaches

    marked = np.zeros(len(prepared), np.uint8)
    marked[prepared.position[[process for process, amount in demand.items() if amount != 0.0]]] = 1
    found = downstream_reaches(prepared.start, prepared.provider, prepared.share, marked)
    return found[prepared.position].astype(np.bool_)
