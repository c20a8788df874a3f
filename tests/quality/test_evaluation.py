"""Uncertainty from scores, and the front door."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, Library, factor, line, lognormal, one
from zuji.lca import calculate
from zuji.model.quality import DataQuality
from zuji.model.quantities import Quantity
from zuji.quality import analyse, edited, evaluate, prepare
from zuji.quality.pedigree import geometric_standard_deviation, with_uncertainty

GOOD = DataQuality(technology=1, geography=1, time=1, precision=1)
MIDDLING = DataQuality(technology=3, geography=3, time=3, precision=3)


def test_best_scores_leave_the_basic_uncertainty():
    assert geometric_standard_deviation(GOOD) ** 2 == pytest.approx(1.05)


def test_pedigree_by_hand():
    """Scores 3, 3, 3, 3: factors 1.20, 1.02, 1.10, 1.10 and the basic 1.05."""
    logs = [math.log(u) for u in (1.05, 1.20, 1.02, 1.10, 1.10)]
    expected = math.exp(math.sqrt(sum(x * x for x in logs)))
    assert geometric_standard_deviation(MIDDLING) ** 2 == pytest.approx(expected)


@given(*(st.floats(1, 5),) * 4, st.floats(0, 4))
def test_worse_scores_never_narrow_the_band(technology, geography, time, precision, more):
    base = DataQuality(technology=technology, geography=geography, time=time, precision=precision)
    worse = replace(base, technology=min(5.0, technology + more))
    assert geometric_standard_deviation(worse) >= geometric_standard_deviation(base)


def test_incomplete_scores_imply_nothing():
    assert geometric_standard_deviation(replace(GOOD, time=None)) is None
    assert geometric_standard_deviation(replace(GOOD, time=6)) is None


def test_stated_uncertainty_wins_over_scores():
    stated = line("a", uncertainty=lognormal(2), quality=MIDDLING)
    assert with_uncertainty(stated, LIBRARY) == stated
    library = Library(factor("steel", 2.0, gsd=1.5))
    assert with_uncertainty(line("a", quality=MIDDLING), library).uncertainty is None


def test_scores_of_the_factor_serve_where_the_line_has_none():
    library = Library(factor("x", 1.0, quality=MIDDLING))
    derived = with_uncertainty(line("a", factor="x"), library)
    assert derived.uncertainty.spread == geometric_standard_deviation(MIDDLING)


def test_evaluate_adds_quality_and_a_first_order_band():
    footprint = evaluate(one(line("a", quality=MIDDLING)), LIBRARY, AR6)
    assert footprint.total == calculate(one(line("a")), LIBRARY, AR6).total
    assert [each.scheme for each in footprint.quality] == ["PEF", "PACT-3"]
    assert footprint.uncertainty.method == "first_order"
    assert footprint.uncertainty.low < footprint.total < footprint.uncertainty.high


def test_lines_without_any_uncertainty_are_counted_with_their_share():
    footprint = evaluate(one(line("a", amount=3), line("b", quality=GOOD)), LIBRARY, AR6, uncertainty=50)
    (notice,) = (each for each in footprint.notices if each.code == "uncertainty.lines_without")
    assert "75%" in notice.what.en
    assert str(notice) in footprint.warnings
    silent = evaluate(one(line("a")), LIBRARY, AR6, uncertainty=None)
    assert "uncertainty.lines_without" not in {each.code for each in silent.notices}


def test_editing_a_prepared_study_equals_evaluating_it_anew():
    lines = (line("a", quality=GOOD), line("b", amount=2, quality=MIDDLING))
    changed = replace(lines[1], quantity=Quantity(7, "kg"), quality=GOOD)
    live = analyse(edited(prepare(one(*lines), LIBRARY, AR6), [changed]), uncertainty=200, seed=4)
    fresh = evaluate(one(lines[0], changed), LIBRARY, AR6, uncertainty=200, seed=4)
    assert live == fresh
