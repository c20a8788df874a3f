"""Frozen studies: whole in themselves, the same digits again, any change noticed."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.errors import FileRefused, InvalidInput, UnknownFactor, ZujiError
from zuji.formats import document, reference
from zuji.lca.digits import digits_of
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.trust.canonical import sha256
from zuji.trust.snapshot import Snapshot, digest, freeze, from_bytes, recalculate, to_bytes, verify

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
DATA = reference.load()
ASKED: list[int | None] = [None, 0, 50]


@cache
def study_of(name: str) -> Study:
    path = next(path for path in EXAMPLES if path.stem == name)
    return document.load(path.read_bytes(), name=path.name)


def result_of(study: Study, runs: int | None = 0, seed: int = 0) -> Footprint:
    return evaluate(study, DATA.catalogue, DATA.gwp[study.gwp], DATA.fuels, uncertainty=runs, seed=seed)


def frozen(study: Study, runs: int | None = 0, seed: int = 0, **people: str) -> Snapshot:
    footprint = result_of(study, runs, seed)
    return freeze(study, footprint, DATA.catalogue, DATA.gwp[study.gwp], DATA.fuels, **people)


@cache
def cell() -> Snapshot:
    return frozen(study_of("lfp-cell"), frozen_at="2026-11-02T08:00:00+08:00", frozen_by="王工")


def altered(snapshot: Snapshot, *path: str | int, to: object) -> bytes:
    """The snapshot's canonical bytes with one value inside replaced."""
    from zuji.trust.canonical import canonical

    whole: Any = json.loads(to_bytes(snapshot))
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    assert inner[path[-1]] != to
    inner[path[-1]] = to
    return canonical(whole)


@pytest.mark.parametrize("example", [path.stem for path in EXAMPLES])
@pytest.mark.parametrize("runs", ASKED)
def test_every_example_gives_its_published_digits_from_its_bytes_alone(
    example: str, runs: int | None
) -> None:
    study = study_of(example)
    expected = result_of(study, runs, seed=7)
    read = from_bytes(to_bytes(frozen(study, runs, seed=7)))
    assert digits_of(recalculate(read)) == digits_of(expected) == read.published
    assert read.study == study
    assert verify(read) == ()


@pytest.mark.parametrize("example", [path.stem for path in EXAMPLES])
def test_bytes_lead_back_to_the_same_snapshot_and_the_same_bytes(example: str) -> None:
    snapshot = frozen(study_of(example), 50, seed=1, frozen_by="甲", frozen_at="2026-11-02")
    data = to_bytes(snapshot)
    assert from_bytes(data) == snapshot
    assert to_bytes(from_bytes(data)) == data
    assert digest(snapshot) == sha256(data)


def test_people_time_and_origin_stand_inside() -> None:
    snapshot = cell()
    assert (snapshot.frozen_by, snapshot.frozen_at) == ("王工", "2026-11-02T08:00:00+08:00")
    origin = snapshot.provenance
    assert origin.snapshot == digest(snapshot)
    assert origin.gwp == "AR6"
    used = {line.factor for line in result_of(snapshot.study).lines if line.factor}
    assert used <= set(origin.factor_versions)


def test_factors_reached_through_recycling_fuels_and_scenarios_are_inside() -> None:
    for example in ("pv-module", "cement-po425", "electrolytic-aluminium"):
        snapshot = frozen(study_of(example))
        inside = {each.record.id for each in snapshot.factors}
        for process in document.to_dict(snapshot.study)["processes"]:
            for line in process.get("lines", []):
                named = line.get("recycling", {})
                assert {value for key, value in named.items() if value in DATA.catalogue} <= inside
        for scenario in snapshot.study.scenarios:
            assert {change.factor for change in scenario.changes if change.factor} <= inside
    fuels = frozen(study_of("cement-po425")).fuels
    rows = {
        part for fuel in fuels for part in fuel.record.source.replace(";", " ").split() if ":" not in part
    }
    assert rows
    assert rows <= {each.record.id for each in frozen(study_of("cement-po425")).factors}


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    original = to_bytes(cell())
    at = data.draw(st.integers(0, len(original) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != original[at]))
    changed = original[:at] + bytes([byte]) + original[at + 1 :]
    try:
        snapshot = from_bytes(changed)
    except ZujiError:
        return
    assert digest(snapshot) == sha256(changed) != digest(cell())
    told = {"frozen_at", "frozen_by", "software_version"}
    whole = {"frozen_at": "", "frozen_by": "", "software_version": ""}
    if replace(snapshot, **whole) != replace(cell(), **whole):
        assert verify(snapshot), f"only {told} may differ unnoticed without the digest"


@pytest.mark.parametrize(
    ("path", "to", "place"),
    [
        (("factors", 0, "record", "value"), 1.5, "factors[0]"),
        (("gwp", "record", "values", "SF6"), 24300.0, "gwp"),
        (("fuels", 0, "record", "oxidation"), 0.5, "fuels[0]"),
        (("study", "product", "name"), "别的产品", "study"),
        (("published", "total"), "7.7856", "published.total"),
        (("published", "stages", "manufacturing"), "0.00000", "published.stages.manufacturing"),
    ],
)
def test_verification_names_what_was_changed(path: tuple[str | int, ...], to: object, place: str) -> None:
    problems = verify(from_bytes(altered(cell(), *path, to=to)))
    assert [problem.place.field for problem in problems] == [place]


def test_a_record_changed_together_with_its_digest_changes_the_digits() -> None:
    from zuji.trust.frozen import record_digest

    snapshot = cell()
    heaviest = max(result_of(snapshot.study).lines, key=lambda line: abs(line.total)).factor
    records = tuple(
        replace(each, record=forged, sha256=record_digest(forged))
        if each.record.id == heaviest
        and (
            forged := replace(each.record, gases=(), totals=tuple(value / 2 for value in each.record.totals))
        )
        else each
        for each in snapshot.factors
    )
    fields = {problem.place.field for problem in verify(replace(snapshot, factors=records))}
    assert "published.total" in fields


def test_a_result_of_another_study_is_not_frozen() -> None:
    study = study_of("lfp-cell")
    other = result_of(study_of("lfp-pack"))
    with pytest.raises(InvalidInput) as refusal:
        freeze(study, other, DATA.catalogue, DATA.gwp["AR6"], DATA.fuels)
    assert [problem.code for problem in refusal.value] == ["snapshot.other_result"]


def test_other_potentials_are_not_frozen_under_a_result() -> None:
    study = study_of("ammonia-coal")
    with pytest.raises(InvalidInput):
        freeze(study, result_of(study), DATA.catalogue, DATA.gwp["AR6-GWP20"], DATA.fuels)


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"\xff\xfe", FileRefused, "not-utf8"),
        (b"{", InvalidInput, "syntax"),
        (b"[" * 100_000, FileRefused, "too-deep"),
        (b"[]", InvalidInput, "mapping-expected"),
        (b"{}", InvalidInput, "snapshot.schema"),
        (b'{"schema":"zuji-snapshot/9"}', InvalidInput, "snapshot.schema"),
    ],
)
def test_what_is_no_snapshot_is_refused(data: bytes, kind: type[ZujiError], code: str) -> None:
    with pytest.raises(kind) as refusal:
        from_bytes(data, name="a.json")
    assert refusal.value.problems[0].code == code
    assert refusal.value.problems[0].place.file == "a.json"


def test_mistakes_in_a_snapshot_are_all_located() -> None:
    whole = json.loads(to_bytes(cell()))
    whole["factors"][1]["record"]["value"] = "viel"
    whole["uncertainty"]["seed"] = -1
    whole["extra"] = 1
    del whole["input_digest"]
    with pytest.raises(InvalidInput) as refusal:
        from_bytes(json.dumps(whole).encode(), name="s.json")
    fields = {problem.place.field for problem in refusal.value}
    assert fields == {"factors[1].record.value", "uncertainty", "extra", "input_digest"}


def test_a_reformatted_file_is_not_the_frozen_one() -> None:
    pretty = json.dumps(json.loads(to_bytes(cell())), ensure_ascii=False, indent=1).encode()
    with pytest.raises(InvalidInput) as refusal:
        from_bytes(pretty)
    assert [problem.code for problem in refusal.value] == ["snapshot.not_canonical"]


def test_the_frozen_factors_hold_what_the_study_uses_and_nothing_else() -> None:
    source = cell().factor_source
    assert len(source) == len(list(source)) == len(cell().factors)
    with pytest.raises(UnknownFactor):
        source.get("no-such-factor")
