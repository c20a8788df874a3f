"""Parts of a total by size, and the check that parts and total belong together."""

import math
from dataclasses import dataclass

import numpy as np

from zuji.errors import InvalidInput, problem
from zuji.lca.network.arrays import Floats, Ints

# Parts and total come from solves certified far below this; a larger gap means arrays of different systems.
_SAME = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The largest parts of a total, burdens and credits alike: |value| descends, equal sizes by index.

    `index`[r] says which part, `value`[r] its size; Σ value + `rest` = `total`. Parts that are exactly zero
    are never listed.
    """

    index: Ints
    value: Floats
    total: float
    rest: float

    def __len__(self) -> int:
        return len(self.index)


def ranked(values: Floats, limit: int | None = None, least: float = 0.0) -> Ranking:
    """`values`[n] as a ranking of at most `limit` parts, each at least `least` (0…1) of the largest.

    The share is of the largest part, not of the total, which credits may bring to zero.
    """
    if values.ndim != 1:
        raise InvalidInput(
            problem(
                "paths.one_category",
                f"排序需要一个指标的数值，收到形状 {values.shape}",
                f"a ranking needs the values of one category, got shape {values.shape}",
                cure_zh="请先取出一列",
                cure_en="choose one column first",
            )
        )
    size = np.abs(values)
    chosen = np.flatnonzero(size)
    if least > 0.0 and len(chosen):
        chosen = chosen[size[chosen] >= least * size.max()]
    if limit is not None and len(chosen) > limit:
        # the limit-th largest size; everything that ties with it stays until the stable sort decides
        border = -np.partition(-size[chosen], limit - 1)[limit - 1] if limit else np.inf
        chosen = chosen[size[chosen] >= border]
    order = chosen[np.argsort(-size[chosen], kind="stable")][:limit]
    left_out = np.ones(len(values), np.bool_)
    left_out[order] = False
    rest = math.fsum(values[left_out])
    return Ranking(order.astype(np.int32), values[order], math.fsum(values), rest)


def require_footprint(demanded: Floats) -> None:
    """Refuses demands whose intensities (`demanded`) are no numbers: a loop upstream has no solution."""
    if np.isfinite(demanded).all():
        return
    raise InvalidInput(
        problem(
            "paths.no_footprint",
            "该产品没有有限的足迹，无法分解",
            "this product has no finite footprint to be explained",
            cure_zh="请先按健康检查的提示修复它所依赖的循环",
            cure_en="first mend the loop it depends on, as the health check proposes",
        )
    )


def require_agreement(parts: float, total: float, magnitude: float) -> None:
    """Refuses parts that miss their total by more than a millionth of `magnitude` (Σ |parts|).

    Raises `InvalidInput`: intensities, weights and supply were then not of the same network, edit, category.
    """
    if abs(parts - total) <= _SAME * magnitude or parts == total:
        return
    raise InvalidInput(
        problem(
            "paths.sums_differ",
            f"各部分之和 {parts:.9g} 与总量 {total:.9g} 不一致",
            f"the parts add up to {parts:.9g}, the total is {total:.9g}",
            cure_zh="请确认强度、直接权重和供应量来自同一个网络、同一次计算和同一个指标",
            cure_en="take intensities, direct weights and supply from the same network, solve and category",
        )
    )
