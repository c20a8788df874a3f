"""Repairs: links that are cut and processes that are set aside so that a network becomes productive."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zuji.errors import InvalidInput, Problem, problem
from zuji.lca.network.arrays import CutOffs, Edges, Longs, Network, Spreads, Strings, Truths
from zuji.lca.network.rules import CutReason
from zuji.text import Text

_UNSAID = Text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A link to cut or a process to set aside, named by data sets so that it can be kept and applied again.

    `process`, `version`, `product` name the consumer, `exchange` the ordinal of its exchange, `provider`,
    `provider_version` and `provider_product` the other end. `amount` in `unit` is what a run consumes.
    `slip`: the amount may be wrong by this factor between units; correcting it may spare the cut.

    Without a `provider` the process itself is set aside: it supplies nobody and has no footprint, because
    its reference amount (`amount`) cannot belong to its inputs, which are `slip` times as much.
    """

    process: str
    version: str
    product: str
    exchange: int = -1
    provider: str = ""
    provider_version: str = ""
    provider_product: str = ""
    process_name: Text = _UNSAID
    product_name: Text = _UNSAID
    provider_name: Text = _UNSAID
    amount: float = float("nan")
    unit: str = ""
    slip: float | None = None

    @property
    def sets_aside(self) -> bool:
        return not self.provider

    @property
    def key(self) -> tuple[str, str, str, int, str, str, str]:
        """What names the link."""
        return (
            self.process,
            self.version,
            self.product,
            self.exchange,
            self.provider,
            self.provider_version,
            self.provider_product,
        )


def repair_of(network: Network, edge: int, slip: float | None = None) -> Repair:
    """The repair that cuts one link."""
    processes, edges = network.processes, network.edges
    process = int(np.searchsorted(edges.start, edge, side="right")) - 1
    provider = int(edges.provider[edge])
    return Repair(
        process=processes.id[process],
        version=processes.version[process],
        product=processes.product[process],
        exchange=int(edges.exchange[edge]),
        provider=processes.id[provider],
        provider_version=processes.version[provider],
        provider_product=processes.product[provider],
        process_name=Text(processes.name[process], processes.name_en[process]),
        product_name=Text(processes.product_name[provider], processes.product_name_en[provider]),
        provider_name=Text(processes.name[provider], processes.name_en[provider]),
        amount=float(edges.amount[edge]),
        unit=processes.unit[provider],
        slip=slip,
    )


def setting_aside(network: Network, process: int, times: float) -> Repair:
    """The repair that sets a process aside which takes in `times` its own output."""
    processes = network.processes
    return Repair(
        process=processes.id[process],
        version=processes.version[process],
        product=processes.product[process],
        process_name=Text(processes.name[process], processes.name_en[process]),
        product_name=Text(processes.product_name[process], processes.product_name_en[process]),
        amount=float(processes.production[process]),
        unit=processes.unit[process],
        slip=times,
    )


def repair(network: Network, repairs: Iterable[Repair]) -> Network:
    """The network with the named repairs; listed in `cut_offs`, and as JSON in `about["repairs"]`.

    Links to a process that is set aside are cut, its own stay to be read; its `share` becomes NaN.
    Raises `InvalidInput` naming every repair that matches nothing; then nothing is changed.
    """
    wanted = tuple(repairs)
    if not wanted:
        return network
    aside, cut = _matching(network, wanted)
    done = json.loads(network.about.get("repairs", "[]")) + [asdict(one) for one in wanted]
    return replace(
        network,
        processes=replace(network.processes, share=np.where(aside, np.nan, network.processes.share)),
        edges=_without(network.edges, cut),
        edge_spreads=_spreads_without(network.edge_spreads, cut),
        cut_offs=_with(network, np.flatnonzero(cut), np.flatnonzero(aside)),
        about={**network.about, "repairs": json.dumps(done, ensure_ascii=False, sort_keys=True)},
    )


def _matching(network: Network, wanted: Sequence[Repair]) -> tuple[Truths, Truths]:
    """Which processes are set aside, and which links are cut."""
    processes, edges = network.processes, network.edges
    names = zip(processes.id, processes.version, processes.product, strict=True)
    index = {name: number for number, name in enumerate(names)}
    aside, cut = np.zeros(len(processes), bool), np.zeros(len(edges), bool)
    problems = []
    for one in wanted:
        consumer = index.get((one.process, one.version, one.product))
        if one.sets_aside and consumer is not None:
            aside[consumer] = True
            continue
        provider = index.get((one.provider, one.provider_version, one.provider_product))
        hits = np.zeros(0, np.intp)
        if consumer is not None and provider is not None:
            low, high = edges.start[consumer : consumer + 2]
            same = (edges.provider[low:high] == provider) & (edges.exchange[low:high] == one.exchange)
            hits = np.flatnonzero(same) + low
        if not len(hits):
            problems.append(_unknown(one))
        cut[hits] = True
    if problems:
        raise InvalidInput(*problems)
    return aside, cut | aside[edges.provider]


def _unknown(one: Repair) -> Problem:
    name, name_en = one.process_name.zh or one.process, one.process_name.en or one.process
    return problem(
        "health.repair_unknown",
        f"修复项在该网络中找不到：过程“{name}”第 {one.exchange} 个交换",
        f"a repair is not found in this network: process “{name_en}”, exchange {one.exchange}",
        cure_zh="请重新检查该网络，并采用新的修复建议",
        cure_en="examine this network again and use the repairs it suggests",
    )


def _without(edges: Edges, cut: Truths) -> Edges:
    keep = ~cut
    kept = np.concatenate((np.zeros(1, np.int64), np.cumsum(keep, dtype=np.int64)))
    start: Longs = kept[edges.start]
    return Edges(
        start=start,
        provider=edges.provider[keep],
        amount=edges.amount[keep],
        exchange=edges.exchange[keep],
        rule=edges.rule[keep],
        share=edges.share[keep],
    )


def _spreads_without(spreads: Spreads, cut: Truths) -> Spreads:
    if not len(spreads):
        return spreads
    keep = ~cut[spreads.entry]
    place = np.cumsum(~cut, dtype=np.int64) - 1
    return Spreads(
        place[spreads.entry[keep]],
        spreads.shape[keep],
        spreads.centre[keep],
        spreads.scale[keep],
        spreads.low[keep],
        spreads.high[keep],
    )


def _with(network: Network, cut: NDArray[np.intp], aside: NDArray[np.intp]) -> CutOffs:
    """The cut-offs with the links that were cut and the processes that were set aside."""
    old, edges, processes = network.cut_offs, network.edges, network.processes
    providers = edges.provider[cut].tolist()
    owners = aside.tolist()
    process = np.concatenate((old.process, edges.consumer()[cut], aside.astype(np.int32)))
    exchange = np.concatenate((old.exchange, edges.exchange[cut], np.full(len(aside), -1, np.int32)))
    amount = np.concatenate((old.amount, edges.amount[cut], processes.production[aside]))
    order = np.lexsort((exchange, process))

    def joined(texts: Strings, of: Strings) -> Strings:
        both = [*texts, *(of[p] for p in providers), *(of[p] for p in owners)]
        return Strings.of(both[i] for i in order.tolist())

    reasons = [CutReason.REPAIR.value] * len(cut) + [CutReason.SET_ASIDE.value] * len(aside)
    every = [*old.reason, *reasons]
    return CutOffs(
        process=process[order],
        exchange=exchange[order],
        flow=joined(old.flow, processes.product),
        name=joined(old.name, processes.product_name),
        amount=amount[order],
        unit=joined(old.unit, processes.unit),
        reason=Strings.of(every[i] for i in order.tolist()),
    )
