"""Sharing between co-products."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, line, output, part, process, study
from zuji.errors import AllocationError, WrongFactorKind, ZujiError
from zuji.lca import calculate
from zuji.lca.allocation import shares
from zuji.lca.contribution import credits_of
from zuji.model.studies import AllocationMethod

PHYSICAL, ECONOMIC = AllocationMethod.PHYSICAL, AllocationMethod.ECONOMIC
SUBSTITUTION, SUBDIVISION = AllocationMethod.SUBSTITUTION, AllocationMethod.SUBDIVISION


def total(*processes, **rest):
    return calculate(study(*processes, **rest), LIBRARY, AR6)


def test_physical_by_property():
    outputs = (output("h2", 1, property_value=120), output("steam", 10, property_value=3))
    result = total(process("p", line("x", amount=15), outputs=outputs, allocation=PHYSICAL))
    assert result.total == pytest.approx(30 * 120 / 150)
    assert result.allocations[0].shares == pytest.approx({"h2": 0.8, "steam": 0.2})


def test_physical_without_property_uses_amounts_of_one_dimension():
    outputs = (output("a", 1, "t"), output("b", 3000, "kg"))
    assert shares(process("p", outputs=outputs, allocation=PHYSICAL)).shared == pytest.approx((0.25, 0.75))


def test_economic_by_price():
    outputs = (output("a", 2, property_value=30), output("b", 4, property_value=10))
    result = total(process("p", line("x", amount=5), outputs=outputs, allocation=ECONOMIC))
    assert result.total == pytest.approx(10 * 0.6 / 2)


def test_subdivision_gives_each_line_to_its_product():
    outputs = (output("a", 2), output("b", 4))
    lines = (line("x", amount=3, allocate_to="a"), line("y", amount=7, allocate_to="b"))
    result = total(process("p", *lines, outputs=outputs, allocation=SUBDIVISION))
    assert result.total == pytest.approx(3.0)
    assert result.allocations[0].shares == pytest.approx({"a": 0.3, "b": 0.7})


def test_lines_of_one_product_stay_out_of_the_sharing():
    outputs = (output("a", 1), output("b", 1))
    lines = (line("x", amount=1), line("y", amount=5, allocate_to="b"))
    assert total(process("p", *lines, outputs=outputs, allocation=PHYSICAL)).total == pytest.approx(1.0)


def test_substitution_credits_what_is_replaced():
    outputs = (output("a", 1), output("b", 3, avoided_factor="steel"))
    result = total(process("p", line("x", amount=10), outputs=outputs, allocation=SUBSTITUTION))
    assert result.total == pytest.approx(20 - 6)
    (credit,) = credits_of(result)
    assert credit.item == "b"
    assert credit.total == pytest.approx(-6.0)


def test_consumed_co_product_under_substitution_cancels_its_credit():
    outputs = (output("a", 1), output("b", 3, avoided_factor="steel"))
    result = total(
        process("top", part("1", "p", 1, product="a"), part("2", "p", 3, product="b")),
        process("p", line("x", amount=10), outputs=outputs, allocation=SUBSTITUTION),
    )
    assert result.total == pytest.approx(20.0)


def test_using_all_co_products_gives_the_whole_process():
    """Whatever the allocation, what all products carry together is the process itself."""
    for method in (PHYSICAL, ECONOMIC):
        outputs = (output("a", 2, property_value=5), output("b", 3, property_value=1))
        result = total(
            process("top", part("1", "p", 2, product="a"), part("2", "p", 3, product="b")),
            process("p", line("x", amount=10), outputs=outputs, allocation=method),
        )
        assert result.total == pytest.approx(20.0)


@given(st.lists(st.tuples(st.floats(1e-3, 1e6), st.floats(0, 1e6)), min_size=2, max_size=7))
def test_shares_sum_to_one(pairs):
    outputs = tuple(output(str(i), amount, property_value=v) for i, (amount, v) in enumerate(pairs))
    made = process("p", outputs=outputs, allocation=ECONOMIC)
    if not any(value for _, value in pairs):
        with pytest.raises(AllocationError):
            shares(made)
        return
    found = shares(made).shared
    assert sum(found) == pytest.approx(1.0, abs=1e-12)
    assert all(share >= -1e-15 for share in found)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (process("p", outputs=(output("a"), output("b"))), "allocation.method_missing"),
        (
            process("p", outputs=(output("a", property_value=1), output("b")), allocation=ECONOMIC),
            "allocation.property_missing",
        ),
        (
            process(
                "p",
                outputs=(output("a", property_value=1), output("b", property_value=-1)),
                allocation=PHYSICAL,
            ),
            "allocation.property_missing",
        ),
        (
            process("p", line("x"), outputs=(output("a"), output("b")), allocation=SUBDIVISION),
            "allocation.not_subdivided",
        ),
        (
            process("p", outputs=(output("a"), output("b")), allocation=SUBSTITUTION),
            "allocation.avoided_missing",
        ),
        (process("p", line("x", allocate_to="z")), "allocation.unknown_product"),
    ],
)
def test_undetermined_shares_are_refused(made, code):
    with pytest.raises(AllocationError) as refusal:
        calculate(study(made), LIBRARY, AR6)
    assert {problem.code for problem in refusal.value} == {code}


def test_physical_amounts_of_two_dimensions_need_a_property():
    outputs = (output("a", 1, "kg"), output("b", 1, "kWh"))
    with pytest.raises(ZujiError):
        calculate(study(process("p", outputs=outputs, allocation=PHYSICAL)), LIBRARY, AR6)


def test_avoided_factor_may_not_be_a_grid_factor():
    outputs = (output("a"), output("b", 1, "kWh", avoided_factor="grid"))
    with pytest.raises(WrongFactorKind):
        calculate(study(process("p", outputs=outputs, allocation=SUBSTITUTION)), LIBRARY, AR6)
