"""The schema of an EcoSpold 2 activity data set (version 2.0.14), as facts: names, order, limits."""

from zuji.formats.ecospold2.grammar import (
    DATE,
    END,
    LINK,
    MOMENT,
    TRUTH,
    Part,
    matching,
    rule,
    text,
    whole,
)
from zuji.formats.ecospold2.schema_flows import (
    ANY_WHOLE,
    CLASSIFICATION,
    ELEMENTARY,
    GROUPS,
    ID,
    INDICATOR,
    INTERMEDIATE,
    PARAMETER,
    STORY,
    SYNONYM,
    TAG,
    many_worded,
    source_of,
)

NAMESPACE = "http://www.EcoInvent.org/EcoSpold02"
CHILD_NAMESPACE = "http://www.EcoInvent.org/EcoSpold02Child"
USER_NAMESPACE = "http://www.EcoInvent.org/UsedUserMasterData"

_ACTIVITY = rule(
    {
        "id!": ID,
        "activityNameId!": ID,
        "activityNameContextId": ID,
        "parentActivityId": ID,
        "parentActivityContextId": ID,
        "inheritanceDepth": ANY_WHOLE,
        "type!": whole(1, 2),
        "specialActivityType!": whole(0, 10),
        "energyValues": whole(0, 2),
        "masterAllocationPropertyId": ID,
        "masterAllocationPropertyIdOverwrittenByChild": TRUTH,
        "masterAllocationPropertyContextId": ID,
        "datasetIcon": LINK,
    },
    many_worded("activityName", 120, required=True),
    SYNONYM,
    many_worded("includedActivitiesStart", 32000),
    many_worded("includedActivitiesEnd", 32000),
    Part("allocationComment", STORY),
    Part("generalComment", STORY),
    TAG,
    open=True,
)
_COMMENTED = Part("comment", STORY)
_DESCRIPTION = rule(
    {},
    Part("activity", _ACTIVITY, required=True),
    Part("classification", CLASSIFICATION, many=True, unique="classificationId"),
    Part(
        "geography",
        rule(
            {"geographyId!": ID, "geographyContextId": ID},
            many_worded("shortname", 40, required=True, one_a_language=False),
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
            {"macroEconomicScenarioId!": ID, "macroEconomicScenarioContextId": ID},
            many_worded("name", 80, required=True),
            many_worded("comment", 32000),
        ),
        required=True,
    ),
    open=True,
)
_REVIEW = rule(
    {
        "reviewerId!": ID,
        "reviewerContextId": ID,
        "reviewerName!": text(40),
        "reviewerEmail!": text(80),
        "reviewDate!": DATE,
        "reviewedMajorRelease!": ANY_WHOLE,
        "reviewedMinorRelease!": ANY_WHOLE,
        "reviewedMajorRevision!": ANY_WHOLE,
        "reviewedMinorRevision!": ANY_WHOLE,
    },
    Part("details", STORY),
    many_worded("otherDetails", 32000),
    open=True,
)
_VALIDATION = rule(
    {},
    Part(
        "representativeness",
        rule(
            {
                "percent": matching(r"0*(100(\.0*)?|\d{1,2}(\.\d*)?)", ""),
                "systemModelId!": ID,
                "systemModelContextId": ID,
            },
            many_worded("systemModelName", 120, required=True),
            many_worded("samplingProcedure", 32000),
            many_worded("extrapolations", 32000),
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
                "personId!": ID,
                "personContextId": ID,
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
                "personId!": ID,
                "personContextId": ID,
                "personName!": text(40),
                "personEmail!": text(80),
                "dataPublishedIn": whole(0, 2),
                **source_of("publishedSource"),
                "isCopyrightProtected!": TRUTH,
                "pageNumbers": text(30),
                "accessRestrictedTo": whole(0, 3),
                "companyId": ID,
                "companyIdOverwrittenByChild": TRUTH,
                "companyContextId": ID,
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
                "majorRelease!": ANY_WHOLE,
                "minorRelease!": ANY_WHOLE,
                "majorRevision!": ANY_WHOLE,
                "minorRevision!": ANY_WHOLE,
                "internalSchemaVersion": text(80),
                "defaultLanguage": matching(r".{2,5}"),
                "creationTimestamp": MOMENT,
                "lastEditTimestamp": MOMENT,
                "fileGenerator": text(255),
                "fileTimestamp": MOMENT,
                "contextId": ID,
            },
            many_worded("contextName", 80),
            Part(
                "requiredContext",
                rule(
                    {
                        "majorRelease!": ANY_WHOLE,
                        "minorRelease!": ANY_WHOLE,
                        "majorRevision": ANY_WHOLE,
                        "minorRevision": ANY_WHOLE,
                        "requiredContextId!": ID,
                        "requiredContextFileLocation": LINK,
                    },
                    many_worded("requiredContextName", 80, required=True, one_a_language=False),
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
            Part("intermediateExchange", INTERMEDIATE, required=True, many=True, needs=GROUPS),
            Part("elementaryExchange", ELEMENTARY, many=True, needs=GROUPS),
            Part("parameter", PARAMETER, many=True),
            Part("impactIndicator", INDICATOR, many=True),
            open=True,
        ),
        required=True,
    ),
    Part("modellingAndValidation", _VALIDATION, required=True),
    Part("administrativeInformation", _ADMINISTRATION, required=True),
    open=True,
)
"""An activity data set."""
