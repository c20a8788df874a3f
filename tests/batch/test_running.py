"""One plan on every executor: the same bytes, whatever dies, stops, or is done already."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from tests.batch import errands
from tests.batch.systems import N, made_up
from zuji.batch import Cancelled, ChunkFailed, Each, Plan, Processes, Serial, WorkersLost, run
from zuji.batch.functions import answers
from zuji.batch.recalculation import Inputs, Recalculate, Simulate
from zuji.batch.systems import evaluate, save, simulate
from zuji.errors import FileRefused, InvalidInput

Y = np.random.default_rng(5).random((N, 2)) * 10


@pytest.fixture
def inputs(tmp_path):
    save(made_up(3, 400, uncertain=True), tmp_path / "systems")
    np.save(tmp_path / "intensities.npy", Y)
    return Inputs.of(tmp_path / "systems", tmp_path / "intensities.npy")


def test_systems_in_chunks_are_the_systems_at_once_on_any_number_of_workers(inputs):
    systems = made_up(3, 400, uncertain=True)
    whole = evaluate(systems, Y)
    plan = Plan(Recalculate(inputs), 37)
    alone = run(plan)
    assert alone.arrays["values"].tobytes() == whole.values.tobytes()
    assert alone.arrays["state"].tobytes() == whole.state.tobytes()
    three = run(plan, Processes(3))
    assert (three.digest, three.arrays["values"].tobytes()) == (alone.digest, whole.values.tobytes())

    drawn = simulate(systems, Y[:, 1], draws=150, seed=9)
    plans = [Plan(Simulate(inputs, draws=150, seed=9, category=1), chunk) for chunk in (37, 400)]
    for results in (run(plans[0]), run(plans[0], Processes(2)), run(plans[1])):
        assert results.arrays["mean"].tobytes() == drawn.mean.tobytes()
        assert results.arrays["quantiles"].tobytes() == drawn.quantiles.tobytes()


def test_a_function_over_items_answers_in_their_order():
    plan = Plan(Each(errands.squares, tuple(range(23))), 4)
    assert plan.chunks == 6
    for executor in (Serial(), Processes(2)):
        assert answers(run(plan, executor).arrays) == [i * i for i in range(23)]
    texts = Plan(Each(list, ("一", {"b": 1, "a": [None, 2.5]}, "")), 2)
    assert answers(run(texts).arrays) == ["一", {"b": 1, "a": [None, 2.5]}, ""]
    assert answers(run(Plan(Each(list, ()), 4)).arrays or {"length": np.zeros(0), "json": np.zeros(0)}) == []


def test_a_restart_goes_on_where_the_first_run_stopped_and_ends_in_the_same_bytes(tmp_path):
    plan = Plan(Each(errands.squares, tuple(range(40))), 4)
    whole = run(plan, folder=tmp_path / "whole")
    seen = []

    def enough(done, total):
        seen.append((done, total))

    with pytest.raises(Cancelled):
        run(plan, folder=tmp_path / "parts", progress=enough, cancelled=lambda: len(seen) > 4)
    assert seen == [(i, 10) for i in range(5)]
    assert len(list((tmp_path / "parts").glob("chunk-*"))) == 4
    again = run(plan, Processes(2), folder=tmp_path / "parts")
    assert (again.reused, again.digest) == (4, whole.digest)
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")
    third = run(plan, folder=tmp_path / "parts", progress=enough)
    assert third.reused == 10
    assert seen[-1] == (10, 10)


def contents(folder: Path):
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_damaged_chunk_is_computed_again(tmp_path):
    plan = Plan(Each(errands.squares, tuple(range(12))), 4)
    whole = run(plan, folder=tmp_path / "kept")
    before = contents(tmp_path / "kept")
    files = sorted((tmp_path / "kept").glob("chunk-*"))
    files[0].write_bytes(files[0].read_bytes()[:-1] + b"X")
    files[1].write_bytes(b"nothing of the kind")
    files[2].replace(files[2].with_name("chunk-0000009"))
    again = run(plan, folder=tmp_path / "kept")
    assert (again.reused, again.digest) == (0, whole.digest)
    (tmp_path / "kept" / "chunk-0000009").unlink()
    assert contents(tmp_path / "kept") == before


def test_the_folder_of_another_plan_is_refused(tmp_path):
    run(Plan(Each(errands.squares, (1, 2)), 1), folder=tmp_path)
    for other in (
        Plan(Each(errands.squares, (1, 3)), 1),
        Plan(Each(errands.squares, (1, 2)), 2),
        Plan(Each(errands.slow_squares, (1, 2)), 1),
        Plan(Each(errands.squares, (1, 2), {"rule": "2"}), 1),
    ):
        with pytest.raises(FileRefused, match="另一个批量计划"):
            run(other, folder=tmp_path)


def test_the_manifest_names_plan_and_checksums(tmp_path):
    plan = Plan(Each(errands.squares, (1, 2, 3)), 2)
    run(plan, folder=tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    assert manifest["plan"] == plan.digest
    assert manifest["chunks"] == len(manifest["checksums"]) == 2
    heads = [json.loads(file.read_bytes().partition(b"\n")[0]) for file in sorted(tmp_path.glob("chunk-*"))]
    assert [head["sha256"] for head in heads] == manifest["checksums"]


def test_changed_inputs_are_another_plan_and_an_old_plan_is_refused(inputs, tmp_path):
    plan = Plan(Recalculate(inputs), 100)
    save(made_up(4, 400), tmp_path / "systems")
    changed = Plan(Recalculate(Inputs.of(inputs.systems, inputs.intensities)), 100)
    assert changed.digest != plan.digest
    with pytest.raises(FileRefused, match="改变了"):
        run(plan)


def test_a_worker_killed_in_the_middle_loses_nothing_and_changes_nothing(tmp_path):
    entries = tuple((i, str(tmp_path)) for i in range(40))
    plan = Plan(Each(errands.killed_once, entries), 3)
    results = run(plan, Processes(2), folder=tmp_path / "kept")
    assert (tmp_path / "killed").exists()
    assert answers(results.arrays) == [i * i for i in range(40)]
    assert results.digest == run(plan).digest


def test_workers_killed_from_outside_are_replaced(tmp_path):
    entries = tuple((i, str(tmp_path)) for i in range(30))
    plan = Plan(Each(errands.announced, entries), 1)
    killed = []

    def kill():
        while len(killed) < 2:
            for file in tmp_path.glob("pid-*"):
                pid = int(file.name.removeprefix("pid-"))
                if pid not in killed and len(killed) < 2:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    time.sleep(0.3)
            time.sleep(0.01)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    results = run(plan, Processes(2))
    thread.join()
    assert len(killed) == 2
    assert answers(results.arrays) == [i * i for i in range(30)]


def test_a_chunk_that_kills_every_worker_ends_the_batch_with_its_number():
    with pytest.raises(WorkersLost, match="1"):
        run(Plan(Each(errands.always_killed, (1,)), 1), Processes(1))


@pytest.mark.parametrize("executor", [Serial(), Processes(2)])
def test_errors_come_home_as_they_are_and_finished_chunks_stay(executor, tmp_path):
    with pytest.raises(InvalidInput) as own:
        run(Plan(Each(errands.refused, tuple(range(10))), 2), executor, folder=tmp_path)
    assert own.value.problems[0].code == "test.seven"
    assert own.value.in_language("en").startswith("not seven")
    with pytest.raises(ChunkFailed, match=r"第 2 块.*ZeroDivisionError"):
        run(Plan(Each(errands.broken, (1, 0)), 1), executor)
    with pytest.raises(InvalidInput, match="给出了 1 个结果"):
        run(Plan(Each(errands.one_too_few, (1, 0)), 2), executor)


def test_cancelling_leaves_no_worker_behind():
    before = set(children())
    asked = threading.Event()
    with pytest.raises(Cancelled):
        run(
            Plan(Each(errands.slow_squares, tuple(range(200))), 1),
            Processes(2),
            progress=lambda done, _: asked.set() if done > 3 else None,
            cancelled=asked.is_set,
        )
    assert set(children()) <= before | resource_trackers()


def children():
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def resource_trackers():
    return {pid for pid in children() if b"resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def test_killing_the_whole_run_keeps_its_chunks_and_leaves_no_worker(tmp_path):
    """The process that runs the plan is killed; its workers end by themselves, a new run goes on."""
    root = Path(__file__).parents[2]
    script = tmp_path / "starts.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        sys.path[:0] = [{str(root)!r}, {str(root / "src")!r}]
        from pathlib import Path
        from tests.batch import errands
        from zuji.batch import Each, Plan, Processes, run

        if __name__ == "__main__":
            entries = tuple((i, {str(tmp_path)!r}) for i in range(60))
            plan = Plan(Each(errands.announced, entries), 1)
            run(plan, Processes(2), folder=Path({str(tmp_path / "kept")!r}))
        """)
    )
    process = subprocess.Popen([sys.executable, str(script)])
    kept = tmp_path / "kept"
    while len(list(kept.glob("chunk-*"))) < 5:
        time.sleep(0.02)
        assert process.poll() is None
    process.kill()
    process.wait()
    workers = [int(file.name.removeprefix("pid-")) for file in tmp_path.glob("pid-*")]
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    entries = tuple((i, str(tmp_path)) for i in range(60))
    plan = Plan(Each(errands.announced, entries), 1)
    again = run(plan, Processes(2), folder=kept)
    assert 5 <= again.reused < 60
    assert answers(again.arrays) == [i * i for i in range(60)]


def test_a_chunk_has_at_least_one_item():
    with pytest.raises(InvalidInput, match="每块"):
        Plan(Each(errands.squares, (1,)), 0)


def test_inputs_that_are_none_are_refused(tmp_path):
    save(made_up(3, 4), tmp_path / "systems")
    (tmp_path / "text.npy").write_text("no array")
    np.save(tmp_path / "whole.npy", np.arange(4))
    for file in ("text.npy", "whole.npy", "missing.npy"):
        with pytest.raises(FileRefused, match="强度"):
            Inputs.of(tmp_path / "systems", tmp_path / file)
