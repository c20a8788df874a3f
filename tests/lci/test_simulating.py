"""Monte Carlo in pieces: the same bytes here, in worker processes, and after a stop."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.lci.worlds import world
from zuji.batch import Processes
from zuji.cli.program import app
from zuji.errors import InvalidInput
from zuji.lca.network.sampling import Sampling
from zuji.lci import Database
from zuji.lci.loading import link_package
from zuji.lci.simulating import simulate

FOSSIL = "gwp100-ar6-fossil"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return link_package(world(sick=True)).save(tmp_path_factory.mktemp("lci") / "db")


def test_pieces_are_the_whole(saved: Database, tmp_path: Path) -> None:
    alone = simulate(saved, FOSSIL, ["car"], draws=200, seed=3)
    workers = simulate(saved, FOSSIL, ["car"], draws=200, seed=3, executor=Processes(2), folder=tmp_path)
    again = simulate(saved, FOSSIL, ["car"], draws=200, seed=3, folder=tmp_path)
    assert alone.digest == workers.digest == again.digest
    whole = saved.monte_carlo(FOSSIL, Sampling(draws=200, seed=3))
    assert alone.statistics.mean[:, 0] == pytest.approx(whole.mean, rel=1e-9, nan_ok=True)
    assert alone.statistics.sd[:, 0] == pytest.approx(whole.sd, rel=1e-6, nan_ok=True)
    low, median, high = alone.quantiles()[0]
    assert low < median < high


def test_products_without_a_footprint_have_no_distribution(saved: Database) -> None:
    found = simulate(saved, FOSSIL, draws=32)
    names = list(saved.network.processes.id)
    assert np.isnan(found.statistics.mean[names.index("omelette"), 0])
    assert found.statistics.mean[names.index("car"), 0] > 0
    assert len(found.table(saved)) == len(names)


def test_what_is_not_saved_is_told() -> None:
    with pytest.raises(InvalidInput, match="save"):
        simulate(link_package(world()), FOSSIL)


def test_the_command_answers(saved: Database, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    asked = ["lci", "simulate", str(saved.saved), "--method", FOSSIL, "--process", "car", "--draws", "64"]
    answer = CliRunner().invoke(app, [*asked, "--json", "--out", str(out)])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert told["counted"] == 64
    assert told["products"][0]["low"] < told["products"][0]["mean"] < told["products"][0]["high"]
    assert out.read_text("utf-8-sig").startswith("id,")
    spoken = CliRunner().invoke(app, [*asked, "--lang", "en"])
    assert "64 draws" in spoken.stdout
    refused = CliRunner().invoke(app, [*asked, "--scheduler", "nowhere"])
    assert refused.exit_code == 1
