"""A frozen study: recalculated from itself alone, and no byte of it changes unnoticed."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zuji.errors import FileRefused, UnknownFactor
from zuji.formats import document, reference
from zuji.lca.published import published
from zuji.model.studies import LineChange, Scenario, Study
from zuji.quality import evaluate
from zuji.trust.canonical import canonical, digest
from zuji.trust.snapshot import FrozenFactors, Snapshot, freeze, from_bytes, recalculate, verify

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@cache
def _study(path: Path) -> Study:
    return document.load(path.read_bytes(), name=path.name)


@cache
def _frozen(path: Path = EXAMPLES[0]) -> Snapshot:
    data = reference.load()
    study = _study(path)
    footprint = evaluate(study, data.catalogue, data.gwp[study.gwp], data.fuels)
    return freeze(study, footprint, data.catalogue, data.gwp[study.gwp], data.fuels)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_recalculates_to_its_published_digits_from_the_snapshot_alone(path: Path) -> None:
    again = from_bytes(_frozen(path).to_bytes())
    assert verify(again) == []
    assert again.study == _study(path)
    assert published(recalculate(again)) == again.published


def test_freezing_twice_gives_the_same_bytes() -> None:
    first = _frozen()
    assert _frozen.__wrapped__().data == first.data
    assert from_bytes(first.data).digest == first.digest


def test_only_used_factors_are_inside_each_with_its_digest() -> None:
    frozen = _frozen()
    used = {line.factor for line in frozen.study.lines if line.factor and not line.cut_off}
    inside = {entry["factor"]["id"] for entry in frozen.document["factors"]}
    assert used <= inside
    assert set(frozen.factor_versions) == inside
    assert len(inside) < 40 < len(reference.load().catalogue)
    for entry in frozen.document["factors"]:
        assert entry["sha256"] == digest(entry["factor"])


def test_a_scenario_and_monte_carlo_are_frozen_with_their_seed() -> None:
    data = reference.load()
    base = _study(EXAMPLES[0])
    line = next(line for line in base.lines if line.factor)
    scenario = Scenario(id="half", name="减半", changes=(LineChange(line=line.id, scale=0.5),))
    study = replace(base, scenarios=(scenario,))
    gwp = data.gwp[study.gwp]
    footprint = evaluate(study, data.catalogue, gwp, data.fuels, uncertainty=200, seed=7)
    frozen = from_bytes(freeze(study, footprint, data.catalogue, gwp, data.fuels).to_bytes())
    again = recalculate(frozen)
    assert again.uncertainty is not None
    assert (again.uncertainty.runs, again.uncertainty.seed) == (200, 7)
    assert "half" in frozen.published["scenarios"]
    assert verify(frozen) == []


def test_a_newer_factor_in_the_library_does_not_reach_a_frozen_study() -> None:
    frozen = _frozen()
    factor_id = next(iter(frozen.factor_versions))
    assert frozen.factors.get(factor_id).version == frozen.factor_versions[factor_id][0]
    with pytest.raises(UnknownFactor):
        frozen.factors.get(factor_id, "999")


def test_an_old_version_that_was_pinned_stands_beside_the_newest() -> None:
    factor = next(iter(_frozen().factors))
    old, new = replace(factor, version="1"), replace(factor, version="2", value=9.0)
    source = FrozenFactors({(factor.id, "1"): old, (factor.id, "2"): new}, {factor.id: new})
    assert source.get(factor.id) is new
    assert source.get(factor.id, "1") is old
    assert len(source) == 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_byte_changes_unnoticed(data: st.DataObject) -> None:
    good = _frozen().data
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[at]))
    bad = good[:at] + bytes([other]) + good[at + 1 :]
    try:
        snapshot = from_bytes(bad)
    except FileRefused:
        return
    assert verify(snapshot)
    assert snapshot.digest != _frozen().digest


def test_a_forged_result_with_fitting_digests_is_found_by_recalculating() -> None:
    content = json.loads(_frozen().data)
    content["published"]["total"] = "0.00001"
    rest = {key: value for key, value in content.items() if key != "content_digest"}
    forged = canonical({**rest, "content_digest": digest(rest)})
    assert [problem.code for problem in verify(from_bytes(forged))] == ["snapshot.digits"]


def test_a_changed_factor_is_named() -> None:
    content = json.loads(_frozen().data)
    entry = content["factors"][0]
    entry["factor"]["notes"] = "changed"
    problems = verify(from_bytes(canonical(content)))
    assert any(entry["factor"]["id"] in problem.what.zh for problem in problems)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"PK\x03\x04", b"\xff\xfe", b"[" * 100_000])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        from_bytes(data)
