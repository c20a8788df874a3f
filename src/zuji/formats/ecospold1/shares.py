"""Allocation in EcoSpold 1: percentages of single exchanges for each co-product."""

from collections.abc import Sequence

from lxml import etree

from zuji.formats.ecospold1.uncertainty import undoing
from zuji.formats.ecospold2.nodes import Node, append, digits, number_of
from zuji.formats.ecospold2.notes import Notes
from zuji.model.lci.processes import AllocationMethod, AllocationShare, Exchange
from zuji.model.lci.references import Kind
from zuji.text import Text

_METHODS = {
    "-1": AllocationMethod.UNSTATED,
    "0": AllocationMethod.PHYSICAL,
    "1": AllocationMethod.ECONOMIC,
    "2": AllocationMethod.CAUSAL,
}
_ROUNDING = 0.02


def read_shares(data: Node, exchanges: Sequence[Exchange], notes: Notes) -> list[AllocationShare]:
    """The shares of the co-products; explanations stay with their element.

    Fractions are percent. A data set whose fractions of each exchange sum to 1 means parts of one.
    """
    known = {exchange.id for exchange in exchanges}
    nodes = data.children("allocation")
    fractions = [_fraction(node) for node in nodes]
    whole = _whole(nodes, fractions)
    shares: list[AllocationShare] = []
    for node, fraction in zip(nodes, fractions, strict=True):
        product = node.seen("referenceToCoProduct").strip()
        targets = [child.text().strip() for child in node.children("referenceToInputOutput")]
        lost = fraction is None or product not in known or not known.issuperset(targets)
        for _ in targets or [""]:
            if lost:
                notes.dropped(
                    Kind.ALLOCATION,
                    "allocation-without-exchange",
                    Text(
                        "分配没有比例，或所指的交换不存在，按原样保留但不使用",
                        "the allocation has no fraction or names no exchange; kept, not used",
                    ),
                    notes.at(node),
                )
            else:
                notes.mapped(Kind.ALLOCATION)
        if lost or fraction is None:
            data.leave(node)
            continue
        node.take("referenceToCoProduct")
        node.take("fraction")
        method = _METHODS.get(node.seen("allocationMethod") or "-1", AllocationMethod.UNSTATED)
        node.take_if("allocationMethod", _code(method))
        shares += [
            AllocationShare(product=product, share=fraction / whole, method=method, exchange=target)
            for target in targets or [""]
        ]
    if whole == 1.0:
        notes.detail(
            "fractions-of-one",
            "分配比例之和为 1，按份额而不是百分数读取",
            "the fractions sum to 1: they were read as parts of one, not as percent",
        )
    return shares


def _fraction(node: Node) -> float | None:
    return number_of(node.seen("fraction"))


def _whole(nodes: Sequence[Node], fractions: Sequence[float | None]) -> float:
    """100, or 1 where the fractions of every exchange sum to 1."""
    sums: dict[str, tuple[float, int]] = {}
    for node, fraction in zip(nodes, fractions, strict=True):
        targets = [str(child.text or "").strip() for child in node.element] or [""]
        for target in targets:
            total, number = sums.get(target, (0.0, 0))
            sums[target] = (total + (fraction or 0.0), number + 1)
    parts = all(abs(total - 1) <= _ROUNDING and number > 1 for total, number in sums.values())
    return 1.0 if sums and parts else 100.0


def _code(method: AllocationMethod) -> str:
    return next((code for code, each in _METHODS.items() if each is method), "-1")


def write_shares(
    data: etree._Element, shares: Sequence[AllocationShare], numbers: dict[str, int]
) -> list[AllocationShare]:
    """Consecutive equal shares of one co-product make an element; those left over are returned."""
    left: list[AllocationShare] = []
    last: tuple[str, float, AllocationMethod] | None = None
    node: etree._Element | None = None
    for share in shares:
        if share.product not in numbers or (share.exchange and share.exchange not in numbers):
            left.append(share)
            continue
        same = (share.product, share.share, share.method)
        if node is None or last != same or not share.exchange or not len(node):
            percent = undoing(lambda value: value / 100.0, share.share, share.share * 100.0)
            node = append(
                data,
                "allocation",
                referenceToCoProduct=str(numbers[share.product]),
                allocationMethod=_code(share.method),
                fraction=digits(percent) or "0",
            )
            last = same
        if share.exchange:
            append(node, "referenceToInputOutput", str(numbers[share.exchange]))
    return left
