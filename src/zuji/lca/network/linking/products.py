"""What a data set supplies: its products, the part of each, and what becomes of its other outputs."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from zuji.lca.network.linking.catalogue import Catalogue
from zuji.lca.network.linking.demand import Interest
from zuji.lca.network.linking.measures import shares
from zuji.lca.network.linking.options import Allocation, LinkOptions
from zuji.lca.network.linking.signs import consumed, signed, usable
from zuji.lca.network.linking.stated import stated
from zuji.lca.network.rules import CutReason
from zuji.model.lci.flows import FlowType
from zuji.model.lci.processes import Exchange, Process
from zuji.model.lci.references import Ref

_NOBODY = Interest()


@dataclass(slots=True, kw_only=True)
class Product:
    """A product, or the treatment of a waste (`treats`); `amount` > 0 counts in `unit`.

    `exchanges` are the ordinals that make it up, the first one leading; `main`: it is a reference.
    """

    flow: Ref
    treats: bool
    unit: str
    amount: float
    main: bool
    exchanges: list[int]
    volume: float = math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A data set divided into columns, one for each of `products`.

    `share` is the part of each product, `by_exchange` (exchange id) replaces it for single exchanges; NaN
    shares mean that nothing divides the process: it keeps undivided amounts and has no footprint.
    `displacing` are exchanges that substitution credits, `cut` those that are listed instead of linked.
    `barred`: why the process has no footprint at all; then `products` has one entry that supplies nobody.
    """

    products: tuple[Product, ...]
    share: tuple[float, ...]
    by_exchange: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    displacing: frozenset[int] = frozenset()
    cut: Mapping[int, CutReason] = field(default_factory=dict)
    method: Allocation | None = None
    barred: CutReason | None = None

    def part(self, exchange: Exchange) -> tuple[float, ...]:
        """The part of the exchange that each product bears."""
        if math.isnan(self.share[0]):
            return (1.0,) * len(self.share)
        return self.by_exchange.get(exchange.id, self.share)


def divide(
    process: Process,
    catalogue: Catalogue,
    interest: Mapping[str, Interest],
    options: LinkOptions,
    linked: Collection[str],
) -> Division:
    """Divides a data set by the decision table. `linked`: ids of its exchanges that someone links by hand."""
    products, barred = _references(process, catalogue)
    if barred is not None:
        return Division(products=tuple(products), share=(math.nan,), barred=barred)
    cut = _join(process, catalogue, interest, options, linked, products)
    if len(products) == 1:
        return Division(products=tuple(products), share=(1.0,), cut=cut)
    return _allocate(process, catalogue, options, products, cut)


def used_up(process: Process, product: Product, catalogue: Catalogue) -> float:
    """How much of one of its products a run of the process takes in itself, in the product's unit."""
    total = 0.0
    for exchange in process.exchanges:
        if exchange.flow.id == product.flow.id and not exchange.reminder and not exchange.avoided:
            counted = catalogue.amount(exchange)
            amount = consumed(exchange, treats=product.treats)
            if counted is not None and amount > 0:
                total += amount * counted[0]
    return total


def _references(process: Process, catalogue: Catalogue) -> tuple[list[Product], CutReason | None]:
    """The reference products; or a single stand-in with the reason why there is none to work with."""
    products: list[Product] = []
    barred, first = CutReason.NO_REFERENCE, None
    for ordinal, exchange in enumerate(process.exchanges):
        if not exchange.reference or exchange.reminder:
            continue
        amount = signed(exchange)
        counted = catalogue.amount(exchange)
        if not amount or counted is None:
            first = ordinal if first is None else first
            zero = usable(exchange) and counted is not None
            barred = CutReason.REFERENCE_ZERO if zero else CutReason.REFERENCE_UNKNOWN
        else:
            _put(products, exchange, ordinal, amount, counted, main=True)
    if products:
        if process.production_volume is not None and math.isnan(products[0].volume):
            products[0].volume = process.production_volume
        return products, None
    if first is None:
        return [_stand_in(Ref(""), "", [])], barred
    flow = process.exchanges[first].flow
    return [_stand_in(flow, catalogue.counted(flow).unit, [first])], barred


def _stand_in(flow: Ref, unit: str, exchanges: list[int]) -> Product:
    """What stands for the product of a data set that has none to work with."""
    return Product(flow=flow, treats=False, unit=unit, amount=1.0, main=True, exchanges=exchanges)


def _put(
    products: list[Product],
    exchange: Exchange,
    ordinal: int,
    amount: float,
    counted: tuple[float, str],
    *,
    main: bool,
) -> None:
    """Adds a product, or more of one that is there already."""
    factor, unit = counted
    for product in products:
        if product.flow.id == exchange.flow.id and product.treats == (amount < 0) and product.unit == unit:
            product.amount += abs(amount) * factor
            product.exchanges.append(ordinal)
            return
    stated_volume = exchange.production_volume
    volume = math.nan if stated_volume is None else abs(stated_volume) * factor
    products.append(
        Product(
            flow=exchange.flow,
            treats=amount < 0,
            unit=unit,
            amount=abs(amount) * factor,
            main=main,
            exchanges=[ordinal],
            volume=volume,
        )
    )


def _join(
    process: Process,
    catalogue: Catalogue,
    interest: Mapping[str, Interest],
    options: LinkOptions,
    linked: Collection[str],
    products: list[Product],
) -> dict[int, CutReason]:
    """Adds the co-products to the reference products; returns the outputs that are none, with the reason."""
    cut: dict[int, CutReason] = {}
    named = {share.product for share in process.allocations}
    treatment = all(product.treats for product in products)
    own = {(product.flow.id, product.treats) for product in products}
    for ordinal, exchange in enumerate(process.exchanges):
        amount = signed(exchange)
        idle = exchange.reference or exchange.reminder or exchange.avoided or exchange.id in linked
        if idle or not amount:
            continue
        counted = catalogue.amount(exchange)
        if exchange.id in named or (exchange.flow.id, amount < 0) in own:
            if counted is not None:
                _put(products, exchange, ordinal, amount, counted, main=False)
        elif amount > 0:
            about = interest.get(exchange.flow.id, _NOBODY)
            if not _offered(catalogue.type(exchange.flow), about):
                continue
            if counted is None:
                cut[ordinal] = CutReason.UNIT
            elif about.givers > options.residue * about.takers:
                cut[ordinal] = CutReason.RESIDUE
            elif treatment:
                cut[ordinal] = CutReason.FROM_TREATMENT
            else:
                _put(products, exchange, ordinal, amount, counted, main=False)
    return cut


def _offered(kind: FlowType | None, about: Interest) -> bool:
    """Whether an output is a product rather than an emission, a waste, or something for a treatment.

    Where a database has treatments for a flow and nobody supplies it on purpose, the flow is a waste to it.
    """
    if kind in (FlowType.ELEMENTARY, FlowType.WASTE) or (about.treaters and not about.suppliers):
        return False
    return kind is not None or about.suppliers > 0


def _allocate(
    process: Process,
    catalogue: Catalogue,
    options: LinkOptions,
    products: list[Product],
    cut: dict[int, CutReason],
) -> Division:
    """By the chosen method; where the data set's own is chosen and it states none, by the fallback."""
    method = options.allocation
    if method is Allocation.STATED:
        found = _as_stated(process, catalogue, options, products)
        if found is not None:
            share, by_exchange = found
            return Division(
                products=tuple(products), share=share, by_exchange=by_exchange, cut=cut, method=method
            )
        method = options.fallback
    others = [ordinal for product in products[1:] for ordinal in product.exchanges]
    if method is Allocation.SUBSTITUTION:
        return Division(
            products=(products[0],), share=(1.0,), displacing=frozenset(others), cut=cut, method=method
        )
    if method is Allocation.REFERENCE:
        cut |= dict.fromkeys(others, CutReason.BORNE)
        return Division(products=(products[0],), share=(1.0,), cut=cut, method=method)
    computed = _computed(process, catalogue, method, products)
    if computed is not None:
        return Division(products=tuple(products), share=computed, cut=cut, method=method)
    main = tuple(product for product in products if product.main)
    cut |= dict.fromkeys(others, CutReason.UNALLOCATED)
    return Division(products=main, share=(math.nan,) * len(main), cut=cut, method=Allocation.REFUSE)


def _as_stated(
    process: Process, catalogue: Catalogue, options: LinkOptions, products: list[Product]
) -> tuple[tuple[float, ...], Mapping[str, tuple[float, ...]]] | None:
    """(share of each product, shares of single exchanges), or None where the data set states none.

    Exchanges without shares of their own follow the overall ones, else the fallback method.
    """
    index = {
        process.exchanges[ordinal].id: number
        for number, product in enumerate(products)
        for ordinal in product.exchanges
    }
    given = stated(process, index, len(products))
    if given is None:
        return None
    overall = given.overall or _computed(process, catalogue, options.fallback, products)
    if overall is None and all(e.id in given.by_exchange or _leads(e, products) for e in process.exchanges):
        vectors = list(given.by_exchange.values())
        overall = tuple(sum(column) / len(vectors) for column in zip(*vectors, strict=True))
    return None if overall is None else (overall, given.by_exchange)


def _leads(exchange: Exchange, products: list[Product]) -> bool:
    """Whether an exchange needs no share: it is a product, or nothing at all."""
    return exchange.reminder or not signed(exchange) or any(exchange.flow.id == p.flow.id for p in products)


def _computed(
    process: Process, catalogue: Catalogue, method: Allocation, products: list[Product]
) -> tuple[float, ...] | None:
    costs: list[tuple[float, str] | None] = []
    measures = []
    for product in products:
        leading = process.exchanges[product.exchanges[0]]
        # what the exchange states of its flow comes before what the flow says in general
        measures.append(
            (*catalogue.stated_measures(leading), *catalogue.measures(product.flow, product.unit))
        )
        costs.append(None if leading.cost is None else (leading.cost, leading.currency))
    return shares(
        method,
        [product.amount for product in products],
        measures,
        costs,
    )
