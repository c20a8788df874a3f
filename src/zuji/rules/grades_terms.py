"""The terms that samples have in common: what a product must match to be graded by them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from zuji.model.statements import Inclusions, Switch
from zuji.model.studies import Period
from zuji.rules import comparands as basis
from zuji.rules.comparands import Comparand, ElectricityBasis
from zuji.rules.floors import overall

Value = TypeVar("Value")


def common_terms(results: Sequence[Comparand]) -> Comparand:
    """One comparand that stands for comparable results; `results` is not empty, their order is no matter.

    It has whatever any of them states, the period that all share, the ratings of the weakest and the largest
    cut-off. A result is comparable with it where it is comparable with each of them under the same floor.
    """
    each = sorted(results, key=lambda one: (one.value, one.id))
    first = each[0]
    weakest = max(each, key=_score)
    return replace(
        first,
        id="terms",
        firm="",
        value=0.0,
        inclusions=Inclusions(
            **{switch.value: _stated(each, lambda one: one.inclusions.of(switch)) for switch in Switch}  # noqa: B023
        ),
        cut_share=max(one.cut_share for one in each),
        allocation=_stated(each, lambda one: one.allocation or None) or (),
        recycling=_stated(each, lambda one: one.recycling or None) or (),
        electricity=_electricity(each),
        quality=weakest.quality,
        period=Period(start=max(one.period.start for one in each), end=min(one.period.end for one in each)),
        location_value=None,
        location_electricity=None,
    )


def _stated(each: Sequence[Comparand], value: Callable[[Comparand], Value | None]) -> Value | None:
    return next((found for found in map(value, each) if found is not None), None)


def _electricity(each: Sequence[Comparand]) -> ElectricityBasis:
    """The basis that says most: any other before grid alone, and that before none."""
    order = (basis.PHYSICAL, basis.LOCATION, basis.MARKET, basis.GRID, basis.NONE)
    accounting = min((one.electricity.accounting for one in each), key=order.index)
    grid = _stated(each, lambda one: one.electricity.grid or None) or ()
    return ElectricityBasis(accounting=accounting, grid=grid)


def _score(one: Comparand) -> float:
    scores = [overall(rating) for rating in one.quality if rating.scheme == one.floor.scheme]
    return max((score for score in scores if score is not None), default=0.0)
