"""EcoSpold 1 files for the tests, written by hand after the schema's description."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01">'
TAIL = "</ecoSpold>\n"


def dataset(
    number: int,
    name: str,
    exchanges: str,
    *,
    unit: str = "kg",
    amount: str = "1",
    kind: int = 1,
    place: str = "CN-SC",
    first_author: str = "Wang",
    people: str = "",
    built: str = "false",
) -> str:
    """A data set with the given exchanges."""
    return f"""
  <dataset number="{number}" generator="a tool 1.0" timestamp="2005-06-07T08:09:10" validUnits="units.xml">
    <metaInformation>
      <processInformation>
        <referenceFunction datasetRelatesToProduct="true" name="{name}" localName="{name} lokal"
            infrastructureProcess="{built}" amount="{amount}" unit="{unit}" category="metals"
            subCategory="steel" localCategory="Metalle" localSubCategory="steel"
            includedProcesses="gate to gate" generalComment="made by hand" infrastructureIncluded="true"
            statisticalClassification="123">
          <synonym>crude</synonym>
        </referenceFunction>
        <geography location="{place}" text="one province"/>
        <technology text="furnace"/>
        <timePeriod dataValidForEntirePeriod="true" text="five years">
          <startDate>2000-01-01</startDate><endDate>2004-12-31</endDate>
        </timePeriod>
        <dataSetInformation type="{kind}" impactAssessmentResult="false" timestamp="2005-06-07T08:09:10"
            version="2.1" internalVersion="21.03" energyValues="1" languageCode="en" localLanguageCode="de"/>
      </processInformation>
      <modellingAndValidation>
        <representativeness percent="95.5" productionVolume="5 Mt in 2004" samplingProcedure="all meters"
            extrapolations="none" uncertaintyAdjustments="by judgement"/>
        <source number="7" sourceType="1" firstAuthor="{first_author}" additionalAuthors="Zhao" year="2004"
            title="Steel" placeOfPublications="Chengdu" journal="J" volumeNo="3" text="good"/>
        <validation proofReadingDetails="looked at" proofReadingValidator="42" otherDetails="twice"/>
      </modellingAndValidation>
      <administrativeInformation>
        <dataEntryBy person="41" qualityNetwork="1"/>
        <dataGeneratorAndPublication person="41" dataPublishedIn="1" referenceToPublishedSource="7"
            copyright="true" accessRestrictedTo="0" pageNumbers="3-9"/>
        <person number="41" name="Li Ming" address="Chengdu" telephone="1" email="li@example.org"
            companyCode="SCS" countryCode="CN"/>
        <person number="42" name="Zhou Hua" address="Xi'an" companyCode="SNS" countryCode="CN"/>{people}
      </administrativeInformation>
    </metaInformation>
    <flowData>{exchanges}</flowData>
  </dataset>"""


STEEL = dataset(
    11,
    "steel",
    """
      <exchange number="1" name="steel" category="metals" subCategory="steel" location="CN-SC" unit="kg"
          meanValue="2" infrastructureProcess="false"><outputGroup>0</outputGroup></exchange>
      <exchange number="2" name="electricity" category="energy" subCategory="mix" location="CN" unit="kWh"
          meanValue="1.5" uncertaintyType="1" standardDeviation95="1.5625" infrastructureProcess="false"
          generalComment="(2,3,na,1,4,5); metered" referenceToSource="7" pageNumbers="4">
        <inputGroup>2</inputGroup></exchange>
      <exchange number="3" name="Carbon dioxide, fossil" localName="Kohlendioxid" category="air"
          subCategory="urban air" localCategory="Luft" CASNumber="124-38-9" formula="CO2" unit="kg"
          meanValue="0.9" uncertaintyType="2" standardDeviation95="0.2" minValue="0.5" maxValue="1.3">
        <outputGroup>4</outputGroup></exchange>
      <exchange number="4" name="Iron" category="resource" subCategory="in ground" unit="kg" meanValue="3"
          uncertaintyType="3" minValue="2" maxValue="5" mostLikelyValue="3">
        <inputGroup>4</inputGroup></exchange>
      <exchange number="5" name="Water" category="resource" subCategory="in water" unit="m3" meanValue="4"
          uncertaintyType="4" minValue="3" maxValue="5"><inputGroup>4</inputGroup></exchange>
      <exchange number="6" name="slag" category="waste" unit="kg" meanValue="0.2" location="CN-SC">
        <outputGroup>3</outputGroup></exchange>
      <exchange number="7" name="heat" category="energy" unit="MJ" meanValue="0.1" location="CN">
        <outputGroup>1</outputGroup></exchange>
      <exchange number="8" name="furnace" unit="unit" meanValue="1e-9">
        <inputGroup>3</inputGroup></exchange>""",
    amount="2",
    place="CN-SC",
)
POWER = dataset(
    12,
    "electricity",
    """
      <exchange number="12" name="electricity" category="energy" subCategory="mix" location="CN" unit="kWh"
          meanValue="3.6" infrastructureProcess="false"><outputGroup>2</outputGroup></exchange>
      <exchange number="13" name="district heat" category="energy" subCategory="mix" location="CN" unit="MJ"
          meanValue="5" infrastructureProcess="false"><outputGroup>2</outputGroup></exchange>
      <exchange number="14" name="Coal" category="resource" subCategory="in ground" unit="kg" meanValue="1">
        <inputGroup>4</inputGroup></exchange>
      <exchange number="15" name="Carbon dioxide, fossil" category="air" subCategory="urban air" unit="kg"
          meanValue="2.2"><outputGroup>4</outputGroup></exchange>
      <allocation referenceToCoProduct="12" allocationMethod="1" fraction="70" explanations="by price">
        <referenceToInputOutput>14</referenceToInputOutput>
        <referenceToInputOutput>15</referenceToInputOutput>
      </allocation>
      <allocation referenceToCoProduct="13" allocationMethod="1" fraction="30">
        <referenceToInputOutput>14</referenceToInputOutput>
        <referenceToInputOutput>15</referenceToInputOutput>
      </allocation>""",
    unit="kWh",
    amount="3.6",
    kind=5,
    place="CN",
    people='<person number="43" name="Nobody" address="" companyCode="" countryCode="CH"/>',
)
FURNACE = dataset(
    13,
    "furnace",
    """
      <exchange number="1" name="furnace" category="metals" subCategory="steel" location="CN-SC" unit="unit"
          meanValue="1" infrastructureProcess="true"><outputGroup>0</outputGroup></exchange>""",
    unit="unit",
    built="true",
)
THREE = HEAD + STEEL + POWER + FURNACE + TAIL

IMPACT = """<?xml version="1.0" encoding="UTF-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01Impact">
  <dataset number="1" generator="a tool" timestamp="2005-06-07T08:09:10">
    <metaInformation>
      <processInformation>
        <referenceFunction datasetRelatesToProduct="false" name="GWP 100a" localName="GWP 100a"
            infrastructureProcess="false" amount="1" unit="kg CO2-Eq" category="IPCC 2001"
            subCategory="climate change" localCategory="IPCC 2001" localSubCategory="Klimawandel"/>
        <geography location="GLO"/>
        <dataSetInformation type="4" impactAssessmentResult="false" timestamp="2005-06-07T08:09:10"
            version="1.0" internalVersion="1.0" energyValues="0"/>
      </processInformation>
      <modellingAndValidation>
        <source number="1" firstAuthor="IPCC" year="2001" title="AR3" placeOfPublications="Cambridge"/>
      </modellingAndValidation>
      <administrativeInformation>
        <dataEntryBy person="1"/>
        <dataGeneratorAndPublication person="1" copyright="false"/>
        <person number="1" name="Li" address="" companyCode="" countryCode="CN"/>
      </administrativeInformation>
    </metaInformation>
    <flowData>
      <exchange number="1" name="Carbon dioxide, fossil" category="air" subCategory="urban air" unit="kg"
          meanValue="1"><outputGroup>4</outputGroup></exchange>
      <exchange number="2" name="Methane, fossil" category="air" subCategory="urban air" unit="kg"
          meanValue="23" location="CN" generalComment="AR3"/>
    </flowData>
  </dataset>
</ecoSpold>
"""
