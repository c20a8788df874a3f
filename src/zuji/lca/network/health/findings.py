"""Findings: what is wrong with a network, in words, with places and a cure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zuji.errors import Place, Problem
from zuji.lca.network.arrays import Network
from zuji.text import Text

_UNSAID = Text("")
PLACES = 50
"""How many places a finding keeps; its number counts them all."""


class Severity(StrEnum):
    """What a finding means for results."""

    ERROR = "error"
    """Some products have no footprint because of it."""
    WARNING = "warning"
    """Results are given and may be wrong or incomplete."""
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: a process, and an exchange of it (-1: the whole process) with its amount in `unit`."""

    process: int
    id: str
    name: Text
    exchange: int = -1
    flow: Text = _UNSAID
    amount: float = float("nan")
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`number` things of one kind, with the first places; `processes` are all that an error concerns."""

    code: str
    severity: Severity
    what: Text
    cure: Text
    number: int
    places: tuple[Spot, ...] = ()
    processes: frozenset[int] = frozenset()

    @property
    def problem(self) -> Problem:
        """As a problem that an error can carry; its place is the first one."""
        place = Place(field=str(self.places[0].name)) if self.places else Place()
        return Problem(code=self.code, what=self.what, cure=self.cure, place=place)


def spot(network: Network, process: int) -> Spot:
    """A process as a place."""
    processes = network.processes
    name = Text(processes.name[process], processes.name_en[process])
    return Spot(process, processes.id[process], name)


def link_spot(network: Network, edge: int) -> Spot:
    """A link as a place."""
    edges, processes = network.edges, network.processes
    process = int(np.searchsorted(edges.start, edge, side="right")) - 1
    provider = int(edges.provider[edge])
    return Spot(
        process,
        processes.id[process],
        Text(processes.name[process], processes.name_en[process]),
        int(edges.exchange[edge]),
        Text(processes.product_name[provider], processes.product_name_en[provider]),
        float(edges.amount[edge]),
        processes.unit[provider],
    )


def cut_spot(network: Network, entry: int) -> Spot:
    """An entry of the cut-offs as a place."""
    cut, processes = network.cut_offs, network.processes
    process = int(cut.process[entry])
    return Spot(
        process,
        processes.id[process],
        Text(processes.name[process], processes.name_en[process]),
        int(cut.exchange[entry]),
        Text(cut.name[entry]),
        float(cut.amount[entry]),
        cut.unit[entry],
    )


def few(names: Iterable[str], number: int = 3) -> str:
    """The first names of a list, for running text."""
    found = list(dict.fromkeys(name for name in names if name))
    return "、".join(found[:number]) + ("…" if len(found) > number else "")


def first(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """As many places as a finding keeps."""
    return tuple(spots[:PLACES])
