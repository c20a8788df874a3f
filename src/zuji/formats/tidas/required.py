"""What the TIDAS schemas require beyond ILCD, filled in visibly and taken out again when reading.

A required place that the package says nothing about gets a value that says so ("Not stated", "Not reviewed",
"Not defined", year 9999, location NULL). The places are listed in the data set itself, as `zuji:filled` under
its last `common:other`, so that our reader takes nothing for a statement that nobody made.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from zuji.formats.ilcd.names import TYPE_OF_REFERENCE, ZUJI
from zuji.formats.tidas.classes import CLASSES, ELEMENTARY

OTHER = "common:other"
FILLED = "zuji:filled"
_TYPES = frozenset(TYPE_OF_REFERENCE.values())
_NOT_STATED = {"@xml:lang": "en", "#text": "Not stated"}
_MOMENT = "1970-01-01T00:00:00Z"
_CONTACT = {
    "@type": "contact data set",
    "@refObjectId": "3b0f7a57-7a0c-5d5e-9a37-5b0f6d2f6d01",
    "@version": "00.00.000",
    "@uri": "",
    "common:shortDescription": _NOT_STATED,
}
_SOURCE = _CONTACT | {"@type": "source data set", "@refObjectId": "3b0f7a57-7a0c-5d5e-9a37-5b0f6d2f6d02"}
_FORMAT = _SOURCE | {
    "@refObjectId": "a97a0155-0234-4b87-b4ce-a45da52f2a40",
    "@version": "03.00.003",
    "common:shortDescription": {"@xml:lang": "en", "#text": "ILCD format"},
}
_APPROVALS = ("nomenclature", "methodological", "review", "documentation", "quality")
_LEVEL = {"@level": "0", "@classId": "0", "#text": "Not stated"}
_OPEN_CLASSES = [{"@name": "Not stated", "common:class": [_LEVEL]}]


def _of_type(name: str) -> dict[str, Any]:
    """A reference to a data set that is not stated."""
    return _CONTACT | {"@type": name}


def _class(identifier: str, text: str) -> dict[str, str]:
    return {"@level": "0", "@classId": identifier, "#text": text}


def _header(name: str, *, namespace: str = "", locations: bool = False) -> list[tuple[str, Any]]:
    """Declarations and attributes of the root."""
    namespace = namespace or f"http://lca.jrc.it/ILCD/{name}"
    header: list[tuple[str, Any]] = [
        ("@xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("@version", "1.1"),
        ("@xsi:schemaLocation", f"{namespace} ../../schemas/ILCD_{name}DataSet.xsd"),
    ]
    return [*header, ("@locations", "../ILCDLocations.xml")] if locations else header


def _entry(*more: tuple[str, Any]) -> list[tuple[str, Any]]:
    """Who entered the data when and who owns it."""
    entry, publication = (
        "administrativeInformation/dataEntryBy",
        "administrativeInformation/publicationAndOwnership",
    )
    return [
        (f"{entry}/common:timeStamp", _MOMENT),
        (f"{entry}/common:referenceToDataSetFormat", _FORMAT),
        (f"{publication}/common:dataSetVersion", "00.00.000"),
        (f"{publication}/common:referenceToOwnershipOfDataSet", _CONTACT),
        *((f"administrativeInformation/{path}", value) for path, value in more),
    ]


def _compliance(*, full: bool) -> list[tuple[str, Any]]:
    at = "modellingAndValidation/complianceDeclarations/compliance"
    approvals = [f"common:{name}Compliance" for name in _APPROVALS] if full else []
    return [
        (f"{at}/common:referenceToComplianceSystem", _SOURCE),
        *((f"{at}/{name}", "Not defined") for name in ("common:approvalOfOverallCompliance", *approvals)),
    ]


def _name(at: str) -> list[tuple[str, Any]]:
    parts = ("baseName", "treatmentStandardsRoutes", "mixAndLocationTypes")
    return [(f"{at}/name/{part}", _NOT_STATED) for part in parts]


_OWNED = (
    ("common:commissionerAndGoal/common:referenceToCommissioner", _CONTACT),
    ("common:commissionerAndGoal/common:intendedApplications", _NOT_STATED),
    ("dataEntryBy/common:referenceToPersonOrEntityEnteringTheData", _CONTACT),
    ("publicationAndOwnership/common:copyright", "false"),
    ("publicationAndOwnership/common:licenseType", "Other"),
)
_PROCESS = "processInformation"
_FLOW = "flowInformation/dataSetInformation"
_METHOD = "LCIAMethodInformation"
_MODEL = "lifeCycleModelInformation"
_CLASSIFIED = "classificationInformation/common:classification"

REQUIRED: Mapping[str, list[tuple[str, Any]]] = {
    "processDataSet": [
        *_header("Process", locations=True),
        *_name(f"{_PROCESS}/dataSetInformation"),
        (f"{_PROCESS}/dataSetInformation/{_CLASSIFIED}", _OPEN_CLASSES),
        (f"{_PROCESS}/dataSetInformation/common:generalComment", _NOT_STATED),
        (f"{_PROCESS}/quantitativeReference/@type", "Reference flow(s)"),
        (f"{_PROCESS}/time/common:referenceYear", 9999),
        (f"{_PROCESS}/geography/locationOfOperationSupplyOrProduction/@location", "NULL"),
        (f"{_PROCESS}/?technology/technologyDescriptionAndIncludedProcesses", _NOT_STATED),
        *(
            (f"modellingAndValidation/?dataSourcesTreatmentAndRepresentativeness/{name}", value)
            for name, value in (
                ("dataCutOffAndCompletenessPrinciples", _NOT_STATED),
                ("referenceToDataSource", _SOURCE),
                ("annualSupplyOrProductionVolume", {"@xml:lang": "en", "#text": "0 (not stated)"}),
            )
        ),
        ("modellingAndValidation/validation/review/@type", "Not reviewed"),
        *_compliance(full=True),
        *_entry(*_OWNED),
        ("exchanges/exchange", []),
        ("exchanges/exchange/*/referenceToFlowDataSet", _of_type("flow data set")),
        ("exchanges/exchange/*/dataDerivationTypeStatus", "Unknown derivation"),
    ],
    "flowDataSet": [
        *_header("Flow", locations=True),
        ("@xmlns:ecn", "http://eplca.jrc.ec.europa.eu/ILCD/Extensions/2018/ECNumber"),
        *_name(_FLOW),
        *_compliance(full=False),
        *_entry(),
        ("flowProperties/flowProperty/*/referenceToFlowPropertyDataSet", _of_type("flow property data set")),
    ],
    "flowPropertyDataSet": [
        *_header("FlowProperty"),
        ("flowPropertiesInformation/dataSetInformation/common:name", _NOT_STATED),
        (
            "flowPropertiesInformation/quantitativeReference/referenceToReferenceUnitGroup",
            _of_type("unit group data set"),
        ),
        (
            f"flowPropertiesInformation/dataSetInformation/{_CLASSIFIED}/common:class",
            _class("4", "Other flow properties"),
        ),
        *_compliance(full=False),
        *_entry(),
    ],
    "unitGroupDataSet": [
        *_header("UnitGroup"),
        ("unitGroupInformation/dataSetInformation/common:name", _NOT_STATED),
        (
            f"unitGroupInformation/dataSetInformation/{_CLASSIFIED}/common:class",
            _class("4", "Other unit groups"),
        ),
        *_compliance(full=False),
        *_entry(),
    ],
    "sourceDataSet": [
        *_header("Source"),
        ("sourceInformation/dataSetInformation/common:shortName", _NOT_STATED),
        (
            f"sourceInformation/dataSetInformation/{_CLASSIFIED}/common:class",
            _class("6", "Other source types"),
        ),
        *_entry(),
    ],
    "contactDataSet": [
        *_header("Contact"),
        ("contactInformation/dataSetInformation/common:shortName", _NOT_STATED),
        ("contactInformation/dataSetInformation/common:name", _NOT_STATED),
        (f"contactInformation/dataSetInformation/{_CLASSIFIED}/common:class", [_class("5", "Other")]),
        *_entry(),
    ],
    "LCIAMethodDataSet": [
        *_header("LCIAMethod"),
        (f"{_METHOD}/dataSetInformation/common:name", _NOT_STATED),
        (
            f"{_METHOD}/dataSetInformation/{_CLASSIFIED}/common:class",
            [_class("2", "Midpoint level LCIA methods")],
        ),
        (f"{_METHOD}/quantitativeReference/referenceQuantity", _of_type("flow property data set")),
        (f"{_METHOD}/time/referenceYear", _NOT_STATED),
        (f"{_METHOD}/time/duration", _NOT_STATED),
        (f"{_METHOD}/time/timeRepresentativenessDescription", _NOT_STATED),
        (f"{_METHOD}/impactModel/modelName", "Not stated"),
        (f"{_METHOD}/impactModel/modelDescription", _NOT_STATED),
        ("modellingAndValidation/LCIAMethodNormalisationAndWeighting/typeOfDataSet", "Mid-point indicator"),
        ("modellingAndValidation/LCIAMethodNormalisationAndWeighting/LCIAMethodPrinciple", "other"),
        ("modellingAndValidation/dataSources/referenceToDataSource", _SOURCE),
        ("modellingAndValidation/validation/review/@type", "Not reviewed"),
        *_compliance(full=True),
        *_entry(
            ("dataGenerator/common:referenceToPersonOrEntityGeneratingTheDataSet", _CONTACT),
            ("dataEntryBy/recommendationBy/referenceToEntity", _CONTACT),
            ("dataEntryBy/recommendationBy/level", "Not recommended"),
            ("dataEntryBy/recommendationBy/meaning", _NOT_STATED),
            ("publicationAndOwnership/common:dateOfLastRevision", _MOMENT),
        ),
        ("characterisationFactors/factor", []),
        ("characterisationFactors/factor/*/deviatingRecommendation", "Not recommended"),
    ],
    "lifeCycleModelDataSet": [
        *_header(
            "LifeCycleModel",
            namespace="http://eplca.jrc.ec.europa.eu/ILCD/LifeCycleModel/2017",
            locations=True,
        ),
        # their schema asks every model to declare this prefix
        ("@xmlns:acme", "http://acme.com/custom"),
        *_name(f"{_MODEL}/dataSetInformation"),
        (f"{_MODEL}/dataSetInformation/{_CLASSIFIED}", _OPEN_CLASSES),
        (f"{_MODEL}/technology/processes", {"processInstance": []}),
        (f"{_MODEL}/technology/processes/processInstance/*/@multiplicationFactor", "1"),
        ("modellingAndValidation/validation/review/common:referenceToNameOfReviewerAndInstitution", _CONTACT),
        *_compliance(full=True),
        *_entry(*_OWNED),
    ],
}
"""Root key -> (path, value) in order; `*` is each of several, `?` only where it is there already."""

_REVIEWED = (
    ("common:scope", {"@name": "Documentation", "common:method": {"@name": "Documentation"}}),
    ("common:reviewDetails", _NOT_STATED),
    ("common:referenceToNameOfReviewerAndInstitution", _CONTACT),
    ("common:referenceToCompleteReviewReport", _SOURCE),
)
_REVIEW = "modellingAndValidation/validation/review"


def complete(document: dict[str, Any], known: Mapping[str, tuple[str, Any]]) -> tuple[str, ...]:
    """Fill what the schema of the document's kind requires; returns the places that were filled.

    `known` gives version and name (as written) of the package's data sets by UUID, for references to them.
    """
    ((root, body),) = document.items()
    filled: list[str] = []
    for path, value in [*REQUIRED[root], *_beyond(root, body)]:
        _fill(body, path.split("/"), value, [], filled)
    _fill_references(body, known, [], filled)
    if filled:
        body.setdefault("@xmlns:zuji", ZUJI)
        other = body.setdefault(OTHER, {})
        if isinstance(other, dict):
            other[FILLED] = " ".join(filled)
    return tuple(filled)


def uncomplete(body: dict[str, Any]) -> bool:
    """Take out what `complete` filled, as listed in the data set itself; False where it lists nothing."""
    other = body.get(OTHER)
    listed = other.pop(FILLED, "") if isinstance(other, dict) else ""
    if other == {}:
        del body[OTHER]
    for path in reversed(listed.split()) if isinstance(listed, str) else ():
        steps = path.split("/")
        holder: Any = body
        for step in steps[:-1]:
            holder = _inside(holder, step)
        if isinstance(holder, dict):
            holder.pop(steps[-1], None)
    return bool(listed)


def _beyond(root: str, body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is required by what else a data set says."""
    if root == "flowDataSet":
        yield from _flow_category(body)
    if root in ("processDataSet", "LCIAMethodDataSet"):
        for at, one in _each(_deep(body, _REVIEW)):
            if isinstance(one, dict) and one.get("@type", "Not reviewed") != "Not reviewed":
                yield from ((_joined(_REVIEW, at, name), value) for name, value in _REVIEWED)
    if root in ("processDataSet", "lifeCycleModelDataSet"):
        identity = _deep(body, f"{root.removesuffix('DataSet')}Information/dataSetInformation/common:UUID")
        yield (
            "administrativeInformation/publicationAndOwnership/common:permanentDataSetURI",
            f"urn:uuid:{identity}",
        )
    if root == "processDataSet":
        yield from _amounts(body)
    yield from _classifications(root, body)


def _flow_category(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    classes = _deep(body, f"{_FLOW}/classificationInformation")
    stated = classes.keys() if isinstance(classes, dict) else set()
    if not stated & {"common:classification", "common:elementaryFlowCategorization"}:
        if _deep(body, "modellingAndValidation/LCIMethod/typeOfDataSet") == "Elementary flow":
            category = {"@level": "0", "@catId": "4", "#text": "Other elementary flows"}
            at = f"{_FLOW}/classificationInformation/common:elementaryFlowCategorization/common:category"
            yield at, [category]
        else:
            yield f"{_FLOW}/{_CLASSIFIED}", _OPEN_CLASSES


def _amounts(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Both amounts of an exchange are required: the one that is not stated repeats the other."""
    at = "exchanges/exchange"
    for number, exchange in _each(_deep(body, at)):
        if isinstance(exchange, dict):
            for name, other in (("resultingAmount", "meanAmount"), ("meanAmount", "resultingAmount")):
                if other in exchange:
                    yield _joined(at, number, name), exchange[other]


def _classifications(root: str, body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """A class needs an id. ILCD leaves it open: then the id that ILCD's own lists give, else the name."""
    outer = next((key for key in body if key.endswith("Information") and key[0] != "a"), "")
    at = f"{outer}/dataSetInformation/classificationInformation"
    for group, item, key, ids in (
        ("common:classification", "common:class", "@classId", CLASSES.get(root, {})),
        ("common:elementaryFlowCategorization", "common:category", "@catId", ELEMENTARY),
    ):
        for number, one in _each(_deep(body, f"{at}/{group}")):
            if isinstance(one, dict):
                for step, named in _each(one.get(item)):
                    if isinstance(named, dict):
                        text = named.get("#text", "-")
                        yield _joined(f"{at}/{group}", number, item, step, key), ids.get(text, text)
                if number:
                    yield _joined(f"{at}/{group}", number, "@name"), "ILCD"


def _joined(*steps: str) -> str:
    return "/".join(step for step in steps if step)


def _fill(holder: Any, steps: list[str], value: Any, done: list[str], filled: list[str]) -> None:
    if isinstance(holder, list):
        # required of each of several, whether the path says so or not
        for at, one in enumerate(holder):
            inner = steps[1:] if steps[0] in ("*", str(at)) else [] if steps[0].isdecimal() else steps
            if inner:
                _fill(one, inner, value, [*done, str(at)], filled)
        return
    if steps[0] == "*":
        steps = steps[1:]
    if not isinstance(holder, dict):
        return
    step, optional = steps[0].lstrip("?"), steps[0].startswith("?")
    if step in holder:
        if len(steps) > 1:
            _fill(holder[step], steps[1:], value, [*done, step], filled)
    elif not optional and "*" not in steps:
        for outer in reversed(steps[1:]):
            value = {outer.lstrip("?"): value}
        holder[step] = copy.deepcopy(value)
        filled.append("/".join([*done, step]))


def _fill_references(
    holder: Any, known: Mapping[str, tuple[str, Any]], done: list[str], filled: list[str]
) -> None:
    if isinstance(holder, list):
        for at, one in enumerate(holder):
            _fill_references(one, known, [*done, str(at)], filled)
    if not isinstance(holder, dict):
        return
    if holder.get("@type") in _TYPES:
        target = str(holder.get("@refObjectId", ""))
        version, name = known.get(target, ("00.00.000", _NOT_STATED))
        required = (
            ("@refObjectId", _CONTACT["@refObjectId"]),
            ("@version", version),
            ("@uri", ""),
            ("common:shortDescription", name),
        )
        for key, value in required:
            _fill(holder, [key], value, done, filled)
    for key, value in list(holder.items()):
        if key != OTHER and not re.search("[/ ]", key):
            _fill_references(value, known, [*done, key], filled)


def _deep(holder: Any, path: str) -> Any:
    for step in path.split("/"):
        holder = _inside(holder, step)
    return holder


def _inside(holder: Any, step: str) -> Any:
    if isinstance(holder, list):
        return holder[int(step)] if step.isdecimal() and int(step) < len(holder) else None
    return holder.get(step) if isinstance(holder, dict) else None


def _each(value: Any) -> list[tuple[str, Any]]:
    """One or several, each with the step that leads to it."""
    if isinstance(value, list):
        return [(str(at), one) for at, one in enumerate(value)]
    return [("", value)]
