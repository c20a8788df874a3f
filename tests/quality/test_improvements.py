"""What bettering a line would do, against the rating of the study in which it was bettered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lca.build import AR6, LIBRARY, Library, factor, line, one
from zuji.lca.published import published
from zuji.model.quality import DataQuality
from zuji.quality import CIFA, PACT_3, PEF, SCHEMES, evaluate, improvements, rated_under
from zuji.quality.evidence import gather
from zuji.quality.rating import rated_lines

score = st.floats(1, 5)
rows = st.lists(
    st.tuples(st.floats(0.1, 100), st.one_of(st.none(), st.tuples(score, score, score, score))),
    min_size=1,
    max_size=6,
)


def quality(*values):
    technology, geography, time, precision = values
    return DataQuality(technology=technology, geography=geography, time=time, precision=precision)


def made(found):
    return one(
        *(
            line(f"l{at}", amount=amount, quality=quality(*scores) if scores else None)
            for at, (amount, scores) in enumerate(found)
        )
    )


def better(study, target=1.0, scheme=PEF):
    return improvements(
        evaluate(study, LIBRARY, AR6, uncertainty=None), study, LIBRARY, scheme, target=target
    )


def bettered(study, line_id, target):
    """The study with one line at the target wherever it is worse."""
    process = study.processes[0]
    lines = []
    for each in process.lines:
        if each.id == line_id:
            now = each.quality or quality(5.0, 5.0, 5.0, 5.0)
            scores = (now.technology, now.geography, now.time, now.precision)
            each = replace(each, quality=quality(*(min(value, target) for value in scores)))
        lines.append(each)
    return replace(study, processes=(replace(process, lines=tuple(lines)),))


@pytest.mark.parametrize("scheme", [PEF, CIFA, PACT_3], ids=lambda scheme: scheme.id)
@given(found=rows, target=st.sampled_from([1.0, 2.0, 3.5]))
def test_every_improvement_is_what_the_bettered_study_is_rated(scheme, found, target):
    study = made(found)
    for each in better(study, target, scheme):
        again = bettered(study, each.line, target)
        rating = rated_under(evaluate(again, LIBRARY, AR6, uncertainty=None), again, LIBRARY, scheme)
        assert each.coverage == pytest.approx(rating.coverage)
        assert each.whole == pytest.approx(dict(rating.indicators))
        if scheme.overall:
            assert each.after == pytest.approx(rating.score)
            if abs(each.coverage - 0.8) > 1e-9 and all(
                abs(each.after - most) > 1e-9 for most, _k in scheme.levels
            ):
                assert each.level == rating.level
        else:
            assert each.after is None


@given(rows, st.floats(1, 5))
def test_bettering_a_rated_line_never_worsens_the_whole(found, target):
    study = made(found)
    for each in better(study, target):
        assert each.gain > 0
        if each.mean is not None:
            assert each.after <= each.before + 1e-9
        assert each.coverage >= 0


@given(rows)
def test_the_largest_gain_comes_first_and_shares_sum_to_one(found):
    study = made(found)
    each = better(study)
    assert [one.gain for one in each] == sorted((one.gain for one in each), reverse=True)
    footprint = evaluate(study, LIBRARY, AR6, uncertainty=None)
    weights = [one.weight for one in rated_lines(PEF, footprint, gather(study, LIBRARY))]
    whole = sum(weights)
    assert sum(weight / whole for weight in weights) == pytest.approx(1)
    assert sum(one.share for one in each) <= 1 + 1e-9


@given(rows)
def test_the_weakest_lines_of_the_rating_are_the_first_improvements(found):
    study = made(found)
    footprint = evaluate(study, LIBRARY, AR6, uncertainty=None)
    gains = {each.line: each.gain for each in better(study)}
    rating = next(each for each in footprint.quality if each.scheme == "PEF")
    assert set(rating.weakest) <= set(gains)
    least = min((gains[line_id] for line_id in rating.weakest), default=0.0)
    others = [gain for line_id, gain in gains.items() if line_id not in rating.weakest]
    assert all(gain <= least + 1e-9 for gain in others)


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=5), score)
def test_lines_as_good_as_the_target_need_nothing(amounts, value):
    study = made([(amount, (value,) * 4) for amount in amounts])
    assert better(study, value) == ()


def test_by_hand():
    """3 kg at 1 and 1 kg at 5, 4, 4, 4: bettering the second to 2 takes the whole from 1.8125 to 1.25."""
    study = made([(3.0, (1, 1, 1, 1)), (1.0, (5, 4, 4, 4))])
    (first,) = better(study, 2.0)
    assert (first.line, first.share, first.mean) == ("l1", 0.25, 4.25)
    assert first.before == pytest.approx(1.8125)
    assert first.after == pytest.approx(1.25)
    assert first.level == "excellent"
    assert first.weakest == ("TeR",)


def test_rating_a_silent_line_raises_the_coverage():
    study = made([(7.0, (2, 2, 2, 2)), (3.0, None)])
    first, second = better(study)
    assert (first.line, first.mean, first.coverage) == ("l1", None, pytest.approx(1.0))
    assert first.after == pytest.approx(1.7)
    assert (first.level, second.level) == ("very_good", "not_covered")


def test_a_target_that_is_no_score_is_refused():
    with pytest.raises(ValueError, match="between 1 and 5"):
        better(made([(1.0, None)]), 0.5)


def test_cifa_is_a_scheme_of_its_own_and_changes_nothing_published():
    study = made([(1.0, (2, 2, 2, 2))])
    footprint = evaluate(study, LIBRARY, AR6, uncertainty=None)
    assert set(published(footprint)["data_quality"]) == {"PEF", "PACT-3"}
    assert SCHEMES[CIFA.id, CIFA.version] is CIFA
    rating = rated_under(footprint, study, LIBRARY, CIFA)
    assert (rating.score, rating.level) == (2.0, "")


def test_time_is_the_mean_of_activity_and_dataset_under_cifa_and_pef():
    library = Library(factor("x", 1.0, quality=quality(2, 2, 5, 2)))
    study = one(line("a", factor="x", quality=quality(1, 1, 1, 1)))
    rating = rated_under(evaluate(study, library, AR6), study, library, CIFA)
    assert rating.indicators["TiR"] == 3.0
