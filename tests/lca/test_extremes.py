"""Figures at the ends of the range of numbers: calculated, or refused at their line."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, line, lognormal, one
from zuji.errors import InvalidInput, ZujiError
from zuji.lca import calculate
from zuji.model.quantities import Distribution, Uncertainty

AMOUNTS = st.sampled_from([5e-324, 1e-300, 1e-100, 1.0, 1e99, 1e100, 1e154, 1e200, 1.7e308])
SPREADS = st.sampled_from([1.0, 1.5, 999.0, 1e6, 1e100, 1.7e308])
STATED = st.one_of(
    st.none(),
    SPREADS.map(lognormal),
    SPREADS.map(lambda spread: Uncertainty(distribution=Distribution.NORMAL, spread=spread)),
    SPREADS.map(lambda high: Uncertainty(distribution=Distribution.UNIFORM, low=-high, high=high)),
    SPREADS.map(lambda high: Uncertainty(distribution=Distribution.TRIANGULAR, low=-high, high=high)),
)


@pytest.mark.parametrize("amount", [1e101, 1e155, 1.7e308])
def test_emissions_beyond_the_range_of_numbers_are_refused_at_their_line(amount):
    with pytest.raises(InvalidInput) as refused:
        calculate(one(line("a"), line("b", amount=amount)), LIBRARY, AR6, uncertainty=0)
    (found,) = refused.value.problems
    assert (found.code, found.place.line, found.place.field) == ("line.out_of_range", "b", "quantity")


@pytest.mark.parametrize("spread", [1001.0, 1e300, math.inf, math.nan])
def test_an_uncertainty_beyond_sense_is_refused_at_its_line(spread):
    for stated in (lognormal(spread), Uncertainty(distribution=Distribution.NORMAL, spread=spread)):
        with pytest.raises(InvalidInput, match="不确定性参数无效"):
            calculate(one(line("a", uncertainty=stated)), LIBRARY, AR6, uncertainty=0)


@settings(max_examples=150)
@given(st.lists(st.tuples(AMOUNTS, STATED), min_size=1, max_size=4), st.sampled_from([None, 0, 20]))
def test_a_footprint_is_finite_or_refused(rows, runs):
    lines = [
        line(f"L{number}", amount=amount, uncertainty=stated) for number, (amount, stated) in enumerate(rows)
    ]
    try:
        found = calculate(one(*lines), LIBRARY, AR6, uncertainty=runs)
    except ZujiError:
        return
    band = found.uncertainty
    told = [found.total, *found.totals, *(each.total for each in found.lines)]
    if band is not None:
        told += [band.mean, band.sd, band.low, band.high]
    assert all(math.isfinite(value) for value in told)
