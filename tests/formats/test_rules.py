"""Rule files: short forms, located mistakes, the same bytes on repeat, nothing lost on the way."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.errors import FileRefused, InvalidInput
from zuji.formats import rules, yaml_tree
from zuji.model.category_rules import (
    AllocationRule,
    BoundaryRule,
    CutOffRule,
    GwpRule,
    ProductCategoryRule,
    ProfileRule,
    QualityFloor,
    RuleItem,
    RuleStanding,
    SwitchChoice,
    UnitRule,
)
from zuji.model.lines import RecyclingMethod
from zuji.model.stages import Stage
from zuji.model.standards import Certainty, ProductCode, Scheme
from zuji.model.statements import Switch
from zuji.model.studies import AllocationMethod, BoundaryKind, UnitKind
from zuji.rules.resolving import resolve

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "data/rules").glob("*.yaml") if "provenance" not in path.name)
HEAD = "id: x\nversion: '1'\nname: 某产品\nstanding: demonstration\nsource: test\ncertainty: unconfirmed\n"


def read(text: str) -> ProductCategoryRule:
    return rules.load((HEAD + text).encode(), name="x.yaml")


def told(text: str) -> list[tuple[str, int | None, str]]:
    """(code, row, field) of every mistake that stops the loading of a file."""
    with pytest.raises(InvalidInput) as refused:
        read(text)
    return [(each.code, each.place.row, each.place.field) for each in refused.value]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("unit: 1 kWh", "unit", UnitRule(units=("kWh",), amount=1.0)),
        (
            "unit: 1 kWh\nboundary: cradle_to_gate",
            "unit",
            UnitRule(units=("kWh",), amount=1.0, kind=UnitKind.DECLARED),
        ),
        (
            "unit: 1 km\nboundary: {kinds: [cradle_to_grave]}",
            "unit",
            UnitRule(units=("km",), amount=1.0, kind=UnitKind.FUNCTIONAL),
        ),
        ("unit: kg", "unit", UnitRule(units=("kg",))),
        (
            "boundary: cradle_to_gate",
            "boundary",
            BoundaryRule(
                kinds=(BoundaryKind.CRADLE_TO_GATE,), required=(Stage.RAW_MATERIAL, Stage.MANUFACTURING)
            ),
        ),
        (
            "boundary: [cradle_to_gate, cradle_to_grave]",
            "boundary",
            BoundaryRule(kinds=(BoundaryKind.CRADLE_TO_GATE, BoundaryKind.CRADLE_TO_GRAVE)),
        ),
        ("cut_off: {each: 1 %, total: 5％}", "cut_off", CutOffRule(each=0.01, total=0.05)),
        ("allocation: physical", "allocation", AllocationRule(order=(AllocationMethod.PHYSICAL,))),
        ("gwp: AR6", "gwp", GwpRule(set="AR6")),
        ("use: required", "use", ProfileRule(required=True)),
        ("use: optional", "use", ProfileRule(required=False)),
        ("quality: PEF 2021", "quality", QualityFloor(scheme="PEF", version="2021")),
        ("switches: {capital_goods: exclude}", "switches", {Switch.CAPITAL_GOODS: SwitchChoice.EXCLUDE}),
        ("clauses: {gwp.set: 6.4}", "clauses", None),
        (
            "clauses: {gwp.set: '6.4', unit: {clause: '5', certainty: seen}}",
            "clauses",
            (
                RuleItem(item="gwp.set", clause="6.4"),
                RuleItem(item="unit", clause="5", certainty=Certainty.SEEN),
            ),
        ),
    ],
)
def test_short_forms(text: str, field: str, value: object) -> None:
    if value is None:
        assert told(text)[0][0] == "text-expected"  # 6.40 would lose its zero
    else:
        assert getattr(read(text), field) == value


def test_product_codes_are_read_with_their_scheme() -> None:
    assert read("scope: hs:7601").scope.products == (ProductCode(Scheme.HS, "7601"),)
    assert read("scope: {products: [hs:2208.90, zuji:baijiu]}").scope.products == (
        ProductCode(Scheme.HS, "220890"),
        ProductCode(Scheme.ZUJI, "baijiu"),
    )
    ((_, row, field),) = told("scope:\n  products:\n  - hs:220890\n  - hs:abc")
    assert (row, field) == (10, "scope.products[1]")


def test_every_mistake_is_told_at_once_with_row_field_and_the_nearest_key() -> None:
    with pytest.raises(InvalidInput) as refused:
        read("cutoff: {each: 1 %}\nboundary:\n  kinds: cradle_to_gte\nswitches:\n  capital_godds: include\n")
    found = {(each.place.row, each.place.field): each.cure.en for each in refused.value}
    assert found == {
        (7, "cutoff"): "did you mean “cut_off”?",
        (9, "boundary.kinds[0]"): "did you mean “cradle_to_gate”?",
        (11, "switches.capital_godds"): "did you mean “capital_goods”?",
    }


def test_what_is_required_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.load(b"id: x\n", name="x.yaml")
    assert {each.place.field for each in refused.value} == {
        "version",
        "name",
        "standing",
        "source",
        "certainty",
    }


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a: 1\n" * 300_000])
def test_files_that_are_no_rules_are_not_opened(data: bytes) -> None:
    with pytest.raises(FileRefused):
        rules.load(data, name="x.yaml")
    assert len(rules.mistakes(data, name="x.yaml")) == 1


def test_mistakes_of_meaning_stand_at_their_row_and_follow_no_other_mistake() -> None:
    text = "extends: gbt24067\ncut_off:\n  each: 10 %\nclauses:\n  cut_of: x\n  gwp.set: '6'\n"
    found = [(each.code, each.place.row) for each in rules.mistakes((HEAD + text).encode(), name="x.yaml")]
    assert found == [("cut-off-order", 9), ("clause-item", 11)]
    broken = "boundary: {kinds: cradle_to_gte, required: [use]}\nunit: {kind: declared}"
    assert [each.code for each in rules.mistakes((HEAD + broken).encode())] == ["unknown-choice"]


# ---------------------------------------------------------------- what is shipped


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_rules_are_sound_in_form_meaning_and_schema(path: Path) -> None:
    data = path.read_bytes()
    assert rules.mistakes(data, name=path.name) == ()
    jsonschema.Draft202012Validator(rules.schema()).validate(yaml_tree.parse(data.decode()))
    assert rules.load(data).id == path.stem


def test_shipped_rules_say_what_they_are_worth() -> None:
    book = rules.shipped()
    products = [rule for rule in book if rule.extends]
    assert len(products) >= 12
    for rule in products:
        assert rule.standing is RuleStanding.DEMONSTRATION
        assert "演示" in rule.note
        assert "demonstration" in rule.note_en
    for key in ("gbt24067", "pact-v3", "pef"):
        assert book.get(key).standing is RuleStanding.METHOD
    assert not any(rule.standing is RuleStanding.ADOPTED for rule in book)


def test_every_item_of_a_shipped_rule_has_a_clause_with_its_certainty() -> None:
    from zuji.rules.applying_changes import clause_of
    from zuji.rules.resolving_items import items, stated

    book = rules.shipped()
    unsupported = {
        (rule.key, path)
        for rule in (resolve(each, book) for each in book)
        for path, value in items(rule).items()
        if stated(value) and path.partition(".")[0] not in {"scope", "report"} and not clause_of(rule, path)
    }
    # a wording in the other language rests on the clause of the first
    assert {path for _, path in unsupported} <= {"allocation.property_en"}


def test_clauses_that_were_not_seen_say_so() -> None:
    for rule in rules.shipped():
        for clause in rule.clauses:
            if clause.clause.startswith("ISO 14067") or clause.clause == "演示":
                assert clause.certainty is Certainty.UNCONFIRMED, (rule.key, clause)


# ---------------------------------------------------------------- round trip

PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=12
)
TEXTS = st.one_of(
    PLAIN, st.sampled_from(["1e5", "no", "2024-01-01", "1 kWh", "hs:7601", "~", "0x1", "a: b", "- c"])
)
CODES = st.one_of(
    st.from_regex(r"[0-9]{6}", fullmatch=True).map(lambda code: ProductCode(Scheme.HS, code)),
    st.from_regex(r"[0-9]{1,5}", fullmatch=True).map(lambda code: ProductCode(Scheme.CPC, code)),
    st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True).map(
        lambda code: ProductCode(Scheme.ZUJI, code)
    ),
)


def strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field by its annotation, stated and unstated."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        (inner,) = (each for each in arguments if each is not NoneType)
        return st.none() | strategy(inner)
    if origin is tuple:
        return st.lists(strategy(arguments[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(strategy(arguments[0]), strategy(arguments[1]), max_size=4)
    if hint is str:
        return TEXTS
    if hint is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    if hint is int:
        return st.integers(-(10**9), 10**9)
    if hint is bool:
        return st.booleans()
    if hint is ProductCode:
        return CODES
    if hasattr(hint, "__dataclass_fields__"):
        hints = get_type_hints(hint)
        return st.builds(hint, **{name: strategy(each) for name, each in hints.items()})
    return st.sampled_from(list(hint))


@settings(max_examples=60, deadline=None)
@given(strategy(ProductCategoryRule))
def test_a_written_rule_reads_back_to_the_same_and_the_same_bytes(rule: ProductCategoryRule) -> None:
    written = rules.dump(rule)
    again = rules.load(written, name="x.yaml")
    assert again == rule
    assert rules.dump(again) == written
    jsonschema.Draft202012Validator(rules.schema()).validate(yaml_tree.parse(written.decode()))


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    validator = jsonschema.Draft202012Validator(rules.schema())
    jsonschema.Draft202012Validator.check_schema(rules.schema())
    good = (
        HEAD
        + "boundary: cradle_to_gate\nunit: 1 kg\ncut_off: {each: 1 %}\nuse: required\nclauses: {unit: a}\n"
    )
    assert validator.is_valid(yaml_tree.parse(good))
    for line in (
        "cutoff: 1",
        "boundary: cradle_to_gte",
        "switches: {x: include}",
        "scope: 7601",
        "period: {months: x}",
    ):
        with pytest.raises(InvalidInput):
            read(line)
        assert not validator.is_valid(yaml_tree.parse(HEAD + line)), line
    assert json.loads(json.dumps(rules.schema())) == rules.schema()


def test_recycling_methods_may_stand_alone() -> None:
    assert read("recycling: cff").recycling.methods == (RecyclingMethod.CFF,)


def test_provenance_stands_beside_the_rules_and_is_true() -> None:
    told = yaml.safe_load((ROOT / "data/rules/rules.provenance.yaml").read_text(encoding="utf-8"))
    book = list(rules.shipped())
    assert told["files"] == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES}
    assert told["rules"] == len(FILES) == len(book)
    assert told["standing"] == Counter(rule.standing.value for rule in book)
    assert told["certainty"] == Counter(rule.certainty.value for rule in book)
    assert all(source["title"] and source["publisher"] and source["licence"] for source in told["sources"])
