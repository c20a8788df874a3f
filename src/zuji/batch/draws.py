"""Monte Carlo of a whole database as a batch: blocks of sixteen draws, in any order, on any worker.

A block depends on the database, the weights, the seed and its place alone (`zuji.lca.network.sampling`), so a
plan split over workers gives the draws of one simulation. Only moments and the draws of the named products
travel back; results do not grow with draws times products.
"""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zuji.batch.plans import Arrays, Work
from zuji.batch.recalculation import changed, file_digest, held, opened
from zuji.errors import FileRefused, InvalidInput, problem
from zuji.lca.network import storage
from zuji.lca.network.arrays import Floats
from zuji.lca.network.sampling.options import Sampling

BLOCK = 16
"""Draws in one item of the plan."""


@dataclass(frozen=True, slots=True)
class DatabaseDraws:
    """`draws` of a saved network for the categories (indices into its factors) given.

    `nominal` is a .npy file of the categories' intensities, [n] or [n, k] in the order of `categories`.
    `products` are the processes whose draws are all kept. Make it with `of`, which takes the digests.
    """

    network: Path
    nominal: Path
    categories: tuple[int, ...]
    draws: int
    seed: int
    products: tuple[int, ...]
    network_digest: str
    nominal_digest: str

    @classmethod
    def of(
        cls,
        network: Path,
        nominal: Path,
        categories: tuple[int, ...],
        *,
        draws: int = 1000,
        seed: int = 0,
        products: tuple[int, ...] = (),
    ) -> "DatabaseDraws":
        """Looks at the inputs once.

        Raises `FileRefused` where one cannot be read, `InvalidInput` where they do not fit together or the
        sampling options make no sense.
        """
        Sampling(draws=draws, seed=seed, products=products)
        prepared, intensities = storage.open_saved(network), opened(nominal)
        shape = (intensities.shape[0], 1) if intensities.ndim == 1 else intensities.shape
        known = prepared.network.factors.categories
        fits = shape == (len(prepared), len(categories)) and all(0 <= c < known for c in categories)
        if not fits or not all(0 <= product < len(prepared) for product in products):
            raise InvalidInput(
                problem(
                    "batch.draws_shape",
                    f"数据库有 {len(prepared)} 个过程、{known} 个指标，给出的强度、指标或产品与之不符",
                    f"the database has {len(prepared)} processes and {known} categories; the intensities, "
                    "categories or products given do not fit",
                    cure_zh="请用同一数据库、同样顺序的指标计算强度",
                    cure_en="use intensities of the same database and categories, in the same order",
                )
            )
        content = file_digest(nominal)
        return cls(
            network.resolve(),
            nominal.resolve(),
            categories,
            draws,
            seed,
            products,
            storage.digest(network),
            content,
        )

    @property
    def items(self) -> int:
        return -(-self.draws // BLOCK)

    def describe(self) -> dict[str, Any]:
        return {
            "kind": "database draws",
            "network": self.network_digest,
            "nominal": self.nominal_digest,
            "categories": list(self.categories),
            "draws": self.draws,
            "seed": self.seed,
            "products": list(self.products),
        }

    def work(self, first: int, last: int) -> Work:
        return functools.partial(_drawn, self, first, last)


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """Of all products: `mean`, `sd` (of the sample), `least`, `most`, each [n, k], over `counted` draws.

    `state`[draws] is 0 for a counted draw, else 1 slow, 2 non-productive, 3 not finite: those are reported
    and not counted. `samples`[p, k, draws] are the draws of the named products, NaN where a draw failed.
    """

    counted: int
    mean: Floats
    sd: Floats
    least: Floats
    most: Floats
    state: NDArray[np.uint8]
    samples: Floats


def combined(arrays: Arrays) -> Statistics:
    """The statistics of a plan from the arrays of its `Results`; chunks are merged in their order."""
    count = 0
    mean, m2 = np.zeros_like(arrays["mean"][0]), np.zeros_like(arrays["mean"][0])
    for size, part, squares in zip(
        arrays["counted"].tolist(), arrays["mean"], arrays["squares"], strict=True
    ):
        if not size:
            continue
        shift = part - mean
        mean = mean + shift * (size / (count + size))
        m2 = m2 + squares + shift * shift * (count * size / (count + size))
        count += size
    nothing = np.full_like(mean, np.nan)
    return Statistics(
        count,
        mean if count else nothing,
        np.sqrt(m2 / (count - 1)) if count > 1 else nothing,
        arrays["least"].min(axis=0) if count else nothing,
        arrays["most"].max(axis=0) if count else nothing,
        arrays["state"],
        np.moveaxis(arrays["samples"], 0, -1),
    )


def _drawn(task: DatabaseDraws, first: int, last: int) -> Arrays:
    from zuji.lca.network.sampling import tallying
    from zuji.lca.network.sampling.blocks import CONVERGED
    from zuji.lca.network.sampling.tally import lanes_of

    laid_out, space, room = _ready(task)
    k, n = room.shape[:2]
    end = min(last * BLOCK, task.draws)
    count = 0
    mean, m2 = np.zeros((k, n)), np.zeros((k, n))
    least, most = np.full((k, n), np.inf), np.full((k, n), -np.inf)
    state = np.empty((last - first) * BLOCK, np.uint8)
    kept = laid_out.prepared.position[np.array(task.products, np.intp)].astype(np.intp)
    samples = np.empty(((last - first) * BLOCK, len(kept), k))
    for block in range(first, last):
        found = space.run(block * BLOCK, room)
        part = slice((block - first) * BLOCK, (block - first + 1) * BLOCK)
        state[part] = found.state
        samples[part] = np.moveaxis(lanes_of(found, kept), -1, 0)
        live = np.flatnonzero(found.state == CONVERGED)
        if live.size:
            for c in range(k):
                tallying.moments(found.u[c], live, count, mean[c], m2[c], least[c], most[c])
            count += live.size
    size = np.where(laid_out.dead, np.nan, laid_out.scale)[:, None] * laid_out.typical
    back = laid_out.prepared.position

    def by_process(values: Floats, unit: Floats) -> Floats:
        with np.errstate(invalid="ignore"):  # extremes of no draw, products without a footprint
            found: Floats = (values.T * unit)[back][None]
        return found

    return {
        "counted": np.array([count], np.int64),
        "mean": by_process(mean, size),
        "squares": by_process(m2, size * size),
        "least": by_process(least, size),
        "most": by_process(most, size),
        "state": state[: end - first * BLOCK],
        "samples": (samples * size[kept])[: end - first * BLOCK],
    }


@functools.lru_cache(maxsize=1)
def _ready(task: DatabaseDraws) -> tuple[Any, Any, Any]:
    """The simulation laid out and its working arrays, made once in each worker.

    Raises `FileRefused` where database or intensities are no longer those of the plan.
    """
    from zuji.lca.network import characterising
    from zuji.lca.network.sampling.blocks import Workspace, aligned, precision
    from zuji.lca.network.sampling.entries import uncertain
    from zuji.lca.network.sampling.plan import plan

    prepared = storage.open_saved(task.network)
    if storage.digest(task.network) != task.network_digest:
        raise FileRefused(changed(task.network))
    network = prepared.network
    asked = Sampling(draws=task.draws, seed=task.seed, products=task.products, threads=1)
    weights = characterising.weights(network, task.categories)
    factors = np.stack([characterising.factor_values(network, c) for c in task.categories], axis=1)
    nominal = held(task.nominal, task.nominal_digest).reshape(len(prepared), -1)
    laid_out = plan(prepared, weights, nominal, factors, uncertain(network, asked), asked, ())
    room = aligned((len(task.categories), len(prepared), BLOCK), precision(asked))
    return laid_out, Workspace(laid_out, asked), room
