"""EcoSpold 2 files for the tests, written by hand after the schema's description."""

ACTIVITY = "11111111-1111-4111-8111-111111111111"
PRODUCT = "22222222-2222-4222-8222-222222222222"
POWER_ACTIVITY = "33333333-3333-4333-8333-333333333333"
POWER = "44444444-4444-4444-8444-444444444444"
CARBON = "55555555-5555-4555-8555-555555555555"
KG = "66666666-6666-4666-8666-666666666666"
KWH = "77777777-7777-4777-8777-777777777777"
DRY_MASS = "88888888-8888-4888-8888-888888888888"
PERSON = "99999999-9999-4999-8999-999999999999"
SOURCE = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
WASTE = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"


def activity(
    identifier: str,
    name: str,
    flows: str,
    *,
    place: str = "CN-SC",
    attributes: str = "",
    extra: str = "",
    administration: str = "",
) -> str:
    """An activity data set with the given flows."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02">
  <activityDataset>
    <activityDescription>
      <activity id="{identifier}" activityNameId="cccccccc-cccc-4ccc-8ccc-cccccccccccc" type="1"
          specialActivityType="0" inheritanceDepth="-1" energyValues="1" {attributes}>
        <activityName xml:lang="en">{name}</activityName>
        <activityName xml:lang="zh">工序</activityName>
        <synonym xml:lang="en">another name</synonym>
        <includedActivitiesStart xml:lang="en">from the gate</includedActivitiesStart>
        <includedActivitiesEnd xml:lang="en">to the gate</includedActivitiesEnd>
        <allocationComment><text xml:lang="en" index="1">by mass</text></allocationComment>
        <generalComment>
          <text xml:lang="en" index="2">second paragraph</text>
          <text xml:lang="en" index="0">first {{{{share}}}} paragraph</text>
          <imageUrl index="1">https://example.org/plant.png</imageUrl>
          <variable xml:lang="en" name="share">half</variable>
        </generalComment>
        <tag>steel</tag>
      </activity>
      <classification classificationId="dddddddd-dddd-4ddd-8ddd-dddddddddddd">
        <classificationSystem xml:lang="en">ISIC rev.4 ecoinvent</classificationSystem>
        <classificationValue xml:lang="en">2410:Manufacture of basic iron and steel</classificationValue>
      </classification>
      <geography geographyId="eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee">
        <shortname xml:lang="en">{place}</shortname>
        <comment><text xml:lang="en" index="1">one province</text></comment>
      </geography>
      <technology technologyLevel="3">
        <comment><text xml:lang="en" index="1">furnace</text></comment>
      </technology>
      <timePeriod startDate="2020-01-01" endDate="2024-12-31" isDataValidForEntirePeriod="true">
        <comment><text xml:lang="en" index="1">five years</text></comment>
      </timePeriod>
      <macroEconomicScenario macroEconomicScenarioId="d9f57f0a-a01f-42eb-a57b-8f18d6635801">
        <name xml:lang="en">Business-as-Usual</name>
      </macroEconomicScenario>
    </activityDescription>
    <flowData>{flows}</flowData>
    <modellingAndValidation>
      <representativeness percent="95.5" systemModelId="8b738ea0-f89e-4627-8679-433616064e82">
        <systemModelName xml:lang="en">Undefined</systemModelName>
        <samplingProcedure xml:lang="en">all meters</samplingProcedure>
        <extrapolations xml:lang="en">none</extrapolations>
      </representativeness>
      <review reviewerId="{PERSON}" reviewerName="Li Ming" reviewerEmail="li@example.org"
          reviewDate="2024-06-01" reviewedMajorRelease="1" reviewedMinorRelease="0"
          reviewedMajorRevision="2" reviewedMinorRevision="0">
        <details><text xml:lang="en" index="1">looked at</text></details>
        <otherDetails xml:lang="en">twice</otherDetails>
      </review>
    </modellingAndValidation>
    <administrativeInformation>{administration or ADMINISTRATION}</administrativeInformation>{extra}
  </activityDataset>
</ecoSpold>
"""


ADMINISTRATION = f"""
      <dataEntryBy personId="{PERSON}" personName="Li Ming" personEmail="li@example.org"
          isActiveAuthor="true"/>
      <dataGeneratorAndPublication personId="{PERSON}" personName="Li Ming" personEmail="li@example.org"
          dataPublishedIn="1" publishedSourceId="{SOURCE}" publishedSourceYear="2023"
          publishedSourceFirstAuthor="Wang" isCopyrightProtected="true" pageNumbers="3-9"
          accessRestrictedTo="1" companyId="ffffffff-ffff-4fff-8fff-ffffffffffff" companyCode="SCSTEEL"/>
      <fileAttributes majorRelease="3" minorRelease="8" majorRevision="1" minorRevision="0"
          internalSchemaVersion="2.0.10" defaultLanguage="en" creationTimestamp="2020-05-05T10:00:00"
          lastEditTimestamp="2024-06-02T10:00:00" fileGenerator="a tool" fileTimestamp="2024-06-03T10:00:00"
          contextId="de659012-50c4-4e96-b54a-fc781bf987ab">
        <contextName xml:lang="en">ecoinvent</contextName>
      </fileAttributes>"""

STEEL_FLOWS = f"""
      <intermediateExchange id="10000000-0000-4000-8000-000000000001" unitId="{KG}" amount="2"
          intermediateExchangeId="{PRODUCT}" productionVolumeAmount="5000" variableName="steel"
          productionVolumeVariableName="APV_steel" casNumber="7439-89-6">
        <name xml:lang="en">steel</name>
        <name xml:lang="zh">钢</name>
        <unitName xml:lang="en">kg</unitName>
        <comment xml:lang="en">the product</comment>
        <synonym xml:lang="en">crude steel</synonym>
        <property propertyId="{DRY_MASS}" amount="1" unitId="{KG}" isDefiningValue="true"
            variableName="dry_steel">
          <name xml:lang="en">dry mass</name>
          <unitName xml:lang="en">kg</unitName>
          <uncertainty><undefined minValue="0" maxValue="0" standardDeviation95="0"/></uncertainty>
          <comment xml:lang="en">by definition</comment>
        </property>
        <tag>main</tag>
        <productionVolumeComment xml:lang="en">yearbook</productionVolumeComment>
        <productionVolumeUncertainty>
          <lognormal meanValue="5000" mu="8.517" variance="0.01" varianceWithPedigreeUncertainty="0.02"/>
        </productionVolumeUncertainty>
        <classification classificationId="01010101-0101-4101-8101-010101010101">
          <classificationSystem xml:lang="en">CPC</classificationSystem>
          <classificationValue xml:lang="en">41111: Pig iron</classificationValue>
        </classification>
        <outputGroup>0</outputGroup>
      </intermediateExchange>
      <intermediateExchange id="10000000-0000-4000-8000-000000000002" unitId="{KWH}" amount="1.5"
          intermediateExchangeId="{POWER}" activityLinkId="{POWER_ACTIVITY}" sourceId="{SOURCE}"
          sourceYear="2023" sourceFirstAuthor="Wang" pageNumbers="4"
          mathematicalRelation="steel*demand" isCalculatedAmount="true">
        <name xml:lang="en">electricity</name>
        <unitName xml:lang="en">kWh</unitName>
        <uncertainty>
          <lognormal meanValue="1.5" mu="0.405" variance="0.04" varianceWithPedigreeUncertainty="0.0625"/>
          <pedigreeMatrix reliability="2" completeness="3" temporalCorrelation="1"
              geographicalCorrelation="1" furtherTechnologyCorrelation="4"/>
          <comment xml:lang="en">scores by Li</comment>
        </uncertainty>
        <inputGroup>2</inputGroup>
      </intermediateExchange>
      <elementaryExchange id="10000000-0000-4000-8000-000000000003" unitId="{KG}" amount="0.9"
          elementaryExchangeId="{CARBON}" casNumber="124-38-9" formula="CO2">
        <name xml:lang="en">Carbon dioxide, fossil</name>
        <unitName xml:lang="en">kg</unitName>
        <uncertainty>
          <normal meanValue="0.9" variance="0.0025" varianceWithPedigreeUncertainty="0.01"/>
        </uncertainty>
        <compartment subcompartmentId="e8d7772c-55ca-4dd7-b605-fee5ae764578">
          <compartment xml:lang="en">air</compartment>
          <subcompartment xml:lang="en">urban air close to ground</subcompartment>
        </compartment>
        <outputGroup>4</outputGroup>
      </elementaryExchange>
      <elementaryExchange id="10000000-0000-4000-8000-000000000004" unitId="{KG}" amount="3"
          elementaryExchangeId="02020202-0202-4202-8202-020202020202">
        <name xml:lang="en">Iron</name>
        <unitName xml:lang="en">kg</unitName>
        <uncertainty><triangular minValue="2" mostLikelyValue="3" maxValue="5"/></uncertainty>
        <compartment subcompartmentId="6a098164-9f04-4f65-8104-ffab7f2677f3">
          <compartment xml:lang="en">natural resource</compartment>
          <subcompartment xml:lang="en">in ground</subcompartment>
        </compartment>
        <inputGroup>4</inputGroup>
      </elementaryExchange>
      <parameter parameterId="03030303-0303-4303-8303-030303030303" variableName="demand" amount="0.75"
          unitId="{KWH}">
        <name xml:lang="en">demand for electricity</name>
        <unitName xml:lang="en">kWh</unitName>
        <uncertainty><uniform minValue="0.5" maxValue="1"/></uncertainty>
        <comment xml:lang="en">metered</comment>
      </parameter>
      <impactIndicator impactIndicatorId="04040404-0404-4404-8404-040404040404"
          impactMethodId="05050505-0505-4505-8505-050505050505"
          impactCategoryId="06060606-0606-4606-8606-060606060606" amount="1.8">
        <impactMethodName xml:lang="en">IPCC 2021</impactMethodName>
        <impactCategoryName xml:lang="en">climate change</impactCategoryName>
        <name xml:lang="en">GWP100</name>
        <unitName xml:lang="en">kg CO2-Eq</unitName>
      </impactIndicator>"""

POWER_FLOWS = f"""
      <intermediateExchange id="20000000-0000-4000-8000-000000000001" unitId="{KWH}" amount="1"
          intermediateExchangeId="{POWER}">
        <name xml:lang="en">electricity</name>
        <unitName xml:lang="en">kWh</unitName>
        <outputGroup>0</outputGroup>
      </intermediateExchange>
      <intermediateExchange id="20000000-0000-4000-8000-000000000002" unitId="{KG}" amount="-0.01"
          intermediateExchangeId="{WASTE}">
        <name xml:lang="en">ash</name>
        <unitName xml:lang="en">kg</unitName>
        <inputGroup>5</inputGroup>
      </intermediateExchange>"""

ASH_FLOWS = f"""
      <intermediateExchange id="30000000-0000-4000-8000-000000000001" unitId="{KG}" amount="-1"
          intermediateExchangeId="{WASTE}">
        <name xml:lang="en">ash</name>
        <unitName xml:lang="en">kg</unitName>
        <outputGroup>0</outputGroup>
      </intermediateExchange>"""

STEEL = activity(ACTIVITY, "steel making", STEEL_FLOWS)
POWER_SET = activity(POWER_ACTIVITY, "electricity, coal", POWER_FLOWS)
ASH_SET = activity("07070707-0707-4707-8707-070707070707", "ash to landfill", ASH_FLOWS)

ELEMENTARY_MASTER = f"""<?xml version="1.0" encoding="utf-8"?>
<validElementaryExchanges xmlns="http://www.EcoInvent.org/EcoSpold02" majorRelease="3" contextId="x">
  <elementaryExchange id="{CARBON}" unitId="{KG}" casNumber="124-38-9"
      formula="CO2" defaultVariableName="co2">
    <name xml:lang="en">Carbon dioxide, fossil</name>
    <unitName xml:lang="en">kg</unitName>
    <compartment subcompartmentId="e8d7772c-55ca-4dd7-b605-fee5ae764578">
      <compartment xml:lang="en">air</compartment>
      <subcompartment xml:lang="en">urban air close to ground</subcompartment>
    </compartment>
    <comment xml:lang="en">a greenhouse gas</comment>
    <synonym xml:lang="en">carbonic anhydride</synonym>
    <productInformation><text xml:lang="en" index="1">about the gas</text></productInformation>
  </elementaryExchange>
</validElementaryExchanges>
"""
GEOGRAPHIES = """<?xml version="1.0" encoding="utf-8"?>
<validGeographies xmlns="http://www.EcoInvent.org/EcoSpold02">
  <geography id="eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee" longitude="103.5" latitude="30.5" uNCode="156">
    <name xml:lang="en">China, Sichuan</name>
    <name xml:lang="zh">四川</name>
    <shortname xml:lang="en">CN-SC</shortname>
  </geography>
</validGeographies>
"""
PERSONS = f"""<?xml version="1.0" encoding="utf-8"?>
<validPersons xmlns="http://www.EcoInvent.org/EcoSpold02">
  <person id="{PERSON}" name="Li Ming" email="li@example.org" address="Chengdu" telephone="1"
      companyId="ffffffff-ffff-4fff-8fff-ffffffffffff"/>
</validPersons>
"""
SOURCES = f"""<?xml version="1.0" encoding="utf-8"?>
<validSources xmlns="http://www.EcoInvent.org/EcoSpold02">
  <source id="{SOURCE}" sourceType="1" year="2023" firstAuthor="Wang" additionalAuthors="Zhao" title="Steel"
      journal="J" volumeNo="3" placeOfPublications="Chengdu"><comment xml:lang="en">good</comment></source>
</validSources>
"""
TAGS = """<?xml version="1.0" encoding="utf-8"?>
<validTags xmlns="http://www.EcoInvent.org/EcoSpold02"><tag name="steel"/></validTags>
"""


def entries() -> list[tuple[str, bytes]]:
    """A small database: three activities that form a chain, and some master data."""
    return [
        ("datasets/steel.spold", STEEL.encode()),
        ("datasets/power.spold", POWER_SET.encode()),
        ("datasets/ash.spold", ASH_SET.encode()),
        ("MasterData/ElementaryExchanges.xml", ELEMENTARY_MASTER.encode()),
        ("MasterData/Geographies.xml", GEOGRAPHIES.encode()),
        ("MasterData/Persons.xml", PERSONS.encode()),
        ("MasterData/Sources.xml", SOURCES.encode()),
        ("MasterData/Tags.xml", TAGS.encode()),
        ("readme.txt", b"hello"),
    ]
