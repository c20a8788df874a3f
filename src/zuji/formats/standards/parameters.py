"""Targets, parameters and the criteria of the yearly selection, from CSV."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from zuji.errors import InvalidInput, Place, problem, raise_all
from zuji.formats.standards.products import known_source
from zuji.formats.standards.rows import read_rows
from zuji.model.regions import REGIONS
from zuji.model.standards import Certainty
from zuji.rules.selection import Bounds, Criterion
from zuji.rules.targets import Target
from zuji.text import Text

TARGET_COLUMNS = ("region", "by", "number", "name", "name_en", "clause", "source")
PARAMETER_COLUMNS = (
    "key",
    "value",
    "unit",
    "name",
    "name_en",
    "clause",
    "source",
    "certainty",
    "note",
)
CRITERION_COLUMNS = ("id", "weight", "name", "name_en", "source", "demonstration", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A figure that a plan or law sets, with its clause, its source and how well it is known."""

    key: str
    value: float
    unit: str
    name: Text
    clause: str
    source: str
    certainty: Certainty
    note: str = ""


def load_targets(
    content: bytes, *, name: str = "targets.csv", sources: Collection[str] = ()
) -> tuple[Target, ...]:
    """The targets; raises `InvalidInput` with every located problem."""
    rows = list(read_rows(content, TARGET_COLUMNS, name=name))
    targets = []
    for row in rows:
        region = row.text("region", required=True)
        if region not in REGIONS:
            cure = ("请使用 CN-SC 这样的省级代码", "use a province code such as CN-SC")
            row.refuse("region", "region", f"没有地区“{region}”", f"no region “{region}”", cure=cure)
        row.text("by", required=True)
        targets.append(
            Target(
                region=region,
                by=row.day("by") or date.max,
                number=row.whole("number"),
                name=Text(row.text("name", required=True), row.text("name_en")),
                clause=row.text("clause", required=True),
                source=known_source(row, "source", sources),
            )
        )
    raise_all([each for row in rows for each in row.problems])
    return tuple(targets)


def load_parameters(
    content: bytes, *, name: str = "parameters.csv", sources: Collection[str] = ()
) -> Mapping[str, Parameter]:
    """The parameters by their keys; raises `InvalidInput` with every located problem."""
    rows = list(read_rows(content, PARAMETER_COLUMNS, name=name))
    found: dict[str, Parameter] = {}
    for row in rows:
        key = row.text("key", required=True)
        if key in found:
            cure = ("请删去一行", "remove one row")
            row.refuse("double-key", "key", "编号重复", "the key is there twice", cure=cure)
        found[key] = Parameter(
            key=key,
            value=row.figure("value"),
            unit=row.text("unit"),
            name=Text(row.text("name", required=True), row.text("name_en")),
            clause=row.text("clause"),
            source=known_source(row, "source", sources),
            certainty=row.choice("certainty", Certainty, Certainty.UNCONFIRMED),
            note=row.text("note"),
        )
    raise_all([each for row in rows for each in row.problems])
    return found


def load_criteria(
    content: bytes, *, name: str = "criteria.csv", sources: Collection[str] = ()
) -> tuple[Criterion, ...]:
    """The criteria; raises `InvalidInput` with every located problem. Weights are checked when they rank."""
    rows = list(read_rows(content, CRITERION_COLUMNS, name=name))
    criteria = tuple(
        Criterion(
            id=row.text("id", required=True),
            name=Text(row.text("name", required=True), row.text("name_en")),
            weight=row.figure("weight"),
            source=known_source(row, "source", sources),
            demonstration=row.yes("demonstration"),
        )
        for row in rows
    )
    raise_all([each for row in rows for each in row.problems])
    return criteria


def bounds_of(parameters: Mapping[str, Parameter]) -> Bounds:
    """How many products a year chooses; raises `InvalidInput` where a parameter is missing."""
    missing = [key for key in ("selection.least", "selection.most") if key not in parameters]
    if missing:
        raise InvalidInput(
            problem(
                "missing-parameter",
                f"缺少参数 {missing[0]}",
                f"the parameter {missing[0]} is missing",
                cure_zh="请在 parameters.csv 中补上",
                cure_en="add it to parameters.csv",
                place=Place(file="parameters.csv"),
            )
        )
    least, most = parameters["selection.least"], parameters["selection.most"]
    return Bounds(least=int(least.value), most=int(most.value), clause=least.clause)
