"""The uncertain entries of a network: which number is spread how, and which of them vary as one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.errors import InvalidInput, problem
from zuji.lca.network.arrays import Floats, Ints, Longs, Network, Spreads
from zuji.lca.network.sampling import distributions, randomness
from zuji.lca.network.sampling.options import Amounts, Sampling

_NAMES = {
    Amounts.EDGES: ("供应关系", "links"),
    Amounts.INTERVENTIONS: ("基本流交换", "interventions"),
    Amounts.FACTORS: ("特征化因子", "characterisation factors"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Spreads of one array with the identity of each entry; equal identities draw equal random numbers."""

    of: Amounts
    spreads: Spreads
    identity: randomness.Identities

    def __len__(self) -> int:
        return len(self.spreads)

    def only(self, which: NDArray[np.intp]) -> "Entries":
        """Some of them."""
        return Entries(self.of, distributions.chosen(self.spreads, which), self.identity[which])


@dataclass(frozen=True, slots=True, eq=False)
class Uncertain:
    """Everything uncertain about a network under an option object.

    `by_exchange` tells whether entries are identified by their exchange; where the ordinals of exchanges do
    not tell them apart (a database without them), each entry stands for itself.
    """

    edges: Entries
    interventions: Entries
    factors: Entries
    by_exchange: bool

    def parts(self) -> tuple[Entries, Entries, Entries]:
        return self.edges, self.interventions, self.factors


def uncertain(network: Network, asked: Sampling) -> Uncertain:
    """What is uncertain in `network`, with the correlations asked for.

    Raises `InvalidInput` where a spread is none or a correlation names an entry that is not uncertain.
    """
    lengths = {
        Amounts.EDGES: len(network.edges),
        Amounts.INTERVENTIONS: len(network.interventions),
        Amounts.FACTORS: len(asked.factors.value) if asked.factors else 0,
    }
    spreads = {
        Amounts.EDGES: network.edge_spreads,
        Amounts.INTERVENTIONS: network.intervention_spreads,
        Amounts.FACTORS: asked.factors.spreads if asked.factors else Spreads.none(),
    }
    for of, given in spreads.items():
        distributions.check(given, lengths[of], *_NAMES[of])
    by_exchange = _told_apart(network)
    identities = {of: _identities(network, of, spreads[of].entry, by_exchange) for of in Amounts}
    _join(asked, spreads, identities)
    parts = {of: Entries(of, spreads[of], identities[of]) for of in Amounts}
    return Uncertain(parts[Amounts.EDGES], parts[Amounts.INTERVENTIONS], parts[Amounts.FACTORS], by_exchange)


def _told_apart(network: Network) -> bool:
    """Whether (process, exchange) names one exchange: the shares of its links sum to one at most."""
    edges = network.edges
    consumer = edges.consumer().astype(np.int64)
    width = int(edges.exchange.max(initial=0)) + 1
    _, inverse = np.unique(consumer * width + edges.exchange, return_inverse=True)
    if len(edges) and float(np.bincount(inverse, edges.share).max()) > 1 + 1e-6:
        return False
    flows = network.interventions
    owner = np.repeat(np.arange(len(network)), np.diff(flows.start))
    width = int(flows.exchange.max(initial=0)) + 1
    return len(np.unique(owner * width + flows.exchange)) == len(flows)


def _identities(network: Network, of: Amounts, entry: Longs, by_exchange: bool) -> randomness.Identities:  # noqa: FBT001
    if of is Amounts.EDGES and by_exchange:
        owner, exchange = network.edges.consumer()[entry], network.edges.exchange[entry]
    elif of is Amounts.INTERVENTIONS and by_exchange:
        rows = np.repeat(np.arange(len(network), dtype=np.int32), np.diff(network.interventions.start))
        owner, exchange = rows[entry], network.interventions.exchange[entry]
    else:
        return randomness.place_identities(list(Amounts).index(of), entry)
    return randomness.exchange_identities(network.processes, owner, exchange)


def _join(
    asked: Sampling, spreads: dict[Amounts, Spreads], identities: dict[Amounts, randomness.Identities]
) -> None:
    """Gives the entries of each group one identity."""
    for number, group in enumerate(asked.together):
        at = np.searchsorted(spreads[group.of].entry, group.entry)
        known = at < len(spreads[group.of])
        known[known] = spreads[group.of].entry[at[known]] == group.entry[known]
        if not known.all():
            lost = int(np.asarray(group.entry)[~known][0])
            zh, en = _NAMES[group.of]
            raise InvalidInput(
                problem(
                    "sampling.together",
                    f"第 {number + 1} 个相关组包含{zh}第 {lost} 项，而它没有不确定性",
                    f"group {number + 1} of correlated entries names entry {lost} of the {en}, "
                    "which is not uncertain",
                    cure_zh="去掉该项，或先给它一个分布",
                    cure_en="leave it out, or give it a distribution first",
                )
            )
        if at.size:
            identities[group.of][at] = identities[group.of][at[0]]


def without(entries: Entries, taken: Longs) -> Entries:
    """The entries that are not in `taken`."""
    return entries.only(np.flatnonzero(~np.isin(entries.spreads.entry, taken)))


def owners(network: Network) -> Ints:
    """int32[k]: the process of each intervention."""
    return np.repeat(np.arange(len(network), dtype=np.int32), np.diff(network.interventions.start))


def per_run(network: Network, amount: Floats, factors: Floats) -> Floats:
    """float64[n, k]: Σ `amount`[interventions] · `factors`[interventions, k] of each process."""
    owner = owners(network)
    columns = [np.bincount(owner, amount * column, len(network)) for column in factors.T]
    return np.stack(columns, axis=1)
