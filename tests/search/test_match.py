"""Searching the shipped library."""

import pytest

from zuji.model.factors import Confidence, Factor, FactorKind
from zuji.model.lines import Line, LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.search.match import Matcher
from zuji.search.rank import KINDS_OF_LINE, QualityFlag, ReasonKind


@pytest.mark.parametrize("text", ["电", "电力", "用电", "市电", "生产用电"])
def test_electricity_means_the_newest_national_average(matcher: Matcher, text: str) -> None:
    assert matcher.match(text, kind=LineKind.ELECTRICITY, unit="kWh")[0].factor.id == "elec_cf_national_2024"
    assert matcher.search(text)[0].factor.id == "elec_cf_national_2024"


@pytest.mark.parametrize("text", ["电力二氧化碳排放因子", "四川", "全国", "grid CO2 factor Sichuan", "电网"])
@pytest.mark.parametrize("kind", [None, LineKind.ELECTRICITY, LineKind.MATERIAL])
def test_grid_co2_factors_are_never_offered_for_a_line(
    matcher: Matcher, text: str, kind: LineKind | None
) -> None:
    found = matcher.match(text, kind=kind, limit=50)
    assert all(candidate.factor.kind is not FactorKind.GRID_CO2 for candidate in found)


def test_who_searches_for_a_grid_co2_factor_is_told_that_it_may_not_be_used(matcher: Matcher) -> None:
    found = matcher.search("四川", kinds=[FactorKind.GRID_CO2])
    assert found
    assert all(candidate.barred is not None and "不得" in candidate.barred.zh for candidate in found)
    assert all(QualityFlag.NOT_FOR_FOOTPRINT in candidate.flags for candidate in found)
    assert not any(candidate.may_be_default for candidate in found)


def test_a_remembered_grid_co2_factor_is_still_refused(factors: tuple[Factor, ...]) -> None:
    matcher = Matcher(factors, remembered={"厂用电": "elec_co2_CN-SC_2023"})
    found = matcher.match("厂用电", kind=LineKind.ELECTRICITY, unit="kWh")
    assert "elec_co2_CN-SC_2023" not in {candidate.factor.id for candidate in found}


def test_what_the_organisation_confirmed_comes_first(factors: tuple[Factor, ...]) -> None:
    matcher = Matcher(factors, remembered={"水泥（Ａ线）": "mat_stat_cement_m325"})
    first = matcher.match("水泥 (a线)", kind=LineKind.MATERIAL, unit="t")[0]
    assert first.factor.id == "mat_stat_cement_m325"
    assert first.reasons[0].kind is ReasonKind.REMEMBERED
    assert Matcher(factors).match("水泥 (a线)", unit="t")[0].factor.id != "mat_stat_cement_m325"


def test_a_remembered_factor_that_is_gone_is_passed_over(factors: tuple[Factor, ...]) -> None:
    found = Matcher(factors, remembered={"水泥": "withdrawn"}).match("水泥", unit="t")
    assert found[0].factor.id == "mat_gbt51366_portland_cement_market_average"


@pytest.mark.parametrize("code", ["mat_stat_rebar", "MAT_STAT_REBAR", "65119X0272024C"])
def test_a_code_finds_its_factor(matcher: Matcher, code: str) -> None:
    first = matcher.search(code)[0]
    assert first.reasons[0].kind is ReasonKind.CODE
    assert first.factor.id.casefold().endswith(code.casefold())


def test_every_factor_is_found_by_its_own_id(matcher: Matcher) -> None:
    for factor in matcher.factors[::37]:
        assert factor.id in {candidate.factor.id for candidate in matcher.search(factor.id)}


def test_reasons_explain_in_both_languages_and_strongest_first(full_matcher: Matcher) -> None:
    for candidate in full_matcher.search("螺纹钢 HRB400"):
        assert candidate.reasons
        strengths = [reason.score for reason in candidate.reasons]
        assert strengths == sorted(strengths, reverse=True)
        assert all(reason.text.zh and reason.text.en for reason in candidate.reasons)
        assert 0 <= candidate.score <= 1
        assert 0 < candidate.relevance <= 1


@pytest.mark.parametrize("kind", list(LineKind))
def test_a_line_is_offered_only_kinds_that_may_carry_it(matcher: Matcher, kind: LineKind) -> None:
    found = matcher.match("石灰石 柴油 电力 铁路 污水 热力 水泥 甲烷", kind=kind, limit=30)
    assert {candidate.factor.kind for candidate in found} == KINDS_OF_LINE.get(kind, frozenset())


def test_process_emissions_of_lime_making_are_no_footprint_of_lime(matcher: Matcher) -> None:
    found = matcher.match("生石灰", kind=LineKind.MATERIAL, unit="t")
    assert found[0].factor.id == "mat_gbt51366_lime"
    assert all(candidate.factor.kind is FactorKind.PRODUCT_FOOTPRINT for candidate in found)


def test_a_line_brings_its_own_kind_unit_and_stage(matcher: Matcher) -> None:
    line = Line(
        id="1", stage=Stage.DISTRIBUTION, kind=LineKind.TRANSPORT, item="火车皮", quantity=Quantity(3.0, "t")
    )
    found = matcher.match(line)
    assert found == matcher.match("火车皮", kind=LineKind.TRANSPORT, unit="t", stage=Stage.DISTRIBUTION)
    assert found[0].factor.kind is FactorKind.TRANSPORT
    assert found[0].unit_ok is True


def test_a_material_at_its_end_of_life_may_be_treated_as_waste(matcher: Matcher) -> None:
    found = matcher.match("垃圾填埋", kind=LineKind.MATERIAL, stage=Stage.END_OF_LIFE, unit="t")
    assert found[0].factor.kind is FactorKind.WASTE_TREATMENT


def test_the_provincial_heat_value_comes_first_where_the_place_has_one(matcher: Matcher) -> None:
    assert matcher.match("热力 陕西", kind=LineKind.HEAT, unit="GJ")[0].factor.id == "heat_ncsc_CN-SN"
    shaanxi = matcher.match("蒸汽", kind=LineKind.HEAT, unit="GJ", geography="CN-SN")
    sichuan = matcher.match("蒸汽", kind=LineKind.HEAT, unit="GJ", geography="CN-SC")
    assert shaanxi[0].factor.id == "heat_ncsc_CN-SN"
    assert sichuan[0].factor.id == "heat_gbt32150_2025"


def test_low_confidence_is_never_a_default(full_matcher: Matcher) -> None:
    for text in ("不锈钢", "尿素", "二次铜", "碳阳极", "农药"):
        found = full_matcher.match(text, kind=LineKind.MATERIAL, unit="kg")
        assert any(c.confidence is Confidence.LOW for c in found), text
        assert not any(c.may_be_default for c in found if c.confidence is Confidence.LOW)


@pytest.mark.parametrize("text", ["", "   ", "！！", "()"])
def test_nothing_written_finds_nothing(full_matcher: Matcher, text: str) -> None:
    assert full_matcher.search(text) == []
    assert full_matcher.match(text) == []


def test_an_empty_library_finds_nothing() -> None:
    assert Matcher(()).search("水泥") == []


def test_limits_and_kinds_are_kept(matcher: Matcher) -> None:
    assert len(matcher.search("电力", limit=3)) == 3
    only = matcher.search("水泥", kinds=[FactorKind.ENERGY_LIMIT])
    assert only
    assert {candidate.factor.kind for candidate in only} == {FactorKind.ENERGY_LIMIT}
    assert matcher.search("水泥", kinds=[]) == []


def test_the_same_question_has_the_same_answer(factors: tuple[Factor, ...], matcher: Matcher) -> None:
    again = Matcher(tuple(reversed(factors)))
    for text in ("水泥", "PP", "铝锭", "柴油"):
        assert [c.factor.id for c in again.search(text)][:3] == [c.factor.id for c in matcher.search(text)][
            :3
        ]
