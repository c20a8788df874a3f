"""Damaged and hostile documents: read, or refused with a place; never a crash."""

import random

import pytest

from tests.formats.ilcd import documents as doc
from zuji.errors import ZujiError
from zuji.formats.ilcd import dump, load

_RELATIONS = """<mathematicalRelations>
  <variableParameter name="a"><formula>b*2</formula></variableParameter>
  <variableParameter name="b"><meanValue>2</meanValue></variableParameter></mathematicalRelations>"""
_SHARES = '<allocations><allocation internalReferenceToCoProduct="0" allocatedFraction="100"/></allocations>'
_RESULTS = f"""<LCIAResults><LCIAResult>
  <referenceToLCIAMethodDataSet type="LCIA method data set" refObjectId="{doc.CO2}"/>
  <meanAmount>0</meanAmount>
  <common:other><epd:amount epd:module="A1-A3">15.5</epd:amount></common:other></LCIAResult></LCIAResults>"""
_MODEL = f"""<lifeCycleModelDataSet xmlns="{doc.MODEL}" xmlns:common="{doc.COMMON}" version="1.1">
  <lifeCycleModelInformation>
    <dataSetInformation><common:UUID>{doc.SLAG}</common:UUID></dataSetInformation>
    <quantitativeReference><referenceToReferenceProcess>1</referenceToReferenceProcess></quantitativeReference>
    <technology><processes>
      <processInstance dataSetInternalID="1" multiplicationFactor="2.5">
        <referenceToProcess type="process data set" refObjectId="{doc.FURNACE}"/>
        <connections><outputExchange flowUUID="{doc.STEEL}" dominant="true">
          <downstreamProcess id="2" flowUUID="{doc.SLAG}" location="CN"/><downstreamProcess id="1"
          flowUUID="{doc.STEEL}"/></outputExchange></connections>
      </processInstance>
      <processInstance dataSetInternalID="2" multiplicationFactor="1"/>
    </processes></technology>
  </lifeCycleModelInformation></lifeCycleModelDataSet>"""

DOCUMENTS = {
    "processes/a.xml": doc.process(
        doc.exchange(0)
        + doc.exchange(1, doc.SLAG, after=_SHARES, attributes='olca:amount="1" olca:unitId="u"'),
        information=_RELATIONS,
        results=_RESULTS,
    ),
    "flows/b.xml": doc.flow(),
    "flowproperties/c.xml": doc.flow_property(),
    "unitgroups/d.xml": doc.unit_group(),
    "lciamethods/e.xml": doc.method(doc.factor()),
    "lifecyclemodels/f.xml": _MODEL,
}


def test_a_model_reads_as_instances_and_connections() -> None:
    [model] = load(doc.archive({"lifecyclemodels/f.xml": _MODEL})).package.models
    assert [(one.id, one.scaling) for one in model.instances] == [("1", 2.5), ("2", 1.0)]
    assert model.reference == "1"
    links = [(one.source, one.target, one.flow, one.target_flow, one.location) for one in model.connections]
    assert links == [("1", "2", doc.STEEL, doc.SLAG, "CN"), ("1", "1", doc.STEEL, "", "")]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_mutated_documents_never_crash(name: str) -> None:
    chance = random.Random(name)
    pieces = [
        "<",
        ">",
        '"',
        "&",
        "</",
        "]]>",
        "\0",
        "é",
        "1e999",
        "-",
        "NaN",
        " ",
        "common:",
        "<a>",
        "9" * 40,
    ]
    document = DOCUMENTS[name]
    for _ in range(250):
        text = list(document)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(text))
            match chance.randrange(4):
                case 0:
                    text[at] = chance.choice(pieces)
                case 1:
                    del text[at : at + chance.randint(1, 80)]
                case 2:
                    end = at + chance.randint(1, 200)
                    text[at:at] = text[at:end]
                case _:
                    text.insert(at, chance.choice(pieces))
        _read_and_write("".join(text), name)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_values_of_any_kind_anywhere_never_crash(name: str) -> None:
    """Well-formed documents whose texts and attributes say something else than they should."""
    chance = random.Random(name)
    parts = DOCUMENTS[name].split(">")
    values = ["", " ", "x", "-1", "1e308", "1e-320", "999999999999", "true", "{}", "[", "令", "'", "(1;2)"]
    for _ in range(250):
        changed = list(parts)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(changed) - 1)
            before, mark, tag = changed[at].rpartition("<")
            if chance.random() < 0.5:
                before = chance.choice(values)
            elif tag.count('"') >= 2:
                said = tag.split('"')
                said[2 * chance.randrange(len(said) // 2) + 1] = chance.choice(values)
                tag = '"'.join(said)
            changed[at] = f"{before}{mark}{tag}"
        _read_and_write(">".join(changed), name)


def _read_and_write(document: str, name: str) -> None:
    content = doc.archive({name: document.encode("utf-8", "surrogatepass")})
    try:
        loaded = load(content, name="m")
    except ZujiError as error:
        assert error.problems[0].what.zh  # noqa: PT017 - a refusal is fine; it has to say why
        return
    assert loaded.ledger.balanced, loaded.ledger.counts
    again = load(dump(loaded.package).content, name="m")
    assert again.ledger.balanced
    assert again.package == loaded.package
