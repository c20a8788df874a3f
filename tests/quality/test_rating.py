"""Ratings and primary share against the worked examples that PACT publishes, and properties of PEF."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, Library, factor, line, one
from zuji.model.lines import BiogenicDetail, DataSource, EmissionDetail, LineKind, StatedFactor
from zuji.model.quality import DataQuality
from zuji.model.studies import Period
from zuji.quality import PACT_3, PEF, SCHEMES, evaluate
from zuji.quality.evidence import geography_score, time_score
from zuji.quality.primary import primary_share
from zuji.quality.rating import weighted

score = st.floats(1, 5)


def quality(*values):
    technology, geography, time, precision = values
    return DataQuality(technology=technology, geography=geography, time=time, precision=precision)


def result(*lines, library=LIBRARY, **rest):
    return evaluate(one(*lines, **rest), library, AR6)


def pef(footprint):
    return next(each for each in footprint.quality if each.scheme == "PEF")


def pact(footprint):
    return next(each for each in footprint.quality if each.scheme == "PACT-3")


def test_pact_guide_example_of_three_components():
    """PACT guide: weights 25, 30 and 45 %."""
    weights = [25, 30, 45]
    assert weighted([2, 2, 1], weights) == pytest.approx(1.55)
    assert weighted([2, 2, 3], weights) == pytest.approx(2.45)
    assert weighted([1, 5, 2], weights) == pytest.approx(2.65)


def test_pact_guide_example_of_chocolate():
    weights = [36.1, 50.2, 2.2, 5.8, 0.1, 1.4, 1.1, 0.6, 0.4, 2.1]
    assert weighted([1, 2, 2, 2, 1, 2, 4, 2, 1, 5], weights) == pytest.approx(1.719, abs=5e-4)
    assert weighted([1, 4, 3, 3, 1, 1, 3, 3, 1, 3], weights) == pytest.approx(2.742, abs=5e-4)
    assert weighted([2, 4, 1, 1, 1, 2, 2, 2, 1, 3], weights) == pytest.approx(2.940, abs=5e-4)


def test_pact_guide_example_of_primary_data_share():
    assert primary_share([800, 2400, -90, 1000], [0.36, 0, 0, 1]) == pytest.approx(0.30023, abs=5e-6)


def test_pact_ratings_of_a_footprint_use_absolute_contributions():
    lines = [
        line(name, amount=amount, quality=quality(*scores, None))
        for name, amount, scores in (
            ("a", 25, (2, 2, 1)),
            ("b", 30, (2, 2, 5)),
            ("c", 45, (1, 3, 2)),
        )
    ]
    found = pact(result(*lines)).indicators
    assert found == pytest.approx(
        {"technologicalDQR": 1.55, "geographicalDQR": 2.45, "temporalDQR": 2.65}, rel=1e-12
    )
    assert pact(result(*lines)).score is None


def test_pact_counts_what_nobody_rated_as_five():
    stated = StatedFactor(value=1.0, per="kg", source="s")
    found = pact(result(line("a", stated=stated, quality=quality(1, 1, 1, 1)), line("b", stated=stated)))
    assert set(found.indicators.values()) == {3.0}
    assert found.coverage == 1.0


@pytest.mark.parametrize(
    ("dataset", "site", "expected"),
    [
        ("CN-SC", "CN-SC", 1.0),
        ("CN", "CN-SC", 2.0),
        ("CN", "CN", 2.0),
        ("RAS", "CN-SC", 3.0),
        ("GLO", "CN-SC", 4.0),
        ("CN-SN", "CN-SC", 5.0),
        ("DE", "CN-SC", 5.0),
        ("", "CN-SC", None),
    ],
)
def test_geography_from_metadata(dataset, site, expected):
    assert geography_score(dataset, site) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [("2024", 1), ("2023", 1), ("2022", 2), ("2020-2021", 3), ("2020", 4), ("2006", 5), ("", None)],
)
def test_time_from_metadata(year, expected):
    assert time_score(year, "2024-12-31") == expected


def test_metadata_fill_pact_but_not_pef():
    library = Library(factor("x", 1.0, geography="CN", year="2023"))
    footprint = result(line("a", factor="x"), library=library)
    assert pact(footprint).indicators == {
        "technologicalDQR": 5.0,
        "geographicalDQR": 2.0,
        "temporalDQR": 1.0,
    }
    assert (pef(footprint).score, pef(footprint).level) == (None, "not_rated")


def test_pef_rating_by_hand():
    """1 kg and 3 kg of the same material: weights 25 and 75 %."""
    rated = pef(
        result(line("a", quality=quality(1, 2, 3, 4)), line("b", amount=3, quality=quality(1, 1, 1, 1)))
    )
    assert rated.indicators == pytest.approx({"TeR": 1.0, "GeR": 1.25, "TiR": 1.5, "P": 1.75})
    assert rated.score == pytest.approx((1 + 1.25 + 1.5 + 1.75) / 4)
    assert rated.level == "excellent"
    assert rated.weakest == ("a",)


def test_pef_time_is_the_mean_of_activity_and_dataset():
    library = Library(factor("x", 1.0, quality=quality(2, 2, 5, 2)))
    rated = pef(result(line("a", factor="x", quality=quality(1, 1, 1, 1)), library=library))
    assert rated.indicators == {"TeR": 1.0, "GeR": 1.0, "TiR": 3.0, "P": 1.0}


@pytest.mark.parametrize(
    ("value", "level"), [(1.5, "excellent"), (2, "very_good"), (3, "good"), (4, "fair"), (4.01, "poor")]
)
def test_pef_levels(value, level):
    assert pef(result(line("a", quality=quality(value, value, value, value)))).level == level


def test_pef_needs_eighty_percent_of_the_result():
    good = quality(1, 1, 1, 1)
    enough = pef(result(line("a", amount=8, quality=good), line("b", amount=2)))
    assert (enough.coverage, enough.level) == (pytest.approx(0.8), "excellent")
    little = pef(result(line("a", amount=7.9, quality=good), line("b", amount=2.1)))
    assert little.level == "not_covered"
    assert little.weakest == ("b",)


@given(st.lists(st.tuples(st.floats(0.1, 100), score, score, score, score), min_size=1, max_size=6), score)
def test_raising_a_score_never_lowers_the_rating(rows, higher):
    lines = [line(f"l{i}", amount=a, quality=quality(*scores)) for i, (a, *scores) in enumerate(rows)]
    base = pef(result(*lines)).score
    first = lines[0].quality
    worse = replace(lines[0], quality=replace(first, time=max(first.time, higher)))
    assert pef(result(worse, *lines[1:])).score >= base - 1e-12


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=8), score)
def test_equal_scores_give_that_score(amounts, value):
    lines = [
        line(f"l{i}", amount=a, quality=quality(value, value, value, value)) for i, a in enumerate(amounts)
    ]
    assert pef(result(*lines)).score == pytest.approx(value, rel=1e-12)


def test_schemes_are_found_by_id_and_version():
    assert SCHEMES["PEF", PEF.version] is PEF
    assert SCHEMES["PACT-3", PACT_3.version] is PACT_3


def test_primary_needs_activity_and_factor():
    supplier = StatedFactor(value=2.0, per="kg", source="s", primary=True, primary_share=0.6)
    lines = [
        line("supplier", stated=supplier),
        line("library"),
        line("leak", LineKind.DIRECT_EMISSION, 2, "kg", detail=EmissionDetail(gas="CO2")),
        line("guess", stated=replace(supplier, primary_share=1.0), data_source=DataSource.ESTIMATED),
    ]
    footprint = result(*lines)
    assert footprint.primary_data_share == pytest.approx((2 * 0.6 + 0 + 2 * 1 + 0) / 8)
    assert [each.primary for each in footprint.lines] == [True, False, True, False]


def test_uptake_weighs_nothing():
    lines = [
        line("leak", LineKind.DIRECT_EMISSION, 2, "kg", detail=EmissionDetail(gas="CO2")),
        line(
            "wood",
            LineKind.BIOGENIC_CARBON,
            50,
            "kg",
            detail=BiogenicDetail(),
            data_source=DataSource.ESTIMATED,
        ),
    ]
    assert result(*lines).primary_data_share == 1.0


def test_time_follows_the_period_of_the_study():
    library = Library(factor("x", 1.0, geography="CN", year="2020"))
    later = replace(one(line("a", factor="x")), period=Period(start="2020-01-01", end="2020-12-31"))
    assert pact(evaluate(later, library, AR6)).indicators["temporalDQR"] == 1.0
