"""The shipped registry and its readers: true to their provenance, and every mistake located."""

import csv
import hashlib
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import InvalidInput, ZujiError
from zuji.formats import standards
from zuji.formats.reference import default_directory
from zuji.formats.standards.register import BODY_COLUMNS, STANDARD_COLUMNS
from zuji.model.standards import Certainty, DraftingRole, Scheme, Standard, StandardKind, StandardLevel

DATA = default_directory()
TABLES = sorted(
    path
    for path in (*(DATA / "standards").glob("*.csv"), *(DATA / "classification").glob("*.csv"))
    if path.name != "sources.csv"
)
TREE = standards.tree()


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_provenance_stands_beside_the_table_and_is_true(path):
    told = yaml.safe_load(path.with_suffix(".provenance.yaml").read_text(encoding="utf-8"))
    rows = rows_of(path)
    used = {
        each for row in rows for key in ("source", "evidence") for each in row.get(key, "").split(";") if each
    }
    assert told["file"] == path.name
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["rows"] == len(rows)
    assert {source["id"] for source in told["sources"]} == used
    assert used <= standards.sources().keys()
    assert all(source["title"] and source["licence"] for source in told["sources"])
    if "certainty" in rows[0]:
        assert told["certainty"] == Counter(row["certainty"] for row in rows)


def test_every_source_of_the_register_is_used():
    used = {
        each
        for path in TABLES
        for row in rows_of(path)
        for key in ("source", "evidence")
        for each in row.get(key, "").split(";")
    }
    assert standards.sources().keys() - used == set()


def test_every_node_has_both_names_and_a_source_where_it_has_codes():
    for node in TREE:
        assert node.name.zh, node.id
        assert node.name.en, node.id
        assert bool(node.codes or node.within) == bool(node.source), node.id
        assert (node.certainty is Certainty.UNCONFIRMED) == (not node.source), node.id
        assert all(code.scheme is not Scheme.ZUJI for code in (*node.codes, *node.within))
    names = Counter(name for node in TREE for name in (node.name.zh, node.name.en, *node.words))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("product", "code"),
    [
        ("cement", "hs:252329"),
        ("electricity", "hs:271600"),
        ("ammonia", "cpc:34651"),
        ("lithium-ion-battery", "hs:850760"),
        ("pv-module", "hs:854143"),
        ("flat-glass", "hs:7005"),
        ("tyre", "hs:401110"),
        ("lime", "cpc:37420"),
        ("ferroalloy", "hs:720292"),
        ("new-energy-vehicle", "hs:870380"),
    ],
)
def test_well_known_codes_stand_under_their_products(product, code):
    assert TREE.covers(TREE.node(product).code, TREE.parse(code))


def test_the_lists_of_the_plans_are_whole_and_each_item_is_mapped_or_says_why_not():
    listed = Counter(item.list for item in standards.lists())
    assert listed["sc-national-19"] == 19
    assert listed["sc-local"] == 5
    assert listed["sc-priority-13"] == 13
    assert listed["sc-consumer-6"] == 6
    assert listed["sc-export-5"] == 5
    assert listed["sn-first-5"] == 5
    assert listed["cn-catalogue-1"] == 17
    unmapped = [item for item in standards.lists() if not item.nodes]
    assert [item.list for item in unmapped] == ["gba-35"]
    assert all(item.note for item in unmapped)
    assert all(item.item.zh and item.item.en and item.clause for item in standards.lists())


def by_number(number: str) -> Standard:
    return next(each for each in standards.registry() if each.number == number)


def test_the_registry_holds_what_was_found_at_its_certainty():
    baijiu = by_number("DB51/T 3209-2024")
    assert (baijiu.issued, baijiu.in_force) == (date(2024, 12, 3), date(2024, 12, 29))
    assert (baijiu.level, baijiu.region, baijiu.certainty) == (StandardLevel.LOCAL, "CN-SC", Certainty.SEEN)
    assert by_number("GB/T 45441-2025").in_force == date(2025, 9, 1)
    for number in ("GB/T 45540-2025", "T/CCPIA 260-2024", "T/JSGT 018-2024"):
        assert by_number(number).certainty is Certainty.UNCONFIRMED
    assert by_number("CNCA-CFP-00:2025").kind is StandardKind.CERTIFICATION_GUIDE
    assert by_number("DB3306/T 069-2024").region == "CN-ZJ-3306"


def test_the_conflict_about_the_general_standard_is_told():
    note = by_number("GB/T 24067-2024").note
    assert "2024-10-01" in note
    assert "2025-03-01" in note


def test_rules_that_follow_a_standard_are_shipped():
    from zuji.formats import rules

    named = [each.rule for each in standards.registry() if each.rule]
    assert named
    assert all(rule in rules.shipped() for rule in named)


def test_nothing_invented_stands_in_the_registry():
    text = (DATA / "standards" / "standards.csv").read_text(encoding="utf-8")
    for rumour in ("GB/T 24067-2025", "GB/T 51100-2026", "89号"):
        assert rumour not in text
    for each in standards.registry():
        assert each.source, each.number
        if each.certainty is not Certainty.SEEN:
            assert each.note, each.number


FIRST = {
    "number": "GB/T 1-2025",
    "name": "某标准",
    "level": "national",
    "kind": "product",
    "scope": "zuji:cement;hs:2523",
    "issued": "2025-01-01",
    "in_force": "2025-06-01",
    "source": "公告",
    "certainty": "seen",
}


def table(columns, *rows: dict[str, str]) -> bytes:
    lines = [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in rows)]
    return "\n".join(lines).encode()


def load(*rows: dict[str, str], bodies: bytes = b"") -> tuple[Standard, ...]:
    return standards.load_standards(table(STANDARD_COLUMNS, *rows), bodies, tree=TREE)


def test_a_row_becomes_a_standard_with_its_bodies():
    bodies = table(
        BODY_COLUMNS,
        {"number": "GB/T 1-2025", "name": "甲院", "role": "lead", "region": "CN-SC", "evidence": "前言"},
    )
    (found,) = load(FIRST, bodies=bodies)
    assert [str(code) for code in found.scope] == ["zuji:cement", "hs:2523"]
    assert found.holds(date(2025, 6, 1))
    assert not found.holds(date(2025, 5, 31))
    assert (found.bodies[0].role, found.bodies[0].evidence) == (DraftingRole.LEAD, "前言")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("number", "", "missing"),
        ("name", "", "missing"),
        ("source", "", "missing"),
        ("level", "provincial", "choice"),
        ("kind", "", "missing"),
        ("certainty", "sure", "choice"),
        ("demonstration", "yes", "choice"),
        ("in_force", "2024-12-31", "date-order"),
        ("withdrawn", "2025-05-01", "date-order"),
        ("issued", "1 Jan 2025", "date"),
        ("scope", "zuji:no-such", "unknown-product"),
        ("scope", "hs:25.2", "product-code"),
        ("region", "CN-SC", "region"),
        ("replaces", "GB/T 0-2020", "unknown-standard"),
        ("replaces", "GB/T 1-2025", "self"),
        ("converted_from", "T/9-2020", "unknown-standard"),
    ],
)
def test_a_mistake_is_located_by_file_row_and_field(field, value, code):
    with pytest.raises(InvalidInput) as refused:
        load({**FIRST, "number": "GB/T 2-2025"}, {**FIRST, field: value})
    places = [(each.code, each.place.file, each.place.row, each.place.field) for each in refused.value]
    assert (code, "standards.csv", 3, field) in places
    assert all(each.cure.zh and each.cure.en for each in refused.value)


def test_all_mistakes_are_told_at_once():
    with pytest.raises(InvalidInput) as refused:
        load({**FIRST, "level": "x", "issued": "y"}, FIRST, {**FIRST, "level": "local"})
    found = {(each.code, each.place.row) for each in refused.value}
    assert found == {
        ("choice", 2),
        ("date", 2),
        ("double-standard", 3),
        ("double-standard", 4),
        ("region", 4),
    }


def test_a_replaced_standard_outside_the_registry_is_explained_in_the_note():
    (found,) = load({**FIRST, "replaces": "GB/T 0-2020", "note": "GB/T 0-2020 未登记"})
    assert found.replaces == ("GB/T 0-2020",)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"number": "GB/T 9", "name": "甲", "role": "lead"}, "unknown-standard"),
        ({"number": "GB/T 1-2025", "name": "甲", "role": "boss"}, "choice"),
        ({"number": "GB/T 1-2025", "name": "甲", "role": "lead", "region": "CN-XX"}, "region"),
    ],
)
def test_mistakes_about_bodies_are_located_in_their_own_file(row, code):
    with pytest.raises(InvalidInput) as refused:
        load(FIRST, bodies=table(BODY_COLUMNS, row))
    assert [(each.code, each.place.file, each.place.row) for each in refused.value] == [
        (code, "bodies.csv", 2)
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"number,name\nx,y", b"\xff\xfe", b'number,"name\n', table(STANDARD_COLUMNS) + b"\nGB/T 1,too,few"],
)
def test_files_of_another_shape_are_refused(content):
    with pytest.raises(InvalidInput) as refused:
        standards.load_standards(content, tree=TREE, name="mine.csv")
    assert all(each.place.file == "mine.csv" for each in refused.value)


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_comes_is_read_or_refused(content):
    for head in (b"", table(STANDARD_COLUMNS) + b"\n"):
        with suppress(ZujiError):
            standards.load_standards(head + content, tree=TREE)


def test_a_faulty_product_list_is_refused_with_its_row():
    head = (DATA / "classification" / "products.csv").read_text(encoding="utf-8").splitlines()[0]
    rows = (
        "a,,甲,A,9,,,,,part,x,",
        "b,nowhere,乙,B,414311,,,,,part,x,",
        "C,,丙,,,,,,,part,x,",
    )
    with pytest.raises(InvalidInput) as refused:
        standards.load_tree("\n".join((head, *rows)).encode())
    assert {(each.place.row, each.place.field) for each in refused.value} == {
        (3, "cpc"),
        (4, "id"),
        (4, "name_en"),
    }
    with pytest.raises(InvalidInput) as refused:
        standards.load_tree("\n".join((head, "b,nowhere,乙,B,,,,,,part,,")).encode(), name="p.csv")
    assert [(each.code, each.place.row) for each in refused.value] == [("unknown-parent", 2)]


def test_figures_of_targets_and_parameters_are_checked():
    with pytest.raises(InvalidInput) as refused:
        standards.load_targets(
            "region,by,number,name,name_en,clause,source\nCN-XX,soon,2.5,目标,,,\n".encode()
        )
    assert {each.place.field for each in refused.value} == {"region", "by", "number", "clause"}
    heads = "key,value,unit,name,name_en,clause,source,certainty,note"
    with pytest.raises(InvalidInput) as refused:
        standards.load_parameters(f"{heads}\nk,x,,甲,,,,seen,\nk,1,,甲,,,,seen,".encode())
    assert {(each.code, each.place.row) for each in refused.value} == {("number", 2), ("double-key", 3)}


def test_missing_bounds_are_refused():
    from zuji.formats.standards.parameters import bounds_of

    with pytest.raises(InvalidInput, match=r"selection\.least"):
        bounds_of({})
