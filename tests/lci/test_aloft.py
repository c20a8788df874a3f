"""Greenhouse gases aloft are an aircraft's only where the process is air transport."""

from dataclasses import replace

import numpy as np
import pytest

from tests.lca.network.linking.packages import GROUPS, PROPERTIES, flow, goes, makes, takes
from tests.lci.worlds import gas, process
from zuji.lca.network import characterising
from zuji.lci import Database
from zuji.lci.aloft import air_transport, divided
from zuji.lci.loading import link_package
from zuji.lci.totals import with_totals
from zuji.model.lci.impacts import CharacterisationFactor, ImpactCategory
from zuji.model.lci.package import Package
from zuji.model.lci.references import Heading, Ref
from zuji.model.lci.wording import Wording

ALOFT = ("Emissions", "Emissions to air", "Emissions to lower stratosphere and upper troposphere")
CO2 = "carbon dioxide (fossil)"
SOOT = "particles, aloft"
FOSSIL, AIRCRAFT = "gwp100-ar6-fossil", "gwp100-ar6-aircraft"


@pytest.mark.parametrize(
    ("names", "category"),
    [
        ("transport, freight, aircraft, long haul", ""),
        ("Transport, passenger aircraft; short haul", ""),
        ("operation, aircraft, freight", "Transport systems"),
        ("kerosene, burned in aircraft", ""),
        ("transport, helicopter", ""),
        ("货物航空运输", ""),
        ("空运；国内", ""),
        ("Cargo plane; technology mix", "Unit processes / Transport services / Air"),
        ("货机", "单元过程 / 运输服务 / 航空运输"),
        ("freight transport, 2020", "H:Transportation and storage / 51:Air transport"),
    ],
)
def test_air_transport(names: str, category: str) -> None:
    assert air_transport(names, category)


@pytest.mark.parametrize(
    ("names", "category"),
    [
        ("Eggplant production in solar greenhouse", ""),
        ("electricity", "Emissions / air"),
        ("aircraft production, long haul", ""),
        ("飞机制造", ""),
        ("transport of jet fuel", ""),
        ("航空煤油运输", ""),
        ("Airport operation", "Transport services / Air"),
        ("compressed air, transport by pipeline", ""),
        ("lorry transport to the aircraft", ""),
        ("Transportation; Wind turbine", "Unit processes / Transport services / Water"),
    ],
)
def test_no_air_transport(names: str, category: str) -> None:
    assert not air_transport(names, category)


def world() -> Package:
    """A flight and a kiln that both file CO2 aloft, a field that does so alone, and bricks flown in."""
    flight = process("flight", makes("flight", 2.0), goes(CO2, 3.0), goes(SOOT, 1.0))
    named = Wording((("zh", "航空货运"), ("en", "Transport, freight, aircraft")))
    return Package(
        name="aloft",
        processes=(
            replace(flight, heading=replace(flight.heading, name=named)),
            process("brick", makes("brick"), goes(CO2, 0.5), takes("flight", 0.1), goes(SOOT, 0.25)),
            process("field", makes("field"), goes("methane, fossil", 0.1)),
        ),
        flows=(
            *(flow(name) for name in ("flight", "brick", "field")),
            gas(CO2, "124-38-9", ALOFT),
            gas("methane, fossil", "74-82-8", ALOFT),
            gas(SOOT, "", ALOFT),
        ),
        flow_properties=PROPERTIES,
        unit_groups=GROUPS,
        impact_categories=(
            ImpactCategory(
                heading=Heading(id="warming", name=Wording.of("warming")),
                unit="kg",
                method="Ours",
                factors=(
                    CharacterisationFactor(flow=Ref(CO2), value=1.0),
                    CharacterisationFactor(flow=Ref(CO2), value=7.0, location="CN"),
                    CharacterisationFactor(flow=Ref(SOOT), value=2.0),
                ),
            ),
        ),
    )


@pytest.fixture(scope="module")
def database() -> Database:
    return link_package(world())


def totals(database: Database, product: str) -> dict[str, float]:
    return {each: database.footprint(product, method=each).values[0] for each in (FOSSIL, AIRCRAFT)}


def test_a_flight_s_gases_aloft_are_an_aircraft_s_and_nobody_else_s(database: Database) -> None:
    assert totals(database, "flight") == pytest.approx({FOSSIL: 0.0, AIRCRAFT: 1.5})
    assert totals(database, "brick") == pytest.approx({FOSSIL: 0.5, AIRCRAFT: 0.15})
    assert totals(database, "field") == pytest.approx({FOSSIL: 2.98, AIRCRAFT: 0.0})


def test_the_other_categories_do_not_change(database: Database) -> None:
    """A row of its own for the aircraft carries every factor, those for a place among them."""
    whole = link_package(world(), totals=False)
    assert len(database.network.flows) == len(whole.network.flows) + 1
    for asked in (whole, database):
        found = asked.intensities("warming").values[:, 0]
        wanted = [1.5 * 7 + 0.5 * 2, 0.5 * 7 + 0.25 * 2 + 0.1 * (1.5 * 7 + 0.5 * 2), 0.0]
        assert found == pytest.approx(np.array(wanted))


def test_a_network_without_a_shared_row_is_not_touched(database: Database) -> None:
    assert divided(database.network) is database.network
    again = with_totals(link_package(world(), totals=False).network)
    weights = characterising.weights(again, characterising.categories(again, "GWP100 AR6"))
    kept = characterising.weights(database.network, characterising.categories(database.network, "GWP100 AR6"))
    assert np.array_equal(weights, kept)


def test_health_says_how_they_were_counted(database: Database) -> None:
    (finding,) = [each for each in database.health().findings if each.code == "health.aloft"]
    assert finding.number == 3
    assert "1 of air transport" in finding.what.en
    assert "2 of other processes" in finding.what.en
    assert {spot.id for spot in finding.places} == {"brick", "field"}
    assert finding.cure.zh


def test_health_is_silent_where_nothing_is_aloft() -> None:
    low = replace(
        world(),
        flows=tuple(replace(each, compartment=ALOFT[:2]) if each.cas else each for each in world().flows),
    )
    found = link_package(low)
    assert not [each for each in found.health().findings if each.code == "health.aloft"]
    assert totals(found, "flight") == pytest.approx({FOSSIL: 1.5, AIRCRAFT: 0.0})
