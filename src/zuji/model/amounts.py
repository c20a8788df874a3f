"""Checks of single numbers and units, shared by the checks of studies and lines."""

import math
from collections.abc import Iterator

from zuji.errors import UnknownUnit
from zuji.model.findings import Finding
from zuji.model.quantities import Quantity
from zuji.model.records import mistake
from zuji.units import unit_of


def positive_findings(quantity: Quantity) -> Iterator[Finding]:
    if math.isfinite(quantity.amount) and quantity.amount <= 0:
        yield mistake(
            "not-positive",
            f"数量 {quantity.amount:g} 应大于 0",
            f"the amount {quantity.amount:g} must be above 0",
            "请填写大于 0 的数量",
            "give an amount above 0",
        ).at("amount")
        yield from (finding.at("unit") for finding in unit_findings(quantity.unit))
    else:
        yield from amount_findings(quantity)


def amount_findings(quantity: Quantity, *, signed: bool = False) -> Iterator[Finding]:
    if not math.isfinite(quantity.amount):
        yield not_finite().at("amount")
    elif quantity.amount < 0 and not signed:
        yield negative(quantity.amount).at("amount")
    yield from (finding.at("unit") for finding in unit_findings(quantity.unit))


def unit_findings(unit: str) -> Iterator[Finding]:
    try:
        unit_of(unit)
    except UnknownUnit as error:
        yield from (Finding(problem.code, problem.what, problem.cure) for problem in error)


def not_finite() -> Finding:
    return mistake(
        "not-finite", "数值不是有限的数", "the number is not finite", "请填写数值", "give a number"
    )


def negative(value: float) -> Finding:
    return mistake(
        "negative",
        f"数值 {value:g} 不能为负",
        f"the number {value:g} cannot be negative",
        "请改为不小于 0 的数；抵扣与回收另有行类别",
        "give a number of at least 0; credits and recycling have their own kinds of lines",
    )


def share(value: float) -> Finding:
    return mistake(
        "share-range",
        f"比例 {value:g} 不在 0 到 1 之间",
        f"the share {value:g} is not between 0 and 1",
        "请填写 0 到 1 之间的数，例如 0.35",
        "give a number between 0 and 1, such as 0.35",
    )
