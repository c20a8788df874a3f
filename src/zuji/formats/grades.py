"""Grading as files: the methods that are shipped, and a derivation with all that it rests on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from zuji.errors import FileRefused, InvalidInput, Place, problem, raise_all
from zuji.formats import yaml_tree
from zuji.formats.json_tree import depth_exceeds
from zuji.formats.reference import default_directory
from zuji.model.findings import Finding, path_text, problems_of
from zuji.model.records import Readers, write_record
from zuji.model.studies import Period
from zuji.rules.grades_checks import ranked
from zuji.rules.grades_methods import check_method
from zuji.rules.grading import Derivation, Sample, ThresholdMethod, Thresholds

SCHEMA = "zuji-grades-1"
_READERS = Readers()


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodsFile:
    """The content of a file of methods."""

    methods: tuple[ThresholdMethod, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDerivation:
    """What a derivation rests on and what followed; `zuji.rules.grading.derive` gives the same again."""

    schema: str
    samples: tuple[Sample, ...]
    method: ThresholdMethod
    digest: str
    applies: Period | None = None
    thresholds: Thresholds | None = None


@cache
def shipped() -> dict[str, ThresholdMethod]:
    """The shipped methods by key, `id@version`. Their numbers are proposals, not law."""
    path = default_directory() / "grades" / "methods.yaml"
    return {method.key: method for method in load_methods(path.read_bytes(), name=path.name)}


def load_methods(data: bytes, *, name: str = "") -> tuple[ThresholdMethod, ...]:
    """The methods in a YAML file; raises `InvalidInput` with every mistake, each with its row."""
    try:
        tree = yaml_tree.parse(data.decode("utf-8-sig"), name=name)
    except UnicodeDecodeError as error:
        raise FileRefused(_not_one(name)) from error
    content: MethodsFile = _read(MethodsFile, tree, name)
    for method in content.methods:
        check_method(method)
    return content.methods


def dump(samples: Sequence[Sample], derivation: Derivation, applies: Period | None = None) -> bytes:
    """The derivation with its samples as JSON; the same bytes whatever the samples' order."""
    stored = StoredDerivation(
        schema=SCHEMA,
        samples=tuple(ranked(samples)),
        method=derivation.method,
        applies=applies,
        digest=derivation.digest,
        thresholds=derivation.thresholds,
    )
    content = write_record(stored)
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def load(data: bytes, *, name: str = "") -> StoredDerivation:
    """A stored derivation; raises `FileRefused` where it is none, `InvalidInput` with every mistake."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FileRefused(_not_one(name)) from error
    if not isinstance(tree, dict) or tree.get("schema") != SCHEMA or depth_exceeds(tree, yaml_tree.MAX_DEPTH):
        raise FileRefused(_not_one(name))
    stored: StoredDerivation = _read(StoredDerivation, tree, name)
    return stored


def to_dict(record: Sample | Thresholds | ThresholdMethod) -> dict[str, Any]:
    """A sample, thresholds or a method as plain JSON values."""
    return write_record(record)


def sample(mapping: object) -> Sample:
    """The sample in what `to_dict` wrote; raises `InvalidInput`."""
    found: Sample = _read(Sample, mapping, "")
    return found


def thresholds(mapping: object) -> Thresholds:
    """The thresholds in what `to_dict` wrote; raises `InvalidInput`."""
    found: Thresholds = _read(Thresholds, mapping, "")
    return found


def method(mapping: object) -> ThresholdMethod:
    """The method in what `to_dict` wrote or a person typed; raises `InvalidInput`."""
    found: ThresholdMethod = _read(ThresholdMethod, mapping, "")
    check_method(found)
    return found


def _read(cls: type, tree: object, name: str) -> Any:
    findings: list[Finding] = []
    found = _READERS.of(cls)(tree, findings)

    def locate(finding: Finding) -> Place:
        return Place(file=name, row=yaml_tree.row_of(tree, finding.path), field=path_text(finding.path))

    raise_all(problems_of(findings, locate), InvalidInput)
    return found


def _not_one(name: str) -> Any:
    return problem(
        "grades.not_one",
        "这不是分级取值的推导文件",
        "this is not a derivation of grading values",
        cure_zh="请选择导出的推导文件（JSON）或方法文件（YAML）",
        cure_en="choose an exported derivation (JSON) or a file of methods (YAML)",
        place=Place(file=name),
    )
