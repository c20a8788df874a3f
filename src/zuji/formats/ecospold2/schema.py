"""The schema of an EcoSpold 2 activity data set (version 2.0.14), as facts: names, order, limits."""

import re
from collections.abc import Mapping

from zuji.formats.ecospold2.grammar import (
    DATE,
    END,
    LINK,
    MOMENT,
    NUMBER,
    TAG_OF_LANGUAGE,
    TRUTH,
    Part,
    Rule,
    Value,
    matching,
    rule,
    text,
    whole,
    worded,
)

NAMESPACE = "http://www.EcoInvent.org/EcoSpold02"
CHILD_NAMESPACE = "http://www.EcoInvent.org/EcoSpold02Child"
USER_NAMESPACE = "http://www.EcoInvent.org/UsedUserMasterData"
NIL = "00000000-0000-0000-0000-000000000000"

_ID = matching(r".{36}", NIL)
_CAS = matching(r"(?=.{1,12}$)\d{1,7}-\d{2}-\d", mend=lambda value: value.strip().lstrip("0"))
_LETTERS = re.compile(r"[^\W_]\S{0,39}")
_VARIABLE = Value(lambda value: _LETTERS.fullmatch(value) is not None)
_YEAR = text(30)
_AUTHOR = text(40)
_ANY_WHOLE = whole(-(10**9), 10**9, 0)


def _source(prefix: str = "source") -> Mapping[str, Value]:
    return {
        f"{prefix}Id": _ID,
        f"{prefix}IdOverwrittenByChild": TRUTH,
        f"{prefix}ContextId": _ID,
        f"{prefix}Year": _YEAR,
        f"{prefix}FirstAuthor": _AUTHOR,
    }


def _many(name: str, limit: int, *, required: bool = False, one_a_language: bool = True) -> Part:
    unique = TAG_OF_LANGUAGE if one_a_language else ""
    return Part(name, worded(limit), required=required, many=True, unique=unique)


_STORY = rule(
    {},
    Part("text", worded(32000, {"index!": _ANY_WHOLE}), many=True),
    Part("imageUrl", rule({"index!": _ANY_WHOLE}, text=LINK), many=True),
    Part("variable", worded(32000, {"name!": text(40)}), many=True),
    open=True,
    mixed_order=True,
)
_TAG = Part("tag", rule(text=text(40)), many=True)
_SYNONYM = Part("synonym", worded(80), many=True)
_SCORE = whole(1, 5)


def _distribution(**attributes: Value) -> Rule:
    """A distribution all of whose parameters are required."""
    return rule({f"{name}!": value for name, value in attributes.items()})


UNCERTAINTY = rule(
    {},
    *(
        Part(name, of, required=True, choice="distribution")
        for name, of in (
            ("undefined", _distribution(minValue=NUMBER, maxValue=NUMBER, standardDeviation95=NUMBER)),
            (
                "lognormal",
                rule(
                    {
                        "meanValue!": NUMBER,
                        "mu!": NUMBER,
                        "variance": NUMBER,
                        "varianceWithPedigreeUncertainty!": NUMBER,
                    }
                ),
            ),
            (
                "normal",
                rule({"meanValue!": NUMBER, "variance": NUMBER, "varianceWithPedigreeUncertainty!": NUMBER}),
            ),
            ("triangular", _distribution(minValue=NUMBER, mostLikelyValue=NUMBER, maxValue=NUMBER)),
            ("uniform", _distribution(minValue=NUMBER, maxValue=NUMBER)),
            ("beta", _distribution(minValue=NUMBER, mostFrequentValue=NUMBER, maxValue=NUMBER)),
            ("gamma", _distribution(shape=NUMBER, scale=NUMBER, minValue=NUMBER)),
            ("binomial", _distribution(n=_ANY_WHOLE, p=NUMBER)),
        )
    ),
    Part(
        "pedigreeMatrix",
        rule(
            {
                "reliability!": _SCORE,
                "completeness!": _SCORE,
                "temporalCorrelation!": _SCORE,
                "geographicalCorrelation!": _SCORE,
                "furtherTechnologyCorrelation!": _SCORE,
            }
        ),
    ),
    _many("comment", 32000),
    open=True,
)
_UNCERTAIN = Part("uncertainty", UNCERTAINTY)

_PROPERTY = rule(
    {
        "propertyId!": _ID,
        "propertyContextId": _ID,
        "variableName": _VARIABLE,
        "amount!": NUMBER,
        "isDefiningValue": TRUTH,
        "mathematicalRelation": text(32000),
        "isCalculatedAmount": TRUTH,
        "unitId": _ID,
        "unitContextId": _ID,
        **_source(),
    },
    _many("name", 80, required=True),
    _many("unitName", 40),
    _UNCERTAIN,
    _many("comment", 32000),
    open=True,
)
_TRANSFER = rule(
    {
        "exchangeId!": _ID,
        "amount!": NUMBER,
        "mathematicalRelation": text(32000),
        "isCalculatedAmount": TRUTH,
        **_source(),
    },
    _UNCERTAIN,
    _many("comment", 32000),
    open=True,
)
_CLASSIFICATION = rule(
    {"classificationId!": _ID, "classificationContextId": _ID},
    _many("classificationSystem", 255, required=True),
    _many("classificationValue", 120, required=True),
)
_EXCHANGE: Mapping[str, Value] = {
    "id!": _ID,
    "unitId!": _ID,
    "unitContextId": _ID,
    "variableName": _VARIABLE,
    "casNumber": _CAS,
    "amount!": NUMBER,
    "isCalculatedAmount": TRUTH,
    "mathematicalRelation": text(32000),
    **_source(),
    "pageNumbers": text(30),
    "specificAllocationPropertyId": _ID,
    "specificAllocationPropertyIdOverwrittenByChild": TRUTH,
    "specificAllocationPropertyContextId": _ID,
}
_EXCHANGE_CHILDREN = (
    _many("name", 120, required=True),
    _many("unitName", 40, required=True),
    _many("comment", 32000),
    _UNCERTAIN,
    _SYNONYM,
    Part("property", _PROPERTY, many=True),
    Part("transferCoefficient", _TRANSFER, many=True),
    _TAG,
)


_GROUPS = ("inputGroup", "outputGroup")


def _groups(inputs: str, outputs: str) -> tuple[Part, Part]:
    """The groups of an exchange; the last one named stands for a group that the schema does not know."""
    return (
        Part("inputGroup", rule(text=matching(inputs, inputs[-2])), required=True, choice="group"),
        Part("outputGroup", rule(text=matching(outputs, outputs[-2])), required=True, choice="group"),
    )


_INTERMEDIATE = rule(
    {
        **_EXCHANGE,
        "intermediateExchangeId!": _ID,
        "intermediateExchangeContextId": _ID,
        "activityLinkId": _ID,
        "activityLinkIdOverwrittenByChild": TRUTH,
        "activityLinkContextId": _ID,
        "productionVolumeAmount": NUMBER,
        "productionVolumeVariableName": _VARIABLE,
        "productionVolumeMathematicalRelation": text(32000),
        **_source("productionVolumeSource"),
    },
    *_EXCHANGE_CHILDREN,
    _many("productionVolumeComment", 32000),
    Part("productionVolumeUncertainty", UNCERTAINTY),
    Part("classification", _CLASSIFICATION, many=True),
    *_groups("[1235]", "[0532]"),
    open=True,
)
_SHORT_NAME = worded(40, filler="unspecified")
COMPARTMENT = rule(
    {"subcompartmentId!": _ID, "subcompartmentContextId": _ID},
    Part("compartment", _SHORT_NAME, required=True, many=True),
    Part("subcompartment", _SHORT_NAME, required=True, many=True),
)
_ELEMENTARY = rule(
    {
        **_EXCHANGE,
        "elementaryExchangeId!": _ID,
        "elementaryExchangeContextId": _ID,
        "formula": text(40),
    },
    *_EXCHANGE_CHILDREN,
    Part("compartment", COMPARTMENT, required=True),
    *_groups("[4]", "[4]"),
    open=True,
)
_PARAMETER = rule(
    {
        "parameterId!": _ID,
        "parameterContextId": _ID,
        "variableName": _VARIABLE,
        "mathematicalRelation": text(32000),
        "isCalculatedAmount": TRUTH,
        "amount!": NUMBER,
        "unitId": _ID,
        "unitContextId": _ID,
    },
    _many("name", 80, required=True),
    _many("unitName", 40),
    _UNCERTAIN,
    _many("comment", 32000),
    open=True,
)
_INDICATOR = rule(
    {
        "impactIndicatorId!": _ID,
        "impactIndicatorContextId": _ID,
        "impactMethodId!": _ID,
        "impactMethodContextId": _ID,
        "impactCategoryId!": _ID,
        "impactCategoryContextId": _ID,
        "amount!": NUMBER,
    },
    *(
        _many(name, limit, required=True, one_a_language=False)
        for name, limit in (
            ("impactMethodName", 120),
            ("impactCategoryName", 120),
            ("name", 120),
            ("unitName", 40),
        )
    ),
)
_ACTIVITY = rule(
    {
        "id!": _ID,
        "activityNameId!": _ID,
        "activityNameContextId": _ID,
        "parentActivityId": _ID,
        "parentActivityContextId": _ID,
        "inheritanceDepth": _ANY_WHOLE,
        "type!": whole(1, 2),
        "specialActivityType!": whole(0, 10),
        "energyValues": whole(0, 2),
        "masterAllocationPropertyId": _ID,
        "masterAllocationPropertyIdOverwrittenByChild": TRUTH,
        "masterAllocationPropertyContextId": _ID,
        "datasetIcon": LINK,
    },
    _many("activityName", 120, required=True),
    _SYNONYM,
    _many("includedActivitiesStart", 32000),
    _many("includedActivitiesEnd", 32000),
    Part("allocationComment", _STORY),
    Part("generalComment", _STORY),
    _TAG,
    open=True,
)
_COMMENTED = Part("comment", _STORY)
_DESCRIPTION = rule(
    {},
    Part("activity", _ACTIVITY, required=True),
    Part("classification", _CLASSIFICATION, many=True, unique="classificationId"),
    Part(
        "geography",
        rule(
            {"geographyId!": _ID, "geographyContextId": _ID},
            _many("shortname", 40, required=True, one_a_language=False),
            _COMMENTED,
            open=True,
        ),
        required=True,
    ),
    Part("technology", rule({"technologyLevel": whole(0, 5)}, _COMMENTED, open=True), required=True),
    Part(
        "timePeriod",
        rule(
            {"startDate!": DATE, "endDate!": END, "isDataValidForEntirePeriod!": TRUTH},
            _COMMENTED,
            open=True,
        ),
        required=True,
    ),
    Part(
        "macroEconomicScenario",
        rule(
            {"macroEconomicScenarioId!": _ID, "macroEconomicScenarioContextId": _ID},
            _many("name", 80, required=True),
            _many("comment", 32000),
        ),
        required=True,
    ),
    open=True,
)
_REVIEW = rule(
    {
        "reviewerId!": _ID,
        "reviewerContextId": _ID,
        "reviewerName!": text(40),
        "reviewerEmail!": text(80),
        "reviewDate!": DATE,
        "reviewedMajorRelease!": _ANY_WHOLE,
        "reviewedMinorRelease!": _ANY_WHOLE,
        "reviewedMajorRevision!": _ANY_WHOLE,
        "reviewedMinorRevision!": _ANY_WHOLE,
    },
    Part("details", _STORY),
    _many("otherDetails", 32000),
    open=True,
)
_VALIDATION = rule(
    {},
    Part(
        "representativeness",
        rule(
            {
                "percent": matching(r"0*(100(\.0*)?|\d{1,2}(\.\d*)?)", ""),
                "systemModelId!": _ID,
                "systemModelContextId": _ID,
            },
            _many("systemModelName", 120, required=True),
            _many("samplingProcedure", 32000),
            _many("extrapolations", 32000),
            open=True,
        ),
    ),
    Part("review", _REVIEW, many=True),
    open=True,
)
_ADMINISTRATION = rule(
    {},
    Part(
        "dataEntryBy",
        rule(
            {
                "personId!": _ID,
                "personContextId": _ID,
                "isActiveAuthor": TRUTH,
                "personName!": text(40),
                "personEmail!": text(80),
            },
        ),
        required=True,
    ),
    Part(
        "dataGeneratorAndPublication",
        rule(
            {
                "personId!": _ID,
                "personContextId": _ID,
                "personName!": text(40),
                "personEmail!": text(80),
                "dataPublishedIn": whole(0, 2),
                **_source("publishedSource"),
                "isCopyrightProtected!": TRUTH,
                "pageNumbers": text(30),
                "accessRestrictedTo": whole(0, 3),
                "companyId": _ID,
                "companyIdOverwrittenByChild": TRUTH,
                "companyContextId": _ID,
                "companyCode": text(7),
            },
            open=True,
        ),
        required=True,
    ),
    Part(
        "fileAttributes",
        rule(
            {
                "majorRelease!": _ANY_WHOLE,
                "minorRelease!": _ANY_WHOLE,
                "majorRevision!": _ANY_WHOLE,
                "minorRevision!": _ANY_WHOLE,
                "internalSchemaVersion": text(80),
                "defaultLanguage": matching(r".{2,5}"),
                "creationTimestamp": MOMENT,
                "lastEditTimestamp": MOMENT,
                "fileGenerator": text(255),
                "fileTimestamp": MOMENT,
                "contextId": _ID,
            },
            _many("contextName", 80),
            Part(
                "requiredContext",
                rule(
                    {
                        "majorRelease!": _ANY_WHOLE,
                        "minorRelease!": _ANY_WHOLE,
                        "majorRevision": _ANY_WHOLE,
                        "minorRevision": _ANY_WHOLE,
                        "requiredContextId!": _ID,
                        "requiredContextFileLocation": LINK,
                    },
                    _many("requiredContextName", 80, required=True, one_a_language=False),
                ),
                many=True,
            ),
            open=True,
        ),
        required=True,
    ),
    open=True,
)
DATASET = rule(
    {},
    Part("activityDescription", _DESCRIPTION, required=True),
    Part(
        "flowData",
        rule(
            {},
            Part("intermediateExchange", _INTERMEDIATE, required=True, many=True, needs=_GROUPS),
            Part("elementaryExchange", _ELEMENTARY, many=True, needs=_GROUPS),
            Part("parameter", _PARAMETER, many=True),
            Part("impactIndicator", _INDICATOR, many=True),
            open=True,
        ),
        required=True,
    ),
    Part("modellingAndValidation", _VALIDATION, required=True),
    Part("administrativeInformation", _ADMINISTRATION, required=True),
    open=True,
)
"""An activity data set."""
