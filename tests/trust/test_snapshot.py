"""A frozen study: recalculated from itself alone, and no byte of it changes unnoticed."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zuji.errors import FileRefused, InvalidInput, UnknownFactor, ZujiError
from zuji.formats import document, reference
from zuji.lca.published import published
from zuji.model.footprints import Footprint
from zuji.model.lines import LineKind, RecyclingDetail
from zuji.model.quantities import Quantity
from zuji.model.studies import LineChange, Scenario, Study
from zuji.quality import evaluate
from zuji.trust.canonical import canonical, digest
from zuji.trust.snapshot import FrozenFactors, Snapshot, freeze, from_bytes, recalculate, verify

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))

DATA = reference.load()


@cache
def _study(path: Path) -> Study:
    return document.load(path.read_bytes(), name=path.name)


def _result(study: Study, runs: int | None = 0, seed: int = 0) -> Footprint:
    gwp = DATA.gwp[study.gwp]
    return evaluate(study, DATA.catalogue, gwp, DATA.fuels, uncertainty=runs, seed=seed)


def _freeze(study: Study, footprint: Footprint, **people: str) -> Snapshot:
    return freeze(study, footprint, DATA.catalogue, DATA.gwp[study.gwp], DATA.fuels, **people)


@cache
def _frozen(path: Path = EXAMPLES[0], runs: int | None = 0) -> Snapshot:
    study = _study(path)
    return _freeze(study, _result(study, runs, seed=7))


@pytest.mark.parametrize("runs", [None, 0, 50])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_recalculates_to_its_published_digits_from_the_snapshot_alone(
    path: Path, runs: int | None
) -> None:
    again = from_bytes(_frozen(path, runs).to_bytes())
    assert again.published == published(_result(_study(path), runs, seed=7))
    assert verify(again) == []
    assert again.study == _study(path)
    assert published(recalculate(again)) == again.published


def test_freezing_twice_gives_the_same_bytes() -> None:
    first = _frozen()
    assert _frozen.__wrapped__().data == first.data
    assert from_bytes(first.data).digest == first.digest


def test_only_used_factors_are_inside_each_with_its_digest() -> None:
    frozen = _frozen()
    used = {part for line in _result(frozen.study).lines for part in line.factor.split("+") if part}
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
    assert set(source) == {old, new}
    assert len(source) == 2
    only_old = FrozenFactors({(factor.id, "1"): old}, {})
    assert factor.id in only_old


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_byte_changes_unnoticed(data: st.DataObject) -> None:
    good = _frozen().data
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[at]))
    bad = good[:at] + bytes([other]) + good[at + 1 :]
    try:
        snapshot = from_bytes(bad)
    except ZujiError:
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


def test_people_and_time_are_recorded_as_stated() -> None:
    study = _study(EXAMPLES[0])
    frozen = _freeze(study, _result(study), frozen_at="2026-11-02T08:00:00+08:00", frozen_by="王工")
    read = from_bytes(frozen.data)
    assert (read.frozen_at, read.frozen_by) == ("2026-11-02T08:00:00+08:00", "王工")
    assert read.study.goal.author == study.goal.author
    assert verify(read) == []


def test_the_input_digest_is_of_what_went_in_and_of_nobody_who_did_it() -> None:
    study = _study(EXAMPLES[0])
    later = _freeze(study, _result(study), frozen_by="乙", frozen_at="2026-12-01")
    assert later.input_digest == _frozen().input_digest
    assert later.digest != _frozen().digest
    other = replace(study, note="another")
    assert _freeze(other, _result(other)).input_digest != later.input_digest
    assert _freeze(study, _result(study, 50)).input_digest != later.input_digest


def test_factors_of_scenarios_recycling_and_fuels_are_inside() -> None:
    reached = {"scenario": 0, "recycling": 0, "fuel": 0}
    for path in EXAMPLES:
        frozen = _frozen(path)
        inside = set(frozen.factor_versions)
        changes = {
            change.factor
            for scenario in frozen.study.scenarios
            for change in scenario.changes
            if change.factor
        }
        details = [line.detail for line in frozen.study.lines if isinstance(line.detail, RecyclingDetail)]
        recycled = {detail.virgin for detail in details} | {detail.recycled for detail in details}
        rows = {word for fuel in frozen.fuels for word in fuel.source.replace(";", " ").split()}
        rows = {word for word in rows if not word.endswith(":")}
        assert changes | (recycled - {""}) | rows <= inside
        for kind, found in (("scenario", changes), ("recycling", recycled), ("fuel", rows)):
            reached[kind] += len(found)
    assert reached["scenario"]
    assert reached["fuel"]


def test_a_result_of_another_study_is_not_frozen() -> None:
    with pytest.raises(InvalidInput) as refusal:
        _freeze(_study(EXAMPLES[0]), _result(_study(EXAMPLES[1])))
    assert [problem.code for problem in refusal.value] == ["snapshot.other_result"]


def test_a_result_under_other_potentials_is_not_frozen() -> None:
    study = _study(EXAMPLES[0])
    with pytest.raises(InvalidInput):
        freeze(study, _result(study), DATA.catalogue, DATA.gwp["AR5"], DATA.fuels)


def test_runs_that_failed_are_asked_for_again() -> None:
    # a product that consumes half of itself, more than all in a few of the runs
    study = document.from_dict(
        {
            "id": "loop",
            "product": "循环",
            "unit": "1 kg",
            "boundary": "cradle_to_gate",
            "period": "2024",
            "geography": "CN",
            "processes": [
                {
                    "id": "a",
                    "outputs": [{"product": "循环", "quantity": "1 kg"}],
                    "lines": [
                        {
                            "stage": "manufacturing",
                            "item": "回用",
                            "quantity": "0.5 kg",
                            "sub_assembly": {"process": "a"},
                            "uncertainty": {"distribution": "lognormal", "spread": 1.4},
                        },
                        {
                            "stage": "manufacturing",
                            "item": "逸散",
                            "quantity": "1 kg",
                            "direct_emission": {"gas": "CO2"},
                        },
                    ],
                }
            ],
        }
    )
    footprint = _result(study, 500)
    assert footprint.uncertainty is not None
    assert footprint.uncertainty.failed > 0
    frozen = _freeze(study, footprint)
    assert verify(from_bytes(frozen.data)) == []
    again = recalculate(frozen).uncertainty
    assert again == footprint.uncertainty


def test_mistakes_in_the_content_are_all_located() -> None:
    content = json.loads(_frozen().data)
    content["factors"][1]["factor"]["value"] = "many"
    content["settings"]["seed"] = -1
    content["extra"] = 1
    content["study"]["processes"][0]["lines"][0]["quantity"] = "much"
    del content["input_digest"]
    with pytest.raises(InvalidInput) as refusal:
        from_bytes(json.dumps(content).encode(), name="s.json")
    assert {problem.place.file for problem in refusal.value} == {"s.json"}
    assert {problem.place.field for problem in refusal.value} == {
        "factors[1].factor.value",
        "settings.seed",
        "extra",
        "study.processes[0].lines[0].quantity",
        "input_digest",
    }


def test_a_reformatted_file_is_not_the_frozen_one() -> None:
    pretty = json.dumps(json.loads(_frozen().data), ensure_ascii=False, indent=1).encode()
    assert [problem.code for problem in verify(from_bytes(pretty))] == ["snapshot.changed"]


def test_a_study_that_cannot_be_calculated_is_explained_not_computed() -> None:
    content = json.loads(_frozen().data)
    content["study"]["unit"]["quantity"]["amount"] = -1
    parts = ("study", "factors", "gwp", "fuels", "settings")
    content["input_digest"] = digest({key: content[key] for key in parts})
    rest = {key: value for key, value in content.items() if key != "content_digest"}
    problems = verify(from_bytes(canonical({**rest, "content_digest": digest(rest)})))
    assert [problem.place.field for problem in problems] == ["unit.quantity.amount"]


def test_a_result_that_is_no_finite_number_is_refused_with_its_lines() -> None:
    study = _study(EXAMPLES[0])
    process = study.processes[0]
    at = next(at for at, line in enumerate(process.lines) if line.factor and not line.cut_off)
    lines = list(process.lines)
    lines[at] = replace(lines[at], quantity=Quantity(1e308, "万kWh"))
    lines[at] = replace(lines[at], kind=LineKind.ELECTRICITY, factor="elec_cf_national_2024", detail=None)
    endless = replace(
        study, processes=(replace(process, lines=tuple(lines)), *study.processes[1:]), scenarios=()
    )
    with pytest.raises(InvalidInput) as refusal:
        _freeze(endless, _result(endless, None))
    assert {problem.place.line for problem in refusal.value} == {lines[at].id}
