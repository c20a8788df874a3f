"""Studies as YAML and JSON: round trips, short forms, every mistake at once, unsafe files refused."""

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.formats.studies import studies
from zuji.errors import FileRefused, InvalidInput, Problem, ZujiError
from zuji.formats import document
from zuji.model.lines import DataSource, FuelDetail, LineKind, SubAssemblyDetail, TransportDetail
from zuji.model.quantities import Quantity
from zuji.model.stages import Stage
from zuji.model.studies import Output, Period, Study, UnitKind

SMALL = """\
id: lime
product: 石灰
unit: 1 kg
boundary: cradle_to_gate
period: 2024
geography: CN
lines:
  - {stage: raw_material, kind: material, item: 石灰石, quantity: 1.8 kg, factor: some_factor}
  - stage: manufacturing
    item: 无烟煤
    quantity: {amount: 0.12, unit: kg}
    fuel: anthracite
  - id: truck
    stage: raw_material
    item: 汽车运输
    quantity: 1.8 kg
    transport: 120 km
"""


def _mistakes(data: str | bytes, name: str = "a.yaml") -> tuple[Problem, ...]:
    with pytest.raises(InvalidInput) as caught:
        document.load(data.encode() if isinstance(data, str) else data, name=name)
    return caught.value.problems


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(studies(), st.sampled_from(["yaml", "json"]))
def test_every_study_survives_a_file(study: Study, syntax: Any) -> None:
    data = document.dump(study, syntax=syntax)
    assert document.load(data, name=f"a.{syntax}") == study
    assert document.dump(document.load(data), syntax=syntax) == data


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(studies())
def test_every_study_survives_the_plain_dictionary_on_the_wire(study: Study) -> None:
    wire = json.loads(json.dumps(document.to_dict(study)))
    assert document.from_dict(wire) == study


def test_short_forms_mean_what_they_say() -> None:
    study = document.load(SMALL.encode())
    assert study.unit.kind is UnitKind.DECLARED
    assert study.unit.quantity == Quantity(1, "kg")
    assert study.boundary.stages == (Stage.RAW_MATERIAL, Stage.MANUFACTURING)
    assert study.period == Period(start="2024-01-01", end="2024-12-31")
    process = study.processes[0]
    assert process.outputs == (Output(product="石灰", quantity=Quantity(1, "kg")),)
    stone, coal, truck = process.lines
    assert (stone.id, coal.id, truck.id) == ("L1", "L2", "truck")
    assert coal.kind is LineKind.FUEL
    assert coal.detail == FuelDetail(fuel="anthracite")
    assert truck.detail == TransportDetail(distance=Quantity(120, "km"))
    assert stone.data_source is DataSource.MEASURED


def test_a_functional_unit_goes_with_the_whole_life() -> None:
    study = document.load(SMALL.replace("cradle_to_gate", "cradle_to_grave").encode())
    assert study.unit.kind is UnitKind.FUNCTIONAL
    assert study.boundary.stages == tuple(Stage)


def test_numbering_skips_ids_that_are_taken() -> None:
    study = document.load(SMALL.replace("id: truck", "id: L1").encode())
    assert [line.id for line in study.lines] == ["L2", "L3", "L1"]


def test_defaults_are_left_out_and_lines_stand_at_the_top() -> None:
    text = document.dump(document.load(SMALL.encode())).decode()
    assert "processes" not in text
    assert "data_source" not in text
    assert "quantity: 1.8 kg" in text
    assert text.index("id: lime") < text.index("product:") < text.index("lines:")


def test_all_mistakes_come_at_once_with_row_path_and_line() -> None:
    broken = (
        SMALL.replace("1.8 kg, factor", "1.8 kgg, factor")
        .replace("fuel: anthracite", "fule: anthracite")
        .replace("period: 2024", "period: 2024-12-31/2024-01-01")
        .replace("stage: manufacturing", "stage: manufacture")
        .replace("item: 汽车运输", "itme: 汽车运输")
        .replace("transport: 120 km", "transport: far")
    )
    found = {(p.place.row, p.place.field, p.code) for p in _mistakes(broken)}
    assert found == {
        (5, "period.end", "period"),
        (8, "lines[0].quantity.unit", "unit.unknown"),
        (9, "lines[1].stage", "unknown-choice"),
        (12, "lines[1].fule", "unknown-key"),
        (9, "lines[1].kind", "missing"),
        (15, "lines[2].itme", "unknown-key"),
        (13, "lines[2].item", "missing"),
        (17, "lines[2].transport.distance", "quantity-expected"),
    }
    by_field = {p.place.field: p for p in _mistakes(broken)}
    assert "manufacturing" in by_field["lines[1].stage"].cure.zh
    assert "fuel" in by_field["lines[1].fule"].cure.en
    assert by_field["lines[2].itme"].place.line == "truck"
    assert by_field["lines[1].fule"].place.file == "a.yaml"


def test_a_mistake_in_the_unit_is_said_once() -> None:
    assert [p.place.field for p in _mistakes(SMALL.replace("unit: 1 kg", "unit: 1 kgg"))] == [
        "unit.quantity.unit"
    ]
    assert [p.place.field for p in _mistakes(SMALL.replace("unit: 1 kg", "unit: 0 kg"))] == [
        "unit.quantity.amount"
    ]


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ("quantity: 1.8 kg, factor", "quantity: 1.8, factor", "lines[0].quantity", "quantity-expected"),
        ("amount: 0.12", "amount: -0.12", "lines[1].quantity.amount", "negative"),
        ("amount: 0.12", "amount: .nan", "lines[1].quantity.amount", "number-expected"),
        ("amount: 0.12", "amount: true", "lines[1].quantity.amount", "number-expected"),
        ("amount: 0.12", "amount: '0,12'", "lines[1].quantity.amount", "number-expected"),
        ("amount: 0.12, unit: kg", "amount: 0.12", "lines[1].quantity.unit", "missing"),
        ("id: truck", "id: 1.10", "lines[2].id", "text-expected"),
        ("item: 无烟煤", "item: ''", "lines[1].item", "missing"),
        ("item: 无烟煤", "item: null", "lines[1].item", "missing"),
        ("geography: CN", "geography: [CN]", "geography", "text-expected"),
        ("product: 石灰", "product: {nmae: 石灰}", "product.nmae", "unknown-key"),
        ("period: 2024", "period: 2024-02-30/2024-12-31", "period.start", "date"),
        ("fuel: anthracite", "fuel: anthracite\n    transport: 3 km", "lines[1].kind", "missing"),
        ("factor: some_factor", "fuel: coal", "lines[0].fuel", "foreign-detail"),
        ("id: lime", "id: lime\nid: twice", "", "duplicate-key"),
        ("id: lime", "id: !!python/object:os.system lime", "", "tag"),
        ("id: lime", "id: *unknown", "", "alias"),
        ("id: lime", "id: [", "", "syntax"),
        ("id: lime", "? [a]\n: b", "", "key"),
        ("id: lime", "id: lime\n---\nid: second", "", "one-document"),
        ("lines:", "lines: 5\nliens:", "liens", "unknown-key"),
    ],
)
def test_one_mistake_one_message(old: str, new: str, field: str, code: str) -> None:
    found = _mistakes(SMALL.replace(old, new, 1))
    assert (field, code) in {(p.place.field, p.code) for p in found}
    assert all(p.what.zh and p.what.en and p.cure.zh and p.cure.en for p in found)


@pytest.mark.parametrize("data", ["", "5", "[]", "null", "a", "{}", '{"id": "a"}', "- a"])
def test_what_is_no_study_says_what_is_missing(data: str) -> None:
    assert _mistakes(data)


def test_yaml_words_are_text_where_text_is_meant() -> None:
    study = document.load(SMALL.replace("geography: CN", "geography: NO").encode())
    assert study.geography == "NO"
    study = document.load(SMALL.replace("amount: 0.12", "amount: 12e-2").encode())
    assert study.lines[1].quantity.amount == 0.12


def test_json_is_recognised_and_its_mistakes_are_located() -> None:
    study = document.load(SMALL.encode())
    data = document.dump(study, syntax="json")
    assert document.load(data) == study
    content = json.loads(data)
    content["processes"][0]["lines"][1]["quantity"]["amount"] = -1
    found = _mistakes(json.dumps(content), "a.json")
    assert [p.place.field for p in found] == ["processes[0].lines[1].quantity.amount"]
    assert _mistakes('{"id": 1,\n "id": 2}', "a.json")[0].code == "duplicate-key"
    assert _mistakes('{"id": 1,\n oops}', "a.json")[0].place.row == 2
    assert _mistakes('{"a": NaN}', "a.json")
    assert _mistakes('{"id": ' + "9" * 9999 + "}", "a.json")[0].code == "syntax"


def test_a_study_of_several_processes_keeps_them() -> None:
    content = document.to_dict(document.load(SMALL.encode()))
    second = copy.deepcopy(content["processes"][0]) | {"id": "kiln", "name": "窑"}
    for line in second["lines"]:
        line["id"] = f"k{line['id']}"
    second["lines"][0] |= {"kind": "sub_assembly", "sub_assembly": "main"}
    content["processes"].append(second)
    study = document.from_dict(content)
    assert study.processes[1].lines[0].detail == SubAssemblyDetail(process="main")
    assert document.load(document.dump(study)) == study


def test_no_more_than_structure_and_sense_is_asked() -> None:
    assert document.mistakes(document.to_dict(document.load(SMALL.encode()))) == ()
    assert [p.code for p in document.mistakes({})].count("missing") >= 5


_BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    "data",
    [
        _BOMB.encode(),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"a: " + b"{b: " * 200,
        b"\xff\xfe\x00\x00",
        b"a" * (21 * 1024 * 1024),
        SMALL.encode("utf-16"),
    ],
    ids=["alias bomb", "deep list", "deep json", "deep mapping", "not text", "too large", "utf-16"],
)
def test_unsafe_files_are_refused_before_anything_is_built(data: bytes) -> None:
    with pytest.raises(FileRefused) as caught:
        document.load(data, name="a")
    assert caught.value.problems[0].cure.zh


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
@example(b"? ")
@example(b"&a *a")
@example(b"a: &a [*a]")
@example(b"\xef\xbb\xbf")
def test_any_bytes_give_a_study_or_a_named_refusal(data: bytes) -> None:
    with suppress(ZujiError):
        document.load(data)


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "product", "unit", "boundary", "period", "lines", "processes", "kind", "quantity",
                 "amount", "fuel", "stages", "excluded", "outputs", "name", "scenarios", "changes"]
            ),
            inner,
            max_size=5,
        ),
        max_leaves=20,
    )
)  # fmt: skip
def test_any_json_gives_a_study_or_located_mistakes(value: object) -> None:
    found = document.mistakes(value)
    assert all(p.what.zh and p.what.en and p.cure.zh and p.cure.en for p in found)
    with suppress(InvalidInput):
        document.from_dict(value)
        assert not found
