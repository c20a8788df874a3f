"""The open Chinese database from end to end: read, linked, examined, solved, explained, kept, converted.

Numbers are checked against an independent solve; counts are facts of the package.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse
import scipy.sparse.linalg

from zuji import lci
from zuji.formats import inventories
from zuji.lca.network import characterising
from zuji.lca.network.arrays import Floats, Network
from zuji.lca.network.health import Health, Status
from zuji.lci.database import WAYS, Database, Intensity
from zuji.lci.loading import link_package
from zuji.model.lci.package import Loaded, Package
from zuji.model.lci.processes import Direction, Exchange, Process
from zuji.model.lci.references import Kind

PACKAGE = Path(__file__).parents[2] / ".." / "shared" / "data" / "lci" / "tiangong-ilcd.zip"
CLIMATE = "Climate change"
SEED = 20_250_723


@dataclass(frozen=True)
class Imported:
    """What one import gives."""

    loaded: Loaded
    database: Database
    health: Health
    intensities: Intensity

    @property
    def network(self) -> Network:
        return self.database.network

    @property
    def solvable(self) -> np.ndarray:
        return np.flatnonzero(self.health.status == Status.SOLVABLE)


@pytest.fixture(scope="module")
def imported() -> Imported:
    if not PACKAGE.is_file():
        pytest.skip("the TianGong package is not on this machine")
    kept: list[Loaded] = []
    read = inventories.load

    def remembered(*arguments: object, **named: object) -> Loaded:
        kept.append(read(*arguments, **named))  # type: ignore[arg-type]
        return kept[-1]

    with pytest.MonkeyPatch.context() as patch:  # so that the package is read once
        patch.setattr(inventories, "load", remembered)
        database = lci.load(PACKAGE)
    return Imported(kept[0], database, database.health(), database.intensities())


def test_everything_read_is_accounted_for(imported: Imported) -> None:
    ledger = imported.loaded.ledger
    assert imported.loaded.format == "ilcd"
    assert ledger.balanced
    assert ledger.counts[Kind.PROCESS].read == ledger.counts[Kind.PROCESS].mapped == 4133
    assert ledger.counts[Kind.EXCHANGE].read == ledger.counts[Kind.EXCHANGE].mapped == 72_719
    table = imported.database.ledger_table()
    for read, mapped, defaulted, dropped in zip(
        *(table[name] for name in list(table.columns)[1:]), strict=True
    ):
        assert read == mapped + defaulted + dropped
    assert len(imported.database.network.about["digest"]) == 64


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("ilcd.no-reference", (17,)),
        ("ilcd.no-reference-amount", (10,)),
        ("ilcd.no-amount", (133,)),
        ("ilcd.dangling-flow", (4542,)),
        ("ilcd.no-flow", (3,)),
        # 1,847 processes, and 3 more whose outputs include a flow that is not in the package
        ("ilcd.no-allocation", range(1847, 1851)),
    ],
)
def test_its_known_faults_are_counted(imported: Imported, code: str, number: range | tuple[int, ...]) -> None:
    assert imported.loaded.ledger.number(code) in number
    said = imported.database.record.reasons_table("zh")
    assert code in list(said["code"])


def test_the_account_of_linking_is_balanced(imported: Imported) -> None:
    linking = imported.database.record.linking
    parts = ("products", "elementary", "reminders", "zeros", "left_out")
    linked, cut = sum(linking["by_rule"].values()), sum(linking["cut"].values())
    assert linking["exchanges"] == 72_719 == sum(linking[part] for part in parts) + linked + cut
    assert linking["datasets"] == 4133
    assert linking["columns"] == len(imported.database)
    assert linking["links"] == len(imported.network.edges)
    # of the reference amounts that are missing and the others, none takes part
    assert linking["cut"]["no_amount"] + linking["cut"]["reference_unknown"] == 133
    assert linking["barred"]["no_reference"] == 17


def test_health_names_the_sick_components(imported: Imported) -> None:
    sick = [component for component in imported.health.components if component.sick]
    assert [len(component.processes) for component in sick] == [145, 87, 14]
    assert all(component.radius.value >= 1 for component in sick)
    assert not imported.health.productive
    assert {finding.code for finding in imported.health.errors} >= {
        "health.sick_loop",
        "health.no_reference",
        "health.unallocated",
        "health.reference_unknown",
    }


def test_no_chimney_or_field_counts_as_an_aircraft(imported: Imported) -> None:
    """119 emissions of 114 farms, mines and works are filed under the stratosphere; none of them flies."""
    (aloft,) = [each for each in imported.health.findings if each.code == "health.aloft"]
    assert aloft.number == 119
    assert "0 of air transport" in aloft.what.en
    aircraft, fossil = (imported.database.one(f"gwp100-ar6-{kind}") for kind in ("aircraft", "fossil"))
    assert not aircraft.direct.any()
    flows, moved = imported.network.flows, imported.network.interventions
    above = np.array(["stratosphere" in each for each in flows.compartment])
    owner = np.repeat(np.arange(len(imported.network)), np.diff(moved.start))
    counted = characterising.factor_values(imported.network, fossil.category) != 0
    assert len(np.unique(owner[above[moved.flow] & counted])) == 114


def test_exactly_the_solvable_products_have_numbers(imported: Imported) -> None:
    values = imported.intensities.values
    solvable = imported.health.status == Status.SOLVABLE
    assert solvable.sum() > 2_600
    assert np.isfinite(values[solvable]).all()
    assert np.isnan(values[~solvable]).all()
    assert imported.intensities.certificate.unsolved == (~solvable).sum()


def test_the_certificate_is_a_proof(imported: Imported) -> None:
    certificate = imported.intensities.certificate
    assert certificate.proved
    assert certificate.error < 1e-9


def independent(network: Network, chosen: np.ndarray) -> Floats:
    """Footprints of `chosen` processes, which need no others, by a sparse factorisation of their runs."""
    edges, moved, factors, size = network.edges, network.interventions, network.factors, len(network)
    assert not any(factors.location)
    table = scipy.sparse.csr_matrix(
        (factors.value, (factors.flow, factors.category)), shape=(len(network.flows), factors.categories)
    )
    entries = scipy.sparse.csr_matrix(
        (moved.amount, moved.flow, moved.start), shape=(size, len(network.flows))
    )
    burdens = (entries @ table)[chosen].toarray()
    uses = scipy.sparse.csr_matrix((edges.amount, edges.provider, edges.start), shape=(size, size))
    inside = uses[chosen][:, chosen]
    assert abs(inside).sum() == abs(uses[chosen]).sum()
    made = scipy.sparse.diags(network.processes.production[chosen])
    return np.asarray(scipy.sparse.linalg.splu((made - inside).tocsc()).solve(burdens), np.float64)


def assert_equal(found: Floats, wanted: Floats) -> None:
    """Within 1e-9, but for what is left of numbers that cancel."""
    assert found.shape == wanted.shape
    tiny = 1e-14 * np.abs(wanted).max(axis=0)
    assert (np.abs(found - wanted) <= 1e-9 * np.abs(wanted) + tiny).all()


def test_numbers_equal_an_independent_solve(imported: Imported) -> None:
    wanted = independent(imported.network, imported.solvable)
    assert np.count_nonzero(wanted[:, [1, 3, 4]]) > 500
    assert_equal(imported.intensities.values[imported.solvable], wanted)


def test_the_bound_holds_against_the_independent_solve(imported: Imported) -> None:
    wanted = independent(imported.network, imported.solvable)
    off = np.abs(imported.intensities.values[imported.solvable] - wanted)
    rounding = 1e-12 * np.abs(wanted) + 1e-300  # of the factorisation
    within = off <= imported.intensities.error[imported.solvable] + rounding
    assert within.mean() > 0.999


@pytest.mark.parametrize("by", WAYS)
def test_contributions_sum_to_the_footprint(imported: Imported, by: str) -> None:
    database = imported.database
    total = database.one(CLIMATE).total
    candidates = imported.solvable[total[imported.solvable] != 0]
    for index in np.random.default_rng(SEED).choice(candidates, 20, replace=False).tolist():
        table = database.contributions(index, CLIMATE, by=by, amount=3.0, limit=10)
        assert float(np.sum(table["value"])) == pytest.approx(3.0 * total[index], rel=1e-9)
        assert database.footprint(index, 3.0, CLIMATE).values[0] == pytest.approx(
            3.0 * total[index], rel=1e-12
        )


def test_a_product_without_a_number_is_refused_with_the_cause(imported: Imported) -> None:
    from zuji.errors import NonProductiveSystem

    without = np.flatnonzero(imported.health.status != Status.SOLVABLE)
    for index in np.random.default_rng(SEED).choice(without, 5, replace=False).tolist():
        for asked in (imported.database.footprint, imported.database.contributions):
            with pytest.raises(NonProductiveSystem) as refused:
                asked(index)
            assert all(problem.what.zh and problem.cure.zh for problem in refused.value.problems)


def test_the_repaired_database_is_productive_and_solves_more(imported: Imported) -> None:
    mended = imported.database.repaired()
    health = mended.health()
    assert health.productive
    found = mended.intensities()
    solvable = np.flatnonzero(health.status == Status.SOLVABLE)
    assert len(solvable) > 4_000 > len(imported.solvable)
    assert np.array_equal(np.isfinite(found.values).all(axis=1), health.status == Status.SOLVABLE)
    assert found.certificate.error < 1e-9
    assert_equal(found.values[solvable], independent(mended.network, solvable))
    # whoever had a number keeps it, for no cut link is above them
    assert_equal(found.values[imported.solvable], imported.intensities.values[imported.solvable])


def test_kept_and_opened_it_is_the_same(imported: Imported, tmp_path: Path) -> None:
    imported.database.save(tmp_path / "db")
    again = lci.open_saved(tmp_path / "db")
    found = again.intensities()
    assert np.array_equal(found.values, imported.intensities.values, equal_nan=True)
    assert np.array_equal(found.error, imported.intensities.error, equal_nan=True)
    assert found.certificate == imported.intensities.certificate
    assert again.record == imported.database.record
    assert again.network.about == imported.network.about
    steel = again.find("钢 CN")
    assert steel == imported.database.find("钢 CN")
    assert len(steel) == 20


def changes(package: Package) -> set[str]:
    """Processes that openLCA's format cannot hold as they are, as its writer says.

    Those with several references or a nameless one, those that exchange what only such a further reference
    supplies or treats, and those that take in what factors count as emitted (factors have no direction).
    """
    emitted = {flow.heading.id for flow in package.flows if "Emissions" in flow.compartment}
    several = [process for process in package.processes if len(references(process)) > 1]
    further = {exchange.flow.id for process in several for exchange in references(process)}

    def changed(process: Process) -> bool:
        return any(not exchange.flow.id for exchange in references(process)) or any(
            each.flow.id in further or (each.flow.id in emitted and each.direction is Direction.INPUT)
            for each in process.exchanges
        )

    return {process.heading.id for process in package.processes if changed(process)}


def references(process: Process) -> list[Exchange]:
    return [exchange for exchange in process.exchanges if exchange.reference]


def test_conversion_to_openlca_and_back_keeps_every_footprint(imported: Imported) -> None:
    package = imported.loaded.package
    written = inventories.dump(package, "jsonld")
    assert written.ledger.balanced
    assert written.ledger.counts[Kind.PROCESS].mapped == 4133
    for code, number in (("co-reference", 65), ("no-flow", 3), ("no-direction-of-factors", 2198)):
        assert written.ledger.number(code) == number
    again = inventories.load(written.content, format="jsonld")
    assert again.ledger.balanced
    before, after = products(imported.database), products(link_package(again))
    changed = changes(package)
    assert before.keys() == after.keys()
    differing = {key for key, values in before.items() if not same(values, after[key])}
    assert differing <= changed
    assert len(differing) < 25


def products(database: Database) -> dict[str, list[Floats]]:
    """Footprints by process, of its products in order (flow ids that are no UUID change on the way)."""
    found: dict[str, list[Floats]] = {}
    rows = zip(database.network.processes.id, database.intensities().values, strict=True)
    for process, values in rows:
        found.setdefault(process, []).append(values)
    return found


def same(before: list[Floats], after: list[Floats]) -> bool:
    return len(before) == len(after) and np.allclose(after, before, rtol=1e-9, atol=0.0, equal_nan=True)
