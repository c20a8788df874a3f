"""Product systems as tasks of a batch: each worker opens the inputs from disk, as memory maps."""

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zuji.batch.plans import Arrays, Work
from zuji.batch.systems import Systems, digest_of, evaluate, open_saved, simulate
from zuji.errors import FileRefused, Place, Problem, problem
from zuji.lca.network.arrays import Floats


@dataclass(frozen=True, slots=True)
class Inputs:
    """Saved systems and a .npy file of intensities, with their digests: what travels with a chunk."""

    systems: Path
    intensities: Path
    systems_digest: str
    intensities_digest: str
    items: int

    @classmethod
    def of(cls, systems: Path, intensities: Path) -> "Inputs":
        """Looks at both once. Raises `FileRefused` where one cannot be read or is not what was saved."""
        found, digest = open_saved(systems)
        if digest_of(found) != digest:
            raise FileRefused(_damaged(systems))
        opened(intensities)
        content = file_digest(intensities)
        return cls(systems.resolve(), intensities.resolve(), digest, content, len(found))

    def describe(self) -> dict[str, Any]:
        return {"systems": self.systems_digest, "intensities": self.intensities_digest}


@dataclass(frozen=True, slots=True)
class Recalculate:
    """Every system anew: arrays `values` [s] or [s, k] and `state` [s], as in `Evaluated`."""

    inputs: Inputs

    @property
    def items(self) -> int:
        return self.inputs.items

    def describe(self) -> dict[str, Any]:
        return {"kind": "recalculate"} | self.inputs.describe()

    def work(self, first: int, last: int) -> Work:
        return functools.partial(_recalculated, self.inputs, first, last)


@dataclass(frozen=True, slots=True)
class Simulate:
    """`draws` of every system: arrays `mean`, `sd`, `quantiles` [s, q] and `failed`, as in `Simulated`.

    `category` is the column of intensities [n, k]; it does not matter where they are [n].
    """

    inputs: Inputs
    draws: int = 1000
    seed: int = 0
    quantiles: tuple[float, ...] = (0.025, 0.5, 0.975)
    category: int = 0

    @property
    def items(self) -> int:
        return self.inputs.items

    def describe(self) -> dict[str, Any]:
        return {
            "kind": "simulate",
            "draws": self.draws,
            "seed": self.seed,
            "quantiles": list(self.quantiles),
            "category": self.category,
        } | self.inputs.describe()

    def work(self, first: int, last: int) -> Work:
        return functools.partial(_simulated, self, first, last)


def _recalculated(inputs: Inputs, first: int, last: int) -> Arrays:
    systems, intensities = _both(inputs)
    found = evaluate(systems, intensities, first, last, threads=1)
    return {"values": found.values, "state": found.state}


def _simulated(task: Simulate, first: int, last: int) -> Arrays:
    systems, intensities = _both(task.inputs)
    y = intensities if intensities.ndim == 1 else intensities[:, task.category]
    found = simulate(
        systems,
        y,
        draws=task.draws,
        seed=task.seed,
        quantiles=task.quantiles,
        first=first,
        last=last,
        threads=1,
    )
    return {"mean": found.mean, "sd": found.sd, "quantiles": found.quantiles, "failed": found.failed}


@functools.lru_cache(maxsize=4)
def _both(inputs: Inputs) -> tuple[Systems, Floats]:
    """The inputs, opened once in each worker; digests are part of the key, so that new files are seen."""
    systems, digest = open_saved(inputs.systems)
    if digest != inputs.systems_digest:
        raise FileRefused(changed(inputs.systems))
    return systems, held(inputs.intensities, inputs.intensities_digest)


def held(file: Path, digest: str) -> Floats:
    """The intensities of a plan, in memory: a file that is written over later does not reach them.

    Raises `FileRefused` where the file is no longer the one the plan was made for.
    """
    found = np.array(opened(file))
    if file_digest(file) != digest:
        raise FileRefused(changed(file))
    return found


def file_digest(file: Path) -> str:
    """SHA-256 of a file's bytes."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def opened(file: Path) -> Floats:
    """Intensities, float64[n] or [n, k], as a memory map. Raises `FileRefused` where the file holds none."""
    try:
        found: Floats = np.load(file, mmap_mode="c", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        raise FileRefused(_no_intensities(file)) from None
    if found.ndim not in (1, 2) or found.dtype != np.float64:
        raise FileRefused(_no_intensities(file))
    return found


def changed(path: Path) -> Problem:
    """The inputs are no longer those that the plan names by their digests."""
    return problem(
        "batch.inputs_changed",
        "输入在计划之后改变了",
        "the inputs have changed since the plan was made",
        cure_zh="请重新建立计划",
        cure_en="make the plan again",
        place=Place(file=str(path)),
    )


def _damaged(folder: Path) -> Problem:
    return problem(
        "batch.systems_damaged",
        "产品系统与保存时的校验和不符",
        "the product systems do not match the checksum they were saved with",
        cure_zh="请重新保存产品系统",
        cure_en="save the product systems again",
        place=Place(file=str(folder)),
    )


def _no_intensities(file: Path) -> Problem:
    return problem(
        "batch.intensities",
        "这个文件不是强度数组",
        "this file is no array of intensities",
        cure_zh="请用 numpy.save 保存 float64[n] 或 [n, k] 的强度",
        cure_en="save intensities, float64[n] or [n, k], with numpy.save",
        place=Place(file=str(file)),
    )
