"""Files made to hurt: they are refused in words, whichever door they come through."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import FileRefused, InvalidInput, ZujiError
from zuji.formats import document, grades, rules, yaml_tree

RULE = """\
id: x
version: "1"
name: n
standing: demonstration
source: s
certainty: unconfirmed
scope: {products: []}
unit: 1 kg
boundary: cradle_to_gate
"""


def towers(count: int, storeys: int) -> str:
    """Anchors each of which stands on the one before: few values, nested without end."""
    rows = []
    for number in range(count):
        ground = f"*a{number - 1}" if number else "1"
        rows.append(f"a{number}: &a{number} {'[' * storeys}{ground}{']' * storeys}\n")
    return "".join(rows)


def test_aliases_count_as_deep_as_they_would_stand_there():
    whole = yaml_tree.MAX_DEPTH - 1
    assert yaml_tree.parse(towers(1, whole))
    assert yaml_tree.parse(towers(2, whole // 2))
    for text in (towers(2, whole), towers(3, whole // 2), towers(170, 25)):
        with pytest.raises(FileRefused) as refused:
            yaml_tree.parse(text)
        assert refused.value.problems[0].code == "too-deep"


def test_an_alias_beside_a_deep_value_is_not_taken_for_deep():
    deep = f"a: &a [1]\nb: {'[' * 25}1{']' * 25}\nc: [[*a, *a], *a]\n"
    assert yaml_tree.parse(deep)


@pytest.mark.parametrize("field", ["name: n", "id: x", "unit: 1 kg", "scope: {products: []}"])
def test_towers_of_aliases_in_a_rule_or_a_study_are_refused(field):
    key = field.split(":")[0]
    text = (towers(170, 25) + RULE.replace(field, f"{key}: *a169")).encode()
    assert [each.code for each in rules.mistakes(text)] == ["too-deep"]
    for load in (rules.load, document.load):
        with pytest.raises(FileRefused):
            load(text)


@pytest.mark.parametrize("depth", [31, 100, 990, 100_000])
@pytest.mark.parametrize("key", ["name", "processes", "stranger"])
def test_deep_json_is_refused_however_deep(depth, key):
    text = f'{{"schema": "{grades.SCHEMA}", "{key}": {"[" * depth}1{"]" * depth}}}'.encode()
    with pytest.raises(FileRefused, match="30"):
        document.load(text, name="study.json")
    with pytest.raises(FileRefused):
        grades.load(text)


@pytest.mark.parametrize("kinds", ["[{a: 1}]", "{a: 1}", "[[]]", "[cradle_to_gate, {a: 1}]", "[1, null]"])
def test_boundaries_that_are_no_words_are_mistakes_of_the_rule(kinds):
    text = RULE.replace("boundary: cradle_to_gate", f"boundary: {{kinds: {kinds}}}").encode()
    assert any("boundary" in each.place.field for each in rules.mistakes(text))
    with pytest.raises(InvalidInput):
        rules.load(text)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["cradle_to_gate", "1 kg", "5 %", "hs:2208", "gwp.set", "1e999"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(rules.schema()["properties"])), values, max_size=5))
def test_whatever_a_rule_holds_it_is_read_or_refused(tree):
    text = json.dumps(tree, ensure_ascii=True, allow_nan=True).encode()
    for found in rules.mistakes(text):
        assert found.what.zh
        assert found.what.en
    try:
        rule = rules.load(text)
    except ZujiError:
        return
    assert rules.load(rules.dump(rule)) == rule
