"""Reading a snapshot's bytes, with every mistake and where it is."""

import json

from zuji.errors import FileRefused, InvalidInput, Place, Problem, problem, raise_all
from zuji.model import documents
from zuji.model.amounts import negative
from zuji.model.findings import Finding, path_text, problems_of
from zuji.model.records import Readers, not_a_mapping, read_fields, reading_plan
from zuji.model.studies import Study
from zuji.trust.frozen import SCHEMA, Snapshot, to_bytes

MAX_BYTES = 64 * 1024 * 1024


def from_bytes(data: bytes, *, name: str = "") -> Snapshot:
    """The snapshot in a file.

    Raises `FileRefused` for what is too large or no JSON text, and `InvalidInput` with every mistake
    otherwise; bytes that are not the canonical form of what they say are a mistake too.
    """
    value = _parse(data, name)
    findings: list[Finding] = []
    if not isinstance(value, dict):
        findings.append(not_a_mapping(value))
        value = {}
    elif value.get("schema") != SCHEMA:
        raise InvalidInput(_other_schema(value.get("schema"), name))
    snapshot: Snapshot = read_fields(Snapshot, value, findings, _PLAN)
    asked = snapshot.uncertainty
    findings += [negative(number).at("uncertainty") for number in (asked.runs or 0, asked.seed) if number < 0]

    def locate(finding: Finding) -> Place:
        return Place(file=name, field=path_text(finding.path), line=finding.line)

    raise_all(problems_of(findings, locate), InvalidInput)
    if to_bytes(snapshot) != data:
        raise InvalidInput(_not_canonical(name))
    return snapshot


def _read_study(value: object, findings: list[Finding]) -> Study:
    reading = documents.read(value)
    findings += reading.findings
    return reading.study


_READERS = Readers()
_READERS.special(Study, _read_study)
_PLAN = reading_plan(Snapshot, _READERS.of)


def _parse(data: bytes, name: str) -> object:
    if len(data) > MAX_BYTES:
        raise FileRefused(
            _refusal("file-too-large", "文件过大，不会是快照", "too large for a snapshot", name)
        )
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FileRefused(_refusal("not-utf8", "不是 UTF-8 文本", "this is no UTF-8 text", name)) from error
    except RecursionError as error:
        raise FileRefused(_refusal("too-deep", "嵌套过深", "the nesting is too deep", name)) from error
    except ValueError as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise InvalidInput(
            _refusal("syntax", f"JSON 语法错误：{said}", f"JSON syntax: {said}", name, row)
        ) from error


def _refusal(code: str, zh: str, en: str, name: str, row: int | None = None) -> Problem:
    return problem(
        code,
        zh,
        en,
        cure_zh="请使用 --snapshot 或“冻结”导出的原文件",
        cure_en="use a file as freezing or --snapshot wrote it",
        place=Place(file=name, row=row),
    )


def _other_schema(found: object, name: str) -> Problem:
    return _refusal(
        "snapshot.schema",
        f"快照格式应为“{SCHEMA}”，实际为“{found}”" if found else "文件不是快照：没有 schema 项",
        f"the snapshot's schema is “{found}”, not “{SCHEMA}”" if found else "this is no snapshot: no schema",
        name,
    )


def _not_canonical(name: str) -> Problem:
    return _refusal(
        "snapshot.not_canonical",
        "文件不是规范形式（RFC 8785），多半被编辑或重新排版过",
        "the file is not in canonical form (RFC 8785); it was probably edited or reformatted",
        name,
    )
