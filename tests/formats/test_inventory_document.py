"""What docs/inventory.md shows must work: its examples run, its keys exist."""

import re
from pathlib import Path

import pytest

from zuji.formats import document, reference
from zuji.formats.excel.schema import HELP, MAX_ROWS, TABLES
from zuji.model.lines import LineKind
from zuji.quality import evaluate

TEXT = (Path(__file__).parents[2] / "docs" / "inventory.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_yaml_shown_loads_and_calculates(text: str) -> None:
    study = document.load(text.encode(), name="inventory.md")
    library = reference.load()
    footprint = evaluate(study, library.catalogue, library.gwp[study.gwp], library.fuels)
    assert footprint.total > 0


def test_the_large_example_shows_most_kinds_of_lines() -> None:
    study = document.load(EXAMPLES[0].encode())
    assert {line.kind for line in study.lines} >= {
        LineKind.MATERIAL, LineKind.TRANSPORT, LineKind.ELECTRICITY, LineKind.FUEL,
        LineKind.DIRECT_EMISSION, LineKind.WASTE,
    }  # fmt: skip


def test_every_kind_and_every_sheet_is_described() -> None:
    for kind in LineKind:
        assert f"`{kind}`" in TEXT
    for name in (HELP, *(table.name for table in TABLES)):
        assert f"| {name.zh} |" in TEXT
    assert f"{MAX_ROWS:,}" in TEXT
