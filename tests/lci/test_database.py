"""A database in ten lines: every product, where it comes from, how sure, what if."""

from pathlib import Path

import numpy as np
import pytest

from tests.lci.worlds import world
from zuji import lci
from zuji.errors import InvalidInput, NonProductiveSystem, ZujiError
from zuji.lca.network.edits import Edit
from zuji.lca.network.sampling import Sampling
from zuji.lci import Database
from zuji.lci.loading import link_package

CH4 = 29.8  # fossil methane, IPCC AR6 WG1 table 7.15
FOSSIL = "gwp100-ar6-fossil"


@pytest.fixture(scope="module")
def database() -> Database:
    return link_package(world())


def by_hand() -> dict[str, float]:
    """c = 0.01·29.8 + 0.05 e;  e = 0.25 + 0.1 c + 0.01 s;  s = 1.2 + 2 e + 0.5 c."""
    matrix = np.array([[1, -0.05, 0], [-0.1, 1, -0.01], [-0.5, -2, 1]])
    coal, electricity, steel = np.linalg.solve(matrix, [0.01 * CH4, 0.25, 1.2])
    return {"coal": coal, "electricity": electricity, "steel": steel, "car": 900 * steel, "wood": 0.0}


def test_every_product_at_once(database: Database) -> None:
    found = database.intensities(FOSSIL)
    values = dict(zip(database.network.processes.id, found.values[:, 0], strict=True))
    assert values == pytest.approx(by_hand(), rel=1e-12)
    assert found.certificate.error < 1e-9
    assert found.table.to_polars().shape == (5, 6)


def test_the_five_totals_stay_apart(database: Database) -> None:
    found = database.footprint("wood", 10.0, "GWP100 AR6")
    assert found.values == pytest.approx((0.0, 1.0, -18.0, 0.2, 0.0))
    assert set(found.units) == {"kgCO2e"}
    assert database.footprint("car", method=FOSSIL).values[0] == pytest.approx(by_hand()["car"], rel=1e-12)


@pytest.mark.parametrize("by", ["process", "flow", "input", "place", "category"])
def test_parts_sum_to_the_whole(database: Database, by: str) -> None:
    table = database.contributions("car", FOSSIL, by=by, amount=2.0)
    assert sum(table["value"]) == pytest.approx(2 * by_hand()["car"], rel=1e-9)
    assert sum(table["share"]) == pytest.approx(1.0, rel=1e-9)


def test_a_short_list_says_what_is_left(database: Database) -> None:
    table = database.contributions("car", FOSSIL, limit=1)
    assert len(table) == 2
    assert sum(table["value"]) == pytest.approx(by_hand()["car"], rel=1e-9)


def test_paths_and_sankey_agree_with_the_footprint(database: Database) -> None:
    assert database.paths("car", FOSSIL).total == pytest.approx(by_hand()["car"], rel=1e-12)
    drawn = database.sankey("car", FOSSIL)
    assert drawn.total == pytest.approx(by_hand()["car"], rel=1e-9)
    assert len(drawn.nodes) >= 4


def test_what_no_factor_covers_is_listed(database: Database) -> None:
    covered = database.coverage(FOSSIL)
    (found,) = covered.values()
    names = [database.network.flows.name_en[int(row)] for row in found.uncovered]
    assert "mystery gas" in names
    assert "methane, fossil" not in names


def test_uncertainty_two_ways(database: Database) -> None:
    steel = database.process("steel process")
    drawn = database.monte_carlo(FOSSIL, Sampling(draws=4096, seed=1, products=(steel,)))
    first = database.first_order(steel, FOSSIL)
    assert first.value == pytest.approx(by_hand()["steel"], rel=1e-9)
    assert first.sd == pytest.approx(float(drawn.sd[steel]), rel=0.08)
    assert drawn.account.counted == 4096


def test_an_edit_gives_every_new_footprint(database: Database) -> None:
    own = list(database.network.processes.id)
    made, new = database.edited([Edit(own.index("steel"), {own.index("coal"): 0.0})], FOSSIL)
    matrix = np.array([[1, -0.05, 0], [-0.1, 1, -0.01], [0, -2, 1]])
    wanted = np.linalg.solve(matrix, [0.01 * CH4, 0.25, 1.2])
    assert new.values[own.index("steel"), 0] == pytest.approx(wanted[2], rel=1e-10)
    assert made.footprint("steel process", method=FOSSIL).values[0] == pytest.approx(wanted[2], rel=1e-10)


def test_scenarios_of_one_process(database: Database) -> None:
    own = list(database.network.processes.id)
    steel, coal = own.index("steel"), own.index("coal")
    found = database.scenarios(steel, [{coal: 0.5}, {coal: 0.0}], FOSSIL)
    assert found.of(steel)[0] == pytest.approx(by_hand()["steel"], rel=1e-10)
    assert found.of(steel)[1] < found.of(steel)[0]


def test_processes_are_found_by_words_and_refused_when_unclear(database: Database) -> None:
    assert database.process("car") == 4
    assert database.process("4") == 4
    assert database.find("电") == []
    assert len(database.find("过程")) == 5
    with pytest.raises(InvalidInput, match="coal过程"):
        database.process("process")
    with pytest.raises(InvalidInput, match="submarine"):
        database.process("submarine")


def test_saved_and_opened_gives_the_same_numbers_without_solving(tmp_path: Path) -> None:
    database = link_package(world(sick=True))
    database.save(tmp_path / "db")
    again = lci.open_saved(tmp_path / "db")
    assert isinstance(again.intensities(FOSSIL).values.base, np.ndarray)
    assert np.array_equal(again.intensities().values, database.intensities().values, equal_nan=True)
    assert again.footprint("car", method=FOSSIL) == database.footprint("car", method=FOSSIL)
    assert again.record == database.record


def test_a_loop_that_eats_itself_is_explained_and_can_be_cut() -> None:
    database = link_package(world(sick=True))
    assert database.footprint("car", method=FOSSIL).values[0] == pytest.approx(by_hand()["car"], rel=1e-12)
    with pytest.raises(NonProductiveSystem, match=r"egg|hen"):
        database.footprint("omelette")
    health = database.health()
    assert not health.productive
    mended = database.repaired()
    assert mended.health().productive
    assert np.isfinite(mended.footprint("omelette", method=FOSSIL).values[0])
    assert "repairs" in mended.network.about


def test_what_nobody_supplies_is_on_the_list(database: Database) -> None:
    cut = database.network.cut_offs
    assert list(cut.flow) == ["rubber"]
    assert cut.amount.tolist() == [30.0]


def test_a_folder_is_named_even_where_it_is_the_one_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    with pytest.raises(ZujiError, match="mine"):
        lci.load(".")
