"""Percentages of allocation for the products of a process, which add up to 100."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from zuji.errors import Place
from zuji.formats.simapro.expressions_out import expression_out, gives
from zuji.formats.simapro.measures import Measures
from zuji.formats.simapro.numbers import written, written_so_that
from zuji.model.lci.formulas import Scope
from zuji.model.lci.ledger import LedgerBook
from zuji.model.lci.processes import AllocationMethod, AllocationShare, Exchange, Process
from zuji.model.lci.references import Kind
from zuji.text import Text

_PERCENT = re.compile(r"\((.*)\)/100", re.DOTALL)
_NEAR = 1e-6
_NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Percentages:
    """Cells by exchange id; `code` and `why` where they are not what the package states."""

    cells: dict[str, str]
    code: str = ""
    why: Text = _NOTHING


def percentages(
    process: Process,
    products: Sequence[Exchange],
    measures: Measures,
    names: Scope,
    book: LedgerBook,
    *,
    ours: bool,
) -> Percentages:
    """The percentage of each product, and what became of the shares of the package."""
    chosen = _chosen(process, products)
    _account(process, chosen, book)
    if not products:
        return Percentages({})
    if ours or (chosen and abs(math.fsum(share.share for share in chosen.values()) - 1) <= _NEAR):
        cells = {each.id: _cell(chosen.get(each.id), names, ours=ours) for each in products}
        if len(products) == 1 and not chosen:
            cells = {products[0].id: "100"}
        return Percentages(cells)
    if len(products) == 1:
        return Percentages({products[0].id: "100"})
    if chosen and math.fsum(share.share for share in chosen.values()) > 0:
        return Percentages(
            _of_whole({each.id: chosen[each.id].share if each.id in chosen else 0.0 for each in products}),
            "simapro.shares.scaled",
            Text(
                "分配比例之和不是 100%，已按比例调整", "the shares did not add up to 100 %; they were scaled"
            ),
        )
    return _assumed(products, measures)


def _assumed(products: Sequence[Exchange], measures: Measures) -> Percentages:
    """Without shares: by amount where all products count the same, else all to the reference product."""
    found = [measures.of(each.flow.id, each.property, each.unit) for each in products]
    amounts = [
        (each.amount or 0.0) * measure.factor if measure and each.reference else 0.0
        for each, measure in zip(products, found, strict=True)
    ]
    references = [
        measure for each, measure in zip(products, found, strict=True) if each.reference and measure
    ]
    one_unit = len({measure.unit for measure in references}) == 1
    if one_unit and min(amounts) >= 0 and math.fsum(amounts) > 0:
        parts = {each.id: amount for each, amount in zip(products, amounts, strict=True)}
        if sum(amount > 0 for amount in amounts) == 1:
            why = Text("副产品没有分配比例，写为 0%", "co-products without a share are written with 0 %")
        else:
            why = Text("没有分配比例，按数量分配", "there are no shares; the amounts were taken")
        return Percentages(_of_whole(parts), "simapro.shares.assumed", why)
    first = next((each for each in products if each.reference), products[0])
    return Percentages(
        {each.id: "100" if each is first else "0" for each in products},
        "simapro.shares.assumed",
        Text(
            "没有分配比例且计量单位不同，全部归于第一个产品",
            "there are no shares and the units differ; all goes to the first product",
        ),
    )


def _of_whole(parts: dict[str, float]) -> dict[str, str]:
    """Percentages with twelve decimals; the largest takes what rounding leaves, so that they add up."""
    total = math.fsum(parts.values())
    rounded = {key: round(100 * part / total, 12) for key, part in parts.items()}
    largest = max(rounded, key=lambda key: rounded[key])
    rounded[largest] = 100 - math.fsum(value for key, value in rounded.items() if key != largest)
    return {key: written(value) for key, value in rounded.items()}


def _cell(share: AllocationShare | None, names: Scope, *, ours: bool) -> str:
    if share is None:
        return "0"
    match = _PERCENT.fullmatch(share.formula)
    if match:
        expression = expression_out(match[1])
        # an expression that had no number when it was read counts as 0 and stays what it is
        unsettled = ours and share.share == 0 and gives(expression, None, names)
        if unsettled or gives(expression, share.share * 100, names):
            return expression
    return written_so_that(share.share, share.share * 100, lambda percent: percent / 100)


def _chosen(process: Process, products: Sequence[Exchange]) -> dict[str, AllocationShare]:
    """The shares of whole processes, by one method: the process's own, else the first there is."""
    ids = {each.id for each in products}
    whole = [share for share in process.allocations if not share.exchange and share.product in ids]
    methods = [share.method for share in whole]
    method = process.allocation_method
    if method not in methods:
        method = methods[0] if methods else AllocationMethod.UNSTATED
    chosen: dict[str, AllocationShare] = {}
    for share in whole:
        if share.method is method:
            chosen.setdefault(share.product, share)
    return chosen


def _account(process: Process, chosen: dict[str, AllocationShare], book: LedgerBook) -> None:
    book.read(Kind.ALLOCATION, len(process.allocations))
    kept = {id(share) for share in chosen.values()}
    for share in process.allocations:
        if id(share) in kept:
            book.mapped(Kind.ALLOCATION)
        else:
            book.dropped(
                Kind.ALLOCATION,
                "simapro.allocation",
                Text(
                    "SimaPro 每个产品只有一个分配比例",
                    "SimaPro has one share for each product, by one method and for all exchanges alike",
                ),
                Place(line=str(process.heading.name), field=share.product),
            )
