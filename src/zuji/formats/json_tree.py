"""JSON from strangers as Python values: finite numbers, no key twice, bounded depth and size."""

import json
import math
import re
from dataclasses import replace
from typing import Any, NoReturn

from zuji.errors import InvalidInput, Place, problem

MAX_DEPTH = 100
MAX_BYTES = 256 * 1024**2
MAX_VALUES = 8_000_000
"""Separators and brackets of one document: each may become a value of some 60 to 200 bytes."""
_MAY_OVERFLOW = re.compile(rb"[eE]\+?0*[1-9][0-9]{2}|[0-9]{300}")
_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class _RefusedValueError(ValueError):
    def __init__(self, code: str, zh: str, en: str, field: str = "") -> None:
        super().__init__(en)
        self.code, self.zh, self.en, self.field = code, zh, en, field


def parse_json(content: bytes, place: Place) -> object:
    """The value of a document: dict, list, str, int, float, bool or None.

    Raises `InvalidInput` at `place`: with row and column for what is not JSON or not UTF-8; with the key
    for a key that stands twice in one object; and for NaN, infinite and overlong numbers, half characters,
    nesting beyond `MAX_DEPTH` and documents beyond `MAX_VALUES`.
    """
    if len(content) > MAX_BYTES or sum(content.count(mark) for mark in b",[{") > MAX_VALUES:
        raise _invalid(
            place,
            "json-too-large",
            "JSON 文件过大",
            "the JSON is too large",
            ("请分成几个文件", "split it into several files"),
        )
    encoding = next((name for bom, name in _BOMS.items() if content.startswith(bom)), "utf-8")
    careful = encoding == "utf-16" or _MAY_OVERFLOW.search(content) is not None
    try:
        text = content.decode(encoding)
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite if careful else None,
            parse_int=_bounded if careful else None,
        )
        if encoding == "utf-16" or _HALF_CHARACTER.search(content):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except _RefusedValueError as error:
        raise _invalid(
            replace(place, field=error.field or place.field),
            error.code,
            error.zh,
            error.en,
            ("请更正后重新导出", "correct it and export it again"),
        ) from error
    except json.JSONDecodeError as error:
        where = replace(place, row=error.lineno, column=str(error.colno))
        raise _invalid(
            where,
            "malformed-json",
            f"JSON 格式有误（{error.msg}）",
            f"this is not JSON ({error.msg})",
            ("请重新导出这个文件", "export this file again"),
        ) from error
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = str(error.start - (before.rfind(b"\n") + 1) + 1)
        where = replace(place, row=before.count(b"\n") + 1, column=column)
        raise _invalid(
            where,
            "wrong-encoding",
            "文字不是 UTF-8 编码",
            "the text is not UTF-8",
            ("请另存为 UTF-8", "save it as UTF-8"),
        ) from error
    except UnicodeEncodeError as error:
        raise _invalid(
            place,
            "half-character",
            "含有不完整的字符（单个代理项）",
            "it holds half a character (a lone surrogate)",
            ("请更正后重新导出", "correct it and export it again"),
        ) from error
    except RecursionError as error:
        raise _too_deep(place) from error
    if depth_exceeds(value, MAX_DEPTH):
        raise _too_deep(place)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _RefusedValueError(
                    "duplicate-key", f"键“{key}”出现了两次", f"the key “{key}” stands twice", key
                )
            seen.add(key)
    return made


def _no_constant(name: str) -> NoReturn:
    raise _RefusedValueError("not-a-number", f"{name} 不是数值", f"{name} is not a number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _RefusedValueError(
            "number-too-large", f"数值 {text[:40]} 过大", f"the number {text[:40]} is too large"
        )
    return value


def _bounded(text: str) -> int:
    if len(text) > 308:
        raise _RefusedValueError(
            "number-too-large", f"数值 {text[:40]}… 过大", f"the number {text[:40]}… is too large"
        )
    return int(text)


def depth_exceeds(value: object, limit: int) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(limit):
        if not level:
            return False
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
    return bool(level)


def _too_deep(place: Place) -> InvalidInput:
    return _invalid(
        place,
        "json-too-deep",
        f"JSON 嵌套超过 {MAX_DEPTH} 层",
        f"the JSON is nested deeper than {MAX_DEPTH} levels",
        ("请检查文件是否完好", "check that the file is sound"),
    )


def _invalid(place: Place, code: str, zh: str, en: str, cure: tuple[str, str]) -> InvalidInput:
    return InvalidInput(problem(code, zh, en, cure_zh=cure[0], cure_en=cure[1], place=place))
