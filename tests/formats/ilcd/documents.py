"""ILCD documents written by hand, for the tests of the reader."""

import io
import zipfile

COMMON = "http://lca.jrc.it/ILCD/Common"
ILCD = "http://lca.jrc.it/ILCD"
OLCA = "http://openlca.org/ilcd-extensions"
EPD = "http://www.iai.kit.edu/EPD/2013"
MODEL = "http://eplca.jrc.ec.europa.eu/ILCD/LifeCycleModel/2017"

STEEL = "11111111-1111-4111-8111-111111111111"
CO2 = "22222222-2222-4222-8222-222222222222"
SLAG = "33333333-3333-4333-8333-333333333333"
MASS = "93a60a56-a3c8-11da-a746-0800200b9a66"
ENERGY = "93a60a56-a3c8-11da-a746-0800200c9a66"
MASS_UNITS = "93a60a57-a4c8-11da-a746-0800200c9a66"
ENERGY_UNITS = "93a60a57-a3c8-11da-a746-0800200c9a66"
FURNACE = "44444444-4444-4444-8444-444444444444"


def package(**folders: list[str] | dict[str, str]) -> bytes:
    """A zip with root ILCD/ and the documents of each folder."""
    return archive(
        {
            f"ILCD/{folder}/{name}": document
            for folder, documents in folders.items()
            for name, document in (
                documents.items()
                if isinstance(documents, dict)
                else ((f"{n}.xml", document) for n, document in enumerate(documents))
            )
        }
    )


def archive(entries: dict[str, str | bytes]) -> bytes:
    """A zip of any entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


def process(
    exchanges: str = "",
    *,
    reference: str = "<referenceToReferenceFlow>0</referenceToReferenceFlow>",
    information: str = "",
    results: str = "",
    id_: str = FURNACE,
    version: str = "01.00.000",
    attributes: str = "",
) -> str:
    """A process of a furnace with `exchanges`; `information` stands after the quantitative reference."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<processDataSet xmlns="{ILCD}/Process" xmlns:common="{COMMON}" xmlns:olca="{OLCA}" xmlns:epd="{EPD}"
    version="1.1" {attributes}>
  <processInformation>
    <dataSetInformation>
      <common:UUID>{id_}</common:UUID>
      <name>
        <baseName xml:lang="zh">炼钢炉</baseName>
        <baseName xml:lang="en">furnace</baseName>
        <mixAndLocationTypes xml:lang="en">at plant</mixAndLocationTypes>
      </name>
    </dataSetInformation>
    <quantitativeReference type="Reference flow(s)">{reference}</quantitativeReference>
    {information}
  </processInformation>
  <modellingAndValidation>
    <LCIMethodAndAllocation><typeOfDataSet>Unit process, black box</typeOfDataSet></LCIMethodAndAllocation>
  </modellingAndValidation>
  <administrativeInformation>
    <publicationAndOwnership>
      <common:dataSetVersion>{version}</common:dataSetVersion>
    </publicationAndOwnership>
  </administrativeInformation>
  <exchanges>{exchanges}</exchanges>
  {results}
</processDataSet>"""


def exchange(
    number: int = 0,
    flow: str = STEEL,
    *,
    direction: str = "Output",
    amount: str = "1",
    before: str = "",
    after: str = "",
    attributes: str = "",
) -> str:
    """An exchange; `before` stands before the amounts, `after` after them."""
    amounts = (
        f"<meanAmount>{amount}</meanAmount><resultingAmount>{amount}</resultingAmount>" if amount else ""
    )
    return f"""<exchange dataSetInternalID="{number}" {attributes}>
      <referenceToFlowDataSet type="flow data set" refObjectId="{flow}">
        <common:shortDescription xml:lang="en">flow {flow[:4]}</common:shortDescription>
      </referenceToFlowDataSet>
      <exchangeDirection>{direction}</exchangeDirection>{before}{amounts}{after}
    </exchange>"""


def flow(id_: str = STEEL, *, type_: str = "Product flow", properties: str = "", reference: str = "0") -> str:
    """A flow counted in mass; `properties` are more flowProperty elements."""
    return f"""<flowDataSet xmlns="{ILCD}/Flow" xmlns:common="{COMMON}" version="1.1">
  <flowInformation>
    <dataSetInformation>
      <common:UUID>{id_}</common:UUID>
      <name><baseName xml:lang="en">flow {id_[:4]}</baseName></name>
    </dataSetInformation>
    <quantitativeReference>
      <referenceToReferenceFlowProperty>{reference}</referenceToReferenceFlowProperty>
    </quantitativeReference>
  </flowInformation>
  <modellingAndValidation><LCIMethod><typeOfDataSet>{type_}</typeOfDataSet></LCIMethod></modellingAndValidation>
  <administrativeInformation><publicationAndOwnership>
    <common:dataSetVersion>00.00.001</common:dataSetVersion>
  </publicationAndOwnership></administrativeInformation>
  <flowProperties>
    <flowProperty dataSetInternalID="0">
      <referenceToFlowPropertyDataSet type="flow property data set" refObjectId="{MASS}"/>
      <meanValue>1.0</meanValue>
    </flowProperty>{properties}
  </flowProperties>
</flowDataSet>"""


def flow_property(id_: str = MASS, units: str = MASS_UNITS, name: str = "Mass") -> str:
    """A flow property."""
    return f"""<flowPropertyDataSet xmlns="{ILCD}/FlowProperty" xmlns:common="{COMMON}" version="1.1">
  <flowPropertiesInformation>
    <dataSetInformation><common:UUID>{id_}</common:UUID><common:name xml:lang="en">{name}</common:name>
    </dataSetInformation>
    <quantitativeReference>
      <referenceToReferenceUnitGroup type="unit group data set" refObjectId="{units}"/>
    </quantitativeReference>
  </flowPropertiesInformation>
</flowPropertyDataSet>"""


def unit_group(id_: str = MASS_UNITS, units: str = "") -> str:
    """kg, and t with openLCA's id, or other units."""
    units = units or (
        '<unit dataSetInternalID="0"><name>kg</name><meanValue>1.0</meanValue></unit>'
        f'<unit dataSetInternalID="7" xmlns:olca="{OLCA}" olca:unitId="t-id"><name>t</name>'
        "<meanValue>1000.0</meanValue></unit>"
    )
    return f"""<unitGroupDataSet xmlns="{ILCD}/UnitGroup" xmlns:common="{COMMON}" version="1.1">
  <unitGroupInformation>
    <dataSetInformation><common:UUID>{id_}</common:UUID></dataSetInformation>
    <quantitativeReference><referenceToReferenceUnit>0</referenceToReferenceUnit></quantitativeReference>
  </unitGroupInformation>
  <units>{units}</units>
</unitGroupDataSet>"""


def method(
    factors: str, *, id_: str = "55555555-5555-4555-8555-555555555555", methodology: str = "EF 3.1"
) -> str:
    """A climate change indicator with `factors`."""
    return f"""<LCIAMethodDataSet xmlns="{ILCD}/LCIAMethod" xmlns:common="{COMMON}" version="1.1">
  <LCIAMethodInformation>
    <dataSetInformation>
      <common:UUID>{id_}</common:UUID><common:name xml:lang="en">Climate change</common:name>
      <methodology>{methodology}</methodology><impactCategory>Climate change</impactCategory>
    </dataSetInformation>
    <quantitativeReference>
      <referenceQuantity type="flow property data set" refObjectId="{MASS}">
        <common:shortDescription xml:lang="en">kg CO2-Equivalents</common:shortDescription>
      </referenceQuantity>
    </quantitativeReference>
  </LCIAMethodInformation>
  <characterisationFactors>{factors}</characterisationFactors>
</LCIAMethodDataSet>"""


def factor(flow_id: str = CO2, value: str = "1.0", *, direction: str = "Output", after: str = "") -> str:
    """A characterisation factor."""
    return f"""<factor><referenceToFlowDataSet type="flow data set" refObjectId="{flow_id}"/>
      <exchangeDirection>{direction}</exchangeDirection><meanValue>{value}</meanValue>{after}</factor>"""
