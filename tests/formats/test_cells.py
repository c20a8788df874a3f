"""Cells that a spreadsheet would calculate are written as text."""

import pytest

from zuji.formats.cells import safe_cell


@pytest.mark.parametrize("first", [*"=+-@", *"＝＋－＠", "\t", "\r", "\n"])
def test_a_formula_is_text_whatever_sign_it_begins_with(first):
    assert safe_cell(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["", "水泥", "a=b", "(-1)", "'=1", "１"])
def test_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text
