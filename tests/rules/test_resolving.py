"""A rule takes over what it does not state, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.formats.test_rules import strategy
from zuji.errors import InvalidInput
from zuji.formats import rules
from zuji.model.category_rules import (
    CutOffRule,
    ProductCategoryRule,
    RequiredItem,
    RuleItem,
    RuleStanding,
    SwitchChoice,
)
from zuji.model.standards import Certainty
from zuji.model.statements import Switch
from zuji.rules.book import RuleBook
from zuji.rules.resolving import chain, origins, resolve
from zuji.rules.resolving_items import items, stated


def a_rule(name: str, extends: str = "", **items: object) -> ProductCategoryRule:
    return ProductCategoryRule(
        id=name,
        version="1",
        name=name,
        standing=RuleStanding.DEMONSTRATION,
        extends=extends,
        source="test",
        certainty=Certainty.UNCONFIRMED,
        **items,  # type: ignore[arg-type]
    )


def test_unstated_items_come_from_the_base_field_by_field() -> None:
    base = a_rule("base", cut_off=CutOffRule(each=0.01, total=0.05, never=("汞",)))
    own = a_rule("own", "base", cut_off=CutOffRule(total=0.03))
    resolved = resolve(own, RuleBook([base, own]))
    assert resolved.cut_off == CutOffRule(each=0.01, total=0.03, never=("汞",))
    assert (resolved.id, resolved.name, resolved.extends) == ("own", "own", "base")


def test_switches_and_required_items_are_joined_by_their_names() -> None:
    base = a_rule(
        "base",
        switches={Switch.STORAGE: SwitchChoice.OPTIONAL, Switch.CAPITAL_GOODS: SwitchChoice.INCLUDE},
        required=(RequiredItem(id="a", name="甲"), RequiredItem(id="b", name="乙")),
    )
    own = a_rule(
        "own",
        "base@1",
        switches={Switch.CAPITAL_GOODS: SwitchChoice.EXCLUDE},
        required=(RequiredItem(id="c", name="丙"), RequiredItem(id="a", name="甲二")),
    )
    resolved = resolve(own, RuleBook([base, own]))
    assert resolved.switches == {
        Switch.STORAGE: SwitchChoice.OPTIONAL,
        Switch.CAPITAL_GOODS: SwitchChoice.EXCLUDE,
    }
    assert [item.name for item in resolved.required] == ["甲二", "乙", "丙"]


def test_a_clause_never_stands_beside_a_value_that_its_rule_did_not_give() -> None:
    base = a_rule(
        "base",
        cut_off=CutOffRule(each=0.01, total=0.05),
        clauses=(RuleItem(item="cut_off", clause="base 5"), RuleItem(item="gwp.set", clause="base 6")),
    )
    own = a_rule("own", "base", cut_off=CutOffRule(total=0.03))
    clauses = {each.item: each.clause for each in resolve(own, RuleBook([base, own])).clauses}
    assert clauses == {"cut_off.each": "base 5", "gwp.set": "base 6"}


def test_the_nearest_rule_is_the_origin_of_an_item() -> None:
    book = rules.shipped()
    found = origins(book.get("baijiu-strong-aroma"), book)
    assert found["gwp.set"] == "gbt24067@1"
    assert found["switches.capital_goods"] == "baijiu-strong-aroma@1"
    assert found["required.grain"] == "baijiu-strong-aroma@1"
    assert "primary.least_share" not in found


@pytest.mark.parametrize("extends", ["missing", "missing@1", "gbt24067@99"])
def test_an_unknown_base_is_named_with_those_that_exist(extends: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        resolve(a_rule("own", extends), rules.shipped())
    (told,) = refused.value.problems
    assert extends in told.what.zh
    assert told.place.field == "extends"
    assert "gbt24067@1" in told.cure.en


def test_a_circle_is_refused_and_shown() -> None:
    first, second = a_rule("first", "second"), a_rule("second", "first")
    with pytest.raises(InvalidInput, match="first@1 → second@1 → first@1"):
        resolve(first, RuleBook([first, second]))
    itself = a_rule("itself", "itself")
    with pytest.raises(InvalidInput, match="itself@1 → itself@1"):
        resolve(itself, RuleBook([itself]))


def test_resolving_twice_changes_nothing() -> None:
    book = rules.shipped()
    for rule in book:
        resolved = resolve(rule, book)
        assert resolve(resolved, book) == resolved


def test_a_chain_of_three() -> None:
    one = a_rule("one", cut_off=CutOffRule(each=0.01), basis=("A",))
    two = a_rule("two", "one", cut_off=CutOffRule(total=0.05), basis=("B", "A"))
    three = a_rule("three", "two", cut_off=CutOffRule(never=("x",)))
    book = RuleBook([one, two, three])
    assert [each.id for each in chain(three, book)] == ["three", "two", "one"]
    resolved = resolve(three, book)
    assert resolved.cut_off == CutOffRule(each=0.01, total=0.05, never=("x",))
    assert resolved.basis == ("B", "A")
    assert resolve(replace(three, extends=""), book).cut_off == CutOffRule(never=("x",))


@settings(max_examples=60, deadline=None)
@given(strategy(ProductCategoryRule), strategy(ProductCategoryRule))
def test_what_a_rule_states_wins_and_what_it_does_not_state_is_its_bases(
    own: ProductCategoryRule, base: ProductCategoryRule
) -> None:
    base = replace(base, id="base", version="1", extends="", required=_once(base.required))
    own = replace(own, id="own", version="1", extends="base", required=_once(own.required))
    book = RuleBook([base, own])
    resolved = resolve(own, book)
    ours, theirs = items(own), items(base)
    for path, value in items(resolved).items():
        assert value == (ours[path] if stated(ours.get(path)) else theirs.get(path))
    assert set(origins(own, book)) == {path for path, value in items(resolved).items() if stated(value)}
    assert resolve(resolved, book) == resolved
    assert resolve(base, book) == base


def _once(required: tuple[RequiredItem, ...]) -> tuple[RequiredItem, ...]:
    """Items without a second one of the same id, which `validate` refuses."""
    return tuple({item.id: item for item in required}.values())
