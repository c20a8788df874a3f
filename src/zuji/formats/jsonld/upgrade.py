"""Older schemas brought to the newest (engines.md 11.3).

    1 -> 2   keys renamed, categories as paths, sets of normalisation inside their method, parameters of a
             method copied to its categories, redefinitions as a set
    2 -> 3   reviewer and details as one review
    4, 5     the same keys

Steps are taken wherever an old key stands, whatever version a package claims: tools that write the newest
marker around old content are how directions and quantitative references get lost.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass

from zuji.formats.jsonld.layout import SHAPES

_RENAMED: Mapping[str, Mapping[str, str]] = {
    "Process": {"infrastructureProcess": "isInfrastructureProcess"},
    "ProcessDocumentation": {"copyright": "isCopyrightProtected"},
    "Exchange": {
        "input": "isInput",
        "quantitativeReference": "isQuantitativeReference",
        "avoidedProduct": "isAvoidedProduct",
        "pedigreeUncertainty": "dqEntry",
    },
    "Flow": {"infrastructureFlow": "isInfrastructureFlow"},
    "FlowPropertyFactor": {"referenceFlowProperty": "isRefFlowProperty"},
    "Unit": {"referenceUnit": "isRefUnit"},
    "Parameter": {"inputParameter": "isInputParameter", "isIputParameter": "isInputParameter"},
    "ImpactCategory": {"referenceUnitName": "refUnit"},
    "ProductSystem": {"referenceProcess": "refProcess", "referenceExchange": "refExchange"},
    "Currency": {"referenceCurrency": "refCurrency"},
}
"""Old keys and new ones. `isIputParameter` is a misspelling that openLCA's own upgrade writes."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """One JSON object of a package: its file, its type, its id, and the object, which upgrades change."""

    file: str
    type: str
    id: str
    value: dict[str, object]


def upgrade(data_sets: Iterable[DataSet]) -> tuple[set[str], set[str]]:
    """Changes the objects in place; returns the ids of categories and of nw sets that found their place."""
    by_type: dict[str, list[DataSet]] = {}
    for one in data_sets:
        by_type.setdefault(one.type, []).append(one)
    parents = {one.id: one.value for one in by_type.get("Category", ())}
    paths: dict[str, str] = {}
    used: set[str] = set()
    for type_, group in by_type.items():
        for one in group:
            if type_ in SHAPES:
                _rename(type_, one.value)
            elif type_ in _RENAMED:
                _rename_keys(one.value, _RENAMED[type_])
            if type_ != "Category":
                _category_path(one.value, parents, paths, used)
    inlined = _inline_sets(by_type.get("ImpactMethod", ()), by_type.get("NwSet", ()))
    _share_parameters(by_type.get("ImpactMethod", ()), by_type.get("ImpactCategory", ()))
    for one in by_type.get("Process", ()):
        _fold_review(one.value)
    for one in by_type.get("ProductSystem", ()):
        _fold_redefinitions(one.value)
    return used, inlined


def _rename(shape_name: str, value: MutableMapping[str, object]) -> None:
    _rename_keys(value, _RENAMED.get(shape_name, {}))
    for key, inner_name in SHAPES[shape_name].inner.items():
        inner = value.get(key)
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict):
                _rename(inner_name, one)


def _rename_keys(value: MutableMapping[str, object], names: Mapping[str, str]) -> None:
    for old, new in names.items():
        if old in value:
            stated = value.pop(old)
            # where both stand, the new one counts unless it says nothing
            if value.get(new) is None or (value[new] is False and stated is True):
                value[new] = stated


def _category_path(
    value: MutableMapping[str, object],
    categories: Mapping[str, Mapping[str, object]],
    paths: dict[str, str],
    used: set[str],
) -> None:
    reference = value.get("category")
    if not isinstance(reference, dict):
        return
    id_, path = reference.get("@id"), reference.get("categoryPath")
    if isinstance(id_, str) and id_ in categories:
        if id_ not in paths:
            paths[id_] = "/".join(_names(id_, categories, used))
        value["category"] = paths[id_]
    elif isinstance(path, list) and isinstance(reference.get("name"), str):
        value["category"] = "/".join([*(str(part) for part in path), str(reference["name"])])
    elif isinstance(reference.get("name"), str):
        value["category"] = reference["name"]


def _names(id_: str, categories: Mapping[str, Mapping[str, object]], used: set[str]) -> list[str]:
    """Names from the root down to a category; a circle of parents ends where it closes."""
    names: list[str] = []
    seen: set[str] = set()
    while id_ in categories and id_ not in seen:
        seen.add(id_)
        names.append(str(categories[id_].get("name") or ""))
        parent = categories[id_].get("category")
        above = parent.get("@id") if isinstance(parent, dict) else None
        id_ = above if isinstance(above, str) else ""
    used |= seen
    return names[::-1]


def _inline_sets(methods: Iterable[DataSet], sets: Iterable[DataSet]) -> set[str]:
    found = {one.id: one.value for one in sets}
    inlined: set[str] = set()
    for method in methods:
        listed = method.value.get("nwSets")
        if not isinstance(listed, list):
            continue
        for number, reference in enumerate(listed):
            id_ = reference.get("@id") if isinstance(reference, dict) else None
            if isinstance(id_, str) and id_ in found and "factors" not in reference:
                listed[number] = dict(found[id_])
                inlined.add(id_)
    return inlined


def _share_parameters(methods: Iterable[DataSet], categories: Iterable[DataSet]) -> None:
    """Schema 1 had parameters at the method; they move to each of its categories."""
    by_id = {one.id: one.value for one in categories}
    for method in methods:
        parameters = method.value.get("parameters")
        listed = method.value.get("impactCategories")
        if not isinstance(parameters, list) or not isinstance(listed, list):
            continue
        owners = [by_id.get(str(one.get("@id"))) for one in listed if isinstance(one, dict)]
        if not owners or any(owner is None for owner in owners):
            continue  # kept at the method, where nothing is lost
        for owner in owners:
            if owner is not None and owner.get("parameters") is None:
                copies = [dict(one) if isinstance(one, dict) else one for one in parameters]
                owner["parameters"] = copies
                for one in copies:
                    if isinstance(one, dict):
                        _rename_keys(one, _RENAMED["Parameter"])
        del method.value["parameters"]


def _fold_review(process: Mapping[str, object]) -> None:
    documentation = process.get("processDocumentation")
    if not isinstance(documentation, dict):
        return
    reviewer, details = documentation.get("reviewer"), documentation.get("reviewDetails")
    if reviewer is None and details is None:
        return
    review: dict[str, object] = {}
    if details is not None:
        review["details"] = details
    if isinstance(reviewer, dict):
        review["reviewers"] = [reviewer]
    reviews = documentation.get("reviews")
    if reviews is None or (isinstance(reviews, list) and not reviews):
        documentation["reviews"] = [review]
    elif not isinstance(reviews, list) or review not in reviews:
        return  # newer reviews stand beside the old ones: both are kept as they are
    documentation.pop("reviewer", None)
    documentation.pop("reviewDetails", None)


def _fold_redefinitions(system: MutableMapping[str, object]) -> None:
    redefinitions = system.get("parameterRedefs")
    if isinstance(redefinitions, list) and system.get("parameterSets") is None:
        del system["parameterRedefs"]
        if redefinitions:
            system["parameterSets"] = [{"name": "Baseline", "isBaseline": True, "parameters": redefinitions}]
