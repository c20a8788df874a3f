"""Simulation and propagation against analytic results; random numbers that scenarios share."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, Library, factor, line, lognormal, one, part, process, study
from zuji.errors import InvalidInput, NonProductiveSystem
from zuji.lca import calculate, montecarlo, prepare
from zuji.lca.montecarlo import Streams, simulate, summary
from zuji.lca.uncertainty import first_order, moments, sensitivity
from zuji.model.factors import FactorKind
from zuji.model.lines import EmissionDetail, LineKind, RecyclingDetail
from zuji.model.quantities import Distribution, Uncertainty
from zuji.model.studies import LineChange, Scenario

NORMAL = Uncertainty(distribution=Distribution.NORMAL, spread=0.1)
TRIANGLE = Uncertainty(distribution=Distribution.TRIANGULAR, low=0.7, high=1.6)
EVEN = Uncertainty(distribution=Distribution.UNIFORM, low=0.9, high=1.3)
ANY = [lognormal(1.5), NORMAL, TRIANGLE, EVEN]


def ready(*lines, library=LIBRARY):
    return prepare(one(*lines), library, AR6)


def test_one_lognormal_line_follows_the_analytic_distribution():
    system = ready(line("a", amount=5, uncertainty=lognormal(1.4)))
    result = summary(system, simulate(system, 200_000, seed=1))
    sigma = math.log(1.4)
    assert result.median == pytest.approx(10.0, rel=0.005)
    assert result.mean == pytest.approx(10 * math.exp(sigma**2 / 2), rel=0.005)
    assert result.sd == pytest.approx(result.mean * math.sqrt(math.expm1(sigma**2)), rel=0.02)
    assert result.low == pytest.approx(10 * 1.4**-1.959964, rel=0.01)
    assert result.high == pytest.approx(10 * 1.4**1.959964, rel=0.01)


def test_product_of_lognormals_adds_their_logarithmic_variances():
    library = Library(factor("steel", 2.0, gsd=1.3))
    system = ready(line("a", uncertainty=lognormal(1.2)), library=library)
    drawn = np.log(simulate(system, 100_000).totals)
    assert drawn.std() == pytest.approx(math.hypot(math.log(1.3), math.log(1.2)), rel=0.01)


@pytest.mark.parametrize("stated", ANY)
def test_moments_are_those_of_the_draws(stated):
    drawn = Streams(7).draw("x", stated, 400_000)
    exact = moments(stated)
    assert drawn.mean() == pytest.approx(exact.mean, rel=0.005)
    assert drawn.var() == pytest.approx(exact.variance, rel=0.02)
    if stated.distribution in (Distribution.TRIANGULAR, Distribution.UNIFORM):
        assert drawn.min() >= stated.low
        assert drawn.max() <= stated.high


def test_draws_do_not_depend_on_chunks_or_other_lines(monkeypatch):
    lines = [line(f"l{i}", amount=i + 1, uncertainty=ANY[i % 4]) for i in range(6)]
    whole = simulate(ready(*lines), 1000, seed=3).totals
    monkeypatch.setattr(montecarlo, "CHUNK", 137)
    assert np.array_equal(simulate(ready(*lines), 1000, seed=3).totals, whole)
    certain = line("certain", amount=50)
    assert simulate(ready(*lines, certain), 1000, seed=3).totals == pytest.approx(whole + 100, rel=1e-12)
    alone = simulate(ready(lines[2]), 1000, seed=3).totals
    with_other = simulate(ready(lines[2], lines[4]), 1000, seed=3).totals
    other = simulate(ready(lines[4]), 1000, seed=3).totals
    assert with_other == pytest.approx(alone + other, rel=1e-12)


def test_same_seed_same_numbers_and_another_seed_others():
    system = ready(line("a", uncertainty=lognormal(1.2)))
    assert np.array_equal(simulate(system, 50, seed=9).totals, simulate(system, 50, seed=9).totals)
    assert not np.array_equal(simulate(system, 50, seed=9).totals, simulate(system, 50, seed=10).totals)


def test_first_numbers_of_a_stream_are_pinned():
    """Frozen studies recalculate to the same digits; a change of streams would show here."""
    drawn = Streams(0).draw("line:a", lognormal(math.e), 3)
    expected = [-0.6630436927710286, 0.7956841174481227, -0.12161551281083985]
    assert np.log(drawn) == pytest.approx(expected, abs=1e-12)


def test_a_shared_factor_varies_for_all_its_lines_at_once():
    library = Library(factor("steel", 2.0, gsd=1.3), factor("other", 2.0, gsd=1.3))
    together = ready(line("a"), line("b"), library=library)
    apart = ready(line("a"), line("b", factor="other"), library=library)
    one_sd, two_sd = (simulate(each, 50_000).totals.std() for each in (together, apart))
    assert one_sd / two_sd == pytest.approx(math.sqrt(2), rel=0.02)
    for system in (together, apart):
        assert first_order(system).sd == pytest.approx(simulate(system, 50_000).totals.std(), rel=0.03)


@given(st.lists(st.tuples(st.floats(0.1, 10), st.sampled_from(ANY)), min_size=1, max_size=5))
def test_first_order_moments_are_exact_without_loops(pairs):
    lines = [line(f"l{i}", amount=a, uncertainty=u) for i, (a, u) in enumerate(pairs)]
    result = first_order(ready(*lines))
    mean = sum(2 * a * moments(u).mean for a, u in pairs)
    variance = sum(4 * a * a * moments(u).variance for a, u in pairs)
    assert result.mean == pytest.approx(mean, rel=1e-12)
    assert result.sd == pytest.approx(math.sqrt(variance), rel=1e-12)
    assert result.low < result.median < result.high
    assert sum(item.variance_share for item in result.sensitivity) == pytest.approx(1.0)


def test_first_order_near_simulation_in_a_loop():
    system = prepare(
        study(
            process(
                "a", line("x", uncertainty=lognormal(1.1)), part("1", "b", 0.5, uncertainty=lognormal(1.05))
            ),
            process("b", line("y", amount=3), part("2", "a", 0.4, uncertainty=lognormal(1.05))),
        ),
        LIBRARY,
        AR6,
    )
    simulated = simulate(system, 40_000)
    assert first_order(system).sd == pytest.approx(simulated.totals.std(), rel=0.05)
    assert simulated.failed == 0


def test_terms_that_cancel_still_carry_their_uncertainty():
    """A recycling line whose credit equals its burdens nets to nothing, but its factors vary apart."""
    library = Library(
        factor("virgin", 2.0, gsd=1.3),
        factor("end", 3.0, gsd=1.2, kind=FactorKind.WASTE_TREATMENT),
        factor("other", 5.0),
    )
    detail = RecyclingDetail(r2=1.0, a=0.0, virgin="virgin", end_recycling="end", avoided="other")
    system = ready(line("r", LineKind.RECYCLING, 1, detail=detail), library=library)
    exact = first_order(system)
    assert calculate(system.study, library, AR6).total == 0
    variance = sum(value**2 * moments(lognormal(gsd)).variance for value, gsd in ((2.0, 1.3), (3.0, 1.2)))
    assert exact.sd == pytest.approx(math.sqrt(variance), rel=1e-12)
    assert summary(system, simulate(system, 40_000, 1)).sd == pytest.approx(exact.sd, rel=0.03)


def test_plus_ten_percent_is_the_effect_of_ten_percent():
    def total(scale):
        made = study(
            process("a", line("x"), part("1", "b", 0.5 * scale)),
            process("b", line("y", amount=3), part("2", "a", 0.4)),
        )
        return calculate(made, LIBRARY, AR6).total

    system = prepare(
        study(
            process("a", line("x"), part("1", "b", 0.5)),
            process("b", line("y", amount=3), part("2", "a", 0.4)),
        ),
        LIBRARY,
        AR6,
    )
    effect = next(item.plus_ten_percent for item in sensitivity(system) if item.line == "1")
    assert effect == pytest.approx((total(1 + 1e-6) - total(1 - 1e-6)) / 2e-6 * 0.1, rel=1e-6)


def test_ranking_puts_the_largest_variance_first():
    system = ready(
        line("certain", amount=100),
        line("wide", amount=1, uncertainty=lognormal(3)),
        line("narrow", amount=3, uncertainty=lognormal(1.02)),
    )
    assert [item.line for item in sensitivity(system)] == ["wide", "narrow", "certain"]


def test_no_uncertainty_means_no_band_rather_than_none_wide():
    made = one(line("a"))
    assert calculate(made, LIBRARY, AR6, uncertainty=100).uncertainty is None
    assert calculate(made, LIBRARY, AR6, uncertainty=0).uncertainty is None


@pytest.mark.parametrize(
    "stated",
    [
        lognormal(0.9),
        Uncertainty(distribution=Distribution.NORMAL, spread=-0.1),
        Uncertainty(distribution=Distribution.UNIFORM, low=2, high=1),
        Uncertainty(distribution=Distribution.TRIANGULAR, low=1.1, high=1.2),
        lognormal(math.nan),
    ],
)
def test_impossible_uncertainties_are_refused(stated):
    with pytest.raises(InvalidInput) as refusal:
        calculate(one(line("a", uncertainty=stated)), LIBRARY, AR6, uncertainty=10)
    assert "a" in next(iter(refusal.value)).what.en


@pytest.mark.parametrize(("runs", "seed"), [(10_000_000, 0), (0, 0), (10, -1)])
def test_runs_and_seed_must_be_reasonable(runs, seed):
    with pytest.raises(InvalidInput):
        simulate(ready(line("a", uncertainty=NORMAL)), runs, seed)


def fragile(gsd):
    return study(
        process("a", line("x"), part("1", "b", 0.9, uncertainty=lognormal(gsd))),
        process("b", line("y"), part("2", "a", 0.9)),
    )


def test_loops_that_fail_in_many_runs_are_refused_and_in_few_are_left_out():
    with pytest.raises(NonProductiveSystem):
        calculate(fragile(1.5), LIBRARY, AR6, uncertainty=500)
    result = calculate(fragile(1.11), LIBRARY, AR6, uncertainty=2000)
    assert "uncertainty.failed_runs" in {notice.code for notice in result.notices}
    assert result.uncertainty.runs < 2000


def compared(changes, *lines, runs=4000):
    scenario = Scenario(id="s", name="s", changes=changes)
    return calculate(one(*lines, scenarios=(scenario,)), LIBRARY, AR6, uncertainty=runs)


def test_scenario_differs_only_by_its_change():
    """A line 10 % smaller is lower in every run, however wide the rest is."""
    lines = (line("small", amount=1), line("wild", amount=100, uncertainty=lognormal(2)))
    result = compared((LineChange(line="small", scale=0.9),), *lines)
    (scenario,) = result.scenarios
    assert scenario.difference == pytest.approx(-0.2)
    assert (scenario.low, scenario.high) == pytest.approx((-0.2, -0.2), abs=1e-9)
    assert scenario.probability_lower == 1.0
    assert result.uncertainty.sd > 50


def test_interval_of_a_difference_is_that_of_the_change():
    lines = (
        line("a", amount=10, uncertainty=lognormal(1.2)),
        line("b", amount=10, uncertainty=lognormal(1.2)),
    )
    (scenario,) = compared((LineChange(line="a", amount=8),), *lines, runs=50_000).scenarios
    assert scenario.low == pytest.approx(-4 * 1.2**1.96, rel=0.02)
    assert scenario.high == pytest.approx(-4 * 1.2**-1.96, rel=0.02)


def test_scenario_changes_amount_factor_and_stated_value():
    changes = (
        LineChange(line="a", amount=3.0, scale=2.0),
        LineChange(line="b", factor="weak"),
        LineChange(line="c", stated_value=0.5),
    )
    lines = [line("a"), line("b"), line("c")]
    scenario = Scenario(id="s", name="s", changes=changes)
    result = calculate(one(*lines, scenarios=(scenario,)), LIBRARY, AR6)
    assert result.scenarios[0].total == pytest.approx(12 + 1 + 0.5)
    assert result.scenarios[0].relative == pytest.approx(13.5 / 6 - 1)
    assert result.scenarios[0].low is None


@pytest.mark.parametrize(
    "change", [LineChange(line="a", factor="weak"), LineChange(line="a", stated_value=1)]
)
def test_a_scenario_that_would_change_nothing_is_refused(change):
    """A direct emission is multiplied by its warming potential: another factor would be ignored."""
    emission = line("a", LineKind.DIRECT_EMISSION, detail=EmissionDetail(gas="CO2"))
    scenario = Scenario(id="s", name="s", changes=(change,))
    with pytest.raises(InvalidInput) as refused:
        calculate(one(emission, scenarios=(scenario,)), LIBRARY, AR6)
    assert [each.code for each in refused.value.problems] == ["scenario.no_factor"]


def test_scenarios_with_mistakes_are_refused_together():
    bad = tuple(
        Scenario(id=str(i), name="s", changes=(LineChange(line=name, factor="nothing"),))
        for i, name in enumerate(("a", "zz"))
    )
    with pytest.raises(InvalidInput) as refusal:
        calculate(one(line("a"), scenarios=bad), LIBRARY, AR6)
    assert {problem.place.line for problem in refusal.value} == {"a", "zz"}


def test_uncertain_line_that_is_cut_off_draws_nothing():
    cut = replace(line("b", uncertainty=lognormal(3)), cut_off="small")
    system = ready(line("a", uncertainty=NORMAL), cut)
    assert np.array_equal(
        simulate(system, 100).totals, simulate(ready(line("a", uncertainty=NORMAL)), 100).totals
    )
