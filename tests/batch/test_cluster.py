"""The same plan on a real Dask cluster of this machine, one of whose workers is killed."""

import os
import signal
import threading
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

from tests.batch import errands
from tests.batch.systems import N, made_up
from zuji.batch import Cancelled, Cluster, Each, Plan, WorkersLost, run
from zuji.batch.functions import answers
from zuji.batch.recalculation import Inputs, Recalculate, Simulate
from zuji.batch.systems import save
from zuji.errors import InvalidInput


@pytest.fixture(scope="module")
def scheduler():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its own imports warn of is none of ours
        import distributed
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
        memory_limit=0,
        silence_logs=50,
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_the_bytes_of_one_process(scheduler, tmp_path):
    save(made_up(3, 300, uncertain=True), tmp_path / "systems")
    np.save(tmp_path / "intensities.npy", np.random.default_rng(5).random(N))
    inputs = Inputs.of(tmp_path / "systems", tmp_path / "intensities.npy")
    for plan in (Plan(Recalculate(inputs), 64), Plan(Simulate(inputs, draws=100), 64)):
        seen = []
        there = run(
            plan, Cluster(scheduler), progress=lambda done, total, seen=seen: seen.append((done, total))
        )
        here = run(plan)
        assert there.digest == here.digest
        assert seen == [(i, 5) for i in range(6)]


def test_a_worker_of_the_cluster_killed_in_the_middle_changes_nothing(scheduler, tmp_path):
    entries = tuple((i, str(tmp_path)) for i in range(40))
    plan = Plan(Each(errands.announced, entries), 1)
    killed = []

    def kill():
        while not killed:
            for file in list(tmp_path.glob("pid-*"))[:1]:
                killed.append(int(file.name.removeprefix("pid-")))
                os.kill(killed[0], signal.SIGKILL)
            time.sleep(0.01)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    results = run(plan, Cluster(scheduler), folder=tmp_path / "kept")
    thread.join()
    assert answers(results.arrays) == [i * i for i in range(40)]
    assert len({file.name for file in tmp_path.glob("pid-*")}) >= 2
    assert results.digest == run(plan).digest


def test_errors_of_a_cluster_come_home(scheduler):
    with pytest.raises(InvalidInput) as own:
        run(Plan(Each(errands.refused, tuple(range(10))), 2), Cluster(scheduler))
    assert own.value.problems[0].code == "test.seven"


def test_a_batch_on_a_cluster_can_be_cancelled(scheduler):
    asked = threading.Event()
    with pytest.raises(Cancelled):
        run(
            Plan(Each(errands.slow_squares, tuple(range(500))), 1),
            Cluster(scheduler),
            progress=lambda done, _: asked.set() if done > 3 else None,
            cancelled=asked.is_set,
        )
    plan = Plan(Each(errands.squares, (1, 2)), 1)  # and the cluster is free again
    assert answers(run(plan, Cluster(scheduler)).arrays) == [1, 4]


def test_nobody_listening_is_told_with_the_address():
    with pytest.raises(WorkersLost, match=r"tcp://127\.0\.0\.1:1"):
        run(Plan(Each(errands.squares, (1,)), 1), Cluster("tcp://127.0.0.1:1", patience=0.5))


def test_dask_is_imported_only_when_a_cluster_is_asked_for():
    import subprocess
    import sys

    code = "import sys, zuji.batch; print('distributed' in sys.modules, 'numba' in sys.modules)"
    src = Path(__file__).parents[2] / "src"
    found = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(src)}, capture_output=True)
    assert found.stdout.split() == [b"False", b"False"]
