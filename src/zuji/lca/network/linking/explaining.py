"""Why a process is supplied by whom: its exchanges with their providers, rules and the candidates."""

import math
from dataclasses import dataclass

import numpy as np

from zuji.lca.network.arrays import Network
from zuji.lca.network.linking.places import nearness
from zuji.lca.network.rules import CutReason, LinkRule
from zuji.text import Text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A process that offers the product: how near it is to the consumer, and whether it supplies."""

    process: int
    location: str
    nearness: LinkRule
    chosen: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """One link of an exchange, or one exchange that was cut off (then `provider` and `rule` are None).

    `amount` in `unit` is consumed by one run (negative: a credit); `share` is the provider's part of the
    exchange. `why` is the rule, or the reason of the cut. `exchange` is the ordinal in the data set, -1 for
    a reason that concerns the whole process.
    """

    exchange: int
    product: Text
    amount: float
    unit: str
    provider: int | None
    rule: LinkRule | None
    share: float
    why: Text
    candidates: tuple[Candidate, ...] = ()


def explain(network: Network, process_index: int) -> tuple[Explanation, ...]:
    """Every product and waste exchange of one process, in the order of its data set.

    Raises IndexError for a process that the network does not have.
    """
    if not 0 <= process_index < len(network):
        raise IndexError(process_index)
    processes, edges = network.processes, network.edges
    here = processes.location[process_index]
    low, high = edges.start[process_index : process_index + 2]
    offers = _offers(network)
    rows = []
    for edge in range(low, high):
        provider = int(edges.provider[edge])
        rule = LinkRule(int(edges.rule[edge]))
        siblings = edges.provider[low:high][edges.exchange[low:high] == edges.exchange[edge]]
        rows.append(
            Explanation(
                exchange=int(edges.exchange[edge]),
                product=Text(processes.product_name[provider], processes.product_name_en[provider]),
                amount=float(edges.amount[edge]),
                unit=processes.unit[provider],
                provider=provider,
                rule=rule,
                share=float(edges.share[edge]),
                why=rule.words,
                candidates=tuple(
                    Candidate(
                        int(other),
                        processes.location[other],
                        nearness(here, processes.location[other])[1],
                        bool(np.isin(other, siblings)),
                    )
                    for other in offers[(processes.product[provider], bool(processes.treats[provider]))]
                ),
            )
        )
    cut = network.cut_offs
    rows.extend(
        Explanation(
            exchange=int(cut.exchange[entry]),
            product=Text(cut.name[entry]),
            amount=float(cut.amount[entry]),
            unit=cut.unit[entry],
            provider=None,
            rule=None,
            share=math.nan,
            why=CutReason(cut.reason[entry]).words,
        )
        for entry in np.flatnonzero(cut.process == process_index)
    )
    return tuple(sorted(rows, key=lambda row: row.exchange))


def _offers(network: Network) -> dict[tuple[str, bool], list[int]]:
    """(product, treats) -> the processes that offer it."""
    result: dict[tuple[str, bool], list[int]] = {}
    for index, key in enumerate(
        zip(network.processes.product, network.processes.treats.tolist(), strict=True)
    ):
        result.setdefault(key, []).append(index)
    return result
