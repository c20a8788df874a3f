"""What the schema checks across a document: numbers that are keys, and what points to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something that must name the number (or name) of one of `keys`, by `attribute`.

    `said` is the pointer's own attribute, "" for its text. Where it names nothing, the pointer is set aside,
    or its parent where the schema does not let the parent go without it.
    """

    keys: str
    attribute: str
    path: str
    said: str = ""
    needed: bool = False


_EXCHANGES = "exchanges/exchange"
_MODEL = "lifeCycleModelInformation"
_INSTANCES = f"{_MODEL}/technology/processes/processInstance"
POINTERS = {
    "Process": (
        Pointer(
            _EXCHANGES,
            "dataSetInternalID",
            "processInformation/quantitativeReference/referenceToReferenceFlow",
        ),
        Pointer(
            _EXCHANGES,
            "dataSetInternalID",
            f"{_EXCHANGES}/allocations/allocation",
            "internalReferenceToCoProduct",
        ),
        Pointer(
            "processInformation/mathematicalRelations/variableParameter",
            "name",
            f"{_EXCHANGES}/referenceToVariable",
        ),
    ),
    "Flow": (
        Pointer(
            "flowProperties/flowProperty",
            "dataSetInternalID",
            "flowInformation/quantitativeReference/referenceToReferenceFlowProperty",
            needed=True,
        ),
    ),
    "UnitGroup": (
        Pointer(
            "units/unit",
            "dataSetInternalID",
            "unitGroupInformation/quantitativeReference/referenceToReferenceUnit",
            needed=True,
        ),
    ),
    "LifeCycleModel": (
        Pointer(
            _INSTANCES, "dataSetInternalID", f"{_MODEL}/quantitativeReference/referenceToReferenceProcess"
        ),
        Pointer(
            _INSTANCES,
            "dataSetInternalID",
            f"{_INSTANCES}/connections/outputExchange/downstreamProcess",
            "id",
        ),
        Pointer(
            f"{_MODEL}/technology/groupDeclarations/group", "id", f"{_INSTANCES}/groups/memberOf", "groupId"
        ),
    ),
}
ONCE_BY = {
    "class": "level",
    "category": "level",
    "scope": "name",
    "method": "name",
    "dataQualityIndicator": "name",
    "completenessElementaryFlows": "type",
    "variableParameter": "name",
}
"""Elements that may occur once for each value of an attribute."""
