"""The schemas of EcoSpold 1 (version 1.2) for processes and for impact categories, as facts."""

import re
from dataclasses import replace

from zuji.formats.ecospold2.grammar import (
    MOMENT,
    NUMBER,
    TRUTH,
    Part,
    Rule,
    Value,
    matching,
    one_of,
    rule,
    text,
    whole,
)

NAMESPACE = "http://www.EcoInvent.org/EcoSpold01"
IMPACT_NAMESPACE = "http://www.EcoInvent.org/EcoSpold01Impact"

COUNTRIES = (
    "AF AL DZ AS AD AO AI AQ AG AR AM AW AU AT AZ BS BH BD BB BY BE BZ BJ BM BT BO BA BW BV BR IO BN BG "
    "BF BI KH CM CA CV KY CF TD CL CN CX CC CO KM CG CK CR CI HR CU CY CZ DK DJ DM DO TP EC EG SV GQ ER "
    "EE ET FK FO FJ FI FR FX GF PF TF GA GM GE DE GH GI GR GL GD GP GU GT GN GW GY HT HM HN HK HU IS IN "
    "ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MO MK MG MW MY MV ML MT "
    "MH MQ MR MU YT MX FM MD MC MN MS MA MZ MM NA NR NP NL AN NC NZ NI NE NG NU NF MP NO OM PK PW PA PG "
    "PY PE PH PN PL PT PR QA RE RO RU RW KN LC VC WS SM ST SA SN SC SL SG SK SI SB SO ZA ES LK SH PM SD "
    "SR SJ SZ SE CH SY TW TJ TZ TH TG TK TO TT TN TR TM TC TV UG UA AE GB US UM UY UZ VU VA VE VN VG VI "
    "WF EH YE CS CD ZM ZW"
)
LANGUAGES = (
    "ab aa af sq am ar hy as ay az ba eu bn dz bh bi br bg my be km ca zh co hr cs da nl en eo et fo fa "
    "fj fi fr fy gl ka de el kl gn gu ha iw he hi hu is in id ia ie iu ik ga it ja jw kn ks kk rw ky rn "
    "ko ku lo la lv ln lt mk mg ms ml mt gv mi mr mo mn na ne no oc or om ps pl pt pa qu rm ro ru sm sg "
    "sa gd sr sh st tn sn sd si ss sk sl so es su sw sv tl tg ta tt te th bo ti to ts tr tk tw ug uk ur "
    "uz vi vo cy wo xh ji yi yo zu"
)
_NUMBER = whole(1, 2**31 - 1)
_LONG = text(32000)
_NAME = text(255)
_SHORT = text(40)
_CODE = text(7)
_COUNTRY = one_of(COUNTRIES, "CN")


def _decimal(value: str, places: int) -> str:
    found = re.match(r"\s*0*(\d{1,2})(?:\.(\d+))?", value)
    return "" if found is None else f"{found[1]}.{(found[2] or '0')[:places]}"


_YEAR = matching(
    r"-?(?!0000)\d{4}", "1900", lambda value: (re.findall(r"(?<!\d)[12]\d{3}(?!\d)", value) or [""])[0]
)
_MONTH = matching(r"(?!0000)\d{4}-(0[1-9]|1[0-2])", "1900-01")
_CAS = matching(r"(?=.{1,12}$)\d{2,7}-\d{2}-\d", mend=lambda value: value.strip().lstrip("0"))
_VERSION = matching(r"\d{1,2} ?\.?\d{0,2}", "1.0", lambda value: _decimal(value, 2))


def _percent(value: str) -> str:
    try:
        return f"{float(value):.1f}"
    except ValueError:
        return ""


_PERCENT = matching(r"100\.0|\d{1,2}\.\d|0\d{2}\.\d", "", _percent)
_DATE: Value = replace(
    MOMENT, fits=lambda value: MOMENT.fits(f"{value}T00:00:00"), filler="1900-01-01", mend=None
)


def _time_point(name: str, *, year: str) -> tuple[Part, ...]:
    """A year, a month or a day; one of them is required."""
    return tuple(
        Part(f"{name}{suffix}", rule(text=value), required=True, choice=name)
        for suffix, value in (("Year", replace(_YEAR, filler=year)), ("YearMonth", _MONTH), ("Date", _DATE))
    )


_REFERENCE_FUNCTION = rule(
    {
        "datasetRelatesToProduct!": TRUTH,
        "name!": _NAME,
        "localName!": _NAME,
        "infrastructureProcess!": TRUTH,
        "amount!": NUMBER,
        "unit!": text(20),
        "category!": _NAME,
        "subCategory!": _NAME,
        "localCategory!": _NAME,
        "localSubCategory!": _NAME,
        "includedProcesses": _LONG,
        "generalComment": _LONG,
        "infrastructureIncluded": TRUTH,
        "CASNumber": _CAS,
        "statisticalClassification": matching(r"\d{1,8}"),
        "formula": _SHORT,
    },
    Part("synonym", rule(text=_NAME), many=True),
)
_TIME = rule(
    {"dataValidForEntirePeriod!": TRUTH, "text": _LONG},
    *_time_point("start", year="1900"),
    *_time_point("end", year="1900"),
)
_INFORMATION = rule(
    {
        "type!": whole(0, 5, 1),
        "impactAssessmentResult!": TRUTH,
        "timestamp!": MOMENT,
        "version!": _VERSION,
        "internalVersion!": matching(r"\d{1,3}\.\d{1,2}", "1.0", lambda value: _decimal(value, 2)),
        "energyValues!": whole(0, 2),
        "languageCode": one_of(LANGUAGES, "en"),
        "localLanguageCode": one_of(LANGUAGES, "de"),
    }
)
_SOURCE = rule(
    {
        "number!": _NUMBER,
        "sourceType": whole(0, 7),
        "firstAuthor!": _SHORT,
        "additionalAuthors": _NAME,
        "year!": _YEAR,
        "title!": _LONG,
        "pageNumbers": text(15),
        "nameOfEditors": _SHORT,
        "titleOfAnthology": _NAME,
        "placeOfPublications!": _SHORT,
        "publisher": _SHORT,
        "journal": _SHORT,
        "volumeNo": matching(r"\d{1,3}"),
        "issueNo": _SHORT,
        "text": _LONG,
    }
)
_PERSON = rule(
    {
        "number!": _NUMBER,
        "name!": _SHORT,
        "address!": _NAME,
        "telephone": _SHORT,
        "telefax": _SHORT,
        "email": text(80),
        "companyCode!": _CODE,
        "countryCode!": _COUNTRY,
    }
)
_EXCHANGE = rule(
    {
        "number!": _NUMBER,
        "category": _NAME,
        "subCategory": _NAME,
        "localCategory": _NAME,
        "localSubCategory": _NAME,
        "CASNumber": _CAS,
        "name!": _NAME,
        "location": _CODE,
        "unit!": text(20),
        "meanValue!": NUMBER,
        "uncertaintyType": whole(0, 4),
        "standardDeviation95": NUMBER,
        "formula": _SHORT,
        "referenceToSource": _NUMBER,
        "pageNumbers": text(30),
        "generalComment": _LONG,
        "localName": text(80),
        "infrastructureProcess": TRUTH,
        "minValue": NUMBER,
        "maxValue": NUMBER,
        "mostLikelyValue": NUMBER,
    },
    Part("inputGroup", rule(text=matching("[1-5]", "5")), choice="group"),
    Part("outputGroup", rule(text=matching("[0-4]", "3")), choice="group"),
)
_ALLOCATION = rule(
    {
        "referenceToCoProduct!": _NUMBER,
        "allocationMethod": whole(-1, 2),
        "fraction!": NUMBER,
        "explanations": _LONG,
    },
    Part("referenceToInputOutput", rule(text=_NUMBER), many=True),
)
_VALIDATION = rule({"proofReadingDetails!": _LONG, "proofReadingValidator!": _NUMBER, "otherDetails": _LONG})
_REPRESENTED = rule(
    {
        "percent": _PERCENT,
        "productionVolume": _LONG,
        "samplingProcedure": _LONG,
        "extrapolations": _LONG,
        "uncertaintyAdjustments": _LONG,
    }
)
_ADMINISTRATION = rule(
    {},
    Part(
        "dataEntryBy",
        rule({"person!": _NUMBER, "qualityNetwork": whole(-(10**9), 10**9)}),
        required=True,
    ),
    Part(
        "dataGeneratorAndPublication",
        rule(
            {
                "person!": _NUMBER,
                "dataPublishedIn": whole(0, 2),
                "referenceToPublishedSource": _NUMBER,
                "copyright!": TRUTH,
                "accessRestrictedTo": whole(0, 3),
                "companyCode": _CODE,
                "countryCode": _COUNTRY,
                "pageNumbers": text(30),
            }
        ),
        required=True,
    ),
    Part("person", _PERSON, required=True, many=True, unique="number"),
    open=True,
)
_GEOGRAPHY = Part("geography", rule({"location!": _CODE, "text": _LONG}), required=True)


def _dataset(*, impact: bool) -> Rule:
    """The rule of a data set; impact categories have no technology, representativeness or allocation."""
    process_parts: tuple[Part, ...] = (Part("technology", rule({"text": _LONG}), required=True),)
    model_parts: tuple[Part, ...] = (Part("representativeness", _REPRESENTED),)
    flow_parts: tuple[Part, ...] = (Part("allocation", _ALLOCATION, many=True),)
    if impact:
        process_parts = model_parts = flow_parts = ()
    information = rule(
        {},
        Part(
            "processInformation",
            rule(
                {},
                Part("referenceFunction", _REFERENCE_FUNCTION, required=True),
                _GEOGRAPHY,
                *process_parts,
                Part("timePeriod", _TIME, required=not impact),
                Part("dataSetInformation", _INFORMATION, required=True),
                open=True,
            ),
            required=True,
        ),
        Part(
            "modellingAndValidation",
            rule(
                {},
                *model_parts,
                Part("source", _SOURCE, required=True, many=True, unique="number"),
                Part("validation", _VALIDATION),
                open=True,
            ),
            required=True,
        ),
        Part("administrativeInformation", _ADMINISTRATION, required=True),
        open=True,
    )
    flows = rule(
        {},
        Part(
            "exchange",
            _EXCHANGE,
            required=True,
            many=True,
            unique="number",
            needs=() if impact else ("inputGroup", "outputGroup"),
        ),
        *flow_parts,
        open=True,
    )
    return rule(
        {
            "number!": _NUMBER,
            "internalSchemaVersion": _LONG,
            "generator!": _NAME,
            "timestamp!": MOMENT,
            "validCompanyCodes": _LONG,
            "validRegionalCodes": _LONG,
            "validCategories": _LONG,
            "validUnits": _LONG,
        },
        Part("metaInformation", information, required=True),
        Part("flowData", flows, required=True, many=True),
        open=True,
    )


DATASET = _dataset(impact=False)
"""A data set of a process."""
IMPACT_DATASET = _dataset(impact=True)
"""A data set of an impact category."""
