"""A database in ten lines: every product, where it comes from, how sure, what if."""

import sys
from pathlib import Path

import numpy as np
import pytest

from tests.lci.worlds import world
from zuji import lci
from zuji.errors import InvalidInput, NonProductiveSystem, ZujiError
from zuji.lca.network.edits import Edit
from zuji.lca.network.sampling import Sampling
from zuji.lci import Database, Table
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


def test_a_number_out_of_an_array_names_a_process(database: Database) -> None:
    largest = np.argmax(database.intensities(FOSSIL).values[:, 0])
    assert database.footprint(largest).process == 4
    assert database.process(np.int32(4)) == 4
    for wrong in (-1, 5):
        with pytest.raises(InvalidInput, match=str(wrong)):
            database.process(wrong)
    with pytest.raises(TypeError):
        database.process(3.7)  # type: ignore[arg-type]


def test_a_value_is_read_by_the_name_of_its_category_or_a_part_of_it(database: Database) -> None:
    found = database.footprint("wood", language="en")
    assert found["Biogenic greenhouse gas removals"] == found["removals"] == pytest.approx(-1.8)
    with pytest.raises(InvalidInput, match="Biogenic greenhouse gas emissions"):
        found["biogenic"]
    with pytest.raises(InvalidInput, match="Aircraft emissions"):
        found["acidification"]


@pytest.mark.parametrize("asked", ["contributions", "paths", "sankey", "first_order", "footprint"])
def test_nothing_is_told_of_a_product_without_a_number(asked: str) -> None:
    sick = link_package(world(sick=True))
    with pytest.raises(NonProductiveSystem, match="egg过程"):
        getattr(sick, asked)("omelette")


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), 1e200])
@pytest.mark.parametrize("asked", ["contributions", "paths", "sankey", "supply", "footprint"])
def test_an_amount_that_is_no_number_is_refused(database: Database, asked: str, amount: float) -> None:
    with pytest.raises(InvalidInput, match="不能计算"):
        getattr(database, asked)("car", amount=amount)


def test_no_scenarios_are_no_scenarios(database: Database) -> None:
    assert database.scenarios("car", [], FOSSIL).of(4).shape == (0,)
    (unchanged,) = database.scenarios("car", [{}], FOSSIL).of(4)
    assert unchanged == pytest.approx(by_hand()["car"], rel=1e-12)


def test_paths_are_read_with_names(database: Database) -> None:
    tree = database.paths("car", FOSSIL, amount=2.0)
    table = database.path_table(tree, "en")
    assert (table["depth"][0], table["name"][0], table["amount"][0]) == (0, "car process", 2.0)
    assert (table["depth"][1], table["name"][1], table["unit"][1]) == (1, "steel process", "kg")
    assert sum(table["direct"]) + tree.remainder == pytest.approx(2 * by_hand()["car"], rel=1e-9)
    assert table["share"][0] == pytest.approx(1.0)


def test_a_notebook_shows_the_first_rows_and_how_many_there_are(database: Database) -> None:
    table = database.processes()
    assert repr(table).startswith("<Table: 5 rows of process, id, name")
    assert repr(database.intensities(FOSSIL)) == "<Intensity: 5 products in 化石温室气体排放>"
    assert repr(database.footprint("car")).startswith("car  1 ")
    shown = Table({"name": ["<b>"] * 30, "value": [1.0] * 29 + [float("nan")]})._repr_html_()
    assert shown.count("&lt;b&gt;") == 20
    assert "30 rows" in shown
    assert "<b>" not in shown


def test_a_table_without_pandas_says_what_to_install(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InvalidInput, match="to_polars"):
        database.categories().to_pandas()
