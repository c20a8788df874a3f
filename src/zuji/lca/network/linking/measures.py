"""What co-products share: quantities in which a process can be divided among its products."""

from collections.abc import Sequence
from dataclasses import dataclass

from zuji.lca.network.linking.options import Allocation


@dataclass(frozen=True, slots=True)
class Measure:
    """`amount` of a flow property in one counted unit of a flow.

    `quantity` is the dimension's key ("mass", "energy" …; "" where the unit table does not know the unit),
    `amount` then counts in kg and MJ for those two, and in the property's reference unit for all others.
    """

    property: str
    quantity: str
    amount: float
    economic: bool = False


def shares(
    method: Allocation,
    amounts: Sequence[float],
    measures: Sequence[Sequence[Measure]],
    costs: Sequence[tuple[float, str] | None],
) -> tuple[float, ...] | None:
    """The part of each product, summing to 1; None where `method` finds nothing that all products share.

    `amounts` in counted units, `measures` per counted unit, `costs` of the whole exchange with currency.
    """
    if method is Allocation.EQUAL:
        return (1.0 / len(amounts),) * len(amounts)
    if method is Allocation.ECONOMIC:
        return _normal(_economic(amounts, measures, costs))
    wanted = {
        Allocation.PHYSICAL: ("mass", "energy", None),
        Allocation.MASS: ("mass",),
        Allocation.ENERGY: ("energy",),
    }.get(method, ())
    for quantity in wanted:
        found = _normal(_common(amounts, measures, quantity))
        if found is not None:
            return found
    return None


def _common(
    amounts: Sequence[float], measures: Sequence[Sequence[Measure]], quantity: str | None
) -> list[float] | None:
    """Amounts in `quantity`, or in the first physical property that all share where it is None."""
    if quantity is None:
        shared = set.intersection(*({m.property for m in per if not m.economic} for per in measures))
        choice = min(shared, default="")
        rows = [[m.amount for m in per if m.property == choice] for per in measures]
    else:
        rows = [[m.amount for m in per if m.quantity == quantity and not m.economic] for per in measures]
    if not all(rows):
        return None
    return [amount * row[0] for amount, row in zip(amounts, rows, strict=True)]


def _economic(
    amounts: Sequence[float],
    measures: Sequence[Sequence[Measure]],
    costs: Sequence[tuple[float, str] | None],
) -> list[float] | None:
    stated = [cost for cost in costs if cost is not None]
    if len(stated) == len(costs) and len({currency for _, currency in stated}) == 1:
        return [abs(cost) for cost, _ in stated]
    shared = set.intersection(*({m.property for m in per if m.economic} for per in measures))
    if not shared:
        return None
    choice = min(shared)
    return [
        amount * next(m.amount for m in per if m.property == choice)
        for amount, per in zip(amounts, measures, strict=True)
    ]


def _normal(weights: list[float] | None) -> tuple[float, ...] | None:
    total = sum(weights) if weights else 0.0
    if not weights or not 0 < total < float("inf") or min(weights) < 0:
        return None
    return tuple(weight / total for weight in weights)
