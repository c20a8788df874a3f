"""A rule changes what it rules and nothing else; what the data do not answer stays open."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.inventories import (
    CONTRACT,
    DATA,
    GRID,
    HYDRO,
    LINES,
    a_study,
    calculate,
    line,
    stated,
    two_products,
)
from zuji.formats import document, rules
from zuji.model.category_rules import ProductCategoryRule
from zuji.model.lines import (
    ElectricityTreatment,
    EnergyCertificate,
    LineKind,
    RecyclingDetail,
    RecyclingMethod,
)
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.statements import Apart, Inclusions, Offset, Profile, Statements
from zuji.model.studies import AllocationMethod, BoundaryKind, Period, Product, Study, UnitKind
from zuji.model.validation import validate
from zuji.rules.applying import Applied, apply
from zuji.rules.applying_required import matches
from zuji.rules.applying_template import GAP, template
from zuji.rules.resolving import resolve

HEAD = (
    "id: x\nversion: '1'\nname: 某规则\nname_en: some rule\nstanding: demonstration\nsource: t\n"
    "certainty: seen\n"
)
FACTORS = DATA.catalogue


def a_rule(text: str) -> ProductCategoryRule:
    return rules.load((HEAD + text).encode(), name="x.yaml")


def under(text: str, study: Study | None = None) -> Applied:
    return apply(study or a_study(), a_rule(text), FACTORS)


def items(applied: Applied) -> list[str]:
    return [each.item for each in applied.changes]


def open_items(applied: Applied) -> list[str]:
    return [each.item for each in applied.open_points]


def ids(applied: Applied) -> list[str]:
    return [each.id for each in applied.study.lines]


def test_a_rule_that_rules_nothing_changes_nothing_but_its_name() -> None:
    applied = under("")
    assert applied.study == replace(a_study(), rule="x@1")
    assert applied.changes == applied.open_points == ()


def test_a_change_says_what_why_and_by_which_clause() -> None:
    (change,) = under("gwp: AR5\nclauses: {gwp: '6.5.2'}").changes
    assert change.what.zh == "全球增温潜势用 AR5，不用 AR6"
    assert change.why.en == "the rule “some rule”, 6.5.2"
    assert change.clause == "6.5.2"
    assert under("gwp: AR5").changes[0].why.zh == "规则“某规则”"


# ---------------------------------------------------------------- unit


def test_the_unit_is_converted_and_everything_per_unit_with_it() -> None:
    study = a_study()
    study = replace(
        study,
        product=replace(study.product, biogenic_carbon_kg=0.2),
        statements=Statements(apart=Apart(soil_carbon=0.5), offsets=(Offset(amount=0.1),)),
    )
    applied = under("unit: {units: [t, kg], amount: 1, description: 一吨}", study)
    assert applied.study.unit.quantity == Quantity(1.0, "t")
    assert applied.study.unit.description == "一吨"
    assert calculate(applied.study).total == pytest.approx(1000 * calculate(study).total)
    assert applied.study.product.biogenic_carbon_kg == pytest.approx(200)
    assert applied.study.statements.apart.soil_carbon == pytest.approx(500)
    assert applied.study.statements.apart.carbon_storage is None
    assert applied.study.statements.offsets[0].amount == pytest.approx(100)


def test_a_rule_without_an_amount_keeps_the_size() -> None:
    applied = under("unit: {units: [t]}")
    assert applied.study.unit.quantity == Quantity(0.001, "t")
    assert calculate(applied.study).total == pytest.approx(calculate(a_study()).total)


def test_a_unit_that_does_not_convert_stays_open() -> None:
    applied = under("unit: 1 kWh")
    assert open_items(applied) == ["unit.units"]
    assert applied.study.unit.quantity == Quantity(1.0, "kg")


# ---------------------------------------------------------------- boundary and switches


def test_what_lies_beyond_the_boundary_is_dropped_with_its_scenarios() -> None:
    study = a_study()
    study = replace(study, statements=Statements(use=Profile(id="p", alternatives=("far", "lime"))))
    applied = under("boundary: cradle_to_gate", study)
    assert ids(applied) == ["lime", "machine", "power", "methane", "sheet"]
    assert applied.study.boundary.stages == (Stage.RAW_MATERIAL, Stage.MANUFACTURING)
    assert [each.stage for each in applied.study.boundary.excluded] == [
        Stage.DISTRIBUTION,
        Stage.USE,
        Stage.END_OF_LIFE,
    ]
    assert applied.study.unit.kind is UnitKind.DECLARED
    assert [each.id for each in applied.study.scenarios] == ["lime"]
    assert applied.study.statements.use.alternatives == ("lime",)
    assert applied.changes[0].lines == ("lorry", "wear", "tip")
    assert validate(applied.study) == ()


def test_an_allowed_boundary_stays_and_the_widest_inside_is_taken() -> None:
    assert items(under("boundary: {kinds: [cradle_to_gate, cradle_to_grave]}")) == []
    applied = under("boundary: {kinds: [gate_to_gate, cradle_to_gate]}")
    assert applied.study.boundary.kind is BoundaryKind.CRADLE_TO_GATE


def test_a_study_that_is_too_narrow_is_not_widened() -> None:
    narrow = under("boundary: cradle_to_gate").study
    applied = under("boundary: cradle_to_grave", narrow)
    assert open_items(applied) == ["boundary.kinds"] + 3 * ["boundary.required"]
    assert applied.study.boundary == narrow.boundary


def test_an_excluded_activity_is_taken_out_by_its_tag() -> None:
    applied = under("switches: {capital_goods: exclude}")
    assert "machine" not in ids(applied)
    assert applied.study.statements.inclusions == Inclusions(capital_goods=False)
    assert calculate(a_study()).total - calculate(applied.study).total == pytest.approx(2 * 5 / 100)


def test_an_activity_that_is_said_to_be_inside_but_not_tagged_stays_open() -> None:
    study = replace(a_study(), statements=Statements(inclusions=Inclusions(storage=True)))
    applied = under("switches: {storage: exclude}", study)
    assert open_items(applied) == ["switches.storage"]
    assert applied.study.statements.inclusions.storage is True


def test_an_included_activity_must_be_there() -> None:
    assert open_items(under("switches: {storage: include}")) == ["switches.storage"]
    applied = under("switches: {capital_goods: include}")
    assert applied.open_points == ()
    assert applied.study.statements.inclusions.capital_goods is True
    gap = a_study(replace(LINES[1], cut_off="no data"))
    assert open_items(under("switches: {capital_goods: include}", gap)) == ["switches.capital_goods"]


def test_an_optional_activity_stays_as_it_is() -> None:
    assert under("switches: {capital_goods: optional}").changes == ()


# ---------------------------------------------------------------- electricity


def power(applied: Applied) -> tuple[str, object]:
    found = next(each for each in applied.study.lines if each.id == "power")
    return found.factor, found.detail


def test_an_accepted_contract_that_meets_its_conditions_stays() -> None:
    assert under("electricity: [contract, grid]").changes == ()


@pytest.mark.parametrize(
    "broken", ["attributes", "sole_claim", "tracked", "close_in_time", "same_market", "certificates"]
)
def test_a_contract_short_of_a_condition_counts_as_grid(broken: str) -> None:
    detail = replace(CONTRACT, **{broken: () if broken == "certificates" else False})  # type: ignore[arg-type]
    study = a_study(replace(LINES[2], detail=detail))
    applied = under("electricity: [contract, grid]", study)
    assert power(applied)[0] == GRID
    assert items(applied) == ["electricity.accepted"]


def test_a_contract_that_its_certificates_do_not_cover_stays_open() -> None:
    half = replace(CONTRACT, certificates=(EnergyCertificate(number="1", kwh=20.0),))
    applied = under("electricity: [contract, grid]", a_study(replace(LINES[2], detail=half)))
    assert open_items(applied) == ["electricity.accepted"]
    assert "30 kWh" in applied.open_points[0].what.en


def test_a_contract_that_is_not_accepted_counts_at_its_place() -> None:
    applied = under("electricity: grid")
    factor, detail = power(applied)
    assert factor == GRID
    assert detail == replace(
        CONTRACT,
        treatment=ElectricityTreatment.GRID,
        certificates=(),
        **dict.fromkeys(("attributes", "sole_claim", "tracked", "close_in_time", "same_market"), False),  # type: ignore[arg-type]
    )


def test_the_rules_grid_factor_goes_before_one_that_it_does_not_list() -> None:
    applied = under("electricity: {accepted: grid, grid_factors: [elec_cf_national_2023]}")
    assert power(applied)[0] == "elec_cf_national_2023"


def test_without_any_grid_factor_the_line_stays_open() -> None:
    nowhere = a_study(replace(LINES[2], detail=replace(CONTRACT, location_factor="")))
    assert open_items(under("electricity: grid", nowhere)) == ["electricity.accepted"]
    abroad = replace(nowhere, geography="DE")
    applied = under("electricity: {accepted: grid, grid_factors: [elec_cf_national_2024]}", abroad)
    assert open_items(applied) == ["electricity.accepted"]
    assert power(applied)[0] == HYDRO


def test_a_grid_co2_factor_at_the_line_is_never_used() -> None:
    co2 = next(factor.id for factor in FACTORS if factor.kind.value == "grid_co2")
    study = a_study(replace(LINES[2], detail=replace(CONTRACT, location_factor=co2)))
    assert open_items(under("electricity: grid", study)) == ["electricity.accepted"]


def test_grid_electricity_at_another_factor_takes_the_rules() -> None:
    hydro = a_study(line("power", LineKind.ELECTRICITY, "50 kWh", factor=HYDRO))
    text = "electricity: {accepted: grid, grid_factors: [elec_cf_national_2024, elec_cf_national_2023]}"
    assert power(under(text, hydro))[0] == GRID
    listed = a_study(line("power", LineKind.ELECTRICITY, "50 kWh", factor="elec_cf_national_2023"))
    assert under(text, listed).changes == ()
    typed = a_study(line("power", LineKind.ELECTRICITY, "50 kWh", stated=stated(0.01, "kWh")))
    found = next(iter(under(text, typed).study.lines))
    assert (found.factor, found.stated) == (GRID, None)


def test_own_generation_whose_attributes_were_sold_counts_as_grid() -> None:
    detail = replace(CONTRACT, treatment=ElectricityTreatment.OWN, attributes_sold=True)
    applied = under("electricity: [own, grid]", a_study(replace(LINES[2], detail=detail)))
    assert power(applied)[0] == GRID
    kept = replace(detail, attributes_sold=False)
    assert under("electricity: [own, grid]", a_study(replace(LINES[2], detail=kept))).changes == ()


# ---------------------------------------------------------------- recycling


def sheet(applied: Applied) -> RecyclingDetail:
    detail = next(each.detail for each in applied.study.lines if each.id == "sheet")
    assert isinstance(detail, RecyclingDetail)
    return detail


def test_a_line_under_cut_off_is_not_given_a_factor_that_nobody_chose() -> None:
    applied = under("recycling: {methods: cff, b: 0}")
    assert open_items(applied) == ["recycling.methods"]
    assert "a" in applied.open_points[0].what.zh
    assert sheet(applied).method is RecyclingMethod.CUT_OFF


def test_a_rule_with_its_factors_counts_by_its_formula() -> None:
    applied = under("recycling: {methods: cff, a: 0.2, b: 0}")
    assert (sheet(applied).method, sheet(applied).a, sheet(applied).b) == (RecyclingMethod.CFF, 0.2, 0.0)
    assert calculate(applied.study).total == pytest.approx(
        calculate(a_study()).total
    )  # one factor for all terms


def test_a_missing_factor_of_the_formula_stays_open() -> None:
    detail = RecyclingDetail(
        method=RecyclingMethod.CFF, r1=0.0, r2=0.5, virgin="mat_gbt51366_lime", end_recycling="x"
    )
    study = a_study(replace(LINES[-1], detail=detail))
    applied = under("recycling: cut_off", study)
    assert open_items(applied) == ["recycling.methods"]
    assert "disposal" in applied.open_points[0].what.en


# ---------------------------------------------------------------- allocation

ORDER = "allocation: {order: [subdivision, physical, economic], property: 质量}"


def method(applied: Applied) -> AllocationMethod:
    return applied.study.processes[0].allocation


def test_prices_do_not_stand_for_a_physical_property() -> None:
    study = two_products(AllocationMethod.ECONOMIC, 10.0, 1.0)
    applied = under(ORDER, study)
    assert method(applied) is AllocationMethod.PHYSICAL
    assert [each.property_value for each in applied.study.processes[0].outputs] == [None, None]
    assert calculate(applied.study).allocations[0].shares["甲"] == pytest.approx(0.25)


def test_amounts_are_no_energy() -> None:
    study = two_products(AllocationMethod.ECONOMIC, 10.0, 1.0)
    applied = under("allocation: {order: [physical, economic], property: 热值}", study)
    assert method(applied) is AllocationMethod.ECONOMIC
    assert open_items(applied) == ["allocation.order"]


def test_a_property_that_was_stated_stays_and_the_earlier_methods_are_asked_for() -> None:
    study = two_products(AllocationMethod.PHYSICAL, 2.0, 1.0)
    assert open_items(under(ORDER, study)) == ["allocation.order"]
    assert (
        under(ORDER, two_products(AllocationMethod.PHYSICAL, 2.0, 1.0, reason="cannot be split")).open_points
        == ()
    )


def test_subdivision_stays() -> None:
    study = two_products(AllocationMethod.SUBDIVISION, None, None)
    (process,) = study.processes
    lines = tuple(replace(each, allocate_to="甲") for each in process.lines)
    applied = under(ORDER, replace(study, processes=(replace(process, lines=lines),)))
    assert (method(applied), applied.changes, applied.open_points) == (AllocationMethod.SUBDIVISION, (), ())


def test_no_method_that_the_data_allow_is_said() -> None:
    study = two_products(AllocationMethod.PHYSICAL, 2.0, 1.0)
    applied = under("allocation: [economic]", study)
    assert method(applied) is AllocationMethod.PHYSICAL
    assert "no method" in applied.open_points[0].what.en


# ---------------------------------------------------------------- required items and template


def test_required_items_are_looked_for_by_kind_stage_and_words() -> None:
    (item,) = a_rule(
        "required: [{id: c, name: 煤, kind: fuel, stage: manufacturing, words: [煤, coal]}]"
    ).required
    assert matches(item, line("烟煤", LineKind.FUEL, "1 kg"))
    assert matches(item, line("Coal, hard", LineKind.FUEL, "1 kg"))
    assert not matches(item, line("charcoal", LineKind.FUEL, "1 kg"))
    assert not matches(item, line("烟煤", LineKind.MATERIAL, "1 kg"))
    assert not matches(item, line("烟煤", LineKind.FUEL, "1 kg", Stage.RAW_MATERIAL))


def test_required_items_that_are_missing_or_only_listed_stay_open() -> None:
    asked = (
        "required:\n- {id: a, name: 石灰, words: [lime]}\n- {id: b, name: 煤, words: [coal]}\n"
        "- {id: c, name: 焦, words: [coke], condition: 用焦时}\n"
        "- {id: d, name: 运, words: [lorry], stage: distribution}\n"
    )
    gap = a_study(replace(LINES[0], cut_off="no factor"), LINES[4])
    applied = under(asked, gap)
    assert [(each.item, each.lines) for each in applied.open_points] == [
        ("required.a", ("lime",)),
        ("required.b", ()),
    ]


@pytest.mark.parametrize("rule", list(rules.shipped()), ids=lambda rule: rule.id)
def test_a_study_begun_from_a_rule_is_valid_asks_all_and_states_no_figure(rule: ProductCategoryRule) -> None:
    whole = resolve(rule, rules.shipped())
    period = Period(start="2024-01-01", end="2024-12-31")
    study = template(whole, study_id="new", product=Product(name="某产品"), period=period)
    assert validate(study) == ()
    assert document.load(document.dump(study)) == study
    assert {each.id for each in study.lines} == {each.id for each in whole.required}
    assert all(each.quantity.amount == 0 and each.cut_off == GAP for each in study.lines)
    for item in whole.required:
        found = next(each for each in study.lines if each.id == item.id)
        assert item.kind is not None or matches(item, found)
    assert calculate(study).total == 0
    applied = apply(study, whole, FACTORS)
    assert applied.changes == ()
    assert {each.item for each in applied.open_points} == {
        f"required.{each.id}" for each in whole.required if not each.condition
    }


# ---------------------------------------------------------------- properties

RULES = st.builds(
    "\n".join,
    st.tuples(
        st.sampled_from(["", "unit: 1 t", "unit: {units: [g]}", "unit: 2 kg"]),
        st.sampled_from(["", "gwp: AR5", "gwp: AR6"]),
        st.sampled_from(
            ["", "boundary: cradle_to_gate", "boundary: {kinds: gate_to_gate}", "boundary: cradle_to_grave"]
        ),
        st.sampled_from(
            ["", "switches: {capital_goods: exclude}", "switches: {capital_goods: include, storage: exclude}"]
        ),
        st.sampled_from(
            [
                "",
                "electricity: grid",
                "electricity: {accepted: [contract, grid], grid_factors: [elec_cf_national_2024]}",
            ]
        ),
        st.sampled_from(
            ["", "recycling: cff", "recycling: {methods: cff, a: 0.2, b: 0}", "recycling: cut_off"]
        ),
        st.sampled_from(["", "allocation: [subdivision, physical, economic]", "allocation: [economic]"]),
    ),
)
STUDIES = st.builds(
    lambda study, gwp, unit, chosen, boundary: _trimmed(replace(study, gwp=gwp), unit, chosen, boundary),
    st.sampled_from(
        [
            a_study(),
            two_products(AllocationMethod.ECONOMIC, 10.0, 1.0),
            two_products(AllocationMethod.PHYSICAL, None, None),
        ]
    ),
    st.sampled_from(["AR5", "AR6"]),
    st.sampled_from([Quantity(1.0, "kg"), Quantity(3.0, "t")]),
    st.sets(st.sampled_from([each.id for each in LINES]), min_size=1),
    st.sampled_from(["cradle_to_grave", "cradle_to_gate"]),
)


def _trimmed(study: Study, unit: Quantity, chosen: set[str], boundary: str) -> Study:
    """The study with some of its lines, in another unit, inside another boundary."""
    inside = under(f"boundary: {{kinds: {boundary}}}", study).study
    processes = tuple(
        replace(each, lines=tuple(one for one in each.lines if one.id in chosen)) for each in inside.processes
    )
    return replace(
        inside, processes=processes, scenarios=(), unit=replace(inside.unit, quantity=unit), rule=""
    )


@settings(max_examples=150, deadline=None)
@given(STUDIES, RULES)
def test_applying_twice_changes_nothing_and_what_is_valid_stays_valid(study: Study, text: str) -> None:
    assert validate(study) == ()
    first = under(text, study)
    again = under(text, first.study)
    assert again.study == first.study
    assert again.changes == ()
    assert again.open_points == first.open_points
    assert validate(first.study) == ()
    assert calculate(first.study).total == pytest.approx(calculate(again.study).total, abs=0)


FULL = (
    "unit: 1 kg\ngwp: AR6\nboundary: cradle_to_gate\nswitches: {capital_goods: exclude}\n"
    "electricity: {accepted: grid, grid_factors: [elec_cf_national_2024]}\n"
    "recycling: {methods: cff, a: 0.2, b: 0}\nallocation: {order: [physical, economic], property: 质量}\n"
)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["AR5", "AR6", "AR4"]),
    st.sampled_from([Quantity(1.0, "kg"), Quantity(5.0, "t"), Quantity(250.0, "g")]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.permutations(range(len(LINES))),
)
def test_two_people_with_the_same_data_and_rule_get_the_same_number(
    gwp: str,
    unit: Quantity,
    contract: bool,
    machine: bool,
    gate: bool,
    cff: bool,
    order: list[int],
) -> None:
    """Every choice that the rule makes is made differently here; the amounts and factors are the same."""
    lines = {each.id: each for each in LINES}
    if not contract:
        lines["power"] = replace(lines["power"], factor=GRID, detail=None)
    if cff:
        detail = replace(LINES[-1].detail, method=RecyclingMethod.CFF, a=0.8)  # type: ignore[type-var,arg-type]
        lines["sheet"] = replace(lines["sheet"], detail=detail)  # type: ignore[arg-type]
    if not machine:
        del lines["machine"]
    shuffled = tuple(lines[LINES[at].id] for at in order if LINES[at].id in lines)
    study = two_products(AllocationMethod.ECONOMIC, 10.0, 1.0)
    study = replace(study, scenarios=(), gwp=gwp, unit=replace(study.unit, quantity=unit))
    study = replace(study, processes=(replace(study.processes[0], lines=shuffled),))
    if gate:
        study = under("boundary: cradle_to_gate", study).study
    applied = under(FULL, study)
    assert [each.item for each in applied.open_points] == []
    expected = calculate(under(FULL, two_products(AllocationMethod.PHYSICAL, None, None)).study)
    assert calculate(applied.study).total == pytest.approx(expected.total, rel=1e-12)
