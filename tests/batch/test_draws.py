"""Monte Carlo of a database split over workers, against the same simulation in one piece."""

import numpy as np
import pytest

from benchmarks.lca.generator import Shape
from benchmarks.lca.generator import network as generated
from zuji.batch import Plan, Processes, run
from zuji.batch.draws import DatabaseDraws, combined
from zuji.errors import FileRefused, InvalidInput
from zuji.lca.network import characterising, storage
from zuji.lca.network.prepared import prepare
from zuji.lca.network.sampling import Sampling, simulate
from zuji.lca.network.solving import intensities

CATEGORIES = (1, 0)
PRODUCTS = (5, 300, 17)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("database")
    prepared = prepare(generated(Shape(processes=600, categories=2, seed=3)))
    storage.save(prepared, folder / "network")
    weights = characterising.weights(prepared.network, CATEGORIES)
    np.save(folder / "nominal.npy", intensities(prepared, weights).values)
    return folder, prepared, weights


def test_draws_split_over_workers_are_the_draws_of_one_simulation(saved):
    folder, prepared, weights = saved
    task = DatabaseDraws.of(
        folder / "network", folder / "nominal.npy", CATEGORIES, draws=100, seed=8, products=PRODUCTS
    )
    factors = np.stack([characterising.factor_values(prepared.network, c) for c in CATEGORIES], axis=1)
    whole = simulate(prepared, weights, Sampling(draws=100, seed=8, products=PRODUCTS), factors=factors)
    alone = run(Plan(task, 2))
    found = combined(alone.arrays)
    assert found.samples.tobytes() == np.ascontiguousarray(whole.samples).tobytes()
    assert found.state.tolist() == whole.state.tolist()
    assert found.counted == whole.account.counted
    assert found.mean == pytest.approx(whole.mean, rel=1e-12)
    assert found.sd == pytest.approx(whole.sd, rel=1e-9)
    assert found.least.tobytes() == np.ascontiguousarray(whole.least).tobytes()
    assert found.most.tobytes() == np.ascontiguousarray(whole.most).tobytes()
    assert run(Plan(task, 2), Processes(2)).digest == alone.digest
    assert combined(run(Plan(task, 7)).arrays).samples.tobytes() == found.samples.tobytes()


def test_inputs_that_do_not_fit_are_refused(saved, tmp_path):
    folder, _, _ = saved
    network, nominal = folder / "network", folder / "nominal.npy"
    with pytest.raises(InvalidInput, match="600"):
        DatabaseDraws.of(network, nominal, (0,))
    with pytest.raises(InvalidInput, match="不符"):
        DatabaseDraws.of(network, nominal, (0, 7))
    with pytest.raises(InvalidInput, match="不符"):
        DatabaseDraws.of(network, nominal, (0, 1), products=(600,))
    with pytest.raises(InvalidInput, match="draws"):
        DatabaseDraws.of(network, nominal, (0, 1), draws=0)
    with pytest.raises(FileRefused):
        DatabaseDraws.of(tmp_path, nominal, (0, 1))
    one = DatabaseDraws.of(network, nominal, (0, 1), draws=16, seed=1)
    other = DatabaseDraws.of(network, nominal, (0, 1), draws=16, seed=2)
    assert Plan(one, 1).digest != Plan(other, 1).digest
