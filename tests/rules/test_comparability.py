"""The gate: every item by itself, and what must hold whatever is compared."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, Library, factor, line, output, process, study
from tests.rules.results import FLOOR, rating, result
from zuji.model.category_rules import (
    CutOffRule,
    ProductCategoryRule,
    QualityFloor,
    RuleStanding,
    UnitRule,
)
from zuji.model.factors import FactorKind
from zuji.model.lines import ElectricityDetail, ElectricityTreatment, LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.standards import Certainty
from zuji.model.statements import Inclusions, Review, ReviewKind, Statements
from zuji.model.studies import AllocationMethod, BoundaryKind, Period, UnitKind
from zuji.quality import evaluate
from zuji.rules.comparability import ITEMS, Equivalence, comparand, gate, gate_all, on_location
from zuji.rules.comparands import ElectricityBasis
from zuji.rules.floors import meets

PROVINCE = ElectricityBasis(accounting="grid", grid=("province",))
MARKET = ElectricityBasis(accounting="market", grid=("country",))
PHYSICAL = ElectricityBasis(accounting="physical", grid=("country",))
LOCATION = ElectricityBasis(accounting="location", grid=("country",))
SECOND_HALF = Period(start="2024-07-01", end="2025-06-30")
CHANGES = {
    "product": [{"category": "zuji:wine"}, {"function": "1 kL 葡萄酒"}, {"category": ""}, {"function": " "}],
    "rule": [{"rule": "baijiu@1.1"}, {"rule": ""}],
    "unit": [{"unit": Quantity(1.0, "t")}, {"unit": Quantity(1.0, "m3")}, {"unit_kind": UnitKind.FUNCTIONAL}],
    "boundary": [
        {"boundary": BoundaryKind.CRADLE_TO_GRAVE},
        {"stages": (Stage.MANUFACTURING,)},
    ],
    "cut_off": [{"cut_off": CutOffRule(each=0.01, total=0.03)}, {"cut_share": 0.06}],
    "gwp": [{"gwp": "AR5"}, {"gwp": ""}],
    "electricity": [{"electricity": PROVINCE}, {"electricity": MARKET}],
    "quality": [{"quality": (rating(3.1),)}, {"quality": (rating(2.0, 0.5),)}, {"quality": ()}],
    "period": [
        {"period": Period(start="2025-01-01", end="2025-12-31")},
        {"period": Period(start="", end="")},
    ],
    "verification": [{"verification": "reasonable"}, {"verification": ""}],
}
CASES = [(item, change) for item, changes in CHANGES.items() for change in changes]


def failing(made):
    return [item.id for item in made.failing]


def test_results_on_the_same_terms_are_comparable():
    made = gate(result("甲", 1.0), result("乙", 9.0, period=SECOND_HALF))
    assert made.comparable
    assert [item.id for item in made.items] == list(ITEMS)


@pytest.mark.parametrize(("item", "change"), CASES, ids=[f"{i}-{n}" for n, (i, _c) in enumerate(CASES)])
def test_each_item_fails_alone_and_is_named_in_both_languages(item, change):
    made = gate(result("甲"), result("乙", **change))
    assert failing(made) == [item]
    assert made.reason.zh.startswith(f"不可比：{ITEMS[item].zh}")
    assert ITEMS[item].en in made.reason.en
    assert "乙" in made.failing[0].offending


def test_every_item_of_the_gate_has_a_case():
    assert set(CHANGES) == set(ITEMS)


def test_other_ways_of_writing_are_the_same():
    other = result("乙", function="１ kL白酒(以65度计)", verification="Limited", unit=Quantity(0.001, "t"))
    assert gate(result("甲"), other).comparable


def test_rules_shown_to_be_equivalent_pass_and_only_with_evidence():
    other = result("乙", rule="baijiu-db51@1.0")
    shown = Equivalence(first="baijiu-db51@1.0", second="baijiu@1.0", shown_by="对照报告 2026-03")
    assert gate(result("甲"), other, equivalences=[shown]).comparable
    assert failing(gate(result("甲"), other, equivalences=[replace(shown, shown_by=" ")])) == ["rule"]
    third = result("丙", rule="baijiu-group@2")
    assert failing(gate_all((result("甲"), other, third), equivalences=[shown])) == ["rule"]


def test_what_does_not_arise_differs_from_nothing():
    without = result("乙", electricity=ElectricityBasis(), allocation=())
    assert gate(result("甲", electricity=MARKET, allocation=("economic",)), without).comparable
    physical, economic = (result(each, allocation=(each,)) for each in ("physical", "economic"))
    assert failing(gate_all((without, physical, economic))) == ["cut_off"]


def test_capital_goods_inside_one_and_outside_the_other_is_a_boundary():
    inside, outside, silent = (
        result(name, inclusions=Inclusions(capital_goods=each))
        for name, each in (("甲", True), ("乙", False), ("丙", None))
    )
    assert failing(gate(inside, outside)) == ["boundary"]
    assert gate(inside, silent).comparable


def test_grid_alone_goes_with_either_physical_basis_but_these_not_with_each_other():
    grid = result("甲")
    own, located = result("乙", electricity=PHYSICAL), result("丙", electricity=LOCATION)
    assert gate(grid, own).comparable
    assert gate(grid, located).comparable
    assert failing(gate(own, located)) == ["electricity"]
    assert failing(gate_all((grid, own, located))) == ["electricity"]


def test_a_floor_may_be_given_and_replaces_those_of_the_rules():
    strict = replace(FLOOR, worst=1.5)
    assert failing(gate(result("甲"), result("乙"), floor=strict)) == ["quality"]
    poor = result("丙", quality=(rating(4.0),))
    assert gate(poor, poor, floor=QualityFloor()).comparable


def test_the_majority_is_not_blamed():
    many = [result(f"第{n}家") for n in range(6)]
    made = gate_all([result("独"), *many[:3], result("异", gwp="AR5"), *many[3:]])
    assert failing(made) == ["gwp"]
    assert made.failing[0].offending == ("异",)


@st.composite
def comparands(draw):
    """Any mixture of the changes above."""
    change = {}
    for item in draw(st.sets(st.sampled_from(list(CHANGES)), max_size=3)):
        change |= draw(st.sampled_from(CHANGES[item]))
    extra = draw(
        st.sampled_from(
            [{}, {"electricity": PHYSICAL}, {"electricity": LOCATION}, {"allocation": ("economic",)},
             {"period": SECOND_HALF}, {"floor": QualityFloor()}, {"inclusions": Inclusions(storage=True)}]
        )
    )  # fmt: skip
    return result(draw(st.text("abcdefgh", min_size=1, max_size=4)), **{**change, **extra})


@given(comparands(), comparands())
def test_the_order_does_not_matter(one, other):
    forth, back = gate(one, other), gate(other, one)
    assert failing(forth) == failing(back)


@given(comparands())
def test_a_result_compares_with_itself_unless_it_fails_alone(one):
    alone = gate_all((one,))
    assert failing(gate(one, one)) == failing(alone)
    assert set(failing(alone)) <= {"product", "rule", "cut_off", "gwp", "quality", "period", "verification"}


@given(st.lists(comparands(), min_size=2, max_size=5))
def test_many_are_comparable_exactly_where_every_pair_is(each):
    pairs = [set(failing(gate(*pair))) for pair in combinations(each, 2)]
    assert set(failing(gate_all(each))) == set().union(*pairs)


@given(st.lists(comparands(), min_size=1, max_size=5), comparands())
def test_one_more_never_makes_comparable_what_was_not(each, more):
    assert set(failing(gate_all(each))) <= set(failing(gate_all([*each, more])))


@pytest.mark.parametrize(
    ("floor", "ratings", "met"),
    [
        (QualityFloor(), (), True),
        (QualityFloor(worst=3.0), (rating(1.0),), False),
        (FLOOR, (rating(3.0, 0.8),), True),
        (FLOOR, (rating(None, 0.9),), False),
        (FLOOR, (rating(2.0, scheme="PACT-3"),), False),
        (replace(FLOOR, version=""), (rating(2.0),), True),
        (replace(FLOOR, version="2013"), (rating(2.0),), False),
        (replace(FLOOR, worst=None), (rating(5.0, 0.8),), True),
    ],
)
def test_floors(floor, ratings, met):
    assert meets(floor, ratings).met is met


def test_a_scheme_without_overall_score_is_held_to_its_worst_indicator():
    pact = replace(rating(None, 1.0, "PACT-3"), level="", indicators={"a": 2.0, "b": 4.0, "c": None})
    floor = QualityFloor(scheme="PACT-3", worst=3.0)
    assert not meets(floor, (pact,)).met
    assert meets(replace(floor, worst=4.0), (pact,)).met


RULE = ProductCategoryRule(
    id="steel",
    version="2",
    name="钢",
    standing=RuleStanding.DEMONSTRATION,
    source="test",
    certainty=Certainty.UNCONFIRMED,
    unit=UnitRule(units=("t", "kg"), amount=1.0, description="1 t 粗钢"),
    cut_off=CutOffRule(each=0.01, total=0.05, never=("汞",)),
    quality=FLOOR,
)
POWER = Library(
    *LIBRARY,
    factor("national", 0.5777, "kWh", FactorKind.ELECTRICITY_FOOTPRINT, geography="CN"),
    factor("sichuan", 0.2, "kWh", FactorKind.ELECTRICITY_FOOTPRINT, geography="CN-SC"),
)


def electricity(line_id, treatment, factor_id, location=""):
    detail = ElectricityDetail(treatment=treatment, location_factor=location)
    return line(line_id, LineKind.ELECTRICITY, 10, "kWh", factor=factor_id, detail=detail)


def made(*lines, rule=RULE, **rest):
    inventory = study(
        process(
            "p",
            *lines,
            outputs=(output("p", 2.0, property_value=1.0), output("gas", 2.0, property_value=3.0)),
            allocation=AllocationMethod.ECONOMIC,
        ),
        amount=5.0,
    )
    inventory = replace(inventory, statements=rest.pop("statements", Statements()))
    footprint = evaluate(inventory, POWER, AR6, uncertainty=None)
    return footprint, comparand(inventory, footprint, POWER, rule=rule, **rest)


def test_a_comparand_is_in_the_unit_of_its_rule():
    footprint, compared = made(line("a"))
    assert compared.unit == Quantity(1.0, "t")
    assert compared.value == pytest.approx(footprint.total / 5 * 1000)
    assert compared.rule == "steel@2"
    assert compared.function == "1 t 粗钢"
    assert compared.allocation == ("economic",)
    assert compared.cut_off == CutOffRule(each=0.01, total=0.05)
    own = made(line("a"), rule=None)[1]
    assert own.unit == Quantity(1.0, "kg")
    assert own.value == pytest.approx(footprint.total / 5)


def test_a_comparand_knows_its_electricity_and_can_be_set_on_its_location():
    grid = made(electricity("e", ElectricityTreatment.GRID, "national"))[1]
    assert grid.electricity == ElectricityBasis(accounting="grid", grid=("country",))
    assert on_location(grid) == grid
    contract = made(electricity("e", ElectricityTreatment.CONTRACT, "sichuan", "national"))[1]
    assert contract.electricity == ElectricityBasis(accounting="market")
    located = on_location(contract)
    assert located.electricity == ElectricityBasis(accounting="location", grid=("country",))
    assert located.value == pytest.approx(grid.value)
    unknown = made(electricity("e", ElectricityTreatment.OWN, "sichuan"))[1]
    assert unknown.electricity.accounting == "physical"
    assert on_location(unknown) is None


def test_the_level_of_verification_is_that_of_the_latest_record_unless_one_is_given():
    reviews = (
        Review(kind=ReviewKind.VERIFICATION, reviewer="乙", date="2026-02-01", level="reasonable"),
        Review(kind=ReviewKind.VERIFICATION, reviewer="甲", date="2025-02-01", level="limited"),
        Review(kind=ReviewKind.INTERNAL, reviewer="丙", date="2026-09-01", level="none"),
    )
    assert made(line("a"), statements=Statements(reviews=reviews))[1].verification == "reasonable"
    assert made(line("a"), statements=Statements(reviews=reviews), verification="")[1].verification == ""
