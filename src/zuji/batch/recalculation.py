"""Product systems as tasks of a batch: each worker opens the inputs from disk, as memory maps."""

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from zuji.batch.plans import Arrays, Work
from zuji.batch.systems import Systems, evaluate, open_saved, simulate
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
        """Looks at both once. Raises `FileRefused` where one cannot be read."""
        found, digest = open_saved(systems)
        opened(intensities)
        content = hashlib.sha256(intensities.read_bytes()).hexdigest()
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
    """Memory maps, opened once in each worker; digests are part of the key, so that new files are seen."""
    systems, digest = open_saved(inputs.systems)
    if digest != inputs.systems_digest:
        raise FileRefused(
            problem(
                "batch.inputs_changed",
                "产品系统在计划之后改变了",
                "the product systems have changed since the plan was made",
                cure_zh="请重新建立计划",
                cure_en="make the plan again",
                place=Place(file=str(inputs.systems)),
            )
        )
    return systems, opened(inputs.intensities)


def opened(file: Path) -> Floats:
    """Intensities, float64[n] or [n, k], as a memory map. Raises `FileRefused` where the file holds none."""
    try:
        found: Floats = np.load(file, mmap_mode="c", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        raise FileRefused(_no_intensities(file)) from None
    if found.ndim not in (1, 2) or found.dtype != np.float64:
        raise FileRefused(_no_intensities(file))
    return found


def _no_intensities(file: Path) -> Problem:
    return problem(
        "batch.intensities",
        "这个文件不是强度数组",
        "this file is no array of intensities",
        cure_zh="请用 numpy.save 保存 float64[n] 或 [n, k] 的强度",
        cure_en="save intensities, float64[n] or [n, k], with numpy.save",
        place=Place(file=str(file)),
    )
