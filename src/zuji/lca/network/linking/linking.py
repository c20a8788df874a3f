"""A package becomes a network: every exchange linked by the decision table, or listed with the reason."""

import hashlib
import math
from collections import Counter

from zuji.lca.network.arrays import Edges, Interventions, Network
from zuji.lca.network.linking import columns as column_arrays
from zuji.lca.network.linking.account import LinkAccount, Linked
from zuji.lca.network.linking.catalogue import Catalogue
from zuji.lca.network.linking.columns import Columns
from zuji.lca.network.linking.connections import connected
from zuji.lca.network.linking.exchanges import ExchangeLinker, Found
from zuji.lca.network.linking.nature import Nature, names_of
from zuji.lca.network.linking.options import Allocation, LinkOptions
from zuji.lca.network.linking.products import Division
from zuji.lca.network.linking.signs import usable
from zuji.lca.network.linking.spreads import scaled
from zuji.lca.network.linking.suppliers import Column, Suppliers
from zuji.lca.network.linking.tables import CutRows, Rows
from zuji.lca.network.rules import CutReason, LinkRule
from zuji.model.lci.flows import FlowType
from zuji.model.lci.package import Package
from zuji.model.lci.processes import Exchange, Process


def link(package: Package, options: LinkOptions | None = None) -> Linked:
    """Links every data set of a package; docs/linking.md is the decision table.

    Nothing raises: what cannot be linked is listed in `network.cut_offs` with a `CutReason`, and a data set
    that has no usable reference stands in the network with share NaN and supplies nobody.
    """
    return _Linking(package, options or LinkOptions()).linked()


class _Linking:
    """One pass over the package. Its tables are filled by `linked`, once."""

    def __init__(self, package: Package, options: LinkOptions) -> None:
        self._package = package
        self._options = options
        self._catalogue = Catalogue(package)
        processes = {process.heading.id: process for process in package.processes}
        connections = connected(package.models, processes, options.models)
        self._columns: Columns = column_arrays.columns(package, self._catalogue, options, connections)
        self._of_dataset = self._columns.of_dataset()
        self._suppliers = Suppliers(self._columns.all, options)
        self._linker = ExchangeLinker(
            self._catalogue, self._suppliers, options, connections, self._of_dataset
        )
        self._characterised = {
            factor.flow.id for impact in package.impact_categories for factor in impact.factors
        }
        self._nature = Nature(self._catalogue)
        self._edges, self._interventions, self._cut = Rows(), Rows(), CutRows()
        self._count: Counter[str] = Counter()
        self._by_rule: Counter[LinkRule] = Counter()
        self._cut_count: Counter[CutReason] = Counter()

    def linked(self) -> Linked:
        for index, process in enumerate(self._package.processes):
            division = self._columns.division[index]
            if division is None:
                self._count["repeated"] += 1
                self._count["left out"] += len(process.exchanges)
            else:
                self._dataset(index, process, division)
        size = len(self._columns.all)
        edges, edge_spreads = self._edges.edges(size)
        interventions, intervention_spreads = self._interventions.interventions(size)
        factors, unused, refused = self._nature.factors(self._package)
        network = Network(
            processes=column_arrays.arrays(self._columns, self._catalogue),
            edges=edges,
            flows=self._nature.flows(),
            interventions=interventions,
            factors=factors,
            cut_offs=self._cut.cut_offs(),
            edge_spreads=edge_spreads,
            intervention_spreads=intervention_spreads,
            about=self._about(edges, interventions),
        )
        self._count["spreads"] = len(edge_spreads) + len(intervention_spreads)
        return Linked(
            network, self._account(len(edges), factors=len(factors.value), unused=unused, refused=refused)
        )

    def _dataset(self, index: int, process: Process, division: Division) -> None:
        mine = self._of_dataset[index]
        products = {ordinal for product in division.products for ordinal in product.exchanges}
        if division.barred is CutReason.NO_REFERENCE:
            self._cut.add(mine[0].index, -1, "", "", math.nan, "", CutReason.NO_REFERENCE)
        for ordinal, exchange in enumerate(process.exchanges):
            if exchange.reminder:
                self._count["reminders"] += 1
            elif ordinal in products and ordinal not in division.cut:
                if division.barred is None:
                    self._count["products"] += 1
                    self._count["spreads of products"] += self._uncertain(exchange)
                else:
                    self._cut_off(mine, ordinal, exchange, division.barred)
            else:
                self._exchange(index, process, division, ordinal, exchange)

    def _exchange(
        self, index: int, process: Process, division: Division, ordinal: int, exchange: Exchange
    ) -> None:
        mine = self._of_dataset[index]
        if (process.heading.id, exchange.id) in self._options.cuts:
            self._cut_off(mine, ordinal, exchange, CutReason.PERSON)
        elif ordinal in division.cut:
            self._cut_off(mine, ordinal, exchange, division.cut[ordinal])
        elif not usable(exchange):
            self._cut_off(mine, ordinal, exchange, CutReason.NO_AMOUNT)
        elif exchange.amount == 0:
            self._count["zeros"] += 1
        elif self._elementary(exchange):
            self._intervention(mine, division, ordinal, exchange)
        else:
            found = self._linker.link(index, process, exchange, displaces=ordinal in division.displacing)
            if isinstance(found, CutReason):
                self._cut_off(mine, ordinal, exchange, found)
            else:
                self._link(mine, division, ordinal, exchange, found)

    def _elementary(self, exchange: Exchange) -> bool:
        """A flow that the package lacks is elementary where a method characterises it and nobody makes it."""
        flow = exchange.flow.id
        kind = self._catalogue.type(exchange.flow)
        if kind is None:
            made = self._suppliers.offered(flow, treats=False) or self._suppliers.offered(flow, treats=True)
            return flow in self._characterised and not made
        return kind is FlowType.ELEMENTARY

    def _intervention(
        self, mine: tuple[Column, ...], division: Division, ordinal: int, exchange: Exchange
    ) -> None:
        counted = self._catalogue.amount(exchange)
        if counted is None:
            self._cut_off(mine, ordinal, exchange, CutReason.UNIT)
            return
        factor, unit = counted
        self._count["elementary"] += 1
        self._count["converted"] += factor != 1
        amount = exchange.amount or 0.0
        row = self._nature.row(exchange, unit)
        for column, part in zip(mine, division.part(exchange), strict=True):
            if part:
                spread = self._spread(exchange, amount, factor * part)
                self._interventions.add((column.index, row, amount * factor * part, ordinal, 0, part), spread)

    def _link(
        self, mine: tuple[Column, ...], division: Division, ordinal: int, exchange: Exchange, found: Found
    ) -> None:
        self._by_rule[found.rule] += 1
        self._count["converted"] += found.converted
        self._count["other version"] += found.other_version
        self._count["named absent"] += found.named_absent
        self._count["split"] += len(found.links) > 1
        self._count["credits"] += any(link.amount < 0 for link in found.links)
        amount = exchange.amount or 0.0
        for column, part in zip(mine, division.part(exchange), strict=True):
            for supply in found.links:
                if part and supply.amount:
                    total = supply.amount * part
                    row = (column.index, supply.provider.index, total, ordinal, int(found.rule), supply.share)
                    self._edges.add(row, self._spread(exchange, amount, total / amount))

    def _spread(
        self, exchange: Exchange, amount: float, by: float
    ) -> tuple[int, float, float, float, float] | None:
        if exchange.spread is None:
            return None
        row = scaled(exchange.spread, amount, by)
        self._count["spreads refused"] += row is None
        return row

    @staticmethod
    def _uncertain(exchange: Exchange) -> bool:
        """Whether it states a complete distribution."""
        return (
            exchange.spread is not None and scaled(exchange.spread, exchange.amount or 0.0, 1.0) is not None
        )

    def _cut_off(self, mine: tuple[Column, ...], ordinal: int, exchange: Exchange, reason: CutReason) -> None:
        """Lists the exchange at each column of its data set, with the amount as the data set states it."""
        self._cut_count[reason] += 1
        flow = self._catalogue.flow(exchange.flow)
        counted = self._catalogue.amount(exchange)
        unit = counted[1] if counted else self._catalogue.name(exchange.unit, exchange.property)
        amount = math.nan if exchange.amount is None else exchange.amount * (counted[0] if counted else 1.0)
        name, _ = names_of(flow.heading.name if flow else exchange.flow.name, exchange.flow.id)
        for column in mine:
            self._cut.add(column.index, ordinal, exchange.flow.id, name, amount, unit, reason)

    def _account(self, links: int, *, factors: int, unused: int, refused: int) -> LinkAccount:
        divisions = [division for division in self._columns.division if division is not None]
        count = self._count
        return LinkAccount(
            exchanges=sum(len(process.exchanges) for process in self._package.processes),
            products=count["products"],
            by_rule=dict(sorted(self._by_rule.items())),
            elementary=count["elementary"],
            cut=dict(self._cut_count),
            reminders=count["reminders"],
            zeros=count["zeros"],
            left_out=count["left out"],
            datasets=len(self._package.processes),
            columns=len(self._columns.all),
            repeated=count["repeated"],
            divided=dict(Counter(division.method for division in divisions if division.method is not None)),
            barred=dict(Counter(reason for division in divisions if (reason := _bar(division)) is not None)),
            links=links,
            split=count["split"],
            converted=count["converted"],
            other_version=count["other version"],
            named_absent=count["named absent"],
            credits=count["credits"],
            factors=factors,
            factors_unused=unused,
            factors_refused=refused,
            spreads=count["spreads"],
            spreads_refused=count["spreads refused"],
            spreads_of_products=count["spreads of products"],
        )

    def _about(self, edges: Edges, interventions: Interventions) -> dict[str, str]:
        digest = hashlib.sha256()
        for process in self._package.processes:
            digest.update("\0".join(process.heading.identity).encode() + b"\0")
        for array in (edges.provider, edges.amount, interventions.flow, interventions.amount):
            digest.update(array.tobytes())
        licences = sorted(
            {p.documentation.licence for p in self._package.processes if p.documentation.licence}
        )
        return {
            "name": self._package.name,
            "licence": "; ".join(licences),
            "digest": digest.hexdigest(),
            "allocation": self._options.allocation.value,
            "fallback": self._options.fallback.value,
        }


def _bar(division: Division) -> CutReason | None:
    if division.barred is None and division.method is Allocation.REFUSE:
        return CutReason.UNALLOCATED
    return division.barred
