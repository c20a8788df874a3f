"""Greenhouse gases among elementary flows, and the total each belongs to."""

import pytest

from zuji.lci.gases import Kind, gas_of

AIR = "Emissions/Emissions to air/Emissions to air, unspecified"
ALOFT = "Emissions/Emissions to air/Emissions to lower stratosphere and upper troposphere"


@pytest.mark.parametrize(
    ("name", "cas", "compartment", "inward", "gas", "kind", "sign"),
    [
        ("carbon dioxide (fossil)", "000124-38-9", AIR, False, "CO2", Kind.FOSSIL, 1),
        ("Carbon dioxide, non-fossil", "124-38-9", AIR, False, "CO2", Kind.BIOGENIC_EMISSIONS, 1),
        ("Carbon dioxide, from soil or biomass stock", "", AIR, False, "CO2", Kind.LAND_USE, 1),
        ("Carbon dioxide, to soil or biomass stock", "", "soil", False, "CO2", Kind.LAND_USE, -1),
        (
            "Carbon dioxide, in air",
            "124-38-9",
            "natural resource/in air",
            True,
            "CO2",
            Kind.BIOGENIC_REMOVALS,
            -1,
        ),
        ("methane (biogenic)", "74-82-8", AIR, False, "CH4", Kind.BIOGENIC_EMISSIONS, 1),
        ("1,1,1,2-tetrafluoroethane", "000811-97-2", AIR, False, "HFC-134a", Kind.FOSSIL, 1),
        ("二氧化碳（化石）", "", "大气", False, "CO2", Kind.FOSSIL, 1),
    ],
)
def test_recognised(
    name: str, cas: str, compartment: str, *, inward: bool, gas: str, kind: Kind, sign: int
) -> None:
    found = gas_of(name, name, cas, compartment, inward=inward)
    assert found is not None
    assert (found.gas, found.kind, found.sign) == (gas, kind, sign)


@pytest.mark.parametrize(
    ("name", "cas", "compartment", "inward"),
    [
        ("Methane, bromotrifluoro-, Halon 1301", "", AIR, False),
        ("carbon monoxide (fossil)", "630-08-0", AIR, False),
        ("carbon dioxide (fossil)", "124-38-9", "Emissions to water", False),
        ("methane", "74-82-8", "Resources", True),
        ("carbon dioxide (fossil)", "124-38-9", AIR, True),
        ("Carbon, organic", "", AIR, False),
    ],
)
def test_left_alone(name: str, cas: str, compartment: str, *, inward: bool) -> None:
    assert gas_of(name, "", cas, compartment, inward=inward) is None


def test_an_origin_that_is_not_named_is_known_to_be_unknown() -> None:
    found = gas_of("methane", "", "74-82-8", AIR, inward=False)
    assert found is not None
    assert not found.stated


@pytest.mark.parametrize(
    ("name", "compartment", "flown", "kind"),
    [
        ("carbon dioxide (fossil)", ALOFT, True, Kind.AIRCRAFT),
        ("carbon dioxide (fossil)", ALOFT, False, Kind.FOSSIL),
        ("carbon dioxide (fossil)", AIR, True, Kind.FOSSIL),
        ("carbon dioxide (biogenic)", ALOFT, True, Kind.BIOGENIC_EMISSIONS),
        ("carbon dioxide (land use change)", ALOFT, False, Kind.LAND_USE),
    ],
)
def test_only_what_flies_and_is_aloft_is_an_aircraft_s(
    name: str, compartment: str, *, flown: bool, kind: Kind
) -> None:
    found = gas_of(name, name, "124-38-9", compartment, inward=False, flown=flown)
    assert found is not None
    assert found.kind is kind
