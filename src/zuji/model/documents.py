"""A study as one plain dictionary: the form that files, the platform and the interface share.

Keys are the field names of `zuji.model`. `to_dict` writes the full form, defaults left out. `read`
also takes the short forms that engineers type:

    quantity: 0.389 kg              {amount: 0.389, unit: kg}
    unit: 1 kWh                     {kind: by the boundary, quantity: 1 kWh}
    boundary: cradle_to_gate        {kind: cradle_to_gate, stages: those it spans}
    period: 2024-01-01/2024-12-31   {start: ..., end: ...}; 2024 is the whole year
    product: 某产品                  {name: 某产品}
    lines: [...] at the top         one process "main" whose output is the declared unit
    fuel: raw_coal                  kind: fuel with FuelDetail(fuel="raw_coal")

The detail of a line stands under the key of its kind; the kind may then be left out, and a line
without `id` is numbered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zuji.errors import InvalidInput, Place, raise_all
from zuji.model.findings import Finding, Path, path_text, problems_of
from zuji.model.lines import (
    BiogenicDetail,
    ElectricityDetail,
    EmissionDetail,
    FuelDetail,
    Line,
    LineKind,
    RecyclingDetail,
    SubAssemblyDetail,
    TransportDetail,
)
from zuji.model.quantities import Quantity
from zuji.model.records import (
    Readers,
    missing_key,
    mistake,
    not_a_mapping,
    read_fields,
    reading_plan,
    record_reader,
    shown,
    unknown_key,
    write_record,
)
from zuji.model.stages import Stage
from zuji.model.studies import (
    BoundaryKind,
    Output,
    Period,
    Product,
    ReferenceUnit,
    Study,
    SystemBoundary,
    UnitKind,
    UnitProcess,
)
from zuji.model.written import parse_quantity

MAIN_PROCESS = "main"
DETAILS: dict[LineKind, type] = {
    LineKind.FUEL: FuelDetail,
    LineKind.TRANSPORT: TransportDetail,
    LineKind.DIRECT_EMISSION: EmissionDetail,
    LineKind.SUB_ASSEMBLY: SubAssemblyDetail,
    LineKind.RECYCLING: RecyclingDetail,
    LineKind.BIOGENIC_CARBON: BiogenicDetail,
    LineKind.ELECTRICITY: ElectricityDetail,
}
STAGES_OF: dict[BoundaryKind, tuple[Stage, ...]] = {
    BoundaryKind.CRADLE_TO_GRAVE: tuple(Stage),
    BoundaryKind.CRADLE_TO_GATE: (Stage.RAW_MATERIAL, Stage.MANUFACTURING),
    BoundaryKind.GATE_TO_GATE: (Stage.MANUFACTURING,),
}
_KIND_OF_DETAIL = {detail: kind for kind, detail in DETAILS.items()}
_YEAR = re.compile(r"\d{4}")


def _expand_period(value: object) -> object:
    text = str(value)
    if _YEAR.fullmatch(text):
        return {"start": f"{text}-01-01", "end": f"{text}-12-31"}
    start, slash, end = text.partition("/")
    return {"start": start.strip(), "end": end.strip()} if slash else value


def _under(key: str) -> Any:
    return lambda value: {key: value}


_READERS = Readers(
    {
        Product: _under("name"),
        ReferenceUnit: _under("quantity"),
        SystemBoundary: _under("kind"),
        Period: _expand_period,
        FuelDetail: _under("fuel"),
        TransportDetail: _under("distance"),
        EmissionDetail: _under("gas"),
        SubAssemblyDetail: _under("process"),
        ElectricityDetail: _under("treatment"),
    }
)
_read_whole_quantity = record_reader(Quantity, _READERS.of)


def _read_quantity(value: object, findings: list[Finding]) -> Quantity:
    if isinstance(value, Quantity):
        return value
    parsed = parse_quantity(value) if isinstance(value, str) else None
    if parsed is not None:
        return parsed
    if isinstance(value, Mapping):
        quantity: Quantity = _read_whole_quantity(value, findings)
        return quantity
    findings.append(
        mistake(
            "quantity-expected",
            f"“{shown(value)}”不是带单位的数量",
            f"“{shown(value)}” is not an amount with its unit",
            "请写成“数值 单位”，例如 0.389 kg",
            "write the amount and its unit, for example 0.389 kg",
        )
    )
    return Quantity(1.0, "")


_READERS.special(Quantity, _read_quantity)
_LINE_FIELDS = reading_plan(Line, _READERS.of, skip={"detail"})
_LINE_PLAN = _LINE_FIELDS | {kind.value: (_READERS.of(detail), None) for kind, detail in DETAILS.items()}


class _LineArguments(dict[str, Any]):
    """What was read of a line, before its detail is chosen."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(arguments)


def _read_line(value: object, findings: list[Finding]) -> Line:
    """A line; its kind follows from the key of its detail where it is not stated."""
    if isinstance(value, Line):
        return value
    before = len(findings)
    if isinstance(value, Mapping):
        stated = [kind for kind in DETAILS if value.get(kind.value) is not None]
        if "kind" not in value and len(stated) == 1:
            value = {**value, "kind": stated[0].value}
    else:
        findings.append(not_a_mapping(value))
        value = {}
    arguments = read_fields(_LineArguments, value, findings if value else [], _LINE_PLAN)
    kind, details = arguments["kind"], {kind: arguments.pop(kind.value, None) for kind in DETAILS}
    for other, detail in details.items():
        if detail is not None and other is not kind and "kind" in value:
            findings.append(_foreign_detail(kind, other))
    for finding in findings[before:]:
        finding.line = finding.line or arguments["id"]
    return Line(**arguments, detail=details.get(kind))


def _foreign_detail(kind: LineKind, other: LineKind) -> Finding:
    return mistake(
        "foreign-detail",
        f"类别为 {kind} 的清单行不能有“{other}”参数",
        f"a line of kind {kind} has no “{other}” parameters",
        f"请把 kind 改为 {other}，或删去“{other}”",
        f"change kind to {other}, or remove “{other}”",
    ).at(other.value)


_READERS.special(Line, _read_line)
_STUDY_PLAN = reading_plan(Study, _READERS.of)


@dataclass(frozen=True, slots=True)
class Reading:
    """A study with neutral values where `findings` name mistakes; usable only without findings.

    `one_process` tells that the lines stood at the top of the document.
    """

    study: Study
    findings: tuple[Finding, ...]
    one_process: bool

    def written(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with paths as in the document.

        Where the process was made from product and unit, what is wrong with its output is said there.
        """
        if not self.one_process:
            return list(findings)
        kept = []
        for finding in findings:
            path = finding.path
            if path[:2] != ("processes", 0) or path[2:3] == ("lines",):
                finding.path = _at_top(path)
                finding.depends = tuple(map(_at_top, finding.depends))
                kept.append(finding)
        return kept


def _at_top(path: Path) -> Path:
    return path[2:] if path[:2] == ("processes", 0) and len(path) > 2 else path


def read(value: object) -> Reading:
    """The study in `value` and every structural mistake in it. Raises nothing."""
    findings: list[Finding] = []
    if not isinstance(value, Mapping):
        findings.append(not_a_mapping(value))
        value = {}
    one_process = "lines" in value and "processes" not in value
    known = {**_STUDY_PLAN, "lines": None} if one_process else _STUDY_PLAN
    findings += [unknown_key(key, known) for key in value if key not in known]
    document = {key: part for key, part in value.items() if key in _STUDY_PLAN}
    document["boundary"] = _whole_boundary(document.get("boundary"))
    document["unit"] = _whole_unit(document.get("unit"), document["boundary"])
    if one_process:
        document["processes"] = [_only_process(document, value["lines"])]
    elif not document.get("processes"):
        document["processes"] = []
        findings.append(missing_key("processes"))
    document["processes"] = _numbered(document["processes"])
    study: Study = read_fields(Study, document, findings, _STUDY_PLAN)
    bare = Reading(study, (), one_process)
    return replace(bare, findings=tuple(bare.written(findings)))


def _whole_boundary(value: object) -> object:
    """The boundary with the stages its kind spans, where no stages are named."""
    mapping = {"kind": value} if isinstance(value, str) else value
    if isinstance(mapping, Mapping) and mapping.get("stages") is None and mapping.get("kind"):
        try:
            stages = STAGES_OF[BoundaryKind(mapping["kind"])]
        except ValueError:
            stages = tuple(Stage)  # the kind itself is reported
        return {**mapping, "stages": stages}
    return mapping


def _whole_unit(value: object, boundary: object) -> object:
    """The unit with its kind: functional from cradle to grave, declared otherwise (GB/T 24067-2024)."""
    mapping = {"quantity": value} if isinstance(value, (str, int, float)) else value
    if not isinstance(mapping, Mapping):
        return mapping
    if "quantity" not in mapping and mapping.keys() <= {"amount", "unit"} and mapping:
        mapping = {"quantity": mapping}
    if mapping.get("kind") is None and isinstance(boundary, Mapping):
        whole = boundary.get("kind") == BoundaryKind.CRADLE_TO_GRAVE
        return {**mapping, "kind": str(UnitKind.FUNCTIONAL if whole else UnitKind.DECLARED)}
    return mapping


def _only_process(document: Mapping[str, Any], lines: object) -> dict[str, object]:
    """The process of a study that lists lines only: its output is the declared unit of the product."""
    product, unit = document.get("product"), document["unit"]
    name = product.get("name") if isinstance(product, Mapping) else product
    return {
        "id": MAIN_PROCESS,
        "name": name or MAIN_PROCESS,
        # mistakes in the unit are reported where it stands, not here again
        "outputs": (Output(product=str(name or ""), quantity=_unit_quantity(unit)),),
        "lines": lines,
    }


def _unit_quantity(unit: object) -> Quantity:
    return _read_quantity(unit.get("quantity") if isinstance(unit, Mapping) else unit, [])


def _numbered(processes: object) -> object:
    """The processes with an id on every line and a name on every process that lacks one."""
    if not isinstance(processes, (list, tuple)):
        return processes
    parts = [process for process in processes if isinstance(process, Mapping)]
    lines = [line for part in parts for line in _list(part.get("lines")) if isinstance(line, Mapping)]
    if all(line.get("id") for line in lines) and all(part.get("name") for part in parts):
        return processes
    taken = {str(line.get("id")) for line in lines}
    fresh = (f"L{number}" for number in range(1, 2 * len(lines) + 2))
    free = (label for label in fresh if label not in taken)
    return [_named(part, free) if isinstance(part, Mapping) else part for part in processes]


def _named(process: Mapping[str, Any], free: Iterator[str]) -> dict[str, Any]:
    whole = dict(process)
    whole["name"] = process.get("name") or process.get("id")
    if isinstance(process.get("lines"), (list, tuple)):
        whole["lines"] = [
            {**line, "id": next(free)} if isinstance(line, Mapping) and not line.get("id") else line
            for line in process["lines"]
        ]
    return whole


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def from_dict(mapping: object, *, name: str = "") -> Study:
    """The study in a plain dictionary; raises `InvalidInput` with every structural mistake at once."""
    reading = read(mapping)

    def locate(finding: Finding) -> Place:
        return Place(file=name, field=path_text(finding.path), line=finding.line)

    raise_all(problems_of(reading.findings, locate), InvalidInput)
    return reading.study


def to_dict(study: Study, *, complete: bool = False) -> dict[str, Any]:
    """The study as str, float, bool, list and dict, in field order.

    Defaults are left out unless `complete`, so that a frozen study does not depend on them.
    """
    whole = write_record(replace(study, processes=()), complete=complete)
    whole["processes"] = [_write_process(process, complete=complete) for process in study.processes]
    return whole


def _write_process(process: UnitProcess, *, complete: bool) -> dict[str, Any]:
    whole = write_record(replace(process, lines=()), complete=complete)
    if process.lines:
        whole["lines"] = [_write_line(line, complete=complete) for line in process.lines]
    return whole


def _write_line(line: Line, *, complete: bool) -> dict[str, Any]:
    result = write_record(line, complete=complete)
    if line.detail is None:
        result.pop("detail", None)
        return result
    key = _KIND_OF_DETAIL[type(line.detail)].value
    return {key if name == "detail" else name: value for name, value in result.items()}
