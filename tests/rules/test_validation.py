"""Contradictions in a rule are found, each at the item that mends it, and sound rules pass."""

import pytest

from zuji.formats import reference, rules
from zuji.formats.standards import tree
from zuji.model.category_rules import ProductCategoryRule
from zuji.quality.schemes import SCHEMES
from zuji.rules.book import RuleBook
from zuji.rules.validation import validate

HEAD = "id: x\nversion: '1'\nname: 某产品\nstanding: demonstration\nsource: test\ncertainty: unconfirmed\n"
DATA = reference.load()


def a_rule(text: str = "") -> ProductCategoryRule:
    return rules.load((HEAD + text).encode(), name="x.yaml")


def told(rule: ProductCategoryRule, book: RuleBook | None = None) -> list[tuple[str, str]]:
    """(code, field) of every mistake."""
    found = validate(
        rule, book or rules.shipped(), DATA.catalogue, gwp=DATA.gwp, schemes=SCHEMES, tree=tree()
    )
    for each in found:
        assert each.what.zh
        assert each.what.en
        assert each.cure.zh
        assert each.cure.en
    return [(each.code, each.place.field) for each in found]


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("scope: zuji:cheese", "", "scope.products[0]"),
        ("scope: {products: ['hs:7601', 'hs:7601']}", "repeated", "scope.products[1]"),
        ("scope: {products: ['hs:7601'], excluded: ['hs:7601']}", "scope-in-and-out", "scope.excluded[0]"),
        ("unit: {units: [kgg]}", "unit.unknown", "unit.units[0]"),
        ("unit: {units: [kWh, kg]}", "unit-dimension", "unit.units[1]"),
        ("unit: {units: [kWh, kWh-capacity]}", "unit-dimension", "unit.units[1]"),
        ("unit: {amount: 0}", "not-positive", "unit.amount"),
        (
            "boundary: {kinds: cradle_to_gate, required: [use]}",
            "stage-outside",
            "boundary.required",
        ),
        (
            "boundary: {kinds: cradle_to_grave, required: [use], may_exclude: [{stage: use, reason: x}]}",
            "stage-in-and-out",
            "boundary.may_exclude[0]",
        ),
        ("boundary: cradle_to_gate\nunit: {kind: functional}", "unit-and-boundary", "unit.kind"),
        ("boundary: cradle_to_grave\nunit: {kind: declared}", "unit-and-boundary", "unit.kind"),
        ("cut_off: {each: 5 %, total: 1 %}", "cut-off-order", "cut_off.each"),
        ("cut_off: {total: 1}", "cut-off-large", "cut_off.total"),
        ("cut_off: {total: 5}", "share-range", "cut_off.total"),
        ("allocation: [physical, physical]", "repeated", "allocation.order[1]"),
        ("required: [{id: a, name: 甲}]", "required-unfindable", "required[0]"),
        ("required: [{id: a.b, name: 甲, words: [甲]}]", "required-id", "required[0].id"),
        (
            "required: [{id: a, name: 甲, words: [甲]}, {id: a, name: 乙, words: [乙]}]",
            "repeated",
            "required[1].id",
        ),
        (
            "boundary: cradle_to_gate\nrequired: [{id: a, name: 甲, words: [甲], stage: use}]",
            "stage-outside",
            "required[0].stage",
        ),
        ("primary: {least_share: 120 %}", "share-range", "primary.least_share"),
        ("period: 0", "not-positive", "period.months"),
        ("period: {oldest_years: -1}", "not-positive", "period.oldest_years"),
        (
            "electricity: {grid_factors: [elec_cf_natonal_2024]}",
            "factor-unknown",
            "electricity.grid_factors[0]",
        ),
        ("electricity: {grid_factors: [mat_gbt51366_lime]}", "factor-kind", "electricity.grid_factors[0]"),
        ("gwp: AR9", "gwp.unknown", "gwp.set"),
        ("gwp: {set: AR6, accepted: [AR9]}", "gwp.unknown", "gwp.accepted[0]"),
        ("recycling: {methods: cut_off, a: 0.5}", "recycling-factor", "recycling.a"),
        ("recycling: {methods: cff, a: 2}", "share-range", "recycling.a"),
        ("use: {profiles: [{id: a, name: 甲}, {id: a, name: 乙}]}", "repeated", "use.profiles[1].id"),
        ("quality: PEFF 2021", "scheme-unknown", "quality.scheme"),
        ("quality: {worst: 3}", "scheme-missing", "quality"),
        ("quality: {scheme: PEF, version: '2021', worst: 6}", "score-range", "quality.worst"),
        ("quality: {scheme: PEF, version: '2021', worst: 0.5}", "score-range", "quality.worst"),
        ("report: {statements: [甲, 乙], statements_en: [one]}", "statements", "report.statements_en"),
        ("clauses: {gwpp: '6'}", "clause-item", "clauses[0].item"),
        ("clauses: {required.grain: '6'}", "clause-item", "clauses[0].item"),
        ("clauses: {gwp.set: '6'}", "clause-unstated", "clauses[0].item"),
        ("gwp: AR6\nclauses: {gwp.set: ' '}", "clause-missing", "clauses[0].clause"),
        ("extends: cheese", "unknown-rule", "extends"),
        ("extends: x\n", "unknown-rule", "extends"),
    ],
)
def test_one_mistake_is_found_where_it_is(text: str, code: str, field: str) -> None:
    found = told(a_rule(text))
    assert [each for _, each in found] == [field]
    assert found[0][0] == code or not code


def test_a_grid_co2_factor_is_never_taken_for_a_footprint_factor() -> None:
    co2 = next(factor.id for factor in DATA.catalogue if factor.kind.value == "grid_co2")
    assert told(a_rule(f"electricity: {{grid_factors: [{co2}]}}")) == [
        ("factor-kind", "electricity.grid_factors[0]")
    ]


def test_a_contradiction_with_what_is_taken_over_is_told_at_what_the_rule_itself_says() -> None:
    assert told(a_rule("extends: gbt24067\ncut_off: {total: 0.5 %}")) == [("cut-off-order", "cut_off.total")]
    assert told(a_rule("extends: gbt24067\nclauses: {gwp.set: '6'}")) == []
    assert told(a_rule("extends: cement\nunit: {kind: functional}")) == [("unit-and-boundary", "unit.kind")]


def test_a_circle_is_told_at_extends() -> None:
    first, second = (
        a_rule("extends: y"),
        rules.load(HEAD.replace("id: x", "id: y").encode() + b"extends: x\n"),
    )
    assert told(first, RuleBook([first, second])) == [("rule-cycle", "extends")]


def test_a_version_that_was_used_is_for_good() -> None:
    used, changed = a_rule("gwp: AR6"), a_rule("gwp: AR5")
    assert told(used, RuleBook([used])) == []
    assert told(changed, RuleBook([used])) == [("rule-changed", "version")]


@pytest.mark.parametrize(
    ("line", "field"),
    [("id: Cement One", "id"), ("version: 1@2", "version"), ("name: ' '", "name"), ("source: ' '", "source")],
)
def test_identity(line: str, field: str) -> None:
    key = line.partition(":")[0]
    lines = [line if each.startswith(f"{key}:") else each for each in HEAD.splitlines()]
    assert [each for _, each in told(rules.load("\n".join(lines).encode()))] == [field]


def test_an_adopted_rule_is_not_unconfirmed() -> None:
    text = HEAD.replace("demonstration", "adopted")
    assert told(rules.load(text.encode())) == [("standing-certainty", "certainty")]


def test_what_is_not_given_is_not_looked_at() -> None:
    rule = a_rule("electricity: {grid_factors: [nothing]}\ngwp: AR9\nquality: PEFF 1\nscope: zuji:cheese")
    assert validate(rule, rules.shipped()) == ()
