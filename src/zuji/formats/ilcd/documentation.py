"""What is written about a process: representativeness, method, sources, review, who is answerable."""

from zuji.formats.ilcd.beyond import WORDS, applied, stated
from zuji.formats.ilcd.fields import (
    Box,
    Choice,
    Field,
    Items,
    Plain,
    Plains,
    Reference,
    References,
    Values,
    Words,
    words,
)
from zuji.formats.ilcd.headings import (
    publication,
    read_compliance,
    read_review,
    write_compliance,
    write_review,
)
from zuji.formats.ilcd.names import ZUJI
from zuji.model.lci.processes import Documentation, ProcessType
from zuji.model.lci.references import Kind

TYPES = {kind.value[0].upper() + kind.value[1:]: kind for kind in ProcessType}

TIME = Box(
    {
        "common:referenceYear": Plain("valid_from"),
        "common:dataSetValidUntil": Plain("valid_until"),
        "common:timeRepresentativenessDescription": Words("time"),
    }
)
GEOGRAPHY = Box(
    {
        "locationOfOperationSupplyOrProduction": Box(
            {"descriptionOfRestrictions": Words("geography")}, {"location": "location"}
        )
    }
)
TECHNOLOGY = Box(
    {
        "technologyDescriptionAndIncludedProcesses": Words("technology"),
        "technologicalApplicability": Words("applicability"),
    }
)
_METHOD: dict[str, Field] = {
    "typeOfDataSet": Choice("type", TYPES),
    "LCIMethodPrinciple": Plain("method_principle"),
    "deviationsFromLCIMethodPrinciple": Words("method"),
    "LCIMethodApproaches": Plains("method_approaches"),
    "modellingConstants": Words("modelling_constants"),
}
_DATA: dict[str, Field] = {
    "dataCutOffAndCompletenessPrinciples": Words("completeness"),
    "dataSelectionAndCombinationPrinciples": Words("selection"),
    "dataTreatmentAndExtrapolationsPrinciples": Words("treatment"),
    "referenceToDataSource": References("sources", Kind.SOURCE),
    "annualSupplyOrProductionVolume": Words("production_volume_text"),
    "samplingProcedure": Words("sampling"),
    "dataCollectionPeriod": Words("collection"),
    "useAdviceForDataSet": Words("use_advice"),
}
MODELLING = Box(
    {
        "LCIMethodAndAllocation": Box(_METHOD),
        "dataSourcesTreatmentAndRepresentativeness": Box(_DATA),
        "validation": Box({"review": Items("reviews", read_review, write_review)}),
        "complianceDeclarations": Box({"compliance": Items("compliance", read_compliance, write_compliance)}),
    },
    {f"{{{ZUJI}}}documented": "documented"},
)
ADMINISTRATIVE = Box(
    {
        "common:commissionerAndGoal": Box(
            {
                "common:referenceToCommissioner": Reference("commissioner", Kind.CONTACT),
                "common:project": Words("project"),
                "common:intendedApplications": Words("intended_use"),
            }
        ),
        "dataGenerator": Box(
            {"common:referenceToPersonOrEntityGeneratingTheDataSet": References("generators", Kind.CONTACT)}
        ),
        "dataEntryBy": Box(
            {
                "common:timeStamp": Plain("created"),
                "common:referenceToPersonOrEntityEnteringTheData": Reference("documentor", Kind.CONTACT),
            }
        ),
        "publicationAndOwnership": Box(publication(process=True)),
    }
)

_WORDS = (
    "time",
    "geography",
    "technology",
    "applicability",
    "intended_use",
    "method",
    "modelling_constants",
    "completeness",
    "selection",
    "treatment",
    "sampling",
    "collection",
    "use_advice",
    "restrictions",
    "project",
)
_TEXTS = ("valid_from", "valid_until", "method_principle", "created", "licence")
_MANY = ("method_approaches", "sources", "reviews", "compliance", "generators")
_ONE = ("commissioner", "documentor", "owner", "publication", "copyrighted")
BEYOND_DOCUMENTATION = {"starts_with": WORDS, "includes": WORDS}
"""What other formats document and ILCD has no element for."""


def documentation_of(values: Values) -> Documentation:
    """The documentation that a process's values state."""
    said: Values = {name: words(values, name) for name in _WORDS}
    said |= {name: values.get(name, "") for name in _TEXTS}
    said |= {name: tuple(values.get(name, ())) for name in _MANY}
    said |= {name: values.get(name) for name in _ONE}
    said |= applied(values.get("documented", ""), BEYOND_DOCUMENTATION)
    return Documentation(publication_status=values.get("status", ""), **said)


def documentation_values(documentation: Documentation) -> Values:
    """The reverse of `documentation_of`."""
    values: Values = {name: getattr(documentation, name) for name in (*_WORDS, *_TEXTS, *_MANY, *_ONE)}
    values["status"] = documentation.publication_status
    values["documented"] = stated(documentation, BEYOND_DOCUMENTATION)
    return values
