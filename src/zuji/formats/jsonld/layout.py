"""What stands where in an openLCA JSON-LD package: folders, types, markers, and the keys that nouns hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from zuji.model.lci.references import Kind

FORMAT = "jsonld"
SCHEMA_VERSION = 5
"""What `dump` writes in openlca.json, and the newest that is known."""
OLCA_SCHEMA_VERSION = 2
"""What `dump` writes in olca-schema.json (the numbering of the Python library)."""
CO_REFERENCE = "zuji:isReference"
"""Marks the further reference products of a process, for which openLCA has no mark and no other place."""
APP_MARKER = "openlca.json"
LIBRARY_MARKER = "olca-schema.json"

FOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "actors": "Actor",
        "categories": "Category",
        "currencies": "Currency",
        "dq_systems": "DQSystem",
        "epds": "Epd",
        "flow_properties": "FlowProperty",
        "flows": "Flow",
        "lcia_categories": "ImpactCategory",
        "lcia_methods": "ImpactMethod",
        "locations": "Location",
        "nw_sets": "NwSet",
        "parameters": "Parameter",
        "processes": "Process",
        "product_systems": "ProductSystem",
        "projects": "Project",
        "results": "Result",
        "social_indicators": "SocialIndicator",
        "sources": "Source",
        "unit_groups": "UnitGroup",
    }
)
FOLDER_OF: Mapping[str, str] = MappingProxyType({name: folder for folder, name in FOLDERS.items()})

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "Actor": Kind.CONTACT,
        "Flow": Kind.FLOW,
        "FlowProperty": Kind.FLOW_PROPERTY,
        "ImpactCategory": Kind.IMPACT_CATEGORY,
        "ImpactMethod": Kind.IMPACT_METHOD,
        "Location": Kind.LOCATION,
        "Parameter": Kind.PARAMETER,
        "Process": Kind.PROCESS,
        "ProductSystem": Kind.MODEL,
        "Source": Kind.SOURCE,
        "UnitGroup": Kind.UNIT_GROUP,
    }
)
"""The types that nouns of a package stand for; a Result is only referred to."""
TYPES: Mapping[Kind, str] = MappingProxyType(
    {**{kind: name for name, kind in KINDS.items()}, Kind.RESULT: "Result"}
)
KEPT = ("Currency", "DQSystem", "Epd", "Project", "Result", "SocialIndicator")
"""Types that no noun stands for: whole data sets travel as extras of the package."""

DESCRIPTORS = frozenset(
    {"category", "categoryPath", "description", "flowType", "processType", "location"}
) | {
    "refUnit",
    "library",
}
"""What a reference repeats of its target; kept only where the target is not in the package."""

_NOTHING = ("@context", "@type")
_HEADING = (*_NOTHING, "@id", "name", "description", "category", "version", "lastChange", "tags")


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of an object that nouns hold: plain ones, references, and objects (or arrays) by shape."""

    plain: frozenset[str]
    references: frozenset[str] = frozenset()
    inner: Mapping[str, str] = field(default_factory=dict)


def _shape(*plain: str, references: tuple[str, ...] = (), **inner: str) -> Shape:
    return Shape(frozenset(plain), frozenset(references), MappingProxyType(inner))


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "Actor": _shape(*_HEADING, "address", "email", "telephone", "telefax", "website"),
        "Source": _shape(*_HEADING, "textReference", "url", "year", "externalFile"),
        "Location": _shape(*_HEADING, "code", "latitude", "longitude"),
        "UnitGroup": _shape(*_HEADING, references=("defaultFlowProperty",), units="Unit"),
        "Unit": _shape(*_NOTHING, "@id", "name", "description", "conversionFactor", "isRefUnit", "synonyms"),
        "FlowProperty": _shape(*_HEADING, "flowPropertyType", references=("unitGroup",)),
        "Flow": _shape(
            *_HEADING,
            "flowType",
            "cas",
            "formula",
            "synonyms",
            "isInfrastructureFlow",
            references=("location",),
            flowProperties="FlowPropertyFactor",
        ),
        "FlowPropertyFactor": _shape(
            *_NOTHING, "conversionFactor", "isRefFlowProperty", references=("flowProperty",)
        ),
        "Parameter": _shape(
            *_NOTHING,
            "@id",
            "name",
            "description",
            "value",
            "formula",
            "isInputParameter",
            "parameterScope",
            uncertainty="Uncertainty",
        ),
        "Uncertainty": _shape(
            *_NOTHING, "distributionType", "geomMean", "geomSd", "mean", "sd", "minimum", "mode", "maximum"
        ),
        "Process": _shape(
            *_HEADING,
            "processType",
            "defaultAllocationMethod",
            "isInfrastructureProcess",
            "lastInternalId",
            references=("location",),
            exchanges="Exchange",
            parameters="Parameter",
            allocationFactors="AllocationFactor",
            processDocumentation="ProcessDocumentation",
        ),
        "Exchange": _shape(
            *_NOTHING,
            "internalId",
            "amount",
            "amountFormula",
            "isInput",
            "isQuantitativeReference",
            CO_REFERENCE,
            "isAvoidedProduct",
            "unit",
            "dqEntry",
            "baseUncertainty",
            "costValue",
            "description",
            references=("flow", "flowProperty", "defaultProvider", "location", "currency"),
            uncertainty="Uncertainty",
        ),
        "AllocationFactor": _shape(
            *_NOTHING, "allocationType", "exchange", "value", "formula", references=("product",)
        ),
        "ProcessDocumentation": _shape(
            *_NOTHING,
            "validFrom",
            "validUntil",
            "timeDescription",
            "geographyDescription",
            "technologyDescription",
            "inventoryMethodDescription",
            "modelingConstantsDescription",
            "completenessDescription",
            "dataSelectionDescription",
            "dataTreatmentDescription",
            "samplingDescription",
            "dataCollectionDescription",
            "useAdvice",
            "restrictionsDescription",
            "intendedApplication",
            "projectDescription",
            "creationDate",
            "isCopyrightProtected",
            "sources",
            references=("dataDocumentor", "dataGenerator", "dataSetOwner", "publication"),
            reviews="Review",
            complianceDeclarations="ComplianceDeclaration",
        ),
        "Review": _shape(*_NOTHING, "reviewType", "details", "reviewers", references=("report",)),
        "ComplianceDeclaration": _shape(*_NOTHING, references=("system",)),
        "ImpactMethod": _shape(*_HEADING, "impactCategories", nwSets="NwSet"),
        "NwSet": _shape(*_NOTHING, "@id", "name", "weightedScoreUnit", factors="NwFactor"),
        "NwFactor": _shape(
            *_NOTHING, "normalisationFactor", "weightingFactor", references=("impactCategory",)
        ),
        "ImpactCategory": _shape(
            *_HEADING, "refUnit", "direction", impactFactors="ImpactFactor", parameters="Parameter"
        ),
        "ImpactFactor": _shape(
            *_NOTHING,
            "value",
            "formula",
            "unit",
            references=("flow", "flowProperty", "location"),
            uncertainty="Uncertainty",
        ),
        "ProductSystem": _shape(
            *_HEADING,
            "targetAmount",
            "targetUnit",
            "refExchange",
            "processes",
            references=("refProcess", "targetFlowProperty"),
            processLinks="ProcessLink",
            analysisGroups="AnalysisGroup",
        ),
        "ProcessLink": _shape(*_NOTHING, "exchange", references=("provider", "flow", "process")),
        "AnalysisGroup": _shape(*_NOTHING, "name", "processes"),
    }
)
"""Every other key is kept as an extra of the noun that the object becomes."""
