"""R06: key products of a year, ranked by criteria, and closed with 3 to 5 chosen or a reason."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.errors import InvalidInput
from zuji.formats import standards as shipped
from zuji.rules.selection import Candidate, Criterion, Score, SelectionYear, closable, rank
from zuji.text import Text

CRITERIA = shipped.criteria()
scores = st.lists(st.floats(0, 5), min_size=len(CRITERIA), max_size=len(CRITERIA))


def candidate(name: str, values) -> Candidate:
    given_scores = tuple(
        Score(criterion=criterion.id, value=value, reason="依据")
        for criterion, value in zip(CRITERIA, values, strict=True)
    )
    return Candidate(id=name, name=Text(name, name), scores=given_scores)


def year(number: int, reason: str = "") -> SelectionYear:
    listed = tuple(candidate(f"p{at}", [3] * len(CRITERIA)) for at in range(8))
    return SelectionYear(
        year=2026,
        region="CN-SN",
        candidates=listed,
        chosen=tuple(each.id for each in listed[:number]),
        reason=reason,
    )


def test_the_bounds_are_those_of_the_plan_and_the_weights_only_a_demonstration():
    bounds = shipped.bounds()
    assert (bounds.least, bounds.most, bounds.clause) == (3, 5, "SN 二（二）4")
    assert all(each.demonstration for each in CRITERIA)
    assert math.fsum(each.weight for each in CRITERIA) == pytest.approx(1)


@pytest.mark.parametrize("number", [0, 1, 2, 6, 8])
def test_a_year_outside_the_bounds_needs_a_recorded_reason(number):
    refused = closable(year(number), shipped.bounds())
    assert refused is not None
    assert "SN 二（二）4" in str(refused)
    assert closable(year(number, "   "), shipped.bounds()) is not None
    assert closable(year(number, "省政府专题会议纪要"), shipped.bounds()) is None


@pytest.mark.parametrize("number", [3, 4, 5])
def test_a_year_inside_the_bounds_closes(number):
    assert closable(year(number), shipped.bounds()) is None


def test_only_candidates_can_be_chosen():
    stranger = SelectionYear(year=2026, region="CN-SN", candidates=(), chosen=("x", "y", "z"), reason="r")
    refused = closable(stranger, shipped.bounds())
    assert refused is not None
    assert refused.code == "not-a-candidate"


def test_scores_are_weighted_and_equal_ones_share_a_rank():
    by_hand = sum(each.weight * value for each, value in zip(CRITERIA, (5, 4, 3, 2, 1), strict=True))
    found = rank(
        [candidate("b", (5, 4, 3, 2, 1)), candidate("a", (5, 4, 3, 2, 1)), candidate("c", [5] * 5)], CRITERIA
    )
    assert [(each.rank, each.candidate.id) for each in found] == [(1, "c"), (2, "a"), (2, "b")]
    assert found[1].score == pytest.approx(by_hand)
    assert math.fsum(found[1].parts.values()) == pytest.approx(found[1].score)


@given(values=st.lists(scores, min_size=1, max_size=6), seed=st.randoms(use_true_random=False))
def test_the_ranking_ignores_order_and_a_better_score_never_sinks(values, seed):
    listed = [candidate(f"p{at}", each) for at, each in enumerate(values)]
    found = rank(listed, CRITERIA)
    shuffled = list(listed)
    seed.shuffle(shuffled)
    assert rank(shuffled, CRITERIA) == found
    assert all(0 <= each.score <= 5 for each in found)
    lifted = rank([candidate("p0", [5] * len(CRITERIA)), *listed[1:]], CRITERIA)
    before = next(each.rank for each in found if each.candidate.id == "p0")
    assert next(each.rank for each in lifted if each.candidate.id == "p0") <= before


def test_every_fault_of_the_scores_is_told_at_once():
    faulty = Candidate(
        id="x",
        name=Text("某产品", "a product"),
        scores=(
            Score(criterion="output", value=6, reason="r"),
            Score(criterion="export", value=float("nan"), reason=" "),
            Score(criterion="fame", value=1, reason="r"),
        ),
    )
    with pytest.raises(InvalidInput) as refused:
        rank([faulty], CRITERIA)
    fields = [each.place.field for each in refused.value]
    assert fields == ["data", "reduction", "standard", "output", "export", "export", "fame"]


@pytest.mark.parametrize("weights", [(0.5, 0.4), (0.5, 0.6), (-0.5, 1.5), ()])
def test_weights_that_do_not_sum_to_one_are_refused(weights):
    criteria = [Criterion(id=str(at), name=Text("x"), weight=each) for at, each in enumerate(weights)]
    with pytest.raises(InvalidInput, match="权重"):
        rank([], criteria)
