"""A study as rows of the inventory workbook: what stands in which cell, before anything is written."""

from collections.abc import Iterator, Mapping
from typing import Any

from zuji.errors import InvalidInput, Place, Problem, problem, raise_all
from zuji.formats.excel import form
from zuji.formats.excel.cells import SEPARATORS
from zuji.formats.excel.schema import PROCESSES, SCENARIOS, SHEET_OF_KIND, TABLES
from zuji.formats.excel.statements import BALANCES, CERTIFICATES, OFFSETS, REVIEWS
from zuji.model.documents import to_dict
from zuji.model.studies import Study

MAX_TEXT = 32_767
Row = dict[str, Any]
# Fields that show that a line has a detail even where all of it is at its default.
_PRESENCE = {
    "fuel": "ncv_per",
    "transport": "aircraft",
    "recycling": "method",
    "biogenic_carbon": "removal",
    "electricity": "treatment",
}


def tables(study: Study) -> dict[str, list[Row]]:
    """The rows of every table by its key; a row holds values by column key.

    Raises `InvalidInput` for what a workbook cannot hold.
    """
    document, complete = to_dict(study), to_dict(study, complete=True)
    rows: dict[str, list[Row]] = {table.key: [] for table in TABLES}
    number = 0
    for process, whole in zip(document["processes"], complete["processes"], strict=True):
        rows[PROCESSES.key] += _process_rows(process)
        for line, full in zip(process.get("lines", ()), whole.get("lines", ()), strict=True):
            number += 1
            row = {"order": number, "process": process["id"], **_flat(_with_presence(line, full))}
            held = row.pop("electricity.certificates", ())
            rows[SHEET_OF_KIND[line["kind"]].key].append(row)
            rows[CERTIFICATES.key] += ({"line": line["id"], **certificate} for certificate in held)
    for scenario in document.get("scenarios", ()):
        rows[SCENARIOS.key] += _scenario_rows(scenario)
    statements = document.get("statements", {})
    for table in (BALANCES, REVIEWS, OFFSETS):
        rows[table.key] += (_flat(record) for record in statements.get(table.key, ()))
    forms = {form.PRODUCT.key: [product_values(study)], form.STATEMENTS.key: [statement_values(study)]}
    raise_all([*_unwritable(rows), *_unwritable(forms)], InvalidInput)
    return rows


def statement_values(study: Study) -> Row:
    """Values of the form of statements by field key, without what stands in tables."""
    values = _flat({"statements": to_dict(study).get("statements", {})})
    return {column.key: values[column.key] for column in form.STATEMENTS.fields if column.key in values}


def product_values(study: Study) -> Row:
    """Values of the product sheet by field key; stages as "inside" or "excluded"."""
    apart = {"processes", "scenarios", "statements"}
    values = _flat({key: part for key, part in to_dict(study).items() if key not in apart})
    for stage in study.boundary.stages:
        values[f"{form.STAGE_KEY}{stage}"] = "inside"
    for exclusion in study.boundary.excluded:
        values[f"{form.STAGE_KEY}{exclusion.stage}"] = "excluded"
    return values


def _with_presence(line: Mapping[str, Any], full: Mapping[str, Any]) -> dict[str, Any]:
    key = _PRESENCE.get(line["kind"])
    detail = line.get(line["kind"])
    if key is None or detail is None:
        return dict(line)
    return {**line, line["kind"]: {key: full[line["kind"]][key], **detail}}


def _flat(mapping: Mapping[str, Any], prefix: str = "") -> Row:
    result: Row = {}
    for key, value in mapping.items():
        if isinstance(value, Mapping):
            result.update(_flat(value, f"{prefix}{key}."))
        else:
            result[f"{prefix}{key}"] = value
    return result


def _process_rows(process: Mapping[str, Any]) -> Iterator[Row]:
    head = {key: value for key, value in process.items() if key not in {"outputs", "lines"}}
    for at, output in enumerate(process["outputs"]):
        yield {**(head if at == 0 else {"id": process["id"]}), **_flat(output, "output.")}


def _scenario_rows(scenario: Mapping[str, Any]) -> Iterator[Row]:
    head = {key: value for key, value in scenario.items() if key != "changes"}
    for at, change in enumerate(scenario["changes"] or [{}]):
        yield {**(head if at == 0 else {"id": scenario["id"]}), **_flat(change, "change.")}


def _unwritable(rows: Mapping[str, list[Row]]) -> Iterator[Problem]:
    for table, records in rows.items():
        for record in records:
            for key, value in record.items():
                place = Place(sheet=table, field=key, line=str(record.get("id", "")))
                if isinstance(value, str) and len(value) > MAX_TEXT:
                    yield problem(
                        "text-too-long",
                        f"文字有 {len(value)} 个字符，超过单元格 {MAX_TEXT} 的上限",
                        f"a text of {len(value)} characters is above the {MAX_TEXT} that a cell holds",
                        cure_zh="请缩短，或导出为 YAML、JSON",
                        cure_en="shorten it, or export as YAML or JSON",
                        place=place,
                    )
                parts = value if isinstance(value, list) else ()
                if any(isinstance(part, str) and SEPARATORS.search(part) for part in parts):
                    yield problem(
                        "tag-with-separator",
                        "标签或编号里含有顿号、逗号或分号，在表格中会被拆开",
                        "a tag or id holds a comma or semicolon and would be split in a cell",
                        cure_zh="请去掉其中的标点，或导出为 YAML、JSON",
                        cure_en="take it out, or export as YAML or JSON",
                        place=place,
                    )
