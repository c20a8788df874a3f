"""How many items openLCA objects hold, counted from the JSON alone: a reading is held to it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from zuji.formats.jsonld.layout import DESCRIPTORS, KINDS, SHAPES
from zuji.formats.jsonld.record import Account
from zuji.model.lci.references import Kind

_COUNTED: Mapping[str, Kind] = {
    "Exchange": Kind.EXCHANGE,
    "Parameter": Kind.PARAMETER,
    "AllocationFactor": Kind.ALLOCATION,
    "ImpactFactor": Kind.FACTOR,
}
_SINGLE = ("uncertainty", "processDocumentation")
_TARGET = {"defaultProvider": "Process", "provider": "Process", "process": "Process"} | {
    "refProcess": "Process",
    "flow": "Flow",
    "product": "Flow",
    "flowProperty": "FlowProperty",
    "targetFlowProperty": "FlowProperty",
    "defaultFlowProperty": "FlowProperty",
    "unitGroup": "UnitGroup",
    "impactCategory": "ImpactCategory",
    "publication": "Source",
    "report": "Source",
    "system": "Source",
    "dataDocumentor": "Actor",
    "dataGenerator": "Actor",
    "dataSetOwner": "Actor",
}
"""What a reference without a type of its own leads to. Places and currencies are always resolved."""


def count(objects: Iterable[tuple[str, Mapping[str, object]]], account: Account) -> None:
    """Enters as read what the data sets (type, object) hold: themselves, items, keys that no noun holds."""
    numbers: Counter[Kind] = Counter()
    for type_, value in objects:
        if type_ in KINDS:
            if type_ != "Parameter":
                numbers[KINDS[type_]] += 1
            _count(type_, value, account, numbers)
    for kind, number in numbers.items():
        account.book.read(kind, number)


def _count(shape_name: str, value: Mapping[str, object], account: Account, numbers: Counter[Kind]) -> None:
    if kind := _COUNTED.get(shape_name):
        numbers[kind] += 1
    shape = SHAPES[shape_name]
    for key, inner in value.items():
        if inner is None or key in shape.plain:
            continue
        if key in shape.references:
            numbers[Kind.FIELD] += _tells_of_a_stranger(key, inner, account)
        elif key in shape.inner:
            for one in _objects(key, inner):
                if isinstance(one, dict):
                    _count(shape.inner[key], one, account, numbers)
        else:
            numbers[Kind.FIELD] += 1


def _objects(key: str, value: object) -> list[object]:
    """The objects under a key, which takes either one or an array of them."""
    if isinstance(value, list):
        return [] if key in _SINGLE else value
    return [value] if key in _SINGLE else []


def _tells_of_a_stranger(key: str, value: object, account: Account) -> bool:
    if not isinstance(value, dict) or key not in _TARGET or not isinstance(value.get("@id"), str):
        return False
    return bool(value["@id"] and DESCRIPTORS & value.keys() and not account.holds(value, _TARGET[key]))
