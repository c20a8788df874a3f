"""One tokenizer for SQLite, PostgreSQL and memory."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.search.tokens import folded, index_text, is_cjk, query_terms, tokens

MIXED = st.text(
    st.sampled_from("水泥熟料钢筋普通硅酸盐电力PpOo·.-/ 4253HRBhrb（）()，,%²ＰＯ５ é"), max_size=40
)


def test_chinese_gives_characters_and_pairs() -> None:
    assert tokens("水泥") == ["水", "泥", "水泥"]
    assert tokens("硅酸盐水泥")[-4:] == ["硅酸", "酸盐", "盐水", "水泥"]


@pytest.mark.parametrize(
    ("spellings", "shared"),
    [
        (("P·O 42.5", "P.O 42.5", "ＰＯ　４２．５", "p•o 42.5", "PO42.5"), {"po", "42p5"}),
        (("PP-R", "PPR", "pp-r"), {"ppr"}),
        (("HRB400", "hrb400", "ＨＲＢ４００", "HRB-400"), {"hrb400", "hrb", "400"}),
        (("m³", "m3", "Ｍ３"), {"m3"}),
        (("CO₂", "co2"), {"co2"}),
        (("batteries", "Battery"), {"battery"}),
    ],
)
def test_spellings_of_one_thing_share_their_tokens(spellings: tuple[str, ...], shared: set[str]) -> None:
    for spelling in spellings:
        assert shared <= set(tokens(spelling)), spelling


def test_a_specification_code_is_kept_whole_and_in_pieces() -> None:
    assert tokens("HRB400E") == ["hrb400e", "hrb", "400"]
    assert tokens("PO42.5R") == ["po42p5r", "po", "42p5"]


def test_units_stay_words() -> None:
    assert tokens("t·km") == ["tkm"]
    assert "m2" in tokens("100 ㎡")


def test_two_spellings_that_differ_in_meaning_stay_apart() -> None:
    assert set(tokens("42.5")).isdisjoint(tokens("425"))
    assert tokens("glass") == ["glass"]


@given(MIXED)
def test_tokens_are_letters_and_digits_that_no_database_splits_again(text: str) -> None:
    for token in tokens(text):
        assert token
        assert token.isalnum()
        assert token == token.casefold()


@given(MIXED)
def test_indexing_twice_changes_nothing_for_words(text: str) -> None:
    stored = index_text(text)
    assert stored.split() == tokens(text)
    latin = [t for t in tokens(text) if not is_cjk(t)]
    assert [t for t in tokens(" ".join(latin)) if t in latin].count("") == 0
    assert folded(folded(text)) == folded(text)


@given(MIXED)
def test_a_query_asks_only_for_tokens_that_indexing_makes(text: str) -> None:
    terms = query_terms(text)
    assert set(terms) <= set(tokens(text))
    assert len(terms) == len(set(terms))
    assert bool(terms) == bool(tokens(text))


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(index_text(text), str)


def test_sqlite_finds_two_character_words_through_these_tokens() -> None:
    names = ["普通硅酸盐水泥", "水泥熟料", "P·O 42.5 普通硅酸盐水泥", "自来水", "无规共聚聚丙烯管(PPR)"]
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE names USING fts5(words, tokenize='unicode61')")
    database.executemany("INSERT INTO names VALUES (?)", [(index_text(name),) for name in names])

    def found(text: str) -> set[str]:
        query = " OR ".join(f'"{term}"' for term in query_terms(text))
        rows = database.execute("SELECT rowid FROM names WHERE names MATCH ?", (query,)).fetchall()
        return {names[row - 1] for (row,) in rows}

    assert found("水泥") == set(names[:3])
    assert found("PO42.5") == {names[2]}
    assert found("PP-R") == {names[4]}
    database.close()
