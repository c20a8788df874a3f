"""Who supplies a product, or treats a waste, for a consumer at a place: the decision table itself."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zuji.lca.network.linking.catalogue import version_order
from zuji.lca.network.linking.options import LinkOptions, Preference, Unknown
from zuji.lca.network.linking.places import nearness, whereabouts
from zuji.lca.network.linking.products import Product
from zuji.lca.network.rules import LinkRule
from zuji.model.lci.processes import Process, ProcessType


@dataclass(frozen=True, slots=True)
class Column:
    """One product of one data set: what becomes process `index` of the network."""

    index: int
    dataset: int
    process: Process
    product: Product
    version: str
    """The version of the product's flow that is meant."""
    supplies: bool
    """False for a data set without a usable reference: it stands in the network and supplies nobody."""
    divided: bool = True
    """False for a multi-output data set that nothing divides: it supplies only where nobody else does."""
    passes_on: bool = False
    """It takes in at least as much of its product as it gives: it moves or refines what others make."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The suppliers of one exchange with their shares (summing to 1), and the rule that found them."""

    rule: LinkRule
    suppliers: tuple[tuple[Column, float], ...]
    other_version: bool = False
    """Nobody supplies the version of the flow that was asked for; these supply another one."""


class Suppliers:
    """Finds suppliers by product and place. Only the newest version of a process competes unnamed."""

    def __init__(self, columns: Sequence[Column], options: LinkOptions) -> None:
        self._options = options
        self._by_process: dict[str, list[Column]] = {}
        self._by_flow: dict[tuple[str, bool], list[Column]] = {}
        self._chosen: dict[tuple[str, str, bool, str], Choice | None] = {}
        for column in columns:
            if column.supplies:
                self._by_process.setdefault(column.process.heading.id, []).append(column)
        for versions in self._by_process.values():
            newest = max((c.process.heading.version for c in versions), key=version_order)
            for column in versions:
                if column.process.heading.version == newest:
                    key = (column.product.flow.id, column.product.treats)
                    self._by_flow.setdefault(key, []).append(column)
        for key, found in self._by_flow.items():
            answered = [c for c in found if c.divided] or found
            self._by_flow[key] = [c for c in answered if c.product.main] or answered

    def offered(self, flow: str, *, treats: bool) -> bool:
        """Whether anybody supplies the product (or treats the waste)."""
        return (flow, treats) in self._by_flow

    def named(self, process: str, version: str, flow: str) -> tuple[Column, ...]:
        """The columns of a named process that concern `flow`: that version, else the newest."""
        versions = self._by_process.get(process, ())
        found = [c for c in versions if c.process.heading.version == version]
        if not found and versions:
            newest = max((c.process.heading.version for c in versions), key=version_order)
            found = [c for c in versions if c.process.heading.version == newest]
        return tuple(c for c in found if c.product.flow.id == flow)

    def sole(self, process: str) -> Column | None:
        """The column of a named process with a single product, whatever the product's flow."""
        found = self._by_process.get(process, ())
        return found[0] if len(found) == 1 else None

    def choose(
        self,
        flow: str,
        version: str,
        location: str,
        *,
        treats: bool,
        without: int | None = None,
        makers: bool = False,
    ) -> Choice | None:
        """The decision table for one product at one place.

        `without`: not the columns of that data set. `makers`: only those that do not pass on what others
        make, lest processes of one chain be linked to each other.
        """
        offers = self._by_flow.get((flow, treats), ())
        if without is not None:
            others = [c for c in offers if c.dataset != without and not (makers and c.passes_on)]
            return self._decide(others, version, location)
        key = (flow, version, treats, whereabouts(location).key)
        if key not in self._chosen:
            self._chosen[key] = self._decide(offers, version, location)
        return self._chosen[key]

    def _decide(self, candidates: Sequence[Column], version: str, location: str) -> Choice | None:
        same = [c for c in candidates if c.version == version]
        other_version = bool(candidates) and not same
        candidates = self._preferred(same or candidates)
        if not candidates:
            return None
        if len(candidates) == 1:
            return Choice(LinkRule.ONLY, ((candidates[0], 1.0),), other_version)
        ranked = [nearness(location, c.process.location) for c in candidates]
        nearest = min(rank for rank, _ in ranked)
        tier = [c for c, (rank, _) in zip(candidates, ranked, strict=True) if rank == nearest]
        rule = next(rule for rank, rule in ranked if rank == nearest)
        return Choice(rule, self._split(tier), other_version)

    def _preferred(self, candidates: Sequence[Column]) -> Sequence[Column]:
        if self._options.prefer is Preference.NONE:
            return candidates
        results = self._options.prefer is Preference.RESULT
        found = [c for c in candidates if (c.process.type is ProcessType.RESULT) == results]
        return found or candidates

    def _split(self, tier: list[Column]) -> tuple[tuple[Column, float], ...]:
        """Shares by annual volume where it is known, else equal ones."""
        volumes = [c.product.volume for c in tier]
        known = [volume for volume in volumes if math.isfinite(volume) and volume > 0]
        complete = len(known) == len(tier)
        if not self._options.by_volume or not known or len({c.product.unit for c in tier}) > 1:
            return _equal(tier)
        if not complete and self._options.unknown_volume is Unknown.EQUAL:
            return _equal(tier)
        stand_in = sum(known) / len(known) if self._options.unknown_volume is Unknown.MEAN else 0.0
        weights = [v if math.isfinite(v) and v > 0 else stand_in for v in volumes]
        total = sum(weights)
        return tuple((c, weight / total) for c, weight in zip(tier, weights, strict=True) if weight)


def _equal(tier: list[Column]) -> tuple[tuple[Column, float], ...]:
    return tuple((column, 1.0 / len(tier)) for column in tier)
