"""Operations on drafts: each does what it says, and its inverse takes it back exactly."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.factories.products import bare, document, line
from zuji.errors import InvalidInput
from zuji_web.gateway import Conflict
from zuji_web.products.operations import apply

Draft = dict[str, Any]


def draft() -> Draft:
    made = document(line("a"), bare("b"), line("c"))
    made["processes"].append({"id": "second", "name": "前处理", "outputs": [], "lines": [line("d")]})
    made["scenarios"] = [{"id": "s1", "name": "绿电", "changes": []}]
    return made


def ids(made: Draft, process: int = 0) -> list[str]:
    return [each["id"] for each in made["processes"][process]["lines"]]


def test_set_finds_a_line_in_whichever_process_it_is() -> None:
    changed, _ = apply(draft(), [{"op": "set", "path": ["lines", "d", "item"], "value": "蒸汽"}])
    assert changed["processes"][1]["lines"][0]["item"] == "蒸汽"


def test_set_makes_the_records_on_the_way_and_undo_takes_them_away() -> None:
    before = draft()
    changed, back = apply(
        before, [{"op": "set", "path": ["lines", "b", "quantity", "amount"], "value": 3, "was": None}]
    )
    assert changed["processes"][0]["lines"][1]["quantity"] == {"amount": 3}
    assert apply(changed, back)[0] == before


def test_null_takes_a_value_away() -> None:
    changed, _ = apply(draft(), [{"op": "set", "path": ["lines", "a", "factor"], "value": None}])
    assert "factor" not in changed["processes"][0]["lines"][0]


@pytest.mark.parametrize(
    ("after", "expected"), [(None, "xabc"), ("a", "axbc"), ("c", "abcx"), ("gone", "abcx")]
)
def test_insert_puts_a_line_behind_another(after: str | None, expected: str) -> None:
    operation = {"op": "insert", "path": ["processes", "main", "lines"], "value": {"id": "x"}, "after": after}
    assert ids(apply(draft(), [operation])[0]) == list(expected)


def test_remove_and_move() -> None:
    removed, back = apply(draft(), [{"op": "remove", "path": ["lines", "b"]}])
    assert ids(removed) == ["a", "c"]
    assert ids(apply(removed, back)[0]) == ["a", "b", "c"]
    moved, back = apply(draft(), [{"op": "move", "path": ["lines", "c"], "after": None}])
    assert ids(moved) == ["c", "a", "b"]
    assert ids(apply(moved, back)[0]) == ["a", "b", "c"]


def test_what_was_seen_must_still_be_there() -> None:
    step = {"op": "set", "path": ["lines", "a", "quantity", "amount"], "value": 9, "was": 2}
    assert apply(draft(), [step])[0]["processes"][0]["lines"][0]["quantity"]["amount"] == 9
    with pytest.raises(Conflict) as refusal:
        apply(draft(), [step | {"was": 1}])
    assert refusal.value.problems[0].place.line == "a"
    assert refusal.value.problems[0].place.field == "quantity.amount"


def test_true_is_not_one() -> None:
    step = {"op": "set", "path": ["demonstration"], "value": True, "was": 1}
    with pytest.raises(Conflict):
        apply({**draft(), "demonstration": True}, [step])


def test_a_line_that_somebody_changed_is_not_removed() -> None:
    seen = draft()["processes"][0]["lines"][0]
    with pytest.raises(Conflict):
        apply(draft(), [{"op": "remove", "path": ["lines", "a"], "was": {**seen, "item": "其他"}}])


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "set", "path": ["processes"], "value": 5},
        {"op": "set", "path": ["processes", "main", "lines"], "value": []},
        {"op": "set", "path": ["lines", "a"], "value": {}},
        {"op": "set", "path": ["lines", "a", "id"], "value": "z"},
        {"op": "set", "path": ["product", "name", "deeper"], "value": "z"},
        {"op": "insert", "path": ["processes", "main", "lines"], "value": {"item": "no id"}},
        {"op": "insert", "path": ["product"], "value": {"id": "x"}},
        {"op": "insert", "path": ["processes"], "value": {"id": "p", "lines": 5}},
        {"op": "insert", "path": ["processes"], "value": {"id": "p", "lines": [{"item": "no id"}]}},
        {"op": "set", "path": [], "value": 1},
        {"op": "set", "path": "product", "value": 1},
        {"op": "explode", "path": ["product"]},
        {"op": "set", "path": ["note"], "value": "x" * 9000},
        {"op": "replace", "value": 3},
    ],
)
def test_what_makes_no_sense_is_refused(operation: dict[str, Any]) -> None:
    before = draft()
    kept = deepcopy(before)
    with pytest.raises((InvalidInput, Conflict)):
        apply(before, [operation])
    assert before == kept


def test_deep_values_are_refused_and_not_descended_into() -> None:
    value: Any = []
    for _ in range(5000):
        value = [value]
    with pytest.raises(InvalidInput):
        apply(draft(), [{"op": "set", "path": ["note"], "value": value}])


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "insert", "path": ["processes", "main", "lines"], "value": {"id": "d"}, "after": None},
        {"op": "insert", "path": ["processes"], "value": {"id": "p", "lines": [{"id": "a"}]}, "after": None},
        {"op": "insert", "path": ["processes"], "value": {"id": "main"}, "after": None},
        {"op": "insert", "path": ["scenarios"], "value": {"id": "s1"}, "after": None},
    ],
)
def test_ids_stay_unique(operation: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        apply(draft(), [operation])


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=2),
    max_leaves=4,
)
line_ids = st.sampled_from(["a", "b", "c", "d", "n1", "n2"])
fields = st.sampled_from(
    [["item"], ["quantity", "amount"], ["transport", "distance", "unit"], ["quality", "time"]]
)
sets = st.builds(
    lambda i, f, v: {"op": "set", "path": ["lines", i, *f], "value": v}, line_ids, fields, values
)
inserts = st.builds(
    lambda i, p, a: {
        "op": "insert",
        "path": ["processes", p, "lines"],
        "value": {"id": i, "item": "新"},
        "after": a,
    },
    line_ids,
    st.sampled_from(["main", "second"]),
    st.none() | line_ids,
)
removes = st.builds(lambda i: {"op": "remove", "path": ["lines", i]}, line_ids)
moves = st.builds(
    lambda i, a: {"op": "move", "path": ["lines", i], "after": a}, line_ids, st.none() | line_ids
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(sets, inserts, removes, moves), max_size=12))
def test_any_sequence_undone_gives_the_same_document(steps: list[dict[str, Any]]) -> None:
    before = draft()
    made, taken_back = before, []
    done = []
    for step in steps:
        try:
            made, back = apply(made, [step])
        except (Conflict, InvalidInput):
            continue
        taken_back.append(back)
        done.append(step)
    last = made
    for back in reversed(taken_back):
        made, _ = apply(made, back)
    assert made == before
    for step in done:
        made, _ = apply(made, [step])
    assert made == last
