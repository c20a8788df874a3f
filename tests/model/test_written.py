"""Numbers and quantities as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.model.quantities import Quantity
from zuji.model.written import parse_number, parse_quantity, write_quantity, written_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.5", 1234.5), ("１２．５", 12.5), ("-3", -3), ("−3", -3), ("1e-3", 0.001), (" 7 ", 7),
        ("12 %", 0.12), ("12％", 0.12), ("1，000，000", 1e6), (".5", 0.5), ("5.", 5),
    ],
)  # fmt: skip
def test_what_is_unambiguous_is_read(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "1,5", "12,34,567", "1.2.3", "一百", "5 kg", "1e999", "nan", "inf", "3×10", "2^3", "--1"]
)
def test_what_could_mean_two_things_is_not(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("0.389 kg", Quantity(0.389, "kg")),
        ("１２ 吨", Quantity(12, "吨")),
        ("3 万kWh", Quantity(3, "万kWh")),
        ("5kg", Quantity(5, "kg")),
        ("2 m³", Quantity(2, "m³")),
        ("1 10^4 Nm3", None),
        ("kg", None),
        ("5", None),
        ("1,5 kg", None),
    ],
)
def test_a_quantity_is_a_number_and_a_unit(text: str, quantity: Quantity | None) -> None:
    assert parse_quantity(text) == quantity


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_reads_back_exactly(number: float) -> None:
    again = float(written_number(number))
    assert again == number
    assert parse_number(written_number(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8))
def test_a_quantity_is_written_short_only_where_it_reads_back(number: float, unit: str) -> None:
    short = write_quantity(Quantity(number, unit))
    assert short is None or parse_quantity(short) == Quantity(number, unit)
    if unit in {"kg", "t·km", "万kWh"}:
        assert short is not None
    assert math.isfinite(number)
