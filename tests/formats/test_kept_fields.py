"""What docs/databases.md says is kept word for word: read into extras, counted, and written back."""

import io
import zipfile

import pytest

from tests.formats.ecospold2 import spold_files as spold
from tests.formats.ilcd import documents as ilcd
from zuji.formats import inventories
from zuji.model.lci.package import Loaded


def written(loaded: Loaded) -> str:
    """Everything in the package that is written from it, as one text."""
    assert loaded.ledger.balanced
    content = inventories.dump(loaded.package, loaded.format).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize(
    "kept",
    [
        "<dataSourceType>Primary</dataSourceType>",
        "<dataDerivationTypeStatus>Measured</dataDerivationTypeStatus>",
    ],
)
def test_fields_of_an_ilcd_exchange(kept: str) -> None:
    given = ilcd.package(processes=[ilcd.process(ilcd.exchange(0, after=kept))])
    assert kept in written(inventories.load(given, format="ilcd"))


@pytest.mark.parametrize(
    "kept",
    [
        'specialActivityType="0"',
        'inheritanceDepth="-1"',
        'energyValues="1"',
        'technologyLevel="3"',
        'isDataValidForEntirePeriod="true"',
        'macroEconomicScenarioId="d9f57f0a-a01f-42eb-a57b-8f18d6635801"',
        'variableName="steel"',
        'productionVolumeVariableName="APV_steel"',
        "yearbook",
        "by mass",
        "https://example.org/plant.png",
        'accessRestrictedTo="1"',
        'impactMethodId="05050505-0505-4505-8505-050505050505"',
    ],
)
def test_fields_of_ecospold_2(kept: str) -> None:
    assert kept in spold.STEEL
    assert kept in written(inventories.load(spold.STEEL.encode(), format="ecospold2"))


def test_a_beta_distribution_of_ecospold_2() -> None:
    beta = '<beta minValue="1" mostFrequentValue="2" maxValue="4"/>'
    changed = spold.STEEL.replace('<triangular minValue="2" mostLikelyValue="3" maxValue="5"/>', beta)
    loaded = inventories.load(changed.encode(), format="ecospold2")
    assert loaded.ledger.number("uncertainty-of-other-shape") == 1
    assert 'mostFrequentValue="2"' in written(loaded)
