"""The list as a file: CSV for spreadsheets, JSON for programs."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from zuji.formats.cells import safe_cell
from zuji.model.factors import Factor
from zuji.model.records import write_record
from zuji.model.stages import TOTAL_KINDS
from zuji_web.factors.models import FactorDataset

COLUMNS = (
    "id",
    "version",
    "kind",
    "category",
    "name",
    "name_en",
    "value",
    "unit",
    "per",
    *(kind.value for kind in TOTAL_KINDS),
    "gases",
    "year",
    "geography",
    "boundary",
    "source",
    "publisher",
    "table",
    "document",
    "licence",
    "copies",
    "confidence",
    "notes",
)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_rows(datasets: Iterable[FactorDataset]) -> Iterator[str]:
    """Lines of a CSV file with a byte order mark, so that Excel reads the Chinese."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield str(writer.writerow(COLUMNS))
    for dataset in datasets:
        yield str(writer.writerow(_cells(dataset.factor())))


def _cells(factor: Factor) -> list[str | float | int]:
    gases = " ".join(f"{gas.gas}{':bio' if gas.biogenic else ''}={gas.kg:.12g}" for gas in factor.gases)
    source = factor.source
    cells: list[str | float | int] = [
        *(factor.id, factor.version, factor.kind.value, factor.category, factor.name.zh, factor.name.en),
        *(factor.value, factor.unit, factor.per),
        *(factor.totals if factor.usable else [""] * len(TOTAL_KINDS)),
        *(gases, factor.year, factor.geography, factor.boundary),
        *(source.title, source.publisher, source.table, source.document, source.licence),
        *(factor.copies, factor.confidence.value, factor.notes),
    ]
    return [safe_cell(cell) if isinstance(cell, str) else cell for cell in cells]


def json_rows(datasets: Iterable[FactorDataset], edition: str) -> Iterator[str]:
    """One JSON document, written as it is read."""
    yield f'{{"edition": {json.dumps(edition)}, "factors": ['
    for number, dataset in enumerate(datasets):
        yield ",\n" if number else "\n"
        yield json.dumps(plain(dataset.factor()), ensure_ascii=False)
    yield "\n]}\n"


def plain(factor: Factor) -> dict[str, Any]:
    """A factor as JSON, with every field that has a value."""
    return write_record(factor)
