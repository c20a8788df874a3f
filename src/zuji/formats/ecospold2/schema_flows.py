"""Flow data of the EcoSpold 2 schema (version 2.0.14): exchanges, parameters, indicators, uncertainty."""

import re
from collections.abc import Mapping

from zuji.formats.ecospold2.grammar import (
    LINK,
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

NIL = "00000000-0000-0000-0000-000000000000"

ID = matching(r".{36}", NIL)
CAS = matching(r"(?=.{1,12}$)\d{1,7}-\d{2}-\d", mend=lambda value: value.strip().lstrip("0"))
_LETTERS = re.compile(r"[^\W_]\S{0,39}")
_VARIABLE = Value(lambda value: _LETTERS.fullmatch(value) is not None)
YEAR = text(30)
AUTHOR = text(40)
ANY_WHOLE = whole(-(10**9), 10**9, 0)


def source_of(prefix: str = "source") -> Mapping[str, Value]:
    return {
        f"{prefix}Id": ID,
        f"{prefix}IdOverwrittenByChild": TRUTH,
        f"{prefix}ContextId": ID,
        f"{prefix}Year": YEAR,
        f"{prefix}FirstAuthor": AUTHOR,
    }


def many_worded(name: str, limit: int, *, required: bool = False, one_a_language: bool = True) -> Part:
    unique = TAG_OF_LANGUAGE if one_a_language else ""
    return Part(name, worded(limit), required=required, many=True, unique=unique)


STORY = rule(
    {},
    Part("text", worded(32000, {"index!": ANY_WHOLE}), many=True),
    Part("imageUrl", rule({"index!": ANY_WHOLE}, text=LINK), many=True),
    Part("variable", worded(32000, {"name!": text(40)}), many=True),
    open=True,
    mixed_order=True,
)
TAG = Part("tag", rule(text=text(40)), many=True)
SYNONYM = Part("synonym", worded(80), many=True)
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
            ("binomial", _distribution(n=ANY_WHOLE, p=NUMBER)),
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
    many_worded("comment", 32000),
    open=True,
)
UNCERTAIN = Part("uncertainty", UNCERTAINTY)

_PROPERTY = rule(
    {
        "propertyId!": ID,
        "propertyContextId": ID,
        "variableName": _VARIABLE,
        "amount!": NUMBER,
        "isDefiningValue": TRUTH,
        "mathematicalRelation": text(32000),
        "isCalculatedAmount": TRUTH,
        "unitId": ID,
        "unitContextId": ID,
        **source_of(),
    },
    many_worded("name", 80, required=True),
    many_worded("unitName", 40),
    UNCERTAIN,
    many_worded("comment", 32000),
    open=True,
)
_TRANSFER = rule(
    {
        "exchangeId!": ID,
        "amount!": NUMBER,
        "mathematicalRelation": text(32000),
        "isCalculatedAmount": TRUTH,
        **source_of(),
    },
    UNCERTAIN,
    many_worded("comment", 32000),
    open=True,
)
CLASSIFICATION = rule(
    {"classificationId!": ID, "classificationContextId": ID},
    many_worded("classificationSystem", 255, required=True),
    many_worded("classificationValue", 120, required=True),
)
_EXCHANGE: Mapping[str, Value] = {
    "id!": ID,
    "unitId!": ID,
    "unitContextId": ID,
    "variableName": _VARIABLE,
    "casNumber": CAS,
    "amount!": NUMBER,
    "isCalculatedAmount": TRUTH,
    "mathematicalRelation": text(32000),
    **source_of(),
    "pageNumbers": text(30),
    "specificAllocationPropertyId": ID,
    "specificAllocationPropertyIdOverwrittenByChild": TRUTH,
    "specificAllocationPropertyContextId": ID,
}
_EXCHANGE_CHILDREN = (
    many_worded("name", 120, required=True),
    many_worded("unitName", 40, required=True),
    many_worded("comment", 32000),
    UNCERTAIN,
    SYNONYM,
    Part("property", _PROPERTY, many=True),
    Part("transferCoefficient", _TRANSFER, many=True),
    TAG,
)


GROUPS = ("inputGroup", "outputGroup")


def _groups(inputs: str, outputs: str) -> tuple[Part, Part]:
    """The groups of an exchange; the last one named stands for a group that the schema does not know."""
    return (
        Part("inputGroup", rule(text=matching(inputs, inputs[-2])), required=True, choice="group"),
        Part("outputGroup", rule(text=matching(outputs, outputs[-2])), required=True, choice="group"),
    )


INTERMEDIATE = rule(
    {
        **_EXCHANGE,
        "intermediateExchangeId!": ID,
        "intermediateExchangeContextId": ID,
        "activityLinkId": ID,
        "activityLinkIdOverwrittenByChild": TRUTH,
        "activityLinkContextId": ID,
        "productionVolumeAmount": NUMBER,
        "productionVolumeVariableName": _VARIABLE,
        "productionVolumeMathematicalRelation": text(32000),
        **source_of("productionVolumeSource"),
    },
    *_EXCHANGE_CHILDREN,
    many_worded("productionVolumeComment", 32000),
    Part("productionVolumeUncertainty", UNCERTAINTY),
    Part("classification", CLASSIFICATION, many=True),
    *_groups("[1235]", "[0532]"),
    open=True,
)
_SHORT_NAME = worded(40, filler="unspecified")
COMPARTMENT = rule(
    {"subcompartmentId!": ID, "subcompartmentContextId": ID},
    Part("compartment", _SHORT_NAME, required=True, many=True),
    Part("subcompartment", _SHORT_NAME, required=True, many=True),
)
ELEMENTARY = rule(
    {
        **_EXCHANGE,
        "elementaryExchangeId!": ID,
        "elementaryExchangeContextId": ID,
        "formula": text(40),
    },
    *_EXCHANGE_CHILDREN,
    Part("compartment", COMPARTMENT, required=True),
    *_groups("[4]", "[4]"),
    open=True,
)
PARAMETER = rule(
    {
        "parameterId!": ID,
        "parameterContextId": ID,
        "variableName": _VARIABLE,
        "mathematicalRelation": text(32000),
        "isCalculatedAmount": TRUTH,
        "amount!": NUMBER,
        "unitId": ID,
        "unitContextId": ID,
    },
    many_worded("name", 80, required=True),
    many_worded("unitName", 40),
    UNCERTAIN,
    many_worded("comment", 32000),
    open=True,
)
INDICATOR = rule(
    {
        "impactIndicatorId!": ID,
        "impactIndicatorContextId": ID,
        "impactMethodId!": ID,
        "impactMethodContextId": ID,
        "impactCategoryId!": ID,
        "impactCategoryContextId": ID,
        "amount!": NUMBER,
    },
    *(
        many_worded(name, limit, required=True, one_a_language=False)
        for name, limit in (
            ("impactMethodName", 120),
            ("impactCategoryName", 120),
            ("name", 120),
            ("unitName", 40),
        )
    ),
)
