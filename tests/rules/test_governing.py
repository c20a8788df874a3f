"""Which rule governs: exactly one or none, with the reason, on any day, in any order of the registry."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.registers import PRODUCTS, STRONG, days, registries, standard
from zuji.formats import standards as shipped
from zuji.model.standards import Certainty, StandardKind, StandardLevel
from zuji.rules.classification import code_of
from zuji.rules.governing import ABROAD, applies_in, governing

TREE = shipped.tree()
DAY = date(2026, 1, 1)


def answer(standards, on: date = DAY, product: str = STRONG, region: str = "CN-SC", **options):
    return governing(standards, TREE, [code_of(product)], on, region, **options)


def number(found) -> str:
    return found.standard.number if found.standard else ""


def test_a_national_rule_comes_before_industry_local_group_and_enterprise():
    levels = ["enterprise", "group", "local", "industry", "national"]
    rules = [standard(level, level) for level in levels]
    for kept in range(len(levels), 0, -1):
        assert number(answer(rules[:kept])) == levels[kept - 1]
    found = answer(rules)
    assert [each.number for each in found.candidates] == list(reversed(levels))
    assert "industry" in found.reason.en


def test_a_local_rule_holds_only_in_its_region():
    rules = [standard("DB51", "local")]
    assert number(answer(rules)) == "DB51"
    elsewhere = answer(rules, region="CN-SN")
    assert elsewhere.standard is None
    assert "DB51" in elsewhere.reason.zh


def test_a_city_follows_its_province_but_not_the_reverse():
    city = standard("DB3306", "local", region="CN-ZJ-3306")
    province = standard("DB33", "local", region="CN-ZJ")
    assert applies_in(province, "CN-ZJ-3306")
    assert applies_in(city, "CN-ZJ-3306")
    assert not applies_in(city, "CN-ZJ")
    assert not applies_in(standard("x", "local", region="CN-S"), "CN-SC")


def test_the_narrower_scope_wins_within_a_level_even_if_older():
    wide = standard("wide", scope="zuji:food-beverage", in_force=date(2025, 6, 1))
    narrow = standard("narrow", scope=STRONG)
    found = answer([wide, narrow])
    assert number(found) == "narrow"
    assert "narrower" in found.reason.en


def test_a_wide_national_rule_still_beats_a_narrow_group_rule():
    assert number(answer([standard("N", scope="zuji:food-beverage"), standard("T", "group", STRONG)])) == "N"


def test_the_later_rule_wins_where_scopes_stand_level():
    found = answer([standard("old"), standard("new", in_force=date(2025, 3, 1))])
    assert number(found) == "new"
    assert "2025-03-01" in found.reason.zh


def test_a_remaining_tie_is_not_decided_and_names_both():
    found = answer([standard("one"), standard("two")])
    assert found.standard is None
    assert "one" in found.reason.en
    assert "two" in found.reason.en


def test_a_replaced_rule_no_longer_governs():
    old = standard("old", scope=STRONG)
    new = standard("new", scope="zuji:baijiu", in_force=date(2025, 7, 1), replaces=("old",))
    assert number(answer([old, new])) == "new"
    assert number(answer([old, new], on=date(2025, 6, 30))) == "old"
    assert "replaced: old" in answer([old, new]).reason.en


def test_international_and_foreign_rules_are_listed_and_never_govern():
    rules = [standard("ISO", "international"), standard("JIS", "foreign")]
    found = answer(rules)
    assert found.standard is None
    assert [each.number for each in found.candidates] == ["ISO", "JIS"]
    assert "ISO" in found.reason.en


def test_unconfirmed_and_demonstration_rules_govern_only_when_asked_for():
    unsure = standard("T/1", "group", certainty=Certainty.UNCONFIRMED)
    shown = standard("DEMO", "group", demonstration=True, in_force=date(2025, 2, 1))
    found = answer([unsure, shown])
    assert found.standard is None
    assert "T/1" in found.reason.zh
    assert "DEMO" in found.reason.zh
    assert number(answer([unsure, shown], including_unconfirmed=True)) == "T/1"
    assert number(answer([unsure, shown], including_demonstrations=True)) == "DEMO"


def test_only_product_rules_govern_and_the_general_standard_stands_in():
    general = standard("GB/T 1", scope="", kind=StandardKind.GENERAL)
    guide = standard("CNCA", kind=StandardKind.CERTIFICATION_GUIDE)
    found = answer([general, guide])
    assert found.standard is None
    assert found.general is general
    assert answer([general], on=date(2024, 12, 31)).general is None
    assert answer([general, standard("GB/T 2")]).general is None


def test_a_rule_without_a_known_date_never_governs_but_is_named():
    found = answer([standard("T/9", "group", in_force=None)])
    assert found.standard is None
    assert "T/9" in found.reason.en


def test_a_rule_that_covers_the_product_only_in_part_is_named():
    found = answer([standard("GB eaf", scope="zuji:steel-eaf")], product="hs:7208")
    assert found.standard is None
    assert "in part: GB eaf" in found.reason.en


def test_a_product_without_codes_has_no_rule():
    found = governing([standard("GB")], TREE, [], DAY)
    assert found.standard is None
    assert "no code" in found.reason.en


def test_any_code_of_a_product_finds_its_rule():
    rule = standard("GB", scope="zuji:lithium-ion-battery")
    for code in ("hs:850760", "hs:85076000", "zuji:battery-traction"):
        assert number(answer([rule], product=code)) == "GB"
    assert number(governing([rule], TREE, [code_of("cpc:46420"), code_of("hs:850760")], DAY)) == "GB"


def test_the_shipped_registry_answers_past_days():
    day = date(2024, 12, 29)
    registry = shipped.registry()
    assert number(answer(registry, on=day)) == "DB51/T 3209-2024"
    before = answer(registry, on=day - timedelta(days=1))
    assert before.standard is None
    assert before.general is not None
    assert before.general.number == "GB/T 24067-2024"


@given(rules=registries(), on=days, product=st.sampled_from(PRODUCTS), seed=st.randoms(use_true_random=False))
def test_the_answer_holds_covers_and_does_not_depend_on_order(rules, on, product, seed):
    found = answer(rules, on=on, product=product)
    shuffled = list(rules)
    seed.shuffle(shuffled)
    assert answer(shuffled, on=on, product=product) == found
    assert found.reason.zh
    assert found.reason.en
    for each in found.candidates:
        assert each.holds(on)
        assert each.certainty is not Certainty.UNCONFIRMED
        assert not each.demonstration
        assert TREE.covers_any(each.scope, [code_of(product)])
    if found.standard is None:
        return
    assert found.standard in found.candidates
    assert found.standard.holds(on)
    assert found.standard.level not in ABROAD
    assert found.standard.certainty is not Certainty.UNCONFIRMED
    assert not found.standard.demonstration
    assert TREE.covers_any(found.standard.scope, [code_of(product)])
    assert applies_in(found.standard, "CN-SC")
    order = list(StandardLevel)
    alive = [each for each in found.candidates if each.level not in ABROAD]
    assert order.index(found.standard.level) == min(order.index(each.level) for each in alive)


@given(rules=registries(), product=st.sampled_from(PRODUCTS))
def test_the_answer_changes_only_on_days_on_which_something_begins_or_ends(rules, product):
    events = sorted({day for each in rules for day in (each.in_force, each.withdrawn) if day})
    for begin, end in itertools.pairwise(events):
        last = end - timedelta(days=1)
        assert answer(rules, on=begin, product=product).standard == (
            answer(rules, on=last, product=product).standard
        )
    if events:
        assert answer(rules, on=events[0] - timedelta(days=1), product=product).standard is None


@given(rules=registries(), on=days)
def test_without_its_winner_the_registry_gives_another_or_none(rules, on):
    found = answer(rules, on=on)
    if found.standard is not None:
        rest = [each for each in rules if each is not found.standard]
        assert answer(rest, on=on).standard != found.standard


@pytest.mark.parametrize("product", ["zuji:cement", "zuji:glyphosate", "zuji:vanadium-titanium"])
def test_products_without_a_confirmed_rule_have_none(product):
    assert answer(shipped.registry(), product=product).standard is None
