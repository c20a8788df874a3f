"""Allocation in EcoSpold 2: co-products share by a property that the activity names its master.

Other formats state the shares themselves. They are written as such a property, "allocation share", in
shares per unit of the co-product, which any reader of the format can allocate by.
"""

from zuji.formats.ecospold2.identity import identity
from zuji.formats.ecospold2.nodes import Node
from zuji.formats.ecospold2.notes import Notes
from zuji.formats.ecospold2.registry import Registry
from zuji.model.lci.processes import AllocationMethod, AllocationShare, Exchange, Process
from zuji.model.lci.references import Kind

SHARES = {identity("property", "allocation share", method): method for method in AllocationMethod}
"""Ids of the properties that hold shares as another format stated them, by the method it gave."""
_ECONOMIC = ("price", "revenue", "economic value", "true value relation")
_TOLERANCE = 1e-12


def read_shares(
    node: Node, exchanges: tuple[Exchange, ...], registry: Registry, notes: Notes
) -> tuple[AllocationShare, ...]:
    """The shares by the master property; none for one product, or where a product lacks the property."""
    activity = node.down("activityDescription", "activity")
    master = "" if activity is None else activity.seen("masterAllocationPropertyId")
    products = [exchange for exchange in exchanges if exchange.reference]
    if not master or len(products) < 2:
        return ()
    shares = shares_by(master, products)
    if shares is None:
        notes.detail(
            "allocation-property-missing",
            "有联产品缺少分配所依据的特性，未得出分配比例",
            "a co-product lacks the property that allocation goes by; no shares result",
            activity,
        )
        return ()
    name = str(registry.properties.get(master, ("", ""))[0]).lower()
    by_property = AllocationMethod.ECONOMIC if name in _ECONOMIC else AllocationMethod.PHYSICAL
    method = SHARES.get(master, by_property)
    notes.book.read(Kind.ALLOCATION, len(products))
    notes.book.mapped(Kind.ALLOCATION, len(products))
    return tuple(
        AllocationShare(product=product.id, share=share, method=method)
        for product, share in zip(products, shares, strict=True)
    )


def shares_by(master: str, products: list[Exchange]) -> list[float] | None:
    """amount · property over its sum; None where a property is missing or the sum is not positive."""
    weights = []
    for product in products:
        found = [each.amount for each in product.properties if each.property.id == master]
        if not found or product.amount is None:
            return None
        weights.append(product.amount * found[0])
    total = sum(weights)
    if not total > 0:
        return None
    return [weight / total for weight in weights]


def stated_shares(process: Process) -> dict[str, float] | None:
    """Shares of the whole process by the id of the product's exchange; None where they differ by exchange."""
    shares = {share.product: share.share for share in process.allocations if not share.exchange}
    products = [exchange for exchange in process.exchanges if exchange.reference]
    if len(shares) != len(process.allocations) or set(shares) != {product.id for product in products}:
        return None
    return shares


def follow(process: Process, master: str) -> bool:
    """Whether the shares are what the process's own master property gives anyway."""
    products = [exchange for exchange in process.exchanges if exchange.reference]
    derived = shares_by(master, products) if master else None
    shares = stated_shares(process)
    return (
        derived is not None
        and shares is not None
        and all(
            abs(shares[product.id] - share) <= _TOLERANCE
            for product, share in zip(products, derived, strict=True)
        )
    )
