"""The benchmark as a promise. The held-out half was written first and no alias was added for it."""

from collections import Counter

import pytest

from benchmarks import matching
from zuji.model.factors import Factor
from zuji.search import embed, shipped
from zuji.search.embed import Embedder
from zuji.search.match import Matcher
from zuji.search.names import item_key

ITEMS = matching.load()


def half(name: str) -> list[matching.Item]:
    return [item for item in ITEMS if item.half == name]


def test_there_are_enough_items_and_none_stands_twice() -> None:
    halves = Counter((item.half, bool(item.accept)) for item in ITEMS)
    assert all(halves[name, True] >= 80 and halves[name, False] >= 15 for name in matching.HALVES)
    assert len({item_key(item.text) for item in ITEMS}) == len(ITEMS)


def test_every_accepted_factor_exists(factors: tuple[Factor, ...]) -> None:
    ids = [factor.id for factor in factors]
    for item in ITEMS:
        for pattern in item.accept:
            assert any(matching.fnmatchcase(i, pattern) for i in ids), f"{item.text}: {pattern}"


def test_all_items_as_lines(full_matcher: Matcher) -> None:
    result = matching.evaluate(full_matcher, ITEMS)
    assert result.five >= 0.95
    assert result.first >= 0.75
    assert result.rejected >= 0.8


def test_the_held_out_half(full_matcher: Matcher) -> None:
    result = matching.evaluate(full_matcher, half("held_out"))
    assert result.five >= 0.88
    assert result.first >= 0.75
    assert result.rejected >= 0.8


def test_without_meaning_it_is_still_of_use(matcher: Matcher) -> None:
    result = matching.evaluate(matcher, ITEMS)
    assert result.five >= 0.85
    assert result.first >= 0.8
    assert result.rejected >= 0.95


@pytest.mark.parametrize("step", ["aliases", "meaning"])
def test_each_step_of_the_ladder_helps(factors: tuple[Factor, ...], full_matcher: Matcher, step: str) -> None:
    items = half("held_out")
    without = Matcher(factors) if step == "meaning" else Matcher(factors, shipped_embedder(), aliases=())
    assert matching.evaluate(full_matcher, items).mrr > matching.evaluate(without, items).mrr


def shipped_embedder() -> Embedder:
    found = embed.shipped_embedder()
    assert found is not None
    return found


def test_no_alias_is_an_item_without_a_factor() -> None:
    unknown = {item_key(item.text) for item in ITEMS if not item.accept}
    assert unknown.isdisjoint(item_key(row.alias) for row in shipped.aliases())


def test_no_alias_is_a_held_out_wording() -> None:
    held_out = {item_key(item.text) for item in half("held_out")}
    assert held_out.isdisjoint(item_key(row.alias) for row in shipped.aliases())
