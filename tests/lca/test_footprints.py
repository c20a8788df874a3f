"""Properties that every footprint has, cut-offs, notices, and problems said all at once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, line, lognormal, one, output, part, process, study
from zuji.errors import InvalidInput, UnitMismatch
from zuji.lca import calculate, footprint, prepare
from zuji.lca.contribution import flows, hot_spots, ranked
from zuji.lca.published import published
from zuji.model.lines import BiogenicDetail, LineKind
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import AllocationMethod, BoundaryKind, LineChange, Scenario

SUBSTITUTION = AllocationMethod.SUBSTITUTION
amounts = st.floats(1e-6, 1e6)
KINDS = [
    (LineKind.MATERIAL, ("kg", "t", "g", "lb"), "steel"),
    (LineKind.ELECTRICITY, ("kWh", "MWh", "MJ", "tce"), "power"),
    (LineKind.TRANSPORT, ("t·km", "kg·km"), "truck"),
    (LineKind.WASTE, ("m3", "L"), "sewage"),
]


@st.composite
def inventories(draw):
    lines = []
    for i in range(draw(st.integers(1, 12))):
        kind, units, used = draw(st.sampled_from(KINDS))
        made = line(
            f"l{i}",
            kind,
            draw(amounts),
            draw(st.sampled_from(units)),
            factor=used,
            stage=draw(st.sampled_from(Stage)),
        )
        lines.append(replace(made, supplier=draw(st.sampled_from(("", "甲", "乙")))))
    return lines


def total(lines, **rest):
    return calculate(one(*lines, **rest), LIBRARY, AR6).total


@given(inventories(), st.floats(1e-3, 1e3))
def test_linear_in_amounts_and_in_demand(lines, by):
    base = total(lines)
    scaled = [
        replace(each, quantity=Quantity(each.quantity.amount * by, each.quantity.unit)) for each in lines
    ]
    assert total(scaled) == pytest.approx(base * by, rel=1e-9)
    assert total(lines, amount=by) == pytest.approx(base * by, rel=1e-9)


@given(inventories(), st.randoms())
def test_order_of_lines_changes_no_bit(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    first, second = (calculate(one(*each), LIBRARY, AR6) for each in (lines, shuffled))
    assert first.total == second.total
    assert first.totals == second.totals
    assert first.stages == second.stages


@given(amounts)
def test_units_do_not_matter(amount):
    same = {
        total([line("a", amount=amount, unit="kg")]),
        total([line("a", amount=amount / 1000, unit="t")]),
        total([line("a", amount=amount * 1000, unit="克")]),
    }
    assert max(same) == pytest.approx(min(same), rel=1e-14)


@given(inventories())
def test_splitting_a_line_changes_nothing(lines):
    first, rest = lines[0], lines[1:]
    half = Quantity(first.quantity.amount / 2, first.quantity.unit)
    halves = [replace(first, id="left", quantity=half), replace(first, id="right", quantity=half)]
    assert total([*halves, *rest]) == pytest.approx(total(lines), rel=1e-12)


@given(inventories())
def test_parts_sum_to_the_total(lines):
    result = calculate(one(*lines), LIBRARY, AR6)
    for parts in (result.totals, *(m.values() for m in (result.stages, result.gases, result.suppliers))):
        assert sum(parts) == pytest.approx(result.total, rel=1e-9)
    for stage, totals in result.stage_totals.items():
        assert sum(totals) == pytest.approx(result.stages[stage], rel=1e-9)


@given(inventories(), st.floats(0.1, 1.0))
def test_hot_spots_are_the_fewest_that_cover(lines, coverage):
    result = calculate(one(*lines), LIBRARY, AR6)
    spots = hot_spots(result, coverage)
    whole = sum(abs(each.total) for each in result.lines)
    assert sum(abs(each.total) for each in spots) >= coverage * whole * (1 - 1e-12)
    assert sum(abs(each.total) for each in spots[:-1]) < coverage * whole * (1 + 1e-12)
    assert list(spots) == list(ranked(result.lines))[: len(spots)]


def test_flows_balance_in_every_process():
    system = prepare(
        study(
            process("a", line("x", amount=1), part("1", "b", 0.5), part("3", "c", 0.1)),
            process("b", line("y", amount=3), part("2", "a", 0.4)),
            process("c", line("z", amount=2)),
        ),
        LIBRARY,
        AR6,
    )
    found, whole = flows(system), footprint(system).total
    for name in "abc":
        entering = sum(flow.value for flow in found if flow.target == name)
        leaving = sum(flow.value for flow in found if flow.source == name)
        assert entering - leaving == pytest.approx(whole if name == "a" else 0.0, abs=1e-12)


def test_cut_off_lines_are_listed_estimated_and_not_counted():
    lines = (
        line("kept", amount=99),
        line("cut", amount=1, unit="kg", cut_off="质量小于 1 %"),
        line("unknown", LineKind.MATERIAL, 3, "g", factor="nothing", cut_off="no data"),
        line("odd", LineKind.ELECTRICITY, 1, "kWh", factor="power", cut_off="small"),
    )
    result = calculate(one(*lines), LIBRARY, AR6)
    assert result.total == pytest.approx(198.0)
    assert [each.line for each in result.lines] == ["kept"]
    cut = {each.line: each for each in result.cut_offs}
    assert cut["cut"].estimate == pytest.approx(2.0)
    assert cut["cut"].share == pytest.approx(2 / 198)
    assert cut["cut"].mass_kg == pytest.approx(1.0)
    assert cut["cut"].reason == "质量小于 1 %"
    assert (cut["unknown"].estimate, cut["unknown"].share) == (None, None)
    assert cut["unknown"].mass_kg == pytest.approx(0.003)
    assert cut["odd"].mass_kg is None


def test_cut_off_sub_assembly_is_not_consumed():
    made = study(process("a", line("x"), part("1", "b", 9, cut_off="reuse")), process("b", line("y")))
    assert calculate(made, LIBRARY, AR6).total == pytest.approx(2.0)


def test_every_problem_of_every_line_is_said_at_once():
    lines = (
        line("1", amount=float("nan")),
        line("2", unit="kWh"),
        line("3", unit="furlong"),
        line("4", factor="nothing"),
        line("5", LineKind.ELECTRICITY, 1, "kWh", factor="grid"),
        line("6", LineKind.ELECTRICITY, 1, "kWh"),
        part("7", "nowhere", 1),
        line("8", LineKind.DIRECT_EMISSION, 1, "kg"),
        line("9"),
    )
    with pytest.raises(InvalidInput) as refusal:
        calculate(one(*lines), LIBRARY, AR6)
    assert [problem.place.line for problem in refusal.value] == list("12345678")
    for problem in refusal.value:
        assert problem.what.zh
        assert problem.what.en
        assert problem.cure.zh
        assert problem.cure.en


def test_problems_of_one_class_keep_it():
    with pytest.raises(UnitMismatch) as refusal:
        calculate(one(line("1", unit="kWh"), line("2", unit="m3")), LIBRARY, AR6)
    assert len(refusal.value.problems) == 2


def test_partial_footprint_with_net_uptake_is_noticed():
    grown = line("wood", LineKind.BIOGENIC_CARBON, 5, "kg", detail=BiogenicDetail())
    partial = calculate(one(grown, boundary=BoundaryKind.CRADLE_TO_GATE), LIBRARY, AR6)
    assert "biogenic.partial" in {notice.code for notice in partial.notices}
    assert partial.totals == (0.0, 0.0, -5.0, 0.0, 0.0)
    whole = calculate(one(grown), LIBRARY, AR6)
    assert "biogenic.partial" not in {notice.code for notice in whole.notices}


def test_stage_outside_the_boundary_is_noticed():
    made = one(line("x", stage=Stage.USE))
    made = replace(made, boundary=replace(made.boundary, stages=(Stage.RAW_MATERIAL,)))
    result = calculate(made, LIBRARY, AR6)
    assert [notice.code for notice in result.notices] == ["line.outside_boundary"]
    assert result.warnings == tuple(str(notice) for notice in result.notices)


@given(inventories(), amounts)
@settings(max_examples=30)
def test_an_edit_of_a_prepared_system_equals_a_fresh_one(lines, amount):
    system = prepare(one(*lines), LIBRARY, AR6)
    changed = replace(
        lines[-1], quantity=Quantity(amount, lines[-1].quantity.unit), uncertainty=lognormal(1.2)
    )
    edited = footprint(system.replacing([changed]))
    fresh = calculate(one(*lines[:-1], changed), LIBRARY, AR6)
    assert edited == fresh


def test_an_edit_of_an_unknown_line_is_refused():
    with pytest.raises(InvalidInput):
        prepare(one(line("a")), LIBRARY, AR6).replacing([line("b")])


def test_reference_unit_scales_from_any_unit():
    made = study(process("p", line("x", amount=1000), outputs=(process("t").outputs[0],)), amount=2, unit="t")
    assert calculate(made, LIBRARY, AR6).total == pytest.approx(2000 * 2000)


def bio(name, amount, *, removal, **rest):
    return line(name, LineKind.BIOGENIC_CARBON, amount, detail=BiogenicDetail(removal=removal), **rest)


def test_what_rounding_leaves_of_a_balance_is_nothing():
    """0.1 + 0.2 - 0.3 in floating point is 2.8e-17, which would make every share astronomical."""
    lines = (bio("a", 0.1, removal=False), bio("b", 0.2, removal=False), bio("c", 0.3, removal=True))
    result = calculate(one(*lines), LIBRARY, AR6)
    assert result.total == 0
    assert [each.share for each in result.lines] == [0, 0, 0]
    assert set(result.stages.values()) == {0}
    assert published(result)["total"] == "0.0000"


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(1e-9, 1e3))
def test_any_balance_of_uptake_and_release_can_be_published(first, second, rest):
    lines = (
        bio("a", first, removal=False, stage=Stage.USE),
        bio("b", second, removal=False, stage=Stage.END_OF_LIFE),
        bio("c", first + second, removal=True),
        line("d", amount=rest),
    )
    printed = published(calculate(one(*lines), LIBRARY, AR6))
    assert sum(Decimal(each["total"]) for each in printed["lines"]) == Decimal(printed["total"])
    assert sum(map(Decimal, printed["stages"].values())) == Decimal(printed["total"])


def test_shares_of_a_negative_footprint_keep_their_sign():
    """3 kgCO2e of burden and 8 of uptake: the burden is +60 % of the size of the total, the credit -160 %."""
    scenario = Scenario(id="s", name="s", changes=(LineChange(line="a", amount=3.0),))
    lines = (line("a", amount=1.5), bio("b", 8, removal=True))
    result = calculate(one(*lines, scenarios=(scenario,)), LIBRARY, AR6)
    assert result.total == pytest.approx(-5)
    assert [each.share for each in result.lines] == pytest.approx([0.6, -1.6])
    assert result.scenarios[0].difference == pytest.approx(3)
    assert result.scenarios[0].relative == pytest.approx(0.6)


def test_every_breakdown_of_a_system_with_credits_and_cut_offs_sums():
    outputs = (output("a", 1), output("b", 3, avoided_factor="steel"))
    top = process(
        "top",
        part("1", "p", 2, product="a"),
        replace(line("gap", amount=9), cut_off="small"),
        line("z", amount=0),
        replace(line("s", amount=1), supplier="甲"),
    )
    made = study(top, process("p", line("x", amount=10), outputs=outputs, allocation=SUBSTITUTION))
    result = calculate(made, LIBRARY, AR6)
    assert result.total == pytest.approx(2 * (20 - 6) + 2)
    for parts in (result.totals, result.stages.values(), result.gases.values(), result.suppliers.values()):
        assert sum(parts) == pytest.approx(result.total, rel=1e-12)
    assert sum(result.processes.values()) == pytest.approx(result.total, rel=1e-12)
    assert sum(each.total for each in result.lines) == pytest.approx(result.total, rel=1e-12)
    assert "gap" not in {each.line for each in result.lines}
