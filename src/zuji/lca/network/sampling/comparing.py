"""Differences between two products or two networks, draw by draw on the same random numbers."""

from dataclasses import dataclass

import numpy as np

from zuji.errors import InvalidInput, problem
from zuji.lca.network.arrays import Floats
from zuji.lca.network.sampling.blocks import CONVERGED
from zuji.lca.network.sampling.simulation import Simulation


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Difference:
    """b - a in `draws` draws that count in both: mean, its standard error, SD, quantiles, and how often a is
    less.

    `gain` is by how much the common random numbers cut the variance of the difference: the variance that two
    independent simulations would have, over the one here.
    """

    draws: int
    mean: float
    standard_error: float
    sd: float
    quantiles: Floats
    a_below_b: float
    gain: float


def compare(
    first: Simulation,
    a: int,
    second: Simulation,
    b: int,
    *,
    category: int = 0,
    amounts: tuple[float, float] = (1, 1),
) -> Difference:
    """Compares `amounts`[0] of product `a` of one simulation with `amounts`[1] of product `b` of another.

    Both must have kept their draws (`Sampling.products`) and share seed and draws; the same simulation may be
    given twice. Quantiles are those that the first simulation was asked for.
    Raises `InvalidInput` where draws were not kept or do not belong together.
    """
    one, other = _draws(first, a, category), _draws(second, b, category)
    if (
        first.asked.seed != second.asked.seed
        or len(one) != len(other)
        or first.asked.method != second.asked.method
    ):
        raise InvalidInput(
            problem(
                "sampling.compare",
                "两次模拟的随机种子、抽样次数或方法不同，不能逐次比较",
                "the two simulations differ in seed, draws or method and cannot be compared draw by draw",
                cure_zh="用同一种子、次数和方法重新模拟",
                cure_en="simulate both with the same seed, draws and method",
            )
        )
    both = (first.state == CONVERGED) & (second.state == CONVERGED)
    one, other = amounts[0] * one[both], amounts[1] * other[both]
    apart = other - one
    count = len(apart)
    variance = float(apart.var(ddof=1)) if count > 1 else float("nan")
    independent = float(one.var(ddof=1) + other.var(ddof=1)) if count > 1 else float("nan")
    return Difference(
        draws=count,
        mean=float(apart.mean()) if count else float("nan"),
        standard_error=float(np.sqrt(variance / count)) if count else float("nan"),
        sd=float(np.sqrt(variance)),
        quantiles=np.quantile(apart, first.asked.quantiles)
        if count
        else np.full(len(first.asked.quantiles), np.nan),
        a_below_b=float(np.mean(one < other)) if count else float("nan"),
        gain=independent / variance if variance > 0 else float("inf"),
    )


def _draws(simulation: Simulation, product: int, category: int) -> Floats:
    at = np.flatnonzero(simulation.products == product)
    if not at.size:
        raise InvalidInput(
            problem(
                "sampling.not_kept",
                f"第 {product} 个产品的各次抽样没有保留",
                f"the draws of product {product} were not kept",
                cure_zh="在选项 products 中列出它再模拟",
                cure_en="name it in the option products and simulate again",
            )
        )
    samples = simulation.samples
    draws: Floats = samples[int(at[0])] if samples.ndim == 2 else samples[int(at[0]), category]
    return draws
