"""Exchanges: amounts, uncertainty, openLCA's extension attributes, allocation (engines.md 11.1, 11.3)."""

import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from zuji.formats.ilcd.amounts import PROPERTY_AMOUNT
from zuji.formats.ilcd.beyond import BEYOND, NUMBER, REF, TEXT, applied, many, stated
from zuji.formats.ilcd.fields import (
    Box,
    Choice,
    Items,
    Number,
    Plain,
    Reference,
    References,
    Values,
    Words,
    words,
    written_number,
)
from zuji.formats.ilcd.fragments import in_order, put_back
from zuji.formats.ilcd.names import OLCA, PROCESS
from zuji.formats.ilcd.reading import Reading
from zuji.formats.ilcd.results import Module, Modules
from zuji.formats.ilcd.spreads import DISTRIBUTION, EXACT, gsd, read_spread, scale_of, write_spread
from zuji.formats.ilcd.values import number
from zuji.model.lci.distributions import Spread
from zuji.model.lci.processes import Direction, Exchange
from zuji.model.lci.references import Kind, Ref
from zuji.text import Text

DIRECTIONS = {"Input": Direction.INPUT, "Output": Direction.OUTPUT}
_REMINDER = "General reminder flow"
_REMINDERS = frozenset((_REMINDER, "Allocation reminder flow", "System expansion reminder flow"))
_SCORES = re.compile(r"\(?\s*(\d+(?:\s*;\s*\d+)*)\s*\)?", re.ASCII)

_OLCA = {
    name: f"{{{OLCA}}}{name}"
    for name in (
        "amount",
        "unitId",
        "propertyId",
        "formula",
        "defaultProvider",
        "avoidedProduct",
        "mostLikelyValue",
        "pedigreeUncertainty",
        "baseUncertainty",
    )
}
_OLCA_KEYS = tuple((name, f"olca:{name}") for name in _OLCA)
_BEYOND = {
    "provider": REF,
    "production_volume": NUMBER,
    "group": TEXT,
    "cost": NUMBER,
    "currency": TEXT,
    "properties": many(PROPERTY_AMOUNT),
}
_NO_SHARE = Text(
    "分配系数缺少共生产品编号或数值，原文保留但不使用",
    "an allocation without a co-product's number or without a fraction; kept as it stands, not used",
)
_NO_DIRECTION = Text("交换没有方向，按输入读入", "an exchange without a direction; read as an input")


@dataclass(frozen=True, slots=True)
class Draft:
    """An exchange as its element states it, before it is seen within its process.

    `shares`: (co-product's number, fraction as written). `resulting`: resultingAmount where openLCA's own
    amount was used instead of it.
    """

    exchange: Exchange
    shares: tuple[tuple[str, str], ...]
    modules: tuple[Module, ...]
    resulting: float | None


class _Function:
    """functionType: what is no part of the inventory. The less common kinds are kept as written."""

    def read(self, element: etree._Element, values: Values, reading: Reading, path: str) -> None:
        text = (element.text or "").strip()
        values["reminder"] = text in _REMINDERS
        if text in ("", _REMINDER) and not element.attrib and not len(element):
            reading.taken += 1
        else:
            reading.keep(element, path)

    def write(self, values: Values, tag: str, parent: etree._Element) -> None:
        if values["reminder"]:
            etree.SubElement(parent, tag).text = _REMINDER


def _read_share(element: etree._Element, reading: Reading, path: str) -> tuple[str, str] | None:
    product = element.get("internalReferenceToCoProduct", "").strip()
    fraction = element.get("allocatedFraction", "").strip()
    if not product or number(fraction) is None:
        reading.book.dropped(Kind.ALLOCATION, "ilcd.allocation", _NO_SHARE, reading.at(element, path))
        return None
    reading.taken += 3
    for name, value in element.attrib.items():
        if name not in ("internalReferenceToCoProduct", "allocatedFraction"):
            reading.keep_attribute(path, name, value)
    for child in element:
        reading.keep(child, path)
    return product, fraction


def _write_share(share: tuple[str, str], tag: str, parent: etree._Element) -> None:
    product, fraction = share
    etree.SubElement(parent, tag, internalReferenceToCoProduct=product, allocatedFraction=fraction)


_EXCHANGE = Box(
    {
        "referenceToFlowDataSet": Reference("flow", Kind.FLOW),
        "location": Plain("location"),
        "functionType": _Function(),
        "exchangeDirection": Choice("direction", DIRECTIONS),
        "referenceToVariable": Plain("variable"),
        "meanAmount": Number("mean"),
        "resultingAmount": Number("resulting"),
        "minimumAmount": Number("low"),
        "maximumAmount": Number("high"),
        **DISTRIBUTION,
        "allocations": Box({"allocation": Items("shares", _read_share, _write_share)}),
        "referencesToDataSource": Box({"referenceToDataSource": References("sources", Kind.SOURCE)}),
        "generalComment": Words("comment"),
        "common:other": Modules(),
    },
    {"dataSetInternalID": "id", BEYOND: "beyond", EXACT: "spread"}
    | {tag: f"olca:{name}" for name, tag in _OLCA.items()},
)


def read_exchange(element: etree._Element, reading: Reading, path: str) -> Draft:
    """One exchange. Its amount is resultingAmount, else meanAmount, else None; openLCA's own goes first."""
    values: Values = {}
    with reading.inner() as extras:
        _EXCHANGE.read(element, values, reading, "")
        olca = {name: values[key] for name, key in _OLCA_KEYS if key in values}
        _give_back_no_numbers(olca, reading)
        values["mode"] = number(olca.get("mostLikelyValue"))
        spread = read_spread(values, reading, openlca=bool(olca))
        base = scale_of(number(olca.get("baseUncertainty")))
        if base is not None and "spread" not in values:
            spread = replace(spread or Spread(), base=base)
        quality = _scores(olca, reading)
    mean, resulting, own = values.get("mean"), values.get("resulting"), number(olca.get("amount"))
    variable = values.get("variable", "")
    # a mean that a variable multiplies is no amount by itself
    stated_amounts = (own, resulting, None if variable else mean)
    amount = next((value for value in stated_amounts if value is not None), None)
    keeps_mean = bool(variable) or (own is None and resulting is not None and mean != resulting)
    avoided = olca.get("avoidedProduct", "").lower() == "true"
    direction: Direction | None = values.get("direction")
    if direction is None:
        reading.defaulted("ilcd.direction", _NO_DIRECTION, reading.at(element, path))
        direction = Direction.INPUT
    exchange = Exchange(
        id=values.get("id", ""),
        flow=values.get("flow") or Ref("", kind=Kind.FLOW),
        # openLCA states an avoided product as if it were made
        direction=_other(direction) if avoided else direction,
        amount=amount,
        unit=olca.get("unitId", ""),
        property=olca.get("propertyId", ""),
        formula=olca.get("formula", ""),
        variable=variable,
        mean=mean if keeps_mean else None,
        spread=spread,
        avoided=avoided,
        reminder=values.get("reminder", False),
        location=values.get("location", ""),
        quality=quality,
        comment=words(values, "comment"),
        sources=tuple(values.get("sources", ())),
        extras=in_order(extras),
        **(_provider(olca) | applied(values.get("beyond", ""), _BEYOND)),
    )
    return Draft(
        exchange,
        tuple(values.get("shares", ())),
        tuple(values.get("modules", ())),
        None if own is None else resulting,
    )


def write_exchange(
    item: tuple[Exchange, float, tuple[tuple[str, str], ...], tuple[Module, ...]],
    tag: str,
    parent: etree._Element,
) -> None:
    """One exchange of (exchange, reference units in one of its unit, shares, modules)."""
    exchange, factor, shares, modules = item
    amount = exchange.amount
    resulting = None if amount is None else amount * factor
    spread = exchange.spread
    base = None if spread is None else spread.base
    olca = {
        "unitId": exchange.unit,
        "propertyId": exchange.property,
        "formula": exchange.formula,
        "defaultProvider": exchange.provider.id if exchange.provider else "",
        "avoidedProduct": "true" if exchange.avoided else "",
        "pedigreeUncertainty": f"({';'.join(map(str, exchange.quality))})" if exchange.quality else "",
        "baseUncertainty": gsd(base),
    }
    if amount is not None and (exchange.unit or exchange.property):
        olca["amount"] = written_number(amount)
    direction = _other(exchange.direction) if exchange.avoided else exchange.direction
    values: Values = {
        "id": exchange.id,
        "flow": exchange.flow,
        "location": exchange.location,
        "reminder": exchange.reminder
        and not any("functionType" in extra.content for extra in exchange.extras),
        "direction": direction,
        "variable": exchange.variable,
        "mean": exchange.mean if exchange.mean is not None else (None if exchange.variable else resulting),
        "resulting": resulting,
        "shares": shares,
        "sources": exchange.sources,
        "comment": exchange.comment,
        "modules": modules,
    }
    values |= {f"olca:{name}": value for name, value in olca.items()}
    values |= write_spread(spread, factor, openlca=any(olca.values()))
    plain_provider = exchange.provider == _provider(olca).get("provider")
    values["beyond"] = stated(replace(exchange, provider=None) if plain_provider else exchange, _BEYOND)
    element = etree.SubElement(parent, tag)
    _EXCHANGE.fill(values, element)
    put_back(element, exchange.extras, PROCESS.namespace)


def _give_back_no_numbers(olca: dict[str, str], reading: Reading) -> None:
    for name in ("amount", "mostLikelyValue", "baseUncertainty"):
        value = number(olca[name]) if name in olca else None
        if name in olca and (value is None or (name == "baseUncertainty" and scale_of(value) is None)):
            reading.taken -= 1
            reading.keep_attribute("", _OLCA[name], olca.pop(name))


def _scores(olca: dict[str, str], reading: Reading) -> tuple[int, ...]:
    """Data quality scores such as (2;3;1;1;3)."""
    text = olca.get("pedigreeUncertainty", "")
    found = _SCORES.fullmatch(text.strip())
    if found is not None:
        return tuple(int(score) for score in found[1].split(";"))
    if text:
        reading.taken -= 1
        reading.keep_attribute("", _OLCA["pedigreeUncertainty"], text)
    return ()


def _provider(olca: dict[str, str]) -> dict[str, Any]:
    id_ = olca.get("defaultProvider", "")
    return {"provider": Ref(id_, kind=Kind.PROCESS)} if id_ else {}


def _other(direction: Direction) -> Direction:
    return Direction.OUTPUT if direction is Direction.INPUT else Direction.INPUT
