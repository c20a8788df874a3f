"""The JSON of a footprint: complete, summing, and the same as what was calculated."""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from zuji.formats import document, reference, result
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.trust.snapshot import freeze

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
KEYS = {
    "total", "unit", "functional_unit", "stages", "totals", "lines", "data_quality",
    "primary_data_share", "uncertainty", "gases", "suppliers", "cut_offs", "allocations",
    "scenarios", "warnings", "snapshot", "published", "improvements", "location_based",
}  # fmt: skip


@cache
def _evaluated(path: Path) -> tuple[Study, Footprint, dict[str, Any]]:
    data = reference.load()
    study = document.load(path.read_bytes(), name=path.name)
    footprint = evaluate(study, data.catalogue, data.gwp[study.gwp], data.fuels)
    frozen = freeze(study, footprint, data.catalogue, data.gwp[study.gwp], data.fuels)
    return study, footprint, result.to_dict(footprint, frozen, study)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_split_of_the_result_sums_to_its_total(path: Path) -> None:
    _, footprint, content = _evaluated(path)
    assert content.keys() >= KEYS
    assert content["total"] == footprint.total
    for part in ("stages", "totals", "gases", "suppliers", "processes"):
        assert math.isclose(math.fsum(content[part].values()), footprint.total, rel_tol=1e-9)
    contributions = math.fsum(line["contribution"] for line in content["lines"])
    assert math.isclose(contributions, footprint.total, rel_tol=1e-9)
    for line in content["lines"]:
        assert math.isclose(math.fsum(line["totals"].values()), line["contribution"], abs_tol=1e-12)


@pytest.mark.parametrize("path", EXAMPLES[:3], ids=lambda path: path.stem)
def test_it_is_plain_json_that_survives_the_wire(path: Path) -> None:
    *_, content = _evaluated(path)
    assert json.loads(json.dumps(content, allow_nan=False)) == content


def test_the_snapshot_names_inputs_factors_and_software() -> None:
    study, _, content = _evaluated(EXAMPLES[0])
    snapshot = content["snapshot"]
    assert len(snapshot["input_digest"]) == len(snapshot["digest"]) == 64
    used = {line.factor for line in study.lines if line.factor and not line.cut_off}
    assert used <= snapshot["factor_versions"].keys()
    assert snapshot["software_version"]
    assert snapshot["gwp"]["id"] == study.gwp


def test_a_live_result_has_no_snapshot() -> None:
    study, footprint, content = _evaluated(EXAMPLES[0])
    live = result.to_dict(footprint, None, study)
    assert live["snapshot"] is None
    assert live["published"] == content["published"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_factor_behind_a_line_comes_with_its_source(path: Path) -> None:
    _, footprint, _ = _evaluated(path)
    used = result.factors_used(footprint, reference.load().catalogue)
    named = {part for line in footprint.lines for part in line.factor.split("+") if part}
    assert {factor["id"] for factor in used} == named
    assert all(factor["source"]["title"] for factor in used)


def test_the_lines_to_better_first_stand_with_what_that_would_do() -> None:
    _, footprint, content = _evaluated(EXAMPLES[0])
    assert content["location_based"] is None
    assert list(content["improvements"]) == [rating.scheme for rating in footprint.quality]
    for rating in footprint.quality:
        found = content["improvements"][rating.scheme]
        assert 0 < len(found) <= result.IMPROVEMENTS
        assert {each["line"] for each in found} == set(rating.weakest)
        gains = [each["gain"] for each in found]
        assert gains == sorted(gains, reverse=True)


def test_a_live_result_has_no_improvements_and_the_location_based_result_is_told() -> None:
    data = reference.load()
    inventory = document.load(
        b"""
id: a
product: test
unit: 1 kg
boundary: cradle_to_gate
period: 2024
geography: CN
lines:
  - id: pv
    stage: manufacturing
    item: pv
    quantity: 10 kWh
    factor: elec_cf_pv_2024
    electricity: {treatment: own, location_factor: elec_cf_national_2024}
"""
    )
    footprint = evaluate(inventory, data.catalogue, data.gwp["AR6"], data.fuels)
    content = result.to_dict(footprint, None, inventory)
    assert content["improvements"] == {}
    assert content["location_based"] == {"total": 5.777, "lines": ["pv"], "unknown": []}
    assert (content["published"]["total"], content["published"]["location_based"]) == ("0.52000", "5.7770")
