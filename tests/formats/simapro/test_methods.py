"""Methods of SimaPro: what follows from the factors that a file lists."""

from dataclasses import replace

import pytest

from tests.formats.simapro.samples import HEADER, LIME, LISTS, METHOD, MILL, file
from zuji.formats.simapro import dump, load, spread_factors
from zuji.model.lci.impacts import ImpactCategory
from zuji.model.lci.package import Package


def package(text: str) -> Package:
    result = load(file(HEADER + text))
    assert result.ledger.balanced
    return result.package


def category(of: Package, name: str) -> ImpactCategory:
    return next(each for each in of.impact_categories if str(each.heading.name) == name)


def values(of: Package, name: str) -> dict[tuple[str, ...], float | None]:
    """Factors by compartment and name of the flow."""
    flows = {flow.heading.id: flow for flow in of.flows}
    found = {}
    for factor in category(of, name).factors:
        flow = flows[factor.flow.id]
        key = (*flow.compartment, str(flow.heading.name))
        assert key not in found
        found[key] = factor.value
    return found


def test_factors_of_the_file() -> None:
    found = package(METHOD)
    assert values(found, "Climate change") == {
        ("Emissions to air", "Carbon dioxide, fossil"): 1.0,
        ("Emissions to air", "low. pop.", "Carbon dioxide, fossil"): 1.0,
        ("Emissions to air", "Methane"): 29.8,
    }
    assert category(found, "Toxicity").unit == "CTU"
    (method,) = found.impact_methods
    assert method.heading.version == "1.4"
    assert [ref.id for ref in method.categories] == [each.heading.id for each in found.impact_categories]


def test_an_unspecified_factor_holds_for_every_sub_compartment_without_its_own() -> None:
    found = package(METHOD + MILL + LIME + LISTS)
    air = "Emissions to air"
    assert values(found, "Climate change") == {
        (air, "Carbon dioxide, fossil"): 1.0,
        (air, "high. pop.", "Carbon dioxide, fossil"): 1.0,
        (air, "low. pop.", "Carbon dioxide, fossil"): 1.0,
        (air, "Methane"): 29.8,
    }
    assert values(found, "Toxicity") == {
        (air, "Carbon dioxide, fossil"): 10.0,
        (air, "high. pop.", "Carbon dioxide, fossil"): 10.0,
        (air, "low. pop.", "Carbon dioxide, fossil"): 3.0,
        ("Emissions to soil", "industrial", "Zinc"): 2.0,
        ("Resources", "in ground", "Iron ore"): 5.0,
    }


def test_a_damage_category_is_the_weighted_sum_for_each_sub_compartment() -> None:
    found = package(METHOD + MILL + LIME + LISTS)
    air = "Emissions to air"
    assert values(found, "Health") == pytest.approx(
        {
            (air, "Carbon dioxide, fossil"): 2 * 1 + 0.5 * 10,
            (air, "high. pop.", "Carbon dioxide, fossil"): 2 * 1 + 0.5 * 10,
            (air, "low. pop.", "Carbon dioxide, fossil"): 2 * 1 + 0.5 * 3,
            (air, "Methane"): 2 * 29.8,
            ("Emissions to soil", "industrial", "Zinc"): 0.5 * 2,
            ("Resources", "in ground", "Iron ore"): 0.5 * 5,
        }
    )


def test_damage_adds_factors_of_different_units() -> None:
    text = METHOD.replace("000124-38-9;10;kg", "000124-38-9;0,01;g").replace(
        "000124-38-9;3;kg", "000124-38-9;3;kg"
    )
    assert values(package(text + LISTS), "Health")[
        ("Emissions to air", "Carbon dioxide, fossil")
    ] == pytest.approx(2 * 1 + 0.5 * 10)


def test_a_method_and_processes_of_two_files_are_put_together() -> None:
    method, mill = package(METHOD + LISTS), package(MILL + LIME + LISTS)
    flows = {flow.heading.id: flow for flow in (*method.flows, *mill.flows)}
    together = spread_factors(
        replace(mill, flows=tuple(flows.values()), impact_categories=method.impact_categories)
    )
    whole = package(METHOD + MILL + LIME + LISTS)
    for name in ("Climate change", "Toxicity", "Health"):
        assert values(together, name) == pytest.approx(values(whole, name))
    assert spread_factors(together) == together


def test_normalisation_is_what_a_result_is_divided_by() -> None:
    (weighting,) = package(METHOD).impact_methods[0].weighting_sets
    found = {str(each.category.name): (each.normalisation, each.weighting) for each in weighting.factors}
    assert found == {"Health": (50.0, 300.0), "Climate change": (None, 21.0)}
    assert (str(weighting.name), weighting.unit) == ("World 2010", "mPt")


def test_only_what_a_file_lists_is_written() -> None:
    found = package(METHOD + MILL + LIME + LISTS)
    text = dump(found).content.decode("cp1252")
    assert text.count("Carbon dioxide, fossil;000124-38-9;") == 3
    assert "Health;0.02" in text
    assert "Climate change;2\r\n" in text
    assert load(dump(found).content).package == found


def test_mistakes_in_a_method_are_told_and_kept() -> None:
    text = METHOD.replace(
        "Air;(unspecified);Methane;000074-82-8;29,8;kg", "Sky;high;Methane;000074-82-8;much;kg"
    )
    text = text.replace("Toxicity;0,5", "Nothing;0,5").replace("Climate change;21", "Nobody;21")
    result = load(file(HEADER + text))
    assert result.ledger.balanced
    assert [reason.code for reason in result.ledger.reasons] == [
        "simapro.compartment.unknown",
        "simapro.damage",
        "simapro.weighting",
    ]
    assert load(dump(result.package).content).package == result.package
