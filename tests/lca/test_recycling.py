"""The Circular Footprint Formula against cases derived by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR6, Library, factor, line, one
from zuji.errors import InvalidInput, ZujiError
from zuji.lca import calculate
from zuji.model.factors import FactorKind
from zuji.model.lines import LineKind, RecyclingDetail, RecyclingMethod

EV, EREC, EEOL, EAV, EER, ED, HEAT, POWER = 10.0, 4.0, 3.0, 9.0, 2.0, 0.5, 0.07, 0.6
LIBRARY = Library(
    factor("virgin", EV),
    factor("recycled", EREC),
    factor("end", EEOL, kind=FactorKind.WASTE_TREATMENT),
    factor("avoided", EAV),
    factor("incineration", EER, kind=FactorKind.WASTE_TREATMENT),
    factor("landfill", ED, kind=FactorKind.WASTE_TREATMENT),
    factor("heat", HEAT, "MJ", FactorKind.HEAT),
    factor("power", POWER, "kWh", FactorKind.ELECTRICITY_FOOTPRINT),
)
IDS = {
    "virgin": "virgin",
    "recycled": "recycled",
    "end_recycling": "end",
    "avoided": "avoided",
    "energy_recovery": "incineration",
    "disposal": "landfill",
    "avoided_heat": "heat",
    "avoided_electricity": "power",
}
fraction = st.floats(0.0, 1.0)


def total(amount=1.0, unit="kg", **parameters):
    made = line("m", LineKind.RECYCLING, amount, unit, detail=RecyclingDetail(**(IDS | parameters)))
    return calculate(one(made), LIBRARY, AR6).total


def test_virgin_material_that_is_landfilled():
    assert total() == pytest.approx(EV + ED)


def test_full_formula_by_hand():
    """A 0.2, B 0, R1 0.3, R2 0.6, R3 0.25, Qsin 0.9, Qsout 0.8, 20 MJ/kg to 40 % heat and 18 % power."""
    material = 0.7 * 10 + 0.3 * (0.2 * 4 + 0.8 * 10 * 0.9) + 0.8 * 0.6 * (3 - 9 * 0.8)
    energy = 0.25 * (2 - 20 * 0.4 * 0.07 - 20 * 0.18 * 0.6 / 3.6)
    disposal = 0.15 * 0.5
    result = total(
        r1=0.3,
        r2=0.6,
        r3=0.25,
        a=0.2,
        qs_in=0.9,
        qs_out=0.8,
        lhv=20,
        heat_efficiency=0.4,
        electricity_efficiency=0.18,
    )
    assert material == pytest.approx(7.384)
    assert result == pytest.approx(material + energy + disposal, rel=1e-12)


def test_amount_is_scaled_from_any_mass_unit():
    parameters = {"r1": 0.3, "r2": 0.6, "r3": 0.25, "lhv": 20, "heat_efficiency": 0.4}
    assert total(2.0, "t", **parameters) == pytest.approx(2000 * total(**parameters), rel=1e-12)


def test_b_of_one_leaves_energy_recovery_to_the_user_of_the_energy():
    assert total(r3=1.0, b=1.0) == pytest.approx(EV)


@given(a=fraction, r=fraction)
def test_closed_loop_does_not_depend_on_a(a, r):
    """With R1 = R2, equal quality and equal recycling both ways, A only moves burden within the product."""
    same = {"end_recycling": "recycled", "avoided": "virgin", "disposal": "landfill"}
    result = total(r1=r, r2=r, a=a, **same)
    assert result == pytest.approx((1 - r) * EV + r * EREC + (1 - r) * ED, rel=1e-9, abs=1e-9)


@given(r1=fraction, r2=fraction)
def test_a_of_one_is_recycled_content(r1, r2):
    assert total(r1=r1, r2=r2, a=1.0) == pytest.approx(
        (1 - r1) * EV + r1 * EREC + (1 - r2) * ED, rel=1e-9, abs=1e-9
    )


@given(r1=fraction, r2=fraction, share=fraction)
def test_cut_off_gives_no_credit(r1, r2, share):
    r3 = (1 - r2) * share
    result = total(method=RecyclingMethod.CUT_OFF, r1=r1, r2=r2, r3=r3)
    expected = (1 - r1) * EV + r1 * EREC + r3 * EER + (1 - r2 - r3) * ED
    assert result == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(r1=fraction, r2=fraction, a=fraction, qs=fraction)
def test_burdens_of_two_products_in_a_chain_are_shared_not_doubled(r1, r2, a, qs):
    """The giver's credit and the taker's burden for one kg recycled sum to the recycling itself."""
    shared = {"end_recycling": "recycled", "avoided": "virgin", "a": a, "qs_out": qs, "qs_in": qs}
    giver = total(r2=1.0, **shared) - EV
    taker = total(r1=1.0, disposal="", **shared)
    assert giver + taker == pytest.approx(EREC, abs=1e-9)


def test_avoided_material_defaults_to_virgin():
    assert total(r2=1.0, a=0.0, avoided="") == pytest.approx(EV + EEOL - EV)


def test_no_end_of_life_stated_means_none():
    assert total(disposal="") == pytest.approx(EV)


@pytest.mark.parametrize(
    "parameters",
    [
        {"r1": 1.2},
        {"r2": -0.1},
        {"r2": 0.7, "r3": 0.7},
        {"a": 2.0},
        {"lhv": -1.0},
        {"heat_efficiency": 0.7, "electricity_efficiency": 0.7},
    ],
)
def test_parameters_out_of_range_are_refused(parameters):
    with pytest.raises(InvalidInput):
        total(**parameters)


def test_every_missing_factor_is_named_at_once():
    with pytest.raises(ZujiError) as refusal:
        total(r1=0.5, r2=0.4, recycled="", end_recycling="", disposal="")
    assert {problem.place.field for problem in refusal.value} == {"recycled", "end_recycling", "disposal"}
