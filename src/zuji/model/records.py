"""Frozen dataclasses as plain dictionaries and back, by their field names and types.

Writing leaves out what equals the default. Reading collects every mistake as a `Finding` and puts a
neutral value in its place, so that the rest of the document can still be looked at; a caller uses
the result only when there are no findings. Plans are made once per class: reading a line costs
microseconds.
"""

import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Union

from zuji.model.findings import Finding
from zuji.model.written import parse_number
from zuji.text import Text

Reader = Callable[[object, list[Finding]], Any]
Writer = Callable[[Any], Any]
Expand = Callable[[object], object]
_NO_SHORT_FORM: Mapping[type, Expand] = {}
_REQUIRED = object()


def shown(value: object) -> str:
    """A value in a message, cut to a readable length."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def mistake(code: str, zh: str, en: str, cure_zh: str, cure_en: str) -> Finding:
    """A finding without a place yet."""
    return Finding(code, Text(zh, en), Text(cure_zh, cure_en))


def read_text(value: object, findings: list[Finding]) -> str:
    """Text; whole numbers count as text ("2023"), numbers with a point do not: 1.10 would lose its zero."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    findings.append(
        mistake(
            "text-expected",
            f"应为文字，实际为“{shown(value)}”",
            f"text is expected, not {shown(value)}",
            "请填写文字；数字形式的文字请加引号",
            "write text; put a number that is meant as text in quotation marks",
        )
    )
    return ""


def read_number(value: object, findings: list[Finding]) -> float:
    """A finite number; text that is unambiguously one ("1,234.5") is read as such."""
    number: float | None = None
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
    elif isinstance(value, str):
        number = parse_number(value)
    if number is not None and math.isfinite(number):
        return number
    findings.append(
        mistake(
            "number-expected",
            f"应为有限的数字，实际为“{shown(value)}”",
            f"a finite number is expected, not “{shown(value)}”",
            "请填写数字，例如 12.5；不要带单位或其他文字",
            "write a number such as 12.5, without a unit or other words",
        )
    )
    return math.nan


def read_whole(value: object, findings: list[Finding]) -> int:
    """A whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    findings.append(
        mistake(
            "whole-number-expected",
            f"应为整数，实际为“{shown(value)}”",
            f"a whole number is expected, not “{shown(value)}”",
            "请填写整数",
            "write a whole number",
        )
    )
    return 0


def read_truth(value: object, findings: list[Finding]) -> bool:
    """true or false."""
    if isinstance(value, bool):
        return value
    findings.append(
        mistake(
            "true-or-false",
            f"应为 true 或 false，实际为“{shown(value)}”",
            f"true or false is expected, not “{shown(value)}”",
            "请填写 true 或 false",
            "write true or false",
        )
    )
    return False


def choice_reader(kind: type[StrEnum]) -> Reader:
    """A reader of one of the values of `kind`; the nearest is named when it is none of them."""
    known: dict[object, StrEnum] = {member.value: member for member in kind}
    names = list(map(str, known))

    def read(value: object, findings: list[Finding]) -> StrEnum:
        member = known.get(value) if isinstance(value, str) else None
        if member is not None:
            return member
        near = get_close_matches(str(value), names, n=1)
        listing = ", ".join(names)
        findings.append(
            mistake(
                "unknown-choice",
                f"“{shown(value)}”不在可选值之中",
                f"“{shown(value)}” is not one of the choices",
                f"请改为“{near[0]}”" if near else f"请从以下值中选择：{listing}",
                f"did you mean “{near[0]}”?" if near else f"choose one of: {listing}",
            )
        )
        return next(iter(kind))

    return read


def sequence_reader(item: Reader) -> Reader:
    """A reader of a list of `item`s into a tuple."""

    def read(value: object, findings: list[Finding]) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            findings.append(
                mistake(
                    "list-expected",
                    f"应为列表，实际为“{shown(value)}”",
                    f"a list is expected, not “{shown(value)}”",
                    "请写成列表，每项以“- ”开头",
                    "write a list, each item after “- ”",
                )
            )
            return ()
        result = []
        for index, part in enumerate(value):
            before = len(findings)
            result.append(item(part, findings))
            for finding in findings[before:]:
                finding.at(index)
        return tuple(result)

    return read


def fixed_reader(items: tuple[Reader, ...]) -> Reader:
    """A reader of a list with exactly as many entries as `items`."""

    def read(value: object, findings: list[Finding]) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != len(items):
            findings.append(
                mistake(
                    "list-length",
                    f"应为恰好 {len(items)} 项的列表",
                    f"a list of exactly {len(items)} entries is expected",
                    f"请给出 {len(items)} 项",
                    f"give {len(items)} entries",
                )
            )
            return tuple(reader(0, []) for reader in items)
        result = []
        for index, (reader, part) in enumerate(zip(items, value, strict=True)):
            before = len(findings)
            result.append(reader(part, findings))
            for finding in findings[before:]:
                finding.at(index)
        return tuple(result)

    return read


def table_reader(key: Reader, item: Reader) -> Reader:
    """A reader of a mapping with free keys."""

    def read(value: object, findings: list[Finding]) -> dict[Any, Any]:
        if not isinstance(value, Mapping):
            findings.append(not_a_mapping(value))
            return {}
        result = {}
        for name, part in value.items():
            before = len(findings)
            result[key(name, findings)] = item(part, findings)
            for finding in findings[before:]:
                finding.at(str(name))
        return result

    return read


def optional_reader(reader: Reader) -> Reader:
    return lambda value, findings: None if value is None else reader(value, findings)


def not_a_mapping(value: object) -> Finding:
    return mistake(
        "mapping-expected",
        f"应为“键: 值”的结构，实际为“{shown(value)}”",
        f"keys with values are expected, not “{shown(value)}”",
        "请按“键: 值”逐项填写",
        "write one “key: value” for each item",
    )


def unknown_key(key: object, known: typing.Iterable[str]) -> Finding:
    """A key that does not exist, with the nearest that does."""
    names = sorted(known)
    near = get_close_matches(str(key), names, n=1)
    return mistake(
        "unknown-key",
        f"没有名为“{shown(key)}”的项",
        f"there is no item “{shown(key)}”",
        f"是否为“{near[0]}”？" if near else f"可用的项：{'、'.join(names)}",
        f"did you mean “{near[0]}”?" if near else f"the items are: {', '.join(names)}",
    ).at(str(key))


def missing_key(key: str) -> Finding:
    """A required item that is not there."""
    return mistake("missing", f"缺少“{key}”", f"“{key}” is missing", f"请补充“{key}”", f"add “{key}”").at(key)


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    return _REQUIRED


def read_fields(
    cls: type, value: Mapping[Any, object], findings: list[Finding], plan: Mapping[str, tuple[Reader, object]]
) -> Any:
    """An instance of `cls` from `value`; `plan` gives reader and default by field."""
    arguments: dict[str, Any] = {}
    for key, part in value.items():
        entry = plan.get(key)
        if entry is None:
            findings.append(unknown_key(key, plan))
            continue
        reader, default = entry
        if part is None and default is not _REQUIRED:
            continue
        before = len(findings)
        result = reader(part, findings) if part is not None else _refuse_empty(reader, findings)
        if len(findings) > before:
            for finding in findings[before:]:
                finding.at(key)
        elif default is _REQUIRED and result == "":
            findings.append(missing_key(key))
        arguments[key] = result
    for key, (reader, default) in plan.items():
        if default is _REQUIRED and key not in arguments:
            findings.append(missing_key(key))
            arguments[key] = reader(None, [])
    return cls(**arguments)


def _refuse_empty(reader: Reader, findings: list[Finding]) -> object:
    findings.append(mistake("missing", "此项为空", "this item is empty", "请填写", "fill it in"))
    return reader(None, [])


def reading_plan(
    cls: type, reader_of: Callable[[Any], Reader], skip: typing.Container[str] = ()
) -> dict[str, tuple[Reader, object]]:
    """Reader and default by field of `cls`, without the fields in `skip`."""
    hints = typing.get_type_hints(cls)
    return {
        field.name: (reader_of(hints[field.name]), _default(field))
        for field in fields(cls)
        if field.name not in skip
    }


def record_reader(cls: type, reader_of: Callable[[Any], Reader], expand: Expand | None = None) -> Reader:
    """A reader of a mapping into the dataclass `cls`; `expand` turns a short form into the mapping."""
    plan = reading_plan(cls, reader_of)

    def read(value: object, findings: list[Finding]) -> Any:
        if isinstance(value, cls):
            return value
        if expand is not None and not isinstance(value, Mapping):
            value = expand(value)
        if not isinstance(value, Mapping):
            if value is not None or expand is None:
                findings.append(not_a_mapping(value))
            return read_fields(cls, {}, [], plan)
        return read_fields(cls, value, findings, plan)

    return read


class Readers:
    """Readers by type, made on first use. `special` replaces the generic one of a class."""

    def __init__(self, short_forms: Mapping[type, Expand] = _NO_SHORT_FORM) -> None:
        self._short_forms = short_forms
        self._known: dict[Any, Reader] = {
            str: read_text,
            float: read_number,
            int: read_whole,
            bool: read_truth,
        }

    def special(self, cls: type, reader: Reader) -> None:
        self._known[cls] = reader

    def of(self, hint: Any) -> Reader:
        """The reader for a type as it stands in an annotation."""
        reader = self._known.get(hint)
        if reader is None:
            reader = self._known[hint] = self._make(hint)
        return reader

    def _make(self, hint: Any) -> Reader:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in {Union, types.UnionType}:
            inner = [argument for argument in arguments if argument is not type(None)]
            if len(inner) == 1:
                return optional_reader(self.of(inner[0]))
        elif origin is tuple and arguments[-1] is Ellipsis:
            return sequence_reader(self.of(arguments[0]))
        elif origin is tuple:
            return fixed_reader(tuple(map(self.of, arguments)))
        elif origin is not None and issubclass(origin, Mapping):
            return table_reader(self.of(arguments[0]), self.of(arguments[1]))
        elif isinstance(hint, type) and issubclass(hint, StrEnum):
            return choice_reader(hint)
        elif is_dataclass(hint) and isinstance(hint, type):
            return record_reader(hint, self.of, self._short_forms.get(hint))
        raise TypeError(f"no plain form for {hint!r}")


_WRITING_PLANS: dict[type, tuple[tuple[str, object], ...]] = {}


def _writing_plan(cls: type) -> tuple[tuple[str, object], ...]:
    plan = _WRITING_PLANS.get(cls)
    if plan is None:
        plan = _WRITING_PLANS[cls] = tuple((field.name, _default(field)) for field in fields(cls))
    return plan


def write_record(record: Any, *, complete: bool = False) -> dict[str, Any]:
    """The dataclass as a dictionary in field order; defaults are left out unless `complete`."""
    result = {}
    for name, default in _writing_plan(type(record)):
        value = getattr(record, name)
        if complete or default is _REQUIRED or value != default:
            result[name] = write_value(value, complete=complete)
    return result


def write_value(value: Any, *, complete: bool = False) -> Any:
    """A value as str, float, bool, None, list or dict."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [write_value(item, complete=complete) for item in value]
    if isinstance(value, Mapping):
        return {str(key): write_value(item, complete=complete) for key, item in value.items()}
    return write_record(value, complete=complete)
