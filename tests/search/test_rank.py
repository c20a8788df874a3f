"""What stands beside a match, and the order of equal ones."""

from dataclasses import replace

import pytest

from zuji.model.factors import Confidence, Factor, FactorKind, Source
from zuji.model.lines import LineKind
from zuji.search.match import Matcher
from zuji.search.rank import (
    FLAG_NAMES,
    GEOGRAPHY_NAMES,
    REASON_NAMES,
    GeographyFit,
    QualityFlag,
    ReasonKind,
    factor_year,
    geography_fit,
    unit_fit,
)
from zuji.text import Text

STEEL = Factor(
    id="plain",
    version="1",
    kind=FactorKind.PRODUCT_FOOTPRINT,
    name=Text("试验钢", "test steel"),
    value=2.0,
    unit="kgCO2e/kg",
    per="kg",
    year="2019",
    geography="CN",
    source=Source(title="x"),
    confidence=Confidence.MEDIUM,
)


def order(*factors: Factor, geography: str = "CN", unit: str = "kg") -> list[str]:
    found = Matcher(factors, aliases=()).match(
        "试验钢", kind=LineKind.MATERIAL, geography=geography, unit=unit
    )
    return [candidate.factor.id for candidate in found]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"year": "2024"}, {"year": "2012"}),
        ({"geography": "CN"}, {"geography": "GB"}),
        ({"geography": "CN"}, {"geography": "GLO"}),
        ({"geography": "GLO"}, {"geography": "GB"}),
        ({"geography": "CN"}, {"geography": "CN-HE"}),
        ({"confidence": Confidence.HIGH}, {"confidence": Confidence.MEDIUM}),
        ({"confidence": Confidence.MEDIUM}, {"confidence": Confidence.LOW}),
        (
            {"source": Source(title="公告", publisher="生态环境部")},
            {"source": Source(title="公告", publisher="某公司")},
        ),
        ({"per": "kg"}, {"per": "kWh"}),
    ],
)
def test_of_two_equal_names(better: dict[str, object], worse: dict[str, object]) -> None:
    first = replace(STEEL, id="zz-better", **better)  # type: ignore[arg-type]
    second = replace(STEEL, id="aa-worse", **worse)  # type: ignore[arg-type]
    assert order(first, second) == ["zz-better", "aa-worse"]
    assert order(second, first) == ["zz-better", "aa-worse"]


def test_the_province_asked_for_comes_before_the_nation_and_the_nation_before_another_province() -> None:
    nation, here, there = (replace(STEEL, id=g, geography=g) for g in ("CN", "CN-SN", "CN-HE"))
    assert order(there, nation, here, geography="CN-SN") == ["CN-SN", "CN", "CN-HE"]


def test_low_confidence_is_never_first_while_a_comparable_one_exists_and_never_a_default() -> None:
    low = replace(STEEL, id="low", confidence=Confidence.LOW)
    nearly = replace(STEEL, id="nearly", name=Text("试验钢(平均)", "average"), geography="GB", year="1995")
    found = Matcher((low, nearly), aliases=()).match("试验钢", unit="kg")
    assert [c.factor.id for c in found] == ["nearly", "low"]
    alone = Matcher((low,), aliases=()).match("试验钢", unit="kg")[0]
    assert not alone.may_be_default
    assert QualityFlag.LOW_CONFIDENCE in alone.flags


def test_another_unit_is_listed_lower_and_said() -> None:
    found = Matcher((replace(STEEL, id="v", per="m3"), STEEL), aliases=()).match("试验钢", unit="t")
    assert [c.unit_ok for c in found] == [True, False]
    assert found[1].unit_note is not None
    assert "m3" in found[1].unit_note.zh
    assert "m3" in found[1].unit_note.en
    assert not found[1].may_be_default


def test_an_unknown_unit_is_said_and_not_guessed() -> None:
    fits, note = unit_fit(STEEL, "麻袋", LineKind.MATERIAL)
    assert fits is False
    assert note is not None
    assert "麻袋" in note.zh


@pytest.mark.parametrize(
    ("kind", "per", "unit", "fits"),
    [
        (LineKind.TRANSPORT, "t·km", "t·km", True),
        (LineKind.TRANSPORT, "t·km", "t", True),
        (LineKind.TRANSPORT, "t·km", "kWh", False),
        (LineKind.FUEL, "GJ", "t", True),
        (LineKind.FUEL, "GJ", "m3", True),
        (LineKind.FUEL, "GJ", "tce", True),
        (LineKind.ELECTRICITY, "kWh", "万kWh", True),
        (LineKind.MATERIAL, "kg", "m3", False),
        (None, "kg", "t", True),
    ],
)
def test_a_line_may_be_stated_in_what_its_formula_converts(
    kind: LineKind | None, per: str, unit: str, *, fits: bool
) -> None:
    assert unit_fit(replace(STEEL, per=per), unit, kind)[0] is fits


def test_no_unit_asked_gives_no_opinion() -> None:
    assert unit_fit(STEEL, "", LineKind.MATERIAL) == (None, None)


@pytest.mark.parametrize(
    ("place", "asked", "fit"),
    [
        ("CN", "CN", GeographyFit.SAME),
        ("CN", "CN-SC", GeographyFit.NATIONAL),
        ("CN-SC", "CN-SC", GeographyFit.SAME),
        ("CN-SN", "CN-SC", GeographyFit.OTHER_PROVINCE),
        ("CN-SN", "CN", GeographyFit.PROVINCIAL),
        ("GLO", "CN", GeographyFit.WORLD),
        ("GB", "CN", GeographyFit.FOREIGN),
        ("", "CN", GeographyFit.UNKNOWN),
    ],
)
def test_how_a_place_fits(place: str, asked: str, fit: GeographyFit) -> None:
    assert geography_fit(replace(STEEL, geography=place), asked) is fit


@pytest.mark.parametrize(("text", "year"), [("2020-2022", 2022), ("2024", 2024), ("", None), ("old", None)])
def test_the_year_is_the_last_one_named(text: str, year: int | None) -> None:
    assert factor_year(replace(STEEL, year=text)) == year


def test_age_counts_from_the_year_of_the_data() -> None:
    candidate = Matcher((STEEL,), aliases=()).match("试验钢", year=2030)[0]
    assert candidate.age == 11
    assert QualityFlag.OLD in candidate.flags


def test_everything_shown_has_both_languages() -> None:
    assert set(FLAG_NAMES) == set(QualityFlag)
    assert set(GEOGRAPHY_NAMES) == set(GeographyFit)
    assert set(REASON_NAMES) == set(ReasonKind)
    for names in (FLAG_NAMES, GEOGRAPHY_NAMES, REASON_NAMES):
        assert all(text.zh and text.en for text in names.values())
