"""Differences between versions: every effect is what recalculating shows, and together they are the whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR5, AR6, LIBRARY, Library, factor, line, one, output, part, process, study
from zuji.errors import ZujiError
from zuji.lca.calculation import calculate
from zuji.lca.differences import ChangeKind, difference
from zuji.model.footprints import Footprint
from zuji.model.quantities import Quantity
from zuji.model.studies import AllocationMethod, Study

POTENTIALS = {"AR5": AR5, "AR6": AR6}
OTHERS = ("steel", "coal-supply", "weak")


def count(given: Study) -> Footprint:
    return calculate(given, LIBRARY, POTENTIALS[given.gwp])


def total(given: Study) -> float:
    return count(given).total


def test_nothing_changed_is_no_step() -> None:
    found = difference(one(line("a")), one(line("a")), count, count)
    assert found.steps == ()
    assert found.effect == 0
    assert found.words == ()


def test_an_amount_a_new_line_and_a_line_taken_out_each_have_their_effect() -> None:
    before = one(line("a", amount=3), line("b", amount=5), line("c", amount=7))
    after = one(line("a", amount=4), line("c", amount=7), line("d", amount=0.5, factor="weak"))
    found = difference(before, after, count, count)
    told = {step.alterations[0].line: (step.alterations[0].kind, step.effect) for step in found.steps}
    assert told == {
        "a": (ChangeKind.CHANGED, pytest.approx(2.0)),
        "d": (ChangeKind.ADDED, pytest.approx(0.5)),
        "b": (ChangeKind.REMOVED, pytest.approx(-10.0)),
    }
    changed = next(step.alterations[0] for step in found.steps if step.alterations[0].line == "a")
    assert changed.before == {"quantity": {"amount": 3.0, "unit": "kg"}}
    assert changed.after == {"quantity": {"amount": 4.0, "unit": "kg"}}


def test_a_newer_factor_is_told_apart_from_a_changed_line() -> None:
    newer = Library(replace(factor("steel", 2.5), version="2"), factor("weak", 1.0))
    before, after = one(line("a", amount=4)), one(line("a", amount=6))
    found = difference(before, after, count, lambda given: calculate(given, newer, AR6))
    kinds = [(step.alterations[0].kind, step.effect) for step in found.steps]
    assert kinds == [(ChangeKind.FACTOR, pytest.approx(2.0)), (ChangeKind.CHANGED, pytest.approx(5.0))]
    versions = found.steps[0].alterations[0]
    assert (versions.before["factor_version"], versions.after["factor_version"]) == ("1", "2")


def test_words_change_no_number_and_are_named() -> None:
    before = one(line("a"))
    after = replace(one(line("a", note="weighed twice")), note="second reading")
    found = difference(before, after, count, count)
    assert found.steps == ()
    assert set(found.words) == {"note", "lines.a"}


def test_changes_that_need_each_other_are_one_step() -> None:
    """A process and the line that takes its product: between the two there is no result."""
    before = study(process("main", line("a"), part("p", "old", 2.0)), process("old", line("b")))
    after = study(process("main", line("a"), part("p", "new", 3.0)), process("new", line("n", amount=4)))
    found = difference(before, after, count, count)
    assert sum(step.effect for step in found.steps) == pytest.approx(total(after) - total(before))
    together = next(step for step in found.steps if len(step.alterations) > 1)
    assert {"old", "main"} <= {alteration.process for alteration in together.alterations}


def test_allocation_and_potentials_have_their_own_steps() -> None:
    outputs = (output("main", property_value=1.0), output("by", 3.0, property_value=1.0))
    before = study(process("main", line("a"), outputs=outputs, allocation=AllocationMethod.PHYSICAL))
    dear = (outputs[0], replace(outputs[1], property_value=0.1))
    after = replace(
        study(process("main", line("a"), outputs=dear, allocation=AllocationMethod.ECONOMIC)), gwp="AR5"
    )
    found = difference(before, after, count, count)
    assert [step.alterations[0].name for step in found.steps] == ["gwp", "main"]
    assert set(found.steps[1].alterations[0].after) == {"outputs", "allocation"}
    assert found.steps[1].effect == pytest.approx(total(after) - total(before))


def test_without_a_result_on_one_side_the_changes_are_told_without_effect() -> None:
    broken = one(line("a", factor="nowhere"))
    with pytest.raises(ZujiError):
        count(broken)
    found = difference(one(line("a")), broken, count, count)
    assert found.after is None
    assert found.effect is None
    assert [step.effect for step in found.steps] == [None]


amounts = st.floats(min_value=0.001, max_value=1000)
inventories = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(amounts, st.sampled_from(OTHERS)), max_size=6
)


def of(inventory: dict[str, tuple[float, str]], reference: float) -> Study:
    lines = [line(name, amount=amount, factor=which) for name, (amount, which) in inventory.items()]
    whole = one(line("always"), *lines)
    return replace(whole, unit=replace(whole.unit, quantity=Quantity(reference, "kg")))


@given(inventories, inventories, st.sampled_from((1.0, 10.0)), st.sampled_from((1.0, 10.0)))
def test_all_effects_together_are_the_whole_difference(first, second, per_first, per_second) -> None:
    before, after = of(first, per_first), of(second, per_second)
    found = difference(before, after, count, count)
    whole = total(after) - total(before)
    size = abs(total(after)) + abs(total(before))
    assert abs(sum(step.effect for step in found.steps) - whole) <= 1e-12 * size
    lines = {alteration.line for step in found.steps for alteration in step.alterations if alteration.line}
    assert lines == {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}
