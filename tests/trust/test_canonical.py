"""Canonical JSON against the examples that RFC 8785 itself gives."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import InvalidInput
from zuji.trust.canonical import canonical, digest


def test_numbers_and_keys_are_written_as_rfc_8785_3_2_shows() -> None:
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical(value).decode() == expected


def test_keys_sort_by_utf_16_units_as_rfc_8785_3_2_3_shows() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = canonical(dict.fromkeys(keys, 0)).decode()
    order = [
        written.index(key if key != "\r" else "\\r") for key in ("\r", "1", "\u0080", "\u00f6", "\u20ac")
    ]
    assert order == sorted(order)
    assert written.index("\U0001f600") < written.index("\ufb33")


def test_the_digest_is_sha256_of_the_bytes_and_ignores_the_order_of_keys() -> None:
    assert digest({"b": 1.0, "a": "足迹"}) == digest({"a": "足迹", "b": 1})
    assert digest({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60, "\ud800"])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput):
        canonical({"a": value})


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_what_is_written_reads_back_and_is_written_the_same(value: object) -> None:
    data = canonical(value)
    # every number of JSON is a double; json.loads would take those without a point for whole numbers
    read = json.loads(data, parse_int=float)
    assert read == value
    assert canonical(read) == data
