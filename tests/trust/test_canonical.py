"""Canonical bytes: RFC 8785, with its own published examples."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import InvalidInput
from zuji.trust.canonical import canonical, sha256

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def test_the_example_of_the_standard() -> None:
    # RFC 8785, section 3.2.2 and 3.2.4
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical(value).decode() == expected


def test_the_digest_of_nothing_is_the_known_one() -> None:
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(VALUES)
def test_what_is_written_reads_back_and_is_written_the_same(value: object) -> None:
    data = canonical(value)
    # every number of JSON is a double; json.loads would take those without a point for whole numbers
    read = json.loads(data, parse_int=float)
    assert read == value
    assert canonical(read) == data


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), st.integers(-9, 9)))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, "\ud800"])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput):
        canonical({"a": value})
