"""BM25 in memory with comparable scores."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zuji.search.lexical import LexicalIndex

NAMES = ["普通硅酸盐水泥", "水泥熟料", "消石灰", "石灰", "金属镍", "热轧碳钢钢筋", "rebar", "hot-rolled coil"]


def test_a_name_scores_one_against_itself_and_most_of_all() -> None:
    index = LexicalIndex(NAMES)
    for number, name in enumerate(NAMES):
        scores = index.scores(name)
        assert np.argmax(scores) == number
        assert scores[number] > 0.99


def test_an_unknown_noun_counts_against_a_shared_modifier() -> None:
    index = LexicalIndex(NAMES)
    assert index.scores("金属硅").max() < 0.5
    assert index.scores("金属镍").max() > 0.99


def test_a_shorter_name_that_is_wholly_said_comes_before_a_longer_one() -> None:
    scores = LexicalIndex(["石灰", "石灰石破碎筛分"]).scores("石灰")
    assert scores[0] > scores[1] > 0


def test_words_of_the_category_help_but_less_than_the_name() -> None:
    index = LexicalIndex(["水泥", "玻璃"], ["建筑材料", "建筑材料"])
    assert 0 < index.scores("建筑材料 水泥")[1] < index.scores("建筑材料 水泥")[0]


def test_words_that_no_name_knows_find_nothing() -> None:
    assert not LexicalIndex(NAMES).scores("ゑ").any()
    assert not LexicalIndex(NAMES).scores("").any()
    assert LexicalIndex([]).scores("水泥").shape == (0,)


@given(st.text(st.sampled_from("水泥熟料消石灰金属镍钢筋 rebarcoil"), max_size=20))
def test_scores_stay_between_zero_and_one(text: str) -> None:
    scores = LexicalIndex(NAMES).scores(text)
    assert scores.shape == (len(NAMES),)
    assert (scores >= 0).all()
    assert (scores <= 1).all()
