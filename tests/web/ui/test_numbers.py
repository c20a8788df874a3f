"""Numbers as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.lca.publishing import publish
from zuji_web.ui.numbers import published, share, shown, stated


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5777, "0.5777"),
        (0.5777 * 1000, "577.7"),
        (25200.0, "25,200"),
        (1234567.5, "1,234,567.5"),
        (-60.0, "−60"),
        (0.0, "0"),
        (1.2e-7, "1.2×10⁻⁷"),
        (3.5e12, "3.5×10¹²"),
        (None, "—"),
        (float("nan"), "—"),
    ],
)
def test_a_datum_keeps_its_digits(value: float | None, text: str) -> None:
    assert stated(value) == text


def test_a_result_keeps_the_zeros_that_are_significant() -> None:
    assert published(0.5777) == "0.57770"
    assert published(1234.56) == "1,234.6"
    assert shown(2.0, 3) == "2.00"
    assert shown(2.0) == "2"


def test_a_large_result_has_no_digits_that_nobody_knows() -> None:
    assert shown(8.066123e15, 4) == "8.066×10¹⁵"
    assert shown(3.6e9, 3) == "3.60×10⁹"
    assert shown(-9.9996e9, 4) == "−1.000×10¹⁰"
    assert published(999_999_999.0) == "1.0000×10⁹"
    assert published(123_456_789.0) == "123,460,000"


@given(st.floats(min_value=1e-4, max_value=1e8))
def test_a_result_has_the_published_digits(value: float) -> None:
    assert published(value).replace(",", "") == publish(value)


@given(st.floats(min_value=1e-4, max_value=1e8), st.floats(min_value=1e-4, max_value=1e8))
def test_larger_data_never_look_smaller(one: float, other: float) -> None:
    read = [float(stated(value).replace(",", "")) for value in sorted((one, other))]
    assert read == sorted(read)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.256, "25.6%"), (1.0, "100.0%"), (0.0, "0.0%"), (0.00001, "<0.1%"), (-0.02, "−2.0%"), (None, "—")],
)
def test_a_share_that_is_not_nothing_does_not_look_like_nothing(value: float | None, text: str) -> None:
    assert share(value) == text
