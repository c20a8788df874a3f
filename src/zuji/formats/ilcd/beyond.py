"""What a noun knows and ILCD has no element for: one attribute of ours, `zuji:beyond`, as JSON.

So a package of another format that is written as ILCD comes back whole; other programs skip the attribute.
Only values that differ from the noun's default are stated. What is stated wrongly is not applied.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from zuji.formats.ilcd.names import ZUJI
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.processes import AllocationMethod, AllocationShare
from zuji.model.lci.references import Category, Kind, Ref
from zuji.model.lci.wording import Wording

BEYOND = f"{{{ZUJI}}}beyond"


class _Mistake(ValueError):
    """The attribute does not say what it should."""


@dataclass(frozen=True, slots=True)
class Codec:
    """One type of value, as JSON and back."""

    plain: Callable[[Any], Any]
    value: Callable[[Any], Any]


def stated(noun: object, codecs: Mapping[str, Codec]) -> str:
    """The attribute's text for the fields of `codecs` that are not at their default; "" for none."""
    defaults = {
        field.name: field.default_factory() if field.default_factory is not MISSING else field.default
        for field in fields(noun)  # type: ignore[arg-type]
        if field.name in codecs
    }
    said = {
        name: codec.plain(value)
        for name, codec in codecs.items()
        if (value := getattr(noun, name)) != defaults[name]
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""


def applied(text: str, codecs: Mapping[str, Codec]) -> dict[str, Any]:
    """The fields that the attribute states, fit for the noun's constructor."""
    if not text:
        return {}
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    found = {}
    for name, codec in codecs.items():
        if isinstance(said, dict) and name in said:
            try:
                found[name] = codec.value(said[name])
            except (ValueError, TypeError, KeyError):
                continue
    return found


def _is(value: Any, kind: type | tuple[type, ...]) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _Mistake
    if isinstance(value, float) and not math.isfinite(value):
        raise _Mistake
    return value


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    return str(_is(value, str))


def _number(value: Any) -> float:
    return float(_is(value, (int, float)))


def _maybe(value: Any) -> float | None:
    return None if value is None else _number(value)


def _list(value: Any) -> list[Any]:
    return list(_is(value, list))


def _words(value: Any) -> Wording:
    return Wording(tuple((_text(language), _text(text)) for language, text in _list(value)))


def _ref_plain(ref: Ref | None) -> Any:
    if ref is None:
        return None
    return [ref.id, ref.version, [list(pair) for pair in ref.name], ref.kind, ref.uri]


def _ref(value: Any) -> Ref | None:
    if value is None:
        return None
    id_, version, name, kind, uri = _list(value)
    return Ref(
        _text(id_), _text(version), _words(name), None if kind is None else Kind(_text(kind)), _text(uri)
    )


def _spread_plain(spread: Spread | None) -> Any:
    if spread is None:
        return None
    return {
        name: value
        for name in ("shape", "centre", "scale", "low", "high", "pedigree", "base")
        if (value := getattr(spread, name)) not in (None, ())
    }


def _spread(value: Any) -> Spread | None:
    if value is None:
        return None
    said = _is(value, dict)
    return Spread(
        shape=Shape(said["shape"]) if "shape" in said else None,
        centre=_maybe(said.get("centre")),
        scale=_maybe(said.get("scale")),
        low=_maybe(said.get("low")),
        high=_maybe(said.get("high")),
        pedigree=tuple(int(_is(score, int)) for score in said.get("pedigree", ())),
        base=_maybe(said.get("base")),
    )


def _share_plain(share: AllocationShare) -> Any:
    return [share.product, share.share, share.method, share.exchange, share.formula]


def _share(value: Any) -> AllocationShare:
    product, share, method, exchange, formula = _list(value)
    return AllocationShare(
        product=_text(product),
        share=_number(share),
        method=AllocationMethod(_text(method)),
        exchange=_text(exchange),
        formula=_text(formula),
    )


def _category_plain(category: Category) -> Any:
    return [category.path, category.codes, category.system]


def _category(value: Any) -> Category:
    path, codes, system = _list(value)
    return Category(tuple(map(_text, _list(path))), tuple(map(_text, _list(codes))), _text(system))


def many(codec: Codec) -> Codec:
    """A tuple of such values."""
    return Codec(
        lambda values: [codec.plain(value) for value in values],
        lambda values: tuple(codec.value(value) for value in _list(values)),
    )


TEXT = Codec(_same, _text)
NUMBER = Codec(_same, _maybe)
INTEGER = Codec(_same, lambda value: None if value is None else int(_is(value, int)))
FLAG = Codec(_same, lambda value: bool(_is(value, bool)))
MAYBE = Codec(_same, lambda value: None if value is None else bool(_is(value, bool)))
WORDS = Codec(lambda words: [list(pair) for pair in words], _words)
REF = Codec(_ref_plain, _ref)
SPREAD = Codec(_spread_plain, _spread)
SHARE = Codec(_share_plain, _share)
CATEGORY = Codec(_category_plain, _category)
METHOD = Codec(str, lambda value: AllocationMethod(_text(value)))
NAMED_WORDS = Codec(
    lambda pair: [pair[0], [list(text) for text in pair[1]]],
    lambda value: (_text(value[0]), _words(value[1])),
)
PAIR = Codec(list, lambda value: (_text(value[0]), _text(value[1])))
