"""Rows of the shipped CSV files as factors."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from zuji.errors import InvalidInput, Place, Problem, ZujiError, problem
from zuji.model.factors import Confidence, Factor, FactorKind, GasAmount, Source
from zuji.model.quantities import Distribution, Uncertainty
from zuji.model.stages import TOTAL_KINDS
from zuji.text import Text

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
    "table",
    "document",
    "copies",
    "confidence",
    "uncertainty",
    "notes",
    "aliases",
)
_KINDS = {kind.value: kind for kind in FactorKind}
_CONFIDENCES = {confidence.value: confidence for confidence in Confidence}
_EXPECTED = frozenset(COLUMNS)

Row = Mapping[str, str]


def read_table(content: bytes) -> Iterator[dict[str, str]]:
    """Rows of a UTF-8 CSV file with a header."""
    return csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))


def read_sources(content: bytes) -> dict[str, Source]:
    """The source register by its ids (columns id, title, publisher, year, licence, address)."""
    return {
        row["id"]: Source(
            title=row["title"], publisher=row["publisher"], licence=row["licence"], document=row["address"]
        )
        for row in read_table(content)
    }


def read_factors(path: Path, content: bytes, sources: Mapping[str, Source]) -> list[Factor]:
    """Every factor of one file; raises `InvalidInput` with all faulty rows."""
    factors: list[Factor] = []
    problems: list[Problem] = []
    for number, row in enumerate(read_table(content), start=2):
        try:
            factors.append(factor_of(row, sources))
        except (KeyError, ValueError) as fault:
            problems.append(_faulty_row(path.name, number, fault))
    if problems:
        raise InvalidInput(*problems)
    return factors


def factor_of(row: Row, sources: Mapping[str, Source]) -> Factor:
    """One factor; raises `KeyError` or `ValueError` naming what is wrong."""
    if row.keys() != _EXPECTED:
        raise ValueError(f"columns differ: {sorted(_EXPECTED.symmetric_difference(map(str, row.keys())))}")
    register = sources[row["source"]]
    return Factor(
        id=row["id"],
        version=row["version"],
        kind=_KINDS[row["kind"]],
        name=Text(row["name"], row["name_en"]),
        category=row["category"],
        value=float(row["value"]),
        unit=row["unit"],
        per=row["per"],
        totals=_totals(row),
        gases=_gases(row["gases"]),
        year=row["year"],
        geography=row["geography"],
        boundary=row["boundary"],
        source=Source(
            title=register.title,
            table=row["table"],
            document=row["document"] or register.document,
            publisher=register.publisher,
            licence=register.licence,
        ),
        confidence=_CONFIDENCES[row["confidence"]],
        copies=int(row["copies"]),
        notes=row["notes"],
        uncertainty=_uncertainty(row["uncertainty"]),
        aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
    )


def _totals(row: Row) -> tuple[float, float, float, float, float]:
    fossil, emissions, removals, land_use, aircraft = (float(row[kind.value] or 0) for kind in TOTAL_KINDS)
    return fossil, emissions, removals, land_use, aircraft


def _gases(text: str) -> tuple[GasAmount, ...]:
    """Gases as "CO2=56.1 CH4:bio=0.001", kg of gas per unit; ":bio" marks biogenic carbon."""
    amounts = []
    for part in text.split():
        name, amount = part.split("=")
        gas, _, origin = name.partition(":")
        if origin not in {"", "bio"}:
            raise ValueError(f"origin of a gas: {origin}")
        amounts.append(GasAmount(gas=gas, kg=float(amount), biogenic=origin == "bio"))
    return tuple(amounts)


def _uncertainty(text: str) -> Uncertainty | None:
    """A spread as "triangular 0.79 1.08" or "lognormal 1.1"."""
    if not text:
        return None
    shape, *numbers = text.split()
    distribution = Distribution(shape)
    if distribution in {Distribution.LOGNORMAL, Distribution.NORMAL}:
        return Uncertainty(distribution=distribution, spread=float(numbers[0]))
    return Uncertainty(distribution=distribution, low=float(numbers[0]), high=float(numbers[1]))


def _faulty_row(file: str, number: int, fault: Exception) -> Problem:
    return problem(
        "faulty-reference-row",
        f"参考数据行无法读取：{fault}",
        f"this reference row cannot be read: {fault}",
        cure_zh="请恢复随产品发布的数据文件",
        cure_en="restore the data file as it was released",
        place=Place(file=file, row=number),
    )


def missing_file(path: Path) -> ZujiError:
    """The refusal where a shipped file is not there."""
    return InvalidInput(
        problem(
            "missing-reference-file",
            f"缺少参考数据文件 {path.name}",
            f"the reference file {path.name} is missing",
            cure_zh="请检查数据目录，或重新安装",
            cure_en="check the data directory, or install again",
            place=Place(file=path.name),
        )
    )
