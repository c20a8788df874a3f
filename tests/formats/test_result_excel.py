"""The workbook of a result: complete, safe to open, the same bytes for the same result."""

import io
import math
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from zuji.formats import document, reference, result_excel
from zuji.lca.published import published
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.trust.snapshot import Snapshot, freeze

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
DATA = reference.load()


def evaluated(study: Study, runs: int = 0) -> tuple[Study, Footprint, Snapshot]:
    gwp = DATA.gwp[study.gwp]
    footprint = evaluate(study, DATA.catalogue, gwp, DATA.fuels, uncertainty=runs)
    return study, footprint, freeze(study, footprint, DATA.catalogue, gwp, DATA.fuels)


@cache
def example(path: Path) -> tuple[Study, Footprint, Snapshot]:
    return evaluated(document.load(path.read_bytes(), name=path.name))


def book_of(study: Study, footprint: Footprint, snapshot: Snapshot) -> dict[str, list[list[Any]]]:
    data = result_excel.dump(footprint, snapshot, study)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_published_digits_stand_in_it_and_its_parts_sum(path: Path) -> None:
    study, footprint, snapshot = example(path)
    book, digits = book_of(study, footprint, snapshot), published(footprint)
    whole = float(digits["total"])
    summary = {row[0]: row[1] for row in book["结果 Summary"]}
    assert summary["碳足迹 Footprint"] == whole
    *stages, total = book["阶段 Stages"][1:]
    assert [row[1] for row in stages] == [float(text) for text in digits["stages"].values()]
    assert total[1] == whole
    assert math.isclose(math.fsum(row[1] for row in stages), whole, abs_tol=1e-9 * max(1, abs(whole)))
    *lines, last = book["清单行 Lines"][1:]
    assert [row[0] for row in lines] == [line.line for line in footprint.lines]
    assert math.isclose(math.fsum(row[9] for row in lines), last[9], abs_tol=1e-9 * max(1, abs(whole)))
    assert math.isclose(math.fsum(row[11] for row in lines), footprint.total, rel_tol=1e-9)


def test_every_factor_comes_with_its_source() -> None:
    study, footprint, snapshot = example(EXAMPLES[0])
    rows = book_of(study, footprint, snapshot)["因子 Factors"][1:]
    assert {row[0] for row in rows} == set(snapshot.factor_versions)
    assert all(row[10] for row in rows)


def test_the_same_result_gives_the_same_bytes() -> None:
    study, footprint, snapshot = example(EXAMPLES[0])
    assert result_excel.dump(footprint, snapshot, study) == result_excel.dump(footprint, snapshot, study)


def test_what_a_person_typed_never_becomes_a_formula_or_a_link() -> None:
    study, _, _ = example(EXAMPLES[0])
    nasty = '=HYPERLINK("http://example.com","x")'
    process = study.processes[0]
    position = next(i for i, line in enumerate(process.lines) if not line.cut_off)
    lines = list(process.lines)
    lines[position] = replace(lines[position], item=nasty, supplier="@SUM(A1)", evidence="http://example.com")
    changed = replace(
        study,
        product=replace(study.product, name=nasty),
        processes=(replace(process, lines=tuple(lines)), *study.processes[1:]),
    )
    study, footprint, snapshot = evaluated(changed)
    data = result_excel.dump(footprint, snapshot, study)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b"<f>" in content or b"<hyperlink" in content for content in parts.values())
    rows = book_of(study, footprint, snapshot)["清单行 Lines"]
    assert nasty in {row[4] for row in rows}


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    study, _, _ = example(EXAMPLES[0])
    long = replace(study, product=replace(study.product, specification="长" * 40_000))
    summary = {row[0]: row[1] for row in book_of(*evaluated(long))["结果 Summary"]}
    assert len(summary["规格 Specification"]) == 32_767
    assert summary["规格 Specification"].endswith("…")


def test_scenarios_stand_beside_the_base_with_their_interval() -> None:
    path = next(path for path in EXAMPLES if path.stem == "electrolytic-aluminium")
    study, footprint, snapshot = evaluated(example(path)[0], runs=50)
    rows = book_of(study, footprint, snapshot)["情景 Scenarios"][1:]
    totals = [footprint.total, *(each.total for each in footprint.scenarios)]
    assert [row[2] for row in rows] == pytest.approx(totals, rel=1e-15)
    assert all(row[5] <= row[3] <= row[6] for row in rows[1:])
