"""Allocation factors written as openLCA computes with them.

openLCA holds one physical and one economic factor for each product of a process, and causal factors for
single exchanges; products are told apart by their flow. An exchange without a causal factor counts in full
for every product. Shares of other formats are brought into that form, or left out and told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zuji.errors import Place
from zuji.formats.jsonld.pen import Json, Pen, filled
from zuji.formats.jsonld.reasons import REASONS
from zuji.model.lci.processes import AllocationMethod, AllocationShare, Exchange, Process
from zuji.model.lci.references import Kind

METHODS: Mapping[AllocationMethod, str] = {
    AllocationMethod.PHYSICAL: "PHYSICAL_ALLOCATION",
    AllocationMethod.ECONOMIC: "ECONOMIC_ALLOCATION",
    AllocationMethod.CAUSAL: "CAUSAL_ALLOCATION",
    AllocationMethod.NONE: "NO_ALLOCATION",
}


@dataclass(frozen=True, slots=True)
class WrittenShares:
    """`factors` of a process, and the name of its default method ("" for none)."""

    factors: tuple[Json, ...]
    default: str


def write_shares(process: Process, ids: Mapping[str, int], pen: Pen, place: Place) -> WrittenShares:
    """`ids`: internal ids of the exchanges, by their own."""
    by_id = {one.id: one for one in process.exchanges if one.flow.id and not one.reminder}
    usable = list(_usable(process.allocations, by_id, pen, place))
    causal = _by_exchange(usable)
    shares = [
        *_of_products(_stated(usable, causal, pen, place), by_id, pen, place),
        *_completing(usable, causal, process.exchanges, by_id, pen, place),
    ]
    return WrittenShares(
        tuple(_factor(one, by_id, ids, pen, place) for one in shares),
        METHODS.get(_default(process, usable, causal), ""),
    )


def _usable(
    shares: Iterable[AllocationShare], by_id: Mapping[str, Exchange], pen: Pen, place: Place
) -> Iterable[AllocationShare]:
    """Shares whose exchanges are there. A share of its own product is one of the whole process."""
    for share in shares:
        pen.book.read(Kind.ALLOCATION)
        if share.product not in by_id:
            pen.book.dropped(Kind.ALLOCATION, "no-co-product", REASONS["no-co-product"], place)
        elif share.exchange and share.exchange not in by_id:
            code = "no-allocated-exchange"
            pen.book.dropped(Kind.ALLOCATION, code, REASONS[code], place)
        else:
            own = share.exchange == share.product and share.method is not AllocationMethod.CAUSAL
            yield replace(share, exchange="") if own else share


def _by_exchange(shares: Iterable[AllocationShare]) -> AllocationMethod | None:
    """The method whose shares of single exchanges are written: openLCA holds one set of them."""
    methods = dict.fromkeys(one.method for one in shares if one.exchange)
    if AllocationMethod.CAUSAL in methods:
        return AllocationMethod.CAUSAL
    return next(iter(methods), None)


def _stated(
    shares: Iterable[AllocationShare], causal: AllocationMethod | None, pen: Pen, place: Place
) -> Iterable[AllocationShare]:
    """The shares under methods that openLCA has."""
    for share in shares:
        method, code = share.method, ""
        if share.exchange and method is not causal:
            pen.book.dropped(Kind.ALLOCATION, "second-by-exchange", REASONS["second-by-exchange"], place)
            continue
        if share.exchange and method is not AllocationMethod.CAUSAL:
            code = "unstated-method" if method is AllocationMethod.UNSTATED else "by-exchange"
            method = AllocationMethod.CAUSAL
        elif method is AllocationMethod.UNSTATED:
            method, code = AllocationMethod.PHYSICAL, "unstated-method"
        if code:
            pen.book.remarked(Kind.ALLOCATION, code, REASONS[code], place)
        else:
            pen.book.mapped(Kind.ALLOCATION)
        yield replace(share, method=method)


def _of_products(
    shares: Iterable[AllocationShare], by_id: Mapping[str, Exchange], pen: Pen, place: Place
) -> list[AllocationShare]:
    """Shares of exchanges that make the same product are added up: openLCA has one factor for all."""
    found: list[AllocationShare] = []
    first: dict[tuple[str, AllocationMethod, str], int] = {}
    for share in shares:
        at = first.setdefault((by_id[share.product].flow.id, share.method, share.exchange), len(found))
        if at == len(found) or found[at].product == share.product:
            found.append(share)
        else:
            pen.note(Kind.FIELD, "same-product", place, dropped=False)
            found[at] = replace(found[at], share=found[at].share + share.share, formula="")
    return found


def _completing(
    shares: Iterable[AllocationShare],
    causal: AllocationMethod | None,
    exchanges: Iterable[Exchange],
    by_id: Mapping[str, Exchange],
    pen: Pen,
    place: Place,
) -> Iterable[AllocationShare]:
    """What follows the shares of the whole process gets them as its own where others have their own."""
    if causal is None or causal is AllocationMethod.CAUSAL:
        return
    own = [one for one in shares if one.method is causal]
    overall = [one for one in own if not one.exchange]
    having = {one.exchange for one in own}
    products = {by_id[one.product].flow.id for one in own}
    bare = [
        one.id
        for one in exchanges
        if one.id in by_id and one.id not in having and not one.reference and one.flow.id not in products
    ]
    if not overall:
        for _ in bare:
            pen.note(Kind.FIELD, "unshared-exchange", place, dropped=False)
        return
    for id_ in bare:
        for share in overall:
            pen.add(Kind.ALLOCATION, place)
            yield replace(share, method=AllocationMethod.CAUSAL, exchange=id_)


def _default(
    process: Process, shares: list[AllocationShare], causal: AllocationMethod | None
) -> AllocationMethod:
    """The method of the process; where it states none, the one its shares became."""
    method = process.allocation_method
    moved = causal is not None and causal is not AllocationMethod.CAUSAL
    if moved and method in (AllocationMethod.UNSTATED, causal):
        return AllocationMethod.CAUSAL
    if shares and method is AllocationMethod.UNSTATED:
        unnamed = all(one.method is AllocationMethod.UNSTATED for one in shares)
        return AllocationMethod.PHYSICAL if unnamed else method
    return method


def _factor(
    share: AllocationShare, by_id: Mapping[str, Exchange], ids: Mapping[str, int], pen: Pen, place: Place
) -> Json:
    value: Json = {
        "@type": "AllocationFactor",
        "allocationType": METHODS[share.method],
        "product": pen.refer(by_id[share.product].flow, Kind.FLOW),
        "value": pen.number(share.share, place),
    }
    if share.exchange:
        flow = pen.refer(by_id[share.exchange].flow, Kind.FLOW)
        value["exchange"] = {"@type": "Exchange", "internalId": ids[share.exchange], "flow": flow}
    return filled(value | {"formula": share.formula})
