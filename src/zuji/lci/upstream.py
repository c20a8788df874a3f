"""What stands behind a product: the processes of its supply chain, and what they lack."""

from dataclasses import dataclass

import numpy as np

from zuji.lca.network.arrays import Edges, Network, Truths
from zuji.lca.network.rules import CutReason


@dataclass(frozen=True, slots=True)
class Upstream:
    """The supply chain of a product, itself included.

    `lacking` of the exchanges of its `processes` are asked for and not counted: nobody supplies or treats
    them, or their flow, amount or unit is not usable (`CutReason.lacking`).
    """

    processes: int
    lacking: int

    def in_words(self, language: str) -> str:
        """One line for a page or a terminal."""
        if language.startswith("zh"):
            lacking = (
                f"其中 {self.lacking} 条交换没有供应方或数量，未计入结果"
                if self.lacking
                else "没有缺供应方或数量的交换"
            )
            return f"供应链有 {self.processes} 个过程，{lacking}"
        several = "processes" if self.processes != 1 else "process"
        lacking = (
            f"{self.lacking} exchanges have no supplier or no amount and are not counted"
            if self.lacking
            else "none of their exchanges lacks a supplier or an amount"
        )
        return f"the supply chain has {self.processes} {several}; {lacking}"


def upstream(network: Network, process: int) -> Upstream:
    """Follows the links of a process to all that stands behind it."""
    reached = suppliers(network.edges, process)
    cut = network.cut_offs
    lacking = sum(
        CutReason(cut.reason[entry]).lacking for entry in np.flatnonzero(reached[cut.process]).tolist()
    )
    return Upstream(int(np.count_nonzero(reached)), lacking)


def suppliers(edges: Edges, process: int) -> Truths:
    """[n]: the process, and all that it consumes from, directly or through others."""
    reached = np.zeros(len(edges.start) - 1, np.bool_)
    reached[process] = True
    front = np.array([process])
    while front.size:
        low, high = edges.start[front], edges.start[front + 1]
        size = high - low
        links = np.repeat(low - np.cumsum(size) + size, size) + np.arange(size.sum())
        links = links[edges.amount[links] != 0.0]
        new = np.zeros_like(reached)
        new[edges.provider[links]] = True
        new &= ~reached
        reached |= new
        front = np.flatnonzero(new)
    return reached
