"""The account of linking: what became of every exchange of the package."""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.lca.network.arrays import Network
from zuji.lca.network.linking.options import Allocation
from zuji.lca.network.rules import CutReason, LinkRule


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAccount:
    """Every exchange stands in exactly one of the first eight; `exchanges` counts them all.

    `by_rule` counts linked exchanges, not links: one that was split over three suppliers counts once.
    """

    exchanges: int
    products: int
    """Reference products and co-products that became columns of the network."""
    by_rule: Mapping[LinkRule, int]
    elementary: int
    cut: Mapping[CutReason, int]
    reminders: int
    zeros: int
    left_out: int
    """Exchanges of data sets that repeat one with the same identity."""

    datasets: int
    columns: int
    repeated: int
    """Data sets left out because one with the same id and version came before."""
    divided: Mapping[Allocation, int]
    """Multi-output data sets by the method that divided them; `REFUSE`: nothing did."""
    barred: Mapping[CutReason, int]
    """Data sets without a footprint of their own, by the reason."""
    links: int
    split: int
    """Exchanges with more than one supplier."""
    converted: int
    """Exchanges whose amount was converted to another unit."""
    other_version: int
    """Exchanges linked to another version of the flow than they name."""
    named_absent: int
    """Exchanges whose named provider is not in the package, or does not supply the product."""
    credits: int
    """Exchanges that became negative links."""
    factors: int
    factors_unused: int
    """Characterisation factors of flows that no process exchanges."""
    factors_refused: int
    """Characterisation factors without a number, or in a unit that does not convert."""
    spreads: int
    spreads_refused: int
    """Uncertainties that name no complete distribution."""
    spreads_of_products: int = 0
    """Uncertainties of reference products and co-products: results are per unit of product and shares are
    computed once, so that these amounts are not drawn."""

    @property
    def linked(self) -> int:
        """Exchanges that found a provider."""
        return sum(self.by_rule.values())

    @property
    def balanced(self) -> bool:
        """Whether the parts sum to all exchanges."""
        cut = sum(self.cut.values())
        parts = self.products + self.linked + self.elementary + cut + self.reminders + self.zeros
        return self.exchanges == parts + self.left_out


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking returns."""

    network: Network
    account: LinkAccount
