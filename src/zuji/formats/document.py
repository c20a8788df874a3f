"""Studies as YAML or JSON, for people who write their inventory in an editor.

The keys are those of `zuji.model.documents`. Reading reports every mistake at once, with the row of
a YAML file; writing gives the same bytes for the same study.
"""

import json
from collections.abc import Mapping
from typing import Any, Literal

import yaml

from zuji.errors import FileRefused, InvalidInput, Place, Problem, problem, raise_all
from zuji.formats import yaml_tree
from zuji.formats.json_tree import depth_exceeds
from zuji.model import documents
from zuji.model.documents import MAIN_PROCESS, to_dict
from zuji.model.findings import Finding, path_text, problems_of, without_consequences
from zuji.model.quantities import Quantity
from zuji.model.studies import Study
from zuji.model.validation import findings_of
from zuji.model.written import write_quantity

__all__ = ["dump", "from_dict", "load", "mistakes", "to_dict"]
MAX_BYTES = 20 * 1024 * 1024
Syntax = Literal["yaml", "json"]


def load(data: bytes, *, name: str = "") -> Study:
    """The study in a YAML or JSON file.

    Raises `FileRefused` for a file that is not opened at all (too large, too deep, not text) and
    `InvalidInput` with every mistake in it otherwise.
    """
    return from_dict(_parse(data, name), name=name)


def from_dict(mapping: object, *, name: str = "") -> Study:
    """The study in a plain dictionary; raises `InvalidInput` with every mistake at once."""
    study, found = _read(mapping, name)
    raise_all(found, InvalidInput)
    return study


def mistakes(mapping: object, *, name: str = "") -> tuple[Problem, ...]:
    """Every mistake of a document, structural and semantic, without raising."""
    return tuple(_read(mapping, name)[1])


def _read(mapping: object, name: str) -> tuple[Study, list[Problem]]:
    reading = documents.read(mapping)
    found = [*reading.findings]
    found += without_consequences(reading.written(findings_of(reading.study)), found)

    def locate(finding: Finding) -> Place:
        row = yaml_tree.row_of(mapping, finding.path)
        return Place(file=name, row=row, field=path_text(finding.path), line=finding.line)

    return reading.study, problems_of(found, locate)


def _parse(data: bytes, name: str) -> object:
    if len(data) > MAX_BYTES:
        raise FileRefused(
            problem(
                "file-too-large",
                f"文件有 {len(data) / 1e6:.0f} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限",
                f"the file has {len(data) / 1e6:.0f} MB, above the limit of {MAX_BYTES // 1024 // 1024} MB",
                cure_zh="请确认选对了文件；清单文件通常不到 1 MB",
                cure_en="check that it is the right file; an inventory is usually below 1 MB",
                place=Place(file=name),
            )
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(
            problem(
                "not-utf8",
                "文件不是 UTF-8 编码的文本",
                "the file is not text in UTF-8",
                cure_zh="请在编辑器中以 UTF-8 编码另存；Excel 清单请用 .xlsx 文件",
                cure_en="save it as UTF-8 in the editor; inventories in Excel are .xlsx files",
                place=Place(file=name),
            )
        ) from error
    if name.lower().endswith((".yaml", ".yml")) or not text.lstrip().startswith("{"):
        return yaml_tree.parse(text, name=name)
    return _parse_json(text, name)


def _parse_json(text: str, name: str) -> object:
    try:
        tree: object = json.loads(text, object_pairs_hook=_without_duplicates)
    except RecursionError as error:
        raise FileRefused(yaml_tree.too_deep(name)) from error
    except json.JSONDecodeError as error:
        code, row = "syntax", error.lineno
        zh, en = f"JSON 语法错误：{error.msg}", f"JSON syntax: {error.msg}"
    except _DuplicateKeyError as error:
        code, row = "duplicate-key", None
        zh, en = f"键“{error}”重复", f"the key “{error}” is there twice"
    except ValueError:  # a whole number of thousands of digits
        code, row = "syntax", None
        zh, en = "JSON 中有过长的数字", "a number in the JSON is too long"
    else:
        if depth_exceeds(tree, yaml_tree.MAX_DEPTH):
            raise FileRefused(yaml_tree.too_deep(name))
        return tree
    raise InvalidInput(
        problem(
            code,
            zh,
            en,
            cure_zh="请改正后重试",
            cure_en="correct it and try again",
            place=Place(file=name, row=row),
        )
    )


class _DuplicateKeyError(ValueError):
    pass


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise _DuplicateKeyError(key)
        result[key] = value
    return result


def dump(study: Study, *, syntax: Syntax = "yaml") -> bytes:
    """The study as a file in UTF-8; reads back to the same study."""
    if syntax == "json":
        return (json.dumps(to_dict(study), ensure_ascii=False, indent=2) + "\n").encode()
    text = yaml.dump(_short(to_dict(study)), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()


class _Dumper(yaml.SafeDumper):
    """Plain YAML without anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


# text that our own reader takes for a number ("1e5") is put in quotation marks
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", yaml_tree.FLOAT, list("-+.0123456789"))


def _short(document: dict[str, Any]) -> dict[str, Any]:
    """The document as a person would type it: lines at the top, quantities in one word."""
    processes = document["processes"]
    only = processes[0] if len(processes) == 1 else {}
    plain = {
        "id": MAIN_PROCESS,
        "name": document["product"]["name"],
        "outputs": [{"product": document["product"]["name"], "quantity": document["unit"]["quantity"]}],
        "lines": only.get("lines"),
    }
    if only.get("lines") and only == plain:
        document = {
            ("lines" if key == "processes" else key): (only["lines"] if key == "processes" else value)
            for key, value in document.items()
        }
    short: dict[str, Any] = _short_quantities(document)
    return short


def _short_quantities(value: Any) -> Any:
    if isinstance(value, list):
        return [_short_quantities(item) for item in value]
    if not isinstance(value, Mapping):
        return _whole(value)
    if value.keys() == {"amount", "unit"}:
        return write_quantity(Quantity(**value)) or dict(value)
    return {key: _short_quantities(item) for key, item in value.items()}


def _whole(value: Any) -> Any:
    """Whole numbers without ".0", as people write them."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return int(value) if is_whole else value
