"""A small package with one of everything, and files as other programs write them, by hand."""

from tests.formats.inventories.packages import (
    ELEMENTARY,
    ENERGY,
    MASS,
    TRANSPORT,
    Quantity,
    heading,
    identity,
    ref,
)
from zuji.formats.archive import write_archive
from zuji.model.lci.distributions import Shape, Spread
from zuji.model.lci.flows import Flow, FlowType, PropertyAmount
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory, ImpactMethod
from zuji.model.lci.models import Connection, LifeCycleModel, ProcessInstance
from zuji.model.lci.package import Package
from zuji.model.lci.processes import (
    AllocationMethod,
    AllocationShare,
    Direction,
    Documentation,
    Exchange,
    Parameter,
    Process,
)
from zuji.model.lci.publications import Contact, Location, Source
from zuji.model.lci.references import Kind, Ref
from zuji.model.lci.wording import Wording


def _flow(name: str, chinese: str, quantity: Quantity, type_: FlowType = FlowType.PRODUCT) -> Flow:
    reference = PropertyAmount(property=ref(quantity.property, Kind.FLOW_PROPERTY), amount=1.0, id="0")
    return Flow(
        heading=heading(name, "Materials production", "Metals", chinese=chinese),
        type=type_,
        properties=(reference,),
        reference=quantity.property.heading.id,
    )


STEEL = _flow("steel, hot rolled", "热轧钢", MASS)
SLAG = _flow("blast furnace slag", "高炉渣", MASS)
POWER = _flow("electricity, medium voltage", "电力，中压", ENERGY)
LORRY = _flow("transport, lorry", "公路货运", TRANSPORT)
SCRAP = _flow("dust, to landfill", "粉尘，填埋", MASS, FlowType.WASTE)


def _unit(quantity: Quantity, name: str) -> str:
    unit = quantity.group.unit(name)
    assert unit is not None
    return unit.id


def _line(
    number: int,
    flow: Flow,
    direction: Direction,
    amount: float,
    quantity: Quantity,
    unit: str,
    **more: object,
) -> Exchange:
    return Exchange(
        id=str(number),
        flow=ref(flow, Kind.FLOW),
        direction=direction,
        amount=amount,
        unit=_unit(quantity, unit),
        property=quantity.property.heading.id,
        **more,  # type: ignore[arg-type]
    )


_IN, _OUT = Direction.INPUT, Direction.OUTPUT
_POWER = Process(
    heading=heading("electricity production", "Energy", chinese="发电"),
    location="CN",
    exchanges=(
        _line(1, POWER, _OUT, 1.0, ENERGY, "kWh", reference=True),
        _line(2, ELEMENTARY[0], _OUT, 0.58, MASS, "kg", spread=Spread(shape=Shape.LOGNORMAL, scale=0.05)),
    ),
)
_LORRY = Process(
    heading=heading("lorry operation", "Transport"),
    exchanges=(
        _line(1, LORRY, _OUT, 1.0, TRANSPORT, "t*km", reference=True),
        _line(2, ELEMENTARY[0], _OUT, 0.1, MASS, "kg"),
    ),
)
_LANDFILL = Process(
    heading=heading("landfill of dust", "Waste"),
    exchanges=(
        _line(1, SCRAP, _IN, 1.0, MASS, "kg", reference=True),
        _line(2, ELEMENTARY[3], _OUT, 1e-5, MASS, "kg"),
    ),
)
_STEEL = Process(
    heading=heading("steel production", "Materials production", "Metals", chinese="炼钢"),
    location="CN",
    exchanges=(
        _line(1, STEEL, _OUT, 1.0, MASS, "t", reference=True),
        _line(2, SLAG, _OUT, 300.0, MASS, "kg", reference=True),
        _line(
            3,
            POWER,
            _IN,
            400.0,
            ENERGY,
            "kWh",
            provider=ref(_POWER, Kind.PROCESS),
            spread=Spread(shape=Shape.NORMAL, scale=20.0),
            comment=Wording.of("metered"),
        ),
        _line(4, LORRY, _IN, 250.0, TRANSPORT, "t*km", provider=ref(_LORRY, Kind.PROCESS)),
        _line(
            5, ELEMENTARY[0], _OUT, 1.9, MASS, "t", spread=Spread(shape=Shape.TRIANGULAR, low=1.5, high=2.3)
        ),
        _line(6, ELEMENTARY[5], _IN, 1.5, MASS, "t", spread=Spread(shape=Shape.UNIFORM, low=1.4, high=1.6)),
        _line(7, SCRAP, _OUT, 12.0, MASS, "kg", provider=ref(_LANDFILL, Kind.PROCESS)),
    ),
    parameters=(
        Parameter(name="yield_", value=0.9, comment=Wording.of("pieces that are good")),
        Parameter(name="loss", value=1 - 0.9, formula="1 - yield_"),
    ),
    allocations=(
        AllocationShare(product="1", share=0.95, method=AllocationMethod.ECONOMIC),
        AllocationShare(product="2", share=0.05, method=AllocationMethod.ECONOMIC),
    ),
    allocation_method=AllocationMethod.ECONOMIC,
    documentation=Documentation(
        valid_from="2020",
        valid_until="2025",
        technology=Wording((("en", "Blast furnace"), ("zh", "高炉"))),
        method_principle="Attributional",
        owner=Ref(identity("Institute"), "01.00.000", Wording.of("Institute"), Kind.CONTACT),
        sources=(Ref(identity("Yearbook"), "01.00.000", Wording.of("Yearbook"), Kind.SOURCE),),
    ),
)
_WARMING = ImpactCategory(
    heading=heading("Climate change"),
    unit="kg CO2 eq",
    unit_property=ref(MASS.property, Kind.FLOW_PROPERTY),
    method="Method",
    factors=(
        CharacterisationFactor(flow=ref(ELEMENTARY[0], Kind.FLOW), value=1.0, direction=_OUT),
        CharacterisationFactor(flow=ref(ELEMENTARY[1], Kind.FLOW), value=27.0, direction=_OUT),
    ),
)
RICH = Package(
    name="rich",
    processes=(_POWER, _LORRY, _LANDFILL, _STEEL),
    flows=(STEEL, SLAG, POWER, LORRY, SCRAP, *(ELEMENTARY[at] for at in (0, 1, 3, 5))),
    flow_properties=tuple(one.property for one in (MASS, ENERGY, TRANSPORT)),
    unit_groups=tuple(one.group for one in (MASS, ENERGY, TRANSPORT)),
    impact_categories=(_WARMING,),
    impact_methods=(
        ImpactMethod(
            heading=heading("Method"),
            categories=(Ref(_WARMING.heading.id, "01.00.000", _WARMING.heading.name, Kind.IMPACT_CATEGORY),),
        ),
    ),
    models=(
        LifeCycleModel(
            heading=heading("steel works"),
            instances=(
                ProcessInstance(id="1", process=ref(_STEEL, Kind.PROCESS), scaling=1.0),
                ProcessInstance(id="2", process=ref(_POWER, Kind.PROCESS), scaling=400.0),
            ),
            connections=(Connection(source="2", target="1", flow=POWER.heading.id, exchange="3"),),
            reference="1",
            reference_exchange="1",
            target_amount=1.0,
        ),
    ),
    sources=(Source(heading=heading("Yearbook"), citation="Yearbook 2024", year=2024),),
    contacts=(Contact(heading=heading("Institute"), email="lca@example.org"),),
    locations=(Location(heading=heading("China"), code="CN"),),
    parameters=(Parameter(name="global_factor", value=1.5),),
)
"""One of everything that the nouns know."""

PLAIN = Package(
    name="plain",
    processes=(_POWER, _STEEL),
    flows=(STEEL, SLAG, POWER, LORRY, SCRAP, ELEMENTARY[0], ELEMENTARY[5]),
    flow_properties=RICH.flow_properties,
    unit_groups=RICH.unit_groups,
)
"""Two processes, a good part of whose suppliers are missing."""

_ECOSPOLD1 = b"""<?xml version="1.0" encoding="UTF-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01"><dataset number="7" timestamp="2004-01-01T00:00:00">
<metaInformation><processInformation><referenceFunction name="steel" localName="Stahl" unit="kg" amount="1"
category="metals" subCategory="extraction" infrastructureProcess="false" datasetRelatesToProduct="true"/>
<geography location="RER"/><technology text="BOF"/><timePeriod dataValidForEntirePeriod="true">
<startYear>2000</startYear><endYear>2002</endYear></timePeriod></processInformation></metaInformation>
<flowData><exchange number="7" name="steel" location="RER" unit="kg" meanValue="1">
<outputGroup>0</outputGroup></exchange><exchange number="11" name="Carbon dioxide, fossil" category="air"
subCategory="unspecified" unit="kg" meanValue="1.9" uncertaintyType="1" standardDeviation95="1.21">
<outputGroup>4</outputGroup></exchange><exchange number="12" name="electricity" location="RER" unit="kWh"
meanValue="0.4" uncertaintyType="3" minValue="0.3" mostLikelyValue="0.4" maxValue="0.6">
<inputGroup>5</inputGroup></exchange></flowData></dataset></ecoSpold>"""
_ECOSPOLD2 = b"""<?xml version="1.0" encoding="utf-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset><activityDescription>
<activity id="0a8f1d1e-0000-4000-8000-000000000001" activityNameId="0a8f1d1e-0000-4000-8000-000000000002"
type="1" specialActivityType="0"><activityName xml:lang="en">steel production</activityName></activity>
<geography geographyId="0a8f1d1e-0000-4000-8000-000000000003">
<shortname xml:lang="en">CN</shortname></geography>
<technology technologyLevel="3"/><timePeriod startDate="2020-01-01" endDate="2024-12-31"
isDataValidForEntirePeriod="true"/></activityDescription><flowData>
<intermediateExchange id="0a8f1d1e-0000-4000-8000-000000000004" unitId="0a8f1d1e-0000-4000-8000-000000000005"
amount="1" intermediateExchangeId="0a8f1d1e-0000-4000-8000-000000000006" productionVolumeAmount="1e9">
<name xml:lang="en">steel</name><unitName xml:lang="en">kg</unitName><outputGroup>0</outputGroup>
</intermediateExchange><elementaryExchange id="0a8f1d1e-0000-4000-8000-000000000007" amount="1.9"
unitId="0a8f1d1e-0000-4000-8000-000000000005" variableName="co2" mathematicalRelation="2*0.95"
elementaryExchangeId="0a8f1d1e-0000-4000-8000-000000000008"><name xml:lang="en">Carbon dioxide, fossil</name>
<unitName xml:lang="en">kg</unitName><uncertainty><lognormal meanValue="1.9" mu="0.64" variance="0.0006"
varianceWithPedigreeUncertainty="0.04"/><pedigreeMatrix reliability="1" completeness="2"
temporalCorrelation="3" geographicalCorrelation="1" furtherTechnologyCorrelation="1"/></uncertainty>
<compartment subcompartmentId="0a8f1d1e-0000-4000-8000-000000000009">
<compartment xml:lang="en">air</compartment>
<subcompartment xml:lang="en">unspecified</subcompartment></compartment><outputGroup>4</outputGroup>
</elementaryExchange></flowData></activityDataset></ecoSpold>"""
_SIMAPRO = """{SimaPro 9.0.0.49}
{processes}
{CSV Format version: 8.0.5}
{CSV separator: Semicolon}
{Decimal separator: ,}
{Short date format: dd.MM.yyyy}

Process

Category type
material

Process identifier
X001

Type
Unit process

Process name
steel production

Products
Steel {CN};kg;1;100;not defined;Metals;hot rolled

Materials/fuels
Coke {CN};kg;0,4*share;Lognormal;1,21;0;0;

Electricity/heat
Electricity {CN};kWh;0,4;Normal;0,02;0;0;

Emissions to air
Carbon dioxide, fossil;;kg;1,9;Triangle;0;1,5;2,3;

Input parameters
share;0,9;Undefined;0;0;0;No;

Calculated parameters
rest;1-share;

End

""".replace("\n", "\r\n").encode("cp1252")
_JSONLD = (
    ("openlca.json", b'{"schemaVersion": 5}'),
    (
        "processes/0a8f1d1e-0000-4000-8000-000000000001.json",
        b"""{"@type":"Process","@id":"0a8f1d1e-0000-4000-8000-000000000001","name":"steel production",
        "version":"00.00.001","processType":"UNIT_PROCESS","exchanges":[{"@type":"Exchange","internalId":1,
        "amount":1.0,"isInput":false,"isQuantitativeReference":true,"flow":{"@type":"Flow",
        "@id":"0a8f1d1e-0000-4000-8000-000000000002"},"unit":{"@id":"20aadc24-a391-41cf-b340-3e4529f44bde"},
        "flowProperty":{"@id":"93a60a56-a3c8-11da-a746-0800200b9a66"}}],"parameters":[{"@type":"Parameter",
        "name":"a","value":2,"isInputParameter":true,"parameterScope":"PROCESS_SCOPE"}]}""",
    ),
    (
        "flows/0a8f1d1e-0000-4000-8000-000000000002.json",
        b"""{"@type":"Flow","@id":"0a8f1d1e-0000-4000-8000-000000000002","name":"steel",
        "flowType":"PRODUCT_FLOW","flowProperties":[{"isRefFlowProperty":true,"conversionFactor":1.0,
        "flowProperty":{"@id":"93a60a56-a3c8-11da-a746-0800200b9a66"}}]}""",
    ),
)
_TIDAS = (
    (
        "processes/0a8f1d1e-0000-4000-8000-000000000001_01.00.000.json",
        """{"processDataSet": {"@version": "1.1", "processInformation": {"dataSetInformation": {
        "common:UUID": "0a8f1d1e-0000-4000-8000-000000000001", "name": {"baseName":
        [{"@xml:lang": "en", "#text": "steel production"}, {"@xml:lang": "zh", "#text": "炼钢"}]}},
        "quantitativeReference": {"@type": "Reference flow(s)", "referenceToReferenceFlow": "0"},
        "time": {"common:referenceYear": 2020}}, "exchanges": {"exchange": [{"@dataSetInternalID": "0",
        "referenceToFlowDataSet": {"@type": "flow data set", "common:shortDescription": {"#text": "steel",
        "@xml:lang": "en"}, "@refObjectId": "0a8f1d1e-0000-4000-8000-000000000002"},
        "exchangeDirection": "Output", "meanAmount": "1.0", "resultingAmount": "1.0",
        "allocations": {"allocation": {}}}]}}}""".encode(),
    ),
)
HAND_MADE: dict[str, tuple[bytes, ...]] = {
    "ilcd": (),
    "tidas": (write_archive(_TIDAS),),
    "jsonld": (write_archive(_JSONLD),),
    "ecospold1": (_ECOSPOLD1,),
    "ecospold2": (_ECOSPOLD2, write_archive([("datasets/a.spold", _ECOSPOLD2)])),
    "simapro": (_SIMAPRO,),
}
"""Files that others might have written, by format."""
