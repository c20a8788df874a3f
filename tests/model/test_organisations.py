"""Unified social credit codes: published ones hold, and no single slip of the pen goes unnoticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.model.organisations import check_character, valid_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Codes of large companies as they publish them.
PUBLISHED = ["914403001922038216", "9144030071526726XG", "91330100799655058B", "91110000802100433B"]
bodies = st.builds(
    str.__add__,
    st.from_regex(r"[1-9A-GY][1-9][0-9]{6}", fullmatch=True),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_hold(code: str) -> None:
    assert valid_credit_code(code)


@given(bodies, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(body: str, at: int, other: str) -> None:
    code = body + check_character(body)
    assert valid_credit_code(code)
    changed = code[:at] + other + code[at + 1 :]
    assert valid_credit_code(changed) == (changed == code)


@given(bodies, st.integers(0, 15))
def test_two_neighbours_that_change_places_are_noticed(body: str, at: int) -> None:
    code = body + check_character(body)
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert valid_credit_code(swapped) == (swapped == code)


@pytest.mark.parametrize(
    "code", ["", "9144030019220382", "91440300192203821O", PUBLISHED[0].lower() + "0", "９" * 18]
)
def test_other_texts_are_none(code: str) -> None:
    assert not valid_credit_code(code)
