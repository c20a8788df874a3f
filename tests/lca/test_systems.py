"""Sub-assemblies, loops and co-products against an independent engine, and refusals of impossible loops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, Library, factor, line, one, output, part, process, study
from tests.lca.oracle import score
from zuji.errors import IncompleteStudy, InvalidInput, NonProductiveSystem, UnitMismatch
from zuji.lca import calculate
from zuji.lca.systems import amounts, groups, spectral_radius, strongest_loop, transposed
from zuji.model.studies import AllocationMethod

INTENSITIES = {"steel": 2.0, "green": 0.25}
FACTORS = Library(*(factor(name, value) for name, value in INTENSITIES.items()))


def total(made) -> float:
    return calculate(made, FACTORS, AR6).total


def test_chain_by_hand():
    made = study(
        process("car", line("own", amount=1), part("wheels", "wheel", 4, "piece")),
        process("wheel", line("rim", amount=10), outputs=(output("wheel", 2, "piece"),)),
    )
    assert total(made) == pytest.approx(2 * 1 + 4 * 10 * 2 / 2)
    assert total(made) == pytest.approx(score(made, INTENSITIES))


def test_loop_by_hand():
    """1 kg of a needs 0.5 kg of b, 1 kg of b needs 0.4 kg of a: a = 1 / (1 - 0.2)."""
    made = study(
        process("a", line("x", amount=1), part("b1", "b", 0.5)),
        process("b", line("y", amount=3), part("a1", "a", 0.4)),
    )
    assert total(made) == pytest.approx((2 + 0.5 * 6) / 0.8)
    assert total(made) == pytest.approx(score(made, INTENSITIES))


def test_own_consumption_is_a_loop():
    made = study(
        process("power", line("x", amount=1), part("own", "power", 6), outputs=(output("power", 100),))
    )
    assert total(made) == pytest.approx(2 / 94)


@st.composite
def systems(draw):
    """Productive systems of 1 to 6 processes with loops, some with two outputs under every allocation."""
    count = draw(st.integers(1, 6))
    amount = st.floats(0.05, 20.0)
    processes = []
    for i in range(count):
        method = draw(
            st.sampled_from(
                (
                    AllocationMethod.NONE,
                    AllocationMethod.PHYSICAL,
                    AllocationMethod.ECONOMIC,
                    AllocationMethod.SUBSTITUTION,
                )
            )
        )
        made = [draw(amount)] if method is AllocationMethod.NONE else [draw(amount), draw(amount)]
        outputs = tuple(
            output(f"p{i}{'ab'[k]}", value, property_value=draw(st.floats(0.1, 9)), avoided_factor="green")
            for k, value in enumerate(made)
        )
        processes.append((method, outputs))
    result = []
    for i, (method, outputs) in enumerate(processes):
        lines = [line(f"x{i}", amount=draw(amount)), line(f"z{i}", amount=draw(amount), factor="green")]
        if len(outputs) == 2 and draw(st.booleans()):
            lines.append(line(f"own{i}", amount=draw(amount), allocate_to=outputs[1].product))
        for j, (_, others) in enumerate(processes):
            if draw(st.booleans()):
                product = draw(st.sampled_from([o.product for o in others]))
                # the sum over all suppliers stays below what one run makes, so the system is productive
                least = min(o.quantity.amount for o in outputs)
                used = draw(st.floats(0.01, 0.9)) * least / (3 * count)
                lines.append(part(f"u{i}{j}", f"p{j}", used, product=product))
        result.append(process(f"p{i}", *lines, outputs=outputs, allocation=method))
    return study(*result, amount=draw(amount))


@given(systems())
@settings(max_examples=60, deadline=None)
def test_any_system_equals_the_independent_engine(made):
    try:
        ours = total(made)
    except NonProductiveSystem:
        return
    assert ours == pytest.approx(score(made, INTENSITIES), rel=1e-9, abs=1e-9)


@given(systems())
@settings(max_examples=40, deadline=None)
def test_contributions_sum_to_the_total(made):
    result = calculate(made, FACTORS, AR6)
    scale = max(1.0, sum(abs(each.total) for each in result.lines))
    for parts in (
        [each.total for each in result.lines],
        result.totals,
        result.stages.values(),
        result.gases.values(),
        result.processes.values(),
        result.suppliers.values(),
    ):
        assert sum(parts) == pytest.approx(result.total, abs=1e-9 * scale)
    sign = (result.total > 0) - (result.total < 0)
    tolerance = 1e-12 * scale / abs(result.total) if result.total else 0.0
    assert sum(each.share for each in result.lines) == pytest.approx(sign, abs=max(1e-9, tolerance))
    for each in result.allocations:
        assert sum(each.shares.values()) == pytest.approx(1.0, abs=1e-12)


@given(st.integers(1, 9), st.integers(0, 2**31))
def test_amounts_equal_a_dense_solve(count, seed):
    stream = np.random.default_rng(seed)
    matrix = stream.random((count, count)) * (stream.random((count, count)) < 0.4)
    matrix *= 0.95 / max(1.0, matrix.sum(axis=0).max())
    inputs = [{j: matrix[j, k] for j in range(count) if matrix[j, k]} for k in range(count)]
    expected = np.linalg.solve(np.eye(count) - matrix, np.eye(count)[0])
    assert amounts(inputs, {0: 1.0}, [""] * count) == pytest.approx(list(expected), rel=1e-10, abs=1e-14)


def test_groups_are_consumers_first():
    inputs = [{1: 1.0}, {2: 0.5}, {1: 0.5, 3: 1.0}, {}]
    assert groups(inputs) == [[0], [1, 2], [3]]
    assert transposed(inputs)[1] == {0: 1.0, 2: 0.5}


def test_non_productive_loop_is_named_with_its_gain():
    made = study(
        process("甲", part("1", "乙", 2)),
        process("乙", part("2", "丙", 1)),
        process("丙", part("3", "乙", 1.5), line("x")),
    )
    with pytest.raises(NonProductiveSystem) as refusal:
        total(made)
    (problem,) = refusal.value
    assert "乙" in problem.what.zh
    assert "丙" in problem.what.zh
    assert "甲" not in problem.what.zh
    assert "1.5" in problem.what.zh


def test_loop_that_just_reproduces_itself_is_refused():
    with pytest.raises(NonProductiveSystem):
        total(study(process("a", part("1", "a", 1.0), line("x"))))
    assert total(study(process("a", part("1", "a", 0.999), line("x")))) == pytest.approx(2000, rel=1e-9)


def test_joint_loops_are_refused_though_each_alone_would_do():
    made = study(process("a", part("1", "a", 0.6), part("2", "b", 1)), process("b", part("3", "a", 0.6)))
    with pytest.raises(NonProductiveSystem):
        total(made)


def test_strongest_loop_and_radius():
    inputs = [{1: 2.0, 2: 0.1}, {0: 0.3}, {0: 0.1}]
    radius, _ = spectral_radius(inputs, [0, 1, 2])
    assert radius == pytest.approx(np.sqrt(0.61), rel=1e-6)
    loop, gain = strongest_loop(inputs, [0, 1, 2])
    assert sorted(loop) == [0, 1]
    assert gain == pytest.approx(0.6)


def test_unused_process_is_noticed_and_counts_nothing():
    made = study(process("a", line("x")), process("b", line("y", amount=1000)))
    result = calculate(made, FACTORS, AR6)
    assert result.total == pytest.approx(2.0)
    assert "process.unused" in {notice.code for notice in result.notices}


@pytest.mark.parametrize(
    "made",
    [
        study(process("a", part("1", "nowhere", 1))),
        study(
            process("a", part("1", "b", 1)),
            process(
                "b",
                outputs=(output("x", property_value=1), output("y", property_value=1)),
                allocation=AllocationMethod.PHYSICAL,
            ),
        ),
        study(process("a", part("1", "b", 1, product="z")), process("b")),
    ],
)
def test_sub_assembly_must_name_an_output(made):
    with pytest.raises(IncompleteStudy) as refusal:
        total(made)
    assert next(iter(refusal.value)).place.line == "1"


def test_units_of_products_convert_or_are_refused():
    made = study(process("a", part("1", "b", 500, "g")), process("b", line("x", amount=3)))
    assert total(made) == pytest.approx(3.0)
    with pytest.raises(UnitMismatch):
        total(study(process("a", part("1", "b", 1, "kWh")), process("b")))
    with pytest.raises(UnitMismatch):
        total(study(process("a", line("x")), unit="kWh"))


@pytest.mark.parametrize(
    "made",
    [
        study(process("a", line("x")), process("a", line("y"))),
        study(process("a", line("x"), line("x"))),
        study(process("a", outputs=(output("x"), output("x")), allocation=AllocationMethod.PHYSICAL)),
        study(process("a", outputs=(output("x", 0.0),))),
    ],
)
def test_ambiguous_systems_are_refused(made):
    with pytest.raises(InvalidInput):
        total(made)


def test_study_without_processes_is_incomplete():
    with pytest.raises(IncompleteStudy):
        total(study())
    with pytest.raises(IncompleteStudy):
        calculate(one(line("x"), amount=0.0), LIBRARY, AR6)
