"""The JSON Schema of a rule file, made from the dataclasses, so that an editor checks while one types."""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union

from zuji.model.category_rules import (
    AllocationRule,
    BoundaryRule,
    ElectricityRule,
    GwpRule,
    PeriodRule,
    PrimaryDataRule,
    ProductCategoryRule,
    ProfileRule,
    QualityFloor,
    RecyclingRule,
    RuleItem,
    RuleScope,
    UnitRule,
)
from zuji.model.standards import ProductCode, Scheme

_TEXT: Mapping[str, Any] = {"type": ["string", "integer"]}
_NUMBER: Mapping[str, Any] = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[-+]?[0-9.,eE+-]+\s*%?\s*$"}]
}
_SHORT: Mapping[type, tuple[str, ...]] = {
    RuleScope: ("products",),
    UnitRule: ("units",),
    BoundaryRule: ("kinds",),
    AllocationRule: ("order",),
    PrimaryDataRule: ("kinds",),
    PeriodRule: ("months",),
    ElectricityRule: ("accepted",),
    GwpRule: ("set",),
    RecyclingRule: ("methods",),
}
_WORDS: Mapping[type, Mapping[str, Any]] = {
    ProfileRule: {"enum": ["required", "optional", True, False]},
    QualityFloor: {"type": "string"},
    UnitRule: {"type": "string"},
}


def schema() -> dict[str, Any]:
    """The schema (JSON Schema, draft 2020-12) of a rule file with all its short forms."""
    definitions: dict[str, Any] = {}
    root = _of(ProductCategoryRule, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "产品碳足迹核算规则 Product category rule",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type as it stands in an annotation."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {Union, types.UnionType}:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return {"anyOf": [_of(inner, definitions), {"type": "null"}]}
    if origin is tuple:
        entry = _of(arguments[0], definitions)
        many = {"type": "array", "items": entry}
        if arguments[0] is RuleItem:
            by_item = {"anyOf": [_TEXT, {"type": "object"}]}
            return {"anyOf": [many, {"type": "object", "additionalProperties": by_item}]}
        return (
            many if is_dataclass(arguments[0]) and arguments[0] is not ProductCode else _either(entry, many)
        )
    if origin is dict:
        keys = {"propertyNames": _of(arguments[0], definitions)}
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions), **keys}
    return _plain(hint, definitions)


def _plain(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint is str:
        return dict(_TEXT)
    if hint is float:
        return {"$ref": _defined("number", dict(_NUMBER), definitions)}
    if hint in {bool, int}:
        return {"type": "boolean" if hint is bool else "integer"}
    if hint is ProductCode:
        code = {"type": "string", "pattern": f"^({'|'.join(Scheme)}):\\S(.*\\S)?$"}
        return {"$ref": _defined("product_code", code, definitions)}
    if issubclass(hint, StrEnum):
        return {"$ref": _defined(hint.__name__, {"enum": [member.value for member in hint]}, definitions)}
    if hint is ProductCategoryRule:
        return _record(hint, definitions)
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}
        definitions[hint.__name__] = _with_short_forms(hint, _record(hint, definitions))
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _defined(name: str, content: dict[str, Any], definitions: dict[str, Any]) -> str:
    definitions[name] = content
    return f"#/$defs/{name}"


def _record(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    needed = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    properties = {}
    for field in fields(cls):
        content = _of(hints[field.name], definitions)
        properties[field.name] = content if field.name in needed else _either(content, {"type": "null"})
    return {
        "type": "object",
        "description": (cls.__doc__ or "").strip().partition("\n")[0],
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }


def _with_short_forms(cls: type, record: dict[str, Any]) -> dict[str, Any]:
    forms = [dict(record["properties"][key]) for key in _SHORT.get(cls, ())]
    if cls in _WORDS:
        forms.append(dict(_WORDS[cls]))
    return _either(record, *forms) if forms else record


def _either(*choices: dict[str, Any]) -> dict[str, Any]:
    """Any of the choices; nested choices are laid flat."""
    flat: list[Any] = []
    for choice in choices:
        for each in choice["anyOf"] if choice.keys() == {"anyOf"} else [choice]:
            if each not in flat:
                flat.append(each)
    return {"anyOf": flat}
