"""Published digits: stable, and parts that sum."""

import math
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zuji.lca.publishing import as_stated, publish, publish_parts, publish_shares, told

values = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-9)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5777, "0.57770"),
        (1234.56, "1234.6"),
        (12345678.0, "12346000"),
        (0.0, "0.0000"),
        (-0.000123456, "-0.00012346"),
        (99999.9, "100000"),
        (9.999996, "10.000"),
        (1.23455, "1.2346"),
        (1.00000499999999999, "1.0000"),
        (2.675, "2.6750"),
    ],
)
def test_five_digits_without_exponent(value, text):
    assert publish(value) == text


@given(st.floats(1e-9, 1e9))
def test_neighbouring_floats_print_the_same(value):
    """Unless the eleventh digit after the published ones decides, one unit in the last place does not."""
    settled = float(f"{value:.7e}")
    assert (
        publish(settled) == publish(math.nextafter(settled, math.inf)) == publish(math.nextafter(settled, 0))
    )


@given(values)
def test_published_value_is_near(value):
    assert float(publish(value)) == pytest.approx(value, rel=5.1e-5, abs=1e-12)


@given(st.lists(values, min_size=1, max_size=30))
def test_printed_parts_sum_to_the_printed_total(parts):
    total = math.fsum(parts)
    assume(abs(total) > 1e-6 * max(map(abs, parts)) or total == 0)
    printed = publish_parts(parts, total)
    if total:
        assert sum(map(Decimal, printed)) == Decimal(publish(total))
    else:
        assert sum(map(Decimal, printed)) == 0
    largest = Decimal(1).scaleb(Decimal(f"{total or max(parts, key=abs) or 1:.4e}").adjusted() - 3)
    for value, text in zip(parts, printed, strict=True):
        assert abs(Decimal(text) - Decimal(value)) <= largest


def test_parts_by_largest_remainder():
    assert publish_parts([1 / 3, 1 / 3, 1 / 3], 1.0) == ("0.3334", "0.3333", "0.3333")


def test_parts_of_something_else_are_refused():
    with pytest.raises(ValueError):
        publish_parts([1.0, 1.0], 3.0)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_shares_sum_to_one_hundred(parts):
    printed = publish_shares(parts)
    assert sum(map(Decimal, printed)) == (Decimal("100.0") if math.fsum(parts) else 0)


def test_parts_that_nearly_cancel_still_sum_to_what_is_printed():
    """Twelve digits of the parts do not reach the fifth digit of their sum."""
    parts = [123456.789012345, -123456.7877778]
    printed = publish_parts(parts, math.fsum(parts))
    assert sum(map(Decimal, printed)) == Decimal(publish(math.fsum(parts))) == Decimal("0.0012345")


@given(st.floats(1, 1e9), st.floats(-1, 1))
def test_parts_of_any_cancellation_are_printed(size, net):
    parts = [size, net - size]
    total = math.fsum(parts)
    assume(abs(total) > 1e-12 * size)
    assert sum(map(Decimal, publish_parts(parts, total))) == Decimal(publish(total))


def test_shares_of_a_negative_total_keep_burdens_positive():
    assert publish_shares([-8.0, 3.0]) == ("-160.0", "60.0")


def test_shares_of_what_cancels_are_zero():
    assert publish_shares([0.1, 0.2, -0.3]) == ("0.0", "0.0", "0.0")


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_not_published(value):
    with pytest.raises(ValueError):
        publish(value)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (23870.4, 4, "23,870"),
        (-0.39210, 5, "−0.3921"),
        (0.57770, 5, "0.5777"),
        (0.0, 5, "0"),
        (987654321.0, 4, "987,700,000"),
        (1234567890.0, 4, "1.235×10⁹"),
        (1.2e-7, 4, "1.2×10⁻⁷"),
        (float("inf"), 4, "inf"),
    ],
)
def test_a_result_in_a_sentence(value, digits, text):
    assert told(value, digits) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (412000.0, "412,000"),
        (0.1 + 0.2, "0.3"),
        (-5.5, "−5.5"),
        (1e6 / 3, "333,333.333333"),
        (3e12, "3×10¹²"),
    ],
)
def test_a_datum_in_a_sentence(value, text):
    assert as_stated(value) == text
