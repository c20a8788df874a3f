"""The location-based result, against the amounts worked out by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR6, GRID_CO2, LIBRARY, Library, factor, line, one, part, process, study
from zuji.errors import UnknownFactor, WrongFactorKind
from zuji.lca.electricity import at_location, location_lines
from zuji.lca.published import published
from zuji.model.factors import FactorKind
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, LineKind, StatedFactor
from zuji.model.stages import Stage
from zuji.model.studies import LineChange, Scenario
from zuji.quality import evaluate
from zuji.trust.snapshot import freeze, from_bytes, verify

OTHER = [each for each in ElectricityTreatment if each is not ElectricityTreatment.GRID]
POWER = Library(
    *LIBRARY,
    factor("wind", 0.0324, "kWh", FactorKind.ELECTRICITY_FOOTPRINT),
    factor("province", 0.2, "MWh", FactorKind.ELECTRICITY_FOOTPRINT),
)


def electricity(line_id, kwh=10.0, treatment=ElectricityTreatment.GRID, location="power", **rest):
    rest = {"factor": "wind", **rest}
    return line(
        line_id,
        LineKind.ELECTRICITY,
        kwh,
        "kWh",
        stage=Stage.MANUFACTURING,
        detail=ElectricityDetail(treatment=treatment, location_factor=location),
        **rest,
    )


def result(inventory, library=POWER):
    return evaluate(inventory, library, AR6)


@pytest.mark.parametrize("treatment", OTHER)
def test_every_other_treatment_is_recounted_at_the_grid_of_its_place(treatment):
    made = result(one(line("a"), electricity("e", treatment=treatment)))
    assert made.total == pytest.approx(2 + 10 * 0.0324)
    assert made.location_based.total == pytest.approx(2 + 10 * 0.5777)
    assert made.location_based.lines == ("e",)
    assert made.location_based.unknown == ()
    assert published(made)["location_based"] == "7.7770"


def test_the_location_factor_keeps_its_own_unit():
    made = result(one(electricity("e", 500.0, ElectricityTreatment.CONTRACT, "province")))
    assert made.location_based.total == pytest.approx(0.5 * 0.2)


def test_a_study_on_the_grid_alone_has_no_second_result():
    made = result(
        one(electricity("e", factor="power"), line("plain", LineKind.ELECTRICITY, 1, "kWh", factor="power"))
    )
    assert made.location_based is None
    assert "location_based" not in published(made)


def test_a_line_without_location_factor_keeps_its_value_and_is_named():
    own = electricity("own", 10, ElectricityTreatment.OWN, location="")
    contract = electricity("contract", 10, ElectricityTreatment.CONTRACT)
    made = result(one(own, contract))
    assert made.location_based.unknown == ("own",)
    assert made.location_based.total == pytest.approx(10 * 0.0324 + 10 * 0.5777)


def test_a_factor_stated_on_the_line_gives_way():
    stated = StatedFactor(value=0.01, per="kWh", source="电站核算", primary=True)
    own = electricity("own", 10, ElectricityTreatment.OWN, factor="", stated=stated)
    assert result(one(own)).location_based.total == pytest.approx(5.777)


def test_electricity_of_a_step_below_counts_in_the_amount_that_is_used_of_it():
    below = process("melt", electricity("e", 4, ElectricityTreatment.DIRECT_LINE))
    made = result(study(process("p", part("m", "melt", 2.5)), below))
    assert made.location_based.total == pytest.approx(2.5 * 4 * 0.5777)


def test_a_line_that_is_cut_off_is_neither_recounted_nor_asked_for():
    cut = electricity("e", 10, ElectricityTreatment.OWN, location="", cut_off="小")
    assert result(one(line("a"), cut)).location_based is None


def test_a_grid_co2_factor_is_refused_and_located_at_its_field():
    library = Library(*POWER, GRID_CO2)
    with pytest.raises(WrongFactorKind) as caught:
        result(one(electricity("e", treatment=ElectricityTreatment.OWN, location="grid")), library)
    (found,) = caught.value.problems
    assert (found.code, found.place.line) == ("factor.grid_co2", "e")
    assert found.place.field == "electricity.location_factor"


def test_an_unknown_location_factor_is_refused():
    with pytest.raises(UnknownFactor) as caught:
        result(one(electricity("e", treatment=ElectricityTreatment.OWN, location="nowhere")))
    assert caught.value.problems[0].place.field == "electricity.location_factor"


treated_lines = st.lists(
    st.tuples(st.floats(0, 1e6), st.sampled_from(ElectricityTreatment), st.sampled_from(["", "power"])),
    min_size=1,
    max_size=6,
)


@given(treated_lines)
def test_the_result_is_that_of_the_study_at_its_location(kinds):
    inventory = one(
        line("a"), *(electricity(f"e{at}", *each, factor="wind") for at, each in enumerate(kinds))
    )
    made = result(inventory)
    located = at_location(inventory)
    again = result(located)
    lines = location_lines(inventory)
    if made.location_based is None:
        assert located == inventory
    else:
        assert made.location_based.total == pytest.approx(again.total, rel=1e-12)
        assert set(made.location_based.lines) == set(lines.recounted)
    assert at_location(located) == located
    by_hand = 2 + sum(
        kwh * (0.5777 if location and treatment is not ElectricityTreatment.GRID else 0.0324)
        for kwh, treatment, location in kinds
    )
    assert again.total == pytest.approx(by_hand)


def test_a_snapshot_holds_the_location_factor_and_verifies():
    inventory = replace(
        one(electricity("e", treatment=ElectricityTreatment.CONTRACT)),
        scenarios=(Scenario(id="less", name="少", changes=(LineChange(line="e", scale=0.5),)),),
    )
    made = result(inventory)
    frozen = freeze(inventory, made, POWER, AR6)
    assert "power" in frozen.factor_versions
    assert frozen.published["location_based"] == "5.7770"
    assert verify(from_bytes(frozen.to_bytes())) == []


def test_a_snapshot_of_grid_electricity_is_as_it_always_was():
    inventory = one(electricity("e", factor="power", location="province"))
    frozen = freeze(inventory, result(inventory), POWER, AR6)
    assert set(frozen.factor_versions) == {"power"}
    assert "location_based" not in frozen.published
