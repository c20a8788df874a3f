"""Aliases, qualifiers, slips of the pen, and elements."""

from dataclasses import replace

import pytest

from zuji.model.factors import Factor
from zuji.search import shipped
from zuji.search.names import item_key, plain_name
from zuji.search.spelling import Spelling
from zuji.search.substances import Substances
from zuji.search.wording import EXACT, Alias, Wording


def wording(factors: tuple[Factor, ...], *rows: tuple[str, str]) -> Wording:
    return Wording(factors, [Alias(alias=a, target=t) for a, t in rows], ["外购", "散装"])


def test_every_shipped_alias_points_to_a_factor_that_exists(factors: tuple[Factor, ...]) -> None:
    for row in shipped.aliases():
        assert Wording(factors, [row], ()).aliases, f"{row.alias} -> {row.target}"


def test_no_shipped_row_stands_twice() -> None:
    rows = [(item_key(row.alias), row.target) for row in shipped.aliases()]
    assert len(rows) == len(set(rows))


def test_no_shipped_alias_guesses_where_the_library_has_no_factor(factors: tuple[Factor, ...]) -> None:
    known = set(Wording(factors, shipped.aliases(), ()).aliases)
    assert known.isdisjoint({"元明粉", "双氧水", "氨水", "碳酸锂", "硫酸", "盐酸"})


def test_the_whole_text_is_surer_than_a_part_and_a_noun_surer_than_a_modifier(
    factors: tuple[Factor, ...],
) -> None:
    words = wording(factors, ("PVC", "聚氯乙烯"))
    whole, noun, modifier = (words.hits(text)[0].score for text in ("ＰＶＣ", "改性PVC", "PVC电缆"))
    assert whole == EXACT
    assert EXACT > noun > modifier
    assert modifier <= 0.5


def test_qualifiers_do_not_weaken_an_alias(factors: tuple[Factor, ...]) -> None:
    words = wording(factors, ("螺纹钢", "热轧带肋钢筋"))
    assert words.hits("外购螺纹钢")[0].score == EXACT
    assert words.without_qualifiers("散装") == "散装"


def test_latin_aliases_are_whole_words(factors: tuple[Factor, ...]) -> None:
    words = wording(factors, ("PP", "聚丙烯"))
    assert words.hits("PP粒子")
    assert not words.hits("PPR管")
    assert not words.hits("PP-R管")
    assert not words.hits("apple")


def test_a_single_character_is_an_alias_only_alone(factors: tuple[Factor, ...]) -> None:
    words = wording(factors, ("水", "自来水"))
    assert words.hits("水")
    assert not words.hits("双氧水")


def test_the_longest_alias_wins_and_hides_those_inside(factors: tuple[Factor, ...]) -> None:
    words = wording(factors, ("石灰", "石灰"), ("熟石灰", "消石灰"))
    assert [hit.alias for hit in words.hits("袋装熟石灰粉料")] == ["熟石灰"]


def test_an_alias_without_any_factor_falls_away(factors: tuple[Factor, ...]) -> None:
    assert not wording(factors, ("元明粉", "硫酸钠")).hits("元明粉")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("聚乙稀", "聚乙烯"),
        ("铝碇", "铝锭"),
        ("螺蚊钢", "螺纹钢"),
        ("electrcity", "electricity"),
        ("水泥", "水泥"),
    ],
)
def test_slips_of_the_pen_are_put_right(factors: tuple[Factor, ...], written: str, meant: str) -> None:
    spelling = Spelling(["聚乙烯", "铝锭", "螺纹钢", "electricity", "水泥"], shipped.lookalikes())
    assert spelling.corrected(written) == meant


def test_a_known_word_is_never_corrected_into_another() -> None:
    spelling = Spelling(["ethylene", "methylene", "天然气", "蒸汽"], [("汽", "气"), ("气", "汽")])
    for text in ("ethylene", "methylene", "天然气", "蒸汽"):
        assert spelling.corrected(text) == text


def test_another_element_is_another_substance() -> None:
    agreement = Substances(["氢氧化钠", "氢氧化锂", "sodium hydroxide", "水泥"]).agreement("氢氧化锂")
    assert agreement[1] == 1.0
    assert agreement[0] < 0.6
    assert agreement[2] == 1.0
    assert agreement[3] < 1.0
    assert (Substances(["氢氧化钠", "水泥"]).agreement("水泥") == 1.0).all()


def test_plain_names_have_no_brackets_and_no_marks(factors: tuple[Factor, ...]) -> None:
    assert plain_name("石灰(市场平均)") == "石灰"
    assert plain_name("（备注）") == "备注"
    renamed = replace(factors[0], aliases=("烧碱",))
    assert Wording([renamed], [Alias(alias="火碱", target="烧碱")], ()).hits("火碱")
