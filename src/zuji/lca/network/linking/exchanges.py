"""What becomes of one exchange: a link, an intervention, or an entry in the list of what was cut off."""

from collections.abc import Mapping
from dataclasses import dataclass

from zuji.lca.network.linking.catalogue import Catalogue, between
from zuji.lca.network.linking.connections import Connected
from zuji.lca.network.linking.options import LinkOptions, Named
from zuji.lca.network.linking.signs import consumed, signed
from zuji.lca.network.linking.suppliers import Choice, Column, Suppliers
from zuji.lca.network.rules import CutReason, LinkRule
from zuji.model.lci.flows import FlowType
from zuji.model.lci.processes import Exchange, Process


@dataclass(frozen=True, slots=True)
class Link:
    """What a provider supplies to an exchange: `amount` in the provider's unit, for an undivided run."""

    provider: Column
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class Found:
    """The links of one exchange; `converted`: its amount changed unit."""

    rule: LinkRule
    links: tuple[Link, ...]
    converted: bool
    other_version: bool
    named_absent: bool


class ExchangeLinker:
    """Applies the decision table to the exchanges of one data set after the other."""

    def __init__(
        self,
        catalogue: Catalogue,
        suppliers: Suppliers,
        options: LinkOptions,
        connections: Connected,
        own: Mapping[int, tuple[Column, ...]],
    ) -> None:
        self._catalogue = catalogue
        self._suppliers = suppliers
        self._options = options
        self._connections = connections
        self._own = own

    def link(
        self, dataset: int, process: Process, exchange: Exchange, *, displaces: bool
    ) -> Found | CutReason:
        """The links of a product or waste exchange with an amount, or why there are none."""
        counted = self._catalogue.amount(exchange)
        if counted is None:
            return CutReason.UNIT
        choice = self._by_hand(process, exchange)
        absent = False
        if choice is None and exchange.provider is not None and self._options.named is not Named.IGNORE:
            named = self._suppliers.named(exchange.provider.id, exchange.provider.version, exchange.flow.id)
            choice = self._explicit(named, exchange, LinkRule.EXPLICIT)
            absent = choice is None
        if choice is None:
            if self._options.named is Named.ONLY:
                return CutReason.NO_NAMED_PROVIDER
            found = self._unnamed(dataset, process, exchange, displaces=displaces)
            if isinstance(found, CutReason):
                return found
            choice = found
        return self._links(exchange, choice, counted, displaces=displaces, absent=absent)

    def _links(
        self, exchange: Exchange, choice: Choice, counted: tuple[float, str], *, displaces: bool, absent: bool
    ) -> Found | CutReason:
        factor, unit = counted
        links, converted = [], factor != 1
        for provider, share in choice.suppliers:
            many = between(unit, provider.product.unit)
            if many is None:
                return CutReason.UNIT
            converted = converted or many != 1
            amount = consumed(exchange, treats=provider.product.treats) * factor * many
            links.append(Link(provider, amount * share, share))
        rule = LinkRule.CO_PRODUCT if displaces else choice.rule
        return Found(rule, tuple(links), converted, choice.other_version, absent)

    def _by_hand(self, process: Process, exchange: Exchange) -> Choice | None:
        """What a person chose, or a life cycle model connects."""
        key = (process.heading.id, exchange.id)
        chosen = self._options.choices.get(key)
        if chosen is not None:
            return self._explicit(self._any(chosen, exchange), exchange, LinkRule.PERSON)
        providers = self._connections.get(key, ())
        found = [column for provider in providers for column in self._any(provider, exchange)]
        return self._explicit(tuple(found), exchange, LinkRule.EXPLICIT)

    def _any(self, process: str, exchange: Exchange) -> tuple[Column, ...]:
        """The columns of a process for the exchange's flow, else its only product whatever that is."""
        found = self._suppliers.named(process, "", exchange.flow.id)
        if found:
            return found
        sole = self._suppliers.sole(process)
        return (sole,) if sole else ()

    @staticmethod
    def _explicit(columns: tuple[Column, ...], exchange: Exchange, rule: LinkRule) -> Choice | None:
        """Equal shares of the columns; of a process that supplies and treats, the one that fits the sign."""
        gives = signed(exchange) > 0
        fitting = [c for c in columns if c.product.treats == gives] or list(columns)
        if not fitting:
            return None
        return Choice(rule, tuple((column, 1.0 / len(fitting)) for column in fitting))

    def _unnamed(
        self, dataset: int, process: Process, exchange: Exchange, *, displaces: bool
    ) -> Choice | CutReason:
        flow = exchange.flow
        kind = self._catalogue.type(flow)
        here = exchange.location or process.location
        known = self._catalogue.flow(flow)
        version = known.heading.version if known else flow.version
        if displaces or exchange.avoided:
            treats = kind is FlowType.WASTE if exchange.avoided else signed(exchange) < 0
            found = self._suppliers.choose(flow.id, version, here, treats=treats, without=dataset)
            return found or CutReason.NOT_DISPLACED
        treats = signed(exchange) > 0
        if not self._suppliers.offered(flow.id, treats=treats):
            return _nobody(kind, gives=treats)
        own = next((c for c in self._own.get(dataset, ()) if _same(c, exchange, treats=treats)), None)
        if own is None:
            found = self._suppliers.choose(flow.id, version, here, treats=treats)
            return found or _nobody(kind, gives=treats)
        if not own.passes_on:
            return Choice(LinkRule.OWN, ((own, 1.0),))
        makers = self._suppliers.choose(flow.id, version, here, treats=treats, without=dataset, makers=True)
        return makers or CutReason.PASSED_ON


def _same(column: Column, exchange: Exchange, *, treats: bool) -> bool:
    return column.product.flow.id == exchange.flow.id and column.product.treats == treats and column.supplies


def _nobody(kind: FlowType | None, *, gives: bool) -> CutReason:
    if kind is None:
        return CutReason.UNKNOWN_FLOW
    if gives:
        return CutReason.NO_TREATMENT
    return CutReason.WASTE_TAKEN_IN if kind is FlowType.WASTE else CutReason.NO_PROVIDER
