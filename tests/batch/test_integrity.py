"""Nothing wrong, nothing partial: inputs that change, files that break, full disks, runs that meet."""

import errno
import itertools
import json
import os
import random
import threading
from pathlib import Path

import numpy as np
import pytest

from benchmarks.lca.generator import Shape
from benchmarks.lca.generator import network as generated
from tests.batch import errands
from tests.batch.systems import N, made_up
from zuji.batch import Each, Plan, Processes, run, storing
from zuji.batch.draws import DatabaseDraws
from zuji.batch.functions import answers
from zuji.batch.recalculation import Inputs, Recalculate
from zuji.batch.systems import save
from zuji.errors import FileRefused
from zuji.lca.network import characterising, storage
from zuji.lca.network.prepared import prepare
from zuji.lca.network.solving import intensities

Y = np.random.default_rng(5).random((N, 2)) * 10
SQUARES = Plan(Each(errands.squares, tuple(range(40))), 4)


@pytest.fixture
def inputs(tmp_path):
    save(made_up(3, 60), tmp_path / "systems")
    np.save(tmp_path / "intensities.npy", Y)
    return Inputs.of(tmp_path / "systems", tmp_path / "intensities.npy")


@pytest.fixture
def draws(tmp_path):
    for seed in (3, 4):
        prepared = prepare(generated(Shape(processes=200, categories=1, seed=seed)))
        storage.save(prepared, tmp_path / f"network{seed}")
        weights = characterising.weights(prepared.network, (0,))
        np.save(tmp_path / f"nominal{seed}.npy", intensities(prepared, weights).values)
    return DatabaseDraws.of(tmp_path / "network3", tmp_path / "nominal3.npy", (0,), draws=32, seed=1)


@pytest.mark.parametrize("executor", [None, Processes(1)])
def test_intensities_written_over_after_the_plan_was_made_are_refused(inputs, executor):
    plan = Plan(Recalculate(inputs), 20)
    np.save(inputs.intensities, Y * 2)
    with pytest.raises(FileRefused, match="改变了"):
        run(plan, executor)


def test_intensities_written_over_in_the_middle_change_nothing(inputs):
    plan = Plan(Recalculate(inputs), 20)
    whole = run(plan)

    def overwrite(done, _total):
        if done == 1:
            np.save(inputs.intensities, Y * 2)

    assert run(plan, progress=overwrite).digest == whole.digest


def test_a_system_that_was_altered_on_the_disk_is_refused(inputs):
    amounts = inputs.systems / "amount.npy"
    content = bytearray(amounts.read_bytes())
    content[-1] ^= 1
    amounts.write_bytes(content)
    with pytest.raises(FileRefused, match="校验和"):
        Inputs.of(inputs.systems, inputs.intensities)


@pytest.mark.parametrize("changes", ["network", "nominal"])
def test_a_database_changed_after_the_plan_was_made_gives_no_draws(draws, changes):
    plan = Plan(draws, 1)
    if changes == "network":
        draws.network.rename(draws.network.with_name("older"))
        draws.network.with_name("network4").rename(draws.network)
    else:
        draws.nominal.with_name("nominal4.npy").replace(draws.nominal)
    with pytest.raises(FileRefused, match="改变了"):
        run(plan)


def full_after(bytes_left, monkeypatch):
    """A disk with so many bytes left, as the file objects of the store see it."""
    real = Path.open

    def limited(self, mode="r", *rest, **options):
        opened = real(self, mode, *rest, **options)
        if "b" not in mode or "r" in mode:
            return opened
        write = opened.write

        class Full:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                opened.close()

            def __getattr__(self, name):
                return getattr(opened, name)

            def write(self, content):
                nonlocal bytes_left
                write(content[:bytes_left])
                bytes_left -= len(content)
                if bytes_left < 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return Full()

    monkeypatch.setattr(Path, "open", limited)


@pytest.mark.parametrize("room", [0, 100, 700, 1500])
def test_a_full_disk_is_told_and_the_next_run_goes_on(tmp_path, monkeypatch, room):
    whole = run(SQUARES, folder=tmp_path / "whole")
    folder = tmp_path / "kept"
    with monkeypatch.context() as full:
        full_after(room, full)
        with pytest.raises(FileRefused, match="无法保存计算结果") as refused:
            run(SQUARES, folder=folder)
    assert refused.value.problems[0].code == "batch.unwritable"
    assert not list(folder.glob(".*"))
    assert run(SQUARES, folder=folder).digest == whole.digest
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == {
        f.name: f.read_bytes() for f in (tmp_path / "whole").iterdir()
    }


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("something else")
    with pytest.raises(FileRefused, match="无法保存计算结果"):
        run(SQUARES, folder=tmp_path / "file")
    assert (tmp_path / "file").read_text() == "something else"


def test_of_two_plans_that_begin_in_one_folder_at_the_same_time_one_is_refused(tmp_path, monkeypatch):
    """Both have seen an empty folder before either wrote its manifest."""
    plans = [Plan(Each(errands.squares, (1, 2, number)), 1) for number in range(2)]
    both = threading.Barrier(2)
    real = storing.keep

    def together(file, content, **options):
        if options:
            both.wait(10)
        real(file, content, **options)

    monkeypatch.setattr(storing, "keep", together)
    told = {}

    def begin(plan):
        try:
            told[plan.digest] = run(plan, folder=tmp_path)
        except FileRefused as refused:
            told[plan.digest] = refused

    threads = [threading.Thread(target=begin, args=(plan,)) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = [plan for plan in plans if not isinstance(told[plan.digest], FileRefused)]
    assert json.loads((tmp_path / "manifest.json").read_bytes())["plan"] == won.digest
    again = run(won, folder=tmp_path)
    assert again.reused == won.chunks
    assert again.digest == told[won.digest].digest


def test_a_file_system_without_links_keeps_results_too(tmp_path, monkeypatch):
    def unknown(*_):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    run(SQUARES, folder=tmp_path)
    assert run(SQUARES, folder=tmp_path).reused == SQUARES.chunks


def test_two_runs_of_one_plan_in_one_folder_end_alike(tmp_path):
    whole = run(SQUARES)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(run(SQUARES, folder=tmp_path).digest)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [whole.digest] * 4
    assert not list(tmp_path.glob(".*"))
    assert run(SQUARES, folder=tmp_path).reused == SQUARES.chunks


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_to_the_files_the_next_run_is_right_or_refused(tmp_path, seed):
    whole = run(SQUARES, folder=tmp_path)
    chance = random.Random(seed)
    files = sorted(tmp_path.iterdir())
    for file in chance.sample(files, 4):
        content = bytearray(file.read_bytes())
        at = chance.randrange(len(content))
        match chance.randrange(5):
            case 0:
                content[at] ^= 1 << chance.randrange(8)
            case 1:
                del content[at:]
            case 2:
                content[at:at] = content[:at]
            case 3:
                content = bytearray(chance.choice(files).read_bytes())
            case 4:
                content = bytearray(b"[]\n" + bytes(content))
        file.write_bytes(content)
    if json_of(tmp_path / "manifest.json").get("plan") != SQUARES.digest:
        with pytest.raises(FileRefused, match="另一个批量计划"):
            run(SQUARES, folder=tmp_path)
        return
    again = run(SQUARES, folder=tmp_path)
    assert again.digest == whole.digest
    assert answers(again.arrays) == [i * i for i in range(40)]


def json_of(file):
    try:
        found = json.loads(file.read_bytes())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def test_a_run_stopped_between_any_two_chunks_never_shows_more_than_it_has(tmp_path):
    whole = run(SQUARES)

    class Stop(Exception):
        pass

    for stop in itertools.count(1):

        def progress(done, total, stop=stop):
            if done == stop and done < total:
                raise Stop

        try:
            found = run(SQUARES, folder=tmp_path, progress=progress)
        except Stop:
            manifest = json.loads((tmp_path / "manifest.json").read_bytes())
            assert "checksums" not in manifest
            assert len(list(tmp_path.glob("chunk-*"))) == stop
        else:
            assert found.digest == whole.digest
            break
